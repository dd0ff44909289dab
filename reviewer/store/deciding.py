"""Verdicts in, rows of the decision log out; nothing in the log is ever changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reviewer.model import ReviewerError, Verdict
from reviewer.store.connection import insert
from reviewer.store.rows import Said

if TYPE_CHECKING:
    from sqlite_utils import Database

ADD = """
insert into decisions (finding, verdict, text, reviewer, at, note, act, undoes, restores)
values (:finding, :verdict, :text, :reviewer, :at, :note, :act, :undoes, :restores)
"""


def decide(db: Database, decisions: Iterable[Said], *, reviewer: str, at: str, note: str, sparing: bool = False) -> list[int]:
    """Adds a row for each decision, all as one act, inside the caller's transaction; gives the ids of the rows.

    To accept without a text is to take the finding's first fix. Raises ReviewerError where a text is missing or out of place,
    and where words overlap others that are to be replaced already, unless it is `sparing`: such findings it leaves alone.
    """
    if not reviewer:
        raise ReviewerError("a decision needs a reviewer; say who you are with --reviewer NAME")
    rows: list[int] = []
    for said in decisions:
        found = db.conn.execute("select rule, text, fixes from findings where id = ?", (said.finding,)).fetchone()
        if found is None:
            raise ReviewerError(f"there is no finding {said.finding} in this database; list them with `reviewer report`")
        act = rows[0] if rows else None
        place = f"{found[0]}: {found[1]!r}"
        words = _replacement(said.verdict, said.text, found[2], place)
        if words is not None and (clash := _clash(db, said.finding)):
            if sparing:
                continue
            raise _clashing(place, *clash)
        made: dict[str, str | int | None] = {"finding": said.finding, "verdict": said.verdict, "text": words, "act": act}
        rows.append(add(db, **made, reviewer=reviewer, at=at, note=note))
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


def add(db: Database, **row: str | int | None) -> int:
    """Adds one row to the log, inside the caller's transaction; gives its id."""
    return insert(db, ADD, {"undoes": None, "restores": None, **row})


CLASHING = """
select other.text, coalesce(other.decision_text, '') as put
from finding_states f
join finding_states other on other.document = f.document and other.part = f.part and other.ordinal = f.ordinal
where f.id = :id and other.id <> f.id and other.present and other.state in ('accept', 'edit')
and (other."start" < f."end" and f."start" < other."end" or other."start" = f."start" and other."end" = f."end")
"""


def no_clash(db: Database, finding: int, place: str) -> None:
    """Raises ReviewerError where words that overlap a finding's are to be replaced already: no text could have both."""
    if clash := _clash(db, finding):
        raise _clashing(place, *clash)


def _clash(db: Database, finding: int) -> tuple[str, str] | None:
    """Words that overlap a finding's and are to be replaced already, and what replaces them."""
    found: tuple[str, str] | None = db.conn.execute(CLASHING, {"id": finding}).fetchone()
    return found


def _clashing(place: str, words: str, put: str) -> ReviewerError:
    return ReviewerError(f"{place} overlaps {words!r}, which becomes {put!r}; take that decision back first")


def annotate(db: Database, finding: int, note: str, *, reviewer: str, at: str) -> None:
    """Adds a row that says again what was decided of a finding, with a note, inside the caller's transaction."""
    if db.conn.execute("select 1 from findings where id = ?", (finding,)).fetchone() is None:
        raise ReviewerError(f"there is no finding {finding} in this database; list them with `reviewer report`")
    sql = "select verdict, text from decisions where finding = ? order by id desc limit 1"
    verdict, text = db.conn.execute(sql, (finding,)).fetchone() or (Verdict.OPEN, None)
    add(db, finding=finding, verdict=verdict, text=text, reviewer=reviewer, at=at, note=note, act=None)
