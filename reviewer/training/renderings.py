"""Learns from pairs of Chinese and English which characters give which English stems (IBM model 1, Brown and others 1993)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect.tables import STEM, Renderings, Tables, units
from reviewer.checks.suspect.words import Words

Pair = tuple[tuple[str, ...], list[str]]  # units of the Chinese, stems of the English
LEAST = 3  # segments that a unit, or a stem, has to stand in
LEAST_ODDS = 0.03
ROUNDS = 5


def learnt(known: Tables, pairs: Sequence[Words], glosses: Sequence[Pair]) -> Tables:
    """The tables with the renderings found in texts that have a source, and in the glosses of a dictionary.

    As they are where nothing is found. Stems are those of the texts.
    """
    texts = [sentence for words in pairs for sentence in _sentences(words)]
    sentences = [*texts, *glosses]
    from_units = Counter(unit for chinese, _ in sentences for unit in chinese)
    to_stems = Counter(stem for _, stems in texts for stem in stems)
    unit = {one: n for n, one in enumerate((one for one, times in from_units.items() if times >= LEAST), 1)}  # 0 is none
    stem = {one: n for n, one in enumerate(one for one, times in to_stems.items() if times >= LEAST)}
    if not unit or not stem:
        return known
    links, odds = _estimated(sentences, unit, stem)
    null = np.zeros(len(stem) + 1, np.float32)
    null[links[links < len(stem)]] = odds[links < len(stem)]
    kept = (odds >= LEAST_ODDS) & (links >= len(stem))
    found = Renderings(
        names=tuple(stem),
        null=null,
        chinese=tuple(unit),
        rows=np.searchsorted(links[kept] // len(stem), np.arange(1, len(unit) + 2)).astype(np.int32),
        stems=(links[kept] % len(stem)).astype(np.int32),
        odds=odds[kept].astype(np.float32),
    )
    return replace(known, renderings=lambda: found)


def _sentences(words: Words) -> list[Pair]:
    """(units of the Chinese, stems of the English) of each segment that has both."""
    stems = [form[:STEM] for form in words.forms]
    bounds = np.searchsorted(words.segment, np.arange(len(words.segments) + 1))
    found = []
    for number, segment in enumerate(words.segments):
        mine = list(dict.fromkeys(stems[form] for form in words.form[bounds[number] : bounds[number + 1]]))
        chinese = units(segment.source or "")
        if mine and chinese:
            found.append((chinese, mine))
    return found


def _estimated(
    sentences: Sequence[Pair], unit: dict[str, int], stem: dict[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """(unit * stems + stem, rising; the probability that the unit gives the stem) of all that stand in one segment."""
    sources, targets, groups, group = [], [], [], 0
    for chinese, stems in sentences:
        mine = np.array([0, *(unit[one] for one in chinese if one in unit)], np.int64)
        theirs = np.array([stem[one] for one in stems if one in stem], np.int64)
        sources.append(np.tile(mine, len(theirs)))
        targets.append(np.repeat(theirs, len(mine)))
        groups.append(np.repeat(np.arange(group, group + len(theirs)), len(mine)))
        group += len(theirs)
    links, link = np.unique(np.concatenate(sources) * len(stem) + np.concatenate(targets), return_inverse=True)
    of_group, of_unit = np.concatenate(groups), links // len(stem)
    odds = np.ones(len(links))
    for _ in range(ROUNDS):
        given = odds[link]
        expected = np.bincount(link, given / np.bincount(of_group, given)[of_group], minlength=len(links))
        odds = expected / (np.bincount(of_unit, expected)[of_unit] + 0.5)
    return links, odds
