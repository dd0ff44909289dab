"""Teaches a model what a language model adds to it: tables and priors stay, trees that look at both are grown beside its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect import model, surprisal
from reviewer.checks.suspect.language_model import LanguageModel
from reviewer.checks.suspect.model import Deep
from reviewer.checks.suspect.scoring import States
from reviewer.checks.suspect.surprisal import Probes
from reviewer.checks.suspect.words import Floats
from reviewer.training import corpus, learning, probing, report
from reviewer.training.corpus import Corpus
from reviewer.training.growing import Growth
from reviewer.training.learning import Added, Setting, Told
from reviewer.training.probing import Others, Seen

GROWTH = Growth(trees=120, leaves=16, rate=0.05, texts=0.5, features=0.2, least=100, calm=10.0)
"""What a language model says of a word tells more than one text does: more, finer trees learn it, each from half of the texts."""
NATIVE = 0.05  # what a word of native English counts: the trees that ship were grown so; less was not tried
ADDED: Added = ({"prior": 0.3, surprisal.PROBE: 1.0}, {"source_prior": 0.3, surprisal.PROBE: 1.0})
"""What a probe reads is added as it is: of words that it was fitted to it knows too much for trees to learn from."""
ADDED_GIVEN: Added = (ADDED[False], {surprisal.PROBE: 0.4, surprisal.GIVEN_PROBE: 0.25})
"""The same where it is also shown the Chinese: two probes tell in part the same, and trees know what the Chinese is worth, which
a prior does not."""


def made(
    base: Path,
    files: Sequence[Path],
    english: Sequence[Path],
    seed: int,
    trees: int | None,
    reader: LanguageModel,
    *,
    given: bool,
    say: Told,
) -> tuple[bytes, list[str]]:
    """The model of `base` with the new trees, as a file, and the lines of its report. Raises ReviewerError.

    `given` says whether the language model is also shown the Chinese, which it then has to know.
    """
    before = model.read(base)
    texts = corpus.read(files)
    say(f"{len(texts.words)} words read, {int(texts.several.sum())} of them to learn from")
    native = corpus.english(english)
    shown = [native[number] for number in sorted(learning.shown_of(texts, native))]  # to score all of it would take hours
    shared = learning.shared(texts, shown, before.tables, before.priors, None)
    with_source = surprisal.WITH_CHINESE if given else surprisal.WITH_SOURCE
    say(f"{reader.file}: scoring them")
    sign = probing.sign(reader)
    other = _looked_at_by_one(texts)
    others = corpus.only(texts.words, other)
    above = (texts.marked - corpus.means(texts, ~texts.several))[other]
    seen: dict[str, Seen] = {}
    rows: list[Floats] = []
    for name in surprisal.PROBES[: 1 + given]:
        chinese = name == surprisal.GIVEN_PROBE
        told = surprisal.by_word(shared.several, surprisal.texts(shared.several, given=chinese), reader, States())
        rows.append(told[: surprisal.READ])
        more = Others(probing.states(others, reader, given=chinese), others.segment, above)
        seen[name] = Seen(told[surprisal.READ :].T.astype(np.float16), sign, more)
    shared = replace(
        shared,
        columns=shared.columns | surprisal.of_rows(shared.several, rows[0], rows[1] if given else None),
        native=shared.native | surprisal.columns(shared.negatives, reader, surprisal.ENGLISH, Probes()),
        seen=seen,
    )
    setting = Setting(
        growth=replace(GROWTH, trees=trees or GROWTH.trees),
        native=NATIVE,
        added=ADDED_GIVEN if given else ADDED,
        seed=seed,
        english=surprisal.ENGLISH,
        with_source=with_source,
        bent=True,
    )
    learnt = learning.taught(texts, shared, setting, say)
    lines = [*report.alone(texts, learnt)]
    card = {"files": [file.name for file in files], "language_model": reader.file.name, "sha256": reader.name, "figures": lines}
    one = learnt.model
    deep = Deep(one.english, one.with_source, one.english_scale, one.source_scale, card, one.probes)
    return model.write(replace(before, deep=deep)), lines


def _looked_at_by_one(texts: Corpus) -> NDArray[np.bool_]:
    """The words of texts that one rater looked at: of evenly taken ones, about as many words as of several."""
    chosen: NDArray[np.bool_] = ~texts.several
    step = max(1, round(chosen.sum() / texts.several.sum()))
    chosen &= np.isin(texts.words.document, np.unique(texts.words.document[chosen])[::step])
    chosen &= ~np.isin(texts.text, texts.text[texts.several])  # a text that is judged has taught nothing
    return chosen
