"""A file of names: what it says, and what is said of a file at fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer import names_file
from reviewer.model import ReviewerError
from reviewer.names_file import Spelling


def complaints(text: str) -> list[str]:
    with pytest.raises(ReviewerError) as raised:
        names_file.parse(text, "names.csv")
    return str(raised.value).split("\n")


def test_a_row_is_a_spelling() -> None:
    text = 'name,form,allowed\nLu Xiaohong,Lu Xiaohang,\nLu Xiaohong,"Lu, Xiaohong",no\nHarbour Pilots,HP,yes\n'
    assert names_file.parse(text, "names.csv") == [
        Spelling("Lu Xiaohong", "Lu Xiaohang"),
        Spelling("Lu Xiaohong", "Lu, Xiaohong"),
        Spelling("Harbour Pilots", "HP", allowed=True),
    ]


def test_what_is_written_reads_the_same() -> None:
    spellings = [Spelling("Dafeng Co., Ltd.", 'Dafeng "Shares"'), Spelling("Ríos", "Rios"), Spelling("Pilots", "P", allowed=True)]
    assert names_file.parse(names_file.write(spellings), "names.csv") == spellings


def test_a_spreadsheet_may_add_a_mark_empty_rows_and_spaces(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_bytes("\ufeffName,Form,Allowed\r\n Lu  Xiaohong ,Lu Xiaohang\r\n,,\r\n".encode())
    assert names_file.read(file) == [Spelling("Lu Xiaohong", "Lu Xiaohang")]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        pytest.param("A,B,\nC,B,\n", ["names.csv:3: 'B' belongs to 'A' in row 2 and to 'C' here; keep one of them"], id="conflict"),
        pytest.param(
            "A,B,\nB,A,\n",
            [
                "names.csv:2: 'A' is a name here and is to become 'B' in row 3; use 'B' in both",
                "names.csv:3: 'B' is a name here and is to become 'A' in row 2; use 'A' in both",
            ],
            id="cycle",
        ),
        pytest.param(
            "A,B,\nB,C,\n", ["names.csv:3: 'B' is a name here and is to become 'A' in row 2; use 'A' in both"], id="chain"
        ),
        pytest.param("A,,\n", ["names.csv:2: a name and a form are needed; fill the empty cell or take the row out"], id="empty"),
        pytest.param("A,B,perhaps\n", ["names.csv:2: allowed is yes or no, not 'perhaps'"], id="allowed"),
        pytest.param(
            "A,B,no,C\n", ["names.csv:2: there are more than 3 cells; put a name with a comma in double quotes"], id="comma"
        ),
        pytest.param(
            "A," + "b" * 301 + "\n", ["names.csv:2: a name has 300 characters at most; look for a missing double quote"], id="long"
        ),
    ],
)
def test_a_row_at_fault_is_named_with_what_to_do(rows: str, said: list[str]) -> None:
    assert complaints(f"name,form,allowed\n{rows}") == said


def test_all_errors_come_at_once() -> None:
    assert len(complaints("name,form,allowed\nA,,\nC,D,perhaps\nE,F,\nG,F,\n")) == 3


@pytest.mark.parametrize("text", ["", "a;b;c\n", "form,name\nA,B\n"])
def test_the_first_row_has_to_name_the_columns(text: str) -> None:
    assert complaints(text) == ["names.csv:1: the first row has to be name,form,allowed"]


def test_a_quotation_that_never_ends_is_no_csv() -> None:
    (said,) = complaints('name,form,allowed\n"A,B,\n')
    assert said.startswith("names.csv: no valid CSV (")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_bytes(b"name,form\n\xff\xfe,B\n")
    for file in (tmp_path / "names.csv", tmp_path / "none.csv", tmp_path):
        with pytest.raises(ReviewerError, match="cannot be read"):
            names_file.read(file)
