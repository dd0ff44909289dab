"""Reads and rewrites the members of zip files such as DOCX and EPUB, with limits that no honest document comes near."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.formats.declared import declared
from reviewer.formats.decoding import CHUNK, Encoding, opened
from reviewer.formats.detecting import BOMS
from reviewer.formats.parts import LARGEST_TEXT
from reviewer.model import ReviewerError

if TYPE_CHECKING:
    import zipfile

MEMBERS = 20_000
LARGEST = 1 << 30
"""Bytes of all members together, unpacked."""
DENSEST = 250
"""How many times larger a member may be unpacked than packed, if it is larger than SMALL. XML of a long table comes to 100."""
SMALL = 1 << 20
OLE = b"\xd0\xcf\x11\xe0"
"""The first bytes of what older versions of Office wrote, and of a document behind a password."""
ENCRYPTED = 0x1


class Container:
    """An open zip file, checked as far as its directory says. `path` is how errors name it."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.path = path
        self._archive = archive
        members = archive.infolist()
        self.names = {member.filename for member in members}
        twice = len(members) - len(self.names)
        if twice or len(members) > MEMBERS:
            raise self._unsound("it has two members of one name" if twice else f"it has more than {MEMBERS:,} members")
        for member in members:
            if member.file_size > max(SMALL, DENSEST * member.compress_size):
                raise self._unsound(f"{member.filename} unpacks to {member.file_size:,} bytes, {DENSEST} times its size or more")
            if member.flag_bits & ENCRYPTED:
                raise self._unsound(f"{member.filename} is behind a password")
        if sum(member.file_size for member in members) > LARGEST:
            raise self._unsound(f"it unpacks to more than {LARGEST:,} bytes")

    def text(self, name: str) -> tuple[str, Encoding]:
        """The decoded text of a member, without its byte order mark, and its encoding: the declared one, else UTF-8."""
        data = self._read(name)
        mark, codec = next(((mark, codec) for mark, codec in BOMS if data.startswith(mark)), (b"", ""))
        encoding = Encoding(codec or declared(data) or "utf-8", mark)
        try:
            text = data[len(mark) :].decode(encoding.name)
        except UnicodeDecodeError as error:
            raise ReviewerError(
                f"{self.path}: {name}: byte {len(mark) + error.start}: not valid {encoding.name}; "
                "open the file in the program that made it and save it again"
            ) from None
        return text, encoding

    def rewritten(self, texts: Mapping[str, str]) -> Iterator[bytes]:
        """The bytes of the same zip file with other texts in some members; the others, the order and all dates stay.

        Members that are new come last, packed and dated like the first of all.
        """
        import zipfile
        from tempfile import SpooledTemporaryFile

        with SpooledTemporaryFile(max_size=64 * CHUNK) as out:
            with zipfile.ZipFile(out, "w") as written:
                written.comment = self._archive.comment
                for member in self._archive.infolist():
                    self._copy(member, texts.get(member.filename), written)
                first = self._archive.infolist()[0]
                for name in texts.keys() - self.names:
                    heading = zipfile.ZipInfo(name, first.date_time)
                    written.writestr(heading, texts[name].encode(), compress_type=first.compress_type)
            out.seek(0)
            while blob := out.read(CHUNK):
                yield blob

    def _copy(self, member: zipfile.ZipInfo, text: str | None, written: zipfile.ZipFile) -> None:
        """Writes one member, with another text if there is one."""
        heading = copy(member)  # writing a member changes what its heading says of sizes and places
        if text is not None:
            _, encoding = self.text(member.filename)
            data = text.encode(encoding.name, "xmlcharrefreplace")  # a reference to a character reads as the character
            written.writestr(heading, encoding.bom + data, compress_type=member.compress_type)
        else:
            with self._sound(member.filename), self._archive.open(member) as source, written.open(heading, "w") as target:
                while block := source.read(CHUNK):
                    target.write(block)
        heading.external_attr = member.external_attr  # writing gives permissions to a member that had none

    def _read(self, name: str) -> bytes:
        if name not in self.names:
            raise self._unsound(f"{name} is missing")
        if self._archive.getinfo(name).file_size > LARGEST_TEXT:
            raise self._unsound(f"{name} is larger than {LARGEST_TEXT:,} bytes")
        with self._sound(name):
            return self._archive.read(name)

    @contextmanager
    def _sound(self, name: str) -> Iterator[None]:
        """Turns what goes wrong in unpacking a member into a ReviewerError."""
        import zipfile
        import zlib

        try:
            yield
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise self._unsound(f"{name} cannot be unpacked ({error})") from None

    def _unsound(self, what: str) -> ReviewerError:
        return ReviewerError(f"{self.path}: {what}; open the file in the program that made it and save it again, unprotected")


@contextmanager
def container(path: Path) -> Iterator[Container]:
    """The zip file at a path, open for reading. Raises ReviewerError where it is none, damaged, or unpacks beyond all measure."""
    import zipfile

    with opened(path) as file:
        if file.read(len(OLE)) == OLE:
            raise ReviewerError(
                f"{path}: behind a password, or in the format of Office before 2007; save it as DOCX without a password"
            )
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
            raise ReviewerError(f"{path}: this is not a sound zip file ({error}); save it again from its program") from None
        with archive:
            yield Container(path, archive)
