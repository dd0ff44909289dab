"""A stretch of a text: which clues stand in it, and where a match may begin."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from reviewer.checks.phrase.clues import PART, lower, opened, part_places, searched, seen, word_starts
from reviewer.checks.phrase.index import Index, begun
from reviewer.checks.phrase.pattern import SIGNS, Match, Pattern
from reviewer.model import Span

_SIZE = 1_000
"""Code points in which the words of all rules are looked for at once, more than most paragraphs have."""
_REACH = 400
"""Code points before and after a window that the words of a match may lie in."""


def windows(text: str) -> Iterator[Span]:
    """Stretches in which the words of all rules are looked for: so a rule is tried near its words, not all over a long text."""
    for start in range(0, max(1, len(text)), _SIZE):
        yield Span(start, min(start + _SIZE, len(text)))


class Window:
    """A stretch of a text: the clues that stand in and around it, and the numbers of the patterns that they have begun."""

    def __init__(self, text: str, span: Span, index: Index) -> None:
        self.text, self.lower, self.span = text, lower(text), span
        offset = max(0, span.start - _REACH)
        around = text[offset : span.end + _REACH]
        words = searched(around)
        split = words.split()
        begins = [start + offset for start in word_starts(around)]
        self.seen = seen(split, index.find_parts(words))
        told = index.told(self.seen)
        self.begun = begun(told, self.seen)
        self._places = _Places(words, begins, span, frozenset(at for at in begins if at and text[at - 1] in SIGNS))
        first, last = (bisect_left(begins, at) for at in (span.start, span.end))
        openings = {one.clue for one in told if one.opens}
        for clue, places in opened(split[first : last + 1], begins[first:last], openings).items():
            self._places[clue] = self._places.with_signs(places)

    def matches(self, pattern: Pattern) -> list[Match]:
        """The matches of a pattern that begin in the stretch: where its clues stand, if it is known with which they begin.

        Raises PatternError.
        """
        if not pattern.starts:
            return list(pattern.matches(self.text, self.span, reach=_REACH))
        cased = self.text if pattern.match_case else self.lower
        match, places = pattern.compiled.match, self._places
        for clue in pattern.starts & self.seen:
            for place in places[clue]:
                if match(cased, place, place + _SIZE + _REACH):  # one in a hundred: then all of them, in order
                    every = sorted({place for clue in pattern.starts & self.seen for place in places[clue]})
                    return pattern.matches_at(self.text, cased, every, reach=_SIZE + _REACH)
        return []


class _Places(dict[str, list[int]]):
    """Where a match may begin in a stretch, by the clue with which it begins; that of a part of a word is looked for when asked."""

    def __init__(self, words: str, begins: list[int], span: Span, signed: frozenset[int]) -> None:
        super().__init__()
        self._words, self._begins, self._span, self._signed = words, begins, span, signed

    def __missing__(self, clue: str) -> list[int]:
        found = part_places(clue, self._words, self._begins) if clue.startswith(PART) else ()
        self[clue] = self.with_signs([place for place in found if self._span.start <= place < self._span.end])
        return self[clue]

    def with_signs(self, places: list[int]) -> list[int]:
        """The places, and those of signs right before them: a pattern may begin with one."""
        if self._signed.isdisjoint(places):
            return places
        return [one for place in places for one in ((place - 1, place) if place in self._signed else (place,))]
