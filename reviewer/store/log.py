"""The log of decisions: what was said of findings, by whom, and what has been said since."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path

from reviewer.model import Decision
from reviewer.store import recording, rows
from reviewer.store.connection import plain_errors
from reviewer.store.lookup import Lookup
from reviewer.store.rows import StoredFinding

HISTORY = "select f.fingerprint, d.* from decisions d join findings f on f.id = d.finding where d.finding = ? order by d.id"

LOG = """
select
    d.id as logged, d.verdict, d.text as put, d.reviewer, d.at, d.note, d.act, d.undoes, d.restores,
    d.id = (select max(id) from decisions where finding = f.id) as counts, o.path, o.name, f.*
from decisions d join findings f on f.id = d.finding join documents o on o.id = f.document
{where} order by d.id
"""

PULSE = """
select
    (select coalesce(max(id), 0) from decisions) as decisions,
    (select coalesce(max(id), 0) from suppressions) as suppressions,
    (select coalesce(max(id), 0) from runs where finished is not null) as runs
"""


class Log(Lookup):
    """Reads the log of decisions, and how far it has come."""

    def history(self, finding_id: int) -> list[Decision]:
        """Everything that was ever said of a finding, oldest first; an undo is a row that states the earlier verdict again."""
        return [rows.decision_of(row) for row in self._query(HISTORY, [finding_id])]

    def log(self, paths: Collection[Path] | None = None) -> Iterator[rows.Logged]:
        """The whole log of decisions, oldest first, or what it says of some files; also of findings that are out of sight."""
        where = "" if paths is None else "where o.path in (select value from json_each(?))"
        values = [] if paths is None else [json.dumps([recording.stored_path(path, self.folder) for path in paths])]
        with plain_errors(self.path):
            yield from (rows.logged_of(row, self.folder) for row in self._db.query(LOG.format(where=where), values))

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
