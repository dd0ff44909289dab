"""Stretches of texts: which clues stand in them, and the matches of the patterns that these begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, repeat
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reviewer.checks.phrase.clues import lower, searched, word_starts
from reviewer.checks.phrase.pattern import SIGNS, Match, Pattern
from reviewer.model import Span

if TYPE_CHECKING:
    from reviewer.checks.phrase.index import Index, Ints, Yes

_SIZE = 1_000
"""Code points in which the words of all rules are looked for at once, more than most paragraphs have."""
_REACH = 400
"""Code points before and after a window that the words of a match may lie in."""
AT_ONCE = 32
"""Windows that are best looked at together."""
_UNKNOWN = -1
_SPACE = ord(" ")


@dataclass(frozen=True)
class Window:
    """A stretch of a text in which the words of all rules are looked for: so a rule is tried near its words, not all over a long
    text."""

    text: str
    span: Span

    @property
    def around(self) -> str:
        """The stretch with what stands before and after it."""
        return self.text[self._offset : self.span.end + _REACH]

    @property
    def begins(self) -> list[int]:
        """Where the words of all that begin in the text."""
        offset = self._offset
        return [start + offset for start in word_starts(self.around)]

    @property
    def _offset(self) -> int:
        return max(0, self.span.start - _REACH)


class Held(NamedTuple):
    """The clues that some windows hold: of each its window and its own number, and where in the text the word begins with which
    it does; of a part of a word that does not begin with it, any place."""

    window: Ints
    clue: Ints
    place: Ints


def windows(text: str) -> Iterator[Window]:
    """The windows of a text, one after another; one of an empty text."""
    for start in range(0, max(1, len(text)), _SIZE):
        yield Window(text, Span(start, min(start + _SIZE, len(text))))


def held(some: Sequence[Window], index: Index) -> Held:
    """The clues of an index that windows hold."""
    texts = [searched(window.around) for window in some]
    begins = [window.begins for window in some]
    words_of = np.array([*map(len, begins)])
    joined = "".join(texts)  # with two spaces between them, over which no clue reaches
    words = joined.split()
    alone = np.fromiter(map(index.clues.get, words, repeat(_UNKNOWN)), np.int32, len(words))
    pairs = np.fromiter(map(index.clues.get, map(" ".join, pairwise(words)), repeat(_UNKNOWN)), np.int32)
    window, place = np.repeat(np.arange(len(some)), words_of), np.fromiter(chain.from_iterable(begins), np.int32)
    pairs[window[1:] != window[:-1]] = _UNKNOWN
    parts, at, _ = np.fromiter(chain.from_iterable(index.find_parts(joined)), np.int32).reshape(-1, 3).T
    bounds = np.cumsum([0, *map(len, texts)])
    spaces = np.flatnonzero(np.frombuffer(joined.encode("utf-32-le"), np.uint32) == _SPACE)
    holder = np.searchsorted(bounds, at, side="right") - 1
    # the word that a space stands before, of those of its window
    word = np.searchsorted(spaces, at) - np.searchsorted(spaces, bounds)[holder] + (np.cumsum(words_of) - words_of)[holder]
    clue = np.concatenate([alone, pairs, parts])
    known = clue != _UNKNOWN
    return Held(
        np.concatenate([window, window[:-1], holder]).astype(np.int32)[known],
        clue[known],
        np.concatenate([place, place[:-1], np.append(place, 0)[np.minimum(word, len(place))]]).astype(np.int32)[known],
    )


def found(some: Sequence[Window], index: Index, wanted: Yes, patterns: Mapping[int, Pattern]) -> Iterator[dict[int, list[Match]]]:
    """Of each window the matches that begin in it, by the numbers of their patterns, of those (windows, patterns) `wanted`.

    Where it is known with which clues a pattern begins, it is tried where these stand. Raises what `patterns` raises.
    """
    clues = held(some, index)
    begun = wanted & index.begun(len(some), clues.window, clues.clue)
    pattern, of = index.beginning(begun, clues.window, clues.clue)
    window, place = clues.window[of], clues.place[of]
    first, end = np.array([(one.span.start, one.span.end) for one in some], np.int32).T
    inside = np.flatnonzero((first[window] <= place) & (place < end[window]))
    inside = inside[np.argsort(window[inside], kind="stable")]
    bounds = np.searchsorted(window[inside], np.arange(len(some) + 1)).tolist()
    tries = [*zip(pattern[inside].tolist(), place[inside].tolist(), strict=True)]
    anywhere = begun & index.anywhere
    for number, one in enumerate(some):
        matches = _tried(one, tries[bounds[number] : bounds[number + 1]], patterns)
        for unknown in np.flatnonzero(anywhere[number]).tolist():
            matches[unknown] = [*patterns[unknown].matches(one.text, one.span, reach=_REACH)]
        yield matches


def _tried(window: Window, tries: Sequence[tuple[int, int]], patterns: Mapping[int, Pattern]) -> dict[int, list[Match]]:
    """The matches of patterns, by their numbers, each tried at words, and at a sign that stands right before one."""
    text, lowered = window.text, lower(window.text)
    matches: dict[int, list[Match]] = {}
    for number, place in tries:  # the innermost loop of a lint: of a hundred one matches, and then all are taken, in order
        pattern = patterns[number]
        cased = text if pattern.match_case else lowered
        match, end = pattern.match, place + _SIZE + _REACH
        here = match(cased, place, end) or (place and text[place - 1] in SIGNS and match(cased, place - 1, end))
        if here and number not in matches:
            words = {at for other, at in tries if other == number}
            signs = {at - 1 for at in words if at and text[at - 1] in SIGNS}
            matches[number] = pattern.matches_at(text, cased, sorted(words | signs), reach=_SIZE + _REACH)
    return matches
