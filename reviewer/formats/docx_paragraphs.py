"""Turns the XML of one part of a Word document into segments, one a paragraph."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reviewer.formats.markup.flow import HOLE, Flow
from reviewer.formats.markup.tokens import Token, attribute
from reviewer.formats.markup.xml import tokens
from reviewer.model import ReviewerError, Segment

PASSED_OVER = frozenset(
    "del moveFrom rt Fallback tabs pPrChange rPrChange sectPrChange tblPrChange tcPrChange trPrChange numberingChange".split()
)
"""What is deleted (ECMA-376, 17.13.5), said again for older programs (part 3), above the text (17.3.3.25), or no text."""
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "sym": HOLE}
"""Elements in a run that are one character each."""
WRITTEN = {"\n": "<w:br/>", "\t": "<w:tab/>"}
SPACE = " \t\r\n"
OFF = ("0", "false", "off", "none")
WORD = re.compile(r"\sxmlns:w\s*=")
SPLIT = re.compile(r"([\n\t])")


def escape(text: str, kind: str = "paragraph") -> str:
    """The text as it is written between `<w:t>` and `</w:t>`: line breaks and tabs are elements beside it."""
    around = '</w:t>{}<w:t xml:space="preserve">'
    parts = SPLIT.split(html.escape(text, quote=False))
    return "".join(around.format(WRITTEN[part]) if part in WRITTEN else part for part in parts)


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is being read."""

    kind: str
    flow: Flow = field(default_factory=Flow)


def paragraphs(text: str, place: str, kinds: Mapping[str, str]) -> Iterator[Segment]:
    """The segments of a part whose decoded XML is `text`; keys count from 1. `kinds` are the kinds of paragraphs by style id.

    What was inserted is text, what was deleted is not, and neither is hidden text. Raises ReviewerError that names `place`.
    """
    number = 0
    if not WORD.search(text):
        raise ReviewerError(f"{place}: the elements of Word are not called w: in it; save it again in Word or LibreOffice")
    for paragraph in _Reader(text, kinds).paragraphs(tokens(text, place)):
        if segment := paragraph.flow.segment(str(number + 1), paragraph.kind):
            number += 1
            yield segment


class _Reader:
    """Follows the elements that are open; a text box stands in the middle of a paragraph, so those are a stack."""

    def __init__(self, text: str, kinds: Mapping[str, str]) -> None:
        self._text = text
        self._kinds = kinds
        self._stack: list[Paragraph] = []
        self._cells = 0
        self._hidden = False
        self._skipped: Token | None = None  # the element that is passed over, and how many of its name are open in it
        self._depth = 0
        self._written: list[Token] | None = None  # the text of the `<w:t>` that is open
        self._sign: Token | None = None
        self._kept = False  # whether it keeps the white space around it

    def paragraphs(self, found: Iterator[Token]) -> Iterator[Paragraph]:
        """The paragraphs, each when it ends."""
        for token in found:
            if self._skipped:
                self._pass(token)
            elif token.kind == "text":
                if self._written is not None:
                    self._written.append(token)
            elif token.kind == "start":
                self._start(token)
            else:
                self._end(token)
                if token.name == "p" and self._stack:
                    yield self._stack.pop()

    def _pass(self, token: Token) -> None:
        """Goes on until the element that is passed over ends."""
        if self._skipped and token.name == self._skipped.name:
            self._depth += {"start": 1, "end": -1}[token.kind]
            if not self._depth:
                if token.name == "oMath" and self._stack:
                    self._stack[-1].flow.add_hole(self._skipped.start, token.end)
                self._skipped = None

    def _start(self, token: Token) -> None:
        name = token.name
        if name in PASSED_OVER or name == "oMath":
            self._skipped, self._depth = token, 1
        elif name == "tc":
            self._cells += 1
        elif name == "p":
            self._stack.append(Paragraph("cell" if self._cells else "paragraph"))
        elif name == "r":
            self._hidden = False
        elif name == "vanish":
            self._hidden = attribute(self._text, token, "val") not in OFF
        elif self._stack and name in ("pStyle", "numPr"):
            self._style(token)
        elif self._stack and not self._hidden:
            if name == "t" and self._text.startswith("<w:", token.start):  # drawings have a `t` of their own
                self._kept = attribute(self._text, token, "space") == "preserve"
                self._written = []
            elif name in SIGNS:
                self._sign = token

    def _end(self, token: Token) -> None:
        if token.name == "tc":
            self._cells -= 1
        elif token.name == "t" and self._written is not None:
            written, self._written = self._written, None
            for one in written if self._kept else _bare(written):
                self._stack[-1].flow.add(one)
        elif self._sign and token.name == self._sign.name:
            sign = Token("text", self._sign.start, token.end, text=SIGNS[token.name])
            self._stack[-1].flow.add(sign, opaque=sign.text == HOLE)
            self._sign = None
        elif token.name == "r":
            self._hidden = False

    def _style(self, token: Token) -> None:
        paragraph = self._stack[-1]
        kind = "item" if token.name == "numPr" else self._kinds.get(attribute(self._text, token, "val"), "paragraph")
        if paragraph.kind == "paragraph":  # neither in a table, nor the number of a heading
            paragraph.kind = kind


def _bare(written: list[Token]) -> Iterator[Token]:
    """The text of a `<w:t>` without the white space around it, which Word leaves out unless it is told to keep it."""
    text = "".join(token.text for token in written)
    first, last = len(text) - len(text.lstrip(SPACE)), len(text.rstrip(SPACE))
    at = 0
    for token in written:
        start, end = max(first - at, 0), min(last - at, len(token.text))
        at += len(token.text)
        if start == 0 and end == len(token.text):
            yield token
        elif start < end:
            yield token._replace(start=token.start + start, end=token.start + end, text=token.text[start:end])
