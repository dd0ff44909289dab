"""Finds names that have an established English form and stand in another: the pinyin of a city that the world knows otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reviewer.checks import detectors, literals, shape
from reviewer.checks.phrase.pattern import Pattern, parse
from reviewer.model import Check, Document, Finding, Related, Rule, Segment, Span


class _Form(NamedTuple):
    """A form of a name as a rule knows it, with what it ought to be; `chinese` is what it stands for, if the rule says so."""

    rule: _Rule
    written: str
    right: str
    chinese: str


@dataclass(frozen=True)
class _Rule:
    """A rule with its patterns."""

    rule: Rule
    needs: Pattern | None
    unless: Pattern | None

    @classmethod
    def of(cls, rule: Rule) -> _Rule:
        return cls(rule, parse(rule.needs) if rule.needs else None, parse(rule.unless) if rule.unless else None)

    def forms(self) -> Iterator[_Form]:
        """Forms and what they ought to be, one a line of the option: `Zhongqing, Chung King = Chongqing = 重庆`."""
        for line in detectors.option(self.rule, "forms").splitlines():
            forms, _, rest = line.partition("=")
            right, _, chinese = rest.partition("=")
            for form in forms.split(","):
                if form.strip():
                    yield _Form(self, form.strip(), right.strip(), chinese.strip())

    def holds(self, sentence: str) -> bool:
        """Whether a sentence has what the rule needs and lacks what it must not have."""
        return not (self.needs and not self.needs.search(sentence)) and not (self.unless and self.unless.search(sentence))


def _established(rules: Sequence[Rule]) -> Check:
    """The forms of all rules, looked for in one pass.

    The Chinese at the end of a line is optional; beside a source, a form is flagged only where its Chinese stands there. A form
    counts with its capitals as written, unless the established form stands in the same sentence: there somebody speaks of the name.
    """
    known: dict[str, dict[str, _Form]] = defaultdict(dict)  # by the form in lower case and by the rule: the last line counts
    for rule in rules:
        for form in _Rule.of(rule).forms():
            known[form.written.lower()][rule.id] = form
    find = literals.search(list(known), possessive=True)

    def check(document: Document) -> Iterator[Finding]:
        for segment in document.segments:
            for span, literal in find(segment.target):
                for form in known[literal].values():
                    if span.of(segment.target) == form.written:
                        yield from _finding(form, segment, span)

    return check


def _finding(form: _Form, segment: Segment, span: Span) -> Iterator[Finding]:
    if segment.source and form.chinese and form.chinese not in segment.source:
        return
    sentence = shape.sentence_at(segment.target, span.start).of(segment.target)
    spoken_of = re.search(rf"\b{re.escape(form.right)}\b", sentence)
    if not spoken_of and form.rule.holds(sentence):
        yield form.rule.rule.finding(segment, span, fixes=(form.right,), related=_evidence(segment, form.chinese))


def _evidence(segment: Segment, chinese: str) -> tuple[Related, ...]:
    at = (segment.source or "").find(chinese) if chinese else -1
    return (Related(segment.key, Span(at, at + len(chinese)), chinese, "source"),) if at >= 0 else ()


def compile(rules: Sequence[Rule]) -> Check:
    """One check for all rules of this kind. Raises ReviewerError where a rule names no detector."""
    for rule in rules:
        detectors.known(rule, ("established",))
    return _established(rules)
