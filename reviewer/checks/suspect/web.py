"""How common words and pairs of words are on the web, looked up by a hash of their letters: no list of words has to be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect.words import Floats

Keys = NDArray[np.uint32]
TOTAL = 1_024_908_267_229.0  # words in the web corpus behind the counts (Brants and Franz 2006)
RARE = float(np.log(1e3))  # the logarithm of how often a word is taken to stand there that is not listed
STEPS = 8  # a doubling of sightings is told apart in so many steps
_MIX = np.uint32(0x9E3779B1)


@dataclass(frozen=True)
class Web:
    """Rising hashes `words` of the spellings of words and `pairs` of pairs of them, with how often each was seen: `often` and
    `together`, in steps of the logarithm (see `sightings`). A hash of 32 bits is wrong once in some ten thousand unlisted words.
    """

    words: Keys
    often: NDArray[np.uint8]
    pairs: Keys
    together: NDArray[np.uint8]


def spelling(form: str) -> int:
    """The hash of the letters and digits of a form, 0 where it has none."""
    letters = form if form.isalnum() else "".join(filter(str.isalnum, form))
    return crc32(letters.encode()) if letters else 0


def spellings(forms: Iterable[str]) -> Keys:
    """The hash of each form."""
    return np.array([spelling(form) for form in forms], np.uint32)


def paired(first: Keys, second: Keys) -> Keys:
    """The hash of each pair of spellings."""
    mixed: Keys = first * _MIX + second
    return mixed


def steps(sightings: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Sightings as they are kept."""
    return np.minimum(np.round(np.log2(sightings) * STEPS), 255).astype(np.uint8)


def sightings(keys: Keys, kept: NDArray[np.uint8], wanted: Keys) -> Floats:
    """The natural logarithm of the sightings of each wanted key, 0 where it is not listed."""
    if not len(keys):
        return np.zeros(len(wanted), np.float32)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found: Floats = np.where(keys[at] == wanted, kept[at] * np.float32(np.log(2) / STEPS), np.float32(0))
    return found


def zipf(alone: Floats) -> Floats:
    """The logarithm to 10 of how often a word stands in a thousand million, 0 for an unlisted one; `alone` are `sightings`."""
    frequency = 9 + (alone - np.float32(np.log(TOTAL))) / np.float32(np.log(10))
    found: Floats = np.where(alone > 0, np.maximum(frequency, 0), 0).astype(np.float32)
    return found


def fit(first: Floats, second: Floats, together: Floats) -> Floats:
    """The natural logarithm of how much more often a pair stands than its words would by chance; all are `sightings`."""
    one, other = (np.where(alone > 0, alone, np.float32(RARE)) for alone in (first, second))
    found: Floats = (together + np.float32(np.log(TOTAL)) - one - other).astype(np.float32)
    return found
