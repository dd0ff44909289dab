"""Turns places into JUnit XML: a suite a document, a test a finding, failed or as its level is, a passed one where none is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from reviewer.model import Severity
from reviewer.printable import in_xml, printable
from reviewer.report.advice import advice, title
from reviewer.report.place import Place, label
from reviewer.report.tally import Tally

_COUNTS = {"failure": "failures", "error": "errors", "skipped": "skipped"}
_CONTEXT = 200  # code points of the paragraph on either side


def suites(places: Iterable[Place], tally: Tally, levels: Mapping[Severity, str]) -> Iterator[str]:
    """The report; `tally` has to know the documents when the places are through. Names hold no line, so that tests keep them."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="reviewer">\n'
    found = set()
    for document, some in groupby(places, key=lambda place: (place.file, place.document.name)):
        found.add(document)
        yield from _suite(document, [_finding(place, levels[place.finding.severity]) for place in some])
    for document in tally.documents:
        if document not in found:
            yield from _suite(document, [_case(document, "no findings", "")])
    yield "</testsuites>\n"


def _suite(document: tuple[str, str], cases: Sequence[str]) -> Iterator[str]:
    counted = " ".join(f'{name}="{sum(f"<{level} " in case for case in cases)}"' for level, name in _COUNTS.items())
    yield f'  <testsuite name={_quoted(label(document))} tests="{len(cases)}" {counted}>\n'
    yield from cases
    yield "  </testsuite>\n"


def _case(document: tuple[str, str], name: str, inside: str) -> str:
    return f"    <testcase classname={_quoted(label(document))} name={_quoted(name)}>{inside}</testcase>\n"


def _finding(place: Place, level: str) -> str:
    finding = place.finding
    where = f"{place.begin.line}:{place.begin.column}" if place.begin else f"segment {finding.segment}"
    text, span = place.segment.target, finding.span
    around = text[max(0, span.start - _CONTEXT) : span.start], text[span.end : span.end + _CONTEXT]
    told = in_xml(printable(f"{place.file}:{where}: {advice(finding)}\n{around[0]}[[{finding.text}]]{around[1]}"))
    kind = "" if level == "skipped" else f" type={_quoted(finding.severity)}"
    inside = f"<{level}{kind} message={_quoted(advice(finding))}>{escape(told)}</{level}>"
    return _case((place.file, place.document.name), f"{finding.rule} {title(finding)}", inside)


def _quoted(text: str) -> str:
    return quoteattr(in_xml(printable(text)))
