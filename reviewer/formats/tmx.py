"""Turns a translation memory (TMX) into segments: the English of each unit, with its Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reviewer.formats.encoding import open_text
from reviewer.formats.inline_codes import Content
from reviewer.formats.markup.tokens import Token, attribute
from reviewer.formats.markup.xml import tokens
from reviewer.formats.parts import documents
from reviewer.model import Document, ReviewerError, Segment


def read(path: Path) -> Iterator[Document]:
    """The documents of a TMX file: one, or several parts where it is very long.

    A segment is a variant (`tuv`) in English, its source the variant in Chinese or else in another language. Keys are the ids of
    units, or their numbers. Raises ReviewerError.
    """
    yield from documents(path, "tmx", _segments("".join(open_text(path)), path))


def _segments(text: str, path: Path) -> Iterator[Segment]:
    reader = _Reader(text)
    first = True
    used: set[str] = set()
    for token in tokens(text, str(path)):
        if first and token.kind == "start":
            first = False
            if token.name != "tmx":
                raise ReviewerError(f"{path}: this is not TMX (its first element is <{token.name}>); check the file")
        if reader.take(token):
            yield from reader.unit(used)


class _Reader:
    """Follows the elements that are open."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._number = 0
        self._id = self._language = ""
        self._variants: list[tuple[str, Content]] = []
        self._inside = False  # whether a segment is open

    def take(self, token: Token) -> bool:
        """The next token of the file; whether a unit ends with it."""
        if self._inside and (token.kind == "text" or token.name != "seg"):
            self._variants[-1][1].add(token)
        elif token.name == "seg":
            self._inside = token.kind == "start"
            if self._inside:
                self._variants.append((self._language, Content(self._text)))
        elif token.kind == "start" and token.name == "tu":
            self._number += 1
            self._id, self._variants = attribute(self._text, token, "tuid"), []
        elif token.kind == "start" and token.name == "tuv":
            self._language = attribute(self._text, token, "lang").lower()
        return token.kind == "end" and token.name == "tu"

    def unit(self, used: set[str]) -> Iterator[Segment]:
        """The segments of the unit that ended; `used` are the keys that no other may have."""
        others = [(language, content) for language, content in self._variants if not _is(language, "en")]
        chinese = [content for language, content in others if _is(language, "zh")] or [content for _, content in others]
        source = chinese[0].flow.text() if chinese else None
        english = [content for language, content in self._variants if _is(language, "en")]
        for number, content in enumerate(english, 1):
            key = (self._id or str(self._number)) + (f"/{number}" if len(english) > 1 else "")
            while key in used:
                key += "'"
            if segment := content.flow.segment(key, source=source):
                used.add(key)
                yield segment


def _is(language: str, code: str) -> bool:
    return language.replace("_", "-").split("-")[0] == code
