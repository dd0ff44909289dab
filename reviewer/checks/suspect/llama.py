"""Runs a GGUF model with llama.cpp in a process of its own: where the library ends its process, the lint goes on to say so."""

from __future__ import annotations

import os
import signal
import struct
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, cast

import numpy as np

from reviewer.checks.suspect import scoring
from reviewer.checks.suspect.passages import Passage
from reviewer.checks.suspect.words import Floats

Q8_0 = 7  # llama.cpp's number of a file of such weights
CONTEXT = 3072  # tokens at most: more takes memory, and a passage is shorter, its Chinese too
AT_ONCE = 128  # tokens that are read at a time: more are no faster, and the logits of each take much memory
_EACH = 0  # llama.cpp's number of giving each token's state, and not their mean


class Llama:
    """A model of a file, run on so many cores, by cyllama. Raises ValueError where it cannot be used, and says why."""

    def __init__(self, file: str, cores: int) -> None:
        from cyllama.llama import llama_cpp

        class Model(llama_cpp.LlamaModel):  # type: ignore[misc]
            """The library asks its model for this when it gives the logits of any token but the first."""

            @property
            def n_vocab(self) -> int:
                return int(self.get_vocab().n_vocab)

        llama_cpp.disable_logging()
        self._model = Model(file, llama_cpp.LlamaModelParams(), verbose=False)
        self._vocabulary = self._model.get_vocab()
        self.context = min(CONTEXT, self._model.n_ctx_train)
        self.start = [self._vocabulary.token_bos()] if self._vocabulary.get_add_bos() else []
        self.piece = cache(self._piece)
        settings = llama_cpp.LlamaContextParams()
        settings.n_ctx, settings.n_batch, settings.n_ubatch = self.context, AT_ONCE, AT_ONCE
        settings.embeddings, settings.pooling_type = True, _EACH
        settings.n_threads = settings.n_threads_batch = cores
        self._context = llama_cpp.LlamaContext(self._model, settings, verbose=False)
        self._batch = llama_cpp.LlamaBatch(n_tokens=AT_ONCE, embd=0, n_seq_max=1)

    def tokens(self, text: str) -> list[int]:
        """The tokens of a text, in which no mark has a meaning of its own."""
        return list(self._vocabulary.tokenize(text, False, False))

    def _piece(self, token: int) -> str:
        return str(self._vocabulary.token_to_piece(token, 0, False))

    def read(self, tokens: Sequence[int], wanted: Sequence[bool], *, logits: bool) -> Iterator[tuple[Floats, Floats]]:
        """Of each token that is wanted, which the first is not: the logits in its place, and the model's state after it.

        Without `logits`, there are none of them.
        """
        self._context.kv_cache_clear(True)
        pack = struct.Struct(f"{self._vocabulary.n_vocab}f").pack  # three times as fast as numpy with a list
        before_wanted = [logits and one for one in (*wanted[1:], False)]
        needed = before_wanted if logits else wanted
        first = next((place for place, one in enumerate(needed) if one), len(tokens))  # to here, no logits are computed
        expected: Floats = np.zeros(0, np.float32)
        for part in (*_parts(0, first), *_parts(first, len(tokens))):
            start = part[0]
            self._context.set_embeddings_mode(start >= first)
            self._batch.clear()
            for place in part:
                self._batch.add(tokens[place], place, [0], wanted[place] or before_wanted[place])
            self._context.decode(self._batch)
            for place in part:
                if wanted[place]:
                    yield expected, np.array(self._context.get_embeddings_ith(place - start), np.float32)
                if before_wanted[place]:
                    expected = np.frombuffer(pack(*self._context.get_logits_ith(place - start)), np.float32)


def _parts(start: int, end: int) -> list[range]:
    """The places from start to end, as many together as are read at a time."""
    return [range(one, min(one + AT_ONCE, end)) for one in range(start, end, AT_ONCE)]


_opened: Llama | str = "no model was opened"
"""Of a process that runs a model: the model, or what was wrong with it."""


def hush() -> None:
    """Sends nowhere what the library prints."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keeps Ctrl-C from this process, and from those that it starts until they `begin`, which would print where it met them."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def begin(file: str, cores: int) -> None:
    """Opens the model, to be run on so many cores."""
    global _opened  # noqa: PLW0603  what a process is given at its start has no other place
    hush()
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _opened = _tried(lambda: Llama(file, cores))


def begun() -> None:
    """Nothing: a process that is asked for it has begun."""


def scores(passages: Sequence[Passage], probe: scoring.Reading | None) -> list[Floats] | str:
    """The scores of passages, or what is wrong with the model."""
    engine = _opened
    return engine if isinstance(engine, str) else _tried(lambda: scoring.scores(engine, passages, probe))


def convert(file: str, to: str) -> str | None:
    """Writes a model anew with weights of eight bits (Q8_0), which llama.cpp runs fastest; what is wrong, if it is."""
    return cast("str | None", _tried(lambda: _converted(file, to)))


def _converted(file: str, to: str) -> None:
    from cyllama.llama import llama_cpp

    settings = llama_cpp.LlamaModelQuantizeParams()
    settings.ftype, settings.nthread, settings.allow_requantize = Q8_0, os.cpu_count() or 1, True
    llama_cpp.model_quantize(file, to, settings)


def _tried(act: Any) -> Any:
    """What an act gives, or what the library says instead."""
    try:
        return act()
    except Exception as error:  # the library raises whatever it likes
        return f"{type(error).__name__}: {error}".split(". ")[0].splitlines()[0]
