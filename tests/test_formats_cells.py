"""What holds for every format: ten fixes change ten places, none changes nothing. The marks make the table of docs/formats.md."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import polib
import pytest

from reviewer import export, formats
from reviewer.formats.reading import Reading
from tests import corrected, formats_page
from tests.mended import mend, segments
from tests.samples import FISTS, MEASURES, QUAYS, WRITERS, Writer, chinese, english

PAIRED = ("text", "markdown")  # whose Chinese is in a file of its own


def cells(column: str, *names: str) -> pytest.MarkDecorator:
    """The formats of those names, else all, each with the mark of its cell in a column."""
    return pytest.mark.parametrize(
        ("name", "write"),
        [
            pytest.param(name, write, id=f"{name}-{by}", marks=pytest.mark.cell(name, column, by))
            for name, some in WRITERS.items()
            if not names or name in names
            for by, write in some
        ],
    )


@cells("read")
def test_ten_lines_are_read(tmp_path: Path, name: str, write: Writer) -> None:
    path = write(tmp_path, FISTS)
    assert formats.format_of(path) == name
    found = [one.target for one in segments(path) if "quay" in one.target]
    assert [one[one.index("Officials") :] for one in found] == [english(quay, FISTS) for quay in QUAYS]


@cells("source", *[name for name in WRITERS if name not in ("html", "epub", "docx")])
def test_ten_lines_have_their_sources(tmp_path: Path, name: str, write: Writer) -> None:
    path = write(tmp_path, FISTS)
    source = None
    if name in PAIRED:
        source = tmp_path / f"zh{path.suffix}"
        text = path.read_text()
        for quay in QUAYS:
            text = text.replace(english(quay, FISTS), chinese(quay))
        source.write_text(text)
    found = [one.source for one in corrected.segments(path, Reading(source=source)) if "quay" in one.target]
    assert [(one or "").rpartition(": ")[2] for one in found] == [chinese(quay) for quay in QUAYS]


def parts(path: Path) -> Iterator[tuple[str, bytes]]:
    """The members of a zip file, of another its bytes; without the clock of the program that wrote it."""
    if not zipfile.is_zipfile(path):
        yield "", path.read_bytes()
        return
    with zipfile.ZipFile(path) as archive:
        yield from ((name, archive.read(name)) for name in archive.namelist() if name != "docProps/core.xml")


@cells("export")
def test_with_ten_fixes_only_ten_places_differ_and_with_none_nothing(tmp_path: Path, name: str, write: Writer) -> None:
    """The file is then what the other program writes for the right words."""
    (tmp_path / "right").mkdir()
    right = list(parts(write(tmp_path / "right", MEASURES)))
    path = write(tmp_path, FISTS)
    assert list(parts(mended(path))) == right != list(parts(path))
    same = path.with_name(f"same-{path.name}")
    export.save(path, name, formats.encoding_of(path), [], same)
    assert same.read_bytes() == path.read_bytes()


def mended(path: Path, note: str | None = None) -> Path:
    """A copy of the file with ten fixes."""
    return mend(path, (f"{FISTS} at quay", f"{MEASURES} at quay"), note=note)


@cells("tracked", "docx")
def test_ten_fixes_are_tracked_in_word(tmp_path: Path, name: str, write: Writer) -> None:
    text = dict(parts(mended(write(tmp_path, FISTS), "Why")))["word/document.xml"].decode()
    assert (text.count("<w:ins "), text.count("<w:del ")) == (10, 10)
    assert len(docx.Document(str(mended(write(tmp_path, FISTS), "Why"))).paragraphs) == 11


@cells("notes", "docx")
def test_ten_fixes_have_comments_in_word(tmp_path: Path, name: str, write: Writer) -> None:
    comments = list(docx.Document(str(mended(write(tmp_path, FISTS), "Why"))).comments)
    assert [(comment.author, comment.text) for comment in comments] == [("Li <&> Ana", "Why")] * 10


@cells("tracked", "xliff")
def test_ten_units_are_said_to_be_reviewed(tmp_path: Path, name: str, write: Writer) -> None:
    path = write(tmp_path, FISTS)
    states = 'state="signed-off"', 'state="reviewed"'
    after, before = (sum(map(file.read_text().count, states)) for file in (mended(path, "Why"), path))
    assert after - before == 10


@cells("notes", "xliff")
def test_ten_units_have_notes(tmp_path: Path, name: str, write: Writer) -> None:
    assert mended(write(tmp_path, FISTS), "Why").read_text().count("<note>Li &lt;&amp;&gt; Ana: Why</note>") == 10


@cells("notes", "po")
def test_ten_entries_have_comments_of_a_translator(tmp_path: Path, name: str, write: Writer) -> None:
    entries = polib.pofile(str(mended(write(tmp_path, FISTS), "Why")))
    assert [(entry.tcomment, entry.comment) for entry in entries] == [("Li <&> Ana: Why", "on a sign")] * 10


def test_the_page_is_fresh_and_says_of_every_format_how_it_is_read_and_written() -> None:
    found = formats_page.cells()
    assert {(name, column) for name in formats.FORMATS for column in ("read", "export")} <= set(found)
    assert formats_page.PAGE.read_text(encoding="utf-8") == formats_page.page(found), "run: python -m tests.formats_page"
