"""A stretch of a text: which clues stand in it, and where a match may begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewer.checks.phrase.clues import PART, clue_places, lower, part_places, searched, word_starts
from reviewer.checks.phrase.index import Index
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
        begins = [start + offset for start in word_starts(around)]
        known = clue_places(words.split(), begins)
        signed = frozenset(begin for begin in begins if begin and text[begin - 1] in SIGNS)
        self._places = _Places(span, words, begins, known, signed)
        self.seen = {*known, *index.find_parts(words)}
        self.begun = index.begun(self.seen)

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
    """Where a match may begin in a stretch, by the clue with which it begins, found when it is first asked for.

    `words` is the stretch with what stands around it, as it is searched; `begins` are the places of its words, `known` those of
    clues, `signed` those right after a sign: a pattern may begin with one.
    """

    def __init__(self, span: Span, words: str, begins: list[int], known: Mapping[str, list[int]], signed: frozenset[int]) -> None:
        super().__init__()
        self._span, self._words, self._begins, self._known, self._signed = span, words, begins, known, signed

    def __missing__(self, clue: str) -> list[int]:
        found = part_places(clue, self._words, self._begins) if clue.startswith(PART) else self._known.get(clue, [])
        if found and (found[0] < self._span.start or found[-1] >= self._span.end):
            found = [place for place in found if self._span.start <= place < self._span.end]
        if not self._signed.isdisjoint(found):
            found = [one for place in found for one in ((place - 1, place) if place in self._signed else (place,))]
        self[clue] = found
        return found
