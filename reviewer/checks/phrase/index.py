"""Which of thousands of patterns may match a text, by the clues that it holds."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from reviewer.checks.phrase.clues import PART
from reviewer.checks.phrase.pattern import Pattern, parse

Flag = tuple[str, bool]
"""The notation of a pattern, and whether capitals count."""

_MOST_WAYS = 1 << 12  # of one pattern; a pattern's number and a way's make one number


class Told(NamedTuple):
    """What a clue tells of patterns, by their numbers."""

    clue: str
    alone: tuple[int, ...]
    """Those that ask for nothing but this clue in one of their ways."""
    first: tuple[tuple[int, tuple[frozenset[str], ...]], ...]
    """Those that ask for it first in one of their ways, and the further sets of which that way asks for one clue each."""
    opens: bool
    """Whether matches begin with it."""


@dataclass(frozen=True)
class Index:
    """Patterns by the clues of which each of their ways asks first. It can be kept between runs."""

    flags: tuple[Flag, ...]
    clues: Mapping[str, int]
    """All clues of which something is told, with their places in what follows."""
    alone: Slices
    first: Slices
    """The number of a pattern and that of one of its ways, in one number."""
    opens: bytes
    parts: tuple[str, ...]
    """The clues that are parts of words."""

    @classmethod
    def of(cls, flags: Iterable[Flag]) -> Index:
        """The index of some patterns."""
        different = tuple(dict.fromkeys(flags))
        alone: dict[str, list[int]] = defaultdict(list)
        first: dict[str, list[int]] = defaultdict(list)
        parts: set[str] = set()
        openings: set[str] = set()
        for number, flag in enumerate(different):
            pattern = parse(flag[0], match_case=flag[1])
            for way, (some, *others) in enumerate(pattern.ways[:_MOST_WAYS]):
                for clue in some:
                    (first if others else alone)[clue].append(number * _MOST_WAYS + way if others else number)
                parts.update(clue for clues in (some, *others) for clue in clues if clue.startswith(PART))
            openings.update(pattern.starts)
        parts.update(clue for clue in openings if clue.startswith(PART))
        clues = {clue: place for place, clue in enumerate(sorted({*alone, *first, *openings}))}
        of_alone, of_first = (Slices.of(found.get(clue, ()) for clue in clues) for found in (alone, first))
        return cls(different, clues, of_alone, of_first, bytes(clue in openings for clue in clues), tuple(sorted(parts)))

    def __reduce__(self) -> tuple[object, ...]:
        """Long texts and arrays are kept, which are read in a tenth of the time of many short texts and numbers."""
        notations, cases = zip(*self.flags, strict=True) if self.flags else ((), ())
        texts = ("\0".join(some) for some in (notations, self.clues, self.parts))
        return _again, (*texts, cases, self.alone, self.first, self.opens)

    @cached_property
    def numbers(self) -> dict[Flag, int]:
        """The number of each pattern."""
        return {flag: number for number, flag in enumerate(self.flags)}

    @cached_property
    def find_parts(self) -> Callable[[str], set[str]]:
        """Finds parts of words in a text as it is searched."""
        from ahocorasick_rs import AhoCorasick

        find = AhoCorasick([part.removeprefix(PART) for part in self.parts]).find_matches_as_indexes
        parts = self.parts
        return lambda text: {parts[number] for number, _, _ in find(text, overlapping=True)}

    def pattern(self, number: int) -> Pattern:
        """The pattern of a number, read when it is first asked for."""
        notation, match_case = self.flags[number]
        return parse(notation, match_case=match_case)

    def told(self, seen: set[str]) -> list[Told]:
        """What the clues tell that a text holds."""
        told = self._told
        return [told[clue] for clue in self.clues.keys() & seen]

    @cached_property
    def _told(self) -> _Told:
        return _Told(self)


def begun(told: Iterable[Told], seen: set[str]) -> set[int]:
    """The patterns for one of whose ways a text holds all it asks for; `seen` are the clues that it holds."""
    begun: set[int] = set()
    for _, alone, first, _ in told:
        begun.update(alone)
        for number, others in first:
            for some in others:  # a loop, not any(): this is the innermost one of a lint
                if some.isdisjoint(seen):
                    break
            else:
                begun.add(number)
    return begun


class _Told(dict[str, Told]):
    """What each clue tells, taken out of the arrays of an index when a text first holds it."""

    def __init__(self, index: Index) -> None:
        super().__init__()
        self._index = index

    def __missing__(self, clue: str) -> Told:
        index, place = self._index, self._index.clues[clue]
        entries = (divmod(entry, _MOST_WAYS) for entry in index.first[place])
        first = tuple((number, index.pattern(number).ways[way][1:]) for number, way in entries)
        self[clue] = Told(clue, tuple(index.alone[place]), first, bool(index.opens[place]))
        return self[clue]


class Slices:
    """Runs of numbers in one array, each by its place."""

    def __init__(self, numbers: array[int], ends: array[int]) -> None:
        self._numbers, self._ends = numbers, ends

    @classmethod
    def of(cls, runs: Iterable[Iterable[int]]) -> Slices:
        """The same runs, each number once in each."""
        numbers, ends = array("I"), array("I")
        for run in runs:
            numbers.extend(dict.fromkeys(run))
            ends.append(len(numbers))
        return cls(numbers, ends)

    def __getitem__(self, place: int) -> Sequence[int]:
        return self._numbers[self._ends[place - 1] if place else 0 : self._ends[place]]


def _again(notations: str, clues: str, parts: str, cases: Sequence[bool], alone: Slices, first: Slices, opens: bytes) -> Index:
    flags = tuple(zip(notations.split("\0"), cases, strict=True)) if cases else ()
    places = dict(zip(clues.split("\0"), range(len(opens)), strict=False))
    return Index(flags, places, alone, first, opens, tuple(parts.split("\0")) if parts else ())


KEPT: list[Index] = []
"""The index of the rules that were read last from those kept between runs, if any."""


def index_of(flags: Sequence[Flag]) -> Index:
    """An index that has some patterns, and perhaps others."""
    if KEPT and all(flag in KEPT[0].numbers for flag in flags):
        return KEPT[0]
    return Index.of(flags)
