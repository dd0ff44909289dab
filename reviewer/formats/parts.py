"""Gathers segments into documents, several for one very long file, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from reviewer.model import Document, Segment

LARGEST_TEXT = 200 << 20
"""Bytes of a file, or of a member of a zip file, that has to be held in memory as a whole, of which it takes many times as much."""
PART = 2_000_000
"""Code points of target and source in one document, at most; a single longer segment is a document of its own."""


def documents(path: Path, format: str, segments: Iterable[Segment]) -> Iterator[Document]:
    """The segments of a file as documents with a rising `part`, cut between segments; one without segments for an empty file."""
    held: list[Segment] = []
    size = part = 0
    for segment in segments:
        length = len(segment.target) + len(segment.source or "")
        if held and size + length > PART:
            yield Document(path, format, tuple(held), part=part)
            held, size, part = [], 0, part + 1
        held.append(segment)
        size += length
    if held or not part:
        yield Document(path, format, tuple(held), part=part)
