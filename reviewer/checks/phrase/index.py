"""Which of thousands of patterns may match a text, by the clues that it holds."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, fields
from functools import cached_property
from typing import NamedTuple

from reviewer.checks.phrase.clues import PART
from reviewer.checks.phrase.pattern import Flag, parse


class Told(NamedTuple):
    """What a clue tells of patterns, by their numbers, and of sets of clues, by theirs."""

    alone: tuple[int, ...]
    """The patterns that ask for nothing but this clue in one of their ways."""
    first: tuple[tuple[int, tuple[int, ...]], ...]
    """Those that ask for it first in one of their ways, and the further sets of which that way asks for one clue each."""
    sets: tuple[int, ...]
    """The further sets that it is one of."""


@dataclass(frozen=True)
class Index:
    """Patterns, by the clues that their ways ask for. It can be kept between runs.

    Ways and the sets that they ask for after their first one are numbered; `ways` holds a number of one array for the pattern of
    each way, and then for its further sets.
    """

    notations: str
    """Those of the patterns; like all long lists in one text, with zeros between them, until they are needed."""
    cases: bytes
    """For each pattern whether capitals count."""
    names: str
    """All clues that a way asks for."""
    first: Slices
    """The ways that ask for a clue first."""
    sets: Slices
    """The further sets that hold a clue."""
    ways: Slices
    """The pattern of each way and its further sets."""
    parts: str
    """The clues that are parts of words, those too with which a match may begin."""

    @classmethod
    def of(cls, flags: Iterable[Flag]) -> Index:
        """The index of some patterns."""
        different = tuple(dict.fromkeys(flags))
        first: dict[str, list[int]] = defaultdict(list)
        numbers: dict[frozenset[str], int] = {}
        ways: list[list[int]] = []
        starts: set[str] = set()
        for number, (notation, match_case) in enumerate(different):
            pattern = parse(notation, match_case=match_case)
            starts.update(pattern.starts)
            for some, *others in pattern.ways:
                for clue in some:
                    first[clue].append(len(ways))
                ways.append([number, *(numbers.setdefault(other, len(numbers)) for other in others)])
        sets: dict[str, list[int]] = defaultdict(list)
        for further, place in numbers.items():
            for clue in further:
                sets[clue].append(place)
        parts = sorted(clue for clue in {*first, *sets, *starts} if clue.startswith(PART))
        clues = sorted({*first, *sets})
        by_first, by_set = (Slices.of(found.get(clue, ()) for clue in clues) for found in (first, sets))
        notations = "\0".join(notation for notation, _ in different)
        cases = bytes(match_case for _, match_case in different)
        return cls(notations, cases, "\0".join(clues), by_first, by_set, Slices.of(ways), "\0".join(parts))

    def __reduce__(self) -> tuple[object, ...]:
        """Only what it is made of is kept."""
        return Index, tuple(getattr(self, one.name) for one in fields(self))

    @cached_property
    def numbers(self) -> dict[Flag, int]:
        """The number of each pattern."""
        flags = zip(self.notations.split("\0"), map(bool, self.cases), strict=True) if self.cases else ()
        return {flag: number for number, flag in enumerate(flags)}

    @cached_property
    def clues(self) -> dict[str, int]:
        """All clues that a way asks for, with their places in the arrays."""
        names = _listed(self.names)
        return dict(zip(names, range(len(names)), strict=True))

    def find_parts(self, text: str) -> Iterable[str]:
        """The clues that are parts of words and stand in a text, as it is searched."""
        return map(PART.__add__, set(self._parts(text, overlapping=True)))

    @cached_property
    def _parts(self) -> Callable[..., list[str]]:
        from ahocorasick_rs import AhoCorasick

        return AhoCorasick([part.removeprefix(PART) for part in _listed(self.parts)]).find_matches_as_strings

    def begun(self, seen: Set[str]) -> set[int]:
        """The patterns for one of whose ways a text holds all it asks for; `seen` are the clues that it holds."""
        known = self._told
        told = [known[clue] for clue in self.clues.keys() & seen]
        begun: set[int] = set()
        held: set[int] = set()
        for alone, _, sets in told:  # plain loops: these are the innermost ones of a lint
            if alone:
                begun.update(alone)
            if sets:
                held.update(sets)
        for _, first, _ in told:
            for number, others in first:
                if held.issuperset(others):
                    begun.add(number)
        return begun

    @cached_property
    def _told(self) -> _Told:
        return _Told(self.clues, self.first, self.sets, self.ways)


class _Told(dict[str, Told]):
    """What each clue tells, taken out of the arrays of an index when a text first holds it.

    It does not hold the index: the two would never be thrown away where nobody looks for rubbish.
    """

    def __init__(self, clues: Mapping[str, int], first: Slices, sets: Slices, ways: Slices) -> None:
        super().__init__()
        self._clues, self._first, self._sets, self._ways = clues, first, sets, ways

    def __missing__(self, clue: str) -> Told:
        place = self._clues[clue]
        ways = [(number, tuple(others)) for number, *others in (self._ways[way] for way in self._first[place])]
        alone = tuple(number for number, others in ways if not others)
        self[clue] = Told(alone, tuple(way for way in ways if way[1]), tuple(self._sets[place]))
        return self[clue]


class Slices:
    """Runs of numbers in one array, each by its place."""

    def __init__(self, numbers: array[int], ends: array[int]) -> None:
        self._numbers, self._ends = numbers, ends

    @classmethod
    def of(cls, runs: Iterable[Iterable[int]]) -> Slices:
        """The same runs."""
        numbers, ends = array("I"), array("I")
        for run in runs:
            numbers.extend(run)
            ends.append(len(numbers))
        return cls(numbers, ends)

    def __getitem__(self, place: int) -> Sequence[int]:
        return self._numbers[self._ends[place - 1] if place else 0 : self._ends[place]]


def _listed(joined: str) -> list[str]:
    return joined.split("\0") if joined else []


KEPT: list[Index] = []
"""The index of the rules that were read last from those kept between runs, if any."""


def index_of(flags: Sequence[Flag]) -> Index:
    """An index that has some patterns, and perhaps others."""
    if KEPT and all(flag in KEPT[0].numbers for flag in flags):
        return KEPT[0]
    return Index.of(flags)
