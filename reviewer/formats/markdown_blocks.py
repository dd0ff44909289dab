"""Finds where the content of a Markdown block, which the parser gives without indents and quote marks, stands in the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile

from reviewer.model import Piece, Span

Place = tuple[Piece, ...]
"""Runs of a block's content (`start`) in the file (`file_start`), in order; empty where it was not found with certainty.

The line break inside a content is one piece that also covers the indent and the quote marks of the next line.
"""

CLOSING_HASHES = re.compile(r"[ \t]+#+[ \t]*$")
CELL_BORDER = re.compile(r"(?<!\\)\|")  # GFM 4.10: a pipe is escaped even inside a code span


def place_lines(content: str, lines: Sequence[Span], text: str) -> Place:
    """The place of a paragraph: every line of its content is the end of a line of the file."""
    pieces: list[Piece] = []
    at = 0
    lines = list(dropwhile(lambda line: line.of(text).isspace(), lines))  # no-break or ideographic spaces, which the parser strips
    for i, row in enumerate(content.split("\n")):
        words = row.lstrip(" \t")
        start = _at_the_end(words, lines[i], text) if i < len(lines) else None
        if start is None or not words:
            return ()
        if pieces:
            end = pieces[-1].file_start + pieces[-1].file_length
            pieces.append(Piece(at - 1, end, 1, start - end))
        pieces.append(Piece(at + len(row) - len(words), start, len(words), len(words)))
        at += len(row) + 1
    return tuple(pieces)


def place_heading(content: str, line: Span, text: str) -> Place:
    """The place of a heading opened by `#`, which may be closed by such signs too."""
    closing = CLOSING_HASHES.search(line.of(text))
    start = _at_the_end(content, Span(line.start, line.start + closing.start()) if closing else line, text)
    return () if start is None or not content else (Piece(0, start, len(content), len(content)),)


def place_cells(contents: Sequence[str], line: Span, text: str) -> list[Place]:
    """The places of the cells of one table row, where `\\|` in the file is `|` in a content."""
    borders = [line.start + match.start() for match in CELL_BORDER.finditer(line.of(text))]
    cells = [Span(start, end) for start, end in zip([line.start, *(at + 1 for at in borders)], [*borders, line.end], strict=True)]
    # the text before a leading pipe (nothing, or the marks of a quote or list) is no cell, and a row may lack its last cells
    readings = [cells + [Span(line.end, line.end)] * len(contents), cells[1:] + [Span(line.end, line.end)] * len(contents)]
    fitting = [
        reading
        for outer, reading in zip((True, False), readings, strict=True)
        if all(
            _is_cell(content, cell.of(text), outer and i == 0)
            for i, (content, cell) in enumerate(zip(contents, reading, strict=False))
        )
    ]
    if len(fitting) != 1:
        return [()] * len(contents)
    return [_place_cell(content, cell, text) for content, cell in zip(contents, fitting[0], strict=False)]


def _at_the_end(words: str, line: Span, text: str) -> int | None:
    """Where the words begin that end the line; white space after them counts only if it is theirs."""
    found = line.of(text)
    if not found.endswith(words):
        found = found.rstrip()
    return line.start + len(found) - len(words) if found.endswith(words) else None


def _is_cell(content: str, cell: str, after_marks: bool) -> bool:
    written = cell.replace("\\|", "|").strip()
    return written.endswith(content) if after_marks else written == content.strip()


def _place_cell(content: str, cell: Span, text: str) -> Place:
    """The place of a cell that ends with `content`; every pipe in a content is written with a backslash."""
    pieces: list[Piece] = []
    at = 0
    file_at = cell.start + len(cell.of(text).rstrip()) - len(content) - content.count("|")
    for i, run in enumerate(content.split("|")):
        if i:
            pieces.append(Piece(at, file_at, 1, 2))
            at, file_at = at + 1, file_at + 2
        if run:
            pieces.append(Piece(at, file_at, len(run), len(run)))
            at, file_at = at + len(run), file_at + len(run)
    return tuple(pieces)
