"""Takes away the emphasis marks of a Markdown text that changes would leave with nothing between them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewer.export.changes import Change
from reviewer.model import Span

MARKERS = "*_~"
"""What opens and closes emphasis and strikethrough in Markdown."""
RUN = re.compile(r"\*+|_+|~+")


def without_empty_markup(text: str, changes: Iterable[Change]) -> list[Change]:
    """The changes, and the deletion of the emphasis marks of a Markdown text that would be left with nothing between them.

    Without it, deleting "old" from "an **old** bus" would leave "an **** bus", which a reader sees as asterisks.
    """
    ordered = sorted(changes)
    emptied: list[Change] = []
    before: list[Span] = []  # marks that stand right before the next change, the nearest last
    reached = -1
    for change in ordered:
        if reached < 0 or text[reached : change.span.start].strip(MARKERS):
            before = _marks_before(text, change.span.start)
        if change.text:
            before = []
        for mark in _marks_after(text, change.span.end):
            if before and before[-1].of(text) == mark.of(text):
                emptied += [Change(before.pop(), ""), Change(mark, "")]
            else:
                before.append(mark)
        reached = change.span.end
    return sorted([*ordered, *emptied])


def _marks_before(text: str, at: int) -> list[Span]:
    start = at
    while start and text[start - 1] in MARKERS:
        start -= 1
    if start < at and text[max(0, start - 1)] == "\\":
        start += 1  # the first of them is a plain character
    return [Span(*match.span()) for match in RUN.finditer(text, start, at)]


def _marks_after(text: str, at: int) -> list[Span]:
    end = at
    while end < len(text) and text[end] in MARKERS:
        end += 1
    return [Span(*match.span()) for match in RUN.finditer(text, at, end)]
