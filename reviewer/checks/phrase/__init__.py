"""Finds the wording that phrase rules flag: the words of all rules in one pass, then each rule's own pattern."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice
from operator import itemgetter

from reviewer.checks import shape
from reviewer.checks.phrase import wording
from reviewer.checks.phrase.index import index_of
from reviewer.checks.phrase.notation import PatternError
from reviewer.checks.phrase.pattern import Flag, Match, Pattern, parse
from reviewer.model import Check, Document, Finding, Related, ReviewerError, Rule, Segment, Span

_SENTENCE = 1_000
"""Code points before and after a match, at most, that count as its sentence: a list of a thousand things may have no full stop."""
_WEAKER = 0.95  # of the rule's confidence, where it would rather see the Chinese and there is none
_UNSUPPORTED = 0.8  # where there is Chinese, but not the words that the rule expects
_SUPPORTED = 0.2  # of the doubt that the expected Chinese words take away; the record was made beside Chinese, too


@dataclass(frozen=True)
class _Phrase:
    """A rule with its patterns, each read when it is first needed."""

    rule: Rule

    @property
    def key(self) -> Flag:
        """What the index knows its pattern by."""
        return self.rule.flag, self.rule.match_case

    @property
    def waits(self) -> bool:
        """Whether it says nothing where there is no Chinese."""
        return bool(self.rule.when_source) and self.rule.without_source == "silent"

    def wrong(self, error: Exception) -> ReviewerError:
        """What to say of a pattern of the rule that cannot be read."""
        return ReviewerError(f"{self.rule.file}:{self.rule.line}: {self.rule.id}: {error}")

    @cached_property
    def flag(self) -> Pattern:
        try:
            pattern = parse(self.rule.flag, match_case=self.rule.match_case)
            pattern.compiled  # noqa: B018  what cannot be compiled is wrong too
        except PatternError as error:
            raise self.wrong(error) from None
        return pattern

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


class _Patterns(dict[int, Pattern]):
    """The patterns of rules by their numbers, each compiled when it is first needed. Raises ReviewerError where one cannot be."""

    def __init__(self, phrases: Mapping[int, _Phrase]) -> None:
        super().__init__()
        self._phrases = phrases

    def __missing__(self, number: int) -> Pattern:
        self[number] = self._phrases[number].flag
        return self[number]


def compile(rules: Sequence[Rule]) -> Check:
    """One function over all phrase rules. Raises ReviewerError for a pattern that cannot be read."""
    import numpy as np

    from reviewer.checks.phrase.window import AT_ONCE, found, windows  # loads numpy

    phrases = [_Phrase(rule) for rule in rules]
    index = index_of([phrase.key for phrase in phrases])
    of_pattern: dict[int, list[int]] = defaultdict(list)  # the rules of each pattern
    for number, phrase in enumerate(phrases):
        of_pattern[index.numbers[phrase.key]].append(number)
    patterns = _Patterns({pattern: phrases[some[0]] for pattern, some in of_pattern.items()})
    beside, alone = np.zeros((2, index.patterns), bool)  # which patterns are looked for beside Chinese, and without
    beside[[*of_pattern]] = True
    alone[[index.numbers[phrase.key] for phrase in phrases if not phrase.waits]] = True

    def matches(segments: Iterable[Segment]) -> Iterator[tuple[Segment, dict[int, list[Match]]]]:
        some = ((segment, window) for segment in segments for window in windows(segment.target))
        while batch := [*islice(some, AT_ONCE)]:
            wanted = np.stack([alone if segment.source is None else beside for segment, _ in batch])
            each = found([window for _, window in batch], index, wanted, patterns)
            yield from zip((segment for segment, _ in batch), each, strict=True)

    def check(document: Document) -> Iterator[Finding]:
        for _, group in groupby(matches(document.segments), key=lambda one: one[0].key):
            of_rule = [
                (rule, some, segment)
                for segment, matched in group
                for pattern, some in matched.items()
                for rule in of_pattern[pattern]
            ]
            for rule, some, segment in sorted(of_rule, key=itemgetter(0)):
                yield from _findings(phrases[rule], segment, some)

    return check


def _findings(phrase: _Phrase, segment: Segment, matches: Sequence[Match]) -> Iterator[Finding]:
    try:
        confidence, related = _evidence(phrase, segment)
        for match in matches if confidence else []:
            if _in_context(phrase, segment.target, match):
                yield _finding(phrase, segment, match, confidence, related)
    except (PatternError, re.error) as error:
        raise phrase.wrong(error) from None


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
