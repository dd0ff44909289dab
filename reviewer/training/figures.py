"""The tables of the page on suspect spans: what each group of features is worth, more texts, and what confidence is worth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from reviewer.checks.suspect import features, model, source
from reviewer.checks.suspect.words import Floats
from reviewer.model import ReviewerError
from reviewer.training import corpus, distilling, judging, learning, scaling
from reviewer.training.corpus import Corpus
from reviewer.training.growing import Growth
from reviewer.training.learning import OutOfFold, Setting, Shared, Told

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
SHARES = (0.25, 0.5, 0.75)
ROWS = 8  # of the table of confidence
_FORM = {"letters", "suffix", "mark", "digit", "hyphen", "capital", "pinyin", "repeated"}
_GROUPS: dict[str, Callable[[str], bool]] = {
    "how common words are": lambda name: _base(name) in {"zipf", "count"},
    "pairs in native English": lambda name: name.startswith(("seen_", "fit_", "vector_")),
    "pairs on the web": lambda name: name.startswith("web"),
    "the form of words": lambda name: _base(name) in _FORM,
    "the company words keep": lambda name: name.startswith("place"),
    "machine or native English": lambda name: _base(name) in {"translated", "machine"},
    "marks elsewhere": lambda name: name.startswith("marked"),
    "what a language model taught": lambda name: _base(name) == "echo",
    "the prior": lambda name: _base(name) in {"prior", "source_prior"},
    "neighbours": lambda name: name[-2:] in {"-1", "-2", "+1", "+2"},
    "means of sentence and text": lambda name: name.endswith(("_sentence", "_document")),
    "the source": lambda name: _base(name) in {*source.NAMES, "source_prior"},
}


def written(base: Path, files: Sequence[Path], english: Sequence[Path], seed: int, trees: int | None, page: Path, say: Told) -> str:
    """The page with its tables made anew; the network is that of the model `base`. Raises ReviewerError where it has no place."""
    before = page.read_text(encoding="utf-8") if page.is_file() else ""
    head, begin, rest = before.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise ReviewerError(f"{page}: has no lines {BEGIN} and {END} for the tables to stand between")
    texts = corpus.read(files)
    setting = Setting(growth=Growth(forests=1, trees=trees or Growth.trees, texts=1.0), seed=seed)
    shared = learning.prepared(texts, corpus.english(english), distilling.kept(model.read(base)), setting, say)
    return "\n".join([head + BEGIN, "", *_tables(texts, shared, setting, say), "", END + tail])


def _tables(texts: Corpus, shared: Shared, setting: Setting, say: Told) -> Iterator[str]:
    heads = "English only: best spans confirmed | character F1 | with source: confirmed | character F1 |"
    yield from (f"| features left out | {heads}", "|---|---|---|---|---|")
    left_out = [frozenset(filter(belongs, features.WITH_SOURCE)) for belongs in _GROUPS.values()]
    settings = [setting, *(replace(setting, without=names) for names in left_out)]
    made = learning.out_of_fold(texts, shared, settings, say)
    for name, one in zip(("none", *_GROUPS), made, strict=True):
        yield f"| {name} | {_cells(texts, one)}"
    several = len(np.unique(texts.text[texts.several]))
    yield from ("", f"| texts of several raters learnt from | {heads}", "|---|---|---|---|---|")
    for share in SHARES:
        (one,) = learning.out_of_fold(texts, shared, [replace(setting, share=share)], say)
        yield f"| {round(share * several)}, less a sixth | {_cells(texts, one)}"
    yield f"| {several}, less a sixth | {_cells(texts, made[0])}"
    yield from ("", "| | confidence | confirmed | spans |", "|---|---|---|---|")
    for name, value in (("English only", made[0].english), ("with source", made[0].with_source)):
        yield from _reliability(name, texts, value, setting)


def _cells(texts: Corpus, one: OutOfFold) -> str:
    judged = [judging.judged(texts, value, one.fold_of >= 0) for value in (one.english, one.with_source)]
    return " | ".join(f"{some.agreed.mean():.3f} | {some.f1:.3f}" for some in judged) + " |"


def _reliability(name: str, texts: Corpus, value: Floats, setting: Setting) -> Iterator[str]:
    """Rows of spans by confidence, which stands on a scale that was made of other folds."""
    fold_of = learning.folds(texts, setting)
    sure, agreed = [], []
    for fold in range(setting.folds):
        others = (fold_of >= 0) & (fold_of != fold)
        scale = scaling.scale(texts, value, others)
        mine = scaling.found(texts, value, scaling.least(value, others), fold_of == fold)
        sure.append(scale.of(np.array([most for _, _, most in mine], np.float32)))
        agreed.append(scaling.confirmed(texts, mine))
    believed, true = np.concatenate(sure), np.concatenate(agreed)
    for part in np.array_split(np.argsort(believed), ROWS):
        yield f"| {name} | {believed[part].mean():.2f} | {true[part].mean():.2f} | {len(part)} |"
    yield f"| {name}, calibration error | {judging.calibration_error(believed, true):.3f} | | {len(true)} |"


def _base(name: str) -> str:
    return re.sub(r"(?:[+-]\d|_sentence|_document)$", "", name)
