"""A baseline: findings to live with are known by their words, not by their place, and only what is new is reported and counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reviewer import baseline
from reviewer.model import ReviewerError
from tests.stored import document, findings
from tests.test_cli_lint import BAD, GOOD, run

OTHER = "They hold a combined fist of measures.\n"
LINT = ("lint", "--no-db", "--select", "calques/policy")


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(BAD)


def test_what_is_written_is_known_and_what_comes_later_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    said = "reviewer: known.jsonl: findings that are known from now on: 1\n"
    assert run(capsys, *LINT, "--write-baseline", "known.jsonl", "--format", "jsonl", "a.txt") == (0, "", said)
    Path("a.txt").write_text(GOOD * 3 + "\n" + GOOD + BAD + "\n" + OTHER)
    code, out, err = run(capsys, *LINT, "--baseline", "known.jsonl", "--format", "jsonl", "a.txt")
    assert (code, err) == (1, "reviewer: known.jsonl: findings known from there and left out: 1\n")
    (found,) = map(json.loads, out.splitlines())
    assert found["text"] == "combined fist"
    assert run(capsys, *LINT, "--baseline", "known.jsonl", "--write-baseline", "known.jsonl", "a.txt")[0] == 0
    assert run(capsys, *LINT, "--baseline", "known.jsonl", "--format", "jsonl", "a.txt")[:2] == (0, "")


def test_it_holds_for_a_file_that_was_moved_but_not_for_one_copy_more(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *LINT, "--write-baseline", "known.jsonl", "a.txt")
    Path("a.txt").rename("b.txt")
    assert run(capsys, *LINT, "--baseline", "known.jsonl", "b.txt")[0] == 0
    Path("c.txt").write_text(BAD)
    code, out, _ = run(capsys, *LINT, "--baseline", "known.jsonl", "--format", "jsonl", "b.txt", "c.txt")
    assert (code, [json.loads(line)["file"] for line in out.splitlines()]) == (1, ["c.txt"])


def test_it_holds_no_line_and_no_offset_and_is_the_same_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *LINT, "--write-baseline", "one.jsonl", "a.txt")
    Path("a.txt").write_text(GOOD * 9 + "\n" + BAD)
    run(capsys, *LINT, "--write-baseline", "two.jsonl", "a.txt")
    assert Path("one.jsonl").read_bytes() == Path("two.jsonl").read_bytes()
    assert list(json.loads(Path("one.jsonl").read_text())) == ["fingerprint", "file", "rule", "text"]


def test_a_jsonl_report_is_a_baseline_too(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *LINT, "--format", "jsonl", "--output", "report.jsonl", "a.txt")
    assert run(capsys, *LINT, "--baseline", "report.jsonl", "a.txt")[0] == 0


def test_what_is_rejected_in_the_database_is_known_without_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    from reviewer.model import Verdict
    from reviewer.store import Store

    run(capsys, "lint", "a.txt")
    with Store.open(Path("review.db"), create=False) as store:
        store.decide(store.findings(store.documents()[0].id)[0].id, Verdict.REJECT, reviewer="Li")
    run(capsys, "lint", "--write-baseline", "known.jsonl", "a.txt")
    assert run(capsys, "lint", "--no-db", "--baseline", "known.jsonl", "a.txt")[0] == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "known.jsonl: cannot be read (No such file or directory); write one with"),
        (b"\xff\xfe", "known.jsonl: cannot be read (not UTF-8)"),
        (b'{"fingerprint": "f00d"}\n\n{"rule": "x"}\n', "known.jsonl:3: no line of a baseline"),
        (b"[1]\n", "known.jsonl:1: no line of a baseline"),
        (b"a.txt:3\n", "known.jsonl:1: no line of a baseline"),
    ],
)
def test_a_broken_baseline_is_one_line_and_nothing_is_reported(
    capsys: pytest.CaptureFixture[str], content: bytes | None, said: str
) -> None:
    if content is not None:
        Path("known.jsonl").write_bytes(content)
    code, out, err = run(capsys, *LINT, "--baseline", "known.jsonl", "a.txt")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"reviewer: {said}")


def test_a_report_does_not_overwrite_the_baseline_it_is_made_with(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *LINT, "--write-baseline", "known.jsonl", "a.txt")
    before = Path("known.jsonl").read_text()
    code, _, err = run(capsys, *LINT, "--baseline", "known.jsonl", "--output", "./known.jsonl", "a.txt")
    assert (code, Path("known.jsonl").read_text()) == (2, before)
    assert "would overwrite the input known.jsonl" in err


def test_it_is_not_written_where_a_file_could_not_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("known.jsonl").write_text("yesterday's")
    code, _, err = run(capsys, *LINT, "--write-baseline", "known.jsonl", "a.txt", "missing.txt")
    assert (code, Path("known.jsonl").read_text()) == (2, "yesterday's")
    assert "known.jsonl: not written, as a file could not be read" in err


@pytest.mark.parametrize("name", ["a.txt", "./sub/../a.txt", "review.db"])
def test_it_never_overwrites_what_the_call_reads(capsys: pytest.CaptureFixture[str], name: str) -> None:
    Path("sub").mkdir()
    code, _, err = run(capsys, "lint", "--write-baseline", name, "a.txt")
    assert (code, Path("a.txt").read_text()) == (2, BAD)
    assert "the baseline would overwrite the" in err
    code, _, err = run(capsys, "lint", "--write-baseline", "x", "--output", "./x", "a.txt")
    assert (code, Path("x").exists()) == (2, False)
    assert "cannot be one file" in err


def test_a_fingerprint_is_known_as_often_as_it_was_written() -> None:
    found = findings(document(Path("a.txt")))
    known = baseline.Baseline([found[0].fingerprint, found[0].fingerprint])
    assert list(known.new([*found, *found, *found])) == [*found[1:], *found[1:], *found]
    assert known.left_out == 2


def test_a_line_names_the_document_of_a_file_with_several(tmp_path: Path) -> None:
    one = document(tmp_path / "a.jsonl", name="b")
    line = baseline.line("a.jsonl", one, findings(one)[0])
    assert json.loads(line)["doc"] == "b"
    with pytest.raises(ReviewerError):
        baseline.read(tmp_path)
