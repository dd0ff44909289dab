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

POINTS = 40  # of a scale
SURE = 7.0  # log-odds: one in a thousand, and all but one
SUREST = 0.93  # of all words, how many are below the bend of a bent scale
TAKEN = 0.85  # of all words, how many are too unsuspicious to make a span of; spans of surer words are told more truly


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


def least(value: Floats, chosen: NDArray[np.bool_]) -> float:
    """The value from which on words make the spans that a scale is fitted to."""
    return float(np.quantile(value[chosen], TAKEN))


def scale(corpus: Corpus, value: Floats, chosen: NDArray[np.bool_], *, bent: bool = False) -> Scale:
    """The scale of values that were found out of fold.

    Raters of one file mark more than those of another, and its values may be greater: the slope is that within files. Where it is
    `bent`, the surest spans have a slope of their own: of several things that tell the same, each makes them surer than they are.
    """
    most, (shift, slope) = _line(corpus, value, chosen, least(value, chosen))
    values = np.concatenate([[value[chosen].min()], np.quantile(most, np.linspace(0, 1, POINTS))])
    odds = shift + slope * values
    if bent:
        bend = float(np.quantile(value[chosen], SUREST))
        _, (shift, slope) = _line(corpus, value, chosen, bend)
        surest = shift + slope * np.maximum(values, bend)
        odds = np.where(values < bend, np.minimum(odds, surest), surest)
    odds = np.clip(odds, -SURE, SURE)
    return Scale(values.astype(np.float32), (1 / (1 + np.exp(-odds))).astype(np.float32))


def _line(
    corpus: Corpus, value: Floats, chosen: NDArray[np.bool_], least: float
) -> tuple[NDArray[np.floating], tuple[float, float]]:
    """The values of the spans of words with that value or more, and the shift and slope of the log-odds that they are confirmed."""
    some = found(corpus, value, least, chosen)
    most = np.array([one[2] for one in some])
    number = {path: at for at, path in enumerate(dict.fromkeys(document.path for document in corpus.documents))}
    files = np.array([number[corpus.documents[corpus.document_of[segment]].path] for segment, _, _ in some])
    return most, fitted(most, confirmed(corpus, some), (0.0, 1.0), (10.0, 10.0), files)


def fitted(
    values: NDArray[np.floating],
    wanted: NDArray[np.float64],
    expected: tuple[float, float],
    deviation: tuple[float, float],
    group: NDArray[np.int64] | None = None,
) -> tuple[float, float]:
    """The likeliest shift and slope, never a falling one, by which log-odds are made of values, to give what was wanted.

    `expected` is what they are thought to be, with so great a `deviation`. Where values stand in groups, each has a shift of its
    own, and theirs is the mean of these.
    """
    others = [(group == one) - np.mean(group == one) for one in np.unique(group)[1:]] if group is not None else []
    given = np.stack([np.ones(len(values)), values, *others])
    precise = np.diag([1 / one**2 for one in (*deviation, *[deviation[0]] * len(others))])
    start = weights = np.array([*expected, *[0.0] * len(others)])
    for _ in range(50):  # Newton's method; what was expected, and a bound to each step, keep it from running off
        sure = 1 / (1 + np.exp(-np.clip(weights @ given, -50, 50)))
        slope = given @ (wanted - sure) - precise @ (weights - start)
        step = np.linalg.solve((given * sure * (1 - sure)) @ given.T + precise, slope)
        weights = weights + step / max(1.0, np.abs(step).max())
    if weights[1] < 0 and values.any():  # none: then all have the same
        return fitted(np.zeros(len(values)), wanted, expected, deviation, group)[0], 0.0
    return float(weights[0]), float(weights[1])
