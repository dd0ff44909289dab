"""Fits changes to a CSV or TSV file to the quotes of their cells, and never lets one make a formula of a cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reviewer.export.changes import Change, corrected_span
from reviewer.formats.table_cells import FORMULA, Cell, delimiter_of, rows
from reviewer.model import ReviewerError


def in_csv(text: str, changes: Iterable[Change]) -> list[Change]:
    """The changes to a CSV file: quotes written twice in a quoted cell; another gets quotes where it now needs some.

    Raises ReviewerError, without the file, where a cell that was text would begin as a formula.
    """
    return _in_cells(text, changes, delimiter_of(text, "csv"))


def in_tsv(text: str, changes: Iterable[Change]) -> list[Change]:
    """The changes to a TSV file, as those to a CSV file."""
    return _in_cells(text, changes, delimiter_of(text, "tsv"))


def _in_cells(text: str, changes: Iterable[Change], delimiter: str) -> list[Change]:
    ordered = sorted(changes)
    fitted: list[Change] = []
    at = 0
    for row in rows(text, delimiter, ""):
        for cell in row:
            first = at
            while at < len(ordered) and ordered[at].span.start <= cell.file.end:
                at += 1
            if first < at:
                fitted += _fitted(text, cell, ordered[first:at], delimiter)
        if at == len(ordered):
            break
    return fitted


def _fitted(text: str, cell: Cell, changes: list[Change], delimiter: str) -> Iterator[Change]:
    """The changes to one cell, or one that writes it anew."""
    before = cell.file.of(text)
    if "\r\n" not in before:  # inside a cell spreadsheets write LF, whatever ends the rows
        changes = [replace(change, text=change.text.replace("\r\n", "\n")) for change in changes]
    after = corrected_span(text, cell.file, changes)
    begins = after.lstrip()[:1]
    if begins in FORMULA and not before.lstrip().startswith(begins):
        raise ReviewerError(
            f'spreadsheets would take a cell that begins with "{begins}" for a formula; edit what makes it "{after.strip()[:40]}"'
        )
    if cell.quoted:
        yield from (replace(change, text=change.text.replace('"', '""')) for change in changes)
    elif any(mark in after for mark in (delimiter, "\r", "\n")) or after.startswith('"') > before.startswith('"'):
        yield Change(cell.file, '"' + after.replace('"', '""') + '"')
    else:
        yield from changes
