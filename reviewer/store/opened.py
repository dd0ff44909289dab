"""An open database: the file, its transactions, and errors in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from reviewer.store import recording, rows
from reviewer.store.connection import BUSY_SECONDS, connect, plain_errors, writing

if TYPE_CHECKING:
    from sqlite_utils import Database


def now() -> str:
    """The time, as the logs keep it: ISO 8601, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Opened:
    """A database that is open until it is closed, and what all that read or write it need."""

    def __init__(self, db: Database, path: Path) -> None:
        self.path = path
        self.folder = path.resolve().parent
        self._db = db

    @classmethod
    def open(cls, path: Path, *, create: bool = True, wait: float = BUSY_SECONDS) -> Self:
        """Opens the database at `path`; makes it if missing, unless `create` is false.

        Without `create`, a file that may not be written to is opened for reading.
        """
        return cls(connect(path, create=create, wait=wait), path)

    def close(self) -> None:
        """Closes the file; the Store is of no use after it."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _writing(self, *, durable: bool = True) -> AbstractContextManager[None]:
        return writing(self._db, self.path, durable=durable)

    def _query(self, sql: str, values: Sequence[int | str | None] | Mapping[str, int | str | None] = ()) -> list[rows.Row]:
        with plain_errors(self.path):
            return list(self._db.query(sql, dict(values) if isinstance(values, Mapping) else values))

    def _document_id(self, path: Path, name: str) -> int | None:
        stored = recording.stored_path(path, self.folder)
        found = self._query("select id from documents where path = ? and name = ?", [stored, name])
        return int(found[0]["id"]) if found else None
