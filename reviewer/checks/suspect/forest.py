"""Trees that ask the same question of every word on a level, so that all trees answer for all words at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect.words import Floats, Ints

AT_ONCE = 400  # words: more would not stay in the processor's cache


@dataclass(frozen=True)
class Forest:
    """`names[f]` is the feature that a question about f asks; tree t asks on level d whether it is >= limits[t, d].

    `features` (trees, levels), `limits` (trees, levels), `leaves` (trees, 2 ** levels); leaves are log-odds.
    """

    names: tuple[str, ...]
    base: float
    features: Ints
    limits: Floats
    leaves: Floats

    def value(self, columns: Floats) -> Floats:
        """The log-odds of each word; `columns` is (features, words)."""
        total = np.full(columns.shape[1], self.base, np.float32)
        for part, leaf in self._leaf(columns):
            total[part] += np.take(self.leaves.ravel(), leaf + self._first).sum(axis=0)
        return total

    def shares(self, columns: Floats, groups: Sequence[int], count: int) -> Floats:
        """How much each of `count` groups of features moves each word, in log-odds: (count, words).

        `groups[f]` is the group of the feature f. What a question moves is how far the mean of the leaves that remain after
        its answer lies from the mean before it.
        """
        moved = np.zeros((count, columns.shape[1]), np.float32)
        group = np.array(groups)[self.features]
        levels = self.features.shape[1]
        for part, leaf in self._leaf(columns):
            before = self._means[0]
            for level in range(levels):
                means = self._means[level + 1]
                first = (np.arange(len(means), dtype=np.int32) * means.shape[1])[:, None]
                after = np.take(means.ravel(), (leaf >> (levels - 1 - level)) + first)
                step = after - before
                for number in range(count):
                    moved[number, part] += step[group[:, level] == number].sum(axis=0)
                before = after
        return moved

    def _leaf(self, columns: Floats) -> Iterator[tuple[slice, NDArray[np.uint8]]]:
        """The words of each part, and (trees, words of the part) the leaf that each tree gives each of them."""
        limits, rank = self._ranks
        for start in range(0, columns.shape[1], AT_ONCE):
            part = slice(start, start + AT_ONCE)
            some = np.zeros((len(self.names), columns[:, part].shape[1]), np.uint8)
            for number, mine in limits.items():
                some[number] = np.searchsorted(mine, columns[number, part], side="right")
            leaf = np.zeros((len(self.features), some.shape[1]), np.uint8)
            for features, least in zip(self.features.T, rank.T, strict=True):
                leaf += leaf
                leaf += some[features] > least[:, None]
            yield part, leaf

    @cached_property
    def _ranks(self) -> tuple[dict[int, Floats], NDArray[np.uint8]]:
        """Rising limits of each feature that is asked for, and (trees, levels) the place of each question's limit among them.

        Words are compared by such places: a byte each in place of four.
        """
        limits = {int(number): np.unique(self.limits[self.features == number]) for number in np.unique(self.features)}
        rank = np.zeros(self.features.shape, np.uint8)
        for number, mine in limits.items():
            asked = self.features == number
            rank[asked] = np.searchsorted(mine, self.limits[asked])
        return limits, rank

    @cached_property
    def _first(self) -> Ints:
        """(trees, 1): where the leaves of each tree begin."""
        first: Ints = (np.arange(len(self.leaves), dtype=np.int32) * self.leaves.shape[1])[:, None]
        return first

    @cached_property
    def _means(self) -> list[Floats]:
        """For each level and the end, (trees, 2 ** level): the mean of the leaves below."""
        trees, size = self.leaves.shape
        return [self.leaves.reshape(trees, 1 << level, -1).mean(axis=2) for level in range(size.bit_length())]
