"""Finds the data folders, `rules` and `db`: inside the installed package, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

from reviewer.model import ReviewerError

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `name`: `reviewer/<name>` in a wheel, else `<checkout>/<name>`. Raises ReviewerError where neither is there."""
    inside, beside = PACKAGE / name, PACKAGE.parent / name
    # Only a checkout has a pyproject.toml next to the package: site-packages may hold a stranger's folder called `rules`.
    if inside.is_dir():
        return inside
    if beside.is_dir() and (PACKAGE.parent / "pyproject.toml").is_file():
        return beside
    raise ReviewerError(f"{inside}: the folder {name!r} is missing from this installation; install reviewer again")
