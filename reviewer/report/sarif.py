"""Turns places into SARIF 2.1.0, for code scanning and editors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from urllib.parse import quote

from reviewer.formats import FORMATS
from reviewer.model import Finding, Related, Rule, Severity
from reviewer.printable import on_one_line, printable
from reviewer.report.advice import advice
from reviewer.report.markdown import code, escaped
from reviewer.report.place import Place, Position
from reviewer.version import version

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "reviewer/v1"
"""The name of our fingerprint among the `partialFingerprints`."""

_PRECISIONS = ((0.9, "very-high"), (0.75, "high"), (0.5, "medium"), (0.0, "low"))
_PROBLEMS = {Severity.CRITICAL: "error", Severity.MAJOR: "warning", Severity.MINOR: "recommendation"}
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")

Node = dict[str, object]


def log(places: Iterable[Place], rules: Mapping[str, Rule], levels: Mapping[Severity, str]) -> Iterator[str]:
    """One run: results first, a line each, then the rules they are of, which are all known only at the end.

    Columns are in UTF-16 code units. Findings of formats without linear text have a logical location, the segment, and no region.
    """
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{"columnKind": "utf16CodeUnits", "results": ['
    numbers: dict[str, int] = {}
    descriptors: list[Node] = []
    comma = "\n"
    for place in places:
        finding = place.finding
        if finding.rule not in numbers:
            numbers[finding.rule] = len(descriptors)
            descriptors.append(_descriptor(rules.get(finding.rule), finding, levels))
        yield comma + _json(_result(place, numbers[finding.rule], levels[finding.severity]))
        comma = ",\n"
    driver: Node = {"name": "reviewer", **({"version": version()} if version() else {}), "rules": descriptors}
    yield f'\n], "tool": {{"driver": {_json(driver)}}}}}]}}\n'


def _json(node: Node) -> str:
    return json.dumps(node, ensure_ascii=False)


def _result(place: Place, rule: int, level: str) -> Node:
    finding = place.finding
    related = [_also(place, one) for one in finding.related if one.side == "target"]
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": level,
        "message": {"text": _plain(advice(finding))},
        "locations": [_location(place)],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "rank": round(100 * finding.confidence, 1),
        **({"relatedLocations": related} if related else {}),
        **({"fixes": fixes} if (fixes := _fixes(place)) else {}),
        "properties": {"category": finding.category, "severity": finding.severity, "confidence": round(finding.confidence, 3)},
    }


def _location(place: Place) -> Node:
    region = _region(place)
    snippet = {"snippet": {"text": printable(place.finding.text)}}
    physical: Node = {"artifactLocation": _artifact(place), **({"region": {**region, **snippet}} if region else {})}
    return {"physicalLocation": physical, "logicalLocations": [_segment(place, place.finding.segment)]}


def _segment(place: Place, key: str) -> Node:
    whole = f"{place.document.name}/{key}" if place.document.name else key
    return {"name": printable(key), "fullyQualifiedName": printable(whole), "kind": "segment"}


def _also(place: Place, one: Related) -> Node:
    """Another place in the document that a finding rests on."""
    location: Node = {"logicalLocations": [_segment(place, one.segment)], "message": {"text": _plain(on_one_line(one.text))}}
    return {"physicalLocation": {"artifactLocation": _artifact(place)}, **location}


def _artifact(place: Place) -> Node:
    file = PurePath(place.file)
    return {"uri": file.as_uri() if file.is_absolute() else quote(file.as_posix())}


def _region(place: Place) -> Node:
    if not (place.begin and place.end):
        return {}
    return {**_from(place.begin), "endLine": place.end.line, "endColumn": place.end.utf16}


def _from(begin: Position) -> Node:
    return {"startLine": begin.line, "startColumn": begin.utf16}


def _fixes(place: Place) -> list[Node]:
    """What to write instead, where the words stand in the file as they are: with no markup or escapes among them."""
    region, finding = _region(place), place.finding
    if not region or not place.in_file or len(place.in_file) != len(finding.span):
        return []
    escape = FORMATS[place.document.format].escape
    return [
        {
            "description": {"text": _plain(on_one_line(f"Write “{fix.text}”" if fix.text else "Delete"))},
            "artifactChanges": [
                {
                    "artifactLocation": _artifact(place),
                    "replacements": [{"deletedRegion": region, "insertedContent": {"text": escape(fix.text, place.segment.kind)}}],
                }
            ],
        }
        for fix in finding.fixes
    ]


def _plain(text: str) -> str:
    """A text in which nothing is taken for a link."""
    return _LINK.sub(r"\\[", text)


def _descriptor(rule: Rule | None, first: Finding, levels: Mapping[Severity, str]) -> Node:
    """What a reader of the report learns of a rule; of one that is gone, or of a reviewer's own marks, what its finding says."""
    why = rule.why if rule else first.message or "Marked by a reviewer."
    severity, category = (rule.severity, rule.category) if rule else (first.severity, first.category)
    confidence = rule.confidence if rule else first.confidence
    facts = [("Chinese", " ".join(rule.zh) if rule else ""), ("Write", " | ".join(rule.use) if rule else "")]
    facts += [("Severity", str(severity)), ("Category", category)]
    told = [(name, on_one_line(value)) for name, value in facts if value]
    return {
        "id": first.rule,
        "name": "".join(word.capitalize() for word in re.findall(r"\w+", first.rule.rsplit("/", 1)[-1])),
        "shortDescription": {"text": _plain(on_one_line(why))},
        "fullDescription": {"text": _plain(on_one_line(why))},
        "help": {
            "text": "\n".join([on_one_line(why), *(f"{name}: {value}" for name, value in told)]),
            "markdown": "\n".join([escaped(why), "", *(f"- {name}: {code(value)}" for name, value in told)]),
        },
        "defaultConfiguration": {"level": levels[severity]},
        "properties": {
            "tags": ["translation", category],
            "precision": next(name for least, name in _PRECISIONS if confidence >= least),
            "problem.severity": _PROBLEMS[severity],
        },
    }
