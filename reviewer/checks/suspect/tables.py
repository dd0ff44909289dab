"""What was counted beforehand: how common words and pairs are, how often they were marked, which Chinese they render."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect.web import Web
from reviewer.checks.suspect.words import Floats, Ints

Keys = NDArray[np.uint32]
HAN = re.compile(r"[\u3400-\u9fff]+")
STEM = 5  # letters of a word that stand for it beside Chinese
MARKED_WORD, MARKED_PAIR = 20.0, 6.0  # sightings that a word, a pair, needs before its own share of marks counts half
EDGE = ""  # the word that stands before and after each sentence
STEP = 0.02  # shares of marks are rounded to this, so that no tree can tell by them which text was left out


@lru_cache(maxsize=1 << 10)
def units(source: str) -> tuple[str, ...]:
    """The characters of a Chinese text and its pairs of neighbours, each once, in order."""
    found: dict[str, None] = {}
    for run in HAN.findall(source):
        found.update(dict.fromkeys(run))
        found.update(dict.fromkeys(run[at : at + 2] for at in range(len(run) - 1)))
    return tuple(found)


def share(marked: NDArray[np.floating], seen: NDArray[np.floating], weight: float) -> Floats:
    """How much more often than others something was marked, drawn to 0 where it was seldom seen."""
    drawn: Floats = (np.round(marked / (seen + weight) / STEP) * STEP).astype(np.float32)
    return drawn


@dataclass(frozen=True)
class Renderings:
    """`chinese` units have rows `rows[u]:rows[u + 1]` of `stems` (numbers of English stems, whose `names` are here) and `odds` (the
    probability that the unit gives the stem); `null` is that of no unit.
    """

    names: tuple[str, ...]
    null: Floats
    chinese: tuple[str, ...]
    rows: Ints
    stems: Ints
    odds: Floats

    @cached_property
    def stem_number(self) -> dict[str, int]:
        """The number of each stem."""
        return {stem: number for number, stem in enumerate(self.names)}

    @cached_property
    def unit_number(self) -> dict[str, int]:
        """The number of each Chinese unit."""
        return {unit: number for number, unit in enumerate(self.chinese)}

    def stems_of(self, forms: Iterable[str]) -> Ints:
        """The number of each form's stem, that after the last for a stem that is not listed."""
        known, other = self.stem_number, len(self.names)
        return np.array([known.get(form[:STEM], other) for form in forms], np.int32)


@dataclass(frozen=True)
class Tables:
    """Counts by word and by pair. Word numbers run from 0; the last stands for all that are not listed, of which nothing is known.

    `count` is how often each word was seen; `translated` and `machine` the log-ratio of its frequency in machine translation to
    that in native English and in human translation; `left` and `right` (words, dimensions) multiply to how well a word goes
    before another. `pair_keys` are sorted, first * words + second, with `pair_counts`. `marked` and `seen`: the weight of a
    word's marks above the mean, and of its sightings; the same of pairs. `renderings` gives what Chinese gives which English, which
    only a text with a source needs. `web` has the counts of English at large.
    """

    words: tuple[str, ...]
    count: Floats
    translated: Floats
    machine: Floats
    left: Floats
    right: Floats
    pair_keys: Keys
    pair_counts: Floats
    marked: Floats
    seen: Floats
    marked_keys: Keys
    pair_marked: Floats
    pair_seen: Floats
    renderings: Callable[[], Renderings]
    web: Web

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.words)}

    def numbers(self, forms: Iterable[str]) -> Ints:
        """The number of each form."""
        known, other = self.number, len(self.words)
        return np.array([known.get(form.replace("’", "'"), other) for form in forms], np.int32)

    def keys(self, first: Ints, second: Ints) -> Keys:
        """The keys of pairs."""
        return first.astype(np.uint32) * np.uint32(len(self.words) + 1) + second.astype(np.uint32)


def places(keys: NDArray[np.unsignedinteger], wanted: NDArray[np.unsignedinteger]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where each wanted key stands among rising keys, and whether it is there."""
    if not len(keys):
        return np.zeros(len(wanted), np.intp), np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return at, keys[at] == wanted


def looked_up(keys: NDArray[np.unsignedinteger], values: Sequence[Floats], wanted: NDArray[np.unsignedinteger]) -> list[Floats]:
    """The values that stand at each wanted key, 0 where it is not listed."""
    at, there = places(keys, wanted)
    return [np.where(there, some[at], np.float32(0)) if len(some) else np.zeros(len(wanted), np.float32) for some in values]
