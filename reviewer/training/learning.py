"""Learns the model of the check `suspect`: folds by text, so that every figure is of texts that were not learnt from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect import features, surprisal
from reviewer.checks.suspect import words as reading
from reviewer.checks.suspect.features import Priors
from reviewer.checks.suspect.forest import Forest
from reviewer.checks.suspect.model import Model, Scale
from reviewer.checks.suspect.network import Network
from reviewer.checks.suspect.scoring import Probe
from reviewer.checks.suspect.surprisal import Probes
from reviewer.checks.suspect.tables import Tables
from reviewer.checks.suspect.words import Floats, Words
from reviewer.model import Document
from reviewer.training import counting, growing, marks, priors, probing, scaling, web
from reviewer.training.corpus import Corpus, means, only, part
from reviewer.training.distilling import Teacher
from reviewer.training.growing import Growth, Taught
from reviewer.training.probing import Seen

Told = Callable[[str], None]
Added = tuple[Mapping[str, float], Mapping[str, float]]
"""How much of features is added to what trees say, without and with a source: few texts teach trees little of their worth."""

FOLDS = 6
FEWER = 5  # there are a fifth as many of them as words that several raters looked at
PAIRS = 9000  # segments that renderings are learnt from; more change nothing
ADDED: Added = ({"prior": 0.1}, {"source_prior": 0.3, "echo": 0.1})
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
class Shared:
    """What all folds share: the `network` has not learnt from texts of several raters either. `several` are the words of several
    raters, `negatives` those of native English, with their columns; `seen`, by the name of its column, what a probe is to read."""

    counted: Tables
    priors: Priors
    network: Network | None
    several: Words
    columns: features.Columns
    negatives: Words
    native: features.Columns
    seen: Mapping[str, Seen] = field(default_factory=dict)


@dataclass(frozen=True)
class _Lesson:
    """What a model is learnt from: tables with marks, the columns of all words of several raters (those `learnt` have a share
    that is `wanted`, and the number of their text), those of native English, and the probes by the name of their column."""

    tables: Tables
    columns: Floats
    native: Floats
    learnt: NDArray[np.bool_]
    wanted: NDArray[np.float64]
    text: NDArray[np.int64]
    probes: Mapping[str, Probe]


@dataclass(frozen=True)
class OutOfFold:
    """The models of the folds, the fold of each word, and the words' values without and with a source."""

    models: list[Model]
    fold_of: NDArray[np.int64]
    english: Floats
    with_source: Floats


@dataclass(frozen=True)
class Setting:
    """What training is to leave out or to change: features by name (priors keep them), the share of texts of several raters that
    is learnt from, how trees grow, what a word of native English counts as an example of what nobody marks, what is
    added of features as they are, the names of the features, of which those with a source begin with those of English, and whether
    the scales are bent."""

    without: frozenset[str] = frozenset()
    share: float = 1.0
    growth: Growth = field(default_factory=Growth)
    native: float = 0.01
    added: Added = ADDED
    folds: int = FOLDS
    seed: int = 0
    english: tuple[str, ...] = features.ENGLISH
    with_source: tuple[str, ...] = features.WITH_SOURCE
    bent: bool = False


def learn(corpus: Corpus, native: Sequence[Document], teacher: Teacher, setting: Setting, say: Told) -> Learnt:
    """The model, those of the folds, and the values out of fold."""
    return taught(corpus, prepared(corpus, native, teacher, setting, say), setting, say)


def taught(corpus: Corpus, shared: Shared, setting: Setting, say: Told) -> Learnt:
    """The same, where what all folds share is there already."""
    (one,) = out_of_fold(corpus, shared, [setting], say)
    inside = one.fold_of >= 0
    english_scale = scaling.scale(corpus, one.english, inside, bent=setting.bent)
    source_scale = scaling.scale(corpus, one.with_source, inside, bent=setting.bent)
    whole = _model(shared, _lesson(corpus, shared, np.ones(len(corpus.words), bool), setting), setting)
    scaled = [replace(model, english_scale=english_scale, source_scale=source_scale) for model in (whole, *one.models)]
    return Learnt(scaled[0], tuple(scaled[1:]), one.fold_of, one.english, one.with_source)


