"""The ledger: names of all documents in, which spellings belong together and what people said of them out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.model import ReviewerError
from reviewer.store.connection import insert, plain_errors, writing

if TYPE_CHECKING:
    from sqlite_utils import Database

ADD_NAME = "insert into names (canonical, chosen_by, at) values (:canonical, :chosen_by, :at)"
ADD_FORM = "insert into name_forms (name, text, allowed) values (:name, :text, :allowed)"
ADD_SAID = "insert into name_decisions (act, form, other, reviewer, at) values (:act, :form, :other, :reviewer, :at)"
ADD_MENTIONS = 'insert or replace into name_mentions (form, document, places, weight, segment, "start") values (?, ?, ?, ?, ?, ?)'

# Documents whose bytes are others than those their names were gathered from.
PENDING = """
select p.document, min(p.sha256) as sha256
from parts p left join names_gathered g on g.document = p.document
group by p.document having max(g.sha256) is not min(p.sha256)
order by p.document
"""

# Evidence: the spelling with the most weight, then the one that is first in the earliest document.
BEST = """
select l.form from name_ledger l
left join name_mentions m on m.form = l.form_id
where l.name = ? and not l.allowed group by l.form_id order by l.weight desc, min(m.document), l.form_id limit 1
"""

LISTED = """
select canonical, form, allowed, places, documents, chosen_by from name_ledger
where name in (select name from name_ledger where {where}) order by canonical, form <> canonical, places desc, form
"""

Places = tuple[str, int, float, str, int]
"""A spelling in one document: text, number of places, their weight, and the segment and start of the first."""


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling in the ledger: how often and in how many documents it stands, and whether it may stand beside the name."""

    text: str
    places: int
    documents: int
    allowed: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in the ledger: the form to use first; `chosen_by` is "" where evidence chose it."""

    canonical: str
    chosen_by: str
    forms: tuple[Form, ...]


class Ledger:
    """The names in an open database. Every method that changes it has committed when it returns."""

    def __init__(self, db: Database, path: Path) -> None:
        self._db, self._path = db, path

    def pending(self) -> list[tuple[int, str]]:
        """(id, sha256) of the documents whose names are not in the ledger as they are now."""
        with plain_errors(self._path):
            return [(int(document), str(sha256)) for document, sha256 in self._db.conn.execute(PENDING)]

    def gather(self, found: Mapping[int, tuple[str, Sequence[Places]]]) -> None:
        """Writes the names of documents, in place of what was known of them: by document, its sha256 and the spellings."""
        with writing(self._db, self._path, durable=False):
            for document, (sha256, places) in found.items():
                self._db.conn.execute("delete from name_mentions where document = ?", (document,))
                for text, count, weight, segment, start in places:
                    form = self._form(text)
                    self._db.conn.execute(ADD_MENTIONS, (form, document, count, weight, segment, start))
                self._db.conn.execute("insert or replace into names_gathered values (?, ?)", (document, sha256))

    def entries(
        self, *, several: bool = False, settled: bool = False, forms: Sequence[str] = (), documents: Sequence[int] = ()
    ) -> list[Entry]:
        """The names in alphabetical order: all, or those with several spellings, settled by a person, of forms, in documents.

        Names that stand in no document any more are left out, unless a person has settled them.
        """
        where = ["(places or chosen_by <> '')"]
        if several:
            where.append("form <> canonical")
        if settled:
            where.append("chosen_by <> ''")
        if forms:
            where.append("form in (select value from json_each(:forms))")
        if documents:
            where.append("form_id in (select form from name_mentions where document in (select value from json_each(:documents)))")
        values = {"forms": json.dumps(list(forms)), "documents": json.dumps(list(documents))}
        rows: dict[str, tuple[str, list[Form]]] = {}
        with plain_errors(self._path):
            found = self._db.conn.execute(LISTED.format(where=" and ".join(where)), values)
            for canonical, form, allowed, places, number, chosen_by in found:
                rows.setdefault(canonical, (chosen_by, []))[1].append(Form(form, places, number, bool(allowed)))
        return [Entry(canonical, chosen_by, tuple(forms)) for canonical, (chosen_by, forms) in rows.items()]

    def weights(self) -> dict[str, float]:
        """What the places of each spelling weigh in all documents."""
        with plain_errors(self._path):
            return dict(self._db.conn.execute("select form, weight from name_ledger").fetchall())

    def merge(self, forms: Sequence[str], *, reviewer: str) -> Entry:
        """Makes the names of several spellings one. Its form is one a person chose, else the one evidence speaks for."""
        names = [self._name_of(form) for form in forms]
        chosen = list(dict.fromkeys(canonical for _, canonical, by in names if by))
        if len(chosen) > 1:
            both = " and ".join(map(repr, chosen))
            raise ReviewerError(
                f"{both} are both settled as two names; import a file that says which is right, or leave them apart"
            )
        first = next((key for key, _, by in names if by), names[0][0])
        with writing(self._db, self._path):
            for key, _, _ in names:
                self._db.conn.execute("update name_forms set name = ? where name = ?", (first, key))
                if key != first:
                    self._db.conn.execute("delete from names where id = ?", (key,))
            self._choose(first, chosen[0] if chosen else self._best(first), reviewer)
            for form in forms[1:]:
                self._say("merge", forms[0], form, reviewer)
        return self.entries(forms=forms[:1])[0]

    def split(self, form: str, *, reviewer: str) -> Entry:
        """Makes a spelling a name of its own; what is left of the other has the form that evidence speaks for."""
        key, canonical, by = self._name_of(form)
        with writing(self._db, self._path):
            rest = self._db.conn.execute("select count(*) from name_forms where name = ? and text <> ?", (key, form)).fetchone()
            if not rest[0]:
                raise ReviewerError(f"{form!r} is a name of its own already")
            self._db.conn.execute("update names set canonical = canonical || ' ' || id where id = ?", (key,))
            own = self._add_name(form, reviewer)
            self._db.conn.execute("update name_forms set name = ?, allowed = 0 where text = ?", (own, form))
            left = canonical if canonical != form else self._best(key)
            self._choose(key, left, by or reviewer)
            self._say("split", form, left, reviewer)
        return self.entries(forms=[form])[0]

    def prefer(self, form: str, *, reviewer: str) -> Entry:
        """Makes a spelling the form of its name; one that stands nowhere is to be added as an alias first."""
        key, canonical, _ = self._name_of(form)
        with writing(self._db, self._path):
            self._choose(key, form, reviewer)
            self._say("prefer", form, canonical, reviewer)
        return self.entries(forms=[form])[0]

    def alias(self, form: str, name: str, *, reviewer: str) -> Entry:
        """Lets a spelling, known or new, stand beside the form of a name: an acronym, a short form."""
        key, canonical, by = self._name_of(name)
        if form == canonical:
            raise ReviewerError(f"{form!r} is the form of the name itself")
        with writing(self._db, self._path):
            self._form(form)
            other, its, its_by = self._name_of(form)
            if other != key and its_by and its == form:
                raise ReviewerError(f"{form!r} is settled as a name of its own; say `reviewer names merge` first")
            self._db.conn.execute("update name_forms set name = ?, allowed = 1 where text = ?", (key, form))
            if other != key:
                self._drop_or_choose(other)
            self._choose(key, canonical, by or reviewer)
            self._say("alias", form, canonical, reviewer)
        return self.entries(forms=[form])[0]

    def adopt(self, spellings: Iterable[tuple[str, str, bool]], *, reviewer: str) -> int:
        """Takes over settled spellings as (name, form, allowed), which win over what the ledger says; gives how many."""
        count = 0
        with writing(self._db, self._path):
            for name, form, allowed in spellings:
                self._form(name)
                key, canonical, _ = self._name_of(name)
                if canonical != name:
                    key = self._add_name(name, reviewer)
                    self._db.conn.execute("update name_forms set name = ? where text = ?", (key, name))
                self._choose(key, name, reviewer)
                if form != name:
                    self._form(form)
                    other, _, _ = self._name_of(form)
                    self._db.conn.execute("update name_forms set name = ?, allowed = ? where text = ?", (key, int(allowed), form))
                    if other != key:
                        self._drop_or_choose(other)
                self._say("import", form, name, reviewer)
                count += 1
        return count

    # Inside the caller's transaction

    def _form(self, text: str) -> int:
        """The id of a spelling, which is added as a name of its own where it is new."""
        found = self._db.conn.execute("select id from name_forms where text = ?", (text,)).fetchone()
        if found:
            return int(found[0])
        return insert(self._db, ADD_FORM, {"name": self._add_name(text, ""), "text": text, "allowed": 0})

    def _add_name(self, canonical: str, chosen_by: str) -> int:
        return insert(self._db, ADD_NAME, {"canonical": canonical, "chosen_by": chosen_by, "at": _now()})

    def _name_of(self, form: str) -> tuple[int, str, str]:
        """(id, form to use, who chose it) of the name of a spelling. Raises ReviewerError where the ledger has none."""
        sql = "select n.id, n.canonical, n.chosen_by from names n join name_forms f on f.name = n.id where f.text = ?"
        found = self._db.conn.execute(sql, (form,)).fetchone()
        if not found:
            raise ReviewerError(f"{self._path}: no document has the name {form!r}; `reviewer names list` shows those there are")
        return int(found[0]), str(found[1]), str(found[2])

    def _best(self, key: int) -> str:
        return str(self._db.conn.execute(BEST, (key,)).fetchone()[0])

    def _choose(self, key: int, form: str, reviewer: str) -> None:
        self._db.conn.execute("update name_forms set allowed = 0 where name = ? and text = ?", (key, form))
        self._db.conn.execute("update names set canonical = ?, chosen_by = ?, at = ? where id = ?", (form, reviewer, _now(), key))

    def _drop_or_choose(self, key: int) -> None:
        """A name that lost a spelling: gone with its last one, else under the form that evidence speaks for."""
        left = self._db.conn.execute("select count(*) from name_forms where name = ?", (key,)).fetchone()[0]
        if not left:
            self._db.conn.execute("delete from names where id = ?", (key,))
            return
        sql = "select 1 from names n join name_forms f on f.name = n.id and f.text = n.canonical where n.id = ?"
        if not self._db.conn.execute(sql, (key,)).fetchone():
            self._db.conn.execute("update name_forms set allowed = 0 where name = ?", (key,))
            self._choose(key, self._best(key), "")

    def _say(self, act: str, form: str, other: str | None, reviewer: str) -> None:
        if not reviewer:
            raise ReviewerError("a decision on a name needs a reviewer; set `reviewer` in reviewer.toml or REVIEWER_NAME")
        insert(self._db, ADD_SAID, {"act": act, "form": form, "other": other, "reviewer": reviewer, "at": _now()})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
