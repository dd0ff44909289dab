"""Turns a decoded text and changes into the corrected text, as a stream."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reviewer.export.changes import Change, holdable
from reviewer.export.settling import SETTLED, settled
from reviewer.formats.decoding import Encoding
from reviewer.formats.encoding import open_text
from reviewer.formats.lines import LINE_END, line_end
from reviewer.model import ReviewerError


def correct(chunks: Iterable[str], changes: Iterable[Change]) -> Iterator[str]:
    """The text that comes in chunks, with the changes made; each replacement is a chunk of its own.

    Raises ReviewerError where two changes overlap or the text ends before one of them.
    """
    todo = deque(sorted(changes))
    offset = done = 0  # where the chunk begins, and up to where the text has been dealt with
    for chunk in chunks:
        end = offset + len(chunk)
        while todo and todo[0].span.start < end:
            change = todo.popleft()
            if change.span.start < done:
                raise ReviewerError(
                    f'two changes overlap at character {change.span.start}: "{change.text}" is the second; undo one'
                )
            if change.span.start > done:
                yield chunk[done - offset : change.span.start - offset]
            if change.text:
                yield change.text
            done = change.span.end
        if done < end:
            yield chunk[max(0, done - offset) :]
            done = end
        offset = end
    if done > offset or any(change.span.end > offset for change in todo):
        raise ReviewerError("the file is shorter than when it was reviewed; lint it again")
    yield from (change.text for change in todo)


def corrected(path: Path, format: str, changes: Sequence[Change], encoding: Encoding | None = None) -> Iterator[str]:
    """The corrected text of a file that is no zip file.

    Raises ReviewerError where there are changes and its other bytes would not come back as they were.
    """
    if not changes:
        return open_text(path, encoding)
    if any(LINE_END.search(change.text) for change in changes):
        end = line_end(open_text(path, encoding))
        changes = [replace(change, text=LINE_END.sub(end, change.text)) for change in changes]
    if encoding:
        changes = _with_holdable_notes(changes, encoding.name)
    chunks = open_text(path, encoding, exact=True)
    if format not in SETTLED:
        return correct(chunks, changes)
    text = "".join(chunks)
    try:
        return correct([text], settled(format, text, changes))
    except ReviewerError as error:
        raise ReviewerError(f"{path}: {error}") from None


def _with_holdable_notes(changes: Sequence[Change], codec: str) -> list[Change]:
    """The changes with notes that an encoding can hold; those of one decision still have one note."""
    held = {id(change.note): holdable(change.note, codec) for change in changes if change.note}
    return [replace(change, note=held[id(change.note)]) if change.note else change for change in changes]
