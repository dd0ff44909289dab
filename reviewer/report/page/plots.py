"""Turns counts of errors into the bars of a chart; the template draws them as SVG."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from reviewer.model import Severity

WIDTH = 320.0
"""Of a whole chart, in units of the drawing."""

_MOST = 8  # bars
_LONGEST = 44  # code points of a label


class Stretch(NamedTuple):
    """The errors of one severity in a bar, where they begin and how long they are, in units of the drawing."""

    severity: Severity
    errors: int
    x: float
    width: float


class Bar(NamedTuple):
    """One line of a chart; `label` may be cut in its middle, `name` is whole."""

    name: str
    label: str
    total: int
    stretches: tuple[Stretch, ...]


class Chart(NamedTuple):
    """Bars, and how many more there would be."""

    bars: tuple[Bar, ...]
    rest: int


def chart(counted: Iterable[tuple[str, Mapping[Severity, int]]], *, ranked: bool = True) -> Chart:
    """A bar for each name with errors, as long as its share of the longest; the longest first, unless not `ranked`."""
    rows = [(name, errors) for name, errors in counted if sum(errors.values())]
    if ranked:
        rows.sort(key=lambda row: (-sum(row[1].values()), row[0]))
    longest = max((sum(errors.values()) for _, errors in rows), default=1)
    return Chart(tuple(_bar(name, errors, WIDTH / longest) for name, errors in rows[:_MOST]), max(0, len(rows) - _MOST))


def _bar(name: str, errors: Mapping[Severity, int], unit: float) -> Bar:
    stretches, x = [], 0.0
    for severity in Severity:
        if count := errors.get(severity, 0):
            stretches.append(Stretch(severity, count, round(x, 2), round(count * unit, 2)))
            x += count * unit
    return Bar(name, _cut(name), sum(errors.values()), tuple(stretches))


def _cut(name: str) -> str:
    """The name, its middle left out where it is long: the end of a path says most."""
    half = _LONGEST // 2
    return name if len(name) <= _LONGEST else f"{name[: half - 1]}…{name[-half:]}"
