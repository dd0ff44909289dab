"""Joins suspect words into spans, parts these at marks between phrases, and trims them to phrases."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect.words import Floats, Words

LONGEST = 8  # words; a longer run is parted where it is least suspect
EDGE = frozenset(
    "a an the this that these those of to in on at by for from with as and or but is are was were be been it its his her their"
    " which who into".split()
)
"""Words that a phrase does not begin or end with, unless there is nothing else in it."""
BETWEEN = frozenset(',;:()[]“”"—–!?…，、；：（）【】《》「」！？。')
"""Marks that no phrase goes across, Chinese ones that were left over, too."""


def joined(words: Words, value: Floats, least: float) -> Iterator[tuple[int, int]]:
    """(first, last + 1) of each run of words of one phrase whose value is `least` or more; never a long one.

    Marks between words that are suspect, too, are in none; where no word is, they are a run.
    """
    yield from joined_where(words, value, value >= least)


def joined_where(words: Words, value: Floats, suspect: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """The same of the words that are suspect."""
    places = np.flatnonzero(suspect)
    if not len(places):
        return
    breaks = (np.diff(places) > 1) | (np.diff(words.sentence[places]) != 0)
    for run in np.split(places, np.flatnonzero(breaks) + 1):
        for first, end in _phrases(words, int(run[0]), int(run[-1]) + 1):
            yield from _parted(value, first, end)


def _phrases(words: Words, first: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a run that stand between marks and have a word in them; the run itself where there are none."""
    forms = [words.forms[form] for form in words.form[first:end]]
    if not any(form[0].isalnum() for form in forms):
        yield first, end
        return
    between = [at for at, form in enumerate(forms) if form in BETWEEN]
    for start, stop in zip([0, *(at + 1 for at in between)], [*between, end - first], strict=True):
        if any(form[0].isalnum() for form in forms[start:stop]):
            yield first + start, first + stop


def _parted(value: Floats, first: int, end: int) -> Iterator[tuple[int, int]]:
    while end - first > LONGEST:
        weakest = first + 2 + int(np.argmin(value[first + 2 : first + LONGEST]))
        yield first, weakest
        first = weakest + 1
    if first < end:
        yield first, end


def trimmed(words: Words, first: int, end: int) -> tuple[int, int]:
    """The span without marks and small words at its edges; itself where nothing else is in it."""
    start, stop = first, end
    while start < stop and _edge(words, start):
        start += 1
    while stop > start and _edge(words, stop - 1):
        stop -= 1
    return (start, stop) if start < stop else (first, end)


def _edge(words: Words, at: int) -> bool:
    form = words.forms[words.form[at]]
    return form in EDGE or not form[0].isalnum()
