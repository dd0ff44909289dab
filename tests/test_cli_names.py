"""`reviewer names`: what is listed, what is settled, and what every later lint knows of it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.test_cli_lint import run

STORY = """The potter Lu Xiaohong fired ninety bowls in May. Her kiln stands by the river.

Visitors like Lu Xiaohong. They buy her cups.

The Harbour Pilots Association of Nanwan asked for more lamps, and the pilots asked for tea.
"""
OTHER = """In June Lu Xiaohang sold a bowl to the Harbour Pilots Association. She bought Lu Xiaohang's own cup back.
"""


@pytest.fixture(autouse=True)
def linted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REVIEWER_NAME", "Li")
    Path("a.txt").write_text(STORY)
    Path("b.txt").write_text(OTHER)
    run(capsys, "lint", "a.txt", "b.txt")


def listed(capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    code, out, _ = run(capsys, "names", "list", *options)
    assert code == 0
    return out.splitlines()


def lint(capsys: pytest.CaptureFixture[str], *files: str) -> list[tuple[str, str]]:
    """(words, first fix) of what a lint says of settled names."""
    _, out, _ = run(capsys, "lint", "--no-db", "--format", "jsonl", *files)
    found = [json.loads(line) for line in out.splitlines()]
    return [(one["text"], one["fixes"][0]["text"]) for one in found if one["rule"].startswith("names/settled/")]


def test_the_names_of_all_documents_are_listed_with_their_places(capsys: pytest.CaptureFixture[str]) -> None:
    lines = listed(capsys)
    assert "Lu Xiaohong x2 in 1" in lines
    assert "Lu Xiaohang x2 in 1" in lines
    assert "Harbour Pilots Association x2 in 2" in lines


def test_the_names_of_one_file_are_listed_alone(capsys: pytest.CaptureFixture[str]) -> None:
    lines = listed(capsys, "b.txt")
    assert "Lu Xiaohang x2 in 1" in lines
    assert not any("Xiaohong" in line for line in lines)


def test_spellings_that_are_alike_are_paired_across_documents(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "names", "alike")
    assert (code, out) == (0, "Lu Xiaohang\tLu Xiaohong\tslip\n")
    assert err.startswith("1 pair;")


def test_merged_spellings_are_one_name_in_the_form_with_most_places(capsys: pytest.CaptureFixture[str]) -> None:
    Path("c.txt").write_text("Then Lu Xiaohong left for home.\n")
    run(capsys, "lint", "c.txt")
    assert run(capsys, "names", "merge", "Lu Xiaohang", "Lu Xiaohong")[0] == 0
    assert listed(capsys, "--several") == ["Lu Xiaohong x3 in 2  < Lu Xiaohang x2  (Li)"]
    assert run(capsys, "names", "alike")[1] == ""


def test_the_preferred_spelling_is_the_form_to_use(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "names", "merge", "Lu Xiaohong", "Lu Xiaohang")
    run(capsys, "names", "prefer", "Lu Xiaohang")
    assert listed(capsys, "--settled") == ["Lu Xiaohang x2 in 1  < Lu Xiaohong x2  (Li)"]


def test_a_split_spelling_is_a_name_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "names", "merge", "Lu Xiaohong", "Lu Xiaohang")
    assert run(capsys, "names", "split", "Lu Xiaohong")[0] == 0
    assert listed(capsys, "--settled") == ["Lu Xiaohang x2 in 1  (Li)", "Lu Xiaohong x2 in 1  (Li)"]
    code, _, err = run(capsys, "names", "split", "Lu Xiaohong")
    assert (code, err) == (2, "reviewer: 'Lu Xiaohong' is a name of its own already\n")


def test_an_alias_may_stand_beside_the_name(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "names", "alias", "HPA", "Harbour Pilots Association")
    (line,) = listed(capsys, "--settled")
    assert line == "Harbour Pilots Association x2 in 2  = HPA x0  (Li)"


def test_two_settled_names_are_not_merged_by_accident(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "names", "prefer", "Lu Xiaohong")
    run(capsys, "names", "prefer", "Lu Xiaohang")
    code, _, err = run(capsys, "names", "merge", "Lu Xiaohong", "Lu Xiaohang")
    assert code == 2
    assert "'Lu Xiaohong' and 'Lu Xiaohang' are both settled as two names" in err


@pytest.mark.parametrize("command", [("prefer", "Nobody"), ("split", "Nobody"), ("alias", "N", "Nobody"), ("merge", "Nobody", "N")])
def test_a_name_that_is_nowhere_is_an_error(capsys: pytest.CaptureFixture[str], command: tuple[str, ...]) -> None:
    code, _, err = run(capsys, "names", *command)
    assert (code, err) == (
        2,
        "reviewer: review.db: no document has the name 'Nobody'; `reviewer names list` shows those there are\n",
    )


def test_settled_names_go_out_and_come_in_as_csv(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "names", "merge", "Lu Xiaohong", "Lu Xiaohang")
    run(capsys, "names", "prefer", "Lu Xiaohong")
    run(capsys, "names", "alias", "HPA", "Harbour Pilots Association")
    code, out, _ = run(capsys, "names", "export")
    assert code == 0
    assert out.splitlines() == [
        "name,form,allowed",
        "Harbour Pilots Association,Harbour Pilots Association,",
        "Harbour Pilots Association,HPA,yes",
        "Lu Xiaohong,Lu Xiaohong,",
        "Lu Xiaohong,Lu Xiaohang,",
    ]
    Path("names.csv").write_text(out)
    before = listed(capsys, "--settled")
    Path("review.db").unlink()
    run(capsys, "lint", "a.txt", "b.txt")
    code, _, err = run(capsys, "names", "import", "names.csv")
    assert (code, err) == (0, "names.csv: 4 spellings taken over\n")
    assert listed(capsys, "--settled") == before


def test_what_is_imported_wins_over_what_was_settled_before(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "names", "merge", "Lu Xiaohong", "Lu Xiaohang")
    Path("names.csv").write_text("name,form,allowed\nLu Xiaohang,Lu Xiaohang,\nLu Hong,Lu Xiaohong,\n")
    assert run(capsys, "names", "import", "names.csv")[0] == 0
    assert listed(capsys, "--settled") == ["Lu Hong x0 in 0  < Lu Xiaohong x2  (Li)", "Lu Xiaohang x2 in 1  (Li)"]


def test_every_later_lint_knows_the_names_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "names", "merge", "Lu Xiaohong", "Lu Xiaohang")
    run(capsys, "names", "prefer", "Lu Xiaohong")
    run(capsys, "names", "export", "--output", "names.csv")
    Path("reviewer.toml").write_text('names = ["names.csv"]\n')
    assert lint(capsys, "a.txt", "b.txt") == [("Lu Xiaohang", "Lu Xiaohong")] * 2


def test_a_file_of_names_at_fault_stops_the_lint(capsys: pytest.CaptureFixture[str]) -> None:
    Path("reviewer.toml").write_text('names = ["names.csv"]\n')
    Path("names.csv").write_text("name,form,allowed\nA,B,\nC,B,\n")
    code, out, err = run(capsys, "lint", "--no-db", "a.txt")
    assert (code, out) == (2, "")
    assert "names.csv:3: 'B' belongs to 'A' in row 2" in err


def test_a_changed_document_is_read_anew(capsys: pytest.CaptureFixture[str]) -> None:
    assert "Lu Xiaohang x2 in 1" in listed(capsys)
    Path("b.txt").write_text("In June Lu Xiaohong sold a bowl.\n")
    run(capsys, "lint", "b.txt")
    lines = listed(capsys)
    assert "Lu Xiaohong x3 in 2" in lines
    assert not any(line.startswith("Lu Xiaohang x2") for line in lines)


def test_what_was_said_of_names_is_never_changed(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "names", "prefer", "Lu Xiaohong")
    db = sqlite3.connect("review.db")
    assert db.execute("select act, form, reviewer from name_decisions").fetchall() == [("prefer", "Lu Xiaohong", "Li")]
    for sql in ("delete from name_decisions", "update name_decisions set form = ''"):
        with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
            db.execute(sql)
    db.close()


def test_a_database_that_is_missing_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "names", "list", "--db", "none.db")
    assert (code, err) == (2, "reviewer: none.db: there is no such database; `reviewer lint --db none.db FILE` makes one\n")
