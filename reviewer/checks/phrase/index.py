"""Which of thousands of patterns may match a text, by the clues that it holds."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reviewer.checks.phrase.clues import PART
from reviewer.checks.phrase.pattern import Pattern, parse

Flag = tuple[str, bool]
"""The notation of a pattern, and whether capitals count."""

_MOST_WAYS = 1 << 12  # of one pattern; a pattern's number and a way's make one number


@dataclass(frozen=True)
class Index:
    """Patterns by the clues of which each of their ways asks first. It can be kept between runs."""

    flags: tuple[Flag, ...]
    alone: Postings
    """The patterns that ask for nothing but this clue in one of their ways."""
    first: Postings
    """The ways that ask for this clue first and then for others."""
    parts: tuple[str, ...]
    """The clues that are parts of words."""
    openings: frozenset[str]
    """The clues with which matches begin."""

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
        return cls(different, Postings.of(alone), Postings.of(first), tuple(sorted(parts)), frozenset(openings))

    def __reduce__(self) -> tuple[object, ...]:
        """Long texts and arrays are kept, which are read in a tenth of the time of many short texts and numbers."""
        notations, cases = zip(*self.flags, strict=True) if self.flags else ((), ())
        return _again, ("\0".join(notations), cases, self.alone, self.first, "\0".join(self.parts), "\0".join(self.openings))

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

    def begun(self, seen: set[str]) -> set[int]:
        """The patterns for one of whose ways a text holds all it asks for; `seen` are the clues that it holds."""
        begun: set[int] = set()
        alone, asked = self._alone, self._asked
        for clue in self.alone.clues & seen:
            begun.update(alone[clue])
        for clue in self.first.clues & seen:
            for number, others in asked[clue]:
                for some in others:  # a loop, not any(): this is the innermost one of a lint
                    if some.isdisjoint(seen):
                        break
                else:
                    begun.add(number)
        return begun

    @cached_property
    def _alone(self) -> _Alone:
        return _Alone(self)

    @cached_property
    def _asked(self) -> _Asked:
        return _Asked(self)


def _again(notations: str, cases: Sequence[bool], alone: Postings, first: Postings, parts: str, openings: str) -> Index:
    flags = tuple(zip(notations.split("\0"), cases, strict=True)) if cases else ()
    return Index(
        flags, alone, first, tuple(parts.split("\0") if parts else ()), frozenset(openings.split("\0") if openings else ())
    )


class Postings:
    """Numbers by clue, in arrays: `clues` are those that have some."""

    def __init__(self, clues: str, numbers: array[int], ends: array[int]) -> None:
        """`clues` has a zero character between each two; `ends` says where the numbers of each end in `numbers`."""
        self._places = {clue: place for place, clue in enumerate(clues.split("\0") if clues else ())}
        self._numbers, self._ends = numbers, ends
        self.clues = self._places.keys()

    @classmethod
    def of(cls, found: Mapping[str, Iterable[int]]) -> Postings:
        """The same, each number once under a clue."""
        numbers, ends = array("I"), array("I")
        for some in found.values():
            numbers.extend(dict.fromkeys(some))
            ends.append(len(numbers))
        return cls("\0".join(found), numbers, ends)

    def __getitem__(self, clue: str) -> Sequence[int]:
        place = self._places[clue]
        return self._numbers[self._ends[place - 1] if place else 0 : self._ends[place]]

    def __reduce__(self) -> tuple[object, ...]:
        return Postings, ("\0".join(self._places), self._numbers, self._ends)


class _Alone(dict[str, tuple[int, ...]]):
    """What `Index.alone` has, taken out of its array when a text first holds the clue."""

    def __init__(self, index: Index) -> None:
        super().__init__()
        self._index = index

    def __missing__(self, clue: str) -> tuple[int, ...]:
        self[clue] = tuple(self._index.alone[clue])
        return self[clue]


class _Asked(dict[str, list[tuple[int, Sequence[frozenset[str]]]]]):
    """By the first clue of ways: the pattern of each and the further sets that it asks for, read when a text holds the first."""

    def __init__(self, index: Index) -> None:
        super().__init__()
        self._index = index

    def __missing__(self, clue: str) -> list[tuple[int, Sequence[frozenset[str]]]]:
        entries = (divmod(entry, _MOST_WAYS) for entry in self._index.first[clue])
        self[clue] = [(number, self._index.pattern(number).ways[way][1:]) for number, way in entries]
        return self[clue]


KEPT: list[Index] = []
"""The index of the rules that were read last from those kept between runs, if any."""


def index_of(flags: Sequence[Flag]) -> Index:
    """An index that has some patterns, and perhaps others."""
    if KEPT and all(flag in KEPT[0].numbers for flag in flags):
        return KEPT[0]
    return Index.of(flags)
