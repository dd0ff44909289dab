"""How each file was read, and whether a lint of it came to its end: so that an interrupted batch goes on where it stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

READ = "select reading, sha256, settings from readings where path = ?"

PUT = """
insert into readings (path, reading, sha256, settings) values (?, ?, ?, ?)
on conflict (path) do update set reading = excluded.reading, sha256 = excluded.sha256, settings = excluded.settings
"""

DROP_UNSEEN = "delete from parts where run < ? and document in (select id from documents where path = ?)"

NONE = ("{}", "", "")


def of(db: Database, path: str) -> tuple[str, str, str]:
    """(reading, sha256, settings) of a stored path: how it was read, and what came to its end with which settings."""
    found = db.conn.execute(READ, (path,)).fetchone()
    return tuple(found) if found else NONE


def put(db: Database, path: str, reading: str, sha256: str, settings: str) -> None:
    """Notes them, inside the caller's transaction."""
    db.conn.execute(PUT, (path, reading, sha256, settings))


def drop_unseen(db: Database, path: str, run: int) -> None:
    """Takes out of sight what a run that read the whole file did not see in it, inside the caller's transaction."""
    db.conn.execute(DROP_UNSEEN, (run, path))
