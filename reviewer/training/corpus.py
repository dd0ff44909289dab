"""Reads annotated translations and native English into arrays to learn from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reviewer import formats, measuring
from reviewer.checks.suspect import words as reading
from reviewer.checks.suspect.words import Words
from reviewer.model import Document, ReviewerError, Span

Doubles = NDArray[np.float64]
ENOUGH = 3  # raters: to learn from texts of fewer beside theirs teaches less, as raters differ
HUMAN = "ref"  # what the names of human translations begin with in the data of the WMT metrics tasks
CHUNK = 12  # paragraphs of native English that make a document, as long as a news report


@dataclass(frozen=True)
class Corpus:
    """Annotated texts: `words` of all documents, and for each word `confirmed`, the share of pairs of raters who marked it (of
    one rater, 1 or 0), `marked`, the share of raters, and `text`, the number of the text it translates, whoever translated.

    `several` are the words that ENOUGH raters looked at, or as many as ever did, if not one only; `human` those of human
    translations. `raters[s]` holds what each
    rater marked in the segment number s of `words.segments`. `document_of[s]` is the number of that segment's document.
    """

    words: Words
    documents: tuple[Document, ...]
    document_of: tuple[int, ...]
    raters: tuple[Sequence[Sequence[Span]], ...]
    confirmed: Doubles
    marked: Doubles
    text: NDArray[np.int64]
    several: NDArray[np.bool_]
    human: NDArray[np.bool_]


def read(files: Iterable[Path]) -> Corpus:
    """The annotated texts of files of MQM annotations. Raises ReviewerError where a file cannot be read, or marks nothing."""
    documents: list[Document] = []
    raters: list[Sequence[Sequence[Span]]] = []
    document_of: list[int] = []
    for file in files:
        for one in measuring.read_annotated(file):
            raters += [one.raters[segment.key] for segment in one.document.segments]
            document_of += [len(documents)] * len(one.document.segments)
            documents.append(one.document)
    words = reading.read(documents)
    confirmed, marked = np.zeros(len(words)), np.zeros(len(words))
    bounds = np.searchsorted(words.segment, np.arange(len(words.segments) + 1))
    for number, segment in enumerate(words.segments):
        mine = slice(bounds[number], bounds[number + 1])
        each = _marks(raters[number], words.start[mine], words.end[mine], len(segment.target))
        if len(each):
            marked[mine] = each.mean(axis=0)
            confirmed[mine] = np.mean([one | other for one, other in combinations(each, 2)] or each, axis=0)
    if not marked.any():
        raise ReviewerError(f"{', '.join(map(str, files))}: nobody marked anything here; name files of MQM annotations")
    texts: dict[tuple[Path, str], int] = {}
    names = [(document.path, document.name.partition("/")[2]) for document in documents]
    text = np.array([texts.setdefault(name, len(texts)) for name in names])
    counts = np.array([len(some) for some in raters])
    many = counts >= max(2, min(ENOUGH, int(counts.max())))
    human = np.array([document.name.startswith(HUMAN) for document in documents])
    several = many[words.segment] if many.any() else np.ones(len(words), bool)
    return Corpus(
        words=words,
        documents=tuple(documents),
        document_of=tuple(document_of),
        raters=tuple(raters),
        confirmed=confirmed,
        marked=marked,
        text=text[words.document],
        several=several,
        human=human[words.document],
    )


def _marks(raters: Sequence[Sequence[Span]], start: reading.Ints, end: reading.Ints, length: int) -> NDArray[np.bool_]:
    """(raters, words): whether each rater marked at least half of each word."""
    rows = []
    for spans in raters:
        inside = np.zeros(length + 2, np.int64)
        for span in spans:
            inside[span.start + 1 : max(span.end, span.start + 1) + 1] = 1
        upto = np.cumsum(inside)
        rows.append((upto[end] - upto[start]) * 2 >= end - start)
    return np.array(rows, bool).reshape(len(rows), len(start))


def english(files: Iterable[Path]) -> list[Document]:
    """Native English, cut into documents as long as a news report. Raises ReviewerError where a file cannot be read."""
    found = []
    for file in files:
        for document in formats.read(file):
            some = document.segments
            found += [Document(file, document.format, some[at : at + CHUNK]) for at in range(0, len(some), CHUNK)]
    return found


def part(corpus: Corpus, chosen: NDArray[np.bool_]) -> list[Document]:
    """The documents that have a chosen word."""
    return [corpus.documents[number] for number in np.unique(corpus.words.document[chosen])]


def only(words: Words, chosen: NDArray[np.bool_]) -> Words:
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


def means(corpus: Corpus, known: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Of each word, how often words of its file are marked."""
    files: dict[object, int] = {}
    of_document = np.array([files.setdefault(document.path, len(files)) for document in corpus.documents])
    group = of_document[corpus.words.document]
    sums = np.bincount(group, corpus.marked * known) / np.maximum(np.bincount(group, known), 1)
    found: NDArray[np.float64] = sums[group]
    return found
