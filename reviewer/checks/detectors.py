"""Builds the checks of a kind from its detectors: each rule switches one on by name, with its options."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from reviewer.model import Check, Document, Finding, ReviewerError, Rule, Segment

Detector = Callable[[Rule], Check]
"""Reads a rule's options once; what comes back finds the rule's phenomenon in a document."""

Scan = Callable[[Rule, Segment], Iterator[Finding]]
"""Finds a rule's phenomenon in one segment, whatever stands around it."""


def by_segment(scan: Scan, *, where: str = "") -> Detector:
    """A detector from a scan, for phenomena that one segment shows.

    `where` is a regular expression of what every text with the phenomenon holds, quicker to look for than the phenomenon.
    """
    held = re.compile(where).search if where else None

    def detector(rule: Rule) -> Check:
        def check(document: Document) -> Iterator[Finding]:
            for segment in document.segments:
                if held is None or held(segment.target):
                    yield from scan(rule, segment)

        return check

    return detector


def compile(detectors: Mapping[str, Detector], rules: Sequence[Rule]) -> Check:
    """One check over rules of a kind. Raises ReviewerError for a rule whose detector does not exist."""
    checks = [detectors[known(rule, detectors)](rule) for rule in rules]

    def check(document: Document) -> Iterator[Finding]:
        for one in checks:
            yield from one(document)

    return check


def known(rule: Rule, detectors: Collection[str]) -> str:
    """The name of a rule's detector. Raises ReviewerError for one that does not exist."""
    if rule.detect not in detectors:
        names = ", ".join(sorted(detectors))
        raise ReviewerError(f"{rule.file}:{rule.line}: {rule.id}: no detector is called {rule.detect!r}; there are {names}")
    return rule.detect


def option(rule: Rule, name: str) -> str:
    """An option that the rule cannot do without. Raises ReviewerError where it is missing."""
    if not rule.options.get(name, "").strip():
        raise ReviewerError(f"{rule.file}:{rule.line}: {rule.id}: the detector {rule.detect!r} needs the option {name!r}")
    return rule.options[name]


def entries(rule: Rule, name: str) -> tuple[str, ...]:
    """An option that lists things, one after another with commas or line breaks between them."""
    return tuple(entry for line in option(rule, name).replace(",", "\n").split("\n") if (entry := " ".join(line.split())))
