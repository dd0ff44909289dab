"""How common words and pairs are in English at large: wordfreq and wordsegment in, arrays out, kept in the user's cache."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect.words import Floats, Ints

Keys = NDArray[np.uint64]
TOTAL = 1_024_908_267_229.0  # words in the web corpus behind wordsegment's lists (Brants and Franz 2006)
RARE = 1e3  # sightings there of a word that it does not list


@dataclass(frozen=True)
class Common:
    """Words by number; the last number is for all others. `zipf` is the logarithm to 10 of how often a word stands in a thousand
    million words, 0 for an unknown one. `pair_keys` are sorted, first * words + second; `pair_seen` the natural logarithm of a
    pair's sightings, `pair_fit` of how much more often it stands than its words would by chance.
    """

    number: dict[str, int]
    zipf: Floats
    pair_keys: Keys
    pair_seen: Floats
    pair_fit: Floats

    def numbers(self, forms: Iterable[str]) -> Ints:
        """The number of each form."""
        other = len(self.number)
        return np.array([self.number.get(form.replace("’", "'"), other) for form in forms], np.int32)

    def keys(self, first: Ints, second: Ints) -> Keys:
        """The keys of pairs."""
        return first.astype(np.uint64) * np.uint64(len(self.number) + 1) + second.astype(np.uint64)


@lru_cache(maxsize=1)
def load() -> Common:
    """The lists, from the cache where they are there."""
    from platformdirs import user_cache_path

    file = user_cache_path("reviewer") / f"english-{version('wordfreq')}-{version('wordsegment')}-1.npz"
    try:
        with np.load(file, allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
        return _common(arrays)
    except (OSError, ValueError, KeyError, EOFError):
        arrays = _counted()
        _keep(file, arrays)
        return _common(arrays)


def _common(arrays: dict[str, NDArray[np.generic]]) -> Common:
    words = arrays["words"].tobytes().decode().split("\n")
    zipf, seen, fit = (np.asarray(arrays[name], np.float32) for name in ("zipf", "seen", "fit"))
    return Common({word: at for at, word in enumerate(words)}, zipf, np.asarray(arrays["keys"], np.uint64), seen, fit)


def _counted() -> dict[str, NDArray[np.generic]]:
    """The same from the libraries: two seconds."""
    import wordfreq
    import wordsegment

    wordsegment.load()
    frequency = wordfreq.get_frequency_dict("en", "large")
    pairs: list[tuple[str, str, float]] = []
    for pair, seen in wordsegment.BIGRAMS.items():
        first, _, second = pair.partition(" ")
        pairs.append((first, second, float(seen)))
    words = list(dict.fromkeys([*frequency, *(word for first, second, _ in pairs for word in (first, second))]))
    number = {word: at for at, word in enumerate(words)}
    single = [wordsegment.UNIGRAMS.get(word, RARE) for word in words]
    first = np.array([number[one] for one, _, _ in pairs], np.uint64)
    second = np.array([number[other] for _, other, _ in pairs], np.uint64)
    often = np.log(np.array([seen for _, _, seen in pairs]))
    alone = np.log(np.array(single) / TOTAL)
    keys = first * np.uint64(len(words) + 1) + second
    order = np.argsort(keys)
    zipf = [*(max(0.0, 9 + float(np.log10(frequency[word]))) if word in frequency else 0.0 for word in words), 0.0]
    fit = often - np.log(TOTAL) - alone[first.astype(np.int64)] - alone[second.astype(np.int64)]
    return {
        "words": np.frombuffer("\n".join(words).encode(), np.uint8),
        "zipf": np.array(zipf, np.float16),
        "keys": keys[order],
        "seen": often[order].astype(np.float16),
        "fit": fit[order].astype(np.float16),
    }


def _keep(file: Path, arrays: dict[str, NDArray[np.generic]]) -> None:
    """Writes the cache, whole or not at all; where it cannot be written, the next run counts again."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as made:
            np.savez(made, **arrays)  # type: ignore[arg-type]
        os.replace(made.name, file)
