"""Errors that reviewers mark themselves: a marked span in, a finding out that later lints keep as long as its words stand there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reviewer.fingerprints import everywhere
from reviewer.model import Finding, Fix, ReviewerError, Segment, Severity, Span
from reviewer.store import recording
from reviewer.store.rows import OWN, Mark

if TYPE_CHECKING:
    from sqlite_utils import Database

MESSAGE = "Marked by a reviewer."

PLACE = """
select s.part, p.run, s.ordinal, s.target from segments s join parts p on p.document = s.document and p.part = s.part
where s.document = ? order by s.part, s.ordinal limit 1 offset ?
"""

HOLDING = """
select ordinal, key, target, source, kind from segments
where document = ? and part = ? and instr(target, ?) order by ordinal
"""

MARKED = "select fingerprint, text, category, severity, message, fixes from findings where document = ? and rule = ?"

ID = "select id from findings where document = ? and fingerprint = ?"


def mark(db: Database, document: int, made: Mark) -> int:
    """Adds a finding where a reviewer marked one, inside the caller's transaction; gives its id.

    Raises ReviewerError where there are no such words.
    """
    position, span = made.position, made.span
    row = db.conn.execute(PLACE, (document, position)).fetchone()
    if row is None or not 0 <= span.start < span.end <= len(row[3]) or made.words not in ("", span.of(row[3])):
        raise ReviewerError("these words are no longer in the document; lint it again")
    part, run, ordinal, target = row
    held = db.conn.execute(HOLDING, (document, part, span.of(target))).fetchall()
    segments = [(where, Segment(key, words, source, kind)) for where, key, words, source, kind in held]
    for where, segment, at, name in everywhere(OWN, span.of(target), segments, part):
        if (where, at) == (ordinal, span):
            texts = [] if made.text is None else [made.text]
            finding = _finding(segment, span, name, made.category, made.severity, made.message or MESSAGE, texts)
            placed = replace(segment, pieces=made.pieces)
            recording.add(db, document, part, run, [recording.finding_row(finding, ordinal, placed)])
            return int(db.conn.execute(ID, (document, name)).fetchone()[0])
    raise ReviewerError("these words cannot be marked; lint the document again")


def kept(db: Database, document: int, part: int, segments: Sequence[Segment]) -> Iterator[recording.FindingRow]:
    """The findings that reviewers marked and whose words still stand in a part that has just been read, as rows."""
    for name, words, category, severity, message, fixes in db.conn.execute(MARKED, (document, OWN)).fetchall():
        texts = [fix["text"] for fix in json.loads(fixes)]
        for ordinal, segment, span, found in everywhere(OWN, words, enumerate(segments), part):
            if found == name:
                finding = _finding(segment, span, name, category, Severity(severity), message, texts)
                yield recording.finding_row(finding, ordinal, segment)


def _finding(
    segment: Segment, span: Span, name: str, category: str, severity: Severity, message: str, texts: Iterable[str]
) -> Finding:
    return Finding(
        rule=OWN,
        segment=segment.key,
        span=span,
        text=span.of(segment.target),
        message=message,
        category=category,
        severity=severity,
        confidence=1.0,
        fixes=tuple(Fix(span, text) for text in texts),
        fingerprint=name,
    )
