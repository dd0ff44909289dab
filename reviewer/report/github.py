"""Turns places into the commands by which a GitHub workflow marks lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewer.model import Severity
from reviewer.printable import on_one_line
from reviewer.report.advice import advice
from reviewer.report.place import Place

_COMMANDS = {Severity.CRITICAL: "error", Severity.MAJOR: "warning", Severity.MINOR: "notice"}
_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def commands(places: Iterable[Place]) -> Iterator[str]:
    """One command a line: `::warning file=news.txt,line=3,...::why`. Columns are only allowed within one line."""
    for place in places:
        properties = {"file": place.file}
        if place.begin and place.end:
            properties |= {"line": str(place.begin.line), "endLine": str(place.end.line)}
            if place.begin.line == place.end.line:
                properties |= {"col": str(place.begin.utf16), "endColumn": str(max(place.begin.utf16, place.end.utf16 - 1))}
        properties["title"] = place.finding.rule
        said = ",".join(f"{name}={on_one_line(value).translate(_IN_PROPERTY)}" for name, value in properties.items())
        yield f"::{_COMMANDS[place.finding.severity]} {said}::{_told(place).translate(_IN_DATA)}\n"


def _told(place: Place) -> str:
    """The advice, after the segment where no line tells the place."""
    return advice(place.finding) if place.begin else f"{on_one_line(place.segment.key)}: {advice(place.finding)}"
