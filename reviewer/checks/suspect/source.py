"""How well the Chinese beside a sentence accounts for its words, by a table of which characters give which English stems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.names.renderings import reading
from reviewer.checks.suspect.tables import HAN, Renderings, Tables, units
from reviewer.checks.suspect.words import Floats, Words

NAMES = ("support", "support_none", "in_source", "source_covered", "source_mean", "source_ratio", "reading", "mark_balance")
KNOWN = 0.6  # of a source's characters and pairs of characters: fewer, and it is traditional script or no Chinese
LONGEST_NAME = 4  # characters
_KIND = {
    mark: kind[0]
    for kind in ('"“”„「」『』', ",，、", ".。", ":：", ";；", "(（", ")）", "?？", "!！", "-–—", "%％")
    for mark in kind
}
_FLOOR = 1e-5
_CLEAR = 0.05


def readable(source: str | None, tables: Tables) -> bool:
    """Whether a source is in characters that the table knows."""
    single = [unit for unit in units(source or "") if len(unit) == 1]
    return bool(single) and sum(unit in tables.renderings().unit_number for unit in single) >= KNOWN * len(single)


def features(words: Words, tables: Tables) -> Floats:
    """(features, words) in the order of NAMES; all 0 beside no source."""
    found = np.zeros((len(NAMES), len(words)), np.float32)
    known = tables.renderings()
    stems = known.stems_of(words.forms)[words.form]
    best = np.zeros(len(known.names) + 1, np.float32)
    bounds = np.flatnonzero(np.diff(words.segment)) + 1
    for begin, end in zip([0, *bounds], [*bounds, len(words)], strict=True) if len(words) else ():
        segment = words.segments[words.segment[begin]]
        if segment.source is None:
            continue
        mine = stems[begin:end]
        odds, covered = _given(units(segment.source), mine, known, best)
        found[0, begin:end] = np.log10(odds + _FLOOR)
        found[1, begin:end] = np.log10(known.null[mine] + _FLOOR)
        if any(character.isascii() and character.isalnum() for character in segment.source):
            places = zip(words.start[begin:end], words.end[begin:end], strict=True)
            found[2, begin:end] = [segment.target[start:stop] in segment.source for start, stop in places]
        found[3, begin:end] = covered
        found[4, begin:end] = found[0, begin:end].mean()
        found[5, begin:end] = (end - begin) / max(1, len(segment.source))
        forms = [words.forms[form] for form in words.form[begin:end]]
        read = _readings(segment.source)
        found[6, begin:end] = [read.get(form, 0) for form in forms]
        found[7, begin:end] = _balance(segment.source, forms)
    return found


def _readings(source: str) -> dict[str, int]:
    """What one to four neighbouring characters are in pinyin, in one word, and how many they are."""
    found: dict[str, int] = {}
    for run in HAN.findall(source):
        read = [reading(character) for character in run]
        for size in range(1, LONGEST_NAME + 1):
            for at in range(len(read) - size + 1):
                found.setdefault("".join(read[at : at + size]), size)
    return found


def _balance(source: str, forms: list[str]) -> list[int]:
    """Of each mark, how many more of its kind the English has than the Chinese; 0 for words. At most 3 more or less."""
    ours, theirs = Counter(map(_KIND.get, forms)), Counter(map(_KIND.get, source))
    return [max(-3, min(3, ours[kind] - theirs[kind])) if (kind := _KIND.get(form)) else 0 for form in forms]


def _given(source: Sequence[str], stems: NDArray[np.int32], renderings: Renderings, best: Floats) -> tuple[Floats, float]:
    """The greatest probability of each stem under any unit, and the share of units that clearly give one of the stems.

    `best` is a row of zeros, one a stem, and is one again afterwards.
    """
    known = np.array([number for number in map(renderings.unit_number.get, source) if number is not None], np.int64)
    first, many = renderings.rows[known], renderings.rows[known + 1] - renderings.rows[known]
    upto = np.cumsum(many)
    places = np.arange(upto[-1] if len(upto) else 0) + np.repeat(first - (upto - many), many)
    given, odds = renderings.stems[places], renderings.odds[places]
    np.maximum.at(best, given, odds)
    found = best[stems]
    best[given] = 0
    best[stems] = 1
    hits = np.repeat(np.arange(len(known)), many)[(best[given] > 0) & (odds > _CLEAR)]
    best[stems] = 0
    return found, (np.count_nonzero(np.diff(hits)) + min(1, len(hits))) / max(1, len(source))
