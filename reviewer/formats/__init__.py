"""Turns files into documents, picking the format by the file's suffix, and says how a format writes a replacement."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reviewer.formats import pairs, parts
from reviewer.formats.columns import Columns
from reviewer.formats.decoding import Encoding
from reviewer.formats.detecting import detect
from reviewer.formats.reading import Reading
from reviewer.model import Document, ReviewerError


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of file is read, and how a text is written into it.

    `escape` writes a replacement into a segment of a kind. `linear`: the file is the text that people read, so that lines and
    offsets in it mean something to them. `zipped`: the file is a zip file, each document a member of that name, and the places
    of its segments are those in the decoded member. `read_columns` reads a table, of which only some columns count. `paired`:
    the Chinese may stand in another file. `streamed`: a file is never held in memory as a whole, so it may be of any size.
    """

    suffixes: tuple[str, ...]
    read: Callable[[Path], Iterator[Document]]
    escape: Callable[[str, str], str] = lambda replacement, kind: replacement
    linear: bool = True
    zipped: bool = False
    read_columns: Callable[[Path, Columns], Iterator[Document]] | None = None
    paired: bool = False
    streamed: bool = False


def _late(module: str, name: str) -> Callable[..., Any]:
    """A function of a format's module, which is imported when it is first called: nobody pays for what he does not read."""

    def call(*arguments: Any) -> Any:
        return getattr(importlib.import_module(f"{__name__}.{module}"), name)(*arguments)

    return call


FORMATS = {
    "text": Format((".txt",), _late("text", "read"), paired=True, streamed=True),
    "markdown": Format((".md", ".markdown"), _late("markdown", "read"), _late("markdown", "escape"), paired=True),
    "jsonl": Format((".jsonl",), _late("jsonl", "read"), _late("jsonl", "escape"), linear=False, streamed=True),
    "html": Format((".html", ".htm", ".xhtml"), _late("html", "read"), _late("html", "escape")),
    "xliff": Format(
        (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"), _late("xliff", "read"), _late("inline_codes", "escape")
    ),
    "tmx": Format((".tmx",), _late("tmx", "read"), _late("inline_codes", "escape")),
    "docx": Format((".docx", ".docm"), _late("docx", "read"), _late("docx_paragraphs", "escape"), linear=False, zipped=True),
    "po": Format((".po", ".pot"), _late("po", "read"), _late("po", "escape"), paired=True),
    "srt": Format((".srt",), _late("subtitles", "read_srt"), _late("subtitles", "escape_srt"), paired=True),
    "vtt": Format((".vtt",), _late("subtitles", "read_vtt"), _late("subtitles", "escape_vtt"), paired=True),
    "ass": Format((".ass", ".ssa"), _late("subtitles", "read_ass"), _late("subtitles", "escape_ass"), paired=True),
    "csv": Format((".csv",), _late("tables", "read_csv"), read_columns=_late("tables", "read_csv")),
    "tsv": Format((".tsv", ".tab"), _late("tables", "read_tsv"), read_columns=_late("tables", "read_tsv")),
    "xlsx": Format(
        (".xlsx", ".xlsm"),
        _late("xlsx", "read"),
        _late("xlsx", "escape"),
        linear=False,
        zipped=True,
        read_columns=_late("xlsx", "read"),
    ),
    "epub": Format((".epub",), _late("epub", "read"), _late("html", "escape"), linear=False, zipped=True),
}


def format_of(path: Path) -> str:
    """The name of a file's format, by its suffix; what has none of ours is plain text."""
    suffix = path.suffix.lower()
    return next((name for name, format in FORMATS.items() if suffix in format.suffixes), "text")


AS_IT_IS = Reading()


def read(path: Path, reading: Reading = AS_IT_IS) -> Iterator[Document]:
    """The documents of a file, in order; at least one. Raises ReviewerError where it cannot be read as what its suffix says.

    `reading` comes from `prepared`, or is one without a source.
    """
    format = FORMATS[format_of(path)]
    for file in (path, reading.source) if reading.source else () if format.streamed or format.zipped else (path,):
        _refuse_too_large(file)
    if format.read_columns:
        return format.read_columns(path, reading.columns)
    if reading.way:
        return pairs.read(path, reading.source, reading.way)
    if reading.source is None:
        return format.read(path)
    if format is FORMATS["po"]:
        from reviewer.formats import po

        return po.read(path, reading.source)
    return pairs.beside(path, format.read(path), read(reading.source), reading.source)


def _refuse_too_large(path: Path) -> None:
    size = path.stat().st_size if path.is_file() else 0
    if size > parts.LARGEST_TEXT:
        raise ReviewerError(
            f"{path}: {size:,} bytes, more than the {parts.LARGEST_TEXT:,} that a file of this kind may have: all of it is held in "
            "memory at once; split it"
        )


def prepared(path: Path, reading: Reading) -> Reading:
    """How a file is read, with the way in which it aligns with its source. Raises ReviewerError where it does not."""
    name = format_of(path)
    if reading.source is None:
        return reading
    if not FORMATS[name].paired:
        with_one = ", ".join(suffix for format in FORMATS.values() if format.paired for suffix in format.suffixes)
        raise ReviewerError(f"{path}: leave out --source; only files of other kinds have their Chinese beside them: {with_one}")
    if format_of(reading.source) != name:
        raise ReviewerError(
            f"{reading.source}: a file of the same kind as {path} is needed beside it, {path.suffix or 'plain text'}"
        )
    return replace(reading, way=pairs.way_of(path, reading.source)) if name == "text" else reading


def encoding_of(path: Path) -> Encoding:
    """The encoding of a file; of a zip file, whose members each have their own, UTF-8. Raises ReviewerError as `detect` does."""
    return Encoding("utf-8") if FORMATS[format_of(path)].zipped else detect(path)


def escape(format: str, text: str, kind: str = "paragraph") -> str:
    """A replacement as the file of a format writes it in a segment of that kind: inside a string literal in jsonl, for example."""
    return FORMATS[format].escape(text, kind)
