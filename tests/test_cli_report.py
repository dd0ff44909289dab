"""`reviewer report` and the reports of `reviewer lint`: forms, files, states, and what makes a lint fail."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from reviewer.model import Verdict
from reviewer.report.forms import FORMS
from reviewer.store import Store
from tests.test_cli_lint import BAD, GOOD, run

LINT = ("lint", "--select", "calques/policy")  # a few rules are soon read
TO_DO = [name for name, form in FORMS.items() if form.to_do]


@pytest.fixture(autouse=True)
def in_a_folder_with_a_bad_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.txt").write_text(GOOD + "\n" + BAD)


def reject_all() -> None:
    with Store.open(Path("review.db"), create=False) as store:
        found = [one.id for document in store.documents() for one in store.findings(document.id)]
        store.decide_all(found, Verdict.REJECT, reviewer="Li")


@pytest.mark.parametrize("form", FORMS)
def test_a_lint_and_the_report_of_its_database_say_the_same(capsys: pytest.CaptureFixture[str], form: str) -> None:
    Path("pairs.jsonl").write_text(json.dumps({"id": 7, "target": BAD.strip(), "doc": "a"}) + "\n")
    Path("clean.txt").write_text(GOOD)
    files = ("bad.txt", "clean.txt", "pairs.jsonl")
    code, linted, _ = run(capsys, *LINT, "--format", form, *files)
    assert code == 1
    assert run(capsys, *LINT, "--no-db", "--format", form, *files)[:2] == (1, linted)
    code, reported, _ = run(capsys, "report", "--format", form)
    assert code == 1
    if form == "text":  # how far the review has come stands below
        assert reported.startswith(linted)
        assert reported.splitlines()[-1] == "pairs.jsonl#a: 0 of 1 decided (1 open)"
    else:
        assert reported == linted


def test_a_report_goes_to_a_file_and_overwrites_nothing_that_it_reads(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *LINT, "bad.txt")
    assert run(capsys, "report", "--format", "html", "--output", "out.html") == (1, "", "")
    assert Path("out.html").read_text().startswith("<!DOCTYPE html>")
    before = Path("review.db").read_bytes()
    for output in ("bad.txt", "review.db"):
        code, out, err = run(capsys, "report", "--output", output)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert f"{output}: the report would overwrite" in err
    assert (Path("review.db").read_bytes(), Path("bad.txt").read_text()) == (before, GOOD + "\n" + BAD)


@pytest.mark.parametrize("form", TO_DO)
def test_forms_of_what_is_to_do_hold_open_findings_only(capsys: pytest.CaptureFixture[str], form: str) -> None:
    run(capsys, *LINT, "bad.txt")
    assert "combined fist" in run(capsys, "report", "--format", form, "--state", "open")[1]
    reject_all()
    code, out, _ = run(capsys, "report", "--format", form)
    assert (code, "combined fist" in out) == (0, False)
    code, out, err = run(capsys, "report", "--format", form, "--state", "all")
    assert (code, out) == (2, "")
    assert (
        err
        == f"reviewer: {form} holds open findings only; leave out --state, or take another --format; see reviewer report --help\n"
    )


def test_a_page_has_all_states_unless_told_otherwise_and_a_table_names_them(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *LINT, "bad.txt")
    reject_all()
    assert '<span class="state">reject</span>' in run(capsys, "report", "--format", "html")[1]
    assert '<span class="state">reject</span>' not in run(capsys, "report", "--format", "html", "--state", "open")[1]
    (row,) = csv.DictReader(io.StringIO(run(capsys, "report", "--format", "csv", "--state", "rejected")[1]))
    assert (row["state"], row["file"], row["line"]) == ("reject", "bad.txt", "3")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 1),
        (("--fail-on", "critical"), 0),
        (("--fail-on", "major"), 1),
        (("--fail-on", "minor"), 1),
        (("--max-per-thousand", "0"), 1),
        (("--max-per-thousand", "55.5"), 1),
        (("--max-per-thousand", "55.6"), 0),
        (("--max-per-thousand", "60", "--fail-on", "major"), 1),
        (("--max-per-thousand", "60", "--fail-on", "critical"), 0),
        (("--max-per-thousand", "50", "--fail-on", "critical"), 1),
        (("--max-per-thousand", "-1"), 2),
        (("--max-per-thousand", "nan"), 2),
        (("--fail-on", "awful"), 2),
    ],
)
def test_limits_say_when_a_lint_fails_and_leave_the_report_as_it_is(
    capsys: pytest.CaptureFixture[str], options: tuple[str, ...], code: int
) -> None:
    """One major finding in 18 words: 55.56 a thousand."""
    got, out, err = run(capsys, *LINT, "--no-db", *options, "bad.txt")
    assert got == code
    assert ("combined fist" in out) == (code != 2)
    if "--max-per-thousand" in options and code == 1 and "60" not in options:
        assert err == f"reviewer: 55.6 findings a thousand words: more than {options[1]}\n"
    assert run(capsys, *LINT, "--no-db", *options, "bad.txt", "missing.txt")[0] == 2


@pytest.mark.parametrize(
    ("settings", "options", "code"),
    [
        ("fail-on = 'critical'", (), 0),
        ("fail-on = 'critical'", ("--fail-on", "major"), 1),
        ("max-per-thousand = 60", (), 0),
        ("max-per-thousand = 60", ("--max-per-thousand", "50"), 1),
        ("[levels.github]\nmajor = 'none'", (), 1),
    ],
)
def test_settings_say_what_fails_a_lint_and_what_a_report_shows(
    capsys: pytest.CaptureFixture[str], settings: str, options: tuple[str, ...], code: int
) -> None:
    """One major finding in 18 words: 55.56 a thousand."""
    Path("reviewer.toml").write_text(settings)
    got, out, _ = run(capsys, *LINT, "--format", "github", *options, "bad.txt")
    assert got == code
    assert out.startswith("::warning ") == ("levels" not in settings)
    assert run(capsys, "report", "--format", "github")[1] == out
