"""Finds the lines of a decoded text, and their ends: LF, CRLF and CR, as in CommonMark, subtitles and PO; U+2028 is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reviewer.model import Span

LINE_END = re.compile(r"\r\n|\r|\n")
LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")


def lines(text: str) -> Iterator[Span]:
    """Where each line stands, without its end; after the last line end there is an empty one."""
    return (Span(*match.span(1)) for match in LINE.finditer(text))


def line_end(chunks: Iterable[str]) -> str:
    """The first line end of a text that comes in chunks; LF where there is none."""
    before = ""
    for chunk in chunks:
        text = before + chunk
        found = LINE_END.search(text)
        if found and (found[0] != "\r" or found.end() < len(text)):
            return found[0]
        before = "\r" if found else ""  # it may be the first half of a CRLF
    return before or "\n"
