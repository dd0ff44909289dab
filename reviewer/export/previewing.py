"""Turns a file and the changes to it into a unified diff of what people read in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from reviewer import formats
from reviewer.export.changes import Change
from reviewer.export.correcting import corrected
from reviewer.export.diffing import diff
from reviewer.export.writing import save
from reviewer.formats.decoding import Encoding
from reviewer.formats.encoding import open_text
from reviewer.model import Document


def preview(path: Path, format: str, encoding: Encoding, changes: Sequence[Change]) -> Iterator[str]:
    """The diff, line by line: of the file or, where it is a zip file, of the segments of each of its documents, a line each."""
    if not formats.FORMATS[format].zipped:
        yield from diff(path, open_text(path, encoding), corrected(path, format, changes, encoding))
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        after = Path(folder) / path.name
        save(path, format, encoding, changes, after)
        for old, new in zip_longest(formats.read(path), formats.read(after)):
            name = (old or new).name
            yield from diff(path / name, _lines(old), _lines(new))


def _lines(document: Document | None) -> Iterator[str]:
    return (" ".join(segment.target.splitlines()) + "\n" for segment in (document.segments if document else ()))
