"""Turns places into the commands by which a GitHub workflow marks lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import heappush, heappushpop

from reviewer.model import Severity
from reviewer.printable import on_one_line
from reviewer.report.advice import advice
from reviewer.report.place import Place

_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def commands(places: Iterable[Place], levels: Mapping[Severity, str], most: int) -> Iterator[str]:
    """One command a line: `::warning file=news.txt,line=3,...::why`. Columns are only allowed within one line.

    GitHub shows the first few of each level and drops the others without a word: of each the `most` surest are given, in their
    order, and a last line, which is no command, says how many there are beside. Where `most` is 0, all are given.
    """
    kept: dict[str, list[tuple[float, int, str]]] = {level: [] for level in levels.values()}
    number = -1
    for number, place in enumerate(places):
        level = levels[place.finding.severity]
        line = f"::{level} {_properties(place)}::{_told(place).translate(_IN_DATA)}\n"
        if not most:
            yield line
        elif len(kept[level]) < most:
            heappush(kept[level], (place.finding.confidence, -number, line))
        else:
            heappushpop(kept[level], (place.finding.confidence, -number, line))
    if most:
        given = sorted((one for some in kept.values() for one in some), key=lambda one: -one[1])
        yield from (line for _, _, line in given)
        if more := number + 1 - len(given):
            yield f"and {more} more, which GitHub would not show; the other reports have them\n"


def _properties(place: Place) -> str:
    properties = {"file": place.file}
    if place.begin and place.end:
        properties |= {"line": str(place.begin.line), "endLine": str(place.end.line)}
        if place.begin.line == place.end.line:
            properties |= {"col": str(place.begin.utf16), "endColumn": str(max(place.begin.utf16, place.end.utf16 - 1))}
    properties["title"] = place.finding.rule
    return ",".join(f"{name}={on_one_line(value).translate(_IN_PROPERTY)}" for name, value in properties.items())


def _told(place: Place) -> str:
    """The advice, after the segment where no line tells the place."""
    return advice(place.finding) if place.begin else f"{on_one_line(place.segment.key)}: {advice(place.finding)}"
