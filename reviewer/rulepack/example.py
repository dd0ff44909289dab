"""Turns the examples of a rule, as written, into texts with marked spans."""

from __future__ import annotations

import re

from reviewer.model import Example, ReviewerError, Span


def read(text: str | dict[str, str], line: int = 0, *, marked: bool = True) -> Example:
    """Reads an example: lines are segments, [[...]] the marked words, `=>` comes before the mended text.

    As a mapping, `en` is that text and `zh` the Chinese beside it, a line a segment. Raises ReviewerError.
    """
    if isinstance(text, dict):
        if set(text) - {"en", "zh"} or "en" not in text:
            raise ReviewerError("an example is a text, or a mapping with 'en' and 'zh'")
        english, chinese = text["en"], text.get("zh", "").strip("\n").split("\n")
    else:
        english, chinese = text, []
    before, arrow, after = english.strip("\n").partition("=>")
    rows = [_marks(row) for row in before.rstrip(" " if arrow else "").split("\n")]
    if marked and not any(spans for _, spans in rows):
        raise ReviewerError(f"a bad example marks no [[words]]: {english[:60]!r}")
    sources = [*chinese, *[""] * len(rows)][: len(rows)]
    return Example(
        targets=tuple(target for target, _ in rows),
        sources=tuple(source or None for source in sources),
        spans=tuple(spans for _, spans in rows),
        fixed=after.strip() if arrow else None,
        line=line,
    )


def _marks(row: str) -> tuple[str, tuple[Span, ...]]:
    """A line without its [[ and ]], and the spans between them."""
    if not re.fullmatch(r"(?:(?!\[\[|\]\]).)*(?:\[\[(?:(?!\[\[|\]\]).)*\]\](?:(?!\[\[|\]\]).)*)*", row, re.DOTALL):
        raise ReviewerError(f"[[ and ]] do not pair up: {row[:60]!r}")
    text, spans = "", []
    for number, piece in enumerate(re.split(r"\[\[|\]\]", row)):
        if number % 2:
            spans.append(Span(len(text), len(text) + len(piece)))
        text += piece
    return text, tuple(spans)
