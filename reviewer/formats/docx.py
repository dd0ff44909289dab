"""Turns a Word document into documents, one for the text and for each header, footer and kind of note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from reviewer.formats.docx_paragraphs import paragraphs
from reviewer.formats.markup.tokens import attribute
from reviewer.formats.markup.xml import tokens
from reviewer.formats.zipped import Container, container
from reviewer.model import Document, ReviewerError

TYPES = "[Content_Types].xml"
MAIN = re.compile(r"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml|ms-word)\.\w+(?:\.\w+)?\.main\+xml")
BESIDE = re.compile(
    r"application/vnd\.openxmlformats-officedocument\.wordprocessingml\.(comments|endnotes|footer|footnotes|header|styles)\+xml"
)
ORDER = ("footnotes", "endnotes", "header", "footer")
KINDS = (("heading", "heading"), ("title", "heading"), ("subtitle", "heading"), ("list", "item"), ("toc", "cell"))
"""How the name of a style begins, and the kind of its paragraphs; a table of contents repeats the headings as a table would."""


def read(path: Path) -> Iterator[Document]:
    """The text of a Word document (.docx, .docm), then its notes, headers and footers, each named by its place in the file.

    A part that is named but missing is passed over; macros, pictures and the rest are not looked at. Raises ReviewerError
    where the file is no Word document, or not sound.
    """
    with container(path) as file:
        found = parts(file)
        kinds = _kinds(file, found.get("styles", []))
        for member in [*found["main"], *(name for kind in ORDER for name in found.get(kind, []))]:
            text, _ = file.text(member)
            segments = tuple(paragraphs(text, f"{path}: {member}", kinds))
            if segments or member in found["main"]:
                yield Document(path, "docx", segments, member)


def parts(file: Container) -> dict[str, list[str]]:
    """The members that are there by what they hold: `main`, `styles`, `comments`, and those of ORDER. Raises ReviewerError."""
    text, _ = file.text(TYPES)
    found: dict[str, list[str]] = {}
    for token in tokens(text, f"{file.path}: {TYPES}"):
        if token.kind == "start" and token.name == "Override":
            kind = _kind(attribute(text, token, "ContentType"))
            member = attribute(text, token, "PartName").removeprefix("/")
            if kind and (member in file.names or kind == "main"):
                found.setdefault(kind, []).append(member)
    if "main" not in found:
        raise ReviewerError(f"{file.path}: this zip file is no Word document; check that its suffix says what it is")
    return found


def _kind(content_type: str) -> str:
    beside = BESIDE.fullmatch(content_type)
    return "main" if MAIN.fullmatch(content_type) else beside[1] if beside else ""


def _kinds(file: Container, members: list[str]) -> dict[str, str]:
    """The kind of paragraph by the id of its style; the names of styles are the same in all languages of Word, the ids are not."""
    kinds: dict[str, str] = {}
    for member in members:
        text, _ = file.text(member)
        style = ""
        for token in tokens(text, f"{file.path}: {member}"):
            if token.kind == "start" and token.name == "style":
                style = attribute(text, token, "styleId")
            elif token.kind == "start" and token.name == "name" and style:
                name = attribute(text, token, "val").lower()
                kinds[style] = next((kind for start, kind in KINDS if name.startswith(start)), "paragraph")
    return kinds
