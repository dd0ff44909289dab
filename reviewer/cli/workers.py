"""Lints files in several processes: the results are those of one process, in the order asked for."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reviewer import engine, formats
from reviewer.checks import suspect
from reviewer.cli import options
from reviewer.config import Config
from reviewer.formats.reading import Reading
from reviewer.model import Document, Finding, ReviewerError, Rule

if TYPE_CHECKING:
    from reviewer.checks.suspect.surprisal import Reader

AHEAD = 8
"""Files for each process that may be on their way at once: enough that none waits, few enough that memory stays bounded."""
LARGEST = 4 << 20
"""Bytes; a larger file is linted part by part where it is recorded, as all its parts together may be too much to hand over."""

KEPT = 4
"""Linters that are kept."""

Reviewed = tuple[Document, list[Finding]]


class Linter:
    """What lints one file: the compiled rules, and how sure and how bad a finding has to be."""

    def __init__(self, chosen: Config, checker: engine.Checker) -> None:
        self.chosen = chosen
        self.checker = checker

    def findings(self, document: Document) -> list[Finding]:
        """All findings of a document, in order."""
        return list(engine.review(document, self.checker, least=self.chosen.min_confidence, worst=self.chosen.min_severity))

    def reviewed(self, file: Path, reading: Reading) -> Iterator[Reviewed]:
        """The documents of a file with their findings."""
        for some in _together(formats.read(file, reading)):
            engine.ahead(some, self.checker)
            for document in some:
                yield document, self.findings(document)


def _together(documents: Iterator[Document]) -> Iterator[list[Document]]:
    """Documents that are looked at together, of bounded size; those before one that cannot be read come before its error."""
    some: list[Document] = []
    size = 0
    try:
        for document in documents:
            some.append(document)
            size += sum(len(segment.target) for segment in document.segments)
            if size >= suspect.BLOCK:
                yield some
                some, size = [], 0
    except ReviewerError:
        yield some
        raise
    yield some


class Linters:
    """Makes linters, and keeps the last few: each folder may have settings of its own, and compiled rules are large."""

    def __init__(self, reader: Reader | None = None) -> None:
        self._reader = reader
        self._kept: dict[tuple[object, ...], Linter] = {}
        self._loaded: dict[tuple[Path, ...], tuple[Rule, ...]] = {}

    def of(self, chosen: Config) -> Linter:
        """The linter of some settings. Raises ReviewerError for rules that cannot be read."""
        found = self._kept.pop(chosen.lints, None) or self._compiled(chosen)
        self._kept[chosen.lints] = found
        if len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        return found

    def _compiled(self, chosen: Config) -> Linter:
        gc.disable()  # rules are many objects, and stay: to look through them again and again takes as long as to read them
        try:
            return Linter(chosen, engine.compile(options.rules_of(chosen, self._loaded), self._reader))
        finally:
            gc.freeze()
            gc.enable()


class Job(NamedTuple):
    """A file to be linted, how it is read, and the settings that hold for it."""

    file: Path
    reading: Reading
    chosen: Config


class Workers:
    """Some processes that lint; they end with the `with` block, and within a second if this process is killed."""

    def __init__(self, linters: Linters, count: int) -> None:
        self.count = count
        can_fork = sys.platform == "linux"  # where the rules need not be compiled again
        self._pool = ProcessPoolExecutor(
            count,
            multiprocessing.get_context("fork" if can_fork else "spawn"),
            initializer=_begin,
            initargs=(os.getpid(), linters if can_fork else None),
        )

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def ahead(self, jobs: Iterable[Job | None]) -> Iterator[Future[list[Reviewed] | str] | None]:
        """What becomes of each job, in order; for None, and a file too large to be handed over, None."""
        waiting: deque[Future[list[Reviewed] | str] | None] = deque()
        for job in jobs:
            waiting.append(self._pool.submit(_lint, job) if job and _is_small(job.file) else None)
            if len(waiting) > AHEAD * self.count:
                yield waiting.popleft()
        yield from waiting


def result(future: Future[list[Reviewed] | str], file: Path) -> list[Reviewed]:
    """The documents and findings of a file. Raises the ReviewerError that a process met."""
    try:
        done = future.result()
    except BrokenProcessPool:
        raise ReviewerError(
            f"{file}: a process that lints was ended from outside, perhaps for want of memory; use fewer --jobs"
        ) from None
    if isinstance(done, str):
        raise ReviewerError(done)
    return done


def _is_small(file: Path) -> bool:
    try:
        return file.stat().st_size <= LARGEST
    except OSError:
        return False


_linters: Linters | None = None
"""Of a process that lints."""


def _begin(parent: int, linters: Linters | None) -> None:
    global _linters  # noqa: PLW0603  what a process is given at its start has no other place
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this one
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _linters = linters or Linters()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _lint(job: Job) -> list[Reviewed] | str:
    assert _linters
    try:
        return list(_linters.of(job.chosen).reviewed(job.file, job.reading))
    except ReviewerError as error:
        return str(error)
