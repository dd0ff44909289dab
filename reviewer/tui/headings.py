"""Where headings stand between the findings of a list, and how many findings stand under each. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading before the finding at `place` in the queue, and how many findings stand under it."""

    place: int
    label: str
    count: int


class Headings:
    """A list of `length` findings with headings, by line from 0."""

    def __init__(self, length: int, found: Iterable[Heading]) -> None:
        self._found = list(found)
        self._places = [heading.place for heading in self._found]
        self._on = [heading.place + number for number, heading in enumerate(self._found)]
        self.lines = length + len(self._found)

    def at(self, line: int) -> tuple[int, Heading | None]:
        """(place in the queue, the heading on that line): the finding of a line that has none, else the one after it."""
        before = bisect_right(self._on, line)
        if before and self._on[before - 1] == line:
            return self._found[before - 1].place, self._found[before - 1]
        return line - before, None

    def line_of(self, place: int) -> int:
        """The line of the finding at a place in the queue."""
        return place + bisect_right(self._places, place)


def headings(labels: Iterable[str | None]) -> Headings:
    """The headings of a queue, from what each of its findings stands under; None stands under nothing."""
    found, place = [], 0
    for label, some in groupby(labels):
        count = sum(1 for _ in some)
        if label is not None:
            found.append(Heading(place, label, count))
        place += count
    return Headings(place, found)
