"""EPUB: chapters in reading order; a correction leaves all other members as they are."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from reviewer import formats
from reviewer.model import ReviewerError
from tests.mended import DATA, mend, targets

CONTAINER = '<container><rootfiles><rootfile full-path="O/book.opf"/></rootfiles></container>'
PACKAGE = """<package><manifest>
<item id="b" href="two%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
<item id="c" href="pier.css" media-type="text/css"/><item id="lost" href="lost.xhtml" media-type="application/xhtml+xml"/>
</manifest>
<spine><itemref idref="a"/><itemref idref="lost"/><itemref idref="nowhere"/><itemref idref="b"/>
<itemref idref="a"/></spine></package>
"""


def book(folder: Path, **members: str) -> Path:
    path = folder / "book.epub"
    texts = {"META-INF/container.xml": CONTAINER, "O/book.opf": PACKAGE, "O/a.xhtml": "<p>one", "O/two b.xhtml": "<p>two"}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, text in (texts | members).items():
            archive.writestr(name, text)
    return path


def test_a_book_from_pandoc_is_read_chapter_by_chapter(tmp_path: Path) -> None:
    path = Path(shutil.copy(DATA / "news.epub", tmp_path))
    assert [document.name for document in formats.read(path)] == [
        "EPUB/text/title_page.xhtml",
        "EPUB/text/ch001.xhtml",
        "EPUB/text/ch002.xhtml",
    ]
    assert "Officials threw a combination punch at the queue of boats & more1. See combination punches." in targets(path)
    copy = mend(path, ("combination punch", "set of measures"))
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(copy) as after:
        assert before.namelist() == after.namelist()
        assert after.namelist()[0] == "mimetype"
        assert after.infolist()[0].compress_type == zipfile.ZIP_STORED
        changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
        assert changed == ["EPUB/text/ch001.xhtml", "EPUB/text/ch002.xhtml"]
        old, new = (archive.read("EPUB/text/ch002.xhtml").decode() for archive in (before, after))
        assert new == old.replace("combination punch", "set of measures")
    assert copy.read_bytes() == mend(path, ("combination punch", "set of measures")).read_bytes()


def test_chapters_come_in_reading_order_and_lost_ones_are_passed_over(tmp_path: Path) -> None:
    assert targets(book(tmp_path)) == ["one", "two"]


def test_what_a_replacement_needs_is_written_as_xhtml(tmp_path: Path) -> None:
    path = book(tmp_path, **{"O/a.xhtml": '<?xml version="1.0" encoding="GB2312"?><p>one &amp;<br/><![CDATA[two <b>]]></p>'})
    copy = mend(path, ("one", "é < \n1"), ("two <b>", "2 & <i>"))
    with zipfile.ZipFile(copy) as archive:
        assert archive.read("O/a.xhtml").decode("gb18030") == (
            '<?xml version="1.0" encoding="GB2312"?><p>é &lt; <br/>1 &amp;<br/><![CDATA[2 & <i>]]></p>'
        )


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"META-INF/container.xml": "<container/>"}, "no chapters are in it"),
        ({"O/book.opf": "<package>"}, "O/book.opf: line 1, column 10: this is not well-formed XML"),
        ({"O/book.opf": "<package/>"}, "no chapters are in it"),
        ({"META-INF/container.xml": CONTAINER.replace("O/", "P/")}, "P/book.opf is missing"),
        (
            {"META-INF/encryption.xml": '<encryption><CipherReference URI="O/a.xhtml"/></encryption>'},
            "O/a.xhtml: copy protection is on it",
        ),
        ({"O/a.xhtml": '<!DOCTYPE html [<!ENTITY x "y">]><p>&x;'}, 'O/a.xhtml: line 1: it declares the entity "x"'),
    ],
)
def test_a_book_that_is_not_sound_is_a_clear_error(tmp_path: Path, members: dict[str, str], said: str) -> None:
    with pytest.raises(ReviewerError, match=said):
        targets(book(tmp_path, **members))
