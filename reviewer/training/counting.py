"""Counts words and pairs in text, for the tables that features look things up in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect.packing import rounded
from reviewer.checks.suspect.tables import EDGE, Keys, Renderings, Tables
from reviewer.checks.suspect.web import Web
from reviewer.checks.suspect.words import Floats, Words
from reviewer.training import renderings
from reviewer.training.glosses import glosses

LEAST = 5  # sightings below which a word is not listed
VECTOR = 24  # dimensions


def tables(native: Words, machine: Words, human: Words, pairs: Sequence[Words], web: Web, seed: int) -> Tables:
    """Tables from native English, machine and human translation; `pairs` are those with a source. No marks are counted."""
    texts = [native, machine, human]
    counter: Counter[str] = Counter()
    for words in texts:
        counter.update(dict(zip(words.forms, np.bincount(words.form, minlength=len(words.forms)).tolist(), strict=True)))
    merged: Counter[str] = Counter()
    for form, times in counter.items():
        merged[form.replace("’", "'")] += times
    listed = (EDGE, *(word for word, times in merged.most_common() if times >= LEAST))
    blank = _blank(listed, web)
    numbers = [blank.numbers(words.forms)[words.form] for words in texts]
    counts = [np.bincount(number, minlength=len(listed) + 1).astype(np.float64) for number in numbers]
    keys = [_following(words, number, blank) for words, number in zip(texts, numbers, strict=True)]
    left, right = _vectors(*np.unique(np.concatenate(keys), return_counts=True), len(listed) + 1, seed)
    # translations would teach that what is usual in them is usual in English
    english = slice(0, 1 if len(native) else 3)
    found, sightings = np.unique(np.concatenate(keys[english]), return_counts=True)
    other = np.uint32(len(listed))
    both = (found // (other + 1) != other) & (found % (other + 1) != other)
    count = np.sum(counts[english], axis=0).astype(np.float32)
    count[-1], count[0] = 0, sum(int(np.count_nonzero(words.place == 0)) for words in texts[english])
    known = replace(
        blank,
        count=count,
        translated=_ratio(counts[1], counts[0], 5),
        machine=_ratio(counts[1], counts[2], 20),
        left=left,
        right=right,
        pair_keys=found[both],
        pair_counts=sightings[both].astype(np.float32),
    )
    return renderings.learnt(known, pairs, glosses() if pairs else ())


def _blank(words: tuple[str, ...], web: Web) -> Tables:
    """Tables that know of their words nothing but the number."""
    nothing, size = np.zeros(0, np.float32), len(words) + 1
    return Tables(
        words=words,
        **{name: np.zeros(size, np.float32) for name in ("count", "translated", "machine", "marked", "seen")},
        **{name: np.zeros((size, VECTOR), np.float32) for name in ("left", "right")},
        **dict.fromkeys(("pair_counts", "pair_marked", "pair_seen"), nothing),
        pair_keys=np.zeros(0, np.uint32),
        marked_keys=np.zeros(0, np.uint32),
        renderings=lambda: Renderings((), np.zeros(1, np.float32), (), np.zeros(1, np.int32), np.zeros(0, np.int32), nothing),
        web=web,
    )


def _following(words: Words, number: NDArray[np.int32], known: Tables) -> Keys:
    """The keys of each word with the word before it and the edge at each end of a sentence."""
    edge = known.number[EDGE]
    last = words.place == words.length - 1
    return np.concatenate(
        [known.keys(words.beside(number, -1, edge), number), known.keys(number[last], np.full(int(last.sum()), edge, np.int32))]
    )


def _ratio(one: NDArray[np.float64], other: NDArray[np.float64], least: float) -> Floats:
    """The log-ratio of frequencies a million words; `least` is added to both."""
    ours, theirs = one / max(one.sum(), 1) * 1e6 + least, other / max(other.sum(), 1) * 1e6 + least
    ratio = np.log(ours / theirs) if one.sum() and other.sum() else np.zeros_like(ours)
    ratio[-1] = 0
    found: Floats = ratio.astype(np.float32)
    return found


def _vectors(keys: Keys, times: NDArray[np.int64], size: int, seed: int) -> tuple[Floats, Floats]:
    """Left and right vectors of words, from the singular values of the positive information of pairs (by subspace iteration)."""
    first, second = (keys // np.uint32(size)).astype(np.int64), (keys % np.uint32(size)).astype(np.int64)
    inner = (first < size - 1) & (second < size - 1)
    first, second, times = first[inner], second[inner], times[inner]
    rows = np.bincount(first, times, minlength=size) + 1
    columns = (np.bincount(second, times, minlength=size) + 1) ** 0.75
    columns /= columns.sum()
    value = np.maximum(np.log(times / (rows[first] * columns[second])), 0)

    def multiply(to: NDArray[np.int64], at: NDArray[np.int64], basis: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.stack([np.bincount(to, value * some[at], minlength=size) for some in basis.T], 1)

    basis = np.random.default_rng(seed).standard_normal((size, VECTOR + 8))
    for _ in range(6):
        basis, _ = np.linalg.qr(multiply(first, second, basis))
        basis, _ = np.linalg.qr(multiply(second, first, basis))
    turned, strength, rest = np.linalg.svd(multiply(first, second, basis), full_matrices=False)
    root = np.sqrt(strength[:VECTOR])
    return rounded(turned[:, :VECTOR] * root), rounded(basis @ rest.T[:, :VECTOR] * root)
