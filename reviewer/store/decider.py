"""What a reviewer says: decisions, marks, notes, suppressions, habits; and taking them back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from reviewer.model import Decision, Verdict
from reviewer.store import deciding, marking, rows, suppressing, undoing
from reviewer.store.log import Log
from reviewer.store.opened import now
from reviewer.store.rows import Scope, StoredFinding, Suppression


class Decider(Log):
    """Adds to the logs what reviewers say; takes nothing out of them."""

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
            added = deciding.decide(self._db, said, reviewer=reviewer, at=now(), note=note, sparing=sparing)
            return [rows.decision_of(self._query(sql, [row])[0]) for row in added]

    def annotate(self, finding_id: int, note: str, *, reviewer: str) -> None:
        """Adds a note to a finding: what was decided of it stays, said again by the reviewer with the note."""
        with self._writing():
            deciding.annotate(self._db, finding_id, note, reviewer=reviewer, at=now())

    def undo(self, reviewer: str) -> StoredFinding | None:
        """Takes back the reviewer's last act, in this session or an earlier one; None where nothing is left to undo."""
        with self._writing():
            touched = undoing.undo(self._db, reviewer=reviewer, at=now())
        return None if touched is None else self.finding(touched)

    def redo(self, reviewer: str) -> StoredFinding | None:
        """Does again what the reviewer's last undo took back; None where there was no undo since their last decision."""
        with self._writing():
            touched = undoing.redo(self._db, reviewer=reviewer, at=now())
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
            said = {"reviewer": reviewer, "at": now(), "note": note}
            added = suppressing.suppress(self._db, scope, words, rule, document_id, finding=finding_id, **said)
        return next(one for one in self.suppressions() if one.id == added)

    def lift(self, suppression_id: int, *, reviewer: str, note: str = "") -> None:
        """Takes a suppression back: its findings are open again."""
        with self._writing():
            suppressing.lift(self._db, suppression_id, reviewer=reviewer, at=now(), note=note)

    def suppressions(self) -> list[Suppression]:
        """The suppressions in force, oldest first."""
        return [rows.suppression_of(row) for row in self._query("select * from active_suppressions order by id")]

    def habit(self, reviewer: str, name: str) -> object:
        """What was kept under a name for a reviewer, as it was; None where nothing was."""
        found = self._query("select value from habits where reviewer = ? and name = ?", [reviewer, name])
        return json.loads(found[0]["value"]) if found else None

    def keep_habit(self, reviewer: str, name: str, value: object) -> None:
        """Keeps how a reviewer likes to see things; `value` is anything that JSON can say."""
        with self._writing(durable=False):
            self._db.conn.execute("insert or replace into habits values (?, ?, ?)", (reviewer, name, json.dumps(value)))