def prepared(corpus: Corpus, native: Sequence[Document], teacher: Teacher, setting: Setting, say: Told) -> Shared:
    """What does not depend on the fold: counts, priors, the network that the teacher gives, and all columns but those of marks."""
    shown = shown_of(corpus, native)
    counted = counted_tables(corpus, [one for number, one in enumerate(native) if number not in shown], setting.seed)
    say(f"counted {len(counted.words)} words, {len(counted.pair_keys)} pairs, {len(counted.renderings().chinese)} Chinese units")
    before = priors.grown(corpus, counted, setting.seed)
    say("grown the priors")
    return shared(corpus, [native[number] for number in sorted(shown)], counted, before, teacher(corpus, counted))


def shared(corpus: Corpus, native: Sequence[Document], counted: Tables, before: Priors, network: Network | None) -> Shared:
    """The columns of words by what is there already; all of the native English is shown to the trees."""
    several, negatives = only(corpus.words, corpus.several), reading.read(native)
    return Shared(
        counted,
        before,
        network,
        several,
        features.unmarked(several, counted, before, network, with_source=True),
        negatives,
        features.unmarked(negatives, counted, before, network, with_source=False),
    )


def out_of_fold(corpus: Corpus, shared: Shared, settings: Sequence[Setting], say: Told) -> list[OutOfFold]:
    """What each setting gives; they have to agree in all but what is left out and how trees grow."""
    fold_of = folds(corpus, settings[0])
    mine = np.flatnonzero(corpus.several)
    found = [OutOfFold([], fold_of, *np.zeros((2, len(corpus.words)), np.float32)) for _ in settings]
    for fold in range(settings[0].folds):
        out = fold_of == fold
        lesson = _lesson(corpus, shared, ~out & _taken(corpus, settings[0]), settings[0])
        here = lesson.columns[:, out[mine]]
        for one, setting in zip(found, settings, strict=True):
            model = _model(shared, lesson, setting)
            one.english[out] = model.english.value(here[: len(setting.english)])
            one.with_source[out] = model.with_source.value(here)
            one.models.append(model)
        say(f"fold {fold + 1} of {settings[0].folds}")
    return found


def _taken(corpus: Corpus, setting: Setting) -> NDArray[np.bool_]:
    """The words of the share of the texts of several raters that folds may learn from, and of all other texts."""
    texts = np.unique(corpus.text[corpus.several])
    order = np.random.default_rng(setting.seed + 2).permutation(texts)
    taken: NDArray[np.bool_] = ~corpus.several | np.isin(corpus.text, order[: round(setting.share * len(texts))])
    return taken


