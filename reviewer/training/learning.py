"""Learns the model of the check `suspect`: folds by text, so that every figure is of texts that were not learnt from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect import features
from reviewer.checks.suspect import words as reading
from reviewer.checks.suspect.features import Priors
from reviewer.checks.suspect.forest import Forest
from reviewer.checks.suspect.model import Model, Scale
from reviewer.checks.suspect.tables import Tables
from reviewer.checks.suspect.words import Floats, Words
from reviewer.model import Document
from reviewer.training import boosting, counting, marks, scaling, web
from reviewer.training.boosting import Growth
from reviewer.training.corpus import Corpus, part

Told = Callable[[str], None]
FOLDS = 6
NATIVE = 0.05  # what a word of native English counts as an example of what nobody marks
PAIRS = 9000  # segments that renderings are learnt from; more change nothing
LEAST_MEAN = 0.01  # how seldom or often a file is taken to mark words
PRIOR = Growth(forests=1, trees=250, sample=0.1)
BLANK = Scale(np.array([-1, 1], np.float32), np.array([0, 1], np.float32))


@dataclass(frozen=True)
class Learnt:
    """`model` is learnt from all texts; `fold_models[f]` from all but those of the fold f. `fold_of` numbers each word's fold,
    -1 where it takes part in none. `english` and `with_source`: the values of the words by the model of their fold."""

    model: Model
    fold_models: tuple[Model, ...]
    fold_of: NDArray[np.int64]
    english: Floats
    with_source: Floats


@dataclass(frozen=True)
class _Shared:
    """What all folds share: `several` are the words of several raters, `negatives` those of native English, with their columns."""

    counted: Tables
    priors: Priors
    several: Words
    columns: features.Columns
    negatives: Words
    native: features.Columns


@dataclass(frozen=True)
class Setting:
    """What training is to leave out or to change: features by name, and how trees grow."""

    without: frozenset[str] = frozenset()
    growth: Growth = field(default_factory=Growth)
    folds: int = FOLDS
    seed: int = 0


def learn(corpus: Corpus, native: Sequence[Document], setting: Setting, say: Told) -> Learnt:
    """The model, those of the folds, and the values out of fold."""
    shown = _as_many(native, int(corpus.several.sum()))
    counted = counted_tables(corpus, [one for number, one in enumerate(native) if number not in shown], setting.seed)
    say(f"counted {len(counted.words)} words, {len(counted.pair_keys)} pairs, {len(counted.chinese)} Chinese units")
    negatives = reading.read([native[number] for number in sorted(shown)])
    fold_of = _folds(corpus, setting)
    size = len(corpus.words)
    english, with_source = np.zeros(size, np.float32), np.zeros(size, np.float32)
    priors = priors_of(corpus, counted, setting)
    say("grown the priors")
    several = _only(corpus.words, corpus.several)
    shared = _Shared(
        counted,
        priors,
        several,
        features.unmarked(several, counted, priors, with_source=True),
        negatives,
        features.unmarked(negatives, counted, priors, with_source=False),
    )
    models = []
    for fold in range(setting.folds):
        out = fold_of == fold
        model, columns = _model(corpus, shared, ~out, setting)
        mine = np.flatnonzero(corpus.several)
        here = out[mine]
        english[out] = model.english.value(columns[: len(features.ENGLISH), here])
        with_source[out] = model.with_source.value(columns[:, here])
        models.append(model)
        say(f"fold {fold + 1} of {setting.folds}")
    english_scale = scaling.scale(corpus, english, fold_of >= 0)
    source_scale = scaling.scale(corpus, with_source, fold_of >= 0)
    whole, _ = _model(corpus, shared, np.ones(size, bool), setting)
    scaled = [replace(model, english_scale=english_scale, source_scale=source_scale) for model in (whole, *models)]
    return Learnt(scaled[0], tuple(scaled[1:]), fold_of, english, with_source)


def _as_many(native: Sequence[Document], words: int) -> set[int]:
    """The numbers of native documents, evenly taken, that have about as many words; not more than half of them."""
    size = sum(segment.target.count(" ") + 1 for document in native for segment in document.segments)
    return set(range(0, len(native), max(2, round(size / max(1, words)))))


def counted_tables(corpus: Corpus, native: Sequence[Document], seed: int) -> Tables:
    """Tables without marks, from texts that one rater looked at, so that no fold knows its own words; else from all."""
    alone = ~corpus.several if (~corpus.several).any() else np.ones(len(corpus.words), bool)
    machine, human = part(corpus, alone & ~corpus.human), part(corpus, alone & corpus.human)
    texts = [*machine, *human]
    step = max(1, sum(len(text.segments) for text in texts) // PAIRS)
    pairs = [reading.read(texts[::step])]
    return counting.tables(reading.read(native), reading.read(machine), reading.read(human), pairs, web.counted(), seed)


def _folds(corpus: Corpus, setting: Setting) -> NDArray[np.int64]:
    texts = np.unique(corpus.text[corpus.several])
    order = np.random.default_rng(setting.seed + 1).permutation(len(texts))
    fold = np.full(int(corpus.text.max()) + 1, -1)
    fold[texts[order]] = np.arange(len(texts)) % setting.folds
    return np.where(corpus.several, fold[corpus.text], -1)


def priors_of(corpus: Corpus, counted: Tables, setting: Setting) -> Priors:
    """Forests of what one rater marked in other texts, without and with a source; without trees where there are none.

    Raters differ in how much they mark, so each file has its own mean.
    """
    alone = ~corpus.several
    words = _only(corpus.words, alone)
    means = np.clip(_means(corpus, alone)[alone], LEAST_MEAN, 1 - LEAST_MEAN)
    if not len(words):
        nothing = np.zeros((0, 1), np.float32)
        without, beside = (Forest(features.PRIOR[one], 0.0, nothing.astype(np.int32), nothing, nothing) for one in (False, True))
        return without, beside
    columns = features.plain(words, counted, with_source=True)
    start, wanted = np.log(means / (1 - means)), corpus.marked[alone]

    def grown(names: tuple[str, ...]) -> Forest:
        shown = features.stacked(columns, names)
        return boosting.grow(shown, wanted, np.ones(len(words)), names, setting.seed, PRIOR, start)

    return grown(features.PRIOR[False]), grown(features.PRIOR[True])


def _model(corpus: Corpus, shared: _Shared, known: NDArray[np.bool_], setting: Setting) -> tuple[Model, Floats]:
    """A model learnt from the known words, and the columns of all words of several raters, the rest judged as in use."""
    weight = np.where(corpus.several, 1.0, marks.ALONE) * known
    above = corpus.marked - _means(corpus, known)
    tables = marks.counted(shared.counted, corpus.words, above, weight)
    number = tables.numbers(corpus.words.forms)[corpus.words.form]
    rows = np.where(
        known,
        marks.apart(tables, corpus.words, above, weight, corpus.text, setting.seed),
        features.marked(corpus.words, tables, number),
    )
    mine = np.flatnonzero(corpus.several)
    columns = _finished(shared.several, shared.columns, rows[:, mine], features.WITH_SOURCE)
    negatives = shared.negatives
    native = _finished(
        negatives,
        shared.native,
        features.marked(negatives, tables, tables.numbers(negatives.forms)[negatives.form]),
        features.ENGLISH,
    )
    learnt = known[mine]
    wanted = corpus.confirmed[mine][learnt]
    size = len(features.ENGLISH)
    with_source = _grown(columns[:, learnt], wanted, np.ones(len(wanted)), features.WITH_SOURCE, setting)
    both = np.concatenate([columns[:size, learnt], native], axis=1)
    nobody = np.zeros(len(negatives))
    weights = np.concatenate([np.ones(len(wanted)), np.full(len(negatives), NATIVE)])
    english = _grown(both, np.concatenate([wanted, nobody]), weights, features.ENGLISH, setting)
    both_forests = boosting.averaged((english, with_source), features.WITH_SOURCE)
    return Model(tables, shared.priors, english, both_forests, BLANK, BLANK, {}), columns


def _finished(words: Words, columns: features.Columns, rows: Floats, names: tuple[str, ...]) -> Floats:
    return features.stacked({**columns, **features.of_marks(words, rows)}, names)


def _grown(
    columns: Floats, wanted: NDArray[np.float64], weight: NDArray[np.float64], names: tuple[str, ...], setting: Setting
) -> Forest:
    shown = columns
    if setting.without:
        shown = columns.copy()
        shown[[number for number, name in enumerate(names) if name in setting.without]] = 0
    return boosting.grow(shown, wanted, weight, names, setting.seed, setting.growth)


def _means(corpus: Corpus, known: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Of each word, how often words of its file are marked."""
    files: dict[object, int] = {}
    of_document = np.array([files.setdefault(document.path, len(files)) for document in corpus.documents])
    group = of_document[corpus.words.document]
    sums = np.bincount(group, corpus.marked * known) / np.maximum(np.bincount(group, known), 1)
    found: NDArray[np.float64] = sums[group]
    return found


def _only(words: Words, chosen: NDArray[np.bool_]) -> Words:
    """The words of whole documents, numbered anew."""

    def renumbered(values: reading.Ints) -> reading.Ints:
        return np.unique(values[chosen], return_inverse=True)[1].astype(np.int32)

    kept = np.unique(words.segment[chosen])
    return replace(
        words,
        segments=tuple(words.segments[number] for number in kept),
        segment=renumbered(words.segment),
        sentence=renumbered(words.sentence),
        document=renumbered(words.document),
        **{name: getattr(words, name)[chosen] for name in ("start", "end", "place", "length", "form", "capital")},
    )


def fold_models(corpus: Corpus, learnt: Learnt) -> Iterator[tuple[int, Model]]:
    """The number of each document of several raters, with the model that has not seen its text."""
    numbers, firsts = np.unique(corpus.words.document, return_index=True)
    for number, first in zip(numbers.tolist(), firsts.tolist(), strict=True):
        if learnt.fold_of[first] >= 0:
            yield number, learnt.fold_models[learnt.fold_of[first]]
