"""Fits probes: what in the states of a language model, after a word and after the next, tells that professionals mark the word."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect import surprisal
from reviewer.checks.suspect.passages import Passage, Text
from reviewer.checks.suspect.scoring import PROBED, SIGN, Probe, States
from reviewer.checks.suspect.surprisal import Reader
from reviewer.checks.suspect.words import Floats, Ints, Words

Doubles = NDArray[np.float64]
CALM = 0.5  # how far weights are drawn to 0, as a share of the words
OTHER = 0.3  # what a word counts that one rater has looked at
ODDS = 8.0  # how much log-odds it is worth that all agree


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


def fitted(seen: Seen, words: Words, wanted: Doubles, learnt: NDArray[np.bool_]) -> Probe:
    """The probe by ridge regression on the words that are `learnt`, and on those of others.

    `wanted` is how far raters agree that each word is to be marked, 0 to 1.
    """
    states = seen.states
    mean, spread = states[learnt].mean(axis=0, dtype=np.float64), states[learnt].std(axis=0, dtype=np.float64) + 1e-6

    def summed(some: NDArray[np.float16], segment: Ints, above: Doubles, chosen: slice | NDArray[np.bool_]) -> Doubles:
        """Of the chosen words, what the equations are made of: (values, values and one)."""
        own = ((some - mean) / spread).astype(np.float32)
        both = np.concatenate([own, surprisal.following(own, segment)], axis=1)[chosen]
        found: Doubles = (both.T @ np.concatenate([both, above[:, None].astype(np.float32)], axis=1)).astype(np.float64)
        return found

    equations = summed(states, words.segment, wanted[learnt] - wanted[learnt].mean(), learnt)
    size = float(learnt.sum())
    if seen.others and len(seen.others.states):
        equations += OTHER * summed(seen.others.states, seen.others.segment, seen.others.above, slice(None))
        size += OTHER * len(seen.others.states)
    normal = equations[:, :-1]
    normal[np.diag_indices_from(normal)] += CALM * size
    weights = ODDS * np.linalg.solve(normal, equations[:, -1])
    scaled = weights.reshape(2, -1).T / spread[:, None]
    return Probe(scaled.astype(np.float32), (-mean @ scaled).astype(np.float32), seen.sign)


def read(probe: Probe, seen: Seen, words: Words) -> Floats:
    """What the probe reads of each word."""
    return surprisal.probed(words, probe.read(seen.states.astype(np.float32)))
