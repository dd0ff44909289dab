"""Puts the Chinese of one file beside the English of another: by line, paragraph or cue; refuses where they do not align."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from math import log
from pathlib import Path

from reviewer.formats import text
from reviewer.formats.addresses import addresses
from reviewer.formats.encoding import open_text
from reviewer.formats.lines import lines
from reviewer.formats.parts import documents
from reviewer.model import Document, Piece, ReviewerError, Segment, Span

LONGEST_SEARCH = 2_000
"""Units of one side up to which the place where two files part is looked for."""
LEFT_OUT, JOINED = 3.0, 1.0
"""What it costs that a unit has no counterpart, and that it answers to two; one to one it costs how far their lengths are apart."""
CHARACTERS = 3.2
"""English characters to a Chinese one, at the middle; found in news with its translation."""


def way_of(target: Path, source: Path) -> str:
    """How two plain files align: by `line`, `filled line` or `paragraph`. Raises ReviewerError that says where, if they do not."""
    rows = [[row.of(file) for row in _rows(file)] for file in map(_whole, (target, source))]
    empty = [[not row.strip() for row in some] for some in rows]
    if empty[0] == empty[1]:
        return "line"
    filled = [[(number, row) for number, row in enumerate(some, 1) if row.strip()] for some in rows]
    blocks = [_blocks(some) for some in rows]
    # one block each is no sign of anything where both are of several lines
    if len(blocks[0]) == len(blocks[1]) and (len(blocks[0]) > 1 or min(map(len, filled)) == 1):
        return "paragraph"
    if len(filled[0]) == len(filled[1]):
        return "filled line"
    if len(rows[0]) == len(rows[1]):  # some lines are not translated yet
        return "line"
    if min(map(len, blocks)) > 1:
        raise ReviewerError(f"{target}: {_refusal(blocks[0], blocks[1], source, 'paragraph')}")
    raise ReviewerError(f"{target}: {_refusal(filled[0], filled[1], source, 'line')}")


def read(target: Path, source: Path | None, way: str) -> Iterator[Document]:
    """The documents of a plain file, with the Chinese of the other if there is one; `way` is one of `way_of`."""
    return documents(target, "text", _segments(_whole(target), None if source is None else _whole(source), way))


def beside(target: Path, english: Iterable[Document], chinese: Iterable[Document], source: Path) -> Iterator[Document]:
    """Documents whose segments take those of others, in order, as their source. Raises ReviewerError at the first left over."""
    others = (segment for document in chinese for segment in document.segments)
    for document in english:
        segments: list[Segment] = []
        for segment in document.segments:
            other = next(others, None)
            if other is None:
                raise ReviewerError(
                    f"{target}: segment {segment.key}: {source} ends before it; both need the same number of segments, in one order"
                )
            segments.append(replace(segment, source=other.target))
        yield replace(document, segments=tuple(segments))
    if left := next(others, None):
        raise ReviewerError(
            f"{target}: it ends before segment {left.key} of {source}; both need the same number of segments, in one order"
        )


def _whole(path: Path) -> str:
    return "".join(open_text(path))


def _rows(file: str) -> list[Span]:
    """The lines of a file, without empty ones at its end."""
    rows = list(lines(file))
    while rows and not rows[-1].of(file).strip():
        rows.pop()
    return rows


def _blocks(rows: Sequence[str]) -> list[tuple[int, str]]:
    """The paragraphs of some lines, which empty lines part: the number of the first line of each, from 1, and its text."""
    found: list[tuple[int, str]] = []
    after_empty = True
    for number, row in enumerate(rows, 1):
        if not row.strip():
            after_empty = True
        elif after_empty:
            found.append((number, row))
            after_empty = False
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{row}")
    return found


def _segments(target: str, source: str | None, way: str) -> Iterator[Segment]:
    english = _units(target, way)
    chinese = [] if source is None else [span.of(source).strip() for span in _units(source, way)]
    for number, (span, other) in enumerate(zip_longest(english, chinese), 1):
        words = span.of(target).strip() if span else ""
        if span and words:
            start = target.index(words, span.start)
            kind = "item" if text.ITEM.match(words) else "paragraph"
            yield Segment(str(number), words, other or None, kind, addresses(words), (Piece(0, start, len(words), len(words)),))


def _units(file: str, way: str) -> list[Span]:
    """The lines, or the paragraphs, of a file."""
    rows = _rows(file)
    if way != "paragraph":
        return [row for row in rows if way == "line" or row.of(file).strip()]
    found: list[Span] = []
    after_empty = True
    for row in rows:
        if not row.of(file).strip():
            after_empty = True
            continue
        found.append(row if after_empty else Span(found.pop().start, row.end))
        after_empty = False
    return found


def _refusal(english: Sequence[tuple[int, str]], chinese: Sequence[tuple[int, str]], source: Path, what: str) -> str:
    """Why two files do not align, and where they first part."""
    counts = f"it has {len(english)} {what}s and {source} {len(chinese)}; neither lines nor paragraphs align"
    where = _parting([len(one) for _, one in english], [len(one) for _, one in chinese])
    if where is None:
        return f"{counts}; make one {what} of each answer to one of the other"
    at, other = where
    here = f"line {english[at][0]}" if at < len(english) else "its end"
    there = f"line {chinese[other][0]}" if other < len(chinese) else "the end"
    return f"{counts}; they seem to part at {here}, which is {there} of {source}; split or join {what}s there"


def _parting(english: Sequence[int], chinese: Sequence[int]) -> tuple[int, int] | None:
    """Where units of these lengths are first not one to one, on the likeliest way through both (Gale and Church, 1993)."""
    if max(len(english), len(chinese)) > LONGEST_SEARCH:
        return None
    steps = [(1, 1, 0.0), (1, 0, LEFT_OUT), (0, 1, LEFT_OUT), (2, 1, JOINED), (1, 2, JOINED)]
    band = abs(len(english) - len(chinese)) + 20
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {(0, 0): (0.0, None)}
    for i in range(len(english) + 1):
        for j in range(max(0, i - band), min(len(chinese), i + band) + 1):
            for di, dj, price in steps:
                before = best.get((i - di, j - dj))
                if before is None:
                    continue
                lengths = sum(english[i - di : i]), sum(chinese[j - dj : j]) * CHARACTERS
                apart = abs(log((lengths[0] + 8) / (lengths[1] + 8))) if di and dj else 0.0
                parted = before[1] or (None if di == dj else (i - (di > dj), j - (dj > di)))
                if (i, j) not in best or before[0] + price + apart < best[i, j][0]:
                    best[i, j] = before[0] + price + apart, parted
    return best[len(english), len(chinese)][1]
