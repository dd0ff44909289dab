"""Asks a language model for scores: checks its file, keeps what was asked once, tells how far it has come."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cached_property
from itertools import repeat
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from reviewer.model import ReviewerError

if TYPE_CHECKING:
    from reviewer.checks.suspect.passages import Passage
    from reviewer.checks.suspect.scoring import Reading
    from reviewer.checks.suspect.words import Floats

MAGIC = b"GGUF"
EXTRA = "pip install 'reviewer[lm]'"
_ENDED = "llama.cpp ended when it tried"
_MOST = 4  # processes side by side: what lies between two steps of the model is the work of one core


class Kept(Protocol):
    """Where scores are kept from one lint to the next, by a hash of the model's file and one of what it reads."""

    def surprisals(self, model: str, texts: Sequence[str]) -> dict[str, bytes]:
        """Those that are kept."""
        ...

    def keep_surprisals(self, model: str, found: Mapping[str, bytes]) -> None:
        """Keeps some more."""
        ...


Told = Callable[[float, float], None]
"""Is told what share of the texts at hand is done, and in about how many seconds the rest will be."""


def check(file: Path) -> None:
    """Raises ReviewerError where a language model cannot be asked, before anything is begun."""
    try:
        with file.open("rb") as opened:
            magic = opened.read(len(MAGIC))
    except FileNotFoundError:
        raise ReviewerError(f"{file}: no such language model; name a GGUF file, or fetch one with `reviewer lm install`") from None
    except OSError as error:
        raise ReviewerError(f"{file}: the language model cannot be read: {error.strerror or error}") from None
    if magic != MAGIC:
        raise ReviewerError(f"{file}: this is no language model in GGUF format; name another file")
    check_extra()


def check_extra() -> None:
    """Raises ReviewerError where nothing is installed that runs a language model."""
    if importlib.util.find_spec("cyllama") is None:
        raise ReviewerError(f"a language model needs something to run it, which is not installed: {EXTRA}")


def convert(file: Path, to: Path) -> None:
    """Writes a model anew so that it runs fast: see `llama.convert`. Raises ReviewerError where it cannot be read or written."""
    from reviewer.checks.suspect import llama

    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=llama.hush) as pool:
        try:
            wrong = pool.submit(llama.convert, str(file), str(to)).result()
        except BrokenProcessPool:
            wrong = _ENDED
    if wrong or not to.is_file():
        raise ReviewerError(f"{file}: this language model cannot be written anew as {to} ({wrong or 'nothing was written'})")


class LanguageModel:
    """A GGUF model, asked in processes that run from `begin`, or the first question, to the end of the `with` block."""

    def __init__(self, file: Path, kept: Kept | None = None, told: Told = lambda share, left: None) -> None:
        check(file)
        self.file = file
        self._kept = kept
        self._told = told
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    @cached_property
    def name(self) -> str:
        """The hash of the model's file."""
        with self.file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()

    def scores(self, passages: Sequence[Passage], probe: Reading | None) -> list[Floats]:
        """Of each passage, what `scoring.scores` gives. Raises ReviewerError where the model cannot be used."""
        from reviewer.checks.suspect import scoring

        read = probe.name if probe else ""
        keys = [_key(passage, read) for passage in passages]
        found = {}
        for key, kept in (self._kept.surprisals(self.name, keys) if self._kept else {}).items():
            found[key] = scoring.unpacked(kept)
        missing = {key: (passage.size + 1, passage) for key, passage in zip(keys, passages, strict=True) if key not in found}
        missing = dict(sorted(missing.items(), key=lambda one: -one[1][0]))  # then no process is left with a long one at the end
        total, done, begun = sum(size for size, _ in missing.values()), 0, time.monotonic()
        answers = self._answers([passage for _, passage in missing.values()], probe)
        for (key, (size, _)), answer in zip(missing.items(), answers, strict=True):
            found[key] = self._answered(answer)[0]
            if self._kept and not isinstance(probe, scoring.States):  # they would take much room
                self._kept.keep_surprisals(self.name, {key: scoring.packed(found[key])})
            done += size
            self._told(done / total, (time.monotonic() - begun) * (total - done) / done)
        return [found[key] for key in keys]

    def begin(self) -> None:
        """Starts the processes that it is asked in, so that they open the model while there is nothing to be asked yet."""
        from reviewer.checks.suspect import llama

        if self._pool:
            return
        cores = os.cpu_count() or 1
        side_by_side = min(cores, _MOST)
        self._pool = ProcessPoolExecutor(
            side_by_side,
            multiprocessing.get_context("spawn"),
            initializer=llama.begin,
            initargs=(str(self.file), cores // side_by_side),
        )
        with suppress(BrokenProcessPool), llama.undisturbed():  # who asks is told
            for _ in range(side_by_side):
                self._pool.submit(llama.begun)

    def _answers(self, passages: Sequence[Passage], probe: Reading | None) -> Iterator[list[Floats] | str]:
        """What is answered to each passage, several of them asked at once."""
        from reviewer.checks.suspect import llama

        if passages:
            self.begin()
        try:
            yield from self._pool.map(llama.scores, [[one] for one in passages], repeat(probe)) if self._pool else ()
        except BrokenProcessPool:
            self._pool = None
            yield _ENDED

    def _answered(self, answer: list[Floats] | str) -> list[Floats]:
        if isinstance(answer, str):
            raise ReviewerError(f"{self.file}: this language model cannot be used ({answer}); name another file, or leave out --lm")
        return answer


def _key(passage: Passage, read: str) -> str:
    return hashlib.sha256(json.dumps([passage, read]).encode()).hexdigest()
