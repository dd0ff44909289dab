"""Finds headlines that a document says twice: on two lines, glued together, or again at the head of the text below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reviewer.checks.doubled.copies import SITE_TAGS, TOKEN, is_credit, place, said, same_source, whole
from reviewer.checks.shape import is_headline
from reviewer.model import Check, Document, Finding, Rule, Segment, Span

_TWO_LINES = re.compile(r"^([^\n]{15,})(\n\1)$", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<![.!?。！？])[.!?。！？]+[\"'”’)\]]*(?=\s|$)")
_RUNS_INTO = re.compile(r"(?:\s*[|｜][^.!?]{0,80}?)?\s+(?=[A-Z\"“])")
_BETWEEN_COPIES = re.compile(r"[\s.!?…,;:\"'“”‘’|–—-]*")
_TRIFLES = frozenset("a an the of in on at to for and s is are its".split()) | {""}
_FEW, _SOME, _MANY = 4, 6, 8
"""Words from which a line is no label, a repeated opening no chance, and a typo no other fact."""
_LONGEST = 400
_ALIKE = 95.0
"""Per cent of rapidfuzz's ratio from which two headlines pass for one."""
_VERSE = 12
"""Words; the longest line of a poem or song."""


def headline_twice(rule: Rule) -> Check:
    """Two headlines in a row that say the same but for capitals, marks, spaces or site tags."""

    def check(document: Document) -> Iterator[Finding]:
        segments = document.segments
        for number, (first, second) in enumerate(pairwise(segments)):
            if _same_headline(first, second) and _is_title(segments, number) and not _in_verse(segments, number):
                yield rule.finding(second, whole(second), fixes=("",), related=(place(first),))

    return check


def _same_headline(first: Segment, second: Segment) -> bool:
    if len(first.target) > _LONGEST or len(second.target) > 2 * len(first.target) or "cell" in (first.kind, second.kind):
        return False
    if not is_headline(first) or same_source(first, second):
        return False
    one, other = said(first.target), said(second.target)
    if not one or not other or (one[0] != other[0] and one[-1] != other[-1]):
        return False
    if one == other:
        return True
    if not is_headline(second):
        return False
    one, other = (said(SITE_TAGS.sub("", segment.target)) for segment in (first, second))
    return len(one) >= _FEW and (_letters(one) == _letters(other) or _differ_in_trifles(one, other))


def _letters(words: Sequence[str]) -> str:
    return "".join(word for word in words if word not in ("a", "an", "the"))


def _differ_in_trifles(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two long headlines are one but for small words and single letters: not "men's final" and "women's final"."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.fuzz import ratio

    if min(len(one), len(other)) < _MANY or ratio(" ".join(one), " ".join(other), score_cutoff=_ALIKE) < _ALIKE:
        return False
    for edit in Levenshtein.editops(one, other):
        before = one[edit.src_pos] if edit.tag != "insert" else ""
        after = other[edit.dest_pos] if edit.tag != "delete" else ""
        typo = len(before) >= 5 and len(after) >= 5 and Levenshtein.distance(before, after) == 1 and (before + after).isalpha()
        if not typo and not {before, after} <= _TRIFLES:
            return False
    return True


def _is_title(segments: Sequence[Segment], number: int) -> bool:
    """Whether a line that stands twice is a headline: of four words, or marked as one, or on top of a paragraph."""
    first, second = segments[number : number + 2]
    words = len(said(first.target))
    if words >= _FEW or first.kind == second.kind == "heading":
        return not is_credit(first.target)
    below = segments[number + 2].target if number + 2 < len(segments) else ""
    return words > 1 and first.target.istitle() and len(below.split()) >= 25 and not is_credit(first.target)


def _in_verse(segments: Sequence[Segment], number: int) -> bool:
    """Whether the line belongs to a poem or song: at least five short lines in a row, most of which stand once."""
    start = stop = number
    while start > 0 and number - start < 8 and _is_short_line(segments[start - 1]):
        start -= 1
    while stop < len(segments) and stop - number < 8 and _is_short_line(segments[stop]):
        stop += 1
    lines = [said(segment.target) for segment in segments[start:stop]]
    return len(lines) >= 5 and sum(one == other for one, other in pairwise(lines)) * 3 < len(lines)


def _is_short_line(segment: Segment) -> bool:
    return segment.kind != "heading" and len(segment.target) <= 90 and len(said(segment.target)) <= _VERSE


def headline_glued(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A segment that is one text twice, with or without a line break between the copies."""
    text = segment.target
    found = _TWO_LINES.search(text) if "\n" in text else None
    if found and len(said(found[1])) >= _FEW:
        yield rule.finding(segment, Span(*found.span(2)), fixes=("",), related=(place(segment, Span(*found.span(1))),))
        return
    if segment.kind == "cell" or len(text) > 2000:
        return
    tokens = said(text)
    half = len(tokens) // 2
    if half < _FEW or len(tokens) % 2 or tokens[:half] != tokens[half:] or all(map(str.isdigit, tokens)):
        return
    words = list(TOKEN.finditer(text))
    gap = text[words[half - 1].end() : words[half].start()]
    if not _BETWEEN_COPIES.fullmatch(gap):  # [Title](#title), a == a
        return
    start = words[half - 1].end() + _last_space(gap)
    yield rule.finding(segment, Span(start, len(text.rstrip())), fixes=("",), related=(place(segment, Span(0, start)),))


def _last_space(gap: str) -> int:
    """Where the white space in a gap begins that parts the first copy and its marks from the second copy and its quotes."""
    found = list(re.finditer(r"\s+", gap))
    return found[-1].start() if found else 0


def headline_in_lead(rule: Rule) -> Check:
    """A headline that comes again as the first sentence of the paragraph below it, or runs straight into it."""

    def check(document: Document) -> Iterator[Finding]:
        for first, second in pairwise(document.segments):
            if len(second.target) > len(first.target) and second.kind == "paragraph" and is_headline(first):
                span = _repeated_lead(SITE_TAGS.sub("", first.target).strip(), second.target)
                if span and not same_source(first, second):
                    yield rule.finding(second, span, fixes=("",), related=(place(first),))

    return check


def _repeated_lead(headline: str, text: str) -> Span | None:
    """The headline and the space after it, where `text` opens with it and goes on with another sentence."""
    tokens = said(headline)
    if len(tokens) < _SOME or said(text[: len(headline) + 8])[: len(tokens)] != tokens:
        return None
    end = _SENTENCE_END.search(text, max(0, len(headline) - 3), len(headline) + 8)
    if end and said(text[: end.end()]) == tokens:
        return Span(0, end.end() + len(text[end.end() :]) - len(text[end.end() :].lstrip()))
    capitals = sum(word[0].isupper() for word in headline.split())
    found = _RUNS_INTO.match(text, len(headline))
    if found and text.startswith(headline) and capitals * 10 >= len(tokens) * 7:  # Title Case ends where the text begins
        return Span(0, found.end())
    return None
