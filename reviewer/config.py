"""Reads the settings of a project: [tool.reviewer] of pyproject.toml, or reviewer.toml; the command line wins over both."""

from __future__ import annotations

import getpass
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
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
    theme: str = ""  # of the review screen; "" for the usual one
    keys: Mapping[str, str] = field(default_factory=dict)  # of the review screen, by what they do


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
    known = [one.name.replace("_", "-") for one in fields(Config)]
    for key in table:
        if key not in known:
            raise ReviewerError(f"{file}: unknown setting {key!r}; there are {', '.join(known)}")
    default = Config()
    severity = _text(table, "min-severity", file, str(default.min_severity))
    if severity not in list(Severity):
        raise ReviewerError(f"{file}: min-severity is one of {', '.join(Severity)}")
    return Config(
        select=_texts(table, "select", file),
        ignore=_texts(table, "ignore", file),
        min_severity=Severity(severity),
        min_confidence=_probability(table, "min-confidence", file, default.min_confidence),
        rules=tuple(file.parent / folder for folder in _texts(table, "rules", file)),
        db=file.parent / _text(table, "db", file, "") if "db" in table else default.db,
        reviewer=_text(table, "reviewer", file, default.reviewer),
        theme=_text(table, "theme", file, default.theme),
        keys=_keys(table, file),
    )


def _text(table: dict[str, object], key: str, file: Path, default: str) -> str:
    value = table.get(key, default)
    if not isinstance(value, str):
        raise ReviewerError(f"{file}: {key} is a text")
    return value


def _texts(table: dict[str, object], key: str, file: Path) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ReviewerError(f"{file}: {key} is a list of texts")
    return tuple(value)


def _keys(table: dict[str, object], file: Path) -> dict[str, str]:
    value = table.get("keys", {})
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value.values()):
        raise ReviewerError(f'{file}: keys is a table of texts, as in [keys] accept = "a,enter"')
    return value


def _probability(table: dict[str, object], key: str, file: Path, default: float) -> float:
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ReviewerError(f"{file}: {key} is a number from 0 to 1")
    return float(value)
