"""Finds compounds that lost their hyphen: co construction, high level forum, market oriented reform, kind hearted, two - way.

Most compounds take a hyphen before the noun they modify and not after the verb (Chicago Manual of Style, 7.81-7.89): the
lists of words are in the rules, whether a noun follows is judged in `attributive`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reviewer.checks import detectors
from reviewer.checks.detectors import Detector
from reviewer.checks.hyphens import attributive, measures
from reviewer.checks.hyphens.attributive import NO_NOUN
from reviewer.checks.literals import search
from reviewer.model import Check, Finding, ReviewerError, Rule, Segment, Span

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LAST_WORD = re.compile(r"(?:[\w.&]*[^\W_]|\w+-\d+)\Z")
_BEFORE = 30  # code points that are read for the word before
_NAME_BEFORE = re.compile(r"[A-Z&][\w.]*,?\s+\Z")
_LATIN = frozenset("alia bono compos est facto forma grata obstante rata se sequitur vivos".split())
_VERB_BEFORE = re.compile(r"(?i)\b(?:to|red|that|who|which|can|could|will|would|must|should|may|not|they|we|and)\s+\Z")
_WORDS_TOO = {  # prefixes that are words of their own after these words: to cross border rivers, his true self
    "cross": _VERB_BEFORE,
    "counter": _VERB_BEFORE,
    "self": re.compile(
        r"(?i)(?:\b(?:of|the|true|own|inner|outer|old|former|usual|best|better|real|past|present|future|whole|my|your)|['’]s?)\s+\Z"
    ),
    "well": re.compile(r"(?i)\b(?:as|is|are|was|were|not)\s+\Z"),
}
_ARTICLE = re.compile(r"(?i)\b(?:an?|the|its|their|our|his|her|my|this|any|some|no|each|every)\s+\Z")
_LINK = re.compile(r"(?i)\b(?:an?|any|all|some|of|in|on|for|with|without|about|from|into|through|by|as|under|including|more)\s+\Z")
_THE = re.compile(r"(?i)\b(?:the|its|their|our|this|these|those|his|her|and|other|new|most)\s+\Z|[,(\"“:]\s*\Z|\A\s*\Z")
_NOT_A_NOUN = re.compile(
    r"(?i)(?:\w+(?:ly|ive|ous|ful|able|ible|ing|ed|est)|main|many|most|several|other|various|two|three|four)\Z"
)
_SUSPENDED = re.compile(r"(?i)\b(?:low|lower|middle|medium|mid|high|upper|small|large|short|long|pre)(?=(\s+(?:and|or|to)\s+)\Z)")
_COUNTED_PART = re.compile(r"(?i)\b(?:two|three|four|five|six|eight|many|one) (?:armed|winged|footed|tailed|headed)\Z")
_NUMBER_BEFORE = re.compile(rf"(?i)\b(?:\d+|{measures.NUMBER_WORDS})\s?-\s?\Z")
_OLD_AFTER = re.compile(r"\s?-\s?olds?\b")


def _pairs(rule: Rule) -> tuple[str, ...]:
    """The rule's `pairs`: two or more words each, the last of which may be `*` for any word."""
    entries = detectors.entries(rule, "pairs")
    for entry in entries:
        if " " not in entry or "*" in entry[:-1]:
            raise ReviewerError(f"{rule.file}:{rule.line}: {rule.id}: {entry!r} is not two words, the last of which may be *")
    return tuple(dict.fromkeys(entry.lower().rstrip("*") for entry in entries))


def _joined(rule: Rule, segment: Segment, span: Span) -> Finding:
    return rule.finding(segment, span, fixes=("-".join(span.of(segment.target).split()),))


def _prefix(rule: Rule) -> Check:
    """`pairs` of a prefix and a word; a prefix is no word, so nothing need follow: `co construction`."""
    find = search(_pairs(rule))

    def scan(rule: Rule, segment: Segment) -> Iterator[Finding]:
        text = segment.target
        for span, literal in find(text):
            before = text[max(0, span.start - _BEFORE) : span.start]
            no_prefix = _WORDS_TOO.get(literal.split(" ")[0])
            if no_prefix and no_prefix.search(before):
                continue
            if literal[-1] != " ":
                yield _joined(rule, segment, span)
                continue
            word = _WORD.match(text, span.end)
            # the Co of Harbour Trading Co and the Inter of Milan are names
            name = text[span.start].isupper() and (literal == "inter " or _NAME_BEFORE.search(before))
            if word and word[0].islower() and word[0] not in NO_NOUN and word[0] not in _LATIN and not name:
                yield _joined(rule, segment, Span(span.start, word.end()))

    return detectors.by_segment(scan)(rule)


