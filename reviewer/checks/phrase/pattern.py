"""Finds a rule's pattern in a text and says what its parts matched."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from mmap import mmap

from reviewer.checks.phrase import bytecode
from reviewer.checks.phrase.clues import Ways, clue, lower, opening
from reviewer.checks.phrase.notation import Parser, PatternError
from reviewer.model import Span


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern stands in a text; `groups` are the spans of its parts: `L1` the first <...>, `G1` the first brackets."""

    text: str
    span: Span
    groups: Mapping[str, Span]

    @property
    def words(self) -> str:
        """The words matched, as they stand."""
        return self.span.of(self.text)

    def group(self, name: str) -> str | None:
        """What a part matched, None where it took no part."""
        return self.groups[name].of(self.text) if name in self.groups else None


@dataclass(frozen=True)
class Pattern:
    """A pattern, compiled when it first has to be.

    `regex` is a regular expression for text in lower case, unless `match_case`. `ways` are the ways to match it, as clues to
    look for first: every match holds what one of the ways asks for. `starts` are clues with one of which every match
    begins, or a sign and then one of them; none where nobody knows. `lemmas` are the words of each <...> by
    group name.
    """

    notation: str
    regex: str
    ways: Ways
    starts: frozenset[str]
    lemmas: Mapping[str, tuple[str, ...]]
    match_case: bool = False
    code: bytes = b""
    """The expression as compiled in an earlier run."""

    @property
    def says_nothing(self) -> bool:
        """Whether it could match a text without any word to look for."""
        return not all(self.ways)

    def __getstate__(self) -> dict[str, object]:
        """What is kept between runs: what it is made of, with the expression as compiled."""
        return {one.name: getattr(self, one.name) for one in fields(self)} | {"code": self._kept}

    @cached_property
    def _kept(self) -> bytes:
        return self.code or bytecode.kept(self.regex)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Raises PatternError."""
        try:
            return bytecode.compiled(self.regex, self.code)
        except re.error as error:
            raise PatternError(f"{error.msg} in {self.notation!r}") from None

    @cached_property
    def match(self) -> Callable[[str, int, int], re.Match[str] | None]:
        """Matches at a place of a text, in lower case unless capitals count, up to another place. Raises PatternError."""
        return self.compiled.match

    def search(self, text: str) -> bool:
        """Whether the pattern stands anywhere in a text."""
        return next(self.matches(text), None) is not None

    def matches(self, text: str, window: Span | None = None, *, reach: int = 0) -> Iterator[Match]:
        """All matches on whole words that hold at least one character, left to right, none over another.

        With a `window`, those that begin in it; they see of the text after it no more than `reach` code points.
        """
        cased = text if self.match_case else lower(text)
        at, stop = (window.start, window.end) if window else (0, len(cased))
        while found := self.compiled.search(cased, at, stop + reach):
            start, end = found.span()
            if start >= stop:
                return
            if end > start and _begins_a_word(cased, start):
                yield _match(text, found)
                at = end
            else:
                at = start + 1

    def matches_at(self, text: str, cased: str, places: Iterable[int], *, reach: int = 0) -> list[Match]:
        """The matches among those that begin at one of some places, which are in order; none over another.

        `cased` is the text, in lower case unless capitals count: a caller with many patterns has it at hand.
        """
        matches: list[Match] = []
        at = 0
        for place in places:
            if place >= at and _begins_a_word(cased, place):
                found = self.compiled.match(cased, place, place + reach)
                if found and found.end() > place:
                    matches.append(_match(text, found))
                    at = found.end()
        return matches


def _match(text: str, found: re.Match[str]) -> Match:
    groups = {name: Span(*found.span(name)) for name, words in found.groupdict().items() if words is not None}
    return Match(text, Span(*found.span()), groups)


SIGNS = frozenset("\"'“”„‘’([（【《「-‐‑–—|,;:")  # with which a pattern may begin


def _begins_a_word(text: str, at: int) -> bool:
    """Whether no letter, nor a letter with a hyphen, stands right before: `fist` does not begin in `two-fist`."""
    if at == 0 or not _is_letter(text[at]):
        return True
    return not (_is_letter(text[at - 1]) or (text[at - 1] == "-" and at > 1 and _is_letter(text[at - 2])))


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"


Flag = tuple[str, bool]
"""The notation of a pattern, and whether capitals count."""

KNOWN: dict[Flag, Pattern] = {}
"""Every pattern read so far."""


class Kept:
    """Patterns read in an earlier run, each pickled by itself: most texts need few of them."""

    def __init__(self, flags: Sequence[Flag], pickles: bytes | mmap, start: int, ends: Sequence[int]) -> None:
        """`pickles` holds those of the patterns of the flags, one after another from `start`; `ends` count from there.

        Raises ValueError where it holds more or less.
        """
        if start + (ends[-1] if ends else 0) != len(pickles):
            raise ValueError("not all patterns were kept")
        self._numbers = dict(zip(flags, range(len(flags)), strict=True))
        self._pickles, self._start, self._ends = pickles, start, ends

    def get(self, flag: Flag) -> Pattern | None:
        """The pattern of a notation, None where it was not kept."""
        number = self._numbers.get(flag)
        if number is None:
            return None
        start, end = self._ends[number - 1] if number else 0, self._ends[number]
        pattern: Pattern = pickle.loads(self._pickles[self._start + start : self._start + end])
        return pattern


KEPT: list[Kept] = []
"""What was read last from what is kept between runs, if anything."""


def parse(notation: str, *, match_case: bool = False) -> Pattern:
    """Reads a pattern, once. Raises PatternError with the place in the notation."""
    flag = notation, match_case
    known = KNOWN.get(flag)
    if known is None:
        kept = (some.get(flag) for some in KEPT)
        known = KNOWN[flag] = next(kept, None) or _read(notation, match_case)
    return known


def _read(notation: str, match_case: bool) -> Pattern:
    parser = Parser(notation, match_case)
    read = parser.alternation()
    ways = dict.fromkeys(tuple(frozenset(map(clue, some)) for some in way) for way in read.ways)
    return Pattern(notation, read.regex, tuple(ways), frozenset(map(opening, read.starts)), parser.lemmas, match_case)
