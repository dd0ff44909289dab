"""Reads a document and yields what it says twice: headlines, paragraphs, sentences, phrases and words."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.checks import detectors
from reviewer.checks.detectors import Detector, by_segment
from reviewer.checks.doubled import headlines, repetition, retelling
from reviewer.model import Check, Rule

DETECTORS: dict[str, Detector] = {
    "headline-twice": headlines.headline_twice,
    "headline-glued": by_segment(headlines.headline_glued),
    "headline-in-lead": headlines.headline_in_lead,
    "paragraph-twice": retelling.paragraph_twice,
    "paragraph-nearly-twice": retelling.paragraph_nearly_twice,
    "sentence-twice": retelling.sentence_twice,
    "phrase-twice": by_segment(repetition.doubled_phrase),
    "word-twice": by_segment(repetition.doubled_word),
    "loop": by_segment(repetition.loop),
}


def compile(rules: Sequence[Rule]) -> Check:
    """One check over all rules about doubling. Raises ReviewerError for a rule whose detector does not exist."""
    return detectors.compile(DETECTORS, rules)
