"""Turns an HTML file into segments: what a browser shows, and the texts of attributes; no scripts, styles or code."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.formats.control import Controls
from reviewer.formats.encoding import open_text
from reviewer.formats.markup.flow import Flow
from reviewer.formats.markup.html import tokens
from reviewer.formats.markup.tokens import Attribute, Token, attributes, value_tokens
from reviewer.formats.parts import documents
from reviewer.model import Document, Segment

BLOCKS = frozenset(
    """address article aside blockquote body button caption center col colgroup dd details dialog dir div dl dt fieldset figcaption
    figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li link main menu meta nav noframes ol
    optgroup option p pre search section select summary table tbody td textarea tfoot th thead title tr ul""".split()
)
"""What stands on lines of its own; any other element is a part of the text around it (HTML Standard, 15.3)."""
UNSEEN = frozenset("script style template noscript svg math iframe object audio video canvas datalist rt rp".split())
"""What a browser does not show as text, or only where it cannot do better."""
KEPT = frozenset("code kbd samp var sup sub".split())
"""What is there for the sense and stays as it is: code, the numbers of notes, what formulas are made of."""
KINDS = {"title": "cell", "li": "item", "td": "cell", "th": "cell"} | {f"h{level}": "heading" for level in range(1, 7)}
"""The title of a page says its heading again, as a table would."""
CLOSED_BY = {"li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "td": {"td", "th"}, "th": {"td", "th"}, "option": {"option"}}
"""The open elements that a start tag closes."""
TEXTS = frozenset(("alt", "title", "placeholder", "aria-label"))
"""The attributes that people read or hear."""


def read(path: Path) -> Iterator[Document]:
    """The documents of an HTML file: one, or several parts where it is very long. Raises ReviewerError."""
    yield from documents(path, "html", segments("".join(open_text(path)), str(path)))


def escape(text: str, kind: str = "paragraph") -> str:
    """The text as it is written between the tags of HTML and XHTML, whatever the kind of segment."""
    return html.escape(text, quote=False).replace("\n", "<br/>")


def segments(file: str, place: str) -> Iterator[Segment]:
    """The segments of a decoded HTML or XHTML file, which errors name `place`; keys count from 1.

    White space is as a browser shows it. Code, note numbers and what is marked as not to be translated are opaque.
    """
    reader = _Reader(file)
    number = 0
    for flow, kind, ignored in reader.blocks(tokens(file, place)):
        if segment := flow.segment(str(number + 1), kind):
            number += 1
            yield replace(segment, ignored=ignored)


@dataclass(frozen=True, slots=True)
class Element:
    """An open element, and what it says of the text in it; `level`: how many blocks are open, itself included."""

    name: str
    kind: str
    level: int
    opaque: bool
    unseen: bool
    preformatted: bool


class _Reader:
    """Follows the elements that are open, and gathers the text between the borders of blocks."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._open = [Element("", "paragraph", 0, opaque=False, unseen=False, preformatted=False)]
        self._count: Counter[str] = Counter()  # the open elements by their names
        self._flow = Flow(collapse=True)
        self._kind = "paragraph"
        self._beside: list[Flow] = []  # the texts of attributes, which follow the block that they stand in
        self._controls = Controls()
        self._comments: list[str] = []  # those that may still turn out to stand before a block
        self._level: int | None = None  # that of the text which is open

    def blocks(self, found: Iterator[Token]) -> Iterator[tuple[Flow, str, tuple[str, ...]]]:
        """Each block, also those without text, with its kind and the rules that are to say nothing in it."""
        for token in found:
            if token.kind == "comment":
                self._comments.append(token.text)
            elif token.kind == "text":
                self._text(token)
            else:
                if token.kind == "end" or token.name not in BLOCKS:
                    self._hear()
                if token.name in BLOCKS:
                    yield from self._finished()
                if token.kind == "start":
                    self._start(token)
                else:
                    self._end(token)
        yield from self._finished()

    def _finished(self) -> Iterator[tuple[Flow, str, tuple[str, ...]]]:
        ignored = self._controls.ignored
        yield self._flow, self._kind, ignored
        yield from ((flow, "cell", ignored) for flow in self._beside)
        self._flow, self._beside = Flow(collapse=True), []
        if self._level is not None:
            self._controls.closed(self._level)
            self._level = None

    def _hear(self) -> None:
        """Takes in the comments so far: they stand in the text that is open, or before what comes next."""
        is_in_text = self._level is not None
        for comment in self._comments:
            self._controls.read(comment, self._level or self._open[-1].level + 1, inside=is_in_text)
        self._comments = []

    def _begin(self) -> None:
        """Words come: with the first ones a text begins."""
        self._hear()
        if self._level is None:
            self._level = self._open[-1].level + 1
            self._controls.opened(self._level)

    def _text(self, token: Token) -> None:
        element = self._open[-1]
        if element.unseen:
            return
        if not token.text.isspace():
            self._begin()
        if not self._flow.runs:
            self._kind = element.kind
            self._flow.collapse = not element.preformatted
        self._flow.add(token, opaque=element.opaque)

    def _start(self, token: Token) -> None:
        while len(self._open) > 1 and self._open[-1].name in closed_by(token.name):
            self._close()
        self._hear()
        around = self._open[-1]
        found = list(attributes(self._file, token))
        element = _element(token.name, around, found)
        self._open.append(element)
        self._count[element.name] += 1
        if element.level > around.level:
            self._controls.opened(element.level)
        if token.name == "br" and not element.unseen:
            self._flow.add_break(token.start, token.end)
        texts = [] if element.unseen or element.opaque else [one for one in found if one.name.lower() in TEXTS and one.quoted]
        if texts:
            self._begin()
            self._beside += map(self._attribute, texts)

    def _end(self, token: Token) -> None:
        """Closes the element, and those in it that were not; an end tag of nothing open is passed over."""
        if self._count[token.name]:
            while self._close() != token.name:
                pass

    def _close(self) -> str:
        """Closes the innermost element; gives its name."""
        closed = self._open.pop()
        self._count[closed.name] -= 1
        if closed.level > self._open[-1].level:
            self._controls.closed(closed.level)
        return closed.name

    def _attribute(self, found: Attribute) -> Flow:
        flow = Flow(collapse=True)
        for token in value_tokens(self._file, found.span):
            flow.add(token)
        return flow


def closed_by(name: str) -> frozenset[str] | set[str]:
    """The names of the elements that the start tag of another one closes where they were not."""
    return CLOSED_BY.get(name, frozenset()) | ({"p"} if name in BLOCKS else frozenset())


def _element(name: str, around: Element, found: Sequence[Attribute]) -> Element:
    said = {one.name.lower(): one.value.lower() for one in found}
    translated = said.get("translate") != "no" and "notranslate" not in said.get("class", "").split()
    return Element(
        name,
        KINDS.get(name, around.kind),
        around.level + (name in BLOCKS),
        opaque=around.opaque or name in KEPT or not translated,
        unseen=around.unseen or name in UNSEEN,
        preformatted=around.preformatted or name in ("pre", "textarea"),
    )
