"""Grows the trees of a forest: each level asks of all words the best of a few questions drawn by chance.

Drawing keeps the trees from learning single sentences by heart: the same few hundred sentences stand in the data ten times, in
ten translations (extremely randomized trees: Geurts, Ernst, Wehenkel 2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect.forest import Forest
from reviewer.checks.suspect.words import Floats

Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Growth:
    """How to grow: `forests` of `trees` each are grown with other draws and averaged. `rate` is the step of each tree, `tries`
    the questions drawn a level, `sample` the share of words a tree sees, `calm` the weight (in words) that draws leaves to 0,
    `limits` how many limits a feature is asked for."""

    forests: int = 3
    trees: int = 150
    levels: int = 4
    rate: float = 0.1
    tries: int = 8
    sample: float = 0.3
    calm: float = 30.0
    limits: int = 32


def grow(
    columns: Floats,
    wanted: Doubles,
    weight: Doubles,
    names: tuple[str, ...],
    seed: int,
    growth: Growth,
    start: Doubles | None = None,
) -> Forest:
    """A forest that gives each word the log-odds of being marked.

    `columns` is (features, words), `wanted` the share of raters who marked each word, `weight` how much each word counts.
    Where `start` is given, the log-odds that each word is taken to have, the forest gives what is to be added to it.
    """
    edges = [_edges(column, growth.limits) for column in columns]
    binned = np.stack([np.searchsorted(edge, column, side="right") for edge, column in zip(edges, columns, strict=True)])
    binned = binned.astype(np.uint8)
    usable = np.array([number for number, edge in enumerate(edges) if len(edge)])
    mean = float(np.average(wanted, weights=weight))
    base = 0.0 if start is not None else float(np.log(mean / (1 - mean)))
    features, limits, leaves = [], [], []
    for number in range(growth.forests * growth.trees):
        if number % growth.trees == 0:
            rng = np.random.default_rng((seed, number // growth.trees))
            value = np.full(columns.shape[1], base) if start is None else start.copy()
        chosen = np.flatnonzero(rng.random(len(value)) < growth.sample)
        odds, weighed = 1 / (1 + np.exp(-value[chosen])), weight[chosen]
        slope, curve = (wanted[chosen] - odds) * weighed, odds * (1 - odds) * weighed
        questions, leaf = _questions(binned, edges, usable, chosen, slope, curve, rng, growth)
        size = 1 << growth.levels
        step = growth.rate * _sum(leaf, slope, size) / (_sum(leaf, curve, size) + growth.calm)
        where = np.zeros(len(value), np.uint8)
        for feature, limit in questions:
            where = (where << 1) | (binned[feature] > limit)
        value += step[where]
        features.append([feature for feature, _ in questions])
        limits.append([edges[feature][limit] for feature, limit in questions])
        leaves.append(step / growth.forests)
    return Forest(names, base, np.array(features, np.int32), np.array(limits, np.float32), np.array(leaves, np.float32))


def averaged(forests: Sequence[Forest], names: tuple[str, ...]) -> Forest:
    """The forest whose values are the means of those of forests that ask about the first of the same names."""
    many = len(forests)
    features, limits, leaves = (
        np.concatenate([getattr(one, part) for one in forests]) for part in ("features", "limits", "leaves")
    )
    return Forest(names, sum(one.base for one in forests) / many, features, limits, np.float32(1 / many) * leaves)


def _questions(
    binned: NDArray[np.uint8],
    edges: list[Floats],
    usable: NDArray[np.int64],
    chosen: NDArray[np.int64],
    slope: Doubles,
    curve: Doubles,
    rng: np.random.Generator,
    growth: Growth,
) -> tuple[list[tuple[int, int]], NDArray[np.int64]]:
    """(feature, number of its limit) of each level, and the leaf of each chosen word."""
    leaf = np.zeros(len(chosen), np.int64)
    questions = []
    for level in range(growth.levels):
        size, best = 2 << level, -1.0
        for feature in rng.choice(usable, min(growth.tries, len(usable)), replace=False):
            limit = int(rng.integers(len(edges[feature])))
            split = leaf * 2 + (binned[feature][chosen] > limit)
            gain = float((_sum(split, slope, size) ** 2 / (_sum(split, curve, size) + growth.calm)).sum())
            if gain > best:
                best, question, after = gain, (int(feature), limit), split
        questions.append(question)
        leaf = after
    return questions, leaf


def _sum(group: NDArray[np.integer], values: Doubles, size: int) -> Doubles:
    sums: Doubles = np.bincount(group, values, minlength=size).astype(np.float64)
    return sums


def _edges(column: Floats, count: int) -> Floats:
    """Up to `count` - 1 limits that part the values into equal shares."""
    return np.unique(np.quantile(column[:: max(1, len(column) // 20000)], np.linspace(0, 1, count + 1)[1:-1])).astype(np.float32)
