"""Says of each token how little a language model expected it, and what a probe reads in the model's state after it."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect.passages import Passage, Text
from reviewer.checks.suspect.words import Floats

START, SURPRISAL, RANK, ENTROPY = range(4)
"""The rows of what is known of tokens: the code point it starts at; minus the natural logarithm of its probability; of how many
tokens were thought likelier, the natural logarithm of one more; and what the model expected its surprisal to be. Those of a probe
follow."""
PROBED = 4

SIGN = "The cat sat on the mat."
"""A model is known again by its state after this."""
_SAME = 0.97  # the least cosine of its states in two files of other precision

_PLAIN, _GIVEN = "English:", "Chinese: {}\nEnglish:"
_PARTIAL = "\ufffd"  # stands for the bytes of a token that is a part of a character


@dataclass(frozen=True)
class Probe:
    """Reads two values in a state of one language model, that whose state after SIGN is `sign`: `weights` is (state, 2)."""

    weights: Floats
    bias: Floats
    sign: Floats
    scored: ClassVar[bool] = True

    @property
    def name(self) -> str:
        """Tells what it reads from what others read."""
        return hashlib.sha256(self.weights.tobytes() + self.bias.tobytes()).hexdigest()

    def fits(self, sign: Floats) -> bool:
        """Whether a model with this state after SIGN is that which the probe was made for."""
        if sign.shape != self.sign.shape:
            return False
        return float(sign @ self.sign) >= _SAME * float(np.linalg.norm(sign) * np.linalg.norm(self.sign))

    def read(self, states: Floats) -> Floats:
        """(2, tokens) of (tokens, state)."""
        found: Floats = (states @ self.weights + self.bias).T.astype(np.float32)
        return found


@dataclass(frozen=True)
class States:
    """Reads all of a state, whichever model's it is; where not `scored`, the rows before are 0, and it takes less time."""

    scored: bool = True
    name: ClassVar[str] = "states"

    def fits(self, sign: Floats) -> bool:
        """True."""
        return True

    def read(self, states: Floats) -> Floats:
        """(state, tokens) of (tokens, state)."""
        return states.T


Reading = Probe | States


class Engine(Hashable, Protocol):
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

    def read(self, tokens: Sequence[int], wanted: Sequence[bool], *, logits: bool) -> Iterator[tuple[Floats, Floats]]:
        """Of each token that is wanted, which the first is not: the logits in its place, and the model's state after it.

        Without `logits`, there are none of them.
        """
        ...


def scores(engine: Engine, passages: Sequence[Passage], probe: Reading | None = None) -> list[Floats]:
    """Of each passage (rows, tokens): the rows above, starts counted in the texts put together, then what a probe reads.

    A probe that was made for another model reads nothing: its rows are not there.
    """
    fitting = probe if probe and probe.fits(_sign(engine)) else None
    return [_scores(engine, passage, fitting) for passage in passages]


@lru_cache(maxsize=1)
def _sign(engine: Engine) -> Floats:
    """The state of a model that tells it from others."""
    tokens = [*engine.start, *engine.tokens(_PLAIN), *engine.tokens(f" {SIGN}")]
    ((_, state),) = engine.read(tokens, [*[False] * (len(tokens) - 1), True], logits=False)
    return state


def _scores(engine: Engine, passage: Passage, probe: Reading | None) -> Floats:
    starts: list[int] = []
    found: list[tuple[float, float, float]] = []
    states: list[Floats] = []
    at = 0
    tokens = []
    for text in passage.texts:
        tokens.append(engine.tokens(f" {text.english.strip()}"))
        starts += [at + start for start in _starts(text.english, [engine.piece(token) for token in tokens[-1]])]
        at += len(text.english)
    scored = probe is None or probe.scored
    for run, wanted in _runs(engine, passage, tokens):
        for (logits, state), token in zip(engine.read(run, wanted, logits=scored), compress(run, wanted), strict=True):
            found.append(_score(logits, token) if scored else (0.0, 0.0, 0.0))
            if probe:
                states.append(state)
    rows = [np.array(starts, np.float32)[None], np.array(found, np.float32).reshape(-1, 3).T]
    if probe and states:
        rows.append(probe.read(np.stack(states)))
    return np.concatenate(rows)


def _runs(engine: Engine, passage: Passage, tokens: Sequence[list[int]]) -> Iterator[tuple[list[int], list[bool]]]:
    """Tokens that the model reads in one go, and which of them are to be scored: in turn `tokens`, those of the passage's texts.

    A passage of which more tokens are made than the model sees at once is read without what stands before it,
    and if that is not enough, in parts.
    """
    given = any(text.chinese for text in (*passage.before, *passage.texts))
    for before in dict.fromkeys((passage.before, ())):
        run, wanted = [*engine.start], [False] * len(engine.start)
        unscored = [engine.tokens(f" {text.english.strip()}") for text in before]
        for number, (text, own) in enumerate(zip((*before, *passage.texts), (*unscored, *tokens), strict=True)):
            lead = engine.tokens(_lead(text, number, given))
            run += [*lead, *own]
            wanted += [False] * len(lead) + [number >= len(before)] * len(own)
        if len(run) <= engine.context:
            yield run, wanted
            return
    for text, own in zip(passage.texts, tokens, strict=True):
        lead = [*engine.start, *engine.tokens(_lead(text, 0, given))]
        if len(lead) > engine.context // 2:  # so long a source leaves no room for the English
            lead = [*engine.start, *engine.tokens(_PLAIN)]
        room = max(1, engine.context - len(lead))
        for start in range(0, len(own), room):
            part = own[start : start + room]
            yield [*lead, *part], [False] * len(lead) + [True] * len(part)


def _lead(text: Text, number: int, given: bool) -> str:
    """What stands before a text: that it is English, and in what is given the Chinese, that too."""
    if not given:
        return "\n" if number else _PLAIN
    return ("\n\n" if number else "") + (_GIVEN.format(text.chinese) if text.chinese else _PLAIN)


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


def packed(found: Floats) -> bytes:
    """Scores as they are kept."""
    return len(found).to_bytes(2, "little") + found.astype("<f4").tobytes()


def unpacked(kept: bytes) -> Floats:
    """Scores again. Raises ValueError where they are none."""
    rows: NDArray[np.float32] = np.frombuffer(kept[2:], "<f4").reshape(int.from_bytes(kept[:2], "little"), -1)
    return rows
