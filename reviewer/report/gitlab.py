"""Turns places into a GitLab code quality report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping

from reviewer.model import Severity
from reviewer.report.advice import advice
from reviewer.report.place import Place
from reviewer.report.records import array


def code_quality(places: Iterable[Place], levels: Mapping[Severity, str]) -> Iterator[str]:
    """One array, a finding a line. A finding without a line is on line 1, as GitLab needs one."""
    return array(json.dumps(_issue(place, levels[place.finding.severity]), ensure_ascii=False) for place in places)


def _issue(place: Place, level: str) -> dict[str, object]:
    finding = place.finding
    begin = {"line": place.begin.line, "column": place.begin.column} if place.begin else {"line": 1, "column": 1}
    end = {"line": place.end.line, "column": place.end.column} if place.end else begin
    # The same words in two files are two issues.
    named = "\0".join((place.file, place.document.name, finding.fingerprint))
    return {
        "type": "issue",
        "description": advice(finding),
        "check_name": finding.rule,
        "categories": ["Style"],
        "fingerprint": hashlib.sha256(named.encode()).hexdigest(),
        "severity": level,
        "location": {
            "path": place.file,
            "lines": {"begin": begin["line"], "end": end["line"]},
            "positions": {"begin": begin, "end": end},
        },
    }
