"""Turns subtitles (SRT, WebVTT, ASS, SSA) into segments, one a cue; in cues of both languages the Chinese lines are the source."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from reviewer.formats import subtitle_cues
from reviewer.formats.chinese import LETTER, is_chinese
from reviewer.formats.control import Controls
from reviewer.formats.encoding import open_text
from reviewer.formats.lines import LINE_END
from reviewer.formats.markup.flow import Flow, Run
from reviewer.formats.markup.tokens import Token
from reviewer.formats.parts import documents
from reviewer.model import Document, ReviewerError, Segment, Span

EMPTY_LINES = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))+[ \t]*")


def read_srt(path: Path) -> Iterator[Document]:
    """The documents of an SRT file. Raises ReviewerError."""
    return _read(path, "srt", subtitle_cues.srt, subtitle_cues.SRT)


def read_vtt(path: Path) -> Iterator[Document]:
    """The documents of a WebVTT file. Raises ReviewerError."""
    return _read(path, "vtt", subtitle_cues.vtt, subtitle_cues.VTT)


def read_ass(path: Path) -> Iterator[Document]:
    """The documents of an ASS or SSA file. Raises ReviewerError with the line."""
    return _read(path, "ass", subtitle_cues.ass, subtitle_cues.ASS)


def escape_srt(text: str, kind: str = "paragraph") -> str:
    """The text as it is written in a cue of SRT, which cannot hold an empty line, times, or words that read as a tag."""
    return _sure(LINE_END.sub("\n", EMPTY_LINES.sub("\n", text)), subtitle_cues.SRT, subtitle_cues.TIMES)


def escape_vtt(text: str, kind: str = "paragraph") -> str:
    """The text as it is written in a cue of WebVTT."""
    return html.escape(EMPTY_LINES.sub("\n", text), quote=False)


def escape_ass(text: str, kind: str = "paragraph") -> str:
    """The text as it is written in a dialogue of ASS, which has no way to write a brace, or a backslash before some letters."""
    return LINE_END.sub(r"\\N", _sure(text, subtitle_cues.ASS, re.compile(r"[{}]")))


def _sure(text: str, made_of: re.Pattern[str], refused: re.Pattern[str]) -> str:
    """The text, which must read as itself; ReviewerError, without the place, where a part of it would not."""
    for match in made_of.finditer(text):
        if match.lastgroup != "text" and not LINE_END.fullmatch(match[0]):
            raise ReviewerError(f'subtitles would take "{match[0]}" for markup; edit that replacement')
    if found := refused.search(text):
        raise ReviewerError(f'subtitles cannot hold "{found[0].strip()}" in a text; edit that replacement')
    return text


def _read(
    path: Path, format: str, cues: Callable[[str, str], Iterator[subtitle_cues.Cue]], made_of: re.Pattern[str]
) -> Iterator[Document]:
    file = "".join(open_text(path))
    found = list(cues(file, str(path)))
    segments = _segments([_flow(file, cue.text, made_of) for cue in found])
    return documents(path, format, _controlled(segments, [cue.comments for cue in found]))


def _controlled(segments: Iterator[Segment], comments: list[tuple[str, ...]]) -> Iterator[Segment]:
    """The segments, with the rules that are to say nothing in them by the comments before each cue."""
    controls = Controls()
    ignored = []
    for some in comments:
        for comment in some:
            controls.read(comment)
        controls.opened()
        ignored.append(controls.ignored)
    for segment in segments:
        yield replace(segment, ignored=ignored[int(segment.key) - 1])


def _flow(file: str, cue: Span, made_of: re.Pattern[str]) -> Flow:
    """The text of a cue that people read."""
    flow = Flow()
    for match in made_of.finditer(file, cue.start, cue.end):
        start, end = match.span()
        if match.lastgroup == "br":
            flow.add_break(start, end)
        elif match.lastgroup == "space":
            flow.add(Token("text", start, end, text="\xa0"))
        elif match.lastgroup == "reference":
            flow.add(Token("text", start, end, text=html.unescape(match[0])))
        elif match.lastgroup == "text":
            flow.add(Token("text", start, end, text=match[0]))
    return flow


def _segments(flows: list[Flow]) -> Iterator[Segment]:
    """The segments; keys count the cues from 1."""
    parted = [_parted(flow) for flow in flows]
    both = sum(bool(source) for _, source in parted) * 2 > len(parted)  # one Chinese line in a file is one left untranslated
    for number, (flow, (english, source)) in enumerate(zip(flows, parted, strict=True), 1):
        segment = english.segment(str(number), source=source) if both and source else flow.segment(str(number))
        if segment:
            yield segment


def _parted(flow: Flow) -> tuple[Flow, str | None]:
    """The lines of a cue that are not Chinese, and those that are; all and None, unless there are both."""
    rows: list[list[Run]] = [[]]
    for run in flow.runs:
        if run.text == "\n":
            rows.append([])
        rows[-1].append(run)
    chinese, english = [], Flow()
    for row in rows:
        words = "".join(run.text for run in row).strip()
        if is_chinese(words):
            chinese.append(words)
        else:
            english.runs += row
    return (english, "\n".join(chinese)) if chinese and LETTER.search(english.text()) else (flow, None)
