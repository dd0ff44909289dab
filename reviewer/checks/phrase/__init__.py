"""Finds the wording that phrase rules flag: literal words of all rules in one pass, then each rule's own pattern."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reviewer.checks import shape
from reviewer.checks.phrase import wording
from reviewer.checks.phrase.notation import PatternError
from reviewer.checks.phrase.pattern import Match, Pattern, parse, searched, word_starts
from reviewer.model import Check, Document, Finding, Related, ReviewerError, Rule, Segment, Span

_WINDOW = 1_000
"""Code points in which the words of all rules are looked for at once, more than most paragraphs have."""
_REACH = 400
"""Code points before and after a window that the words of a match may lie in."""
_SENTENCE = 1_000
"""Code points before and after a match, at most, that count as its sentence: a list of a thousand things may have no full stop."""
_WEAKER = 0.6  # of the rule's confidence, where it would rather see the Chinese and there is none
_UNSUPPORTED = 0.8  # where there is Chinese, but not the words that the rule expects
_SUPPORTED = 0.4  # of the doubt that the expected Chinese words take away


@dataclass(frozen=True)
class _Phrase:
    """A rule with its patterns. Those it seldom needs are read when it first needs them."""

    rule: Rule
    flag: Pattern

    @cached_property
    def unless(self) -> Pattern | None:
        return parse(self.rule.unless) if self.rule.unless else None

    @cached_property
    def needs(self) -> Pattern | None:
        return parse(self.rule.needs) if self.rule.needs else None

    @cached_property
    def when_source(self) -> re.Pattern[str]:
        return re.compile(self.rule.when_source)

    @cached_property
    def chinese(self) -> tuple[re.Pattern[str], ...]:
        """The rule's Chinese words; `…` stands for any words of one sentence."""
        return tuple(re.compile("[^。！？]*?".join(map(re.escape, re.split(r"…+|\.{3}", words)))) for words in self.rule.zh)


def compile(rules: Sequence[Rule]) -> Check:
    """One function over all phrase rules. Raises ReviewerError for a pattern that cannot be read."""
    phrases = [_Phrase(rule, parse(rule.flag, match_case=rule.match_case)) for rule in rules]
    find, ways, starts = _prefilter(phrases)
    waiting = {n for n, rule in enumerate(rules) if rule.when_source and rule.without_source == "silent"}

    def check(document: Document) -> Iterator[Finding]:
        for segment in document.segments:
            begun: dict[int, list[Match]] = defaultdict(list)
            for window in _windows(segment.target):
                offset = max(0, window.start - _REACH)
                around = segment.target[offset : window.end + _REACH]
                words = searched(around)
                places = find(words, overlapping=True)
                hits = {place[0] for place in places}
                tried = _begun(hits, ways)
                if segment.source is None:
                    tried -= waiting
                openings = {number: starts[number] & hits for number in tried}
                known = _places(frozenset().union(*openings.values()), places, words, around, offset)
                for number, opening in openings.items():
                    begins = [place for literal in opening for place in known[literal]] if starts[number] else None
                    if matches := _matches(phrases[number], segment.target, window, begins):
                        begun[number] += matches
            for number in sorted(begun):
                yield from _findings(phrases[number], segment, begun[number])

    return check


def _windows(text: str) -> Iterator[Span]:
    """Stretches in which the words of all rules are looked for: so a rule is tried near its words, not all over a long text."""
    for start in range(0, max(1, len(text)), _WINDOW):
        yield Span(start, min(start + _WINDOW, len(text)))


Way = tuple[int, tuple[frozenset[int], ...]]
"""A phrase's number, and the sets of literals of each of which a text has to hold one."""


def _begun(hits: set[int], ways: Mapping[int, list[Way]]) -> set[int]:
    """The phrases for one of whose ways a text holds all it asks for; `hits` are the literals that it holds."""
    begun: set[int] = set()
    for literal in hits:
        for number, others in ways.get(literal, ()):
            if number in begun:
                continue
            for some in others:  # a loop, not any(): this is the innermost one of a lint
                if some.isdisjoint(hits):
                    break
            else:
                begun.add(number)
    return begun


Places = list[tuple[int, int, int]]
Find = Callable[..., Places]
"""Finds literals in a text: (number of the literal, start, end)."""


def _places(literals: frozenset[int], places: Places, words: str, text: str, offset: int) -> dict[int, list[int]]:
    """Where some literals begin in a segment, by literal: `places` are those of `words`, the text as it is searched."""
    known: dict[int, list[int]] = {literal: [] for literal in literals}
    begins = word_starts(text) if known else []
    for literal, start, _ in places:
        if literal in known:
            known[literal].append(begins[words.count(" ", 0, start)] + offset)
    return known


