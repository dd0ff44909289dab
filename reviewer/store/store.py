"""The Store: findings and decisions in one SQLite file; what a lint saw goes in, what is left to review comes out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from reviewer.model import Decision, Document, Finding, ReviewerError, Segment, Verdict
from reviewer.store import deciding, marking, readings, recording, rows, suppressing, surprisals, undoing
from reviewer.store.connection import BUSY_SECONDS, connect, plain_errors, writing
from reviewer.store.ledger import Ledger
from reviewer.store.rows import Scope, StoredDocument, StoredFinding, Suppression

if TYPE_CHECKING:
    from sqlite_utils import Database

HISTORY = "select f.fingerprint, d.* from decisions d join findings f on f.id = d.finding where d.finding = ? order by d.id"

STATES = "select fingerprint, state from finding_states where document = ?"

ENTRIES = """
select id, document, rule, category, severity, confidence, words, state from finding_states
where present {where} order by document, part, ordinal, "start", "end", id
"""

TEXTS = """
select id, fixes, text || char(10) || message || char(10) || rule || char(10) || coalesce(decision_text, '') || char(10) || note
from finding_states where present
"""

SAFE = """
select id from finding_states
where present and state = 'open' and json_extract(fixes, '$[0].safe') order by document, part, ordinal, "start", "end", id
"""

TARGETS = "select target from segments where document = ? order by part, ordinal"

PULSE = """
select
    (select coalesce(max(id), 0) from decisions) as decisions,
    (select coalesce(max(id), 0) from suppressions) as suppressions,
    (select coalesce(max(id), 0) from runs where finished is not null) as runs
