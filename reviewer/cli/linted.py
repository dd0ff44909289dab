"""Finds what the database holds of a file, and says what is in the way where it holds nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.model import ReviewerError

if TYPE_CHECKING:
    from reviewer.store import Store, StoredDocument


def documents(file: Path, store: Store) -> list[StoredDocument]:
    """The documents of a file, at least one. Raises ReviewerError where it was never linted into this database."""
    check_name(file, store)
    if found := store.documents(file):
        return found
    raise ReviewerError(f"{file}: not in {store.path}; run `reviewer lint {file}` first")


def check_name(file: Path, store: Store) -> None:
    """Raises ReviewerError for a file whose name the database cannot hold; its contents may be sound."""
    from reviewer.store.recording import stored_path

    try:
        stored_path(file, store.folder).encode()
    except UnicodeEncodeError:
        raise ReviewerError(
            f"{file}: its name is not valid UTF-8, so no database can hold it; rename it, or lint it with --no-db"
        ) from None
