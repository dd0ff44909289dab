"""Grows the trees of a forest with LightGBM, and writes them into the arrays that the check reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect.forest import MOST_LEAVES, NEVER, Forest
from reviewer.checks.suspect.words import Floats

if TYPE_CHECKING:
    from lightgbm import Booster, Dataset

Doubles = NDArray[np.float64]
USUAL_LEAST = 20  # words of a leaf for which the library leaves features out from the beginning


@dataclass(frozen=True)
class Growth:
    """How to grow: `forests` of `trees` each are grown by other draws and averaged, each shown the share `texts` of the texts.

    `rate` is the step of each tree; each is shown the share `features` of the features and `sample` of the words; no leaf has
    fewer than `least` words; `calm` is the weight (in words) that draws leaves to 0, `limits` how many limits a feature is asked
    for. Where `drawn`, a question's limit is drawn by chance (extremely randomized trees: Geurts, Ernst, Wehenkel 2006), which
    keeps trees from learning single sentences by heart: the same few hundred stand in the data ten times, in ten translations.
    """

    forests: int = 4
    trees: int = 90
    leaves: int = 15
    rate: float = 0.07
    texts: float = 0.6
    features: float = 0.3
    sample: float = 0.6
    least: int = 150
    calm: float = 20.0
    limits: int = 31
    drawn: bool = True


@dataclass(frozen=True)
class Taught:
    """What trees learn from: `columns` (features, words); of each word the share of raters who marked it (`wanted`), how much it
    counts (`weight`), the log-odds it is taken to have beforehand (`start`; None: those of the mean), and the number of its text,
    -1 where it is shown to every forest."""

    columns: Floats
    wanted: Doubles
    weight: Doubles
    text: NDArray[np.int64]
    start: Doubles | None = None

    def base(self) -> float:
        """The log-odds that all words have beforehand."""
        mean = float(np.average(self.wanted, weights=self.weight))
        return float(np.log(mean / (1 - mean))) if self.start is None else 0.0

    def shown(self, growth: Growth) -> Dataset:
        """What the library is shown."""
        import lightgbm

        start = np.full(len(self.wanted), self.base()) if self.start is None else self.start
        least = max(1, min(USUAL_LEAST, len(self.wanted) // 40))  # no more than trees of half of the texts are held to
        settings = {"max_bin": growth.limits, "min_data_in_leaf": least, "verbose": -1, "num_threads": 1}
        columns = np.ascontiguousarray(self.columns.T)
        return lightgbm.Dataset(columns, self.wanted, weight=self.weight, init_score=start, params=settings, free_raw_data=False)


def grow(taught: Taught, names: tuple[str, ...], seed: int, growth: Growth) -> Forest:
    """A forest that gives each word the log-odds of being marked, or what is to be added to those it has beforehand."""
    whole = taught.shown(growth).construct()
    texts = np.unique(taught.text[taught.text >= 0])
    trees: list[dict[str, Any]] = []
    for number in range(growth.forests):
        own = seed * growth.forests + number + 1
        some = whole
        if growth.texts < 1:
            chosen = np.random.default_rng(own).permutation(texts)[: max(1, round(growth.texts * len(texts)))]
            some = whole.subset(np.flatnonzero((taught.text < 0) | np.isin(taught.text, chosen)).tolist())
        trees += [tree["tree_structure"] for tree in trained(some, own, growth).dump_model()["tree_info"]]
    return _forest(names, taught.base(), trees, growth)


def trained(shown: Dataset, seed: int, growth: Growth) -> Booster:
    """Trees as the library grows them."""
    import lightgbm

    settings = {
        "objective": "cross_entropy",
        "learning_rate": growth.rate,
        "num_leaves": growth.leaves,
        "min_data_in_leaf": max(1, min(growth.least, shown.construct().num_data() // 20)),
        "feature_fraction": growth.features,
        "bagging_fraction": growth.sample,
        "bagging_freq": 1,
        "lambda_l2": growth.calm,
        "max_bin": growth.limits,
        "extra_trees": growth.drawn,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,
        "verbose": -1,
        "seed": seed,
    }
    return lightgbm.train(settings, shown, growth.trees)


def averaged(forests: Sequence[Forest], names: tuple[str, ...]) -> Forest:
    """The forest whose values are the means of those of forests that ask about some of the same names."""
    many = len(forests)
    limits, first, end, leaves = (
        np.concatenate([getattr(one, part) for one in forests]) for part in ("limits", "first", "end", "leaves")
    )
    places = [np.array([names.index(name) for name in one.names], np.int32) for one in forests]
    features = np.concatenate([place[one.features] for place, one in zip(places, forests, strict=True)])
    share = np.float32(1 / many)
    slopes = np.zeros(len(names), np.float32)
    for place, one in zip(places, forests, strict=True):
        slopes[place] += share * one.slopes
    return Forest(names, sum(one.base for one in forests) / many, features, limits, first, end, share * leaves, slopes)


def sloped(forest: Forest, slopes: dict[str, float]) -> Forest:
    """The forest that adds so much of features as they are."""
    return replace(forest, slopes=np.array([slopes.get(name, 0) for name in forest.names], np.float32))


def empty(names: tuple[str, ...]) -> Forest:
    """A forest without trees: all values are 0."""
    return _forest(names, 0.0, [], Growth())


def _forest(names: tuple[str, ...], base: float, trees: Sequence[dict[str, Any]], growth: Growth) -> Forest:
    """The arrays of trees as LightGBM tells them; they have no more leaves than fit in the bits of the check."""
    assert growth.leaves <= MOST_LEAVES
    shape = (len(trees), growth.leaves - 1)
    features, limits = np.zeros(shape, np.int32), np.full(shape, NEVER, np.float32)
    first, end = np.zeros(shape, np.uint8), np.zeros(shape, np.uint8)
    leaves = np.zeros((len(trees), growth.leaves), np.float32)
    for number, tree in enumerate(trees):
        for at, node, begins, ends in _nodes(tree, 0):
            if "split_feature" in node:
                features[number, at], limits[number, at] = node["split_feature"], _below(node["threshold"])
                first[number, at], end[number, at] = begins, ends
            else:
                leaves[number, at] = node["leaf_value"] / growth.forests
    return Forest(names, base, features, limits, first, end, leaves, np.zeros(len(names), np.float32))


def _nodes(node: dict[str, Any], begins: int) -> Iterator[tuple[int, dict[str, Any], int, int]]:
    """Each node from left to right: its number among questions or leaves, itself, and from where to where its leaves go."""
    if "split_feature" not in node:
        yield begins, node, begins, begins + 1
        return
    left = list(_nodes(node["left_child"], begins))
    middle = max(ends for _, _, _, ends in left)
    right = list(_nodes(node["right_child"], middle))
    yield from left
    yield middle - 1, node, begins, max(ends for _, _, _, ends in right)
    yield from right


def _below(limit: float) -> np.float32:
    """The greatest number of single precision that is not above a limit: it parts numbers of single precision alike."""
    near = np.float32(limit)
    return near if float(near) <= limit else np.nextafter(near, np.float32(-np.inf))
