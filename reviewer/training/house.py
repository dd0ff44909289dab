"""Learns from a team's own decisions: what they accept, edit and reject moves the counts and the scale of a model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect import features, source, tables
from reviewer.checks.suspect import model as stored
from reviewer.checks.suspect import words as reading
from reviewer.checks.suspect.model import Model, Scale
from reviewer.checks.suspect.spans import LONGEST
from reviewer.checks.suspect.tables import Tables
from reviewer.checks.suspect.words import Floats, Words
from reviewer.model import Document, ReviewerError, Span, Verdict
from reviewer.store import Store
from reviewer.training import scaling

Doubles = NDArray[np.float64]
PARTS = 5  # documents (the paragraphs of a single one) are dealt into so many parts; each is judged by what the others teach
COUNTS = 2.0  # a decision counts as much as so many raters of the model's own texts
STEADY = (1.0, 0.25)  # how far shift and slope of the scale may be expected to move, as standard deviations of log-odds
SIGHT = 1e-3  # the least and the most that is ever believed is so far from 0 and 1
OWN = "suspects/"  # what the ids of the rules of suspicions begin with
_WRONG = {Verdict.ACCEPT: True, Verdict.EDIT: True, Verdict.REJECT: False}


@dataclass(frozen=True)
class Decided:
    """A document and what was decided of spans in it: (index of the segment, span, whether it was wrong, whether a suspicion).

    Spans of more than LONGEST words say nothing of single words and are left out.
    """

    document: Document
    spans: tuple[tuple[int, Span, bool, bool], ...]


@dataclass(frozen=True)
class _Read:
    """Decided spans of one reading: `places` are the words of each, `believed` its probability, `wrong` what was decided."""

    words: Words
    places: tuple[NDArray[np.int64], ...]
    believed: Doubles
    wrong: Doubles
    suspicion: NDArray[np.bool_]


def read(file: Path) -> list[Decided]:
    """The decisions of a database, document by document. Raises ReviewerError where there are none."""
    found = []
    with Store.open(file, create=False) as store:
        for one in store.documents():
            segments = tuple(store.segments(one.id))
            spans = tuple(
                (some.position, some.finding.span, _WRONG[some.state], some.finding.rule.startswith(OWN))
                for some in store.findings(one.id, states=set(_WRONG))
            )
            if spans:
                found.append(Decided(Document(one.path, one.format, segments, one.name), spans))
    if not found:
        raise ReviewerError(f"{file}: nobody has accepted, edited or rejected anything yet; run `reviewer review` first")
    return found


def made(file: Path, database: Path) -> tuple[bytes, list[str]]:
    """The model of a file as adapted to the decisions of a database, and lines that say how it does. Raises ReviewerError."""
    decided = read(database)
    before = stored.read(file)
    lines = [*compared(before, decided)]
    model = adapted(before, decided)
    return stored.write(replace(model, card={**before.card, "adapted": lines})), lines


def adapted(model: Model, decided: Iterable[Decided]) -> Model:
    """The model, its counts and scales moved by decisions; where few speak of a word or of the scale, they move little."""
    read = [one for some in decided for one in _read(model, some)]
    known = model.tables
    for one in read:
        known = _counted(known, one)
    moved = _moved(read)
    scales = [Scale(scale.values, moved(scale.confidence)) for scale in (model.english_scale, model.source_scale)]
    return replace(model, tables=known, english_scale=scales[0], source_scale=scales[1])


def compared(model: Model, decided: Sequence[Decided]) -> Iterator[str]:
    """Lines that say how the model does on decisions it has not learnt from, before and after."""
    before, after, wrong = [], [], []
    pieces = decided if len(decided) > 1 else _pieces(decided[0])
    for part in range(min(PARTS, len(pieces))):
        learnt = adapted(model, [one for number, one in enumerate(pieces) if number % PARTS != part])
        for one in pieces[part::PARTS]:
            for old, new in zip(_read(model, one), _read(learnt, one), strict=True):
                before.append(old.believed)
                after.append(new.believed)
                wrong.append(old.wrong)
    truth = np.concatenate(wrong)
    yield f"{len(truth)} decisions in {len(decided)} documents, {int(truth.sum())} of them accepted or edited"
    for name, some in (("before", before), ("after", after)):
        believed = np.concatenate(some)
        surer = truth[np.argsort(-believed)[: (len(truth) + 1) // 2]]
        yield f"{name}: mean log-likelihood {_likelihood(believed, truth):.3f}; of the surer half, {surer.mean():.3f} were wrong"


def _pieces(one: Decided) -> list[Decided]:
    """The decisions of one document, dealt out by paragraph."""
    numbers = list(dict.fromkeys(span[0] for span in one.spans))
    groups = [set(numbers[part::PARTS]) for part in range(min(PARTS, len(numbers)))]
    return [replace(one, spans=tuple(span for span in one.spans if span[0] in group)) for group in groups]


def _read(model: Model, decided: Decided) -> Iterator[_Read]:
    document = decided.document
    sourced = [source.readable(segment.source, model.tables) for segment in document.segments]
    for with_source in (False, True):
        mine = [number for number, one in enumerate(sourced) if one == with_source]
        spans = [one for one in decided.spans if one[0] in set(mine)]
        if not spans:
            continue
        words = reading.read([replace(document, segments=tuple(document.segments[number] for number in mine))])
        forest, scale = (model.with_source, model.source_scale) if with_source else (model.english, model.english_scale)
        columns = features.columns(words, model.tables, model.priors, model.network, with_source=with_source)
        value = forest.value(features.stacked(columns, forest.names))
        index = {number: at for at, number in enumerate(mine)}
        places = [_places(words, index[number], span) for number, span, _, _ in spans]
        told = [at for at, some in enumerate(places) if 0 < len(some) <= LONGEST]
        yield _Read(
            words,
            tuple(places[at] for at in told),
            np.array([float(scale.of(value[places[at]].max())) for at in told]),
            np.array([float(spans[at][2]) for at in told]),
            np.array([spans[at][3] for at in told], bool),
        )


def _places(words: Words, segment: int, span: Span) -> NDArray[np.int64]:
    return np.flatnonzero((words.segment == segment) & (words.start < max(span.end, span.start + 1)) & (words.end > span.start))


def _counted(known: Tables, one: _Read) -> Tables:
    """The tables with what was decided beyond what was believed, for the words of the spans and the pairs they stand in."""
    if not one.places:
        return known
    number = known.numbers(one.words.forms)[one.words.form]
    places = np.concatenate(one.places)
    above = np.repeat(one.wrong - one.believed, [len(some) for some in one.places])
    size = len(known.words)
    listed = number[places] < size
    marked, seen = known.marked.copy(), known.seen.copy()
    np.add.at(marked, number[places][listed], COUNTS * above[listed])
    np.add.at(seen, number[places][listed], COUNTS)
    pair_marked, pair_seen = known.pair_marked.copy(), known.pair_seen.copy()
    for keys in features.neighbours(one.words, known, number):
        at, there = tables.places(known.marked_keys, keys[places])
        np.add.at(pair_marked, at[there], COUNTS * above[there])
        np.add.at(pair_seen, at[there], COUNTS)
    return replace(known, marked=marked, seen=seen, pair_marked=pair_marked, pair_seen=pair_seen)


def _moved(read: Sequence[_Read]) -> Callable[[Floats], Floats]:
    """How confidence is to be read after decisions on suspicions: the likeliest shift and slope of its log-odds, near 0 and 1."""
    believed = np.concatenate([one.believed[one.suspicion] for one in read] or [np.zeros(0)])
    wrong = np.concatenate([one.wrong[one.suspicion] for one in read] or [np.zeros(0)])
    shift, slope = scaling.fitted(_odds(believed), wrong, (0.0, 1.0), STEADY)

    def moved(confidence: Floats) -> Floats:
        found: Floats = (1 / (1 + np.exp(-shift - slope * _odds(confidence)))).astype(np.float32)
        return found

    return moved


def _odds(sure: NDArray[np.floating]) -> Doubles:
    kept = np.clip(np.asarray(sure, np.float64), SIGHT, 1 - SIGHT)
    found: Doubles = np.log(kept / (1 - kept))
    return found


def _likelihood(believed: Doubles, truth: Doubles) -> float:
    kept = np.clip(believed, SIGHT, 1 - SIGHT)
    return float(np.mean(truth * np.log(kept) + (1 - truth) * np.log(1 - kept)))
