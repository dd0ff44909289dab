"""Finds the data folders that come with the program: `rules` and `db`."""

from __future__ import annotations

from pathlib import Path

from reviewer.model import ReviewerError


def folder(name: str) -> Path:
    """The data folder `name`: inside the installed package, or at the top of a checkout. Raises ReviewerError if neither has it."""
    package = Path(__file__).resolve().parent
    for candidate in (package / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    raise ReviewerError(f"{package / name}: the data folder {name!r} is missing: install reviewer again")
