"""Reads the settings of a project: [tool.reviewer] of pyproject.toml, or reviewer.toml; the command line wins over both."""

from __future__ import annotations

import getpass
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.levels import MOST, USUAL, Levels, read
from reviewer.model import ReviewerError, Severity

OWN, SHARED = "reviewer.toml", "pyproject.toml"
SETTINGS = (
    "select ignore min-severity min-confidence fail-on max-per-thousand levels max-annotations rules names columns source-column "
    "exclude db reviewer theme keys lm"
).split()
SMOLLM2 = Path("smollm2")  # stands for the language model that `reviewer lm install` fetches
REVIEWER_VARIABLE = "REVIEWER_NAME"


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of a project, and the file they stand in. Paths count from the folder of that file."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_severity: Severity = Severity.MINOR
    min_confidence: float = 0.0
    fail_on: Severity | None = None  # the mildest severity that fails a lint
    max_per_thousand: float | None = None  # findings a thousand words; with more, a lint fails
    levels: Levels = field(default_factory=lambda: USUAL)  # what reports for other tools call the severities
    max_annotations: int = MOST  # of a level, in a report for GitHub; 0 for all
    rules: tuple[Path, ...] = ()  # folders of the project's own rules, beside those of the program
    names: tuple[Path, ...] = ()  # CSV files of names that are settled
    columns: tuple[str, ...] = ()  # of tables: those with the English
    source_column: str = ""  # and the one with the Chinese
    exclude: tuple[str, ...] = ()  # patterns as in .gitignore, of what is passed over in the folders that a lint goes through
    db: Path = field(default_factory=lambda: Path("review.db"))
    reviewer: str = ""
    theme: str = ""  # of the review screen; "" for the usual one
    keys: Mapping[str, str] = field(default_factory=dict)  # of the review screen, by what they do
    lm: Path | None = None  # the language model that suspicions ask: a GGUF file, or SMOLLM2
    file: Path | None = None
    called: frozenset[str] = frozenset()  # the names in `select` and `ignore` that the command line gave
    narrowed: bool = False  # whether the command line asks for some findings only


def load(folder: Path) -> Config:
    """The settings for a folder: the nearest file that has some, upwards. Raises ReviewerError with one line an error."""
    for above in (folder.resolve(), *folder.resolve().parents):
        for file in (above / OWN, above / SHARED):
            if file.is_file():
                table = _table(file)
                if table is not None:
                    return _config(table, file)
            elif file.name == OWN and os.path.lexists(file):
                raise ReviewerError(f"{file}: settings are read from a file of this name; give this {_kind(file)} another")
    return Config()


def reviewer_name(config: Config) -> str:
    """Who decides: the environment, the settings, or the name of the account."""
    return os.environ.get(REVIEWER_VARIABLE) or config.reviewer or getpass.getuser()


def _kind(path: Path) -> str:
    return "folder" if path.is_dir() else "link to nowhere" if path.is_symlink() else "device or pipe"


def _table(file: Path) -> dict[str, object] | None:
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReviewerError(f"{file}: cannot be read: {error}") from None
    if file.name == OWN:
        return data
    tools = data.get("tool")
    table = tools.get("reviewer") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ReviewerError(f"{file}: [tool.reviewer] is a table of settings, not a value")
    return table


def _config(table: dict[str, object], file: Path) -> Config:
    errors = [f"unknown setting {key!r}; there are {', '.join(SETTINGS)}" for key in table if key not in SETTINGS]
    default = Config()
    found = Config(
        select=_texts(table, "select", errors),
        ignore=_texts(table, "ignore", errors),
        min_severity=_severity(table, "min-severity", default.min_severity, errors),
        min_confidence=_probability(table, "min-confidence", default.min_confidence, errors),
        fail_on=_severity(table, "fail-on", Severity.MINOR, errors) if "fail-on" in table else default.fail_on,
        max_per_thousand=_number(table, "max-per-thousand", default.max_per_thousand, errors),
        levels=read(table["levels"], default.levels, errors) if "levels" in table else default.levels,
        max_annotations=_count(table, "max-annotations", default.max_annotations, errors),
        rules=tuple(file.parent / folder for folder in _texts(table, "rules", errors)),
        names=tuple(file.parent / name for name in _texts(table, "names", errors)),
        columns=_texts(table, "columns", errors),
        source_column=_text(table, "source-column", default.source_column, errors),
        exclude=_texts(table, "exclude", errors),
        db=file.parent / _text(table, "db", "", errors) if "db" in table else default.db,
        reviewer=_text(table, "reviewer", default.reviewer, errors),
        theme=_text(table, "theme", default.theme, errors),
        keys=_keys(table, "keys", errors),
        lm=_language_model(table, file, errors),
        file=file,
    )
    if errors:
        raise ReviewerError("\n".join(f"{file}: {error}" for error in errors))
    return found


def _text(table: dict[str, object], key: str, default: str, errors: list[str]) -> str:
    value = table.get(key, default)
    if isinstance(value, str):
        return value
    errors.append(f"{key} is a text")
    return default


def _language_model(table: dict[str, object], file: Path, errors: list[str]) -> Path | None:
    name = _text(table, "lm", "", errors)
    return None if not name else SMOLLM2 if name == str(SMOLLM2) else file.parent / name


def _texts(table: dict[str, object], key: str, errors: list[str]) -> tuple[str, ...]:
    value = table.get(key, [])
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    errors.append(f"{key} is a list of texts")
    return ()


def _keys(table: dict[str, object], key: str, errors: list[str]) -> dict[str, str]:
    value = table.get(key, {})
    if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
        return value
    errors.append(f'{key} is a table of texts, as in [{key}] accept = "a,enter"')
    return {}


def _severity(table: dict[str, object], key: str, default: Severity, errors: list[str]) -> Severity:
    value = table.get(key, default)
    if isinstance(value, str) and value in list(Severity):
        return Severity(value)
    errors.append(f"{key} is one of {', '.join(Severity)}")
    return default


def _probability(table: dict[str, object], key: str, default: float, errors: list[str]) -> float:
    value = table.get(key, default)
    if not isinstance(value, bool) and isinstance(value, int | float) and 0 <= value <= 1:
        return float(value)
    errors.append(f"{key} is a number from 0 to 1")
    return default


def _number(table: dict[str, object], key: str, default: float | None, errors: list[str]) -> float | None:
    value = table.get(key, default)
    if value is None or (not isinstance(value, bool) and isinstance(value, int | float) and value >= 0):
        return value
    errors.append(f"{key} is a number, 0 or more")
    return default


def _count(table: dict[str, object], key: str, default: int, errors: list[str]) -> int:
    value = table.get(key, default)
    if not isinstance(value, bool) and isinstance(value, int) and value >= 0:
        return value
    errors.append(f"{key} is a whole number, 0 or more")
    return default
