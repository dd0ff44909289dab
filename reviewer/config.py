"""Reads the settings of a folder: [tool.reviewer] of pyproject.toml, or reviewer.toml; the nearest file wins, key by key."""

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
    """Settings, and the files they stand in. Paths count from the folder of their file."""

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
    files: tuple[Path, ...] = ()  # with settings, the nearest one first
    places: Mapping[str, Path] = field(default_factory=dict)  # the file of each key
    called: frozenset[str] = frozenset()  # the names in `select` and `ignore` that the command line gave
    narrowed: bool = False  # whether the command line asks for some findings only

    @property
    def lints(self) -> tuple[object, ...]:
        """What the findings in a file depend on, of all this."""
        return self.rules, self.names, self.select, self.ignore, self.min_severity, self.min_confidence


def load(folder: Path) -> Config:
    """The settings for a folder: those of the nearest file and, for the keys that it has not, of those above it.

    Files above a repository of git count only where there is none in it. Raises ReviewerError with one line an error.
    """
    found: list[tuple[Path, dict[str, object]]] = []
    for above in (folder.resolve(), *folder.resolve().parents):
        found += of_folder(above)
        if found and (above / ".git").exists():
            break
    config = Config()
    errors: list[str] = []
    for file, table in reversed(found):
        config = _laid_over(config, table, file, errors)
    if errors:
        raise ReviewerError("\n".join(errors))
    return config


def of_folder(folder: Path) -> list[tuple[Path, dict[str, object]]]:
    """The file with the settings of this very folder and what it says, if there is one. Raises ReviewerError."""
    for file in (folder / OWN, folder / SHARED):
        if file.is_file():
            table = _table(file)
            if table is not None:
                return [(file, table)]
        elif file.name == OWN and os.path.lexists(file):
            raise ReviewerError(f"{file}: settings are read from a file of this name; give this {_kind(file)} another")
    return []


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


def _laid_over(above: Config, table: dict[str, object], file: Path, wrong: list[str]) -> Config:
    """The settings with those of a nearer file over them; what is wrong in it goes to `wrong`."""
    errors = [f"unknown setting {key!r}; there are {', '.join(SETTINGS)}" for key in table if key not in SETTINGS]

    def paths(key: str, others: tuple[Path, ...]) -> tuple[Path, ...]:
        return tuple(file.parent / name for name in _texts(table, key, (), errors)) if key in table else others

    found = Config(
        select=_texts(table, "select", above.select, errors),
        ignore=_texts(table, "ignore", above.ignore, errors),
        min_severity=_severity(table, "min-severity", above.min_severity, errors),
        min_confidence=_probability(table, "min-confidence", above.min_confidence, errors),
        fail_on=_severity(table, "fail-on", Severity.MINOR, errors) if "fail-on" in table else above.fail_on,
        max_per_thousand=_number(table, "max-per-thousand", above.max_per_thousand, errors),
        levels=read(table["levels"], above.levels, errors) if "levels" in table else above.levels,
        max_annotations=_count(table, "max-annotations", above.max_annotations, errors),
        rules=paths("rules", above.rules),
        names=paths("names", above.names),
        columns=_texts(table, "columns", above.columns, errors),
        source_column=_text(table, "source-column", above.source_column, errors),
        exclude=_texts(table, "exclude", above.exclude, errors),
        db=file.parent / _text(table, "db", "", errors) if "db" in table else above.db,
        reviewer=_text(table, "reviewer", above.reviewer, errors),
        theme=_text(table, "theme", above.theme, errors),
        keys=_keys(table, "keys", above.keys, errors),
        lm=_language_model(table, file, above.lm, errors),
        files=(file, *above.files),
        places={**above.places, **dict.fromkeys(table, file)},
    )
    wrong += [f"{file}: {error}" for error in errors]
    return found


def _text(table: dict[str, object], key: str, default: str, errors: list[str]) -> str:
    value = table.get(key, default)
    if isinstance(value, str):
        return value
    errors.append(f"{key} is a text")
    return default


def _language_model(table: dict[str, object], file: Path, default: Path | None, errors: list[str]) -> Path | None:
    name = _text(table, "lm", "", errors)
    if not name:
        return None if "lm" in table else default
    return SMOLLM2 if name == str(SMOLLM2) else file.parent / name


def _texts(table: dict[str, object], key: str, default: tuple[str, ...], errors: list[str]) -> tuple[str, ...]:
    value = table.get(key, list(default))
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    errors.append(f"{key} is a list of texts")
    return default


def _keys(table: dict[str, object], key: str, default: Mapping[str, str], errors: list[str]) -> Mapping[str, str]:
    value = table.get(key, default)
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
