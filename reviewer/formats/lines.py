"""Finds the lines of a decoded text: LF, CRLF and CR end one, as in CommonMark, subtitles and PO; U+2028 does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.model import Span

LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")


def lines(text: str) -> Iterator[Span]:
    """Where each line stands, without its end; after the last line end there is an empty one."""
    return (Span(*match.span(1)) for match in LINE.finditer(text))
