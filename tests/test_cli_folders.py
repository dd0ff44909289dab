"""Settings of a folder: they hold for the files below it, and the nearest ones win, key by key."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.corrected import FISTS
from tests.test_cli_batch import count_lints, put
from tests.test_cli_lint import BAD, run


@pytest.fixture(autouse=True)
def in_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files in three folders; everything but one rule is left out, and in one folder that too."""
    monkeypatch.chdir(tmp_path)
    put("a.txt", "legal/b.txt", "legal/old/c.txt", "sport/d.txt")
    Path("reviewer.toml").write_text(f'select = ["{FISTS}"]\n')
    Path("legal/reviewer.toml").write_text('ignore = ["calques"]\n')
    Path("legal/old/pyproject.toml").write_text("[tool.reviewer]\nignore = []\n")


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The files with findings, in order, and what is said beside them."""
    _, out, err = run(capsys, "lint", "--format", "jsonl", *arguments)
    assert {json.loads(line)["rule"] for line in out.splitlines()} <= {FISTS}
    return [json.loads(line)["file"] for line in out.splitlines()] + err.splitlines()


def test_the_settings_of_a_folder_hold_for_the_files_below_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = ["a.txt", "legal/old/c.txt", "sport/d.txt"]
    assert found(capsys, "--no-db", ".") == expected
    assert found(capsys, "--no-db", "--jobs", "2", ".") == expected
    assert found(capsys, "--no-db", "--ignore", "calques/policy", ".") == []
    monkeypatch.chdir("legal")
    assert found(capsys, "--no-db", ".") == ["old/c.txt"], "from wherever the call is made"
    assert found(capsys, "--no-db", "../sport", "b.txt") == ["../sport/d.txt"]


def test_a_change_of_the_settings_of_a_folder_lints_its_files_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found(capsys, ".")
    seen = count_lints(monkeypatch)
    found(capsys, ".")
    assert seen == []
    Path("legal/reviewer.toml").write_text("min-confidence = 0.1\n")
    assert found(capsys, ".") == ["a.txt", "legal/b.txt", "legal/old/c.txt", "sport/d.txt"]
    assert seen == ["b.txt", "c.txt"]


def test_what_is_wrong_in_the_settings_of_a_folder_does_not_stop_the_other_files(capsys: pytest.CaptureFixture[str]) -> None:
    put("sport/e.txt")
    Path("legal/reviewer.toml").write_text("min-confidence = 3\n")
    Path("sport/reviewer.toml").write_text('ignore = ["no-such-rule"]\n')
    here = Path.cwd()
    assert found(capsys, "--no-db", ".", "legal/b.txt") == [
        "a.txt",
        f"reviewer: {here}/legal/reviewer.toml: min-confidence is a number from 0 to 1",
        f"reviewer: {here}/sport/reviewer.toml: no rule is called 'no-such-rule'; `reviewer rules list` lists them",
    ]
    assert run(capsys, "lint", "--no-db", ".")[0] == 2


def test_a_folder_leaves_out_what_its_own_settings_say(capsys: pytest.CaptureFixture[str]) -> None:
    put("sport/drafts/f.txt", "drafts/g.txt", "legal/old/drafts/h.txt")
    Path("reviewer.toml").write_text(f'select = ["{FISTS}"]\nexclude = ["drafts/"]\n')
    Path("legal/old/pyproject.toml").write_text('[tool.reviewer]\nignore = []\nexclude = ["/c.txt"]\n')
    assert found(capsys, "--no-db", ".") == ["a.txt", "legal/old/drafts/h.txt", "sport/d.txt"]
    assert found(capsys, "--no-db", "legal/old") == ["legal/old/drafts/h.txt"]


def test_the_columns_of_a_folder_are_those_of_its_tables(capsys: pytest.CaptureFixture[str]) -> None:
    Path("sport/t.csv").write_text(f"first,last\nyes,{BAD.strip().replace(chr(34), '')}\n")
    Path("sport/reviewer.toml").write_text('columns = ["last"]\n')
    assert found(capsys, "--no-db", "sport") == ["sport/d.txt", "sport/t.csv"]


def test_the_report_describes_the_rules_of_every_folder(capsys: pytest.CaptureFixture[str]) -> None:
    Path("sport/reviewer.toml").write_text('select = ["residue"]\n')
    Path("sport/d.txt").write_text("The 码头 opened.\n")
    (log,) = json.loads(run(capsys, "lint", "--no-db", "--format", "sarif", "a.txt", "sport")[1])["runs"]
    found = {result["ruleId"] for result in log["results"]}
    assert FISTS in found
    assert len(found) > 1
    assert found <= {rule["id"] for rule in log["tool"]["driver"]["rules"] if rule["fullDescription"]}


def test_a_report_from_the_database_describes_the_rules_of_every_folder(capsys: pytest.CaptureFixture[str]) -> None:
    put("legal/own/own/boats.yaml", text="boat: {flag: boat, why: In this port they say ship.}\n")
    put("legal/b.txt", text="One boat.\n")
    Path("legal/reviewer.toml").write_text('rules = ["own"]\nselect = ["own"]\n')
    run(capsys, "lint", "a.txt", "legal/b.txt", "sport/d.txt")
    Path("reviewer.toml").write_text('select = ["numbers"]\n')  # what is left out by now was not when it was found
    Path("sport/reviewer.toml").write_text("rules = 1\n")
    (log,) = json.loads(run(capsys, "report", "--format", "sarif")[1])["runs"]
    said = {rule["id"]: rule["fullDescription"]["text"] for rule in log["tool"]["driver"]["rules"]}
    assert said["own/boats/boat"] == "In this port they say ship."
    assert "boxing" in said[FISTS]


def test_the_database_is_that_of_the_call(capsys: pytest.CaptureFixture[str]) -> None:
    Path("sport/reviewer.toml").write_text('db = "own.db"\n')
    found(capsys, ".")
    assert not Path("sport/own.db").exists()
    with sqlite3.connect("review.db") as connection:
        assert ("sport/d.txt",) in connection.execute("select path from documents").fetchall()
