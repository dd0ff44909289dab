"""Turns places into CSV, a finding a row, that a spreadsheet can open without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from reviewer.printable import as_cell
from reviewer.report.place import Place

COLUMNS = (
    *("file", "doc", "segment", "line", "column", "state", "severity", "category", "rule", "confidence"),
    *("text", "message", "fix", "safe", "other_fixes", "decided", "fingerprint"),
)
"""The columns. `fix` is the first fix, `other_fixes` the rest, a line each; `decided` is what was accepted or edited instead."""


def rows(places: Iterable[Place]) -> Iterator[str]:
    """The names of the columns, then a row a finding."""
    yield _line(COLUMNS)
    for place in places:
        finding = place.finding
        first = finding.fixes[0] if finding.fixes else None
        yield _line(
            (
                place.file,
                place.document.name,
                finding.segment,
                str(place.begin.line) if place.begin else "",
                str(place.begin.column) if place.begin else "",
                str(place.state),
                str(finding.severity),
                finding.category,
                finding.rule,
                f"{finding.confidence:.3f}",
                finding.text,
                finding.message,
                first.text if first else "",
                ("yes" if first.safe else "no") if first else "",
                "\n".join(fix.text for fix in finding.fixes[1:]),
                place.decided or "",
                finding.fingerprint,
            )
        )


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(map(as_cell, cells))
    return out.getvalue()
