"""Turns the chosen columns of an Excel workbook into segments, one a cell; what a formula gives is left out."""

from __future__ import annotations

import html
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reviewer.formats.columns import BY_NAME, Chosen, Columns, choose, letters
from reviewer.formats.markup.tokens import attribute
from reviewer.formats.markup.xml import tokens
from reviewer.formats.xlsx_cells import Cell, String, cells, strings
from reviewer.formats.zipped import Container, container
from reviewer.model import Document, ReviewerError, Segment

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
ESCAPE_MARK = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")


def read(path: Path, columns: Columns = BY_NAME) -> Iterator[Document]:
    """The shared strings of a workbook (.xlsx, .xlsm) as one document, then a document for each sheet with texts of its own.

    Each is named by its place in the file, each cell as in a formula: `Sheet1!B12`; a string that several cells share is one
    segment, called as the first of them. Raises ReviewerError where no sheet has the columns, or the file is not sound.
    """
    with container(path) as file:
        sheets, shared_member = _parts(file)
        shared = list(strings(file.text(shared_member)[0], f"{path}: {shared_member}")) if shared_member else []
        of_shared: dict[int, Segment] = {}
        elsewhere: set[int] = set()
        others: list[Document] = []
        read_some = False
        for name, member in sheets.items():
            rows = _rows(cells(file.text(member)[0], f"{path}: {member}"))
            try:
                chosen = _chosen(rows, shared, columns, f"{path}: sheet {name!r}")
            except ReviewerError:
                if not read_some and name == [*sheets][-1]:
                    raise
                elsewhere |= {cell.shared for row in rows.values() for cell in row.values() if cell.shared is not None}
                continue
            read_some = True
            own = []
            for key, cell, source in _cells(rows, shared, chosen, elsewhere):
                called = f"{name}!{key}"
                if cell.shared is None:
                    segment = cell.flow.segment(called, "cell", source) if cell.flow else None
                    own += [segment] if segment else []
                elif cell.shared not in of_shared and cell.shared < len(shared):
                    segment = shared[cell.shared].flow.segment(called, "cell", source)
                    if segment:
                        of_shared[cell.shared] = segment
            if own:
                others.append(Document(path, "xlsx", tuple(own), member))
    # a string that a cell elsewhere shows too cannot be corrected here alone
    placed = (replace(segment, pieces=()) if number in elsewhere else segment for number, segment in of_shared.items())
    if of_shared or not others:
        yield Document(path, "xlsx", tuple(placed), shared_member)
    yield from others


def escape(text: str, kind: str = "cell") -> str:
    """The text as it is written in a string of a workbook."""
    return html.escape(ESCAPE_MARK.sub("_x005F_", text), quote=False)


def _parts(file: Container) -> tuple[dict[str, str], str]:
    """The members of the sheets by their names, in order, and that of the shared strings, "" where there is none."""
    text, _ = file.text(RELATIONS)
    targets: dict[str, str] = {}
    shared = ""
    for token in tokens(text, f"{file.path}: {RELATIONS}"):
        if token.kind == "start" and token.name == "Relationship":
            target = posixpath.normpath(posixpath.join("/xl", attribute(text, token, "Target"))).lstrip("/")
            targets[attribute(text, token, "Id")] = target
            if attribute(text, token, "Type").endswith("/sharedStrings"):
                shared = target
    text, _ = file.text(WORKBOOK)
    sheets = {
        attribute(text, token, "name"): targets.get(attribute(text, token, "id"), "")
        for token in tokens(text, f"{file.path}: {WORKBOOK}")
        if token.kind == "start" and token.name == "sheet"
    }
    kept = {name: member for name, member in sheets.items() if member.startswith("xl/worksheets/")}  # not charts
    if not kept:
        raise ReviewerError(f"{file.path}: this workbook has no sheet of cells; check that it is the right file")
    return kept, shared


def _rows(found: Iterator[Cell]) -> dict[int, dict[int, Cell]]:
    """The cells by row and column, both from 0."""
    rows: dict[int, dict[int, Cell]] = defaultdict(dict)
    for cell in found:
        rows[cell.row][cell.column] = cell
    return rows


def _text(cell: Cell | None, shared: Sequence[String]) -> str:
    if cell is None:
        return ""
    if cell.shared is not None:
        return shared[cell.shared].text if cell.shared < len(shared) else ""
    return cell.flow.text() if cell.flow else ""


def _chosen(rows: Mapping[int, Mapping[int, Cell]], shared: Sequence[String], columns: Columns, place: str) -> Chosen:
    """The columns of a sheet to read, and its first row of cells."""
    top = min(rows, default=0)
    first = rows.get(top, {})
    names = [_text(first.get(number), shared) for number in range(max(first, default=-1) + 1)]
    chosen = choose(columns, names, place)
    return replace(chosen, first=top + chosen.first)


def _cells(
    rows: Mapping[int, Mapping[int, Cell]], shared: Sequence[String], chosen: Chosen, elsewhere: set[int]
) -> Iterator[tuple[str, Cell, str | None]]:
    """The cells to review with their names and sources; the strings of the others are added to `elsewhere`."""
    for number in sorted(rows):
        row = rows[number]
        for column in sorted(row):
            cell = row[column]
            if number < chosen.first or column not in chosen.targets:
                elsewhere |= set() if cell.shared is None else {cell.shared}
                continue
            source = None if chosen.source is None else _text(row.get(chosen.source), shared).strip() or None
            yield f"{letters(column)}{number + 1}", cell, source
