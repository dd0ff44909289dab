"""Turns HTML, as people and programs really write it, into tokens."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from reviewer.formats.markup.tokens import Token, refuse_entities, value_tokens
from reviewer.model import Span

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""The elements that never have content."""
ENTITY = re.compile(
    r"(?:\s|<\?[^>]*>|<!--.*?-->)*+<!DOCTYPE[^>\[]*\[[^\]]*?<!ENTITY\s+(?:%\s+)?([^\s>]+)", re.DOTALL | re.IGNORECASE
)
"""An entity that a document type declares; anywhere else the same words are text, as in an article on XML."""


def tokens(file: str, place: str) -> Iterator[Token]:
    """The tokens of a decoded HTML file, with names in lower case; tags may be missing or crossed. Raises ReviewerError."""
    if declared := ENTITY.match(file):
        raise refuse_entities(f"{place}: line {file.count(chr(10), 0, declared.start(1)) + 1}", declared[1])
    reader = _Reader(file)
    reader.feed(file)
    reader.close()
    return iter(reader.found)


class _Reader(HTMLParser):
    """Collects what the parser of the standard library reports, with its place."""

    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[Token] = []
        self._file = file
        self._unclosed = False
        self._lines = [0]
        at = file.find("\n")
        while at >= 0:
            self._lines.append(at + 1)
            at = file.find("\n", at + 1)

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: object) -> None:
        start = self._at()
        end = start + len(self.get_starttag_text() or "")
        self.found.append(Token("start", start, end, tag.rpartition(":")[2]))
        if tag in VOID:
            self.found.append(Token("end", end, end, tag))

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            end = self.found[-1].end
            self.found.append(Token("end", end, end, tag.rpartition(":")[2]))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            start = self._at()
            self.found.append(Token("end", start, self._file.find(">", start) + 1 or len(self._file), tag.rpartition(":")[2]))

    def handle_data(self, data: str) -> None:
        start = self._at()
        place = Span(start, start + len(data))
        if "&" in data:  # in the last words of a file, references are left in
            self.found += value_tokens(self._file, place)
        else:
            self.found.append(Token("text", place.start, place.end, text=data))

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def handle_comment(self, data: str) -> None:
        start = self._at()
        self.found.append(Token("comment", start, start, text=data))

    def unknown_decl(self, data: str) -> None:
        """A CDATA section, which XHTML may have."""
        if data.startswith("CDATA["):
            start = self._at() + len("<![CDATA[")
            text = data.removeprefix("CDATA[")
            self.found.append(Token("text", start, start + len(text), text=text, literal=True))

    def parse_starttag(self, i: int) -> int:
        """The end of the start tag at a place; -1 where it has none, which the parser itself takes long to see."""
        return super().parse_starttag(i) if self.rawdata.find(">", i) >= 0 else -1

    def parse_comment(self, i: int, report: bool = True) -> int:
        """The end of the comment at a place; -1 where it has none, and then no later one has."""
        end = -1 if self._unclosed else super().parse_comment(i, report)
        self._unclosed = end < 0
        return end

    def parse_html_declaration(self, i: int) -> int:
        """The end of what opens with `<!`; -1 where the file ends in it."""
        try:
            return super().parse_html_declaration(i)
        except AssertionError:  # a marked section that no standard knows
            return self.parse_bogus_comment(i)

    def _reference(self, written: str) -> None:
        start = self._at()
        end = start + len(written)
        end += self._file.startswith(";", end)
        self.found.append(Token("text", start, end, text=html.unescape(self._file[start:end])))
