"""Gives a finding the name by which yesterday's decision finds it again: rule, words, the words around them, no offset."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reviewer.model import Segment, Span

_CONTEXT_WORDS = 4
_CONTEXT = 80  # code points in which to look for them
_WORDS = re.compile(r"\w+")
_ONE_OF_SEVERAL = re.compile(r"(.+)-(\d+)/(\d+)")


class Copy(NamedTuple):
    """What a fingerprint says: the place, and which of how many identical ones in its part of the document, from 1."""

    place: str
    number: int
    of: int

    @property
    def fingerprint(self) -> str:
        """The place alone where it stands once, so that most fingerprints are plain hashes."""
        return self.place if self.of == 1 else f"{self.place}-{self.number}/{self.of}"


def place(rule: str, segment: Segment, span: Span, part: int) -> str:
    """A hash of the rule, the words and the words around them: stable when text moves or neighbours change."""
    before = _WORDS.findall(segment.target[max(0, span.start - _CONTEXT) : span.start].lower())[-_CONTEXT_WORDS:]
    after = _WORDS.findall(segment.target[span.end : span.end + _CONTEXT].lower())[:_CONTEXT_WORDS]
    quoted = " ".join(span.of(segment.target).split())
    said = "\0".join([rule, quoted, " ".join(before), " ".join(after), str(part or ""), "1"])
    return hashlib.sha256(said.encode()).hexdigest()[:20]


def fingerprints(places: Sequence[str]) -> Iterator[str]:
    """The fingerprints of all the places of a part, which come in reading order.

    A copy is named with their number: one more or less renames all of them, so that no decision slips from one to another.
    """
    of, seen = Counter(places), Counter[str]()
    for one in places:
        seen[one] += 1
        yield Copy(one, seen[one], of[one]).fingerprint


def copy_of(fingerprint: str) -> Copy:
    """The place that a fingerprint names."""
    found = _ONE_OF_SEVERAL.fullmatch(fingerprint)
    return Copy(found[1], int(found[2]), int(found[3])) if found else Copy(fingerprint, 1, 1)


def everywhere(rule: str, words: str, segments: Iterable[tuple[int, Segment]], part: int) -> list[tuple[int, Segment, Span, str]]:
    """All places of words in the segments of a part: the segment's ordinal, the segment, the span, the fingerprint."""
    found: list[tuple[int, Segment, Span]] = []
    for ordinal, segment in segments:
        at = segment.target.find(words)
        while at >= 0:
            found.append((ordinal, segment, Span(at, at + len(words))))
            at = segment.target.find(words, at + 1)
    names = fingerprints([place(rule, segment, span, part) for _, segment, span in found])
    return [(*where, name) for where, name in zip(found, names, strict=True)]
