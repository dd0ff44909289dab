"""Reads a document and yields what stops too early: paragraphs cut off, clauses without a main clause, open brackets."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.checks import detectors
from reviewer.checks.detectors import Detector, by_segment
from reviewer.checks.truncated import endings, fragments, pairing
from reviewer.model import Check, Rule

DETECTORS: dict[str, Detector] = {
    "mid-sentence": endings.mid_sentence,
    "no-end-mark": endings.no_end_mark,
    "lost-end-mark": by_segment(endings.lost_end_mark),
    "cut-off": by_segment(endings.cut_off),
    "trailing-ellipsis": by_segment(endings.trailing_ellipsis),
    "lone-clause": by_segment(fragments.lone_clause),
    "half-pair": by_segment(fragments.half_pair),
    "unpaired-bracket": pairing.unpaired_bracket,
    "unpaired-quote": pairing.unpaired_quote,
}


def compile(rules: Sequence[Rule]) -> Check:
    """One check over all rules about cut text. Raises ReviewerError for a rule whose detector does not exist."""
    return detectors.compile(DETECTORS, rules)
