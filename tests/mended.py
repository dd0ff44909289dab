"""Reads files and corrects them as the command line does, for the tests of formats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reviewer import export, formats
from reviewer.export import Change, Decided, Note
from reviewer.model import Document, Segment, Span

DATA = Path(__file__).parent / "data" / "formats"


def segments(path: Path) -> list[Segment]:
    """The segments of all documents of a file."""
    return [segment for document in formats.read(path) for segment in document.segments]


def targets(path: Path) -> list[str]:
    """What a reader sees in a file, a segment each."""
    return [segment.target for segment in segments(path)]


def mend(path: Path, *replaced: tuple[str, str], note: str | None = None) -> Path:
    """Writes a copy of a file in which all places of some words are others, tracked if there is a note; gives the copy."""
    changes: list[Change] = []
    for document in formats.read(path):
        decided = [one for words, others in replaced for one in decisions(document, words, others)]
        notes = {one: Note("Li <&> Ana", "2026-01-02T05:04:05+02:00", note) for one in decided} if note is not None else {}
        changes += export.changes_for(document, decided, notes)
    assert changes
    copy = path.with_name(f"mended-{path.name}")
    export.save(path, formats.format_of(path), formats.encoding_of(path), changes, copy)
    return copy


def decisions(document: Document, words: str, others: str) -> Sequence[Decided]:
    """A decision for each place of some words that may be reviewed."""
    found: list[Decided] = []
    for segment in document.segments:
        at = segment.target.find(words)
        while at >= 0:
            span = Span(at, at + len(words))
            if not any(opaque.covers(span) for opaque in segment.opaque):
                found.append((segment.key, span, others))
            at = segment.target.find(words, span.end)
    return found
