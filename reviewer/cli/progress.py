"""Tells on stderr how far a long run has come, and how long it will still take; silent where stderr is no terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from reviewer.cli import streams

_SECONDS_BEFORE_FIRST = 1.0
_SECONDS_BETWEEN = 0.2
_SECONDS_BEFORE_GUESS = 3.0
_SHARE_BEFORE_GUESS = 0.01


class Progress:
    """One line that is written over itself; with `each`, also a line that stays for each file that is done."""

    def __init__(self, *, silent: bool = False, each: bool = False) -> None:
        self._silent = silent or not sys.stderr.isatty()
        self._each = each
        self._before = (0, 0, time.monotonic())  # words, findings and the time when the file at hand was begun
        self._shown = False
        self._begun = time.monotonic()
        self._next = self._begun + _SECONDS_BEFORE_FIRST
        self._sizes: dict[Path, int] = {}
        self._bytes = 0  # of the files that are done
        self._files = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.clear()

    def expect(self, files: Iterable[Path]) -> None:
        """Says which files there are to be done."""
        if not self._silent:
            self._sizes = {file: _size(file) for file in files}

    def passed(self, file: Path, words: int, findings: int) -> None:
        """Says that a file is done, and how many words and findings there were so far."""
        self._files += 1
        self._bytes += self._sizes.get(file, 0)
        if self._each:
            self.clear()
            (words_before, findings_before, begun), now = self._before, time.monotonic()
            found = findings - findings_before
            noun = "finding" if found == 1 else "findings"
            streams.say(f"{file}: {words - words_before:,} words, {found:,} {noun}, {now - begun:.1f} s")
            self._before = words, findings, now

    def at(self, file: Path, words: int, findings: int) -> None:
        """Shows the file at hand and what has been done so far."""
        now = time.monotonic()
        if not self._silent and now >= self._next:
            self._next = now + _SECONDS_BETWEEN
            self._shown = True
            name = file.name.encode("ascii", "replace").decode()
            of = f"{self._files:,} of {len(self._sizes):,} files, " if len(self._sizes) > 1 else ""
            sys.stderr.write(f"\r\x1b[K{of}{name[:40]}: {words:,} words, {findings:,} findings so far{self._left(now)}")
            sys.stderr.flush()

    def scored(self, share: float, left: float) -> None:
        """Shows how much of the text at hand a language model has read, and in how many seconds it will be done."""
        now = time.monotonic()
        if not self._silent and now >= self._next and share < 1:
            self._next = now + _SECONDS_BETWEEN
            self._shown = True
            sys.stderr.write(f"\r\x1b[Kthe language model has read {share:.0%} of this text, about {duration(left)} left")
            sys.stderr.flush()

    def clear(self) -> None:
        """Takes the line away, before anything else is printed."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False

    def _left(self, now: float) -> str:
        """How long it will still take, once enough has been done to tell."""
        total, spent = sum(self._sizes.values()), now - self._begun
        if spent < _SECONDS_BEFORE_GUESS or self._bytes <= total * _SHARE_BEFORE_GUESS:
            return ""
        return f", about {duration(spent * (total - self._bytes) / self._bytes)} left"


def duration(seconds: float) -> str:
    """A stretch of time as people say it."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
