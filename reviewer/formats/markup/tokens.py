"""What marked-up text is made of: tags and runs of text, each with its place in the decoded file."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from reviewer.model import ReviewerError, Span

ATTRIBUTE = re.compile(r"""(?<=[\s"'/])([^\s=/>"'<]++)\s*+=\s*+("[^"]*"|'[^']*'|[^\s"'>]+)""")
TAG_NAME = re.compile(r"<[^\s/>]+")
CHARACTERS = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);?|\r\n|[^&\r]+|.", re.DOTALL)
"""A run of plain text, a reference to a character, or a line end that XML reads as one character."""


class Token(NamedTuple):
    """A tag or a run of text, at file[start:end] (code points).

    `kind` is `start`, `end`, `text` or, in HTML, `comment`, with what stands between its marks as `text`. `name` is that of the
    element, without its prefix. An element that is closed in its own tag has an end of no length. `text` is what a run of text
    reads as; it is file[start:end] or, where the file writes it otherwise (`&amp;`), one character, and as a rarity more.
    `literal`: the text stands in a CDATA section, nothing is escaped.
    """

    kind: str
    start: int
    end: int
    name: str = ""
    text: str = ""
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute: its name as written, what its value reads as, and the value in the file, without the quotes if it has any."""

    name: str
    value: str
    span: Span
    quoted: bool


def attributes(file: str, tag: Token) -> Iterator[Attribute]:
    """The attributes of a start tag of the decoded file, in order."""
    name = TAG_NAME.match(file, tag.start, tag.end)
    for match in ATTRIBUTE.finditer(file, name.end() if name else tag.start, tag.end):
        quoted = match[2][0] in "\"'"
        start, end = match.start(2) + quoted, match.end(2) - quoted
        yield Attribute(match[1], html.unescape(file[start:end]), Span(start, end), quoted)


def attribute(file: str, tag: Token, name: str) -> str:
    """What the attribute of that local name reads as, "" where the start tag has none."""
    return next((one.value for one in attributes(file, tag) if one.name.rpartition(":")[2] == name), "")


def value_tokens(file: str, span: Span) -> Iterator[Token]:
    """The runs of text in an attribute value at a span of the file."""
    for match in CHARACTERS.finditer(file, span.start, span.end):
        text = html.unescape(match[0]) if match[0].startswith("&") else match[0]
        yield Token("text", *match.span(), text="\n" if text == "\r\n" else text)


def refuse_entities(place: str, name: str) -> ReviewerError:
    """The error for a file that declares an entity of that name."""
    return ReviewerError(
        f'{place}: it declares the entity "{name}"; entities are not read, for they can grow without bound or stand for other '
        "files; write their text in their place and delete the declaration"
    )
