"""Gathers the detectors of numbers, dates, amounts and counts under one kind of rule."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.checks import detectors
from reviewer.checks.detectors import Detector
from reviewer.checks.numbers import amounts, counts, dates, figures
from reviewer.model import Check, Rule

DETECTORS: dict[str, Detector] = {**figures.DETECTORS, **dates.DETECTORS, **amounts.DETECTORS, **counts.DETECTORS}


def compile(rules: Sequence[Rule]) -> Check:
    """One check over all number rules. Raises ReviewerError for a detector that does not exist."""
    return detectors.compile(DETECTORS, rules)
