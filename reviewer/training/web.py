"""Counts of the web, from the lists of wordsegment (Brants and Franz 2006; Norvig 2009), in the form that the check looks up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect import web
from reviewer.checks.suspect.web import Keys, Web
from reviewer.model import ReviewerError


def counted() -> Web:
    """The counts. Raises ReviewerError where the library that has them is not there."""
    try:
        import wordsegment
    except ImportError:
        raise ReviewerError("training needs wordsegment; install it with: pip install 'reviewer[train]'") from None
    wordsegment.load()
    words = _kept(web.spellings(wordsegment.UNIGRAMS), np.array([*wordsegment.UNIGRAMS.values()]))
    both = {(*pair.split(),): seen for pair, seen in wordsegment.BIGRAMS.items() if "<" not in pair}  # <s> begins a sentence
    first, second = zip(*both, strict=True)
    pairs = _kept(web.paired(web.spellings(first), web.spellings(second)), np.array([*both.values()]))
    return Web(*words, *pairs)


def _kept(keys: Keys, sightings: NDArray[np.float64]) -> tuple[Keys, NDArray[np.uint8]]:
    """Rising keys; of two that are equal, that which was seen more often."""
    order = np.lexsort((-sightings, keys))
    found, first = np.unique(keys[order], return_index=True)
    return found, web.steps(sightings[order][first])
