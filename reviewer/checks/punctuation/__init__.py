"""Gathers the detectors of punctuation, spaces and capitals under one kind of rule."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.checks import detectors
from reviewer.checks.detectors import Detector
from reviewer.checks.punctuation import capitals, marks, quotes, spacing, titles
from reviewer.model import Check, Rule

DETECTORS: dict[str, Detector] = {
    **spacing.DETECTORS,
    **quotes.DETECTORS,
    **marks.DETECTORS,
    **titles.DETECTORS,
    **capitals.DETECTORS,
}


def compile(rules: Sequence[Rule]) -> Check:
    """One check over all punctuation rules. Raises ReviewerError for a detector that does not exist or an option it needs."""
    return detectors.compile(DETECTORS, rules)
