"""Writes corrected text to files: whole or not at all, in the encoding of the original."""

from __future__ import annotations

import codecs
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from reviewer.export.changes import Change
from reviewer.export.correcting import correct, corrected
from reviewer.export.docx_comments import comments
from reviewer.export.settling import settled
from reviewer.formats import FORMATS
from reviewer.formats.decoding import CHUNK, Encoding, opened
from reviewer.formats.zipped import container
from reviewer.model import ReviewerError


def save(path: Path, format: str, encoding: Encoding, changes: Sequence[Change], destination: Path) -> None:
    """Writes the corrected text of a file, with the permissions of the file it replaces or else of the original."""
    _replace(destination, destination if destination.exists() else path, blobs(path, format, encoding, changes))


def rehearse(path: Path, format: str, encoding: Encoding, changes: Sequence[Change]) -> None:
    """Writes the corrected text of a file nowhere: raises the ReviewerError that a real writing would stop at half-way."""
    for _ in blobs(path, format, encoding, changes) if changes else ():
        pass


def blobs(path: Path, format: str, encoding: Encoding, changes: Sequence[Change]) -> Iterator[bytes]:
    """The bytes of the corrected text of a file; without changes its own as they are, whatever they decode to."""
    if not changes:
        return _bytes(path)
    if FORMATS[format].zipped:
        return _rezipped(path, format, changes)
    return encoded(path, encoding, corrected(path, format, changes, encoding))


def _rezipped(path: Path, format: str, changes: Sequence[Change]) -> Iterator[bytes]:
    """The bytes of a zip file with changes in its members."""
    of_members: dict[str, list[Change]] = {}
    for change in changes:
        of_members.setdefault(change.member, []).append(change)
    with container(path) as file:
        texts: dict[str, str] = {}
        if format == "docx":
            texts = comments(file, of_members)
        for member, here in of_members.items():
            text, _ = file.text(member)
            texts[member] = "".join(correct([text], settled(format, text, here)))
        yield from file.rewritten(texts)


def save_in_place(path: Path, format: str, encoding: Encoding, changes: Sequence[Change]) -> Path:
    """Writes the corrected text over a file and keeps the old one as `backup` does, both or neither; gives the backup."""
    copy: Path | None = None
    try:
        with _replacing(path, path, blobs(path, format, encoding, changes)):
            copy = backup(path)  # now that the new file is there and lacks only its name
    except ReviewerError:
        if copy:
            copy.unlink(missing_ok=True)
        raise
    return copy


def write(path: Path, encoding: Encoding, chunks: Iterable[str], destination: Path) -> None:
    """Writes text in an encoding, with the permissions of the file it replaces or else of `path`, the original.

    The destination is the old file or the whole new one at any moment, even where the disk is full or the program is killed.
    Raises ReviewerError where it cannot be written or the encoding lacks a character.
    """
    _replace(destination, destination if destination.exists() else path, encoded(path, encoding, chunks))


def write_text(destination: Path, chunks: Iterable[str]) -> None:
    """Writes a new text, such as a report, as UTF-8; whole or not at all."""
    _replace(destination, destination if destination.exists() else None, encoded(destination, Encoding("utf-8"), chunks))


def write_bytes(destination: Path, blob: bytes) -> None:
    """Writes a file, whole or not at all."""
    _replace(destination, destination if destination.exists() else None, [blob])


def encoded(path: Path, encoding: Encoding, chunks: Iterable[str]) -> Iterator[bytes]:
    """The bytes of a text, its byte order mark first; ReviewerError names the words that the encoding of `path` cannot hold."""
    yield encoding.bom
    encoder = codecs.getincrementalencoder(encoding.name)()
    for chunk in chunks:
        try:
            yield encoder.encode(chunk)
        except UnicodeEncodeError as error:
            words = chunk[max(0, error.start - 30) : error.end + 30].strip()
            lacking = " ".join(f"{mark} (U+{ord(mark):04X})" for mark in dict.fromkeys(chunk[error.start : error.end]))
            raise ReviewerError(
                f'{path}: its encoding {encoding.name} has no {lacking}, which "{words}" needs; '
                "edit that replacement, or save the file as UTF-8"
            ) from None
    yield encoder.encode("", final=True)


def backup(path: Path) -> Path:
    """Copies a file beside itself, as news.txt.orig or, so as never to overwrite an older backup, .orig.1, .orig.2 ..."""
    copy = _reserved(path)
    kept = False
    try:
        _replace(copy, path, _bytes(path))
        kept = True
    finally:
        if not kept:
            copy.unlink(missing_ok=True)
    return copy


def _reserved(path: Path) -> Path:
    """A new empty file under the first free name for a backup."""
    number = 0
    while True:
        copy = path.with_name(f"{path.name}.orig" + (f".{number}" if number else ""))
        try:
            copy.open("xb").close()
        except FileExistsError:
            number += 1
        except OSError as error:
            raise ReviewerError(f"{copy}: the backup cannot be written ({error.strerror}); nothing was changed") from None
        else:
            return copy


def _bytes(path: Path) -> Iterator[bytes]:
    with opened(path) as file:
        while raw := file.read(CHUNK):
            yield raw


def _replace(destination: Path, like: Path | None, blobs: Iterable[bytes]) -> None:
    with _replacing(destination, like, blobs):
        pass


@contextmanager
def _replacing(destination: Path, like: Path | None, blobs: Iterable[bytes]) -> Iterator[None]:
    """Puts a new file with this content, and the permissions of `like`, where `destination` is or, if it is a link, points to.

    What is done inside is done when the new file is complete and the old one still there.
    """
    target = Path(os.path.realpath(destination))
    if target.exists() and not (target.is_file() and os.access(target, os.W_OK)):
        what = "is read-only; change its permissions" if target.is_file() else "is not a file; name another"
        raise ReviewerError(f"{destination}: {what}; nothing was written")
    temporary = target.with_name(f".reviewer-{token_hex(8)}")  # in the same folder, so that the last step is a mere rename
    try:
        with temporary.open("xb") as file:
            for blob in blobs:
                file.write(blob)
            file.flush()
            os.fsync(file.fileno())
        if like:
            shutil.copymode(like, temporary)
        yield
        temporary.replace(target)
    except OSError as error:
        raise ReviewerError(f"{destination}: cannot be written ({error.strerror}); nothing was changed") from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)  # it is there only where something went wrong
