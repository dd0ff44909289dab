"""Finds the cells in the decoded text of a CSV or TSV file: where each one stands, and whether it is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.model import ReviewerError, Span

DELIMITERS = ",;\t|"
SEP = re.compile(r'"?sep=([^\r\n"])"?(?:\r\n|\r|\n)', re.IGNORECASE)
"""A first line that says what stands between the cells, as Excel reads it; it is no row."""
FORMULA = frozenset("=+-@＝＋－＠")
"""How a cell begins that spreadsheet programs may run as a formula (OWASP, CSV Injection)."""
SAMPLE = 64
"""Rows that are looked at to tell the delimiter."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it reads as, and where its text stands in the file, without the quotes of a quoted one."""

    text: str
    file: Span
    quoted: bool


def rows(file: str, delimiter: str, place: str) -> Iterator[list[Cell]]:
    """The rows of a table, an empty line too. Raises ReviewerError with the line where a quote is not closed."""
    quoted = re.compile(rf'"((?:[^"]|"")*)"(?=[{re.escape(delimiter)}\r\n]|\Z)')
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    end = re.compile(r"\r\n|\r|\n")
    at = said.end() if (said := SEP.match(file)) else 0
    row: list[Cell] = []
    while at < len(file) or row:
        found = quoted.match(file, at)
        if found:
            row.append(Cell(found[1].replace('""', '"'), Span(*found.span(1)), True))
        else:
            if file.startswith('"', at) and delimiter != "\t":  # in many TSV files quotes are but quotes
                line = len(end.findall(file, 0, at)) + 1
                raise ReviewerError(
                    f"{place}: line {line}: the quote that opens a cell is not closed where it ends; write quotes inside it twice"
                )
            found = plain.match(file, at)
            assert found  # it matches nothing, too
            row.append(Cell(found[0], Span(*found.span()), False))
        at = found.end()
        if file.startswith(delimiter, at):
            at += 1
            continue
        yield row
        row = []
        line_end = end.match(file, at)
        at = line_end.end() if line_end else at


def delimiter_of(file: str, format: str) -> str:
    """What stands between the cells: a tab in tsv; in csv what SEP says, or what most often gives the first rows as many cells."""
    if format == "tsv":
        return "\t"
    if said := SEP.match(file):
        return said[1]
    return max(DELIMITERS, key=lambda one: _evenness(file, one))


def _evenness(file: str, delimiter: str) -> tuple[int, int]:
    """(rows that have as many cells as the first, cells of the first): nothing where the first has but one cell."""
    counts: list[int] = []
    try:
        for row in rows(file, delimiter, ""):
            counts.append(len(row))
            if len(counts) == SAMPLE:
                break
    except ReviewerError:  # with this delimiter, quotes are not closed
        if len(counts) < 2:
            return 0, 0
    if not counts or counts[0] < 2:
        return 0, 0
    return counts.count(counts[0]), counts[0]
