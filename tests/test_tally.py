"""Scores and counts of a report."""

from __future__ import annotations

import pytest

from reviewer.model import Severity, Verdict
from reviewer.report.tally import FORMULA, Tally, score
from tests.hostile import NAME, hostile_places


def test_the_formula_is_the_one_that_is_used() -> None:
    assert FORMULA == "1,000 × (25 × critical + 5 × major + 1 × minor) ÷ words"
    assert score({Severity.CRITICAL: 1, Severity.MAJOR: 2, Severity.MINOR: 3}, 500) == pytest.approx(1000 * (25 + 10 + 3) / 500)
    assert score({}, 500) == 0
    assert score({Severity.MINOR: 1}, 0) is None


def test_what_was_rejected_or_ignored_is_no_error_and_what_was_corrected_is_none_that_is_left() -> None:
    tally = Tally()
    tally.read(NAME, "<i>", 50)
    tally.read(NAME, "<i>", 50)
    for state in Verdict:
        assert len(list(tally.counted(hostile_places(state)))) == 7
    ((key, counts),) = tally.documents.items()
    assert (key, counts.words, tally.words, counts.found) == ((NAME, "<i>"), 100, 100, 35)
    assert counts.errors == {Severity.CRITICAL: 6, Severity.MAJOR: 6, Severity.MINOR: 9}
    assert counts.open == {Severity.CRITICAL: 2, Severity.MAJOR: 2, Severity.MINOR: 3}
    assert (counts.score, counts.score_left) == (1890, 630)
    assert tally.density == 350
    assert Tally().density is None
