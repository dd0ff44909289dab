"""Finds what the database holds of a file, and says what is in the way where it holds nothing."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.model import ReviewerError
from reviewer.printable import encodable

if TYPE_CHECKING:
    from reviewer.store import Store, StoredDocument


def files(arguments: Iterable[Path], store: Store) -> list[Path]:
    """The files that the arguments of a call stand for, each once: a folder for those below it that the database holds, a pattern
    for those like it. Raises ReviewerError where it holds none of them.
    """
    return list(dict.fromkeys(file for argument in arguments for file in _filled_in(argument, store)))


def _filled_in(argument: Path, store: Store) -> Iterable[Path]:
    check_name(argument, store)
    is_folder = argument.is_dir()
    if not is_folder and (os.path.lexists(argument) or not glob.has_magic(str(argument)) or store.documents(argument)):
        return [argument]
    known = dict.fromkeys(document.path for document in store.documents())
    if is_folder:
        here = argument.resolve()
        found = [argument / path.relative_to(here) for path in known if path.is_relative_to(here)]
    else:
        found = [path for path in map(Path, sorted(glob.glob(str(argument), recursive=True))) if path.resolve() in known]
    if not found:
        raise ReviewerError(f"{argument}: {store.path} holds no file of these; run `reviewer lint {argument}` first")
    return found


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
