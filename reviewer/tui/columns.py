"""Sets the Chinese beside the English: two columns of lines, paragraph by paragraph. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len

from reviewer.model import Segment
from reviewer.store import StoredFinding
from reviewer.tui.looks import QUIET, flowing
from reviewer.tui.passage import Line, Run, broken, cut, lines

GAP = " | "
NARROWEST = 24
"""Cells; a column has at least as many."""


def beside(segment: Segment, findings: Sequence[StoredFinding], current: int | None, width: int) -> list[Line]:
    """A paragraph with its source to the right; Chinese needs about two thirds of the room that its English takes."""
    if segment.source is None:
        return lines(segment, findings, current, width)
    right = max(NARROWEST, (width - len(GAP)) * 2 // 5)
    left = width - len(GAP) - right
    english = lines(segment, findings, current, left)
    chinese = source_lines(segment.source, findings, current, right)
    return [_joined(one, other, left) for one, other in zip_longest(english, chinese, fillvalue=())]


def source_lines(source: str, findings: Sequence[StoredFinding], current: int | None, width: int) -> list[Line]:
    """The source in lines, with the words that the current finding rests on made to stand out."""
    shown = list(source_runs(source, findings, current))
    return [tuple(cut(shown, span)) for span in broken("".join(run.text for run in shown), width)]


def source_runs(source: str, findings: Sequence[StoredFinding], current: int | None) -> Iterator[Run]:
    """The source as stretches; `findings` are those of its segment."""
    marked = sorted(
        (other.span, stored.id)
        for stored in findings
        for other in stored.finding.related
        if other.side == "source" and other.segment == stored.finding.segment
        if stored.id == current and other.span.end <= len(source)
    )
    position = 0
    for span, finding in marked:
        if span.start >= position:
            yield Run(flowing(source[position : span.start]), QUIET)
            yield Run(flowing(span.of(source)), "bold reverse", finding)
            position = span.end
    yield Run(flowing(source[position:]), QUIET)


def _joined(one: Line, other: Line, width: int) -> Line:
    over = sum(cell_len(run.text) for run in one) - width
    if over > 0:  # white space at a break stands outside the column
        one = (*one[:-1], Run(one[-1].text[:-over], one[-1].style, one[-1].finding))
    return (*one, Run(" " * max(0, -over) + GAP, QUIET), *other)
