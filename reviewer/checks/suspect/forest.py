"""Trees that ask the same question of every word on a level, so that a few comparisons of whole columns value all words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect.words import Floats, Ints


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
        for features, limits, leaves in zip(self.features, self.limits, self.leaves, strict=True):
            leaf = np.zeros(columns.shape[1], np.uint8)
            for feature, limit in zip(features, limits, strict=True):
                leaf <<= 1
                leaf |= columns[feature] >= limit
            total += leaves[leaf]
        return total

    def shares(self, columns: Floats, groups: Sequence[int], count: int) -> Floats:
        """How much each of `count` groups of features moves each word, in log-odds: (count, words).

        `groups[f]` is the group of the feature f. What a question moves is how far the mean of the leaves that remain after
        its answer lies from the mean before it.
        """
        moved = np.zeros((count, columns.shape[1]), np.float32)
        for features, limits, leaves in zip(self.features, self.limits, self.leaves, strict=True):
            prefix = np.zeros(columns.shape[1], np.int64)
            before: NDArray[np.float32] = np.full(columns.shape[1], leaves.mean(), np.float32)
            for level, (feature, limit) in enumerate(zip(features, limits, strict=True)):
                prefix = prefix * 2 + (columns[feature] >= limit)
                after = leaves.reshape(2 << level, -1).mean(axis=1)[prefix]
                moved[groups[feature]] += after - before
                before = after
        return moved
