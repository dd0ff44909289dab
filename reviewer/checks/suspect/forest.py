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
            before = self._means[0][:, :1]
            for level in range(levels):
                after = np.take_along_axis(self._means[level + 1], leaf.astype(np.int64) >> (levels - 1 - level), axis=1)
                moved[:, part] += (group[:, level] == np.arange(count)[:, None]).astype(np.float32) @ (after - before)
                before = after
        return moved

    def _leaf(self, columns: Floats) -> Iterator[tuple[slice, Ints]]:
        """The words of each part, and (trees, words of the part) the leaf that each tree gives each of them."""
        for start in range(0, columns.shape[1], AT_ONCE):
            part = slice(start, start + AT_ONCE)
            some = columns[:, part]
            leaf = np.zeros((len(self.features), some.shape[1]), np.int32)
            for features, limits in zip(self.features.T, self.limits.T, strict=True):
                leaf += leaf
                leaf += some[features] >= limits[:, None]
            yield part, leaf

    @cached_property
    def _first(self) -> NDArray[np.int32]:
        """(trees, 1): where the leaves of each tree begin."""
        first: NDArray[np.int32] = (np.arange(len(self.leaves), dtype=np.int32) * self.leaves.shape[1])[:, None]
        return first

    @cached_property
    def _means(self) -> list[Floats]:
        """For each level and the end, (trees, 2 ** level): the mean of the leaves below."""
        trees, size = self.leaves.shape
        return [self.leaves.reshape(trees, 1 << level, -1).mean(axis=2) for level in range(size.bit_length())]
