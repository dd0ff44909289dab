"""Decisions on identical copies in, decisions on as many as a new lint sees out: none slips to a copy that nobody reviewed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewer.fingerprints import Copy, copy_of, everywhere
from reviewer.model import Document, Verdict
from reviewer.store import deciding
from reviewer.store.rows import OWN

if TYPE_CHECKING:
    from sqlite_utils import Database

READ = "select run, sha256 from parts where document = ? and part = ?"

SEEN = "select fingerprint, id, last_run, case rule when ? then text end from findings where document = ? and part = ?"

# Not what a suppression makes of them: that goes by the words, and finds every copy by itself.
DECIDED = """
select f.id, coalesce(d.verdict, 'open'), coalesce(s.reviewer, '')
from findings f
left join decisions d on d.id = (select max(l.id) from decisions l where l.finding = f.id)
left join decisions s on s.id = case when d.undoes is null then d.id else d.restores end
where f.id in (select value from json_each(?))
"""

# No lint gives such a name: what was said of one of three copies is not to come back for one of three others.
RETIRE = """
update findings set fingerprint = fingerprint || '@' || id
where document = ? and fingerprint in (select value from json_each(?))
"""

MOVE = "update findings set fingerprint = ? where id = ?"

ADD_OPEN = """
insert into findings (
    document, part, first_run, last_run, fingerprint, rule, segment, ordinal, "start", "end", file_start, file_end,
    text, words, category, severity, confidence, message, fixes, related, also
)
select
    document, part, first_run, last_run, ?, rule, segment, ordinal, "start", "end", file_start, file_end,
    text, words, category, severity, confidence, message, fixes, related, also
from findings where id = ?
"""

AT = "select f.id, r.started from findings f join runs r on r.id = ? where f.document = ? and f.fingerprint = ?"

NOTE = "as the other copies"


@dataclass(frozen=True, slots=True)
class Before:
    """A finding of an earlier lint, and what was last said of it; `words` are those of a reviewer's own finding."""

    id: int
    copy: Copy
    run: int
    words: str | None
    verdict: Verdict = Verdict.OPEN
    reviewer: str = ""

    @property
    def is_applied(self) -> bool:
        """Whether an export puts other words in its place."""
        return self.verdict in (Verdict.ACCEPT, Verdict.EDIT)


@dataclass(frozen=True, slots=True)
class Echo:
    """A verdict on a copy that the lint has yet to record."""

    fingerprint: str
    verdict: Verdict
    reviewer: str


def carry_over(db: Database, key: int, document: Document, found: Iterable[str], *, sha256: str) -> list[Echo]:
    """Renames findings of copies that are now more or fewer, inside the caller's transaction, before a part is written anew.

    `found` are the fingerprints of the lint, `sha256` is the file's. Gives what is to be said, by `say`, of copies once they
    are recorded.
    """
    run, text = db.conn.execute(READ, (key, document.part)).fetchone() or (None, None)
    rows = db.conn.execute(SEEN, (OWN, key, document.part)).fetchall()
    in_sight = {name: words for name, _, last, words in rows if last == run}
    now: dict[str, list[Copy]] = defaultdict(list)
    for copy in (copy_of(name) for name in found if name not in in_sight):
        now[copy.place].append(copy)
    own = {name: words for name, words in in_sight.items() if words is not None}
    for copy in _own_places(document, own) if text != sha256 else ():
        now[copy.place].append(copy)
    before = (Before(id, copy_of(name), last, words) for name, id, last, words in rows) if now else ()
    said: list[Echo] = []
    for place, family in _families(before, now).items():
        if all(one.copy.of != now[place][0].of for one in family):
            said += _carry(db, key, _decided(db, family), now[place])
    return said


