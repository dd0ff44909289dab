"""Finds double quotation marks with their spaces on the wrong side, and those whose other half is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.checks import detectors
from reviewer.checks.detectors import Detector
from reviewer.model import Finding, Related, Rule, Segment, Span

_OPENERS = "([{-—–/“‘'"
_CLOSERS = ".,;:!?)]}-—–/…'’”%*"
_CURLY = re.compile(r"“[ \n]+(?=\S)|(?<=\S)[ \n]+”|(?<=[a-z])“(?=\w)|(?<=[\w.,!?])”(?=[^\W\d_]{2})")
_ONE_CARD = 60  # code points; a longer quotation is marked at its ends only
_NEAR = 50
_SENTENCE_END = re.compile(r"[.!?;] ")
# words that no quotation ends with, so that what closes it must open another: making the" Old Harbour "quarter
_UNFINISHED = re.compile(r"(?i)[\w,] +(?:the|an?|its|their|our|and|or)\Z")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A straight quotation mark and whether a space, or what serves as one, stands on its left and on its right."""

    at: int
    left: bool
    right: bool

    @property
    def opens(self) -> bool:
        return self.left and not self.right

    @property
    def closes(self) -> bool:
        return self.right and not self.left


@dataclass(frozen=True, slots=True)
class _Pair:
    """The two marks of a quotation, and whether the spaces of each are on the wrong side."""

    opening: int
    closing: int
    opens_wrong: bool
    closes_wrong: bool


def _marks(text: str) -> list[_Mark]:
    marks = []
    for found in re.finditer('"', text):
        at = found.start()
        before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
        left = not before.strip() or before in _OPENERS
        ends = after in _CLOSERS and (not left or not text[at + 2 : at + 3].strip())  # not the stop of ".net"
        marks.append(_Mark(at, left, not after.strip() or ends))
    return marks


def _pairs(text: str, marks: list[_Mark]) -> Iterator[_Pair]:
    """Reads the marks in turn as opening and closing; where the spaces contradict, they are what is wrong.

    A quotation inside another with the same marks ("he did not "see" it") opens and closes with its spaces right.
    """
    opened: list[tuple[_Mark, bool]] = []  # marks not closed yet, and whether they open although they look like the end
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        if opened and opened[-1][1] and not mark.closes:
            yield _Pair(opened.pop()[0].at, mark.at, True, True)
        elif not opened and mark.closes:
            if following and not following.closes and _mirrored(text, mark, following):
                opened.append((mark, True))
        elif not opened or mark.opens:
            opened.append((mark, False))
        elif mark.closes and following and following.opens and _interrupts(text, mark, following):
            opened.append((mark, True))
        else:
            first = opened.pop()[0]
            yield _Pair(first.at, mark.at, first.left == first.right, mark.left == mark.right)


def _mirrored(text: str, mark: _Mark, following: _Mark) -> bool:
    """Whether two marks near each other both have their space inside. A mark after a digit may stand for inches."""
    inside = text[mark.at + 1 : following.at]
    spaced = inside[:1] == " " and inside[-1:] == " " and len(inside) <= _NEAR
    return spaced and not _SENTENCE_END.search(inside) and not text[mark.at - 1].isdigit()


def _interrupts(text: str, mark: _Mark, following: _Mark) -> bool:
    """Whether a mark that looks like the end of a quotation opens one inside it: "... making the" Old Harbour "quarter ..." """
    return _mirrored(text, mark, following) and bool(_UNFINISHED.search(text, max(0, mark.at - 20), mark.at))


def _straight(rule: Rule, segment: Segment) -> Iterator[Finding]:
    text = segment.target
    marks = _marks(text)
    for pair in _pairs(text, marks):
        start, end = pair.opening, pair.closing + 1
        content = text[start + 1 : end - 1]
        sure = pair.opens_wrong and pair.closes_wrong if len(marks) % 2 else pair.opens_wrong or pair.closes_wrong
        if not sure or not any(char.isalpha() for char in content):
            continue
        head = '"' if start == 0 or text[start - 1] in " \n" + _OPENERS else ' "'
        tail = '" ' if text[end : end + 1].isalnum() else '"'
        if len(content) <= _ONE_CARD:
            yield rule.finding(segment, Span(start, end), fixes=(f"{head}{content.strip()}{tail}",))
            continue
        if pair.opens_wrong:
            yield rule.finding(segment, Span(start, end - 1 - len(content.lstrip())), fixes=(head,))
        if pair.closes_wrong:
            yield rule.finding(segment, Span(start + 1 + len(content.rstrip()), end), fixes=(tail,))


def _spacing(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Spaces inside quotation marks, none outside them: `the" Old Harbour "quarter`, `“ text ”`. Doubled marks are a file's own."""
    text = segment.target
    if '"' in text and '""' not in text:
        yield from _straight(rule, segment)
    if "“" in text or "”" in text:
        for found in _CURLY.finditer(text):
            mark = found[0].strip()
            spaced = {"“": " “", "”": "” "}[mark] if mark == found[0] else mark
            yield rule.finding(segment, Span(*found.span()), fixes=(spaced,))


def _unpaired(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A quotation mark without its other half, where the Chinese has both halves of its own."""
    source = segment.source or ""
    start, end = source.find("“"), source.find("”")
    if not 0 <= start < end or source.count("“") != source.count("”"):
        return
    lone = _lone(segment.target)
    if lone is not None:
        related = Related(segment.key, Span(start, end + 1), source[start : end + 1], "source")
        yield rule.finding(segment, Span(lone, lone + 1), related=(related,))


def _lone(text: str) -> int | None:
    """The place of the first mark without another half; None where all are paired or there is no telling."""
    if text.count('"') % 2 == 0 or '""' in text or "“" in text or "”" in text:
        return None
    opened: int | None = None
    for mark in _marks(text):
        if mark.opens:
            if opened is not None:
                return opened
            opened = mark.at
        elif opened is None:
            return mark.at
        else:
            opened = None
    return opened


DETECTORS: dict[str, Detector] = {
    "quote-spacing": detectors.by_segment(_spacing),
    "unpaired-quote": detectors.by_segment(_unpaired),
}
