"""Turns files into documents, picking the format by the file's suffix, and says how a format writes a replacement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.formats import (
    docx,
    docx_paragraphs,
    epub,
    html,
    inline_codes,
    jsonl,
    markdown,
    pairs,
    po,
    subtitles,
    tables,
    text,
    tmx,
    xliff,
    xlsx,
)
from reviewer.formats.columns import Columns
from reviewer.formats.encoding import Encoding, detect
from reviewer.formats.reading import Reading
from reviewer.model import Document, ReviewerError


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of file is read, and how a text is written into it.

    `escape` writes a replacement into a segment of a kind. `linear`: the file is the text that people read, so that lines and
    offsets in it mean something to them. `zipped`: the file is a zip file, each document a member of that name, and the places
    of its segments are those in the decoded member. `read_columns` reads a table, of which only some columns count. `paired`:
    the Chinese may stand in another file.
    """

    suffixes: tuple[str, ...]
    read: Callable[[Path], Iterator[Document]]
    escape: Callable[[str, str], str] = lambda replacement, kind: replacement
    linear: bool = True
    zipped: bool = False
    read_columns: Callable[[Path, Columns], Iterator[Document]] | None = None
    paired: bool = False


FORMATS = {
    "text": Format((".txt",), text.read, paired=True),
    "markdown": Format((".md", ".markdown"), markdown.read, markdown.escape, paired=True),
    "jsonl": Format((".jsonl",), jsonl.read, jsonl.escape, linear=False),
    "html": Format((".html", ".htm", ".xhtml"), html.read, html.escape),
    "xliff": Format((".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"), xliff.read, inline_codes.escape),
    "tmx": Format((".tmx",), tmx.read, inline_codes.escape),
    "docx": Format((".docx", ".docm"), docx.read, docx_paragraphs.escape, linear=False, zipped=True),
    "po": Format((".po", ".pot"), po.read, po.escape, paired=True),
    "srt": Format((".srt",), subtitles.read_srt, subtitles.escape_srt, paired=True),
    "vtt": Format((".vtt",), subtitles.read_vtt, subtitles.escape_vtt, paired=True),
    "ass": Format((".ass", ".ssa"), subtitles.read_ass, subtitles.escape_ass, paired=True),
    "csv": Format((".csv",), tables.read_csv, read_columns=tables.read_csv),
    "tsv": Format((".tsv", ".tab"), tables.read_tsv, read_columns=tables.read_tsv),
    "xlsx": Format((".xlsx", ".xlsm"), xlsx.read, xlsx.escape, linear=False, zipped=True, read_columns=xlsx.read),
    "epub": Format((".epub",), epub.read, html.escape, linear=False, zipped=True),
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
    if format.read_columns:
        return format.read_columns(path, reading.columns)
    if reading.way:
        return pairs.read(path, reading.source, reading.way)
    if reading.source is None:
        return format.read(path)
    if format is FORMATS["po"]:
        return po.read(path, reading.source)
    return pairs.beside(path, format.read(path), read(reading.source), reading.source)


def prepared(path: Path, reading: Reading) -> Reading:
    """How a file is read, with the way in which it aligns with its source. Raises ReviewerError where it does not."""
    name = format_of(path)
    if reading.source is None:
        return reading
    if not FORMATS[name].paired:
        raise ReviewerError(f"{path}: a file of this kind has its Chinese in itself; leave out --source")
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
