"""Fits probes: what in the states of a language model, after a word and after the next, tells that professionals mark the word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect import surprisal
from reviewer.checks.suspect.passages import Passage, Text
from reviewer.checks.suspect.scoring import PROBED, SIGN, Probe, States
from reviewer.checks.suspect.surprisal import Reader
from reviewer.checks.suspect.words import Floats, Ints, Words
from reviewer.training.corpus import only

Doubles = NDArray[np.float64]
CALM = 0.5  # how far weights are drawn to 0, as a share of the words
OTHER = 0.3  # what a word counts that one rater has looked at
ODDS = 8.0  # how much log-odds it is worth that all agree
PORTION = 20_000  # words whose states are computed with at once


@dataclass(frozen=True)
class Others:
    """States (words, state) after words that one rater looked at, the segment of each, and by how much more than others of its file
    each was marked."""

    states: NDArray[np.float16]
    segment: Ints
    above: Doubles


@dataclass(frozen=True)
class Seen:
    """The states (words, state) of a language model after each word, and its state after `scoring.SIGN`."""

    states: NDArray[np.float16]
    sign: Floats
    others: Others | None = None


def sign(reader: Reader) -> Floats:
    """What tells a language model from others."""
    (rows,) = reader.scores([Passage((), (Text(SIGN),))], States())
    found: Floats = rows[PROBED:, -1]
    return found


def states(words: Words, reader: Reader, *, given: bool) -> NDArray[np.float16]:
    """(words, state): the state of a language model after each word, which is shown the Chinese first where that is `given`.

    Texts are read a few at a time, since of many the states of all tokens take much room.
    """
    ends = np.searchsorted(words.document, np.arange(int(words.document.max(initial=-1)) + 1), side="right")
    portions = np.unique(ends[np.searchsorted(ends, np.arange(PORTION, len(words) + PORTION, PORTION).clip(max=len(words)))])
    found = []
    for begin, end in pairwise([0, *portions.tolist()]):
        chosen = np.zeros(len(words), bool)
        chosen[begin:end] = True
        some = only(words, chosen)
        rows = surprisal.by_word(some, surprisal.texts(some, given=given), reader, States(scored=False))
        found.append(rows[surprisal.READ :].T.astype(np.float16))
    return np.concatenate(found) if found else np.zeros((0, 0), np.float16)


def standard(seen: NDArray[np.float16]) -> tuple[Doubles, Doubles]:
    """The mean of each number of states, and its spread."""
    sums = np.zeros((2, seen.shape[1]))
    for part in parts(len(seen)):
        some = seen[part].astype(np.float64)
        sums += some.sum(axis=0), (some**2).sum(axis=0)
    mean, square = sums / len(seen)
    spread: Doubles = np.sqrt(np.maximum(square - mean**2, 0)) + 1e-6
    return mean, spread


def parts(count: int) -> Iterator[slice]:
    """So many words, a few at a time."""
    for start in range(0, count, PORTION):
        yield slice(start, min(start + PORTION, count))


def fitted(seen: Seen, words: Words, wanted: Doubles, learnt: NDArray[np.bool_]) -> Probe:
    """The probe by ridge regression on the words that are `learnt`, and on those of others.

    `wanted` is how far raters agree that each word is to be marked, 0 to 1.
    """
    mean, spread = standard(seen.states[learnt])

    def summed(some: NDArray[np.float16], segment: Ints, above: Doubles, counted: NDArray[np.bool_]) -> Doubles:
        """Of the words that are counted, what the equations are made of: (values, values and one)."""
        found = np.zeros((2 * some.shape[1], 2 * some.shape[1] + 1))
        for part in parts(len(some)):
            more = slice(part.start, part.stop + 1)  # the word after the last, too
            own = ((some[more] - mean) / spread).astype(np.float32)
            both = np.concatenate([own, surprisal.following(own, segment[more])], axis=1)[: part.stop - part.start][counted[part]]
            found += both.T @ np.concatenate([both, above[part][counted[part], None].astype(np.float32)], axis=1)
        return found

    equations = summed(seen.states, words.segment, wanted - wanted[learnt].mean(), learnt)
    size = float(learnt.sum())
    if seen.others and len(seen.others.states):
        everyone = np.ones(len(seen.others.states), bool)
        equations += OTHER * summed(seen.others.states, seen.others.segment, seen.others.above, everyone)
        size += OTHER * len(seen.others.states)
    normal = equations[:, :-1]
    normal[np.diag_indices_from(normal)] += CALM * size
    weights = ODDS * np.linalg.solve(normal, equations[:, -1])
    scaled = weights.reshape(2, -1).T / spread[:, None]
    return Probe(scaled.astype(np.float32), (-mean @ scaled).astype(np.float32), seen.sign)


def read(probe: Probe, seen: Seen, words: Words) -> Floats:
    """What the probe reads of each word."""
    read = [probe.read(seen.states[part].astype(np.float32)) for part in parts(len(seen.states))]
    return surprisal.probed(words, np.concatenate(read, axis=1)) if read else np.zeros(0, np.float32)
