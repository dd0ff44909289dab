"""Finds names that have an established English form and stand in another: the pinyin of a city that the world knows otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from reviewer.checks import detectors, literals, shape
from reviewer.checks.detectors import Detector
from reviewer.checks.phrase.pattern import parse
from reviewer.model import Check, Document, Finding, Related, Rule, Segment, Span


def _established(rule: Rule) -> Check:
    """Forms and what they ought to be, one a line: `Zhongqing, Chung King = Chongqing = 重庆`.

    The Chinese at the end is optional; beside a source, a form is flagged only where its Chinese stands there. A form counts
    with its capitals as written, unless the established form stands in the same sentence: there somebody speaks of the name.
    """
    table: dict[str, tuple[str, str]] = {}
    for line in detectors.option(rule, "forms").splitlines():
        forms, _, rest = line.partition("=")
        right, _, chinese = rest.partition("=")
        for form in forms.split(","):
            if form.strip():
                table[form.strip()] = right.strip(), chinese.strip()
    lowered = {form.lower(): form for form in table}
    find = literals.search(list(lowered), possessive=True)
    needs = parse(rule.needs) if rule.needs else None
    unless = parse(rule.unless) if rule.unless else None

    def check(document: Document) -> Iterator[Finding]:
        for segment in document.segments:
            for span, literal in find(segment.target):
                right, chinese = table[lowered[literal]]
                if span.of(segment.target) != lowered[literal] or (segment.source and chinese and chinese not in segment.source):
                    continue
                sentence = shape.sentence_at(segment.target, span.start).of(segment.target)
                spoken_of = re.search(rf"\b{re.escape(right)}\b", sentence)
                if not (spoken_of or (needs and not needs.search(sentence)) or (unless and unless.search(sentence))):
                    yield rule.finding(segment, span, fixes=(right,), related=_evidence(segment, chinese))

    return check


def _evidence(segment: Segment, chinese: str) -> tuple[Related, ...]:
    at = (segment.source or "").find(chinese) if chinese else -1
    return (Related(segment.key, Span(at, at + len(chinese)), chinese, "source"),) if at >= 0 else ()


DETECTORS: Mapping[str, Detector] = {"established": _established}


def compile(rules: Sequence[Rule]) -> Check:
    """One check for all rules of this kind. Raises ReviewerError where a rule names no detector."""
    return detectors.compile(DETECTORS, rules)
