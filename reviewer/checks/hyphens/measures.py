"""Finds numbers and names that lost what joins them: 99 degree water, a three year plan, the Norfolk Suffolk border."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reviewer.checks import detectors
from reviewer.checks.detectors import Detector
from reviewer.checks.hyphens import attributive
from reviewer.checks.literals import search
from reviewer.model import Check, Finding, Rule, Segment, Span

_BEFORE = 30  # code points that are read for the word before
NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_NUMBER = re.compile(
    rf"(?i)(?<![\w.,$£€¥/-])(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|(?:{NUMBER_WORDS})(?:-(?:one|{NUMBER_WORDS}))?)\Z"
)
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_NUMBERED = re.compile(
    r"(?i)\b(?:no\.|number|chapter|article|section|page|level|phase|room|is|are|was|were|turned|aged?|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)\s+\Z"
)
_MEASURED = re.compile(r"\s(?:olds?|long|high|wide|deep|tall|thick)(?![\w-])")
_PLACE_BEFORE = re.compile(
    r"(?i)\b(?:in|from|to|with|at|near|for|across|throughout|leave|leaves|left|visit|visited|told|tells)\s+\Z"
)


def _measure(rule: Rule) -> Check:
    """A number and one of the rule's `units` before a noun: `99 degree water`, `a three year plan`, `a 5 year old boy`."""
    find = search(tuple(f" {unit}" for unit in detectors.entries(rule, "units")))

    def scan(rule: Rule, segment: Segment) -> Iterator[Finding]:
        text = segment.target
        for span, _ in find(text):
            number = _NUMBER.search(text, max(0, span.start - _BEFORE), span.start)
            if not number or _YEAR.match(number[0]) or _NUMBERED.search(text[max(0, number.start() - _BEFORE) : number.start()]):
                continue
            measured = _MEASURED.match(text, span.end)
            end = measured.end() if measured else span.end
            if (measured and measured[0].strip().startswith("old")) or attributive.noun_follows(text, end):
                figure = f"{int(number[0]):,}" if number[0].isdigit() and len(number[0]) > 3 else number[0]
                words = "-".join([figure, *text[span.start : end].split()])
                yield rule.finding(segment, Span(number.start(), end), fixes=(words,))

    return detectors.by_segment(scan)(rule)


def _names_in_a_row(rule: Rule) -> Check:
    """Two or more of the rule's `names` with nothing between them: `the Norfolk Suffolk Essex region`."""
    find = search([name.lower() for name in detectors.entries(rule, "names")])

    def scan(rule: Rule, segment: Segment) -> Iterator[Finding]:
        text = segment.target
        for row in _rows([span for span, _ in find(text) if text[span.start].isupper()]):
            if _is_row(text, row):
                names = [name.of(text) for name in row]
                fixes = ("-".join(names), f"{', '.join(names[:-1])} and {names[-1]}")
                yield rule.finding(segment, Span(row[0].start, row[-1].end), fixes=fixes)

    return detectors.by_segment(scan)(rule)


def _rows(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Spans grouped where each begins a space after the one before; one inside another (Mongolia in Inner Mongolia) is dropped."""
    row: list[Span] = []
    for span in sorted(set(spans), key=lambda one: (one.start, -one.end)):
        if row and span.start < row[-1].end:
            continue
        if row and span.start != row[-1].end + 1:
            yield row
            row = []
        row.append(span)
    if row:
        yield row


def _is_row(text: str, row: Sequence[Span]) -> bool:
    """Three names and more; two where a noun follows and no preposition has taken the first: In China US firms prosper."""
    if len({span.of(text) for span in row}) < max(2, len(row)):
        return False
    taken = _PLACE_BEFORE.search(text, max(0, row[0].start - _BEFORE), row[0].start)
    return len(row) > 2 or (not taken and attributive.noun_follows(text, row[-1].end, capital=True))


DETECTORS: dict[str, Detector] = {"measure": _measure, "names-in-a-row": _names_in_a_row}
