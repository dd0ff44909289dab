"""Undo and redo: the logs of decisions and of suppressions read as one, and one more row that takes the last act back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from reviewer.model import Verdict
from reviewer.store import deciding, suppressing
from reviewer.store.rows import Row

if TYPE_CHECKING:
    from sqlite_utils import Database

LATEST = "select * from decisions where finding = ? order by id desc limit 1"

BEFORE = "select * from decisions where finding = ? and id < ? order by id desc limit 1"

Act = tuple[str, Sequence[Row]]
"""What a reviewer did in one go: the log it stands in, `decisions` or `suppressions`, and its rows there."""

Key = tuple[str, int]
"""The log of an act, and the id of its first row."""

DECISIONS, SUPPRESSIONS = "decisions", "suppressions"


def undo(db: Database, *, reviewer: str, at: str) -> int | None:
    """Takes back the reviewer's last act that still counts; gives a finding it touched, None where nothing is left to undo.

    A decision that somebody else has overruled since is passed over: to undo it would overrule them in turn. So is
    a suppression that somebody else has lifted.
    """
    for log, rows in _done(db, reviewer):
        if log == SUPPRESSIONS:
            if suppressing.in_force(db, rows[0]["id"]):
                suppressing.lift(db, rows[0]["id"], reviewer=reviewer, at=at, note="")
                return _seen_from(db, rows[0])
        elif mine := [row for row in rows if _counting(_latest(db, row["finding"])) == row["id"]]:
            before = [_counting(_one(db, BEFORE, row["finding"], row["id"])) for row in mine]
            return _take_back(db, mine, before, reviewer=reviewer, at=at)
    return None


def redo(db: Database, *, reviewer: str, at: str) -> int | None:
    """Takes back the reviewer's last undo since their last act; gives a finding it touched, None where there is none.

    A finding that somebody else has decided since the undo is passed over.
    """
    for log, rows in _undone(db, reviewer):
        if log == SUPPRESSIONS:
            suppressing.restore(db, rows[0]["lifts"], reviewer=reviewer, at=at)
            return _seen_from(db, rows[0])
        if mine := [row for row in rows if _counting(_latest(db, row["finding"])) == row["restores"]]:
            return _take_back(db, mine, [row["undoes"] for row in mine], reviewer=reviewer, at=at)
    return None


def _done(db: Database, reviewer: str) -> Iterator[Act]:
    """The reviewer's acts that can be undone, the latest first. Read backwards, so that a long log costs nothing."""
    gone: set[Key] = set()
    for act in _backwards(db, reviewer):
        log, rows = act
        if (log, rows[0]["id"]) in gone:
            continue
        if (taken_back := _target(db, act)) is None:
            yield act
            continue
        gone.add((log, taken_back[1][0]["id"]))
        if log == SUPPRESSIONS and rows[0]["restores"]:
            yield act
        elif (again := _target(db, taken_back)) is not None:  # a redo: what it took back was an undo
            gone.add((log, again[1][0]["id"]))
            yield again


def _undone(db: Database, reviewer: str) -> Iterator[Act]:
    """The reviewer's undos since their last act, those that can be redone, the latest first."""
    gone: set[Key] = set()
    for act in _backwards(db, reviewer):
        log, rows = act
        if (log, rows[0]["id"]) in gone:
            continue
        if (taken_back := _target(db, act)) is None:
            return
        if log == SUPPRESSIONS and rows[0]["restores"]:
            lift = _one(db, "select * from suppressions where lifts = ?", rows[0]["restores"])
            gone.add((log, lift["id"] if lift else 0))
        elif log == DECISIONS and _target(db, taken_back) is not None:
            gone.add((log, taken_back[1][0]["id"]))
        else:
            yield act


def _target(db: Database, act: Act) -> Act | None:
    """The act that an act takes back; None for one that takes nothing back."""
    log, rows = act
    row = rows[0]
    if log == SUPPRESSIONS:
        found = _one(db, "select * from suppressions where id = ?", row["lifts"] or row["restores"])
        return (log, [found]) if found else None
    undone = _one(db, "select * from decisions where id = ?", row["undoes"])
    if undone is None:
        return None
    first = undone["act"] or undone["id"]
    return log, list(db.query("select * from decisions where id = ? or act = ? order by id", [first, first]))


def _backwards(db: Database, reviewer: str) -> Iterator[Act]:
    """The reviewer's acts in both logs, the latest first."""
    decisions = _decided(db, reviewer)
    waiting = next(decisions, None)
    for row in db.query("select * from suppressions where reviewer = ? order by id desc", [reviewer]):
        while waiting is not None and waiting[0]["id"] > row["after"]:
            yield DECISIONS, waiting
            waiting = next(decisions, None)
        yield SUPPRESSIONS, [row]
    while waiting is not None:
        yield DECISIONS, waiting
        waiting = next(decisions, None)


def _decided(db: Database, reviewer: str) -> Iterator[Sequence[Row]]:
    """The rows of each act in the log of decisions, the latest act first, its rows in their order."""
    rows = db.query("select * from decisions where reviewer = ? order by id desc", [reviewer])
    for _, act in groupby(rows, key=lambda row: row["act"] or row["id"]):
        yield [*act][::-1]


def _seen_from(db: Database, suppression: Row) -> int | None:
    """The finding that was in front of the reviewer; where none is known, the first of the same words or rule."""
    made = _one(db, "select * from suppressions where id = ?", suppression["lifts"]) or suppression
    if made["finding"]:
        return int(made["finding"])
    sql = "select id from findings where coalesce(?, words) = words and coalesce(?, rule) = rule order by id limit 1"
    found = db.conn.execute(sql, (made["words"], made["rule"])).fetchone()
    return int(found[0]) if found else None


def _take_back(db: Database, rows: Sequence[Row], restored: Sequence[int | None], *, reviewer: str, at: str) -> int:
    """Adds for each row one that undoes it, and states again the verdict of the row to be restored."""
    first: int | None = None
    for row, restores in zip(rows, restored, strict=True):
        old = _one(db, "select * from decisions where id = ?", restores)
        verdict, text, note = (old["verdict"], old["text"], old["note"]) if old else (Verdict.OPEN, None, "")
        if text is not None:  # somebody else may have changed words that overlap these, since it no longer counted
            deciding.no_clash(db, row["finding"], f"{verdict} of {text!r}")
        said = {"verdict": verdict, "text": text, "note": note, "reviewer": reviewer, "at": at}
        added = deciding.add(db, finding=row["finding"], act=first, undoes=row["id"], restores=restores, **said)
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
