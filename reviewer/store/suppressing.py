"""What nobody wants to see again in, rows of the suppression log out; to lift one is to add a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewer.model import ReviewerError
from reviewer.store.connection import insert
from reviewer.store.rows import Scope, comparable

if TYPE_CHECKING:
    from sqlite_utils import Database

ADD = """
insert into suppressions (scope, words, rule, document, reviewer, at, note, finding, "after")
values (:scope, :words, :rule, :document, :reviewer, :at, :note, :finding, (select coalesce(max(id), 0) from decisions))
"""

LIFT = """
insert into suppressions (lifts, reviewer, at, note, "after")
values (?, ?, ?, ?, (select coalesce(max(id), 0) from decisions))
"""

RESTORE = """
insert into suppressions (scope, words, rule, document, reviewer, at, note, finding, restores, "after")
select scope, words, rule, document, ?, ?, note, finding, id, (select coalesce(max(id), 0) from decisions)
from suppressions where id = ?
"""


def suppress(
    db: Database,
    scope: Scope,
    words: str | None,
    rule: str | None,
    document: int | None,
    *,
    finding: int | None,
    reviewer: str,
    at: str,
    note: str,
) -> int:
    """Adds a suppression, inside the caller's transaction; gives its id. What the scope does not speak of is left out.

    `finding` is the one that the reviewer had in front of them.
    """
    by_words = scope in (Scope.WORDS, Scope.WORDS_IN_FILE)
    in_file = scope in (Scope.WORDS_IN_FILE, Scope.RULE_IN_FILE)
    said = comparable(words or "") if by_words else None
    if said == "":
        raise ReviewerError(f"suppress {scope}: there are no words to go by; suppress the rule, or ignore the finding")
    if not by_words and not rule:
        raise ReviewerError(f"suppress {scope}: no rule is named; give its id, as in calques/policy/combination-fists")
    if in_file and document is None:
        raise ReviewerError(f"suppress {scope}: no document is named")
    if not reviewer:
        raise ReviewerError("a suppression needs a reviewer; say who you are with --reviewer NAME")
    where = {"scope": scope, "words": said, "rule": rule, "document": document if in_file else None, "finding": finding}
    return insert(db, ADD, {**where, "reviewer": reviewer, "at": at, "note": note})


def lift(db: Database, suppression: int, *, reviewer: str, at: str, note: str) -> None:
    """Takes a suppression back, inside the caller's transaction. Raises ReviewerError where it is not in force."""
    if not in_force(db, suppression):
        raise ReviewerError(f"there is no suppression {suppression} in force; it may have been lifted already")
    db.conn.execute(LIFT, (suppression, reviewer, at, note))


def restore(db: Database, suppression: int, *, reviewer: str, at: str) -> None:
    """Makes a suppression that was lifted anew, inside the caller's transaction."""
    db.conn.execute(RESTORE, (reviewer, at, suppression))


def in_force(db: Database, suppression: int) -> bool:
    """Whether a suppression counts."""
    return db.conn.execute("select 1 from active_suppressions where id = ?", (suppression,)).fetchone() is not None
