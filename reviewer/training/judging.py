"""Says how well values of words tell what professionals mark: the best spans, characters, and what confidence is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviewer import measuring
from reviewer.checks.suspect.words import Floats
from reviewer.model import Span
from reviewer.training import scaling
from reviewer.training.corpus import Corpus

BEST = 1700  # spans
WORDS = 60_000  # in so many words
BINS = 10  # of equal size, for the calibration error


@dataclass(frozen=True)
class Judged:
    """Of the best spans, the greatest value of each (`most`) and the share of pairs of raters who confirm it (`agreed`); the best
    F1 of characters against each rater in turn."""

    most: Floats
    agreed: NDArray[np.float64]
    f1: float


def judged(texts: Corpus, value: Floats, chosen: NDArray[np.bool_]) -> Judged:
    """How the values of the chosen words do."""
    best = _best(texts, value, chosen, round(BEST * _size(texts, chosen) / WORDS))
    most = np.array([most for _, _, most in best], np.float32)
    return Judged(most, scaling.confirmed(texts, best), _f1(texts, value, chosen))


def calibration_error(sure: NDArray[np.floating], agreed: NDArray[np.floating]) -> float:
    """The expected calibration error: over equal bins by confidence, how far confidence and share confirmed lie apart."""
    order = np.argsort(sure)
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    return sum(len(part) * abs(float(sure[part].mean() - agreed[part].mean())) for part in parts) / max(1, len(order))


def _size(texts: Corpus, chosen: NDArray[np.bool_]) -> int:
    """The words, as white space parts them, of the segments with chosen words."""
    return sum(len(texts.words.segments[number].target.split()) for number in np.unique(texts.words.segment[chosen]))


def _best(texts: Corpus, value: Floats, chosen: NDArray[np.bool_], wanted: int) -> list[tuple[int, Span, float]]:
    """About so many spans, those of the most suspect words."""
    low, high = float(np.median(value[chosen])), float(value[chosen].max())
    for _ in range(20):
        middle = (low + high) / 2
        if len(scaling.found(texts, value, middle, chosen)) > wanted:
            low = middle
        else:
            high = middle
    return scaling.found(texts, value, high, chosen)


def _f1(texts: Corpus, value: Floats, chosen: NDArray[np.bool_]) -> float:
    """The best F1 of characters against each rater in turn, over a few cuts."""
    segments = np.unique(texts.words.segment[chosen]).tolist()
    best = 0.0
    for share in (0.6, 0.65, 0.7, 0.75, 0.8, 0.85):
        mine: dict[int, set[int]] = {}
        for segment, span, _ in scaling.found(texts, value, float(np.quantile(value[chosen], share)), chosen):
            mine.setdefault(segment, set()).update(range(span.start, span.end))
        hit = total = 0
        for segment in segments:
            for spans in texts.raters[segment]:
                theirs = measuring.characters(spans)
                hit += len(theirs & mine.get(segment, set()))
                total += len(theirs) + len(mine.get(segment, ()))
        best = max(best, 2 * hit / max(1, total))
    return best
