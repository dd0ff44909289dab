"""Reads the settings of a project: [tool.reviewer] of pyproject.toml, or reviewer.toml; the command line wins over both."""

from __future__ import annotations

import getpass
import os
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from reviewer.model import ReviewerError, Severity

NAMES = ("reviewer.toml", "pyproject.toml")
REVIEWER_VARIABLE = "REVIEWER_NAME"


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of a project. Paths count from the folder of the file that names them."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_severity: Severity = Severity.MINOR
    min_confidence: float = 0.0
    rules: tuple[Path, ...] = ()  # folders of the project's own rules, beside those of the program
    db: Path = field(default_factory=lambda: Path("review.db"))
    reviewer: str = ""


def load(folder: Path) -> Config:
    """The settings for a folder: the nearest file that has some, upwards. Raises ReviewerError naming file and key."""
    for above in (folder.resolve(), *folder.resolve().parents):
        for name in NAMES:
            file = above / name
            if file.is_file():
                table = _table(file)
                if table is not None:
                    return _config(table, file)
    return Config()


def reviewer_name(config: Config) -> str:
    """Who decides: the environment, the settings, or the name of the account."""
    return os.environ.get(REVIEWER_VARIABLE) or config.reviewer or getpass.getuser()


def _table(file: Path) -> dict[str, object] | None:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReviewerError(f"{file}: cannot be read: {error}") from None
    if file.name == "reviewer.toml":
        return data
    table = data.get("tool", {}).get("reviewer")
    return table if isinstance(table, dict) else None


def _config(table: dict[str, object], file: Path) -> Config:
    config = Config()
    known = {one.name.replace("_", "-"): one.name for one in fields(Config)}
    for key, value in table.items():
        if key not in known:
            raise ReviewerError(f"{file}: unknown setting {key!r}; there are {', '.join(known)}")
        config = replace(config, **{known[key]: _value(key, value, file)})  # type: ignore[arg-type]
    return config


def _value(key: str, value: object, file: Path) -> object:
    """A setting in the type that Config has for it."""
    if key in ("select", "ignore", "rules"):
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise ReviewerError(f"{file}: {key} is a list of texts")
        return tuple(file.parent / one for one in value) if key == "rules" else tuple(value)
    if key == "min-confidence":
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ReviewerError(f"{file}: min-confidence is a number from 0 to 1")
        return float(value)
    if not isinstance(value, str):
        raise ReviewerError(f"{file}: {key} is a text")
    if key == "min-severity":
        if value not in list(Severity):
            raise ReviewerError(f"{file}: min-severity is one of {', '.join(Severity)}")
        return Severity(value)
    return file.parent / value if key == "db" else value
