"""Turns the content of a Markdown block into the text a reader sees, and says where each run of it stands in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reviewer.formats.markdown_blocks import Place
from reviewer.model import Piece, Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Environment = MutableMapping[str, object]
"""What the parser keeps of a file beside its tokens: the link definitions."""

BREAK = re.compile(r" *\\?\n[ \t]*")
HTML_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """Visible text, written as content[start:end]."""

    text: str
    start: int
    end: int
    opaque: bool = False


class LostError(Exception):
    """The tokens do not follow the content the way this module reads them."""


def visible(
    token: Token, place: Place, text: str, parser: MarkdownIt, environment: Environment
) -> tuple[str, tuple[Span, ...], tuple[Piece, ...]]:
    """The visible text of an inline token, its opaque spans and its pieces in the file `text`; no pieces without certainty."""
    content, children = token.content, token.children or []
    try:
        runs, end = _runs(children, content, 0, _skipper(content, parser, environment))
        aligned = end == len(content)
    except LostError:
        runs, aligned = list(_plain(children)), False
    target = ""
    opaque: list[Span] = []
    pieces: list[Piece] = []
    for run in runs:
        here = _pieces(run, content, place, len(target)) if aligned else []
        # a lone CR is one character in the file as in the target: the one case where the break is not written as LF
        shown = text[here[0].file_start] if run.text == "\n" and here and here[0].file_length == 1 else run.text
        if run.opaque:
            opaque.append(Span(len(target), len(target) + len(shown)))
        target += shown
        pieces += here
    return target, tuple(opaque), tuple(pieces)


def _skipper(content: str, parser: MarkdownIt, environment: Environment) -> Callable[[int], int]:
    """A function that asks the parser where the link, image, code span or autolink that opens at a place ends."""
    from markdown_it.rules_inline import StateInline

    state = StateInline(content, parser, environment, [])

    def skip(at: int) -> int:
        state.pos = at
        parser.inline.skipToken(state)
        return state.pos

    return skip


def _runs(tokens: Sequence[Token], content: str, at: int, skip: Callable[[int], int]) -> tuple[list[Run], int]:
    """The visible runs of some tokens that begin at content[at], and where they end.

    Every token says what its markup is, so the walk knows each character it steps over; raises LostError where one is another.
    """
    runs: list[Run] = []
    links: list[int] = []
    stream = iter(tokens)
    for token in stream:
        start = at
        match token.type:
            case "text":
                at = _over(token.content, content, at)
                runs.append(Run(token.content, start, at))
            case "text_special":
                at = _over(token.markup, content, at)
                runs.append(Run(token.content, start, at))
            case "softbreak" | "hardbreak":
                found = BREAK.match(content, at)
                at = found.end() if found else _lost()
                runs.append(Run("\n", start, at))
            case "code_inline":
                at = skip(at)
                runs.append(_code(token, content, start, at))
            case "link_open" if token.markup == "autolink":
                at = skip(at)
                address = next(stream).content
                next(stream)
                runs.append(Run(address, start + 1, at - 1, opaque=True))
            case "link_open":
                links.append(skip(at))
                at = _over("[", content, at)
            case "link_close":
                _over("]", content, at)
                at = links.pop()
            case "image":
                described, end = _runs(token.children or [], content, _over("![", content, at), skip)
                _over("]", content, end)
                at = skip(at)
                runs += described
            case "html_inline":
                at = _over(token.content, content, at)
                if HTML_BREAK.fullmatch(token.content):
                    runs.append(Run("\n", start, at))
            case _:
                at = _over(token.markup, content, at)
    return runs, at


def _over(words: str, content: str, at: int) -> int:
    return at + len(words) if content.startswith(words, at) else _lost()


def _lost() -> int:
    raise LostError


def _code(token: Token, content: str, start: int, end: int) -> Run:
    """A code span: between its backticks, line breaks shown as spaces, without one space on each side."""
    inner = content[start + len(token.markup) : end - len(token.markup)].replace("\n", " ")
    before = inner.find(token.content)
    if before not in (0, 1):
        _lost()
    inside = start + len(token.markup) + before
    return Run(token.content, inside, inside + len(token.content), opaque=True)


def _plain(tokens: Sequence[Token]) -> Iterator[Run]:
    """The visible text of tokens that could not be aligned with the content."""
    for token in tokens:
        if token.type == "image":
            yield from _plain(token.children or [])
        elif token.type in ("softbreak", "hardbreak"):
            yield Run("\n", 0, 0)
        elif token.type in ("text", "text_special", "code_inline"):
            yield Run(token.content, 0, 0, opaque=token.type == "code_inline")


def _pieces(run: Run, content: str, place: Place, target_at: int) -> list[Piece]:
    """The pieces of a run whose text begins at target[target_at]; none where the file writes it in a way pieces cannot say."""
    inside = list(_clipped(place, run.start, run.end))
    if not inside:
        return []
    if content[run.start : run.end] == run.text:
        return [replace(piece, start=piece.start - run.start + target_at) for piece in inside]
    if run.opaque or len(run.text) != 1:  # a few entities stand for two characters, and a code span over two lines shows a space
        return []
    start, end = inside[0].file_start, inside[-1].file_start + inside[-1].file_length
    return [Piece(target_at, start, 1, end - start)]


def _clipped(place: Place, start: int, end: int) -> Iterator[Piece]:
    """The pieces of a place within content[start:end]."""
    for i in range(max(0, bisect_right(place, start, key=lambda piece: piece.start) - 1), len(place)):
        piece = place[i]
        first, last = max(start, piece.start), min(end, piece.start + piece.length)
        if piece.start >= end:
            return
        if first < last:
            plain = piece.length == piece.file_length
            moved = first - piece.start if plain else 0
            yield Piece(first, piece.file_start + moved, last - first, last - first if plain else piece.file_length)