def _families(before: Iterable[Before], places: Collection[str]) -> dict[str, list[Before]]:
    """The findings of some places as the last lint saw them that saw any of a place."""
    families: dict[str, list[Before]] = {}
    for one in before:
        if one.copy.place in places:
            family = families.setdefault(one.copy.place, [])
            if family and one.run > family[0].run:
                family.clear()
            if not family or one.run == family[0].run:
                family.append(one)
    return families


def say(db: Database, key: int, run: int, said: Iterable[Echo]) -> None:
    """Adds the decisions on copies that are like decided ones, inside the caller's transaction; one undo takes a family back."""
    acts: dict[str, int] = {}
    for one in said:
        finding, at = db.conn.execute(AT, (run, key, one.fingerprint)).fetchone()
        place = copy_of(one.fingerprint).place
        values = {"verdict": one.verdict, "text": None, "reviewer": one.reviewer, "at": at, "note": NOTE}
        added = deciding.add(db, finding=finding, act=acts.get(place), **values)
        acts.setdefault(place, added)


def _own_places(document: Document, own: Mapping[str, str]) -> Iterator[Copy]:
    """The places where the words stand now that reviewers marked; `own` are the marked words by fingerprint."""
    places = {(words, copy_of(name).place) for name, words in own.items()}
    for words in {words for words, _ in places}:
        for *_, name in everywhere(OWN, words, enumerate(document.segments), document.part):
            if (words, copy_of(name).place) in places:
                yield copy_of(name)


def _decided(db: Database, family: Sequence[Before]) -> list[Before]:
    """The findings of a family, in order, with what was last said of each."""
    rows = db.conn.execute(DECIDED, (json.dumps([one.id for one in family]),))
    states = {id: (Verdict(verdict), reviewer) for id, verdict, reviewer in rows}
    return sorted((Before(one.id, one.copy, one.run, one.words, *states[one.id]) for one in family), key=lambda one: one.copy)


def _carry(db: Database, key: int, family: Sequence[Before], now: Sequence[Copy]) -> Iterator[Echo]:
    """Carries the decisions of one family over to the copies there are now."""
    place, of = now[0].place, now[0].of
    names = [Copy(place, number, of).fingerprint for number in range(1, of + 1)]
    db.conn.execute(RETIRE, (key, json.dumps(names)))
    applied = [one.copy.number for one in family if one.is_applied]
    false_alarms = {one.verdict for one in family} - {Verdict.OPEN}
    if applied and {one.copy.of for one in family} == {of + len(applied)}:  # these are the ones that are gone
        for one in family:
            if not one.is_applied:
                _move(db, one, names[one.copy.number - 1 - sum(number < one.copy.number for number in applied)])
    elif family[0].words is not None:
        _keep_own(db, family, names)
    elif len(false_alarms) <= 1 and not applied:
        yield from _say_again(db, family, sorted(now))


def _say_again(db: Database, family: Sequence[Before], now: Sequence[Copy]) -> Iterator[Echo]:
    """The one verdict on a family, if there is one, for all copies that lack it: a false alarm does not come back."""
    for one, copy in zip(family, now, strict=False):
        _move(db, one, copy.fingerprint)
    decided = [one for one in family if one.verdict is not Verdict.OPEN]
    for number, copy in enumerate(now if decided else ()):
        if number >= len(family) or family[number].verdict is Verdict.OPEN:
            yield Echo(copy.fingerprint, decided[-1].verdict, decided[-1].reviewer)


def _keep_own(db: Database, family: Sequence[Before], names: Sequence[str]) -> None:
    """Keeps what reviewers marked at the copy of the same number, or the last one; open, if its words were to be replaced."""
    taken: set[str] = set()
    for one in family:
        name = names[min(one.copy.number, len(names)) - 1]
        if name in taken:
            continue
        taken.add(name)
        if one.is_applied:
            db.conn.execute(ADD_OPEN, (name, one.id))
        else:
            _move(db, one, name)


def _move(db: Database, one: Before, name: str) -> None:
    db.conn.execute(MOVE, (name, one.id))
