"""Turns a Markdown file into segments: headings, paragraphs, list items and table cells, without code, HTML and link targets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.formats.addresses import opaque_spans
from reviewer.formats.control import Controls
from reviewer.formats.encoding import open_text
from reviewer.formats.lines import LINE_END, lines
from reviewer.formats.markdown_blocks import CELL_BORDER, Place, place_cells, place_heading, place_lines
from reviewer.formats.markdown_inline import Environment, visible
from reviewer.formats.parts import documents
from reviewer.model import Document, Segment, Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)


def read(path: Path) -> Iterator[Document]:
    """The documents of a Markdown file: one, or several parts where it is very long. Raises ReviewerError."""
    yield from documents(path, "markdown", segments("".join(open_text(path))))


def segments(text: str) -> Iterator[Segment]:
    """The segments of a Markdown text (CommonMark with front matter, tables and strikethrough); keys count from 1.

    The target is what a reader sees, with code spans and addresses as opaque spans. A segment has no pieces where the text
    of the parser cannot be found in the file with certainty: it is reviewed but cannot be corrected.
    """
    parser = _parser()
    environment: Environment = {}
    number = 0
    controls = Controls()
    for kind, token, place in _blocks(_followed(parser.parse(text, environment), controls), text):
        target, opaque, pieces = visible(token, place, text, parser, environment)
        for child in token.children or []:
            if child.type == "html_inline" and (comment := COMMENT.fullmatch(child.content)):
                controls.read(comment[1], token.level - 1, inside=True)
        if target.strip():
            number += 1
            spans = opaque_spans(target, opaque)
            yield Segment(str(number), target, kind=kind, opaque=spans, pieces=pieces, ignored=controls.ignored)


def escape(text: str, kind: str) -> str:
    """The text as it is written in a segment of that kind: a cell or a heading ends with its line, a cell at a bare pipe too."""
    if kind == "cell":
        text = CELL_BORDER.sub(r"\\|", text)
    return LINE_END.sub("<br>", text) if kind in ("cell", "heading") else text


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.front_matter import front_matter_plugin

    # without text_join every escape and entity stays a token of its own, which says how the file writes it
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("text_join").use(front_matter_plugin)


def _followed(tokens: Iterable[Token], controls: Controls) -> Iterator[Token]:
    """The same tokens, one at a time, and what their comments say up to there."""
    for token in tokens:
        if token.type == "html_block":
            for comment in COMMENT.finditer(token.content):
                controls.read(comment[1], token.level)
        elif token.nesting >= 0 and token.type != "inline":
            controls.opened(token.level)
        yield token
        if token.nesting <= 0 and token.type not in ("inline", "html_block"):
            controls.closed(token.level)


def _blocks(tokens: Iterable[Token], text: str) -> Iterator[tuple[str, Token, Place]]:
    """The kind of each block of running text, its token, and where its content stands in the file."""
    rows = list(lines(text))
    in_list: list[bool] = []
    cells: list[Token] = []
    opener = ""
    for token in tokens:
        first, after = token.map or (0, 0)
        match token.type:
            case "list_item_open" | "blockquote_open":
                in_list.append(token.type == "list_item_open")
            case "list_item_close" | "blockquote_close":
                in_list.pop()
            case "inline" if opener in ("th_open", "td_open"):
                cells.append(token)
            case "tr_close":
                yield from (("cell", cell, place) for cell, place in zip(cells, _cell_places(cells, rows, text), strict=True))
                cells = []
            case "inline" if opener == "atx_open":
                yield "heading", token, place_heading(token.content, rows[first], text)
            case "inline":
                kind = "heading" if opener == "heading_open" else "item" if in_list and in_list[-1] else "paragraph"
                yield kind, token, place_lines(token.content, rows[first:after], text)
            case _:
                pass
        opener = "atx_open" if token.type == "heading_open" and token.markup.startswith("#") else token.type


def _cell_places(cells: Sequence[Token], lines: Sequence[Span], text: str) -> list[Place]:
    row = cells[0].map if cells else None
    return place_cells([cell.content for cell in cells], lines[row[0]], text) if row else [()] * len(cells)
