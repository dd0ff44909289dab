"""Streams the text of a file, whatever its encoding; the hash of its bytes."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from reviewer.formats.decoding import CHUNK, Encoding, decoded, opened
from reviewer.formats.detecting import detect
from reviewer.model import ReviewerError


def sha256(path: Path) -> str:
    """The hash of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with opened(path) as file:
        while block := file.read(CHUNK):
            digest.update(block)
    return digest.hexdigest()


def open_text(path: Path, encoding: Encoding | None = None, *, exact: bool = False) -> Iterator[str]:
    """The decoded text in chunks, without the byte order mark, line ends as they are; `encoding` is detected where not given.

    With `exact`, a file whose text would not encode back to the same bytes raises ReviewerError at the first such chunk.
    """
    known = encoding or detect(path)
    encoder = codecs.getincrementalencoder(known.name)()
    unmatched = b""
    for offset, raw, text in decoded(path, known):
        if exact:
            back = encoder.encode(text, final=not raw)
            unmatched += raw
            if not unmatched.startswith(back):
                raise ReviewerError(
                    f"{path}: near byte {offset}: its {known.name} has two spellings for one character, so other words would "
                    "change too; save the file as UTF-8 and export again"
                )
            unmatched = unmatched[len(back) :]
        if text:
            yield text


def lf_lines(chunks: Iterable[str]) -> Iterator[str]:
    """The lines of a text with their LF, the only end of a line here: a JSON string may hold others, and diff knows no other."""
    held: list[str] = []
    for chunk in chunks:
        first, *more = chunk.split("\n")
        held.append(first)
        for start in more:
            yield "".join(held) + "\n"
            held = [start]
    if last := "".join(held):
        yield last