def _compound(rule: Rule) -> Check:
    """`pairs` that make one adjective before a noun: `high level forum`.

    With `names: "no"` not in the capitals of a name, with `determiner: "yes"` only behind an article or its like, because the
    words may be a verb or an adverb as well: `the follow up visit`, `to follow up leads`.
    """
    find = search(_pairs(rule))
    names, determiner = rule.options.get("names") != "no", rule.options.get("determiner") == "yes"

    def scan(rule: Rule, segment: Segment) -> Iterator[Finding]:
        text = segment.target
        for span, _ in find(text):
            if not attributive.modifies(text, span) or (not names and span.of(text).split()[1][0].isupper()):
                continue
            if determiner and not _ARTICLE.search(text, max(0, span.start - _BEFORE), span.start):
                continue
            first = _SUSPENDED.search(text, max(0, span.start - _BEFORE), span.start)
            if first:  # low and middle income countries: low- and middle-income countries
                words = f"{first[0]}-{first[1]}{'-'.join(span.of(text).split())}"
                yield rule.finding(segment, Span(first.start(), span.end), fixes=(words,))
            else:
                yield _joined(rule, segment, span)

    return detectors.by_segment(scan)(rule)


def _described_part(rule: Rule) -> Check:
    """One of the rule's `adjectives` and one of its `parts`, an adjective wherever it stands: `a kind hearted miller`."""
    adjectives, parts = detectors.entries(rule, "adjectives"), detectors.entries(rule, "parts")
    find = search(tuple(f"{adjective} {part}" for adjective in adjectives for part in parts))

    def scan(rule: Rule, segment: Segment) -> Iterator[Finding]:
        for span, _ in find(segment.target):
            if not _COUNTED_PART.match(span.of(segment.target)):  # two armed guards
                yield _joined(rule, segment, span)

    return detectors.by_segment(scan)(rule)


def _noun_and_participle(rule: Rule) -> Check:
    """A noun and one of the rule's `heads` before a noun: `quantum related research`.

    After one of its `nouns` a head needs no further sign; after other words the word before them tells whether they are
    nouns. `tight` heads come after known nouns only, and `verbs`, which are past tenses too (`the state led reforms`), after
    known nouns that follow a preposition or `a`.
    """
    nouns, tight, verbs = (frozenset(detectors.entries(rule, name)) for name in ("nouns", "tight", "verbs"))
    find = search(tuple(f" {head}" for head in {*detectors.entries(rule, "heads"), *tight, *verbs}))

    def describes(word: str, head: str, before: str) -> bool:
        if word.lower() in nouns:
            return head not in verbs or bool(_LINK.search(before))
        if head in tight or head in verbs or word.lower() in NO_NOUN or _NOT_A_NOUN.match(word):
            return False
        return bool(_LINK.search(before) or _THE.search(before)) or (head == "based" and word[0].isupper())

    def scan(rule: Rule, segment: Segment) -> Iterator[Finding]:
        text = segment.target
        for span, literal in find(text):
            word = _LAST_WORD.search(text, max(0, span.start - _BEFORE), span.start)
            if not word or not text[span.start + 1].islower() or not attributive.noun_follows(text, span.end):
                continue
            if describes(word[0], literal[1:], text[max(0, word.start() - _BEFORE) : word.start()]):
                yield _joined(rule, segment, Span(word.start(), span.end))

    return detectors.by_segment(scan)(rule)


def _spaced(rule: Rule) -> Check:
    """`pairs` with spaces beside their hyphen: `high - tech`, `co -construction`."""
    find = search(tuple(dict.fromkeys(spaced for pair in _pairs(rule) for spaced in _spacings(pair))))

    def scan(rule: Rule, segment: Segment) -> Iterator[Finding]:
        text = segment.target
        for span, literal in find(text):
            start, end = span.start, span.end
            if literal[-1] in " -":
                word = _WORD.match(text, end)
                if not word or word[0] in NO_NOUN:
                    continue
                end = word.end()
            before, after = _NUMBER_BEFORE.search(text, max(0, start - _BEFORE), start), _OLD_AFTER.match(text, end)
            whole = Span(before.start() if before else start, after.end() if after else end)
            yield rule.finding(segment, whole, fixes=(re.sub(r"\s*-\s*", "-", whole.of(text)),))

    return detectors.by_segment(scan)(rule)


def _spacings(pair: str) -> Iterator[str]:
    first, rest = pair.split(" ", 1)
    for gap in (" - ", "- ", " -"):
        yield f"{first}{gap}{rest.replace(' ', gap)}"


DETECTORS: dict[str, Detector] = {
    "prefix": _prefix,
    "compound": _compound,
    "described-part": _described_part,
    "noun-and-participle": _noun_and_participle,
    "spaced-hyphen": _spaced,
    **measures.DETECTORS,
}


def compile(rules: Sequence[Rule]) -> Check:
    """One check over all hyphen rules. Raises ReviewerError for a detector that does not exist or a list it needs."""
    return detectors.compile(DETECTORS, rules)
