"""Zip files that are hostile or damaged: one clear line each, and nothing is unpacked beyond the limits."""

from __future__ import annotations

import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewer import formats
from reviewer.formats import zipped
from reviewer.model import ReviewerError
from tests.mended import DATA, targets

MAIN = "word/document.xml"


def bomb(path: Path) -> None:
    """One member that is a thousand times larger unpacked."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/zero.bin", bytes(3 << 20))


def same_name_twice(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(MAIN, "<w:document/>")


def damaged(path: Path) -> None:
    """Bytes of the text are overwritten."""
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo(MAIN).header_offset + 60
    data = bytearray(path.read_bytes())
    data[at : at + 40] = bytes(40)
    path.write_bytes(data)


def locked(path: Path) -> None:
    """The directory says that members are encrypted."""
    directory = struct.pack("<L", 0x02014B50)
    data = bytearray(path.read_bytes())
    at = data.find(directory)
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(directory, at + 4)
    path.write_bytes(data)


def of_old_office(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def plain_text(path: Path) -> None:
    path.write_text("A combined fist.")


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def without(name: str) -> Callable[[Path], None]:
    return lambda path: rewrite(path, {name: None})


def holding(text: str) -> Callable[[Path], None]:
    return lambda path: rewrite(path, {MAIN: text})


def rewrite(path: Path, texts: dict[str, str | None]) -> None:
    with zipfile.ZipFile(DATA / "news.docx") as old, zipfile.ZipFile(path, "w") as new:
        for member in old.infolist():
            text = texts.get(member.filename, old.read(member).decode())
            if text is not None:
                new.writestr(member, text)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (bomb, "word/media/zero.bin unpacks to 3,145,728 bytes, 250 times its size or more"),
        (same_name_twice, "two members of one name"),
        (damaged, "word/document.xml cannot be unpacked"),
        (locked, "behind a password"),
        (of_old_office, "behind a password, or in the format of Office before 2007; save it as DOCX"),
        (plain_text, "this is not a sound zip file"),
        (cut_off, "this is not a sound zip file"),
        (without("[Content_Types].xml"), r"\[Content_Types\].xml is missing"),
        (without(MAIN), "word/document.xml is missing"),
        (holding("<w:document xmlns:w='w'"), "word/document.xml: line 1, column 1: this is not well-formed XML"),
        (holding("<document/>"), "the elements of Word are not called w: in it"),
        (holding('<!DOCTYPE x [<!ENTITY a "ha">]><w:document xmlns:w="w">&a;</w:document>'), 'declares the entity "a"'),
        (holding('<?xml version="1.0" encoding="big5"?>\ud7ff'), "word/document.xml: byte 37: not valid big5hkscs"),
    ],
)
def test_a_hostile_or_damaged_file_is_a_clear_error(tmp_path: Path, harm: Callable[[Path], None], said: str) -> None:
    path = Path(shutil.copy(DATA / "news.docx", tmp_path / "a.docx"))
    harm(path)
    with pytest.raises(ReviewerError, match=said) as told:
        targets(path)
    assert str(told.value).startswith(f"{path}: ")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("limit", "said"), [("MEMBERS", "more than 9 members"), ("LARGEST", "unpacks to more than"), ("LARGEST_TEXT", "is larger than")]
)
def test_there_are_limits_to_the_whole_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, said: str) -> None:
    monkeypatch.setattr(zipped, limit, 9)
    with pytest.raises(ReviewerError, match=said):
        targets(DATA / "news.docx")


def test_members_keep_their_folders_and_the_permissions_that_they_have(tmp_path: Path) -> None:
    path = Path(shutil.copy(DATA / "news.docx", tmp_path / "a.docx"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.mkdir("word/empty")
        executable = zipfile.ZipInfo("run.sh", (2001, 2, 3, 4, 5, 6))
        executable.external_attr = 0o755 << 16
        archive.writestr(executable, "#!")
    with zipped.container(path) as file:
        (tmp_path / "b.docx").write_bytes(b"".join(file.rewritten({})))
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(tmp_path / "b.docx") as after:
        for old, new in zip(before.infolist(), after.infolist(), strict=True):
            assert (old.filename, old.date_time, old.external_attr, old.CRC) == (
                new.filename,
                new.date_time,
                new.external_attr,
                new.CRC,
            )


def test_a_zip_file_needs_no_encoding_of_its_own(tmp_path: Path) -> None:
    assert formats.encoding_of(DATA / "news.docx").name == "utf-8"
