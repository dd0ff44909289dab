"""A small network over the words of a document, which foretells what a probe would read in the states of a language model."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect.tables import Tables
from reviewer.checks.suspect.words import Floats, Ints, Words

HASHED = 1024  # rows that beginnings of words share, and endings
BEGINNING, ENDING = 4, 3  # letters
TOLD = 7  # numbers that are told of each word beside its own
_AT_ONCE = 4096  # words: more would not stay in the processor's cache


class Rows(NamedTuple):
    """What the network sees: a row a word, one between segments, and `apart` more between documents.

    `word`, `ending` and `beginning` number rows of the network's arrays; `told` is (rows, TOLD); `of[n]` is the row of word n.
    """

    word: Ints
    ending: Ints
    beginning: Ints
    told: Floats
    of: NDArray[np.int64]


@dataclass(frozen=True)
class Network:
    """Convolutions over words, each of which sees words twice as far apart as the one before and adds to what that one says.

    `words` is (known words and two, numbers): the row before the last is of all other words, the last stands between segments.
    `endings` and `beginnings` are (HASHED, numbers); `first` (numbers, width), `layers` (layers, words seen, width, width),
    `last` (width,); each has its bias. The value is in units of a standard deviation over the texts it was taught with.
    """

    words: Floats
    endings: Floats
    beginnings: Floats
    first: Floats
    first_bias: Floats
    layers: Floats
    layers_bias: Floats
    last: Floats
    last_bias: Floats

    @property
    def reach(self) -> int:
        """How many words to each side it sees."""
        return reach(len(self.layers), self.layers.shape[1])

    def read(self, words: Words, known: Tables) -> Floats:
        """What it says of each word; the words of a document do not depend on those of others."""
        seen = rows(words, known, self.reach)
        found = np.empty(len(seen.word), np.float32)
        for start in range(0, len(found), _AT_ONCE):
            begin, stop = max(0, start - self.reach), start + _AT_ONCE
            found[start:stop] = self._run(self._inputs(seen, slice(begin, stop + self.reach)))[start - begin :][:_AT_ONCE]
        return found[seen.of]

    def _inputs(self, seen: Rows, part: slice) -> Floats:
        own = (self.words[seen.word[part]], self.endings[seen.ending[part]], self.beginnings[seen.beginning[part]])
        return np.concatenate([*own, seen.told[part]], axis=1)

    def _run(self, inputs: Floats) -> Floats:
        hidden: Floats = np.maximum(inputs @ self.first + self.first_bias, 0)
        for number, (layer, bias) in enumerate(zip(self.layers, self.layers_bias, strict=True)):
            apart = 2**number
            edge = len(layer) // 2 * apart
            wide = np.zeros((len(hidden) + 2 * edge, hidden.shape[1]), np.float32)
            wide[edge : edge + len(hidden)] = hidden
            total = np.repeat(bias[None], len(hidden), axis=0)
            some = np.empty_like(total)
            for step, weights in enumerate(layer):
                total += np.matmul(wide[step * apart :][: len(hidden)], weights, out=some)
            hidden += np.maximum(total, 0, out=total)
        found: Floats = hidden @ self.last + self.last_bias
        return found


def reach(layers: int, seen: int) -> int:
    """How many words to each side so many layers see, each of which sees so many words."""
    found: int = seen // 2 * (2**layers - 1)
    return found


def rows(words: Words, known: Tables, apart: int) -> Rows:
    """What a network sees of words, with so many rows between documents."""
    segment, document = (np.diff(numbers, prepend=-1) != 0 for numbers in (words.segment, words.document))
    of = np.arange(len(words)) + np.cumsum(segment + apart * document)
    size = int(of[-1]) + 1 + apart if len(words) else 0
    listed = known.numbers(words.forms)
    letters = np.array([len(form) for form in words.forms], np.float32)
    form = words.form
    told = (
        *(words.capital == 1, words.capital == 2, words.place == 0, np.log1p(_before(words)) / 2),
        *(letters[form] / 8, words.length / 40, np.ones(len(words))),
    )

    def placed(values: NDArray[np.generic], outside: int = 0) -> Ints:
        found = np.full(size, outside, np.int32)
        found[of] = values[form]
        return found

    wide = np.zeros((size, TOLD), np.float32)
    wide[of] = np.stack(told, axis=1)
    endings, beginnings = np.array(list(map(_hashes, words.forms)), np.int32).reshape(-1, 2).T
    return Rows(placed(listed, len(known.words) + 1), placed(endings), placed(beginnings), wide, of)


@lru_cache(maxsize=1 << 15)
def _hashes(form: str) -> tuple[int, int]:
    """The rows of a form's ending and beginning."""
    ending, beginning = (zlib.crc32(part.encode()) % HASHED for part in (f"s{form[-ENDING:]}", f"p{form[:BEGINNING]}"))
    return ending, beginning


def _before(words: Words) -> NDArray[np.int64]:
    """How often each word stands before in its document."""
    key = words.document.astype(np.int64) * (len(words.forms) + 1) + words.form
    order = np.argsort(key, kind="stable")
    begins = np.diff(key[order], prepend=-1) != 0
    place = np.arange(len(key))
    times = np.empty(len(key), np.int64)
    times[order] = place - np.maximum.accumulate(np.where(begins, place, 0))
    return times
