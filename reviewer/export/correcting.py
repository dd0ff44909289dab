"""Turns a decoded text and changes into the corrected text, as a stream."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reviewer.export.changes import Change
from reviewer.formats.encoding import Encoding, open_text
from reviewer.model import ReviewerError, Span

MARKERS = "*_~"
"""What opens and closes emphasis and strikethrough in Markdown."""
RUN = re.compile(r"\*+|_+|~+")
LINE_END = re.compile(r"\r\n|\r|\n")


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
    """The corrected text of a file; where there are changes, ReviewerError if its other bytes would not come back as they were."""
    if not changes:
        return open_text(path, encoding)
    if any(LINE_END.search(change.text) for change in changes):
        end = line_end(open_text(path, encoding))
        changes = [replace(change, text=LINE_END.sub(end, change.text)) for change in changes]
    chunks = open_text(path, encoding, exact=True)
    if format != "markdown":
        return correct(chunks, changes)
    text = "".join(chunks)
    return correct([text], without_empty_markup(text, changes))


def line_end(chunks: Iterable[str]) -> str:
    """The first line end of a text that comes in chunks; LF where there is none."""
    before = ""
    for chunk in chunks:
        text = before + chunk
        found = LINE_END.search(text)
        if found and (found[0] != "\r" or found.end() < len(text)):
            return found[0]
        before = "\r" if found else ""  # it may be the first half of a CRLF
    return before or "\n"


def without_empty_markup(text: str, changes: Iterable[Change]) -> list[Change]:
    """The changes, and the deletion of the emphasis marks of a Markdown text that would be left with nothing between them.

    Without it, deleting "old" from "an **old** bus" would leave "an **** bus", which a reader sees as asterisks.
    """
    ordered = sorted(changes)
    emptied: list[Change] = []
    before: list[Span] = []  # marks that stand right before the next change, the nearest last
    reached = -1
    for change in ordered:
        if reached < 0 or text[reached : change.span.start].strip(MARKERS):
            before = _marks_before(text, change.span.start)
        if change.text:
            before = []
        for mark in _marks_after(text, change.span.end):
            if before and before[-1].of(text) == mark.of(text):
                emptied += [Change(before.pop(), ""), Change(mark, "")]
            else:
                before.append(mark)
        reached = change.span.end
    return sorted([*ordered, *emptied])


def _marks_before(text: str, at: int) -> list[Span]:
    start = at
    while start and text[start - 1] in MARKERS:
        start -= 1
    if start < at and text[max(0, start - 1)] == "\\":
        start += 1  # the first of them is a plain character
    return [Span(*match.span()) for match in RUN.finditer(text, start, at)]


def _marks_after(text: str, at: int) -> list[Span]:
    end = at
    while end < len(text) and text[end] in MARKERS:
        end += 1
    return [Span(*match.span()) for match in RUN.finditer(text, at, end)]
