"""Reads a document and yields what the Chinese original, its encoding or its web page left in the English."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer.checks import detectors
from reviewer.checks.detectors import Detector, by_segment
from reviewer.checks.residue import fullwidth, invisible, language, markup, mojibake, scripts
from reviewer.model import Check, Rule

DETECTORS: dict[str, Detector] = {
    "untranslated-words": by_segment(scripts.untranslated_words),
    "untranslated-segment": by_segment(scripts.untranslated_segment),
    "other-script": by_segment(scripts.other_script),
    "pinyin-with-tones": by_segment(language.pinyin_with_tones),
    "other-language": language.other_language,
    "full-width-punctuation": by_segment(fullwidth.punctuation),
    "chinese-quotation-marks": by_segment(fullwidth.quotation_marks),
    "full-width-letters": by_segment(fullwidth.letters),
    "interpunct": by_segment(fullwidth.interpunct),
    "invisible-characters": by_segment(invisible.characters),
    "lost-characters": by_segment(invisible.lost),
    "ideographic-space": by_segment(invisible.ideographic_space),
    "look-alike-letters": by_segment(invisible.lookalike_letters),
    "mojibake": by_segment(mojibake.mojibake),
    "entities": by_segment(markup.entities),
    "tags": by_segment(markup.tags),
    "escapes": by_segment(markup.escapes),
    "placeholders": by_segment(markup.placeholders),
    "unknown-tokens": by_segment(markup.unknown_tokens),
}


def compile(rules: Sequence[Rule]) -> Check:
    """One check over all residue rules. Raises ReviewerError for a rule whose detector does not exist."""
    return detectors.compile(DETECTORS, rules)
