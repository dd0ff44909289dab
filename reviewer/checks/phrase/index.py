"""Which of thousands of patterns may match a text, and with which words they may begin there, by the clues that it holds."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, partial
from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING

from reviewer.checks.phrase.clues import PART
from reviewer.checks.phrase.pattern import Flag, parse

if TYPE_CHECKING:  # numpy takes time to load: only where texts are linted
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]
    Yes = NDArray[np.bool_]


@dataclass(frozen=True)
class Index:
    """Patterns, by the clues that their ways ask for. It can be kept between runs.

    A way asks for one clue of a first set, and of further sets, which are numbered from 1; all texts hold the set 0.
    """

    notations: str
    """Those of the patterns; like all long lists in one text, with zeros between them, until they are needed."""
    cases: bytes
    """For each pattern whether capitals count."""
    names: str
    """All clues, by their numbers: those that ways ask for, and those with which a match may begin."""
    first: Runs
    """The ways that ask for a clue first."""
    further: Runs
    """The further sets that hold a clue."""
    begins: Runs
    """The patterns of which a match may begin with a clue."""
    pattern: array[int]
    """The pattern of each way."""
    asked: array[int]
    """The further sets of each way, and 0 for each that it has less than the way that has most."""
    unplaced: bytes
    """For each pattern whether nobody knows with which clues its matches begin."""
    parts: int
    """How many clues are parts of words: the first ones."""

    @classmethod
    def of(cls, flags: Iterable[Flag]) -> Index:
        """The index of some patterns."""
        different = tuple(dict.fromkeys(flags))
        first, further, begins = (defaultdict[str, list[int]](list) for _ in range(3))
        numbers: dict[frozenset[str], int] = {}
        ways: list[list[int]] = []
        unplaced = []
        for number, (notation, match_case) in enumerate(different):
            pattern = parse(notation, match_case=match_case)
            unplaced.append(not pattern.starts)
            for clue in pattern.starts:
                begins[clue].append(number)
            for some, *others in pattern.ways:
                for clue in some:
                    first[clue].append(len(ways))
                ways.append([number, *(numbers.setdefault(other, len(numbers) + 1) for other in others)])
        for clues, place in numbers.items():
            for clue in clues:
                further[clue].append(place)
        names = sorted({*first, *further, *begins}, key=lambda clue: (not clue.startswith(PART), clue))
        most = max(map(len, ways), default=1)
        return cls(
            notations="\0".join(notation for notation, _ in different),
            cases=bytes(match_case for _, match_case in different),
            names="\0".join(names),
            first=Runs.of(first.get(clue, ()) for clue in names),
            further=Runs.of(further.get(clue, ()) for clue in names),
            begins=Runs.of(begins.get(clue, ()) for clue in names),
            pattern=array("i", [number for number, *_ in ways]),
            asked=array("i", [number for _, *sets in ways for number in sets + [0] * (most - 1 - len(sets))]),
            unplaced=bytes(unplaced),
            parts=sum(clue.startswith(PART) for clue in names),
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Only what it is made of is kept."""
        return Index, tuple(getattr(self, one.name) for one in fields(self))

    @property
    def patterns(self) -> int:
        """How many there are."""
        return len(self.unplaced)

    @property
    def anywhere(self) -> Yes:
        """Of each pattern, whether it has to be looked for all over a text that has begun it."""
        import numpy as np

        return np.frombuffer(self.unplaced, np.bool_)

    @cached_property
    def numbers(self) -> dict[Flag, int]:
        """The number of each pattern."""
        flags = zip(self.notations.split("\0"), map(bool, self.cases), strict=True) if self.cases else ()
        return {flag: number for number, flag in enumerate(flags)}

    @cached_property
    def clues(self) -> dict[str, int]:
        """The number of each clue."""
        names = _listed(self.names)
        return dict(zip(names, range(len(names)), strict=True))

    @cached_property
    def find_parts(self) -> Callable[[str], list[tuple[int, int, int]]]:
        """Finds the clues that are parts of words in a text as it is searched: of each its number, and its start and end."""
        from ahocorasick_rs import AhoCorasick

        parts = [part.removeprefix(PART) for part in islice(self.clues, self.parts)]
        return partial(AhoCorasick(parts).find_matches_as_indexes, overlapping=True)

    @cached_property
    def _sets(self) -> int:
        return max(self.asked, default=0) + 1

    def begun(self, texts: int, text: Ints, clue: Ints) -> Yes:
        """(texts, patterns): whether each of so many texts holds all that one of the ways of a pattern asks for.

        `text` and `clue` are the numbers of texts and of clues that they hold.
        """
        import numpy as np

        pattern, asked = (np.frombuffer(some, np.int32) for some in (self.pattern, self.asked))
        held = np.zeros((texts, self._sets), bool)
        held[:, 0] = True
        sets, of = self.further.at(clue)
        held[text[of], sets] = True
        ways, of = self.first.at(clue)
        holder = text[of]
        full = held[holder[:, None], asked.reshape(len(pattern), -1)[ways]].all(axis=1) if len(ways) else np.zeros(0, bool)
        begun = np.zeros((texts, self.patterns), bool)
        begun[holder[full], pattern[ways[full]]] = True
        return begun

    def beginning(self, begun: Yes, text: Ints, clue: Ints) -> tuple[Ints, Ints]:
        """Which patterns, of those that texts have begun, may begin to match with the clues that these hold.

        Two arrays: numbers of patterns, and of each the place of its text and clue.
        """
        patterns, of = self.begins.at(clue)
        kept = begun[text[of], patterns]
        return patterns[kept], of[kept]


@dataclass(frozen=True)
class Runs:
    """Runs of numbers in one array: the run n is from `bounds[n]` to `bounds[n + 1]`."""

    numbers: array[int]
    bounds: array[int]

    @classmethod
    def of(cls, runs: Iterable[Sequence[int]]) -> Runs:
        """The same runs."""
        listed = [*runs]
        return cls(array("i", chain.from_iterable(listed)), array("i", accumulate(map(len, listed), initial=0)))

    def at(self, places: Ints) -> tuple[Ints, Ints]:
        """The numbers of some runs, one run after another, and of each number the place of its run among these."""
        import numpy as np

        numbers, bounds = (np.frombuffer(some, np.int32) for some in (self.numbers, self.bounds))
        first = bounds[places]
        many = bounds[places + 1] - first
        of = np.repeat(np.arange(len(places), dtype=np.int32), many)
        before = np.cumsum(many, dtype=np.int32) - many
        return numbers[np.arange(len(of), dtype=np.int32) + (first - before)[of]], of


def _listed(joined: str) -> list[str]:
    return joined.split("\0") if joined else []


KEPT: list[Index] = []
"""The index of the rules that were read last from those kept between runs, if any."""


def index_of(flags: Sequence[Flag]) -> Index:
    """An index that has some patterns, and perhaps others."""
    if KEPT and all(flag in KEPT[0].numbers for flag in flags):
        return KEPT[0]
    return Index.of(flags)