"""

HIDING = """
select id from active_suppressions
where coalesce(words, :words) = :words and coalesce(rule, :rule) = :rule and coalesce(document, :document) is :document
"""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Store:
    """An open database. Every method that changes it has committed when it returns; every error is a ReviewerError.

    Use it in the thread that opened it; open a second one for another thread. Reviewers on one file see each other's
    decisions at the next call and wait for each other up to `wait` seconds.
    """

    def __init__(self, db: Database, path: Path) -> None:
        self.path = path
        self.folder = path.resolve().parent
        self._db = db

    @classmethod
    def open(cls, path: Path, *, create: bool = True, wait: float = BUSY_SECONDS) -> Self:
        """Opens the database at `path`; makes it if missing, unless `create` is false.

        Without `create`, a file that may not be written to is opened for reading.
        """
        return cls(connect(path, create=create, wait=wait), path)

    def close(self) -> None:
        """Closes the file; the Store is of no use after it."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # What a lint writes

    def start_run(self, command: str) -> int:
        """Notes that a lint begins, by which command and version; gives the id of the run."""
        with self._writing():
            return recording.start(self._db, command, _now())

    def finish_run(self, run: int, *, unread: Iterable[Path] = ()) -> None:
        """Notes that a lint is complete: parts and documents of its files that it did not see are now out of sight.

        `unread` are files that could not be read to their end: what earlier lints saw in them stays.
        """
        paths = [recording.stored_path(path, self.folder) for path in unread]
        with self._writing():
            recording.finish(self._db, run, _now(), paths)

    def record(
        self,
        document: Document,
        findings: Iterable[Finding],
        run: int,
        *,
        sha256: str,
        encoding: str,
        whole: bool = True,
    ) -> None:
        """Writes one part of a document with its findings, in one transaction; `sha256` and `encoding` are the file's.

        A finding whose fingerprint the document already has keeps its id and its decisions; one that is not among
        `findings` goes out of sight, and comes back with its decisions when a later lint finds it again. `whole` is false
        where only some rules took part: then what an earlier lint found in the same bytes stays in sight.
        """
        found = list(recording.finding_rows(document, findings))  # the checks run here, before the database is locked
        path = recording.stored_path(document.path, self.folder)
        with self._writing(durable=False):  # a lint can be run again, and a wait for the disk at each document adds up
            key = recording.record(self._db, path, document, found, run, sha256=sha256, encoding=encoding, whole=whole)
            recording.add(self._db, key, document.part, run, marking.kept(self._db, key, document.part, document.segments))

    def begin_file(self, path: Path, reading: str) -> None:
        """Notes how a file is read (`Reading.as_json`), and that what is recorded of it is not complete until `end_file`."""
        with self._writing(durable=False):
            readings.put(self._db, recording.stored_path(path, self.folder), reading, "", "")

    def end_file(self, path: Path, reading: str, sha256: str, settings: str, run: int) -> None:
        """Notes that a file with these bytes was recorded to its end, with these `settings`: a hash of rules and options.

        Parts and documents that the run did not see in it are now out of sight.
        """
        stored = recording.stored_path(path, self.folder)
        with self._writing(durable=False):
            readings.put(self._db, stored, reading, sha256, settings)
            readings.drop_unseen(self._db, stored, run)

    def surprisals(self, model: str, texts: Sequence[str]) -> dict[str, bytes]:
        """What a language model said of texts, as far as it is kept; both are named by hashes."""
        with plain_errors(self.path):
            return surprisals.find(self._db, model, texts)

    def keep_surprisals(self, model: str, found: Mapping[str, bytes]) -> None:
        """Keeps what a language model said of texts."""
        with self._writing(durable=False):
            surprisals.keep(self._db, model, found)

    def is_current(self, path: Path, reading: str, sha256: str, settings: str) -> bool:
        """Whether these bytes were recorded to their end, read like this, with these settings."""
        return self._reading(path) == (reading, sha256, settings)

    def reading(self, path: Path) -> str:
        """How a file was read by its last lint, for `reading.from_json`."""
        return self._reading(path)[0]

    def _reading(self, path: Path) -> tuple[str, str, str]:
        with plain_errors(self.path):
            return readings.of(self._db, recording.stored_path(path, self.folder))

    # What a review reads

    def documents(self, path: Path | None = None) -> list[StoredDocument]:
        """All documents, or those of one file, in the order of their path and then of their first lint, with their progress."""
        where = "where path = :path" if path else ""
        values = {"path": recording.stored_path(path, self.folder)} if path else {}
        return [
            rows.document_of(row, self.folder)
            for row in self._query(f"select * from progress {where} order by path, document", values)
        ]

    def document_ids(self, path: Path | None = None) -> list[int]:
        """The same documents by their ids alone: for a large database, a tenth of the time."""
        where = "and path = :path" if path else ""
        values = {"path": recording.stored_path(path, self.folder)} if path else {}
        sql = f"select id from documents d where exists (select 1 from parts where document = d.id) {where} order by path, id"
        return [row["id"] for row in self._query(sql, values)]

    def document(self, path: Path, name: str = "") -> StoredDocument | None:
        """One document, None if it was never linted or is no longer in its file."""
        return next((document for document in self.documents(path) if document.name == name), None)

    def segments(self, document_id: int, first: int = 0, count: int | None = None) -> list[Segment]:
        """The document's segments in reading order, without `pieces` and `opaque`: all, or `count` of them from index `first`."""
        sql = "select * from segments where document = ? order by part, ordinal limit ? offset ?"
        found = self._query(sql, [document_id, -1 if count is None else count, max(first, 0)])
        return [Segment(row["key"], row["target"], row["source"], row["kind"]) for row in found]

    def findings(
        self, document_id: int, *, states: Collection[Verdict] | None = None, rule: str | None = None
    ) -> list[StoredFinding]:
        """What the latest lint found in a document, in reading order: all, or only those in `states`, or of one rule."""
        sql = 'select * from finding_states where document = ? and present order by part, ordinal, "start", "end", id'
        found = (rows.finding_of(row) for row in self._query(sql, [document_id]) if rule in (None, row["rule"]))
        return [finding for finding in found if states is None or finding.state in states]

    def finding(self, finding_id: int) -> StoredFinding:
        """One finding, also one that is out of sight. Raises ReviewerError where there is none of that id."""
        found = self._query("select * from finding_states where id = ?", [finding_id])
        if not found:
            raise ReviewerError(f"{self.path}: there is no finding {finding_id}; list them with `reviewer report`")
        return rows.finding_of(found[0])

    def findings_of(self, finding_ids: Sequence[int]) -> list[StoredFinding]:
        """Several findings, in the order asked for, also those that are out of sight; without those that are not there."""
        sql = "select * from finding_states where id in (select value from json_each(?))"
        found = {row["id"]: rows.finding_of(row) for row in self._query(sql, [json.dumps(list(finding_ids))])}
        return [found[one] for one in finding_ids if one in found]

    def entries(self, document_ids: Collection[int] | None = None) -> list[rows.Entry]:
        """What the latest lints found, in few words, document by document in reading order: in all of them, or only in some."""
        where = "" if document_ids is None else "and document in (select value from json_each(?))"
        values = [] if document_ids is None else [json.dumps(list(document_ids))]
        with plain_errors(self.path):
            return [rows.Entry._make(row) for row in self._db.conn.execute(ENTRIES.format(where=where), values)]

    def matching(self, text: str) -> set[int]:
        """The ids of the findings that have a text, in any case, in their words, message, rule, fixes, decision or note."""
        wanted = text.casefold()
        in_json = json.dumps(wanted, ensure_ascii=False)[1:-1]
        with plain_errors(self.path):  # not by SQLite's lower(), which knows A to Z only
            return {
                finding
                for finding, fixes, texts in self._db.conn.execute(TEXTS)
                if wanted in texts.casefold()
                or (in_json in fixes.casefold() and any(wanted in fix["text"].casefold() for fix in json.loads(fixes)))
            }

    def safe_findings(self) -> list[int]:
        """The open findings whose first fix is right wherever the finding is, document by document in reading order."""
        return [row["id"] for row in self._query(SAFE)]

    def paragraph_with(self, document_id: int, text: str, after: int) -> int | None:
        """The position of the next paragraph after `after` that holds a text, in any case, round the end; None where none does."""
        with plain_errors(self.path):
            targets = self._db.conn.execute(TARGETS, [document_id])
            found = [position for position, (target,) in enumerate(targets) if text.casefold() in target.casefold()]
        return next((one for one in found if one > after), found[0] if found else None)

    def history(self, finding_id: int) -> list[Decision]:
        """Everything that was ever said of a finding, oldest first; an undo is a row that states the earlier verdict again."""
        return [rows.decision_of(row) for row in self._query(HISTORY, [finding_id])]

    def open_only(self, document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Those of a document's findings that nobody has decided and no suppression hides, recorded or not."""
        document_id = self._document_id(document.path, document.name)
        known = {row["fingerprint"]: row["state"] for row in self._query(STATES, [document_id])}
        for finding in findings:
            state = known.get(finding.fingerprint)
            if state == Verdict.OPEN or (state is None and not self._suppressed(finding, document_id)):
                yield finding

    def found_before(self, document: Document) -> list[Finding]:
        """What the last lint found in a document or part of one, in order, decided or not; without what reviewers marked."""
        document_id = self._document_id(document.path, document.name)
        keys = {segment.key for segment in document.segments}
        found = [] if document_id is None else [one.finding for one in self.findings(document_id)]
        return [finding for finding in found if finding.rule != rows.OWN and finding.segment in keys]

    def changes(self) -> int:
        """A number that changes whenever another connection has written: read it to know when to read again."""
        return int(self._query("pragma data_version")[0]["data_version"])

    def pulse(self) -> rows.Pulse:
        """How far both logs and the lints have come."""
        return rows.Pulse(**self._query(PULSE)[0])

    def last_decided(self, reviewer: str) -> StoredFinding | None:
        """The finding that a reviewer decided last, in any session; None where they have decided none."""
        found = self._query("select finding from decisions where reviewer = ? order by id desc limit 1", [reviewer])
        return self.finding(found[0]["finding"]) if found else None

    def decided_since(self, decision: int) -> list[int]:
        """The findings that anybody has decided after the decision of that id."""
        return [row["finding"] for row in self._query("select distinct finding from decisions where id > ?", [decision])]

    def habit(self, reviewer: str, name: str) -> object:
        """What was kept under a name for a reviewer, as it was; None where nothing was."""
        found = self._query("select value from habits where reviewer = ? and name = ?", [reviewer, name])
        return json.loads(found[0]["value"]) if found else None

    def keep_habit(self, reviewer: str, name: str, value: object) -> None:
        """Keeps how a reviewer likes to see things; `value` is anything that JSON can say."""
        with self._writing(durable=False):
            self._db.conn.execute("insert or replace into habits values (?, ?, ?)", (reviewer, name, json.dumps(value)))

    # What a reviewer says

    def decide(self, finding_id: int, verdict: Verdict, *, text: str | None = None, reviewer: str, note: str = "") -> Decision:
        """Adds a decision to the log. `text` replaces the words: needed to edit; to accept, the first fix if not given."""
        return self.decide_all([finding_id], verdict, text=text, reviewer=reviewer, note=note)[0]

    def decide_all(
        self, finding_ids: Iterable[int], verdict: Verdict, *, text: str | None = None, reviewer: str, note: str = ""
    ) -> list[Decision]:
        """Decides many findings alike, all or none; one undo takes all of it back."""
        return self.settle([rows.Said(finding, verdict, text) for finding in finding_ids], reviewer=reviewer, note=note)

    def settle(
        self,
        decisions: Sequence[rows.Said],
        marks: Sequence[rows.Mark] = (),
        *,
        document_id: int | None = None,
        reviewer: str,
        note: str = "",
        sparing: bool = False,
    ) -> list[Decision]:
        """Decides findings, each in its own way, and marks errors in a document: all or nothing, and one undo takes it back.

        With `sparing` all but the findings whose words overlap others that are to be replaced already.
        A mark is a finding of the reviewer's own, decided by its text, or open where it has none. Later lints keep it as long as
        the words and those around them stand.
        """
        sql = "select f.fingerprint, d.* from decisions d join findings f on f.id = d.finding where d.id = ?"
        with self._writing():
            said = list(decisions)
            for mark in marks:
                found = marking.mark(self._db, document_id or 0, mark)
                said.append(rows.Said(found, Verdict.OPEN if mark.text is None else Verdict.EDIT, mark.text))
            added = deciding.decide(self._db, said, reviewer=reviewer, at=_now(), note=note, sparing=sparing)
            return [rows.decision_of(self._query(sql, [row])[0]) for row in added]

    def annotate(self, finding_id: int, note: str, *, reviewer: str) -> None:
        """Adds a note to a finding: what was decided of it stays, said again by the reviewer with the note."""
        with self._writing():
            deciding.annotate(self._db, finding_id, note, reviewer=reviewer, at=_now())

    def undo(self, reviewer: str) -> StoredFinding | None:
        """Takes back the reviewer's last act, in this session or an earlier one; None where nothing is left to undo."""
        with self._writing():
            touched = undoing.undo(self._db, reviewer=reviewer, at=_now())
        return None if touched is None else self.finding(touched)

    def redo(self, reviewer: str) -> StoredFinding | None:
        """Does again what the reviewer's last undo took back; None where there was no undo since their last decision."""
        with self._writing():
            touched = undoing.redo(self._db, reviewer=reviewer, at=_now())
        return None if touched is None else self.finding(touched)

    def suppress(
        self,
        scope: Scope,
        *,
        words: str | None = None,
        rule: str | None = None,
        document_id: int | None = None,
        finding_id: int | None = None,
        reviewer: str,
        note: str = "",
    ) -> Suppression:
        """Hides findings, now and in later lints: their state is ignore, unless somebody decided otherwise.

        A scope of words needs `words` (compared in lower case) and may be narrowed to a `rule`; a scope of a rule needs `rule`;
        a scope in a file needs `document_id`. `finding_id` is the finding that gave the reason: an undo goes there.
        """
        with self._writing():
            said = {"reviewer": reviewer, "at": _now(), "note": note}
            added = suppressing.suppress(self._db, scope, words, rule, document_id, finding=finding_id, **said)
        return next(one for one in self.suppressions() if one.id == added)

    def lift(self, suppression_id: int, *, reviewer: str, note: str = "") -> None:
        """Takes a suppression back: its findings are open again."""
        with self._writing():
            suppressing.lift(self._db, suppression_id, reviewer=reviewer, at=_now(), note=note)

    def suppressions(self) -> list[Suppression]:
        """The suppressions in force, oldest first."""
        return [rows.suppression_of(row) for row in self._query("select * from active_suppressions order by id")]

    def ledger(self) -> Ledger:
        """The names of all documents, and what was said of them."""
        return Ledger(self._db, self.path)

    def _suppressed(self, finding: Finding, document_id: int | None) -> bool:
        """Whether a suppression hides a finding that was never recorded; the view knows of the others."""
        values = {"words": rows.comparable(finding.text), "rule": finding.rule, "document": document_id}
        return bool(self._query(HIDING, values))

    def _document_id(self, path: Path, name: str) -> int | None:
        stored = recording.stored_path(path, self.folder)
        found = self._query("select id from documents where path = ? and name = ?", [stored, name])
        return int(found[0]["id"]) if found else None

    def _writing(self, *, durable: bool = True) -> AbstractContextManager[None]:
        return writing(self._db, self.path, durable=durable)

    def _query(self, sql: str, values: Sequence[int | str | None] | Mapping[str, int | str | None] = ()) -> list[rows.Row]:
        with plain_errors(self.path):
            return list(self._db.query(sql, dict(values) if isinstance(values, Mapping) else values))
