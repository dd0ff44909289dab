"""Opens files, and streams the text of those whose encoding is known; bytes that are no text in it are a ReviewerError."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from reviewer.model import ReviewerError

CHUNK = 1 << 18
"""Bytes read at a time."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """A Python codec name and the byte order mark the file opens with, empty where it has none."""

    name: str
    bom: bytes = b""


class UndecodableError(ReviewerError):
    """Bytes that are not text in the encoding asked for; `offset` is the first of them, counted from the start of the file."""

    def __init__(self, path: Path, encoding: Encoding, offset: int) -> None:
        super().__init__(f"{path}: byte {offset}: not valid {encoding.name}; repair the file or save it as UTF-8")
        self.offset = offset


def opened(path: Path) -> BinaryIO:
    """The file, open for reading bytes; ReviewerError where it is missing, a folder, a device or not ours to read."""
    try:
        if path.exists() and not path.is_file():
            what = "a folder; name the files in it" if path.is_dir() else "not a regular file; save its text to a file first"
            raise ReviewerError(f"{path}: this is {what}")
        return path.open("rb")
    except FileNotFoundError:
        raise ReviewerError(f"{path}: there is no such file; check the name") from None
    except PermissionError:
        raise ReviewerError(f"{path}: no permission to read it; change its permissions or copy it") from None
    except OSError as error:
        raise ReviewerError(f"{path}: cannot be read ({error.strerror}); check the name and the disk") from None


def decoded(path: Path, encoding: Encoding) -> Iterator[tuple[int, bytes, str]]:
    """Chunks as (byte offset of the text, bytes read, text), the last one with no bytes. Raises UndecodableError."""
    decoder = codecs.getincrementaldecoder(encoding.name)()
    position = len(encoding.bom)
    with opened(path) as file:
        file.seek(position)
        raw = b"\0"
        while raw:
            try:
                raw = file.read(CHUNK)
            except OSError as error:
                raise ReviewerError(f"{path}: byte {position}: cannot be read ({error.strerror}); check the disk") from None
            start = position - len(decoder.getstate()[0])  # bytes of a character that the last chunk cut in two
            try:
                text = decoder.decode(raw, final=not raw)
            except UnicodeDecodeError as error:
                raise UndecodableError(path, encoding, start + error.start) from None
            yield start, raw, text
            position += len(raw)
