"""Turns documents into arrays with one row a word or mark, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from reviewer.checks import shape
from reviewer.model import Document, Segment

TOKEN = re.compile(r"[^\W_]+(?:['’\-‑.,](?=[^\W_])[^\W_]+)*|[^\w\s]|_")

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True)
class Words:
    """Words and marks of documents in reading order; every array has one entry a word.

    `segment`, `sentence` and `document` number what the word stands in; `start` and `end` are code points of the segment's
    target; `place` counts from 0 in the sentence and `length` is that of the sentence in words. `form` points into `forms`,
    the different words in lower case. `capital` is 0, 1 (the first letter) or 2 (all of two letters or more).
    """

    segments: tuple[Segment, ...]
    segment: Ints
    sentence: Ints
    document: Ints
    start: Ints
    end: Ints
    place: Ints
    length: Ints
    form: Ints
    capital: Ints
    forms: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.form)

    def beside(self, values: NDArray[Scalar], steps: int, edge: float) -> NDArray[Scalar]:
        """The values of the words `steps` to the right (to the left, if negative), `edge` outside the sentence."""
        moved = np.full_like(values, edge)
        if steps > 0:
            moved[:-steps] = values[steps:]
            moved[self.place + steps >= self.length] = edge
        else:
            moved[-steps:] = values[:steps]
            moved[self.place + steps < 0] = edge
        return moved


def read(documents: Sequence[Document]) -> Words:
    """The words of documents. Segments without a word take part with no row."""
    forms: dict[str, int] = {}
    segments: list[Segment] = []
    rows: list[tuple[int, int, int, int, int, int]] = []
    sizes: list[int] = []
    for number, document in enumerate(documents):
        for segment in document.segments:
            text = segment.target
            for sentence in shape.sentences(text):
                before = len(rows)
                for match in TOKEN.finditer(text, sentence.start, sentence.end):
                    word = match[0]
                    capital = (2 if len(word) > 1 and word.isupper() else 1) if word[0].isupper() else 0
                    form = forms.setdefault(word.lower(), len(forms))
                    rows.append((len(segments), number, match.start(), match.end(), form, capital))
                if len(rows) > before:
                    sizes.append(len(rows) - before)
            segments.append(segment)
    table = np.array(rows, np.int32).reshape(len(rows), 6).T
    lengths = np.array(sizes, np.int32)
    sentence_of = np.repeat(np.arange(len(sizes), dtype=np.int32), lengths)
    first = np.concatenate([[0], np.cumsum(lengths)])[:-1].astype(np.int32) if sizes else lengths
    place = np.arange(len(rows), dtype=np.int32) - first[sentence_of] if sizes else np.zeros(0, np.int32)
    length = lengths[sentence_of] if sizes else np.zeros(0, np.int32)
    segment_of, document_of, start, end, form_of, capitals = table
    return Words(tuple(segments), segment_of, sentence_of, document_of, start, end, place, length, form_of, capitals, tuple(forms))