def shown_of(corpus: Corpus, native: Sequence[Document]) -> set[int]:
    """The numbers of the native documents that trees are shown, evenly taken: of about as many words as they need, and not more
    than half of them, since the others are counted."""
    words = max(1, int(corpus.several.sum()) // FEWER)
    size = sum(segment.target.count(" ") + 1 for document in native for segment in document.segments)
    return set(range(0, len(native), max(2, round(size / words))))


def counted_tables(corpus: Corpus, native: Sequence[Document], seed: int) -> Tables:
    """Tables without marks, from texts that one rater looked at, so that no fold knows its own words; else from all."""
    alone = ~corpus.several if (~corpus.several).any() else np.ones(len(corpus.words), bool)
    machine, human = part(corpus, alone & ~corpus.human), part(corpus, alone & corpus.human)
    texts = [*machine, *human]
    step = max(1, sum(len(text.segments) for text in texts) // PAIRS)
    pairs = [reading.read(texts[::step])]
    return counting.tables(reading.read(native), reading.read(machine), reading.read(human), pairs, web.counted(), seed)


def folds(corpus: Corpus, setting: Setting) -> NDArray[np.int64]:
    """The fold of each word, -1 where its text has one rater only."""
    texts = np.unique(corpus.text[corpus.several])
    order = np.random.default_rng(setting.seed + 1).permutation(len(texts))
    fold = np.full(int(corpus.text.max()) + 1, -1)
    fold[texts[order]] = np.arange(len(texts)) % setting.folds
    return np.where(corpus.several, fold[corpus.text], -1)


def _lesson(corpus: Corpus, shared: Shared, known: NDArray[np.bool_], setting: Setting) -> _Lesson:
    """What there is to learn from the known words; the rest is judged as in use."""
    weight = np.where(corpus.several, 1.0, marks.ALONE) * known
    above = corpus.marked - means(corpus, known)
    tables = marks.counted(shared.counted, corpus.words, above, weight)
    rows = np.where(
        known,
        marks.apart(tables, corpus.words, above, weight, corpus.text, setting.seed),
        features.marked(corpus.words, tables, tables.numbers(corpus.words.forms)[corpus.words.form]),
    )
    mine = np.flatnonzero(corpus.several)
    wanted = (corpus.marked[mine] + corpus.confirmed[mine]) / 2
    probes = {name: probing.fitted(one, shared.several, wanted, known[mine]) for name, one in shared.seen.items()}
    told = {name: probing.read(probe, shared.seen[name], shared.several) for name, probe in probes.items()}
    columns = _finished(shared.several, {**shared.columns, **told}, rows[:, mine], setting.with_source)
    negatives = shared.negatives
    native = features.marked(negatives, tables, tables.numbers(negatives.forms)[negatives.form])
    learnt = mine[known[mine]]
    finished = _finished(negatives, shared.native, native, setting.english)
    return _Lesson(tables, columns, finished, known[mine], corpus.confirmed[learnt], corpus.text[learnt], probes)


def _model(shared: Shared, lesson: _Lesson, setting: Setting) -> Model:
    """What a lesson teaches; the scales are blank."""
    one = np.ones(len(lesson.wanted))
    seen = lesson.columns[:, lesson.learnt]
    with_source = _grown(Taught(seen, lesson.wanted, one, lesson.text), setting.with_source, setting)
    native = lesson.native.shape[1]
    both = Taught(
        np.concatenate([seen[: len(setting.english)], lesson.native], axis=1),
        np.concatenate([lesson.wanted, np.zeros(native)]),
        np.concatenate([one, np.full(native, setting.native)]),
        np.concatenate([lesson.text, np.full(native, -1)]),
    )
    english = _grown(both, setting.english, setting)
    if not _sees_chinese(setting.with_source):  # else it knows better than trees for English only
        with_source = growing.averaged((english, with_source), setting.with_source)
    alone, beside = (
        growing.sloped(one, _shown(added, setting)) for one, added in zip((english, with_source), setting.added, strict=True)
    )
    probes = Probes(lesson.probes.get(surprisal.PROBE), lesson.probes.get(surprisal.GIVEN_PROBE))
    return Model(lesson.tables, shared.priors, shared.network, alone, beside, BLANK, BLANK, {}, probes)


def _sees_chinese(names: Sequence[str]) -> bool:
    """Whether features tell what a language model says that sees the Chinese."""
    return surprisal.GIVEN[0] in names


def _shown(slopes: Mapping[str, float], setting: Setting) -> dict[str, float]:
    """The slopes but those of features that are left out."""
    return {name: slope for name, slope in slopes.items() if name not in setting.without}


def _finished(words: Words, columns: features.Columns, rows: Floats, names: tuple[str, ...]) -> Floats:
    return features.stacked({**columns, **features.of_marks(words, rows)}, names)


def _grown(taught: Taught, names: tuple[str, ...], setting: Setting) -> Forest:
    """A forest; beside a language model that does not see the Chinese half of its trees do not look at it: they are wrong where
    others than it are. None looks at what probes read."""
    forests = [_planted(taught, names, surprisal.PROBES, setting)]
    if surprisal.LM[0] in names and not _sees_chinese(names):
        forests.append(_planted(taught, names, surprisal.LM, setting))
    return growing.averaged(forests, names)


def _planted(taught: Taught, names: tuple[str, ...], hidden: Sequence[str], setting: Setting) -> Forest:
    """A forest that does not look at what is hidden from it."""
    chosen = [number for number, name in enumerate(names) if name not in hidden]
    names = tuple(names[number] for number in chosen)
    shown = taught.columns[chosen]
    if setting.without:
        shown[[number for number, name in enumerate(names) if name in setting.without]] = 0
    return growing.grow(replace(taught, columns=shown), names, setting.seed, setting.growth)


def fold_models(corpus: Corpus, learnt: Learnt) -> Iterator[tuple[int, Model]]:
    """The number of each document of several raters, with the model that has not seen its text."""
    numbers, firsts = np.unique(corpus.words.document, return_index=True)
    for number, first in zip(numbers.tolist(), firsts.tolist(), strict=True):
        if learnt.fold_of[first] >= 0:
            yield number, learnt.fold_models[learnt.fold_of[first]]
