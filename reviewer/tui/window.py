"""Which lines of a long document stand in a window: places in, lines out, and no more laid out than is seen. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reviewer.tui.passage import Line

Layout = Callable[[int], Sequence[Line]]
"""The lines of the paragraph at a position, at least one; the empty line after it counts."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line of a document: the position of its paragraph, and the line in it, both from 0."""

    position: int = 0
    line: int = 0


def moved(place: Place, by: int, layout: Layout, total: int) -> Place:
    """The place `by` lines further down, or up where it is negative; stays within the document's `total` paragraphs."""
    position, line = min(place.position, max(total - 1, 0)), place.line + by
    while line < 0 and position > 0:
        position -= 1
        line += len(layout(position))
    while position < total - 1 and line >= (length := len(layout(position))):
        line -= length
        position += 1
    last = len(layout(position)) - 1 if position < total else 0
    return Place(position, min(max(line, 0), last))


def following(place: Place, count: int, layout: Layout, total: int) -> Iterator[tuple[int, Line]]:
    """Up to `count` lines from a place on, each with the position it belongs to."""
    position, line = place.position, place.line
    while count > 0 and position < total:
        for one in layout(position)[line : line + count]:
            yield position, one
            count -= 1
        position, line = position + 1, 0


def distance(start: Place, end: Place, layout: Layout, longest: int) -> int | None:
    """How many lines `end` stands below `start`; None where it is above, or `longest` lines or more away."""
    if end < start:
        return None
    count = -start.line
    for position in range(start.position, end.position):
        count += len(layout(position))
        if count >= longest:
            return None
    count += end.line
    return count if count < longest else None


def around(place: Place, height: int, layout: Layout, total: int) -> Place:
    """The place to begin at so that `place` stands in the middle of `height` lines, and the end leaves no empty lines."""
    top = moved(place, -(height // 2), layout, total)
    last = moved(Place(total, 0), 0, layout, total)
    end = Place(last.position, max(len(layout(last.position)) - 1, 0)) if total else last
    return min(top, moved(end, 1 - height, layout, total))
