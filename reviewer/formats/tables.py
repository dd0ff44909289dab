"""Turns the chosen columns of a CSV or TSV file into segments, one a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from reviewer.formats.columns import BY_NAME, Chosen, Columns, choose, letters
from reviewer.formats.encoding import open_text
from reviewer.formats.markup.flow import Flow
from reviewer.formats.markup.tokens import Token
from reviewer.formats.parts import documents
from reviewer.formats.table_cells import Cell, delimiter_of, rows
from reviewer.model import Document, Segment

PART = re.compile(r'""|\r\n|\r|[^"\r]+|.')


def read_csv(path: Path, columns: Columns = BY_NAME) -> Iterator[Document]:
    """The documents of a CSV file: one, or several parts where it is very long. Raises ReviewerError."""
    return _read(path, "csv", columns)


def read_tsv(path: Path, columns: Columns = BY_NAME) -> Iterator[Document]:
    """The documents of a TSV file, as those of a CSV file."""
    return _read(path, "tsv", columns)


def _read(path: Path, format: str, columns: Columns) -> Iterator[Document]:
    file = "".join(open_text(path))
    table = rows(file, delimiter_of(file, format), str(path))
    first = next(table, [])
    if not file.strip():
        return documents(path, format, ())
    chosen = choose(columns, [cell.text for cell in first], str(path))
    return documents(path, format, _segments(file, first, table, chosen))


def _segments(file: str, first: list[Cell], others: Iterator[list[Cell]], chosen: Chosen) -> Iterator[Segment]:
    """The cells of the target columns, called as in a spreadsheet (`B12`); not those that are formulas."""
    for number, row in enumerate(others, 2) if chosen.first else enumerate(chain([first], others), 1):
        source = _text(row, chosen.source).strip() or None
        for column in chosen.targets:
            if _text(row, column).startswith("="):
                continue
            segment = _flow(file, row[column]).segment(f"{letters(column)}{number}", "cell", source) if column < len(row) else None
            if segment:
                yield segment


def _text(row: list[Cell], column: int | None) -> str:
    return row[column].text if column is not None and column < len(row) else ""


def _flow(file: str, cell: Cell) -> Flow:
    flow = Flow()
    if not cell.quoted:
        flow.add(Token("text", cell.file.start, cell.file.end, text=cell.text))
        return flow
    for match in PART.finditer(file, cell.file.start, cell.file.end):
        text = {'""': '"', "\r\n": "\n", "\r": "\n"}.get(match[0], match[0])
        flow.add(Token("text", *match.span(), text=text))
    return flow
