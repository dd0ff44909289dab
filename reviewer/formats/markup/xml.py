"""Turns XML into tokens; what is not well-formed, or declares entities, is a ReviewerError."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from reviewer.formats.markup.tokens import Token, refuse_entities
from reviewer.model import ReviewerError

STEP = 1 << 16
"""Bytes given to the parser at a time."""


def tokens(file: str, place: str) -> Iterator[Token]:
    """The tokens of a decoded XML file; `place` is how errors name it.

    No external file is ever opened: a DTD that is referred to is passed over.
    """
    reader = _Reader(file, place)
    data = file.encode()
    try:
        for start in range(0, len(data), STEP):
            reader.parser.Parse(data[start : start + STEP], False)
            yield from reader.finished()
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        what = expat.errors.messages[error.code]
        raise ReviewerError(
            f"{place}: line {error.lineno}, column {error.offset + 1}: this is not well-formed XML ({what}); repair the file"
        ) from None
    reader.end_last()
    yield from reader.finished()


class _Reader:
    """Collects what expat reports. Everything is reported, so that each thing ends where the next one begins."""

    def __init__(self, file: str, place: str) -> None:
        self.parser = expat.ParserCreate("utf-8")  # whatever the declaration says: the file has been decoded
        self._data = b"" if file.isascii() else file.encode()
        self._place = place
        self._byte = self._at = 0  # how far bytes have been counted as code points
        self._last: Token | None = None
        self._done: list[Token] = []
        self._literal = False
        self._file = file
        parser = self.parser
        parser.StartElementHandler = lambda name, _: self._next(Token("start", 0, 0, name.rpartition(":")[2]))
        parser.EndElementHandler = lambda name: self._next(Token("end", 0, 0, name.rpartition(":")[2]))
        parser.CharacterDataHandler = lambda text: self._next(Token("text", 0, 0, text=text, literal=self._literal))
        parser.StartCdataSectionHandler = lambda: self._cdata(True)
        parser.EndCdataSectionHandler = lambda: self._cdata(False)
        parser.CommentHandler = parser.DefaultHandler = lambda _: self._next(None)
        parser.ProcessingInstructionHandler = lambda *_: self._next(None)
        parser.EntityDeclHandler = self._refuse

    def finished(self) -> Iterator[Token]:
        """The tokens whose end is known by now; each is handed out once."""
        done, self._done = self._done, []
        return iter(done)

    def end_last(self) -> None:
        """Says that the file is over."""
        if self._last:
            self._done.append(self._last._replace(end=len(self._file)))

    def _next(self, token: Token | None) -> None:
        at = self._position(self.parser.CurrentByteIndex)
        if self._last:
            self._done.append(self._last._replace(end=at))
        self._last = token._replace(start=at) if token else None

    def _cdata(self, literal: bool) -> None:
        self._next(None)
        self._literal = literal

    def _position(self, byte: int) -> int:
        """The code point at a byte; bytes never fall."""
        if not self._data:
            return byte
        self._at += len(self._data[self._byte : byte].decode())
        self._byte = byte
        return self._at

    def _refuse(self, name: str, *_: object) -> None:
        raise refuse_entities(f"{self._place}: line {self.parser.CurrentLineNumber}", name)
