"""What the trees look at in each word: how common it and its pairs are, how often they were marked, its neighbours, the source."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reviewer.checks import pinyin
from reviewer.checks.suspect import source, tables, web
from reviewer.checks.suspect.forest import Forest, Places
from reviewer.checks.suspect.network import Network
from reviewer.checks.suspect.tables import Tables
from reviewer.checks.suspect.words import Floats, Ints, Words

Columns = dict[str, Floats]
Priors = tuple[Forest, Forest]

SUFFIXES = "tion ment ness ity ing ed ly al ive ous ful er or es s est ist ism ance ence able y".split()
MARKS = ",.“”\"-–—:;()?!'’…/&%$"
_UNLISTED = -3.0
DIMENSIONS = 6  # of the place of a word among words, shown to the trees

_WORD = ("zipf", "count", "letters", "suffix", "mark", "digit", "hyphen", "capital", "translated", "machine", "repeated", "pinyin")
_PAIRS = ("before", "after", "before2", "after2")
_PAIR = tuple(f"{kind}_{pair}" for pair in _PAIRS for kind in ("seen", "fit", "vector", "web", "webfit"))
_PLACE = tuple(f"place{n}" for n in range(DIMENSIONS))
_NEAR = (
    *("zipf", "count", "letters", "suffix", "mark", "capital", "translated"),
    *("fit_before", "fit_after", "vector_before", "vector_after", "webfit_before", "webfit_after"),
)
_STEPS = (-2, -1, 1, 2)
_MARKED = ("marked", *(f"marked{step:+d}" for step in _STEPS), "marked_seen")
_MARKED_PAIR = ("marked_before", "marked_before_seen", "marked_after", "marked_after_seen")
_AROUND = ("zipf", "count", "translated", "fit_before", "fit_after", "vector_before", "webfit_before")

_AROUND_SOURCE = ("support", "source_covered", "source_ratio")


def _told(name: str) -> tuple[str, ...]:
    """The names of what is made of a value: itself, its neighbours and means."""
    return (name, *(f"{name}{step:+d}" for step in _STEPS), f"{name}_sentence", f"{name}_document")


_PLAIN = (
    *_WORD,
    *_PAIR,
    *_PLACE,
    *(f"{name}{step:+d}" for name in _NEAR for step in _STEPS),
    *(f"{name}_{where}" for name in _AROUND for where in ("sentence", "document")),
)
_SOURCE = (
    *source.NAMES,
    "support-1",
    "support+1",
    *(f"{name}_{where}" for name in _AROUND_SOURCE for where in ("sentence", "document")),
)

PRIOR = {False: _PLAIN, True: (*_PLAIN, *_SOURCE)}
"""What a prior may ask, without and with a source: neither marks nor priors."""

UNECHOED = (*_PLAIN, *_MARKED, *_MARKED_PAIR, "marked_sentence", "marked_document", *_told("prior"))
"""The features that need neither a source nor a network."""

ECHO = _told("echo")
"""What a network says that a language model taught."""

ENGLISH = (*UNECHOED, *ECHO)
"""The features that need no source."""

WITH_SOURCE = (*ENGLISH, *_SOURCE, *_told("source_prior"))
"""All features: the same, then those that need one."""


def columns(
    words: Words, known: Tables, priors: Priors, network: Network | None, *, with_source: bool, places: Places | None = None
) -> Columns:
    """The columns of ENGLISH, or of WITH_SOURCE; where there is no network, not those of ECHO.

    `priors` say without and with a source how suspect words are by other texts; `places` is what other forests are given, too.
    """
    marks = marked(words, known, known.numbers(words.forms)[words.form])
    return {**unmarked(words, known, priors, network, with_source=with_source, places=places), **of_marks(words, marks)}


def unmarked(
    words: Words, known: Tables, priors: Priors, network: Network | None, *, with_source: bool, places: Places | None = None
) -> Columns:
    """All columns but those of marks."""
    found = plain(words, known, with_source=with_source)
    for name, prior in zip(("prior", "source_prior")[: 1 + with_source], priors, strict=False):
        found[name] = prior.value(stacked(found, prior.names), places)
        found.update(around(words, name, found[name]))
    if network:
        found["echo"] = network.read(words, known)
        found.update(around(words, "echo", found["echo"]))
    return found


def of_marks(words: Words, rows: Floats) -> Columns:
    """The columns of marks; `rows` are those of `marked`."""
    found = dict(zip(("marked", "marked_seen", *_MARKED_PAIR), rows, strict=True))
    return {**found, **around(words, "marked", found["marked"])}


def stacked(some: Columns, names: Sequence[str]) -> Floats:
    """(features, words) of the columns of those names."""
    return np.stack([some[name] for name in names], dtype=np.float32, casting="same_kind")


def plain(words: Words, known: Tables, *, with_source: bool) -> Columns:
    """The columns that priors are made of."""
    number = known.numbers(words.forms)[words.form]
    columns: Columns = {}
    columns.update(_word(words, known, number))
    columns.update(_pairs(words, known, number))
    columns.update(_web(words, known.web))
    columns.update({f"place{n}": known.left[number, n] for n in range(DIMENSIONS)})
    for name in _NEAR:
        for step in _STEPS:
            columns[f"{name}{step:+d}"] = words.beside(columns[name], step, -1)
    around: tuple[str, ...] = _AROUND
    if with_source:
        columns.update(zip(source.NAMES, source.features(words, known), strict=True))
        for step in (-1, 1):
            columns[f"support{step:+d}"] = words.beside(columns["support"], step, -1)
        around += _AROUND_SOURCE
    for name in around:
        columns.update(_means(words, name, columns[name]))
    return columns


def around(words: Words, name: str, values: Floats) -> Columns:
    """A column's neighbours on each side, and its means."""
    near = {f"{name}{step:+d}": words.beside(values, step, -1) for step in _STEPS}
    return {**near, **_means(words, name, values)}


