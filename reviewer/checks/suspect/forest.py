"""Trees of a few leaves each, asked of all words at once: answers rule leaves out, and the first leaf that is left is the word's.

So no tree is walked node by node (QuickScorer: Lucchese and others 2015).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect.words import Floats, Ints

MOST_LEAVES = 16  # of a tree: a bit each
AT_ONCE = 400  # words: more would not stay in the processor's cache
NEVER = np.float32(np.inf)  # the limit of a question that a smaller tree does not ask


class Places:
    """Where the columns of some words stand among the `limits` of several forests, by name: looked up once, whichever ask."""

    def __init__(self, limits: Mapping[str, Floats]) -> None:
        self.limits = limits
        self._known: dict[str, NDArray[np.int16]] = {}

    def of(self, name: str, column: Floats) -> NDArray[np.int16]:
        """How many of the limits are less, of each word."""
        if name not in self._known:
            self._known[name] = np.searchsorted(self.limits[name], column).astype(np.int16)
        return self._known[name]


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

    def value(self, columns: Floats, places: Places | None = None) -> Floats:
        """The log-odds of each word; `columns` is (features, words), `places` what other forests are given for these words."""
        total = np.full(columns.shape[1], self.base, np.float32)
        for number in np.flatnonzero(self.slopes):
            total += self.slopes[number] * columns[number]
        leaves = self.leaves.ravel()
        for part, leaf in self._leaf(columns, places or Places(self.limits_by_name)):
            total[part] += np.take(leaves, leaf + self._start, mode="clip").sum(axis=0)
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
        known = self._known_moves
        by_leaf = known.get((*groups, count))
        if by_leaf is None:
            by_leaf = known[(*groups, count)] = self._moves(np.array(groups), count)
        moved = np.zeros((count, columns.shape[1]), np.float32)
        for part, leaf in self._leaf(columns, Places(self.limits_by_name)):
            moved[:, part] = by_leaf[leaf + self._start].sum(axis=0).T
        return moved

    @cached_property
    def _known_moves(self) -> dict[tuple[int, ...], Floats]:
        """What `_moves` gives, by its arguments."""
        return {}

    def _moves(self, groups: NDArray[np.integer], count: int) -> Floats:
        """How much the questions of each group move a word on its way to each leaf: (trees * leaves, groups)."""
        trees, size = self.leaves.shape
        sums = np.concatenate([np.zeros((trees, 1)), np.cumsum(self.leaves, axis=1, dtype=np.float64)], axis=1)

        def mean(start: NDArray[np.int64], stop: NDArray[np.int64]) -> NDArray[np.float64]:
            upto = [np.take_along_axis(sums, at[:, None], axis=1) for at in (start, stop)]
            found: NDArray[np.float64] = (upto[1] - upto[0]) / np.maximum(stop - start, 1)[:, None]
            return found

        moved = np.zeros((trees, size, count), np.float32)
        leaf = np.arange(size)
        asked = zip(self.features.T, self.first.T.astype(np.int64), self.end.T.astype(np.int64), strict=True)
        for number, (features, first, end) in enumerate(asked):
            middle = np.full(trees, number + 1)
            after = np.where(leaf > number, mean(middle, end), mean(first, middle))
            step = np.where((leaf >= first[:, None]) & (leaf < end[:, None]), after - mean(first, end), 0)
            moved[np.arange(trees), :, groups[features]] += step
        return moved.reshape(trees * size, count)

    @cached_property
    def _start(self) -> Ints:
        """Where the leaves of each tree begin, if those of all stand in a row: (trees, 1)."""
        found: Ints = (np.arange(len(self.leaves), dtype=np.int32) * self.leaves.shape[1])[:, None]
        return found

    def _leaf(self, columns: Floats, known: Places) -> Iterator[tuple[slice, NDArray[np.uint8]]]:
        """The words of each part, and (trees, words of the part) the leaf that each tree gives each of them."""
        rank, masks = self._ranks(known.limits)
        asked = np.ascontiguousarray(self.features.T)
        places = np.zeros(columns.shape, np.int16)
        for number in self._asked:
            places[number] = known.of(self.names[number], columns[number])
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
    def limits_by_name(self) -> dict[str, Floats]:
        """Rising limits of each feature that is asked for."""
        return {self.names[number]: np.unique(self.limits[self.features == number]) for number in self._asked}

    @cached_property
    def _asked(self) -> list[int]:
        return [int(number) for number in np.unique(self.features)]

    @cached_property
    def _known_ranks(self) -> dict[int, tuple[Mapping[str, Floats], NDArray[np.int16], NDArray[np.int16]]]:
        """What `_ranks` gives, by the identity of the limits, which stand beside it so that no others have it."""
        return {}

    def _ranks(self, limits: Mapping[str, Floats]) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
        """(questions, trees, 1) the place of each question's limit among some, and the leaves that are out where the word has more,
        a bit each.

        Words are compared by such places: two bytes each in place of four.
        """
        if id(limits) not in self._known_ranks:
            rank = np.zeros(self.features.shape, np.int16)
            for number in self._asked:
                asked = self.features == number
                rank[asked] = np.searchsorted(limits[self.names[number]], self.limits[asked])
            upto = np.arange(1, self.features.shape[1] + 1)
            masks = ((1 << upto) - (1 << self.first.astype(np.int64))).astype(np.uint16).view(np.int16)
            rank, masks = (np.ascontiguousarray(one.T)[:, :, None] for one in (rank, masks))
            self._known_ranks[id(limits)] = limits, rank, masks
        return self._known_ranks[id(limits)][1:]


def all_limits(forests: Iterable[Forest]) -> dict[str, Floats]:
    """The rising limits of all of the forests, by the name of the feature."""
    by_name: dict[str, list[Floats]] = {}
    for forest in forests:
        for name, limits in forest.limits_by_name.items():
            by_name.setdefault(name, []).append(limits)
    return {name: np.unique(np.concatenate(some)) for name, some in by_name.items()}


@lru_cache(maxsize=1)
def _first_left() -> NDArray[np.uint8]:
    """By which leaves are out, a bit each: the first that is not. One is always left."""
    out = np.arange(1 << MOST_LEAVES)
    lowest = ~out & (out + 1)
    found: NDArray[np.uint8] = np.round(np.log2(np.maximum(lowest, 1))).astype(np.uint8)
    return found
