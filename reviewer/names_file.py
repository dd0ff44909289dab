"""Reads and writes a file of names: CSV with a row a spelling, and the name it belongs to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewer.model import ReviewerError

COLUMNS = ("name", "form", "allowed")
"""The columns: the spelling to use, a spelling that stands for it, and `yes` where that one is right as well."""

_YES, _NO = frozenset({"yes", "true", "1"}), frozenset({"", "no", "false", "0"})
_LONGEST = 300  # code points of a name


@dataclass(frozen=True, slots=True)
class Spelling:
    """One spelling of a name: `form` is to become `name`, or, where it is `allowed` or the name itself, may stay."""

    name: str
    form: str
    allowed: bool = False


def read(file: Path) -> list[Spelling]:
    """The spellings of a file in UTF-8. Raises ReviewerError with one line an error: the row, what is wrong, what to do."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReviewerError(f"{file}: cannot be read ({error}); give a CSV file in UTF-8") from None
    return parse(text, str(file))


def parse(text: str, file: str) -> list[Spelling]:
    """The spellings of a text in CSV; `file` is what errors call it."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise ReviewerError(f"{file}: no valid CSV ({error}); save it as CSV with commas and double quotes") from None
    if not rows or [cell.strip().lower() for cell in rows[0]][:2] != ["name", "form"]:
        raise ReviewerError(f"{file}:1: the first row has to be {','.join(COLUMNS)}")
    errors: list[str] = []
    found = [(number, one) for number, row in enumerate(rows[1:], 2) if any(row) for one in _spelling(file, number, row, errors)]
    errors += _conflicts(file, found)
    if errors:
        raise ReviewerError("\n".join(errors))
    return [one for _, one in found]


def _spelling(file: str, number: int, row: list[str], errors: list[str]) -> Iterator[Spelling]:
    cells = [" ".join(cell.split()) for cell in row] + [""] * len(COLUMNS)
    name, form, allowed = cells[: len(COLUMNS)]
    if any(cells[len(COLUMNS) :]):
        errors.append(f"{file}:{number}: there are more than {len(COLUMNS)} cells; put a name with a comma in double quotes")
    elif not name or not form:
        errors.append(f"{file}:{number}: a name and a form are needed; fill the empty cell or take the row out")
    elif max(len(name), len(form)) > _LONGEST:
        errors.append(f"{file}:{number}: a name has {_LONGEST} characters at most; look for a missing double quote")
    elif allowed.lower() not in _YES | _NO:
        errors.append(f"{file}:{number}: allowed is yes or no, not {allowed!r}")
    else:
        yield Spelling(name, form, allowed.lower() in _YES)


def _conflicts(file: str, found: Iterable[tuple[int, Spelling]]) -> Iterator[str]:
    """Forms of two names, and names that are themselves to become another: conflicts, and with them all chains and cycles."""
    seen: dict[str, tuple[int, str]] = {}
    names: dict[str, int] = {}
    for number, one in found:
        names.setdefault(one.name, number)
        if one.form in seen and seen[one.form][1] != one.name:
            first, name = seen[one.form]
            yield f"{file}:{number}: {one.form!r} belongs to {name!r} in row {first} and to {one.name!r} here; keep one of them"
        seen.setdefault(one.form, (number, one.name))
    for name, number in names.items():
        if name in seen and seen[name][1] != name:
            row, other = seen[name]
            yield f"{file}:{number}: {name!r} is a name here and is to become {other!r} in row {row}; use {other!r} in both"


def write(spellings: Iterable[Spelling]) -> str:
    """The same as text; a name's own row first."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows((one.name, one.form, "yes" if one.allowed and one.form != one.name else "") for one in spellings)
    return out.getvalue()
