"""Tells on stderr how far a long run has come; silent where stderr is no terminal."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from types import TracebackType

_SECONDS_BEFORE_FIRST = 1.0
_SECONDS_BETWEEN = 0.2


class Progress:
    """One line that is written over itself."""

    def __init__(self, *, silent: bool = False) -> None:
        self._silent = silent or not sys.stderr.isatty()
        self._shown = False
        self._next = time.monotonic() + _SECONDS_BEFORE_FIRST

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.clear()

    def at(self, file: Path, words: int, findings: int) -> None:
        """Shows the file at hand and what has been done so far."""
        now = time.monotonic()
        if not self._silent and now >= self._next:
            self._next = now + _SECONDS_BETWEEN
            self._shown = True
            name = file.name.encode("ascii", "replace").decode()
            sys.stderr.write(f"\r\x1b[K{name[:40]}: {words:,} words, {findings:,} findings so far")
            sys.stderr.flush()

    def clear(self) -> None:
        """Takes the line away, before anything else is printed."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False
