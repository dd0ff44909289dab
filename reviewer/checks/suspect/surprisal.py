"""What trees look at in the scores of a language model: how little it expected each word, its neighbours, the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from reviewer.checks.suspect import features
from reviewer.checks.suspect.scoring import ENTROPY, RANK, START, SURPRISAL, Text
from reviewer.checks.suspect.words import Floats, Words

_NEAR = ("-1", "+1", "_sentence")
LM = ("lm", "lm_rank", "lm_over", *(f"lm{where}" for where in _NEAR))
"""What a model says that sees the English alone: `lm_over` is by how much the surprisal is more than expected."""

GIVEN = ("given", "given_rank", *(f"given{where}" for where in _NEAR), "gain", *(f"gain{where}" for where in _NEAR))
"""What one says that sees the Chinese first, and by how much less the English then surprises it."""

ENGLISH = (*features.ENGLISH, *LM)
WITH_SOURCE = (*ENGLISH, *features.WITH_SOURCE[len(features.ENGLISH) :])
WITH_CHINESE = (*WITH_SOURCE, *GIVEN)
"""The names of all features beside a language model: of English; with a source; with one that the model is shown."""


class Reader(Protocol):
    """A language model."""

    def scores(self, texts: Sequence[Text]) -> list[Floats]:
        """Of each text (4, tokens): see `scoring`."""
        ...


def by_word(words: Words, texts: Sequence[Text], reader: Reader) -> Floats:
    """(3, words): the surprisal of all tokens that begin in each word, and rank and entropy of the first of them.

    `texts` are those of the segments. A word in which none begins has those of the token that it stands in.
    """
    found = np.zeros((3, len(words)), np.float32)
    bounds = np.searchsorted(words.segment, np.arange(len(words.segments) + 1))
    present: list[int] = np.flatnonzero(np.diff(bounds)).tolist()
    for number, scores in zip(present, reader.scores([texts[number] for number in present]), strict=True):
        mine = slice(bounds[number], bounds[number + 1])
        if not scores.shape[1]:
            continue
        starts = scores[START]
        first = np.searchsorted(starts, words.start[mine])
        end = np.searchsorted(starts, words.end[mine])
        within = np.where(first < end, first, np.maximum(first - 1, 0))
        sums = np.concatenate([[0], np.cumsum(scores[SURPRISAL], dtype=np.float64)])
        found[0, mine] = np.where(first < end, sums[end] - sums[first], scores[SURPRISAL][within])
        found[1:, mine] = scores[[RANK, ENTROPY]][:, within]
    return found


def columns(words: Words, reader: Reader, names: Sequence[str]) -> features.Columns:
    """The columns of LM, and those of GIVEN where the names ask for them."""
    alone = by_word(words, [Text(segment.target) for segment in words.segments], reader)
    found = {"lm": alone[0], "lm_rank": alone[1], "lm_over": alone[0] - alone[2]}
    found |= features.around(words, "lm", alone[0])
    if GIVEN[0] in names:
        given = by_word(words, [Text(segment.target, segment.source) for segment in words.segments], reader)
        found |= {"given": given[0], "given_rank": given[1], "gain": alone[0] - given[0]}
        found |= {**features.around(words, "given", given[0]), **features.around(words, "gain", found["gain"])}
    return {name: column for name, column in found.items() if name in (*LM, *GIVEN)}
