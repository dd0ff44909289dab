"""The tables of the page on suspect spans: what each group of features is worth, more texts, and what confidence is worth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from reviewer.checks.suspect import features, source
from reviewer.checks.suspect.words import Floats
from reviewer.model import ReviewerError
from reviewer.training import corpus, judging, learning, scaling
from reviewer.training.boosting import Growth
from reviewer.training.corpus import Corpus
from reviewer.training.learning import Setting, Shared, Told

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
SHARES = (0.25, 0.5, 0.75, 1.0)
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
    "the prior": lambda name: _base(name) in {"prior", "source_prior"},
    "neighbours": lambda name: name[-2:] in {"-1", "-2", "+1", "+2"},
    "means of sentence and text": lambda name: name.endswith(("_sentence", "_document")),
    "the source": lambda name: _base(name) in {*source.NAMES, "source_prior"},
}


def written(files: Sequence[Path], english: Sequence[Path], seed: int, trees: int, page: Path, say: Told) -> str:
    """The page with its tables made anew. Raises ReviewerError where it has no place for them."""
    before = page.read_text(encoding="utf-8") if page.is_file() else ""
    head, begin, rest = before.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise ReviewerError(f"{page}: has no lines {BEGIN} and {END} for the tables to stand between")
    texts = corpus.read(files)
    setting = Setting(growth=Growth(forests=1, trees=trees), seed=seed)
    shared = learning.prepared(texts, corpus.english(english), setting, say)
    return "\n".join([head + BEGIN, "", *_tables(texts, shared, setting, say), "", END + tail])


def _tables(texts: Corpus, shared: Shared, setting: Setting, say: Told) -> Iterator[str]:
    def row(name: str, one: Setting) -> tuple[str, Floats, Floats]:
        say(name)
        _, fold_of, english, with_source = learning.out_of_fold(texts, shared, one, lambda _: None)
        cells = [judging.judged(texts, value, fold_of >= 0) for value in (english, with_source)]
        figures = " | ".join(f"{one.agreed.mean():.3f} | {one.f1:.3f}" for one in cells)
        return f"| {name} | {figures} |", english, with_source

    heads = "English only: best spans confirmed | character F1 | with source: confirmed | character F1 |"
    yield f"| features left out | {heads}"
    yield "|---|---|---|---|---|"
    whole, english, with_source = row("none", setting)
    yield whole
    for name, belongs in _GROUPS.items():
        yield row(name, replace(setting, without=frozenset(filter(belongs, features.WITH_SOURCE))))[0]
    several = len(np.unique(texts.text[texts.several]))
    yield from ("", f"| texts of several raters learnt from | {heads}", "|---|---|---|---|---|")
    for share in SHARES:
        number = f"{round(share * several)}, less a sixth"
        yield row(number, replace(setting, share=share))[0] if share < 1 else whole.replace("| none |", f"| {number} |")
    yield from ("", "| | confidence | confirmed | spans |", "|---|---|---|---|")
    for name, value in (("English only", english), ("with source", with_source)):
        yield from _reliability(name, texts, value, setting)


def _reliability(name: str, texts: Corpus, value: Floats, setting: Setting) -> Iterator[str]:
    """Rows of spans by confidence, which stands on a scale that was made of other folds."""
    fold_of = learning.folds(texts, setting)
    sure, agreed = [], []
    for fold in range(setting.folds):
        scale = scaling.scale(texts, value, (fold_of >= 0) & (fold_of != fold))
        mine = scaling.found(texts, value, float(scale.values[0]), fold_of == fold)
        sure.append(scale.of(np.array([most for _, _, most in mine], np.float32)))
        agreed.append(scaling.confirmed(texts, mine))
    believed, true = np.concatenate(sure), np.concatenate(agreed)
    for part in np.array_split(np.argsort(believed), ROWS):
        yield f"| {name} | {believed[part].mean():.2f} | {true[part].mean():.2f} | {len(part)} |"
    yield f"| {name}, calibration error | {judging.calibration_error(believed, true):.3f} | | {len(true)} |"


def _base(name: str) -> str:
    return re.sub(r"(?:[+-]\d|_sentence|_document)$", "", name)
