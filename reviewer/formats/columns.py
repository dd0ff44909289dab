"""Decides which columns of a table hold the English and the Chinese: those asked for, or by the names in its first row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.model import ReviewerError

TARGETS = frozenset("target translation en en-us en-gb eng english 英文 英语 译文 翻译 目标".split())
SOURCES = frozenset("source original zh zh-cn zh-hans zh-tw zh-hant cn chi chinese 中文 汉语 原文 源文".split())
NUMBER = re.compile(r"[1-9]\d{0,4}")
LETTERS = re.compile(r"[A-Z]{1,3}")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns asked for, each by its name in the first row, its number from 1, or its letters in a spreadsheet.

    Without `targets`, and without a `source`, names such as `target`, `en`, `译文` and `source`, `zh`, `原文` decide.
    """

    targets: tuple[str, ...] = ()
    source: str = ""


BY_NAME = Columns()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The columns to read, from 0; `first` is the first row to read, from 0: 1 where the first row has names."""

    targets: tuple[int, ...]
    source: int | None
    first: int


def choose(asked: Columns, names: Sequence[str], place: str) -> Chosen:
    """The columns of a table whose first row has these texts. Raises ReviewerError where it has none of those asked for."""
    plain = [_plain(name) for name in names]
    targets = tuple(_asked(one, plain, names, place) for one in asked.targets) or tuple(
        number for number, name in enumerate(plain) if name in TARGETS
    )
    if not targets:
        raise ReviewerError(
            f"{place}: no column is called target, en or the like; name it with --column, or `exclude` the file; {_listed(names)}"
        )
    if asked.source:
        source: int | None = _asked(asked.source, plain, names, place)
    else:
        source = next((number for number, name in enumerate(plain) if name in SOURCES), None)
    if source in targets:
        raise ReviewerError(f"{place}: column {names[source or 0]!r} cannot be the target and the source; name another")
    known = TARGETS | SOURCES | {_plain(one) for one in (*asked.targets, asked.source) if one}
    return Chosen(tuple(dict.fromkeys(targets)), source, 0 if known.isdisjoint(plain) else 1)


def letters(number: int) -> str:
    """What a spreadsheet calls the column of that number, from 0: A to Z, AA ..."""
    rest, last = divmod(number, 26)
    return (letters(rest - 1) if rest else "") + chr(ord("A") + last)


def number_of(name: str) -> int:
    """The number, from 0, of the column that a spreadsheet calls by these capital letters."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _plain(name: str) -> str:
    """A name as names are compared: `EN_us` is `en-us`."""
    return name.strip().casefold().replace("_", "-")


def _asked(asked: str, plain: Sequence[str], names: Sequence[str], place: str) -> int:
    wanted = _plain(asked)
    if (found := plain.count(wanted)) > 1:
        raise ReviewerError(f"{place}: {found} columns are called {asked!r}; name it by its number, from 1")
    if found:
        return plain.index(wanted)
    if NUMBER.fullmatch(wanted):
        return int(wanted) - 1
    if LETTERS.fullmatch(asked):
        return number_of(asked)
    raise ReviewerError(f"{place}: no column is called {asked!r}; {_listed(names)}")


def _listed(names: Sequence[str]) -> str:
    """The first row, as an error quotes it."""
    said = ", ".join(repr(name.strip()[:20]) for name in names[:8])
    return f"the first row has {said}{' ...' if len(names) > 8 else ''}" if any(names) else "the first row is empty"
