"""Finds many words and phrases in a text in one pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from reviewer.model import Span

_JOINS_BEFORE = ("-", "'", "’", "/", "&")
_JOINS_AFTER = ("-", "'", "’", "/")
_POSSESSIVE = re.compile(r"['’](?:s(?![\w'’-])|(?<=s['’])(?!\w))")


def search(literals: Sequence[str], *, possessive: bool = False) -> Callable[[str], Iterator[tuple[Span, str]]]:
    """A function that finds the literals, in lower case, where they stand on whole words; a line break counts as a space.

    An end of a literal that is a space or a hyphen needs no end of a word there. With `possessive`, a literal also counts
    before 's, or before an apostrophe after its own s; the span leaves both out.
    """
    from ahocorasick_rs import AhoCorasick

    find: Callable[..., list[tuple[int, int, int]]] = AhoCorasick(list(literals)).find_matches_as_indexes

    def places(text: str) -> Iterator[tuple[Span, str]]:
        lower = text.lower().replace("\n", " ")
        if len(lower) != len(text):  # a letter that grows in lower case, as the Turkish capital I with a dot
            lower = "".join(char.lower()[0] for char in text).replace("\n", " ")
        for number, start, end in find(lower, overlapping=True):
            literal, before, after = literals[number], lower[max(0, start - 1) : start], lower[end : end + 1]
            starts = literal[0] == " " or not (before.isalnum() or before in _JOINS_BEFORE)
            ends = literal[-1] in " -" or not (after.isalnum() or after in _JOINS_AFTER)
            if starts and (ends or (possessive and _POSSESSIVE.match(lower, end))):
                yield Span(start, end), literal

    return places
