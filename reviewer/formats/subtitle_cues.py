"""Finds the cues in decoded SRT, WebVTT and ASS/SSA subtitles: where the text of each one stands, and what it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from reviewer.formats.lines import lines
from reviewer.model import ReviewerError, Span

TIMES = re.compile(r"\s*-?\d+\s*:\s*\d+.*?-->")
NUMBER = re.compile(r"\s*\d+\s*")
NOTE = re.compile(r"NOTE(?=\s|\Z)")
TEXT_FIELD = "text"

SRT = re.compile(
    r"(?P<hidden></?(?:b|i|u|s|font|c|ruby|rt|v)\b[^<>\r\n]*>|\{\\[^{}\r\n]*\})|(?P<br><br\s*/?>|\\N|\r\n|\r|\n)|(?P<space>\\h)"
    r"|(?P<text>[^<{\\\r\n]+|.)",
    re.IGNORECASE,
)
VTT = re.compile(r"(?P<hidden><[^<>]*>)|(?P<br>\r\n|\r|\n)|(?P<reference>&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);)|(?P<text>[^<&\r\n]+|.)")
ASS = re.compile(
    r"(?P<drawing>\{[^{}]*\\p[1-9][^{}]*\}.*?(?=\{[^{}]*\\p0|\Z))|(?P<hidden>\{[^{}]*\})|(?P<br>\\[Nn])|(?P<space>\\h)"
    r"|(?P<text>[^{\\]+|.)"
)
"""What the text of a cue is made of. Tags (`hidden`) and drawings are no part of what people read."""


class Cue(NamedTuple):
    """Where the text of a cue stands, and the comments between the cue before and this one, without their marks."""

    text: Span
    comments: tuple[str, ...] = ()


def srt(file: str, place: str) -> Iterator[Cue]:
    """The SRT cues. Each goes on to the next line of times, whose number may stand before it, as players read it."""
    rows = list(lines(file))
    times = [number for number, row in enumerate(rows) if TIMES.match(row.of(file))]
    first = next((row for row in rows if row.of(file).strip()), None)
    if first and not times:
        raise ReviewerError(f"{place}: no line of times such as 00:00:01,000 --> 00:00:04,000; check that this is an SRT file")
    for at, following in pairwise([*times, len(rows)]):
        before = rows[following - 1]
        is_numbered = following < len(rows) and following - 1 > at and NUMBER.fullmatch(before.of(file))
        yield from _cue(file, rows[at + 1 : following - 1 if is_numbered else following])


def vtt(file: str, place: str) -> Iterator[Cue]:
    """The WebVTT cues, each up to an empty line; notes are comments, and styles are passed over."""
    rows = list(lines(file))
    if rows[0].of(file).split()[:1] != ["WEBVTT"]:
        raise ReviewerError(f"{place}: line 1: a WebVTT file begins with WEBVTT; add it, or call the file .srt if it is one")
    block: list[Span] = []
    comments: list[str] = []
    for row in [*rows, Span(len(file), len(file))]:
        if row.of(file).strip():
            block.append(row)
            continue
        at = next((number for number, one in enumerate(block[:2]) if "-->" in one.of(file)), None)
        if at is not None:
            for cue in _cue(file, block[at + 1 :]):
                yield cue._replace(comments=tuple(comments))
            comments = []
        elif block and (note := NOTE.match(file, block[0].start, block[-1].end)):
            comments.append(file[note.end() : block[-1].end])
        block = []


def ass(file: str, place: str) -> Iterator[Cue]:
    """The cues of ASS or SSA: the dialogue in its events. Comments are events of their own, or lines that begin with `;`."""
    section = ""
    comments: list[str] = []
    before_text: int | None = None
    for number, row in enumerate(lines(file), 1):
        words = row.of(file)
        name, colon, rest = words.partition(":")
        if words.strip().startswith("["):
            section = words.strip().lower()
        elif words.startswith(";"):
            comments.append(words[1:])
        elif section != "[events]" or not colon:
            continue
        elif name.strip().lower() == "format":
            fields = [field.strip().lower() for field in rest.split(",")]
            if fields[-1] != TEXT_FIELD:
                raise ReviewerError(
                    f"{place}: line {number}: the last field of the events must be Text; save it from its program again"
                )
            before_text = len(fields) - 1
        elif name.strip().lower() == "comment":
            comments.append(rest.split(",", before_text or 0)[-1])
        elif name.strip().lower() == "dialogue":
            if before_text is None:
                raise ReviewerError(f"{place}: line {number}: a dialogue before the Format line of the events; add that line")
            parts = rest.split(",", before_text)
            if len(parts) <= before_text:
                raise ReviewerError(
                    f"{place}: line {number}: a dialogue with {len(parts)} fields, not {before_text + 1}; repair the line"
                )
            yield Cue(Span(row.end - len(parts[-1]), row.end), tuple(comments))
            comments = []
    if not section and file.strip():
        raise ReviewerError(f"{place}: no section such as [Events]; check that this is an ASS or SSA file")


def _cue(file: str, rows: list[Span]) -> Iterator[Cue]:
    """The cue of some lines, without empty ones at both ends; none where all are empty."""
    filled = [row for row in rows if row.of(file).strip()]
    if filled:
        yield Cue(Span(filled[0].start, filled[-1].end))
