"""Says in words why a span is suspect, from what moved its value."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reviewer.checks.suspect.spans import EDGE
from reviewer.checks.suspect.words import Floats, Words

UNSUPPORTED, PAIR, MARKED, RARE, PLACE, MARK = "unsupported", "unusual-pair", "often-marked", "rare-word", "in-context", "mark"
UNEXPECTED = "unexpected"  # by a language model, where one is asked
REASONS = (UNSUPPORTED, PAIR, MARKED, RARE, UNEXPECTED, PLACE, MARK)
_BY_NAME = (
    (UNSUPPORTED, ("support", "in_source", "source")),
    (PAIR, ("seen_", "fit_", "vector_", "web", "marked_before", "marked_after")),
    (MARKED, ("marked", "machine", "translated")),
    (RARE, ("count", "zipf", "letters", "suffix", "hyphen")),
    (UNEXPECTED, ("lm", "given", "gain")),
)
_TELLING = np.where([reason == PLACE for reason in REASONS], 0.25, 1.0)
"""What says least to a reviewer is given as a reason only where nothing else moved the value a quarter as much."""


def group(name: str) -> int:
    """The number, in REASONS, of the reason that a feature speaks for."""
    for reason, beginnings in _BY_NAME:
        if name.startswith(beginnings) and not name.endswith(("_document", "_sentence")):
            return REASONS.index(reason)
    return REASONS.index(PLACE)


def of(words: Words, first: int, end: int, shares: Floats) -> str:
    """The reason of a span of words; `shares` is (reasons, words of the span)."""
    if not any(words.forms[form][0].isalnum() for form in words.form[first:end]):
        return MARK
    return REASONS[int(np.argmax(shares.mean(axis=1) * _TELLING))]


def message(reason: str, why: str, words: Words, first: int, end: int, fits: Floats, text: str) -> str:
    """The rule's reason with the words that it rests on; `fits` is how well each word of the span goes with the one before."""
    if reason == PAIR:
        pair = _worst_pair(words, first, end, fits)
        if pair:
            left, right = (text[words.start[at] : words.end[at]] for at in pair)
            return f"Unusual pair: {left} + {right}. {why}"
    return why


def _worst_pair(words: Words, first: int, end: int, fits: Floats) -> tuple[int, int] | None:
    """The places of the two neighbours, one of them in the span and both of them words with a sense, that fit worst."""
    sound = [at for at in range(first, end) if words.place[at] and _telling(words, at) and _telling(words, at - 1)]
    if not sound:
        return None
    worst = min(sound, key=lambda at: fits[at - first])
    return worst - 1, worst


def _telling(words: Words, at: int) -> bool:
    form = words.forms[words.form[at]]
    return form[0].isalpha() and form not in EDGE


def groups(names: Sequence[str]) -> list[int]:
    """The number of each feature's reason."""
    return [group(name) for name in names]
