"""Finds a rule's pattern in a text and says what its parts matched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from reviewer.checks.phrase.notation import Parser, PatternError, Ways
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

    `regex` is a regular expression for text in lower case, unless `match_case`. `ways` are the ways to match it, as literals
    to look for first: every match holds what one of the ways asks for. `starts` are literals with one of which every match
    begins, a space before it, or a sign and then one of them; none where nobody knows. `lemmas` are the words of each <...> by
    group name.
    """

    notation: str
    regex: str
    ways: Ways
    starts: frozenset[str]
    lemmas: Mapping[str, tuple[str, ...]]
    match_case: bool = False

    @property
    def says_nothing(self) -> bool:
        """Whether it could match a text without any word to look for."""
        return not all(self.ways)

    def __getstate__(self) -> dict[str, object]:
        """What is kept between runs; a compiled expression is not."""
        return {name: value for name, value in self.__dict__.items() if name != "compiled"}

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Raises PatternError."""
        try:
            return re.compile(self.regex)
        except re.error as error:
            raise PatternError(f"{error.msg} in {self.notation!r}") from None

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

    def matches_at(self, text: str, places: Iterable[int], *, reach: int = 0) -> Iterator[Match]:
        """The matches among those that begin at one of some places, or with a sign right before it, in order, none over another."""
        cased = text if self.match_case else lower(text)
        at = 0
        for place in chain.from_iterable((one - 1, one) if one and cased[one - 1] in _SIGNS else (one,) for one in places):
            if place >= at and _begins_a_word(cased, place):
                found = self.compiled.match(cased, place, place + reach)
                if found and found.end() > place:
                    yield _match(text, found)
                    at = found.end()


def _match(text: str, found: re.Match[str]) -> Match:
    groups = {name: Span(*found.span(name)) for name, words in found.groupdict().items() if words is not None}
    return Match(text, Span(*found.span()), groups)


class _Spaces(dict[int, str]):
    """For str.translate: letters, digits and _ stay, anything else becomes a space."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char if _is_letter(char) else " "
        return self[code]


_SPACES = _Spaces()


def searched(text: str) -> str:
    """The text in which a pattern's literals are looked for: words in lower case, one space between them and at both ends."""
    return f" {' '.join(lower(text).translate(_SPACES).split())} "


_WORD = re.compile(r"\w+")
_SIGNS = frozenset("\"'“”„‘’([（【《「-‐‑–—|,;:")  # with which a pattern may begin


def word_starts(text: str) -> list[int]:
    """Where each word begins in a text: the one after the nth space of `searched(text)` is the nth of them, from 0."""
    return [word.start() for word in _WORD.finditer(text)]


@lru_cache(maxsize=8)  # every pattern that may match asks for the same text
def lower(text: str) -> str:
    """The text in lower case, each character still in its place (the capital of the Turkish dotless i would become two)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def _begins_a_word(text: str, at: int) -> bool:
    """Whether no letter, nor a letter with a hyphen, stands right before: `fist` does not begin in `two-fist`."""
    if at == 0 or not _is_letter(text[at]):
        return True
    return not (_is_letter(text[at - 1]) or (text[at - 1] == "-" and at > 1 and _is_letter(text[at - 2])))


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"


KNOWN: dict[tuple[str, bool], Pattern] = {}
"""Every pattern read so far, by its notation and whether capitals count."""


def parse(notation: str, *, match_case: bool = False) -> Pattern:
    """Reads a pattern, once. Raises PatternError with the place in the notation."""
    known = KNOWN.get((notation, match_case))
    if known is None:
        parser = Parser(notation, match_case)
        read = parser.alternation()
        known = KNOWN[(notation, match_case)] = Pattern(notation, read.regex, read.ways, read.starts, parser.lemmas, match_case)
    return known
