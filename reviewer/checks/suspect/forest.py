"""Trees of a few leaves each, asked of all words at once: answers rule leaves out, and the first leaf that is left is the word's.

So no tree is walked node by node (QuickScorer: Lucchese and others 2015).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect.words import Floats, Ints

MOST_LEAVES = 16  # of a tree: a bit each
AT_ONCE = 250  # words: more would not stay in the processor's cache
NEVER = np.float32(np.inf)  # the limit of a question that a smaller tree does not ask


@dataclass(frozen=True)
class Forest:
    """`names[f]` is the feature that a question about f asks.

    The question q of a tree stands between its leaves q and q + 1: of the leaves from `first` to q + 1, those to the right of it
    are for words whose feature is greater than the limit; `first` and `end` are how far to the left and right the leaves go
    that it parts. `features`, `limits`, `first` and `end` are (trees, questions), `leaves` (trees, questions + 1), in log-odds.
    `slopes`, one a feature, say how much of it is added as it is.
    """

    names: tuple[str, ...]
    base: float
    features: Ints
    limits: Floats
    first: NDArray[np.uint8]
    end: NDArray[np.uint8]
    leaves: Floats
    slopes: Floats

    def value(self, columns: Floats) -> Floats:
        """The log-odds of each word; `columns` is (features, words)."""
        total = np.full(columns.shape[1], self.base, np.float32)
        for number in np.flatnonzero(self.slopes):
            total += self.slopes[number] * columns[number]
        start = (np.arange(len(self.leaves), dtype=np.int32) * self.leaves.shape[1])[:, None]
        for part, leaf in self._leaf(columns):
            total[part] += np.take(self.leaves.ravel(), leaf + start).sum(axis=0, dtype=np.float64).astype(np.float32)
        return total

    def added(self, columns: Floats, names: Sequence[str]) -> Floats:
        """How much is added to each word, in log-odds, of the features of those names as they are."""
        chosen = [number for number, name in enumerate(self.names) if name in names]
        found: Floats = self.slopes[chosen] @ columns[chosen]
        return found

    def shares(self, columns: Floats, groups: Sequence[int], count: int) -> Floats:
        """How much each of `count` groups of features moves each word through the trees, in log-odds: (count, words).

        `groups[f]` is the group of the feature f. What a question moves is how far the mean of the leaves that remain after
        its answer lies from the mean before it.
        """
        moved = np.zeros((count, columns.shape[1]), np.float32)
        group = np.array(groups)[self.features]
        sums = np.concatenate([np.zeros((len(self.leaves), 1)), np.cumsum(self.leaves, axis=1, dtype=np.float64)], axis=1)

        def mean(start: NDArray[np.integer], stop: NDArray[np.integer]) -> Floats:
            ends = [np.take_along_axis(sums, side.astype(np.int64)[:, None], axis=1)[:, 0] for side in (stop, start)]
            found: Floats = ((ends[0] - ends[1]) / np.maximum(stop.astype(np.int64) - start, 1)).astype(np.float32)
            return found

        for part, leaf in self._leaf(columns):
            for number, (first, end) in enumerate(zip(self.first.T, self.end.T, strict=True)):
                middle = np.full(len(first), number + 1)
                before, left, right = mean(first, end), mean(first, middle), mean(middle, end)
                step = np.where(leaf > number, (right - before)[:, None], (left - before)[:, None])
                step[(leaf < first[:, None]) | (leaf >= end[:, None])] = 0
                for one in range(count):
                    moved[one, part] += step[group[:, number] == one].sum(axis=0)
        return moved

    def _leaf(self, columns: Floats) -> Iterator[tuple[slice, NDArray[np.uint8]]]:
        """The words of each part, and (trees, words of the part) the leaf that each tree gives each of them."""
        limits, rank, masks = self._ranks
        asked = np.ascontiguousarray(self.features.T)
        places = np.zeros(columns.shape, np.int16)
        for number, mine in limits.items():
            places[number] = np.searchsorted(mine, columns[number])
        for start in range(0, columns.shape[1], AT_ONCE):
            part = slice(start, start + AT_ONCE)
            some = np.ascontiguousarray(places[:, part])
            out = np.zeros((len(self.features), some.shape[1]), np.int16)
            answer = np.empty_like(out)
            for features, least, mask in zip(asked, rank, masks, strict=True):
                np.take(some, features, axis=0, out=answer, mode="clip")
                np.subtract(least, answer, out=answer)  # below 0 where the word has more than the limit
                np.right_shift(answer, 15, out=answer)  # all bits of those
                np.bitwise_and(answer, mask, out=answer)
                np.bitwise_or(out, answer, out=out)
            yield part, np.take(_first_left(), out.view(np.uint16))

    @cached_property
    def _ranks(self) -> tuple[dict[int, Floats], NDArray[np.int16], NDArray[np.int16]]:
        """Rising limits of each feature that is asked for; and (questions, trees, 1) the place of each question's limit among
        them, and the leaves that are out where the word has more, a bit each.

        Words are compared by such places: two bytes each in place of four.
        """
        limits = {int(number): np.unique(self.limits[self.features == number]) for number in np.unique(self.features)}
        rank = np.zeros(self.features.shape, np.int16)
        for number, mine in limits.items():
            asked = self.features == number
            rank[asked] = np.searchsorted(mine, self.limits[asked])
        upto = np.arange(1, self.features.shape[1] + 1)
        masks = ((1 << upto) - (1 << self.first.astype(np.int64))).astype(np.uint16).view(np.int16)
        return limits, np.ascontiguousarray(rank.T)[:, :, None], np.ascontiguousarray(masks.T)[:, :, None]


@lru_cache(maxsize=1)
def _first_left() -> NDArray[np.uint8]:
    """By which leaves are out, a bit each: the first that is not. One is always left."""
    out = np.arange(1 << MOST_LEAVES)
    lowest = ~out & (out + 1)
    found: NDArray[np.uint8] = np.round(np.log2(np.maximum(lowest, 1))).astype(np.uint8)
    return found
