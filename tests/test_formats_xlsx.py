"""Excel workbooks, in and out: openpyxl writes texts into the sheets, XlsxWriter, as Excel does, as shared strings."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from reviewer.formats.columns import Columns
from reviewer.formats.reading import Reading
from reviewer.model import ReviewerError
from tests.corrected import mended, refused, segments

Row = Sequence[object]
ROWS: list[Row] = [
    ("id", "原文", "Target", "note"),
    (1, "组合拳", "A combination punch & more < that", "x"),
    (2, "二", '=CONCATENATE("a", "combination punch")', "y"),
    (3, None, "  Two lines,\na combination punch ", "z"),
    (4, "四", 12.5, "combination punch in a note"),
    (5, "五", "A combination punch & more < that", "the same string"),
]
SHARED, SHEET = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def by_openpyxl(rows: Sequence[Row]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "News & more"
    for row in rows:
        sheet.append(list(row))
    sheet.cell(8, 3).value = CellRichText("A rich ", TextBlock(InlineFont(b=True), "combination"), " punch")
    book.create_sheet("Other").append(["no", "columns", "here"])
    book.save("a.xlsx")
    return Path("a.xlsx")


def by_xlsxwriter(rows: Sequence[Row]) -> Path:
    with xlsxwriter.Workbook("a.xlsx") as book:
        sheet = book.add_worksheet("News & more")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.write_rich_string(7, 2, "A rich ", book.add_format({"bold": True}), "combination", " punch")
        sheet.insert_textbox(10, 1, "a drawing")
        book.add_worksheet("Other").write_row(0, 0, ["no", "columns", "here"])
    return Path("a.xlsx")


Writer = Callable[[Sequence[Row]], Path]
both = pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def read(path: Path) -> list[object]:
    return [cell.value for cell in openpyxl.load_workbook(path)["News & more"]["C"]]


def test_cells_of_the_target_column_are_read_with_their_source() -> None:
    wanted = [
        ("News & more!C2", "A combination punch & more < that", "组合拳", "cell"),
        ("News & more!C4", "Two lines,\na combination punch", None, "cell"),
        ("News & more!C8", "A rich combination punch", None, "cell"),
    ]
    assert [(one.key, one.target, one.source, one.kind) for one in segments(by_xlsxwriter(ROWS))] == wanted
    again = ("News & more!C6", "A combination punch & more < that", "五", "cell")
    assert [(one.key, one.target, one.source, one.kind) for one in segments(by_openpyxl(ROWS))] == [*wanted[:2], again, wanted[2]]


@both
def test_only_the_accepted_words_change_and_other_members_stay_byte_for_byte(
    capsys: pytest.CaptureFixture[str], write: Writer
) -> None:
    path = write(ROWS)
    before, cells = members(path), read(path)
    Path("b.xlsx").write_bytes(mended(capsys, path))
    after = members(Path("b.xlsx"))
    assert list(after) == list(before)
    changed = SHARED if write is by_xlsxwriter else SHEET
    assert [name for name in before if before[name] != after[name]] == [changed]
    old, new = before[changed].decode(), after[changed].decode()
    assert new == (
        old.replace("A combination punch", "A package of measures")
        .replace("\na combination punch", "\na package of measures")
        .replace(">combination<", ">package of measures<")
        .replace("> punch<", "><")
    )
    assert read(Path("b.xlsx"))[:6] == [
        cell if not isinstance(cell, str) or cell.startswith("=") else cell.replace("combination punch", "package of measures")
        for cell in cells[:6]
    ]


@both
def test_a_replacement_is_never_markup_nor_a_formula(capsys: pytest.CaptureFixture[str], write: Writer) -> None:
    Path("b.xlsx").write_bytes(mended(capsys, write([("en",), ("combination punch",)]), edits=["=1+1 <b>&amp; _x0041_ "]))
    strings = b"".join(members(Path("b.xlsx")).values()).decode(errors="replace")
    assert '<t xml:space="preserve">=1+1 &lt;b&gt;&amp;amp; _x005F_x0041_ </t>' in strings
    assert openpyxl.load_workbook("b.xlsx").worksheets[0]["A2"].data_type == "s"
    assert [one.target for one in segments(Path("b.xlsx"))] == ["=1+1 <b>&amp; _x0041_"]


@both
def test_columns_are_chosen_by_letter(write: Writer) -> None:
    found = segments(write([("one", "two"), ("x", "a_x000D_b")]), Reading(Columns(("B",))))
    assert {one.key: one.target for one in found} == {
        "News & more!B1": "two",
        "News & more!B2": "a\rb" if write is by_openpyxl else "a_x000D_b",
        "Other!B1": "columns",
    }


def test_a_string_that_stands_outside_the_columns_too_is_not_changed(capsys: pytest.CaptureFixture[str]) -> None:
    path = by_xlsxwriter([("en", "note"), ("A combination punch.", "A combination punch.")])
    assert "cannot be placed in the file" in refused(capsys, path, "plan")


def test_a_workbook_without_the_columns_is_refused() -> None:
    with pytest.raises(ReviewerError, match=r"a\.xlsx: sheet 'Other': no column is called target, en or the like"):
        segments(by_xlsxwriter([("a", "b"), ("x", "y")]))


def test_what_is_no_workbook_is_refused() -> None:
    Path("a.xlsx").write_bytes(b"id,en\n")
    with pytest.raises(ReviewerError, match=r"^a\.xlsx: this is not a sound zip file"):
        segments(Path("a.xlsx"))
    with zipfile.ZipFile("b.xlsx", "w") as file:
        file.writestr("word/document.xml", "<x/>")
    with pytest.raises(ReviewerError, match=r"^b\.xlsx: xl/_rels/workbook\.xml\.rels is missing"):
        segments(Path("b.xlsx"))
