"""Opens a database file: its pragmas, its migrations, its transactions, and SQLite's errors as one line each."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer import assets
from reviewer.model import ReviewerError

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

BUSY_SECONDS = 5.0
"""How long a write waits for another reviewer's, before it gives up."""

OLDEST = (3, 37)
"""The SQLite that first had STRICT tables; Python brings its own, or the system's."""

HEADER = b"SQLite format 3\0"

# By the primary result code, https://www.sqlite.org/rescode.html: the extended codes share its low byte.
SAID = {
    sqlite3.SQLITE_BUSY: "another program has it locked; close that program, or try again",
    sqlite3.SQLITE_LOCKED: "another program has it locked; close that program, or try again",
    sqlite3.SQLITE_FULL: "the disk is full; free some space and try again, what was saved is safe",
    sqlite3.SQLITE_READONLY: "it cannot be written to; make the file and its folder writable",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check the rights of the file and its folder",
    sqlite3.SQLITE_PERM: "it cannot be opened; check the rights of the file and its folder",
    sqlite3.SQLITE_IOERR: "the disk failed while reading or writing; check it and try again",
    sqlite3.SQLITE_CORRUPT: "the database is damaged; restore a copy, or try `sqlite3 FILE .recover`",
    sqlite3.SQLITE_NOTADB: "this is no SQLite database; name another file",
}


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into a ReviewerError that names the file and what to do; the original stays as its cause."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        said = SAID.get(code, f"SQLite refused ({error}); it may not be a reviewer database, or be damaged")
        raise ReviewerError(f"{path}: {said}") from error
    except UnicodeEncodeError as error:  # a lone surrogate: half an emoji in a .jsonl file, or a file name that is no UTF-8
        raise ReviewerError(f"{path}: {error.object!a} is no valid Unicode and cannot be saved; mend the file") from error


@contextmanager
def writing(db: Database, path: Path, *, durable: bool = True) -> Iterator[None]:
    """One transaction, all or nothing, and safe from a kill; if `durable`, also from a power cut.

    It takes the write lock at once: a transaction that begins by reading cannot wait for the lock when it comes to write.
    """
    with plain_errors(path):
        db.conn.execute(f"pragma synchronous = {'full' if durable else 'normal'}")
        db.conn.execute("begin immediate")
        try:
            yield
            db.conn.execute("commit")
        except BaseException:
            db.rollback()
            raise


def insert(db: Database, sql: str, values: Mapping[str, str | int | None]) -> int:
    """Adds one row inside the caller's transaction; gives its id."""
    added = db.conn.execute(sql, values).lastrowid
    assert added is not None  # None only before the first insert of a cursor
    return added


def connect(path: Path, *, create: bool, wait: float = BUSY_SECONDS) -> Database:
    """The database at `path`, brought up to date; made if it is missing and `create` is set.

    Without `create`, a file that may not be written to is opened for reading. `wait` is in seconds.
    Raises ReviewerError where the file is missing, no database, another program's, locked, damaged, or from a newer version.
    """
    if sqlite3.sqlite_version_info < OLDEST:
        raise ReviewerError(f"{path}: this Python has SQLite {sqlite3.sqlite_version}; reviewer needs 3.37 or newer")
    _check(path, create)
    readonly = path.exists() and not _writable(path)
    if readonly and create:
        raise ReviewerError(f"{path}: {SAID[sqlite3.SQLITE_READONLY]}")
    with plain_errors(path):
        db = _database(path, readonly, wait)
        try:
            _bring_up_to_date(db, path, readonly)
        except BaseException:
            db.close()
            raise
    return db


def _check(path: Path, create: bool) -> None:
    """Raises ReviewerError for a path that SQLite would refuse with a riddle, or worse, accept."""
    try:
        if path.is_dir():
            raise ReviewerError(f"{path}: this is a folder; name a file for the database")
        if not path.parent.is_dir():
            raise ReviewerError(f"{path}: there is no folder {path.parent}; make it first")
        if not path.exists():
            if not create:
                raise ReviewerError(f"{path}: there is no such database; `reviewer lint --db {path} FILE` makes one")
            return
        head = _head(path)
    except OSError as error:
        raise ReviewerError(f"{path}: it cannot be read ({error.strerror}); check the path and its rights") from error
    if head not in (b"", HEADER):
        raise ReviewerError(f"{path}: {SAID[sqlite3.SQLITE_NOTADB]}")


def _head(path: Path) -> bytes:
    if not path.is_file():  # a device or a pipe, where reading may wait for ever
        return b"no file"
    with path.open("rb") as file:
        return file.read(len(HEADER))


def _writable(path: Path) -> bool:
    """Whether SQLite can write: the folder counts too, as the write-ahead log lies beside the file."""
    effective = os.access in os.supports_effective_ids
    return all(os.access(place, os.W_OK, effective_ids=effective) for place in (path, path.resolve().parent))


def _database(path: Path, readonly: bool, wait: float) -> Database:
    from sqlite_utils import Database  # 0.2 s: only when a store is opened

    mode = "ro" if readonly else "rwc"
    file = path.resolve()
    wal = file.with_name(file.name + "-wal")
    if readonly and not (wal.exists() and wal.stat().st_size):
        mode += "&immutable=1"  # SQLite needs a shared-memory file to read in WAL mode, and could not make one here
    connection = sqlite3.connect(f"{file.as_uri()}?mode={mode}", uri=True, timeout=wait)
    connection.execute("pragma foreign_keys = on")
    return Database(connection, execute_plugins=False)


def _bring_up_to_date(db: Database, path: Path, readonly: bool) -> None:
    steps = migrations()
    tables = db.table_names()  # read before `applied`: another process may be making the database just now
    applied = {step.name for step in steps.applied(db)}
    if tables and not applied:
        raise ReviewerError(f"{path}: this is the database of another program; name another file")
    if newer := applied - {file.stem for file in migration_files()}:
        raise ReviewerError(f"{path}: written by a newer reviewer ({max(newer)}); upgrade reviewer to open it")
    if not steps.pending(db):
        return
    if readonly:
        raise ReviewerError(f"{path}: written by an older reviewer; make the file and its folder writable to bring it up to date")
    db.enable_wal()
    with writing(db, path):  # two processes that make one database take turns; the second finds nothing left to do
        steps.apply(db)


def migration_files() -> list[Path]:
    """db/migrations/*.sql, in the order in which they are applied."""
    return sorted((assets.folder("db") / "migrations").glob("*.sql"))


def migrations() -> Migrations:
    """The migration files as steps of sqlite-utils, named after the files; each is applied once, as a whole."""
    from sqlite_utils import Migrations

    steps = Migrations("reviewer")
    for file in migration_files():
        steps(name=file.stem)(_step(file))
    return steps


def _step(file: Path) -> Callable[[Database], None]:
    def step(db: Database) -> None:
        db.executescript(file.read_text("utf-8"))

    return step
