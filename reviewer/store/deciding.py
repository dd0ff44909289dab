"""Verdicts, undo and redo in, rows of the decision log out; nothing in the log is ever changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reviewer.model import ReviewerError, Verdict
from reviewer.store.connection import insert
from reviewer.store.rows import Row

if TYPE_CHECKING:
    from sqlite_utils import Database

ADD = """
insert into decisions (finding, verdict, text, reviewer, at, note, act, undoes, restores)
values (:finding, :verdict, :text, :reviewer, :at, :note, :act, :undoes, :restores)
"""

LATEST = "select * from decisions where finding = ? order by id desc limit 1"

BEFORE = "select * from decisions where finding = ? and id < ? order by id desc limit 1"


def decide(
    db: Database, findings: Iterable[int], verdict: Verdict, text: str | None, *, reviewer: str, at: str, note: str
) -> list[int]:
    """Adds one decision for each finding, as one act, inside the caller's transaction; gives the ids of the rows.

    To accept without a text is to take the finding's first fix. Raises ReviewerError where a text is missing or out of place.
    """
    if not reviewer:
        raise ReviewerError("a decision needs a reviewer; say who you are with --reviewer NAME")
    rows: list[int] = []
    for finding in findings:
        found = db.conn.execute("select rule, text, fixes from findings where id = ?", (finding,)).fetchone()
        if found is None:
            raise ReviewerError(f"there is no finding {finding} in this database; list them with `reviewer report`")
        act = rows[0] if rows else None
        words = _replacement(verdict, text, found[2], f"{found[0]}: {found[1]!r}")
        rows.append(_add(db, finding=finding, verdict=verdict, text=words, reviewer=reviewer, at=at, note=note, act=act))
    return rows


def _replacement(verdict: Verdict, text: str | None, fixes: str, place: str) -> str | None:
    if verdict not in (Verdict.ACCEPT, Verdict.EDIT):
        if text is not None:
            raise ReviewerError(f"{place}: {verdict} takes no text; accept or edit to change the words")
        return None
    if text is not None:
        return text
    if verdict is Verdict.EDIT:
        raise ReviewerError(f"{place}: an edit needs its text")
    if not (offered := json.loads(fixes)):
        raise ReviewerError(f"{place}: there is no fix to accept; edit the words, reject or ignore the finding")
    return str(offered[0]["text"])


def _add(db: Database, **row: str | int | None) -> int:
    return insert(db, ADD, {"undoes": None, "restores": None, **row})


def undo(db: Database, *, reviewer: str, at: str) -> int | None:
    """Takes back the reviewer's last act that still counts; gives a finding it touched, None where nothing is left to undo.

    A decision that somebody else has overruled since is passed over: to undo it would overrule them in turn.
    """
    done, _ = _history(db, reviewer)
    for act in reversed(done):
        if mine := [row for row in act if _counting(_latest(db, row["finding"])) == row["id"]]:
            before = [_counting(_one(db, BEFORE, row["finding"], row["id"])) for row in mine]
            return _take_back(db, mine, before, reviewer=reviewer, at=at)
    return None


def redo(db: Database, *, reviewer: str, at: str) -> int | None:
    """Takes back the reviewer's last undo since their last decision; gives a finding it touched, None where there is none.

    A finding that somebody else has decided since the undo is passed over.
    """
    _, undone = _history(db, reviewer)
    for act in reversed(undone):
        if mine := [row for row in act if _counting(_latest(db, row["finding"])) == row["restores"]]:
            return _take_back(db, mine, [row["undoes"] for row in mine], reviewer=reviewer, at=at)
    return None


def _history(db: Database, reviewer: str) -> tuple[list[list[Row]], list[list[Row]]]:
    """The reviewer's acts that can be undone, and their undos that can be redone, both oldest first: the log played again."""
    acts: dict[int, list[Row]] = {}
    act_of: dict[int, int] = {}
    for row in db.query("select * from decisions where reviewer = ? order by id", [reviewer]):
        key = row["act"] or row["id"]
        acts.setdefault(key, []).append(row)
        act_of[row["id"]] = key
    done: dict[int, None] = {}
    undone: dict[int, int] = {}  # an undo -> the act it took back
    for key, rows in acts.items():
        taken_back = act_of.get(rows[0]["undoes"])
        if taken_back is None:
            done[key] = None
            undone.clear()
        elif taken_back in undone:
            done[undone.pop(taken_back)] = None
        else:
            done.pop(taken_back, None)
            undone[key] = taken_back
    return [acts[key] for key in done], [acts[key] for key in undone]


def _take_back(db: Database, rows: Sequence[Row], restored: Sequence[int | None], *, reviewer: str, at: str) -> int:
    """Adds for each row one that undoes it, and states again the verdict of the row to be restored."""
    first: int | None = None
    for row, restores in zip(rows, restored, strict=True):
        old = _one(db, "select * from decisions where id = ?", restores)
        verdict, text, note = (old["verdict"], old["text"], old["note"]) if old else (Verdict.OPEN, None, "")
        said = {"verdict": verdict, "text": text, "note": note, "reviewer": reviewer, "at": at}
        added = _add(db, finding=row["finding"], act=first, undoes=row["id"], restores=restores, **said)
        first = first or added
    return int(rows[0]["finding"])


def _latest(db: Database, finding: int) -> Row | None:
    return _one(db, LATEST, finding)


def _one(db: Database, sql: str, *values: int | None) -> Row | None:
    return next(iter(db.query(sql, values)), None)


def _counting(row: Row | None) -> int | None:
    """The decision whose verdict a row states: its own, or the one it restores; None for an open finding."""
    if row is None:
        return None
    counting: int | None = row["restores"] if row["undoes"] else row["id"]
    return counting
