"""Which paragraphs of a document stand one by one, and which stretches without findings are folded into a line. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

CONTEXT = 1
"""Paragraphs that stay in sight before and after one with findings."""
SHORTEST = 3
"""Fewer clean paragraphs than these are not worth a fold."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (`count` 1), or a fold: `count` paragraphs from `first` on."""

    first: int
    count: int = 1


class Outline:
    """The blocks of a document of `length` paragraphs, by number from 0; without folds, they are its paragraphs."""

    def __init__(self, length: int, folds: Iterable[Block] = ()) -> None:
        self._folds = list(folds)
        self._firsts = [fold.first for fold in self._folds]
        hidden = [0]
        for fold in self._folds:
            hidden.append(hidden[-1] + fold.count - 1)
        self._hidden = hidden  # paragraphs that have no block of their own, before each fold
        self._numbers = [fold.first - before for fold, before in zip(self._folds, hidden, strict=False)]
        self.length = length - hidden[-1]

    def block(self, number: int) -> Block:
        """The block of a number."""
        before = bisect_right(self._numbers, number)
        if before and self._numbers[before - 1] == number:
            return self._folds[before - 1]
        return Block(number + self._hidden[before])

    def number(self, position: int) -> int:
        """The number of the block that a paragraph stands in."""
        before = bisect_right(self._firsts, position)
        if before:
            fold = self._folds[before - 1]
            if position < fold.first + fold.count:
                return self._numbers[before - 1]
        return position - self._hidden[before]


def folded(length: int, marked: Iterable[int], opened: Iterable[int] = ()) -> Outline:
    """Folds what lies between the paragraphs in `marked` (positions, in order), but no stretch that begins in `opened`."""
    unfolded = set(opened)
    return Outline(length, [fold for fold in _clean(length, marked) if fold.count >= SHORTEST and fold.first not in unfolded])


def _clean(length: int, marked: Iterable[int]) -> Iterator[Block]:
    start = 0
    for position in marked:
        end = position - CONTEXT
        if end > start:
            yield Block(start, end - start)
        start = max(start, position + 1 + CONTEXT)
    if length > start:
        yield Block(start, length - start)
