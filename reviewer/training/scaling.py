"""Says what the values of words mean: of spans with such a value, the share that professionals confirm."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reviewer import measuring
from reviewer.checks.suspect import spans
from reviewer.checks.suspect.model import Scale
from reviewer.checks.suspect.words import Floats
from reviewer.model import Span
from reviewer.training.corpus import Corpus

STEP = 120  # spans that a point of the scale rests on, at least
TAKEN = 0.85  # of all words, how many are too unsuspicious to make a span of


def found(corpus: Corpus, value: Floats, least: float, chosen: NDArray[np.bool_]) -> list[tuple[int, Span, float]]:
    """(number of the segment, span, greatest value) of each span of chosen words with that value or more."""
    words, result = corpus.words, []
    for first, end in spans.joined_where(words, value, chosen & (value >= least)):
        most = float(value[first:end].max())
        start, stop = spans.trimmed(words, first, end)
        result.append((int(words.segment[start]), Span(int(words.start[start]), int(words.end[stop - 1])), most))
    return result


def confirmed(corpus: Corpus, some: list[tuple[int, Span, float]]) -> NDArray[np.float64]:
    """Of each span, the share of pairs of raters who marked at least half of it."""
    return np.array([measuring.confirmed(span, corpus.raters[segment]) or 0.0 for segment, span, _ in some])


def scale(corpus: Corpus, value: Floats, chosen: NDArray[np.bool_]) -> Scale:
    """The scale of values that were found out of fold."""
    least = float(np.quantile(value[chosen], TAKEN))
    some = found(corpus, value, least, chosen)
    order = np.argsort([most for _, _, most in some])
    most, agreed = np.array([one[2] for one in some])[order], confirmed(corpus, some)[order]
    pieces = np.array_split(np.arange(len(most)), max(2, len(most) // STEP))
    values = np.array([most[piece].mean() for piece in pieces])
    return Scale(values.astype(np.float32), rising(np.array([agreed[piece].mean() for piece in pieces])).astype(np.float32))


def rising(heights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The nearest heights that never fall: neighbours that do are pooled."""
    blocks: list[list[float]] = []
    for height in heights:
        blocks.append([float(height), 1.0])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            last, size = blocks.pop()
            blocks[-1] = [(blocks[-1][0] * blocks[-1][1] + last * size) / (blocks[-1][1] + size), blocks[-1][1] + size]
    return np.concatenate([np.full(int(size), height) for height, size in blocks])