def _prefilter(phrases: Sequence[_Phrase]) -> tuple[Find, dict[int, list[Way]], list[frozenset[int]]]:
    """(what finds all literals of all phrases, the ways to match that begin with a literal, the literals that begin a phrase)."""
    from ahocorasick_rs import AhoCorasick

    numbers: dict[str, int] = {}
    coded: dict[frozenset[str], frozenset[int]] = {}  # many ways share their sets
    ways: dict[int, list[Way]] = defaultdict(list)
    for number, phrase in enumerate(phrases):
        if phrase.flag.says_nothing:
            raise ReviewerError(f"{phrase.rule.file}:{phrase.rule.line}: {phrase.rule.id}: the flag holds no word to look for")
        for way in phrase.flag.ways:
            for some in way:
                if some not in coded:
                    coded[some] = frozenset(numbers.setdefault(one, len(numbers)) for one in some)
            first, *others = [coded[some] for some in way]
            entry = number, tuple(others)
            for literal in first:
                ways[literal].append(entry)
    starts = [frozenset(numbers.setdefault(one, len(numbers)) for one in phrase.flag.starts) for phrase in phrases]
    return AhoCorasick(list(numbers)).find_matches_as_indexes, ways, starts


def _matches(phrase: _Phrase, text: str, window: Span, places: Collection[int] | None) -> list[Match]:
    """The matches of a phrase that begin in a window of a text: at one of some places, where these are known."""
    try:
        if places is None:
            return list(phrase.flag.matches(text, window, reach=_REACH))
        inside = sorted({place for place in places if window.start <= place < window.end})
        return list(phrase.flag.matches_at(text, inside, reach=_WINDOW + _REACH)) if inside else []
    except PatternError as error:
        raise ReviewerError(f"{phrase.rule.file}:{phrase.rule.line}: {phrase.rule.id}: {error}") from None


def _findings(phrase: _Phrase, segment: Segment, matches: Sequence[Match]) -> Iterator[Finding]:
    try:
        confidence, related = _evidence(phrase, segment)
        for match in matches if confidence else []:
            if _in_context(phrase, segment.target, match):
                yield _finding(phrase, segment, match, confidence, related)
    except (PatternError, re.error) as error:
        raise ReviewerError(f"{phrase.rule.file}:{phrase.rule.line}: {phrase.rule.id}: {error}") from None


def _finding(phrase: _Phrase, segment: Segment, match: Match, confidence: float, related: tuple[Related, ...]) -> Finding:
    texts = [wording.render(template, match, phrase.flag.lemmas) for template in phrase.rule.use]
    span = match.span
    if texts:
        span, texts = wording.fit(texts, segment.target, span)
    return phrase.rule.finding(segment, span, fixes=tuple(texts), related=related, confidence=confidence)


def _evidence(phrase: _Phrase, segment: Segment) -> tuple[float, tuple[Related, ...]]:
    """(confidence, the Chinese words it rests on); a confidence of 0 where the rule waits for Chinese that is not there."""
    rule, source = phrase.rule, segment.source
    if source is None:
        if not rule.when_source:
            return rule.confidence, ()
        return (rule.confidence * _WEAKER if rule.without_source == "weaker" else 0.0), ()
    if rule.when_source:
        found = phrase.when_source.search(source)
        return (rule.confidence, (_related(segment, found),)) if found else (0.0, ())
    places = [found for found in (words.search(source) for words in phrase.chinese) if found]
    if places:
        return rule.confidence + (1 - rule.confidence) * _SUPPORTED, (_related(segment, places[0]),)
    return rule.confidence * (_UNSUPPORTED if rule.zh else 1.0), ()


def _related(segment: Segment, found: re.Match[str]) -> Related:
    return Related(segment.key, Span(*found.span()), found[0], "source")


def _in_context(phrase: _Phrase, text: str, match: Match) -> bool:
    """Whether the sentence around a match has what the rule needs and lacks what it must not have."""
    if not phrase.unless and not phrase.needs:
        return True
    sentence = shape.sentence_at(text, match.span.start)
    start = max(min(sentence.start, match.span.start), match.span.start - _SENTENCE)
    around = text[start : min(max(sentence.end, match.span.end), match.span.end + _SENTENCE)]
    if phrase.unless and phrase.unless.search(around):
        return False
    return phrase.needs is None or phrase.needs.search(around)
