"""Documents and findings of one lint in, rows out: what is seen again keeps its decisions, what is not seen goes out of sight."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.model import Document, Finding, ReviewerError, Segment
from reviewer.store import copies
from reviewer.store.connection import insert
from reviewer.store.rows import comparable
from reviewer.version import version

if TYPE_CHECKING:
    from sqlite_utils import Database

ADD_RUN = "insert into runs (command, version, started) values (:command, :version, :started)"

ADD_DOCUMENT = """
insert into documents (path, name, format) values (?, ?, ?)
on conflict (path, name) do update set format = excluded.format
"""

ADD_PART = "insert into parts (document, part, run, sha256, encoding, segments, words) values (?, ?, ?, ?, ?, ?, ?)"

ADD_SEGMENT = "insert into segments (document, part, ordinal, key, kind, target, source) values (?, ?, ?, ?, ?, ?, ?)"

ADD_FINDING = """
insert into findings (
    document, part, first_run, last_run, fingerprint, rule, segment, ordinal, "start", "end", file_start, file_end,
    text, words, category, severity, confidence, message, fixes, related, also
) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (document, fingerprint) do update set
    part = excluded.part, last_run = excluded.last_run, rule = excluded.rule, segment = excluded.segment,
    ordinal = excluded.ordinal, "start" = excluded."start", "end" = excluded."end",
    file_start = excluded.file_start, file_end = excluded.file_end, text = excluded.text, words = excluded.words,
    category = excluded.category, severity = excluded.severity, confidence = excluded.confidence,
    message = excluded.message, fixes = excluded.fixes, related = excluded.related, also = excluded.also
"""

# A part that an earlier run saw and this one did not is gone from the file: the file got shorter, or lost a document.
DROP_VANISHED = """
delete from parts
where run < :run and document in (
    select id from documents
    where path in (select d.path from documents d join parts p on p.document = d.id where p.run = :run)
    and path not in (select value from json_each(:unread))
)
"""

# The same bytes as last time: what was found in them then is still where it was.
KEEP_UNSEEN = """
update findings set last_run = :run
from parts
where parts.document = :document and parts.part = :part and parts.sha256 = :sha256
and findings.document = :document and findings.part = :part and findings.last_run = parts.run
"""

FindingRow = tuple[str | int | float | None, ...]


def record(
    db: Database, path: str, document: Document, found: list[FindingRow], run: int, *, sha256: str, encoding: str, whole: bool
) -> int:
    """Writes one part of a document, inside the caller's transaction; gives the document's id.

    `path` is as stored, `found` from `finding_rows`.
    """
    db.conn.execute(ADD_DOCUMENT, (path, document.name, document.format))
    (key,) = db.conn.execute("select id from documents where path = ? and name = ?", (path, document.name)).fetchone()
    said = copies.carry_over(db, key, document, [str(row[0]) for row in found], sha256=sha256)
    if not whole:
        db.conn.execute(KEEP_UNSEEN, {"run": run, "document": key, "part": document.part, "sha256": sha256})
    # Replaced, not updated: the cascade takes the old segments away.
    db.conn.execute("delete from parts where document = ? and part = ?", (key, document.part))
    words = sum(len(segment.target.split()) for segment in document.segments)
    db.conn.execute(ADD_PART, (key, document.part, run, sha256, encoding, len(document.segments), words))
    db.conn.executemany(ADD_SEGMENT, _segment_rows(key, document))
    add(db, key, document.part, run, found)
    copies.say(db, key, run, said)
    return int(key)


def add(db: Database, document: int, part: int, run: int, rows: Iterable[FindingRow]) -> None:
    """Writes findings of a part, inside the caller's transaction; one that is there already moves to where it stands now."""
    db.conn.executemany(ADD_FINDING, ((document, part, run, run, *row) for row in rows))


def start(db: Database, command: str, at: str) -> int:
    """Adds a run, inside the caller's transaction; gives its id."""
    return insert(db, ADD_RUN, {"command": command, "version": version(), "started": at})


def finish(db: Database, run: int, at: str, unread: Iterable[str]) -> None:
    """Marks a run as complete, and takes out of sight what it no longer saw in the files it read; `unread` are stored paths."""
    db.conn.execute("update runs set finished = ? where id = ?", (at, run))
    db.conn.execute(DROP_VANISHED, {"run": run, "unread": json.dumps(list(unread))})


def stored_path(path: Path, folder: Path) -> str:
    """A path as stored: from the database's folder, with /, where it lies below it, so that the folder can be moved; else absolute.

    `-` (standard input) stays as it is. Symbolic links are followed, so one file has one name.
    """
    if str(path) == "-":
        return "-"
    whole = path.resolve()
    return (whole.relative_to(folder) if whole.is_relative_to(folder) else whole).as_posix()


def _segment_rows(key: int, document: Document) -> Iterator[tuple[int, int, int, str, str, str, str | None]]:
    for ordinal, segment in enumerate(document.segments):
        yield key, document.part, ordinal, segment.key, segment.kind, segment.target, segment.source


def finding_rows(document: Document, findings: Iterable[Finding]) -> Iterator[FindingRow]:
    """The findings of a document as rows, from the fingerprint on."""
    places = {segment.key: (ordinal, segment) for ordinal, segment in enumerate(document.segments)}
    for finding in findings:
        if finding.segment not in places:
            raise ReviewerError(
                f"{document.path}: rule {finding.rule} found something in {finding.segment!r}, which is no segment of it"
            )
        ordinal, segment = places[finding.segment]
        yield finding_row(finding, ordinal, segment)


def finding_row(finding: Finding, ordinal: int, segment: Segment) -> FindingRow:
    """A finding in the segment of that ordinal as a row, from the fingerprint on."""
    in_file = segment.in_file(finding.span)
    fixes = [{"text": fix.text, "safe": fix.safe} for fix in finding.fixes]
    related = [
        {"segment": other.segment, "start": other.span.start, "end": other.span.end, "text": other.text, "side": other.side}
        for other in finding.related
    ]
    return (
        finding.fingerprint,
        finding.rule,
        finding.segment,
        ordinal,
        finding.span.start,
        finding.span.end,
        in_file.start if in_file else None,
        in_file.end if in_file else None,
        finding.text,
        comparable(finding.text),
        finding.category,
        finding.severity,
        finding.confidence,
        finding.message,
        json.dumps(fixes, ensure_ascii=False),
        json.dumps(related, ensure_ascii=False),
        json.dumps(finding.also, ensure_ascii=False),
    )
