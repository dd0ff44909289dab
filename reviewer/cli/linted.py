"""Finds what the database holds of a file, and says what is in the way where it holds nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.model import ReviewerError
from reviewer.printable import encodable

if TYPE_CHECKING:
    from reviewer.store import Store, StoredDocument


def documents(file: Path, store: Store) -> list[StoredDocument]:
    """The documents of a file, at least one. Raises ReviewerError where it was never linted into this database."""
    check_name(file, store)
    if found := store.documents(file):
        return found
    raise ReviewerError(f"{file}: not in {store.path}; run `reviewer lint {file}` first")


def as_called(file: Path) -> str:
    """A path as people type it: from the current folder where it lies below that; with what UTF-8 cannot hold spelled out."""
    here = Path.cwd()
    return encodable(str(file.relative_to(here) if file.is_relative_to(here) else file))


def check_name(file: Path, store: Store) -> None:
    """Raises ReviewerError for a file whose name the database cannot hold; its contents may be sound."""
    from reviewer.store.recording import stored_path

    try:
        stored_path(file, store.folder).encode()
    except UnicodeEncodeError:
        raise ReviewerError(
            f"{file}: its name is not valid UTF-8, so no database can hold it; rename it, or lint it with --no-db"
        ) from None
