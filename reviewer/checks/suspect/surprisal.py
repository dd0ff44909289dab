"""What a language model says of each word: how little it expected it, its neighbours, the sentence, and what its states tell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple, Protocol

import numpy as np

from reviewer.checks.suspect import features
from reviewer.checks.suspect.passages import Passage, Text, parted
from reviewer.checks.suspect.scoring import PROBED, START, SURPRISAL, Probe, Reading
from reviewer.checks.suspect.words import Floats, Ints, Words

_NEAR = ("-1", "+1", "_sentence")
PROBE = "probe"
LM = ("lm", "lm_rank", "lm_over", *(f"lm{where}" for where in _NEAR), PROBE)
"""What a model says that sees the English alone: `lm_over` is by how much the surprisal is more than expected, `probe` what is read
in its states."""

GIVEN_PROBE = "given_probe"
GIVEN = ("given", "given_rank", *(f"given{where}" for where in _NEAR), "gain", *(f"gain{where}" for where in _NEAR), GIVEN_PROBE)
"""What one says that sees the Chinese first, and by how much less the English then surprises it."""

PROBES = (PROBE, GIVEN_PROBE)

ENGLISH = (*features.UNECHOED, *LM)
WITH_SOURCE = (*ENGLISH, *features.WITH_SOURCE[len(features.ENGLISH) :])
WITH_CHINESE = (*WITH_SOURCE, *GIVEN)
"""The names of all features beside a language model, which needs no echo: of English; with a source; with one that it is shown."""


READ = PROBED - SURPRISAL  # the row of a word where that begins which a probe reads


class Probes(NamedTuple):
    """What is read in the states of a model that sees the English alone, and in those of one that sees the Chinese first."""

    alone: Probe | None = None
    given: Probe | None = None


class Reader(Protocol):
    """A language model."""

    def begin(self) -> None:
        """Is told that it may be asked soon."""
        ...

    def scores(self, passages: Sequence[Passage], probe: Reading | None) -> list[Floats]:
        """Of each passage (rows, tokens): see `scoring`."""
        ...


def by_word(words: Words, texts: Sequence[Text], reader: Reader, probe: Reading | None = None) -> Floats:
    """(3 or more, words): the surprisal of all tokens that begin in each word, rank and entropy of the first of them, and what the
    probe reads after the last.

    `texts` are those of the segments. A word in which no token begins has those of the token that it stands in.
    """
    bounds = np.searchsorted(words.segment, np.arange(len(words.segments) + 1))
    present: list[int] = np.flatnonzero(np.diff(bounds)).tolist()
    passages = [
        passage
        for _, numbers in groupby(present, lambda number: words.document[bounds[number]])
        for passage in parted([texts[number] for number in numbers])
    ]
    places = np.cumsum([0, *(len(passage.english) for passage in passages)])
    told = [(place, one) for place, one in zip(places, reader.scores(passages, probe), strict=False) if one.shape[1]]
    if not told:
        return np.zeros((READ, len(words)), np.float32)
    starts = np.concatenate([place + one[START].astype(np.float64) for place, one in told])
    rows = np.concatenate([one[SURPRISAL:] for _, one in told], axis=1)
    lengths = [len(texts[number].english) for number in present]
    offset = np.zeros(len(words.segments))
    offset[present] = np.concatenate([[0], np.cumsum(lengths)])[:-1]
    first = np.searchsorted(starts, offset[words.segment] + words.start)
    end = np.searchsorted(starts, offset[words.segment] + words.end)
    within = np.where(first < end, first, np.maximum(first - 1, 0))
    sums = np.concatenate([[0], np.cumsum(rows[0], dtype=np.float64)])
    found: Floats = rows[:, within]
    found[0] = np.where(first < end, sums[end] - sums[first], rows[0, within])
    found[READ:] = rows[READ:, np.maximum(end - 1, 0)]
    return found


def columns(words: Words, reader: Reader, names: Sequence[str], probes: Probes) -> features.Columns:
    """The columns of LM, and those of GIVEN where the names ask for them. What no probe reads is 0."""
    alone = by_word(words, texts(words, given=False), reader, probes.alone)
    return of_rows(words, alone, by_word(words, texts(words, given=True), reader, probes.given) if GIVEN[0] in names else None)


def texts(words: Words, *, given: bool) -> list[Text]:
    """The texts of the segments, with their Chinese if it is to be given."""
    return [Text(segment.target, segment.source if given else None) for segment in words.segments]


def of_rows(words: Words, alone: Floats, given: Floats | None) -> features.Columns:
    """The columns of what `by_word` gives, alone and given the Chinese."""
    found = {"lm": alone[0], "lm_rank": alone[1], "lm_over": alone[0] - alone[2], PROBE: probed(words, alone[READ:])}
    found |= features.around(words, "lm", alone[0])
    if given is not None:
        found |= {"given": given[0], "given_rank": given[1], "gain": alone[0] - given[0], GIVEN_PROBE: probed(words, given[READ:])}
        found |= {**features.around(words, "given", given[0]), **features.around(words, "gain", found["gain"])}
    return {name: column for name, column in found.items() if name in (*LM, *GIVEN)}


def probed(words: Words, read: Floats) -> Floats:
    """What a probe reads of each word, after it and after the next word of the segment; `read` is (2, words), or empty."""
    if not len(read):
        return np.zeros(len(words), np.float32)
    own, after = read
    found: Floats = own + following(after, words.segment)
    return found


def following(values: Floats, segment: Ints) -> Floats:
    """Of each word, the values (words, ...) of the next one of its segment, else 0."""
    found = np.zeros_like(values)
    same = segment[1:] == segment[:-1]
    found[:-1][same] = values[1:][same]
    return found
