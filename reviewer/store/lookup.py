"""What the latest lints found, and in which text: documents, segments, findings with their states."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path

from reviewer.model import ReviewerError, Segment, Verdict
from reviewer.store import recording, rows
from reviewer.store.connection import plain_errors
from reviewer.store.opened import Opened
from reviewer.store.rows import StoredDocument, StoredFinding

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


class Lookup(Opened):
    """Looks up documents and findings; changes nothing."""

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
