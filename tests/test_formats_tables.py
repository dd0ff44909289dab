"""CSV and TSV files, in and out."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.export import Change, correct
from reviewer.export.quoting import in_csv
from reviewer.formats import read
from reviewer.formats.columns import Columns, letters, number_of
from reviewer.formats.reading import Reading
from reviewer.formats.table_cells import delimiter_of, rows
from reviewer.model import ReviewerError
from tests.corrected import check_places, mended, refused, segments
from tests.test_cli_lint import run

UGLY = (
    'id,"原文",Target,note\r\n1,船。,"He said ""go"",\nand left.",x\r\n2,,,\n3,"二","=SUM(A1)",y\r4,三,- a line,\r\n\r\n'
    '5,四,"cells \r\n over lines",\'=1+1\r\n6,五,last'
)


def written(folder: Path, text: str, name: str = "a.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_columns_are_found_by_their_names_and_the_cells_called_as_in_a_spreadsheet(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, UGLY, encoding=encoding)
    found = segments(path)
    assert [(one.key, one.target, one.source, one.kind) for one in found] == [
        ("C2", 'He said "go",\nand left.', "船。", "cell"),
        ("C5", "- a line", "三", "cell"),
        ("C7", "cells \n over lines", "四", "cell"),
        ("C8", "last", "五", "cell"),
    ]
    check_places(path, UGLY, found)


@given(st.lists(st.lists(st.text(alphabet='ab",;\t\r\n=船', max_size=6), min_size=2, max_size=4), min_size=1, max_size=5))
def test_cells_read_as_python_reads_them(table: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(table)
    assert [[cell.text for cell in row] for row in rows(out.getvalue(), ",", "")] == table
    out = io.StringIO()
    csv.writer(out).writerows(table)
    if "\r" not in "".join("".join(row) for row in table):  # older Pythons do not quote a lone CR
        assert [[cell.text for cell in row] for row in rows(out.getvalue(), ",", "")] == table


@given(
    st.lists(st.text(alphabet='ab",\n', max_size=5), min_size=2, max_size=4),
    st.text(alphabet='xy",\n', max_size=4),
    st.booleans(),
)
def test_a_change_is_in_its_cell_and_nowhere_else(row: list[str], words: str, quoted: bool) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows([["h"] * len(row), row])
    text = out.getvalue()
    cell = list(rows(text, delimiter_of(text, "csv"), ""))[1][1]
    after = "".join(correct([text], in_csv(text, [Change(cell.file, words)])))
    assert list(csv.reader(io.StringIO(after, newline="")))[1] == [row[0], words, *row[2:]]


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        ("zh;en\n一;a, b\n二;c\n", "a.csv", ["a, b", "c"]),
        ('zh\ten\n一\t"a" b\n二\tc\n', "a.tsv", ['"a" b', "c"]),
        ("en|x\na|1\n", "a.csv", ["a"]),
    ],
)
def test_the_delimiter_is_told_by_the_rows(tmp_path: Path, text: str, name: str, wanted: list[str]) -> None:
    assert [one.target for one in segments(written(tmp_path, text, name))] == wanted


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [
        (Columns(("Final",)), [("C2", "three", "一")]),
        (Columns(("3",), "2"), [("C2", "three", "two")]),
        (Columns(("C", "B")), [("C2", "three", "一"), ("B2", "two", "一")]),
        (Columns(("final",), "draft"), [("C2", "three", "two")]),
    ],
)
def test_columns_are_chosen_by_name_number_or_letter(tmp_path: Path, columns: Columns, wanted: list[tuple[str, str, str]]) -> None:
    path = written(tmp_path, "zh,Draft,Final\n一,two,three\n")
    assert [(one.key, one.target, one.source) for one in segments(path, Reading(columns))] == wanted


def test_without_names_in_the_first_row_it_is_read_too(tmp_path: Path) -> None:
    found = segments(written(tmp_path, "一,One.\n二,Two.\n"), Reading(Columns(("2",), "1")))
    assert [(one.key, one.target, one.source) for one in found] == [("B1", "One.", "一"), ("B2", "Two.", "二")]


@pytest.mark.parametrize(
    ("text", "columns", "what"),
    [
        (
            "a,b\n1,2\n",
            Columns(),
            "no column is called target, en or the like; name it with --column, or `exclude` the file; the first row has 'a', 'b'",
        ),
        ("a,b\n1,2\n", Columns(("c",)), "no column is called 'c'; the first row has 'a', 'b'"),
        ("en,en\n1,2\n", Columns(("en",)), "2 columns are called 'en'"),
        ("en,zh\n1,2\n", Columns(("en",), "en"), "column 'en' cannot be the target and the source"),
        ('en,zh\na,b\n"c,d\n', Columns(), "line 3: the quote that opens a cell is not closed"),
        ('en,zh\n"a"b,c\n', Columns(), "line 2: the quote that opens a cell is not closed"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, text: str, columns: Columns, what: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ReviewerError, match=f"^{path}: {what}"):
        segments(path, Reading(columns))


def test_an_empty_file_is_a_document_without_segments(tmp_path: Path) -> None:
    [document] = read(written(tmp_path, ""))
    assert document.segments == ()


def test_letters_and_numbers_of_columns_answer_to_each_other() -> None:
    assert [letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(number_of(letters(number)) == number for number in range(2000))


def test_only_the_accepted_words_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = UGLY.replace("last", "a combination punch").replace("left.", 'threw a ""combination punch"".')
    written(tmp_path, text, encoding="gb18030")
    wanted = text.replace('""combination punch""', "package of measures").replace("combination punch", "package of measures")
    assert mended(capsys, Path("a.csv")) == wanted.encode("gb18030")


def test_a_cell_gets_quotes_where_it_now_needs_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, 'en;x\r\nA 5" combination punch;1\r\n"a combination punch; b";2\r\na combination punch;3\r\n')
    after = mended(capsys, Path("a.csv"), edits=["plan; measures", 'plan "x"\ny', "plan"]).decode()
    assert after == 'en;x\r\n"A 5"" plan; measures";1\r\n"a plan ""x""\ny; b";2\r\na plan;3\r\n'


@pytest.mark.parametrize("edit", ["=1+1", "+1", " -x", "@a", "＝a"])
def test_a_replacement_never_makes_a_formula(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], edit: str
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, 'en,x\n"Combination punches, they say",1\n')
    assert "for a formula" in refused(capsys, Path("a.csv"), edit)


@pytest.mark.parametrize("head", ["sep=;\r\n", '"SEP=;"\n'])
def test_the_line_that_tells_excel_the_delimiter_is_no_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], head: str
) -> None:
    monkeypatch.chdir(tmp_path)
    text = f'{head}note,1;en;zh\r\na,b;A combination punch.;"一"\r\n'
    path = written(tmp_path, text, encoding="utf-8-sig")
    assert [(one.key, one.target, one.source) for one in segments(path)] == [("B2", "A combination punch.", "一")]
    after = mended(capsys, Path("a.csv"), edits=['plan; "x"']).decode("utf-8-sig")
    assert after == text.replace("A combination punch.", '"A plan; ""x""."')


def test_a_lint_that_cannot_read_a_table_keeps_how_it_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("1,A combination punch.\n")
    right = mended(capsys, Path("a.csv"), "--column", "2")
    assert run(capsys, "lint", ".")[0] == 2
    assert run(capsys, "export", "a.csv")[1].encode() == right


def test_columns_of_the_call_are_remembered_for_the_export_and_those_of_the_settings_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "一,A combination punch.\n二,No.\n")
    assert mended(capsys, Path("a.csv"), "--column", "2", "--source-column", "1").decode() == "一,A package of measures.\n二,No.\n"
    assert run(capsys, "lint", "--no-db", "a.csv")[0] == 2
    Path("reviewer.toml").write_text('columns = ["2"]\nsource-column = "1"\n')
    assert run(capsys, "lint", "--no-db", "a.csv")[0] == 1
