"""Says how little a language model expected each token of a text, alone or beside its Chinese."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from reviewer.checks import shape
from reviewer.checks.suspect.words import Floats

AT_ONCE = 512  # tokens that an engine is given together
TOGETHER = 16  # texts of them
START, SURPRISAL, RANK, ENTROPY = range(4)
"""The rows of what is known of tokens: the code point it starts at; minus the natural logarithm of its probability; of how many
tokens were thought likelier, the natural logarithm of one more; and what the model expected its surprisal to be."""

_PLAIN, _GIVEN = "English:", "Chinese: {}\nEnglish:"
_PARTIAL = "\ufffd"  # stands for the bytes of a token that is a part of a character


class Text(NamedTuple):
    """English to be scored, given its Chinese, or None."""

    english: str
    chinese: str | None = None


class Engine(Protocol):
    """What a language model has to be able to do."""

    @property
    def context(self) -> int:
        """How many tokens it sees at once."""
        ...

    @property
    def start(self) -> Sequence[int]:
        """The tokens that every text begins with."""
        ...

    def tokens(self, text: str) -> list[int]:
        """The tokens of a text."""
        ...

    def piece(self, token: int) -> str:
        """The characters of a token."""
        ...

    def logits(self, texts: Sequence[tuple[Sequence[int], int]]) -> Iterator[Floats]:
        """What is expected after each token of each text but the last, from the number given with it on, one by one."""
        ...


@dataclass(frozen=True)
class _Window:
    """So many tokens of a text as fit into the context, with what stands before them."""

    text: int
    before: list[int]
    tokens: list[int]


def scores(engine: Engine, texts: Sequence[Text]) -> list[Floats]:
    """Of each text (4, tokens): the rows above. A text that is longer than the context is parted between sentences."""
    found: list[list[tuple[float, float, float]]] = [[] for _ in texts]
    starts: list[list[int]] = []
    windows: list[_Window] = []
    for number, text in enumerate(texts):
        tokens = engine.tokens(" " + text.english.lstrip())
        starts.append(_starts(text.english, [engine.piece(token) for token in tokens]))
        windows += _windows(engine, number, text, tokens, starts[-1])
    for batch in _batches(windows):
        rows = engine.logits([([*one.before, *one.tokens], len(one.before) - 1) for one in batch])
        for one in batch:
            found[one.text] += [_score(next(rows), token) for token in one.tokens]
    return [
        np.concatenate([np.array(begins, np.float32)[None], np.array(some, np.float32).reshape(-1, 3).T])
        for begins, some in zip(starts, found, strict=True)
    ]


def _score(logits: Floats, token: int) -> tuple[float, float, float]:
    """Surprisal, rank and entropy, by a log-softmax of single precision."""
    greatest = logits.max()
    odds = np.exp(logits - greatest)
    total = odds.sum()
    log_total = np.log(total) + greatest
    entropy = log_total - (odds @ logits) / total
    return float(log_total - logits[token]), float(np.log1p(np.count_nonzero(logits > logits[token]))), float(entropy)


def _starts(text: str, pieces: Sequence[str]) -> list[int]:
    """Where in the text each token starts, white space before it left out; tokens that share a character start with it."""
    starts, at, unseen = [], 0, 0
    for piece in pieces:
        inner = piece.replace(_PARTIAL, "").strip()
        while at < len(text) and text[at].isspace():
            at += 1
        unseen += _PARTIAL in piece  # of the characters before the next whole piece at most so many are not in any
        place = text.find(inner, at, at + len(inner) + 2 * unseen) if inner else at
        starts.append(max(place, at))
        if inner and place >= 0:
            at, unseen = place + len(inner), 0
    return starts


def _windows(engine: Engine, number: int, text: Text, tokens: list[int], starts: Sequence[int]) -> Iterator[_Window]:
    before = [*engine.start, *engine.tokens(_GIVEN.format(text.chinese) if text.chinese else _PLAIN)]
    if len(before) > engine.context // 2:  # so long a source leaves no room for the English
        before = [*engine.start, *engine.tokens(_PLAIN)]
    room = max(1, engine.context - len(before))
    ends: list[int] = []
    if len(tokens) > room:
        sentences = np.searchsorted(starts, [sentence.start for sentence in shape.sentences(text.english)])
        ends = [int(end) for end in sentences]
    at = 0
    while at < len(tokens):
        last = at + room
        if last < len(tokens):
            end = ends[bisect_right(ends, last) - 1] if ends else last
            last = end if end > at else last
        yield _Window(number, before, tokens[at:last])
        at = last


def _batches(windows: Sequence[_Window]) -> Iterator[list[_Window]]:
    """Windows in turn, as many as are given together."""
    batch: list[_Window] = []
    size = 0
    for window in windows:
        length = len(window.before) + len(window.tokens)
        if batch and (size + length > AT_ONCE or len(batch) == TOGETHER):
            yield batch
            batch, size = [], 0
        batch.append(window)
        size += length
    if batch:
        yield batch


def packed(found: Floats) -> bytes:
    """Scores as they are kept."""
    return found.astype("<f4").tobytes()


def unpacked(kept: bytes) -> Floats:
    """Scores again. Raises ValueError where they are none."""
    rows: NDArray[np.float32] = np.frombuffer(kept, "<f4").reshape(4, -1)
    return rows
