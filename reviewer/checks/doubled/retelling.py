"""Finds paragraphs and sentences that a document tells twice; the later copy is marked, the first is related."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from reviewer.checks.doubled.copies import is_credit, place, said, same_source, whole
from reviewer.checks.shape import is_headline
from reviewer.model import Check, Document, Finding, Related, Rule, Segment, Span

_END = re.compile(r"(?<![.!?。！？])[.!?。！？]+[\"'”’)\]]*(?=\s|$)")
_PROSE = re.compile(r"[^\W\d_]+|\s+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z]\w+")
_SENTENCE, _PARAGRAPH, _LONG_PARAGRAPH = 6, 8, 20
"""Words from which a copy is no chance."""
_ALIKE = 95.0
"""Per cent of rapidfuzz's ratio from which two paragraphs pass for one."""


def paragraph_twice(rule: Rule) -> Check:
    """A paragraph of eight words or more that stands in the document before."""

    def check(document: Document) -> Iterator[Finding]:
        alike = Counter(map(_opening, document.segments))
        copies: dict[tuple[str, ...], list[int]] = {}
        for number, segment in enumerate(document.segments):
            if alike[_opening(segment)] > 1 and _is_paragraph(segment):
                copies.setdefault(said(segment.target), []).append(number)
        for tokens, numbers in copies.items():
            first = document.segments[numbers[0]]
            for number in numbers[1:]:
                again = document.segments[number]
                next_to = said(document.segments[number - 1].target) == tokens
                refrain = len(numbers) > 2 and len(tokens) < _LONG_PARAGRAPH and not next_to
                headline = next_to and is_headline(again)  # has a rule of its own
                if not refrain and not headline and not same_source(first, again):
                    yield rule.finding(again, whole(again), fixes=("",), related=(place(first),))

    return check


def _opening(segment: Segment) -> str:
    """The first letters, without marks: cheaper to compare than all words."""
    return segment.target[:40].lower().lstrip("\"'“‘”’([*-–—•. \t\u3000")[:12]


def _is_paragraph(segment: Segment) -> bool:
    """Whether a text is prose of eight words or more: letters and spaces for the most part, unlike code, addresses and tables."""
    if segment.kind == "cell" or len(said(segment.target)) < _PARAGRAPH or is_credit(segment.target):
        return False
    return sum(map(len, _PROSE.findall(segment.target))) * 5 >= len(segment.target) * 4


def paragraph_nearly_twice(rule: Rule) -> Check:
    """Two long paragraphs in a row that differ in a few small words: two versions of one, both kept."""

    def check(document: Document) -> Iterator[Finding]:
        for first, second in pairwise(document.segments):
            if (
                "cell" not in (first.kind, second.kind)
                and _nearly_same(first.target, second.target)
                and not same_source(first, second)
            ):
                yield rule.finding(second, whole(second), fixes=("",), related=(place(first),))

    return check


def _nearly_same(one: str, other: str) -> bool:
    """Whether two long texts are alike, with the same figures and the same names: "in 2021" and "in 2022" are two facts."""
    if abs(len(one) - len(other)) * 10 > len(one) or one == other:
        return False
    left, right = said(one), said(other)
    if min(len(left), len(right)) < _LONG_PARAGRAPH or left == right or len(set(left) & set(right)) * 10 < len(set(left)) * 8:
        return False
    if [token for token in left if not token.isalpha()] != [token for token in right if not token.isalpha()]:
        return False
    if set(_NAME.findall(one)) != set(_NAME.findall(other)):
        return False
    from rapidfuzz.fuzz import ratio

    return ratio(" ".join(left), " ".join(right), score_cutoff=_ALIKE) >= _ALIKE


def sentence_twice(rule: Rule) -> Check:
    """A sentence of six words or more that the paragraph, or the one before it, has said already."""

    def check(document: Document) -> Iterator[Finding]:
        before: dict[str, Related] = {}
        previous: Segment | None = None
        for segment in document.segments:
            here: dict[str, Related] = {}
            for span in _sentences(segment.target) if segment.kind in ("paragraph", "item") else ():
                sentence = " ".join(span.of(segment.target).strip(" \n\"'“”‘’.!?。！？").lower().split())
                if len(sentence) < 20 or sentence.count(" ") < _SENTENCE - 1:
                    continue
                first = here.get(sentence) or before.get(sentence)
                if first and _is_slip(segment, span, sentence) and not _is_copy(previous, segment):
                    yield rule.finding(segment, span, fixes=("",), related=(first,))
                here.setdefault(sentence, place(segment, span))
            before, previous = here, segment

    return check


def _is_slip(segment: Segment, span: Span, sentence: str) -> bool:
    """Whether a sentence has the words to be said twice by mistake, and no code or address that would go with it."""
    return len(said(sentence)) >= _SENTENCE and not is_credit(sentence) and not segment.touches_opaque(span)


def _is_copy(previous: Segment | None, segment: Segment) -> bool:
    """Whether the whole segment says what the one before it says, or the Chinese says it twice."""
    return previous is not None and (same_source(previous, segment) or said(previous.target) == said(segment.target))


def _sentences(text: str) -> Iterator[Span]:
    """Roughly the sentences of a text, split at end marks: what is to be said twice need not be split better."""
    start = 0
    for found in _END.finditer(text):
        yield Span(start, found.end())
        start = found.end()
    if start < len(text.rstrip()):
        yield Span(start, len(text))
