"""Turns files into documents, picking the format by the file's suffix, and says how a format writes a replacement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewer.formats import docx, docx_paragraphs, epub, html, inline_codes, jsonl, markdown, text, tmx, xliff
from reviewer.formats.encoding import Encoding, detect
from reviewer.model import Document


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of file is read, and how a text is written into it.

    `escape` writes a replacement into a segment of a kind. `linear`: the file is the text that people read, so that lines and
    offsets in it mean something to them. `zipped`: the file is a zip file, each document a member of that name, and the places
    of its segments are those in the decoded member.
    """

    suffixes: tuple[str, ...]
    read: Callable[[Path], Iterator[Document]]
    escape: Callable[[str, str], str] = lambda replacement, kind: replacement
    linear: bool = True
    zipped: bool = False


FORMATS = {
    "text": Format((".txt",), text.read),
    "markdown": Format((".md", ".markdown"), markdown.read, markdown.escape),
    "jsonl": Format((".jsonl",), jsonl.read, jsonl.escape, linear=False),
    "html": Format((".html", ".htm", ".xhtml"), html.read, html.escape),
    "xliff": Format((".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"), xliff.read, inline_codes.escape),
    "tmx": Format((".tmx",), tmx.read, inline_codes.escape),
    "docx": Format((".docx", ".docm"), docx.read, docx_paragraphs.escape, linear=False, zipped=True),
    "epub": Format((".epub",), epub.read, html.escape, linear=False, zipped=True),
}


def format_of(path: Path) -> str:
    """The name of a file's format, by its suffix; what has none of ours is plain text."""
    suffix = path.suffix.lower()
    return next((name for name, format in FORMATS.items() if suffix in format.suffixes), "text")


def read(path: Path) -> Iterator[Document]:
    """The documents of a file, in order; at least one. Raises ReviewerError where it cannot be read as what its suffix says."""
    return FORMATS[format_of(path)].read(path)


def encoding_of(path: Path) -> Encoding:
    """The encoding of a file; of a zip file, whose members each have their own, UTF-8. Raises ReviewerError as `detect` does."""
    return Encoding("utf-8") if FORMATS[format_of(path)].zipped else detect(path)


def escape(format: str, text: str, kind: str = "paragraph") -> str:
    """A replacement as the file of a format writes it in a segment of that kind: inside a string literal in jsonl, for example."""
    return FORMATS[format].escape(text, kind)
