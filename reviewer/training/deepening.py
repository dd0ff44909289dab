"""Teaches a model what a language model adds to it: tables and priors stay, trees that look at both are grown beside its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from reviewer.checks.suspect import model, surprisal
from reviewer.checks.suspect.language_model import LanguageModel
from reviewer.checks.suspect.model import Deep
from reviewer.training import corpus, learning, report
from reviewer.training.growing import Growth
from reviewer.training.learning import Setting, Told

GROWTH = Growth(trees=120, leaves=16, rate=0.05, texts=0.5, features=0.2, least=100, calm=10.0)
"""What a language model says of a word tells more than one text does: more, finer trees learn it, each from half of the texts."""


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
    shared = learning.shared(texts, corpus.english(english), before.tables, before.priors)
    with_source = surprisal.WITH_CHINESE if given else surprisal.WITH_SOURCE
    say(f"{reader.file}: scoring them")
    shared = replace(
        shared,
        columns=shared.columns | surprisal.columns(shared.several, reader, with_source),
        native=shared.native | surprisal.columns(shared.negatives, reader, surprisal.ENGLISH),
    )
    setting = Setting(
        growth=replace(GROWTH, trees=trees or GROWTH.trees), seed=seed, english=surprisal.ENGLISH, with_source=with_source
    )
    learnt = learning.taught(texts, shared, setting, say)
    lines = [*report.alone(texts, learnt)]
    card = {"files": [file.name for file in files], "language_model": reader.file.name, "sha256": reader.name, "figures": lines}
    one = learnt.model
    deep = Deep(one.english, one.with_source, one.english_scale, one.source_scale, card)
    return model.write(replace(before, deep=deep)), lines