def _means(words: Words, name: str, values: Floats) -> Columns:
    return {f"{name}_sentence": _mean(values, words.sentence), f"{name}_document": _mean(values, words.document)}


def neighbours(words: Words, known: Tables, number: Ints) -> tuple[tables.Keys, tables.Keys]:
    """The keys of each word's pair with the word before, and with the word after."""
    edge = known.number[tables.EDGE]
    before, after = words.beside(number, -1, edge), words.beside(number, 1, edge)
    return known.keys(before, number), known.keys(number, after)


def marked(words: Words, known: Tables, number: Ints) -> Floats:
    """(6, words): how much more often than others the word was marked, how often it was seen; the same of its two pairs."""
    rows = [tables.share(known.marked[number], known.seen[number], tables.MARKED_WORD), rounded(known.seen[number])]
    for keys in neighbours(words, known, number):
        some, seen = tables.looked_up(known.marked_keys, (known.pair_marked, known.pair_seen), keys)
        rows += [tables.share(some, seen, tables.MARKED_PAIR), rounded(seen)]
    return np.stack(rows).astype(np.float32)


def rounded(seen: NDArray[np.floating]) -> Floats:
    """Sightings on a coarse scale of powers of two."""
    powers: Floats = np.round(np.log2(1 + np.maximum(seen, 0))).astype(np.float32)
    return powers


def _word(words: Words, known: Tables, number: Ints) -> dict[str, Floats]:
    letters, suffix, mark, digit, hyphen, syllables = np.array(list(map(_written, words.forms)), np.float32).reshape(-1, 6).T
    pairs = words.document.astype(np.int64) * (len(words.forms) + 1) + words.form
    _, inverse, times = np.unique(pairs, return_inverse=True, return_counts=True)
    return {
        "count": np.log2(1 + known.count[number]),
        "letters": letters[words.form],
        "suffix": suffix[words.form],
        "mark": mark[words.form],
        "digit": digit[words.form],
        "hyphen": hyphen[words.form],
        "capital": words.capital.astype(np.float32),
        "translated": known.translated[number],
        "machine": known.machine[number],
        "pinyin": syllables[words.form],
        "repeated": np.minimum(times[inverse], 3).astype(np.float32),
    }


@lru_cache(maxsize=1 << 15)
def _written(form: str) -> tuple[int, int, int, bool, bool, int]:
    """What a form shows of itself: letters, which ending, which mark, whether a digit or a hyphen is in it, syllables of pinyin."""
    digit, hyphen = any(letter.isdigit() for letter in form), "-" in form and len(form) > 1
    return len(form), _suffix(form), _mark(form), digit, hyphen, len(pinyin.syllables(form)) if form.isalpha() else 0


def _suffix(form: str) -> int:
    if not form[0].isalpha():
        return 0
    return next((n for n, ending in enumerate(SUFFIXES, 1) if form.endswith(ending) and len(form) > len(ending) + 2), 30)


def _mark(form: str) -> int:
    """0 for a word, else which mark it is."""
    return 0 if form[0].isalnum() else MARKS.find(form) + 1 or 30


def _pairs(words: Words, known: Tables, number: Ints) -> dict[str, Floats]:
    columns = {}
    total = np.float32(known.count.sum())
    for name, step in zip(_PAIRS, (-1, 1, -2, 2), strict=True):
        other = words.beside(number, step, known.number[tables.EDGE])
        first, second = (other, number) if step < 0 else (number, other)
        (seen,) = tables.looked_up(known.pair_keys, (known.pair_counts,), known.keys(first, second))
        expected = (known.count[first] + 3) * (known.count[second] + 3)
        columns[f"seen_{name}"] = np.log1p(seen)
        columns[f"fit_{name}"] = np.log((seen + 0.3) * total / expected)
        columns[f"vector_{name}"] = np.einsum("ij,ij->i", known.left[first], known.right[second])
    return columns


def _web(words: Words, counts: web.Web) -> dict[str, Floats]:
    """How common the word and its pairs are on the web; a pair that is not listed fits badly, not worst."""
    spelt = web.spellings(words.forms)
    key, alone = spelt[words.form], web.sightings(counts.words, counts.often, spelt)[words.form]
    columns = {"zipf": web.zipf(alone)}
    for name, step in zip(_PAIRS, (-1, 1, -2, 2), strict=True):
        other, beside = words.beside(key, step, 0), words.beside(alone, step, 0)
        pairs = web.paired(other, key) if step < 0 else web.paired(key, other)
        seen = web.sightings(counts.pairs, counts.together, pairs)
        columns[f"web_{name}"] = seen
        columns[f"webfit_{name}"] = np.where(seen > 0, web.fit(beside, alone, seen), np.float32(_UNLISTED))
    return columns


def _mean(values: Floats, group: Ints) -> Floats:
    """Of each word, the mean over the words of its group; groups are numbered from 0."""
    if not len(values):
        return values
    sums = np.bincount(group, values)
    return (sums / np.maximum(np.bincount(group), 1)).astype(np.float32)[group]
