"""Counts how often professionals marked words and pairs, each text judged by the counts of other texts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect import features, tables
from reviewer.checks.suspect.tables import Tables
from reviewer.checks.suspect.words import Floats, Words

Doubles = NDArray[np.float64]
PARTS = 8  # texts are dealt into so many parts, and each part judged by the counts of the rest
ALONE = 0.6  # what a word counts that one rater has looked at


def counted(known: Tables, words: Words, above: Doubles, weight: Doubles) -> Tables:
    """The tables with the marks of all texts; `above` is by how much more than others of its set each word was marked."""
    number = known.numbers(words.forms)[words.form]
    size = len(known.words) + 1
    before, after = features.neighbours(words, known, number)
    keys, inverse = np.unique(np.concatenate([before, after]), return_inverse=True)
    twice = np.concatenate([weight, weight])
    seen = np.bincount(inverse, twice)
    marked = np.bincount(inverse, np.concatenate([weight * above] * 2))
    often = _listed(keys, known) & (np.bincount(inverse) >= 4)  # each pair counts for both of its words
    weight = np.where(number == len(known.words), 0, weight)
    return replace(
        known,
        marked=np.bincount(number, weight * above, minlength=size).astype(np.float32),
        seen=np.bincount(number, weight, minlength=size).astype(np.float32),
        marked_keys=keys[often],
        pair_marked=marked[often].astype(np.float32),
        pair_seen=seen[often].astype(np.float32),
    )


def apart(known: Tables, words: Words, above: Doubles, weight: Doubles, text: NDArray[np.int64], seed: int) -> Floats:
    """The rows of `features.marked` for training: of every word, by the counts of the parts its own text is not in.

    `known` are `counted` tables: a pair that they do not list has no marks here either.
    """
    part = np.random.default_rng(seed).integers(0, PARTS, int(text.max()) + 1)[text]
    number = known.numbers(words.forms)[words.form]
    before, after = features.neighbours(words, known, number)
    weight = np.where(number == len(known.words), 0, weight)
    rows = [*_without(number, above, weight, part, tables.MARKED_WORD)]
    both = _without(
        np.concatenate([before, after]),
        np.concatenate([above, above]),
        np.concatenate([weight, weight]) * tables.places(known.marked_keys, np.concatenate([before, after]))[1],
        np.concatenate([part, part]),
        tables.MARKED_PAIR,
    )
    for half in (slice(0, len(words)), slice(len(words), None)):
        rows += [row[half] for row in both]
    return np.stack(rows)


def _listed(keys: tables.Keys, known: Tables) -> NDArray[np.bool_]:
    """Whether both words of a pair are listed."""
    unlisted = np.uint32(len(known.words))
    both: NDArray[np.bool_] = (keys // (unlisted + 1) != unlisted) & (keys % (unlisted + 1) != unlisted)
    return both


def _without(
    keys: NDArray[np.generic], above: Doubles, weight: Doubles, part: NDArray[np.int64], calm: float
) -> tuple[Floats, Floats]:
    """The share of marks and the sightings of each key, by the parts that the word itself is not in."""
    _, inverse = np.unique(keys, return_inverse=True)
    together = inverse * PARTS + part
    size = (int(inverse.max()) + 1) * PARTS
    mine, mine_marked = np.bincount(together, weight, minlength=size), np.bincount(together, weight * above, minlength=size)
    seen = np.bincount(inverse, weight)[inverse] - mine[together]
    marked = np.bincount(inverse, weight * above)[inverse] - mine_marked[together]
    return tables.share(marked, seen, calm), features.rounded(seen)
