"""Grows priors: forests that know what one rater marked in other texts, whose values the trees of the check may ask."""

from __future__ import annotations

import numpy as np

from reviewer.checks.suspect import features
from reviewer.checks.suspect.features import Priors
from reviewer.checks.suspect.forest import Forest
from reviewer.checks.suspect.tables import Tables
from reviewer.training import growing
from reviewer.training.corpus import Corpus, means, only
from reviewer.training.growing import Growth, Taught

GROWTH = Growth(forests=1, trees=250, leaves=16, rate=0.1, texts=1.0, sample=0.3, least=500, calm=30.0, drawn=False)
LEAST_MEAN = 0.01  # how seldom or often a file is taken to mark words


def grown(corpus: Corpus, counted: Tables, seed: int) -> Priors:
    """Forests of what one rater marked in other texts, without and with a source; without trees where there are none.

    Raters differ in how much they mark, so each file has its own mean.
    """
    alone = ~corpus.several
    words = only(corpus.words, alone)
    usual = np.clip(means(corpus, alone)[alone], LEAST_MEAN, 1 - LEAST_MEAN)
    if not len(words):
        return growing.empty(features.PRIOR[False]), growing.empty(features.PRIOR[True])
    columns = features.plain(words, counted, with_source=True)
    start, wanted = np.log(usual / (1 - usual)), corpus.marked[alone]

    def forest(names: tuple[str, ...]) -> Forest:
        taught = Taught(features.stacked(columns, names), wanted, np.ones(len(words)), corpus.text[alone], start)
        return growing.grow(taught, names, seed, GROWTH)

    return forest(features.PRIOR[False]), forest(features.PRIOR[True])
