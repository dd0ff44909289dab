"""Gathers the runs of text of one block into a segment, with its pieces in the decoded file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from reviewer.formats.addresses import opaque_spans
from reviewer.formats.markup.tokens import Token
from reviewer.model import Piece, Segment, Span

HOLE = "\ufffc"
"""What stands in a target for a thing that is no text: an inline code, a formula. It is opaque, so it always stays."""
SPACES = re.compile(r"[ \t\r\n\f]+")
OTHER_THAN_ONE = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
"""White space that is not one space."""


@dataclass(frozen=True, slots=True)
class Run:
    """Visible text that the file writes at a span: as it is or, if it is one character, perhaps otherwise."""

    text: str
    file: Span
    opaque: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether a part of the text is the same part of the file."""
        return len(self.text) == len(self.file)

    @property
    def is_placed(self) -> bool:
        """Whether a piece can say how the file writes it."""
        return self.is_plain or (len(self.text) == 1)


@dataclass(slots=True)
class Flow:
    """The runs of one block, in order. With `collapse`, white space is one space at most, as a browser shows it."""

    collapse: bool = False
    runs: list[Run] = field(default_factory=list)

    def add(self, token: Token, *, opaque: bool = False) -> None:
        """A run of text."""
        if self.collapse and SPACES.search(token.text):
            self._add_collapsed(token, opaque)
        elif token.text:
            self.runs.append(Run(token.text, Span(token.start, token.end), opaque))

    def add_break(self, start: int, end: int) -> None:
        """A line break that the file writes as markup at file[start:end]."""
        if self.collapse and self.runs and self.runs[-1].text.endswith(" "):
            last = self.runs.pop()
            if len(last.text) > 1:
                self.runs.append(replace(last, text=last.text[:-1], file=Span(last.file.start, last.file.end - 1)))
        self.runs.append(Run("\n", Span(start, end)))

    def add_hole(self, start: int, end: int) -> None:
        """Something at file[start:end] that is no text."""
        self.runs.append(Run(HOLE, Span(start, end), opaque=True))

    def text(self) -> str:
        """The visible text, without the white space around it."""
        return "".join(run.text for run in self.runs).strip()

    def segment(self, key: str, kind: str = "paragraph", source: str | None = None) -> Segment | None:
        """The segment; None where there is nothing to review in it."""
        runs = _stripped(self.runs)
        if all(run.opaque or run.text.isspace() for run in runs):
            return None
        pieces: list[Piece] = []
        opaque: list[Span] = []
        at = 0
        for run in runs:
            length = len(run.text)
            if run.opaque:
                start = opaque.pop().start if opaque and opaque[-1].end == at else at
                opaque.append(Span(start, at + length))
            if run.is_placed:
                _append(pieces, Piece(at, run.file.start, length, len(run.file)))
            at += length
        target = "".join(run.text for run in runs)
        return Segment(key, target, source, kind, opaque_spans(target, opaque), tuple(pieces))

    def _add_collapsed(self, token: Token, opaque: bool) -> None:
        if len(token.text) != token.end - token.start:
            self._add_space(Span(token.start, token.end), opaque)  # the one character of white space that is written otherwise
            return
        at = 0
        for match in OTHER_THAN_ONE.finditer(token.text):
            self._add_words(token.text[at : match.start()], token.start + at, opaque)
            self._add_space(Span(token.start + match.start(), token.start + match.end()), opaque)
            at = match.end()
        self._add_words(token.text[at:], token.start + at, opaque)

    def _add_words(self, text: str, start: int, opaque: bool) -> None:
        """Text with single spaces, of which the first is left out where one stands before it."""
        if text.startswith(" ") and self._ends_in_space():
            text, start = text[1:], start + 1
        if text:
            self.runs.append(Run(text, Span(start, start + len(text)), opaque))

    def _add_space(self, file: Span, opaque: bool) -> None:
        if not self._ends_in_space():
            self.runs.append(Run(" ", file, opaque))

    def _ends_in_space(self) -> bool:
        return not self.runs or SPACES.fullmatch(self.runs[-1].text[-1:]) is not None


def _stripped(runs: list[Run]) -> list[Run]:
    """The runs without the white space at both ends."""
    first, last = 0, len(runs)
    while first < last and runs[first].text.isspace():
        first += 1
    while last > first and runs[last - 1].text.isspace():
        last -= 1
    kept = runs[first:last]
    if kept and kept[0].is_plain:
        cut = len(kept[0].text) - len(kept[0].text.lstrip())
        kept[0] = replace(kept[0], text=kept[0].text[cut:], file=Span(kept[0].file.start + cut, kept[0].file.end))
    if kept and kept[-1].is_plain:
        text = kept[-1].text.rstrip()
        kept[-1] = replace(kept[-1], text=text, file=Span(kept[-1].file.start, kept[-1].file.start + len(text)))
    return kept


def _append(pieces: list[Piece], piece: Piece) -> None:
    """Adds a piece, as one with the last where they follow each other in the file as in the text."""
    last = pieces[-1] if pieces else None
    if (
        last
        and last.length == last.file_length
        and piece.length == piece.file_length
        and (last.start + last.length, last.file_start + last.length) == (piece.start, piece.file_start)
    ):
        pieces[-1] = Piece(last.start, last.file_start, last.length + piece.length, last.file_length + piece.length)
    else:
        pieces.append(piece)
