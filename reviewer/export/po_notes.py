"""Adds to a PO file what a reviewer said of a change, as a comment of a translator on its entry."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from reviewer.export.changes import Change, Note
from reviewer.formats.lines import line_end
from reviewer.formats.po_entries import entries
from reviewer.model import Span
from reviewer.printable import printable


def with_comments(text: str, changes: Iterable[Change]) -> list[Change]:
    """The changes in order, with those that write the note of each decision as a comment. `text` is the decoded file."""
    made = sorted(changes)
    noted = deque(change for change in made if change.note and change.note.words)
    end = line_end([text])
    for entry in entries(text, "") if noted else ():
        last = max(span.end for strings in entry.strings.values() for span in strings)
        notes: dict[int, Note] = {}  # a decision may make several changes
        while noted and noted[0].span.start <= last:
            change = noted.popleft()
            notes |= {id(change.note): change.note} if change.note else {}
        if notes and entry.place is not None:
            said = dict.fromkeys(printable(str(note)) for note in notes.values())  # once, also where both plurals say it
            made.append(Change(Span(entry.place, entry.place), "".join(f"# {one}{end}" for one in said)))
    return sorted(made)
