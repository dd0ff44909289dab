"""Says where a finding stands: its document, segment, and lines of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.model import Document, Finding, Segment, Span


@dataclass(frozen=True, slots=True)
class Place:
    """A finding with its surroundings. `line` and `column` count from 1 in the decoded file, 0 where it has no linear text."""

    file: str
    document: Document
    segment: Segment
    finding: Finding
    in_file: Span | None
    line: int = 0
    column: int = 0


class Lines:
    """Turns rising offsets of a decoded file into lines and columns; reads the file only as far as it is asked.

    A line ends as editors see it: in LF, CR LF, or a CR alone.
    """

    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self._line = 1
        self._start = 0  # offset at which the current line begins
        self._buffer = ""
        self._buffer_at = 0
        self._after_cr = False  # an LF that comes next belongs to a CR already counted

    def at(self, offset: int) -> tuple[int, int]:
        """(line, column) of an offset, both from 1. Offsets must not fall."""
        while True:
            stop = min(offset - self._buffer_at, len(self._buffer))
            if stop > 0:
                self._pass(self._buffer[:stop])
                self._buffer, self._buffer_at = self._buffer[stop:], self._buffer_at + stop
            if offset <= self._buffer_at:
                return self._line, max(1, offset - self._start + 1)
            chunk = next(self._chunks, "")
            if not chunk:
                return self._line, offset - self._start + 1
            self._buffer = chunk

    def _pass(self, text: str) -> None:
        """Counts the line ends in the next piece of the file."""
        halves = text.count("\r\n") + (self._after_cr and text[0] == "\n")
        self._line += text.count("\n") + text.count("\r") - halves
        last = max(text.rfind("\n"), text.rfind("\r"))
        if last >= 0:
            self._start = self._buffer_at + last + 1
        self._after_cr = text[-1] == "\r"


def places(file: str, document: Document, findings: list[Finding], lines: Lines | None) -> Iterator[Place]:
    """Each finding with its segment and, for formats of linear text, where it stands in the file."""
    segments = {segment.key: segment for segment in document.segments}
    for finding in findings:
        segment = segments[finding.segment]
        span = segment.in_file(finding.span) if lines else None
        line, column = lines.at(span.start) if lines and span else (0, 0)
        yield Place(file, document, segment, finding, span, line, column)
