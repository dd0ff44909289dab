"""Finds brackets and quotation marks whose other half is missing, in the segment and in those around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewer.model import Check, Document, Finding, Rule, Segment, Span

_BRACKETS = {"(": ")", "[": "]"}
_MATES = {**_BRACKETS, ")": "(", "]": "["}
_CHINESE = {"(": "（(", ")": "）)", "[": "【〔［[", "]": "】〕］]"}
_BRACKET = re.compile(r"[()\[\]（）【】]")
_WIDE = str.maketrans("（）【】", "()[]")
# a) and 12) label the items of a list, :-) is a face, [0, 1) an interval
_LABEL = re.compile(r"(?:(?<![^\s;,:])(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})|(?<!\w)[:;=8][-'^o]?)\Z")
_INTERVAL = re.compile(r"[\[(]\s*[-−–]?[\w.∞]+\s*,\s*[-−–+]?[\w.∞]+\s*[\])]")
_FACE = re.compile(r"(?<!\w)[:;=8][-'^o]?\Z")
_QUOTE = re.compile('["“”]')
_BEFORE_TERM = re.compile(
    r"(?i)\b(?:the|an?|of|in|at|for|with|by|called|named|titled|dubbed|its|his|her|their|this|these|so-called)\s+\Z"
)
_MOST = 3
"""Brackets without another half in one text; more than that is code."""
_NEIGHBOURS = 6
"""Segments before and after in which a bracket or quotation may close: a quotation can run over several of them."""


@dataclass(frozen=True, slots=True)
class _Half:
    """A mark without its other half: where it stands, and which one it is; `mark` is `"` for every double quotation mark."""

    at: int
    mark: str
    opens: bool


def unpaired_bracket(rule: Rule) -> Check:
    """A bracket that is never closed, or closes what was never opened."""

    def check(document: Document) -> Iterator[Finding]:
        halves = [_lone_brackets(segment.target) for segment in document.segments]
        lone = [{(half.mark, half.opens) for half in some} for some in halves]
        for number, segment in enumerate(document.segments):
            for half in halves[number]:
                if not _has_mate(half, number, lone) and not _same_in_source(half, segment):
                    yield rule.finding(segment, Span(half.at, half.at + 1))

    return check


def _lone_brackets(text: str) -> list[_Half]:
    if not _BRACKET.search(text):
        return []
    intervals = {at for found in _INTERVAL.finditer(text) for at in (found.start(), found.end() - 1)}
    opened: list[_Half] = []
    lone: list[_Half] = []
    for found in _BRACKET.finditer(text):
        at, mark = found.start(), found[0].translate(_WIDE)
        before = text[max(0, at - 6) : at]
        if at in intervals:
            continue
        if mark in _BRACKETS:
            if not _FACE.search(before):
                opened.append(_Half(at, mark, True))
        elif opened and _BRACKETS[opened[-1].mark] == mark:
            opened.pop()
        elif not _LABEL.search(before):
            lone.append(_Half(at, mark, False))
    halves = sorted([*lone, *opened], key=lambda half: half.at)
    return halves if len(halves) <= _MOST else []


def _has_mate(half: _Half, number: int, lone: Sequence[set[tuple[str, bool]]]) -> bool:
    """Whether a neighbouring segment has the other half alone: after an opening mark, before a closing one.

    `lone` holds, for each segment, which marks stand alone there and whether they open.
    """
    near = lone[number + 1 : number + 1 + _NEIGHBOURS] if half.opens else lone[max(0, number - _NEIGHBOURS) : number]
    return any((_MATES.get(half.mark, '"'), not half.opens) in some for some in near)


def _same_in_source(half: _Half, segment: Segment) -> bool:
    """Whether the Chinese has one bracket of this kind too many as well."""
    if segment.source is None:
        return False
    count = sum(map(segment.source.count, _CHINESE[half.mark])) - sum(map(segment.source.count, _CHINESE[_MATES[half.mark]]))
    return count > 0


def unpaired_quote(rule: Rule) -> Check:
    """A double quotation mark around a term or title that lacks its other half: the "Harbour News every morning.

    Speech may run over several segments, so a mark after a comma, a colon or a verb of saying opens no term, and one after a
    full stop or comma closes none. Silent beside Chinese, which shows the pairs better.
    """

    def check(document: Document) -> Iterator[Finding]:
        halves = [_lone_quotes(segment.target) if segment.source is None else [] for segment in document.segments]
        lone = [{(half.mark, half.opens) for half in some} for some in halves]
        for number, segment in enumerate(document.segments):
            for half in halves[number]:
                if _bounds_term(half, segment.target) and not _has_mate(half, number, lone):
                    yield rule.finding(segment, Span(half.at, half.at + 1))

    return check


def _bounds_term(half: _Half, text: str) -> bool:
    before, after = text[max(0, half.at - 20) : half.at], text[half.at + 1 : half.at + 4]
    if half.opens:
        return bool(_BEFORE_TERM.search(before)) and after[:1].isalnum()
    return before[-1:].isalpha() and after[:1].isspace() and after[1:].isalpha() and after[1:].islower()


def _lone_quotes(text: str) -> list[_Half]:
    """The double quotation marks without another half, by the spaces around each; none where the marks pair up by number."""
    marks = [found.start() for found in _QUOTE.finditer(text)]
    if len(marks) % 2 == 0:
        return []
    opened: list[_Half] = []
    lone: list[_Half] = []
    for at in marks:
        left, right = text[at - 1 : at], text[at + 1 : at + 2]
        free_left, free_right = (
            not left or left.isspace() or left in "([—–-/‘'",
            not right or right.isspace() or right in ")].,;:!?—–-/’'",
        )
        opens = free_left if free_left != free_right else {"“": True, "”": False}.get(text[at], not opened)
        if opens:
            opened.append(_Half(at, '"', True))
        elif opened:
            opened.pop()
        elif not left.isdigit():  # inches
            lone.append(_Half(at, '"', False))
    return sorted([*lone, *opened], key=lambda half: half.at)[:1]
