"""Says where a finding stands: its document, segment, and lines of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from reviewer.model import Document, Finding, Segment, Span, Verdict


class Position(NamedTuple):
    """A place in the decoded file: `line` and `column` count from 1, in code points; `utf16` is the column in UTF-16 code units."""

    line: int
    column: int
    utf16: int


@dataclass(frozen=True, slots=True)
class Place:
    """A finding with its surroundings, its state, and what was decided to write instead of its words.

    `in_file`, `begin` and `end` are None where the decoded file has no linear text; `end` is past the last character.
    """

    file: str
    document: Document
    segment: Segment
    finding: Finding
    in_file: Span | None
    begin: Position | None = None
    end: Position | None = None
    state: Verdict = Verdict.OPEN
    decided: str | None = None


class _Reached(NamedTuple):
    """How far a file has been read: an offset, its line, where that begins, and the characters since that UTF-16 writes as two."""

    offset: int = 0
    line: int = 1
    start: int = 0
    wide: int = 0
    after_cr: bool = False  # an LF that comes next belongs to a CR already counted

    @property
    def position(self) -> Position:
        column = self.offset - self.start + 1
        return Position(self.line, column, column + self.wide)

    def past(self, text: str) -> _Reached:
        """What is reached behind the next piece of the file."""
        if not text:
            return self
        halves = text.count("\r\n") + (self.after_cr and text[0] == "\n")
        line = self.line + text.count("\n") + text.count("\r") - halves
        last = max(text.rfind("\n"), text.rfind("\r"))
        start, wide = (self.offset + last + 1, 0) if last >= 0 else (self.start, self.wide)
        return _Reached(self.offset + len(text), line, start, wide + _wide(text[last + 1 :]), text[-1] == "\r")


def _wide(text: str) -> int:
    """How many characters of a text UTF-16 writes as two units."""
    return 0 if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2 - len(text)


class Lines:
    """Turns rising offsets of a decoded file into lines and columns; reads the file only as far as it is asked.

    A line ends as editors see it: in LF, CR LF, or a CR alone.
    """

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self._reached = _Reached()
        self._buffer = ""  # what was read of the file, from `_first` on to be passed
        self._first = 0

    def at(self, span: Span) -> tuple[Position, Position]:
        """Where a span begins and where it ends. The start must not lie before that of the span asked for last."""
        while not self._holds(span.start):
            self._pass(len(self._buffer) - self._first)
            if not self._read():
                break
        self._pass(span.start - self._reached.offset)
        while not self._holds(span.end) and self._read():
            pass
        return self._reached.position, self._reached.past(self._next(span.end - self._reached.offset)).position

    def _holds(self, offset: int) -> bool:
        return offset <= self._reached.offset + len(self._buffer) - self._first

    def _read(self) -> bool:
        chunk = next(self._chunks, "")
        self._buffer, self._first = self._buffer[self._first :] + chunk, 0
        return bool(chunk)

    def _next(self, count: int) -> str:
        return self._buffer[self._first : self._first + count]

    def _pass(self, count: int) -> None:
        passed = self._next(count)
        self._reached = self._reached.past(passed)
        self._first += len(passed)


def label(document: tuple[str, str]) -> str:
    """What people call a document, by its file and its name in that file."""
    file, name = document
    return f"{file} [{name}]" if name else file


def places(file: str, document: Document, findings: list[Finding], lines: Lines | None) -> Iterator[Place]:
    """Each finding with its segment and, for formats of linear text, where it stands in the file."""
    segments = {segment.key: segment for segment in document.segments}
    for finding in findings:
        segment = segments[finding.segment]
        span = segment.in_file(finding.span) if lines else None
        begin, end = lines.at(span) if lines and span else (None, None)
        yield Place(file, document, segment, finding, span, begin, end)
