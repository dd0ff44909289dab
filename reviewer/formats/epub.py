"""Turns an EPUB book into documents, one a chapter, in the order in which a reader turns the pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from reviewer.formats import html
from reviewer.formats.markup.tokens import attribute
from reviewer.formats.markup.xml import tokens
from reviewer.formats.zipped import Container, container
from reviewer.model import Document, ReviewerError

DIRECTORY = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
CHAPTER = ("application/xhtml+xml", "text/html")


def read(path: Path) -> Iterator[Document]:
    """The chapters of a book, named by their place in it; a chapter that is missing is passed over.

    Raises ReviewerError where the file is no EPUB, not sound, or encrypted.
    """
    with container(path) as book:
        chapters = _chapters(book)
        locked = set(_attributes(book, ENCRYPTION, "CipherReference", "URI")) if ENCRYPTION in book.names else set()
        for name in chapters:
            if name in locked:
                raise ReviewerError(f"{path}: {name}: copy protection is on it; export the book without it")
            text, _ = book.text(name)
            yield Document(path, "epub", tuple(html.segments(text, f"{path}: {name}")), name)


def _chapters(book: Container) -> list[str]:
    """The chapters that are there, in reading order, each once. Raises ReviewerError where there is none."""
    package = next(iter(_attributes(book, DIRECTORY, "rootfile", "full-path")), "")
    text, _ = book.text(package or DIRECTORY)
    members: dict[str, str] = {}
    spine: list[str] = []
    for token in tokens(text, f"{book.path}: {package}"):
        if token.kind == "start" and token.name == "item" and attribute(text, token, "media-type") in CHAPTER:
            place = unquote(attribute(text, token, "href"))
            members[attribute(text, token, "id")] = normpath(join(dirname(package), place))
        elif token.kind == "start" and token.name == "itemref":
            spine.append(attribute(text, token, "idref"))
    chapters = [members[one] for one in dict.fromkeys(spine) if members.get(one) in book.names]
    if not chapters:
        raise ReviewerError(f"{book.path}: no chapters are in it; check that it is a whole EPUB")
    return list(dict.fromkeys(chapters))


def _attributes(book: Container, member: str, element: str, name: str) -> Iterator[str]:
    """The values of an attribute of all elements of a name in an XML member."""
    text, _ = book.text(member)
    for token in tokens(text, f"{book.path}: {member}"):
        if token.kind == "start" and token.name == element:
            yield attribute(text, token, name)
