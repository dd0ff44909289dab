"""The whole way: lint, decide, export, lint again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reviewer.model import Verdict
from reviewer.store import Store
from tests.test_cli_lint import run

TEXT = (
    "Officials threw a combination punch.\r\n\r\n"
    "The “combination fist” worked 😀.\r\n"
    "A sign reads 欢迎来到我们的城市，请注意安全。 (welcome to our city, take care).\r\n"
    "\r\nA combined fist, a combined punch and combination fists.\r\n"
)


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def decide(*verdicts: tuple[Verdict, str | None]) -> None:
    """Decides the findings of the only document, in order."""
    with Store.open(Path("review.db"), create=False) as store:
        (document,) = store.documents()
        for found, (verdict, text) in zip(
            store.findings(document.id, rule="calques/policy/combination-fists"), verdicts, strict=False
        ):
            store.decide(found.id, verdict, text=text, reviewer="Li")


def lint_and_decide(capsys: pytest.CaptureFixture[str], encoding: str = "utf-8") -> bytes:
    Path("a.txt").write_bytes(TEXT.encode(encoding))
    assert run(capsys, "lint", "--select", "calques/policy/combination-fists", "a.txt")[0] == 1
    decide((Verdict.ACCEPT, None), (Verdict.EDIT, "plan"), (Verdict.REJECT, None))
    return Path("a.txt").read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_only_what_was_accepted_or_edited_changes(capsys: pytest.CaptureFixture[str], encoding: str) -> None:
    original = lint_and_decide(capsys, encoding)
    assert run(capsys, "export", "--output", "out", "a.txt")[0] == 0
    wanted = TEXT.replace("combination punch.", "package of measures.", 1).replace("“combination fist”", "plan", 1)
    assert Path("out/a.txt").read_bytes() == wanted.encode(encoding)
    assert Path("a.txt").read_bytes() == original


def test_the_diff_shows_the_lines_that_change(capsys: pytest.CaptureFixture[str]) -> None:
    lint_and_decide(capsys)
    code, out, _ = run(capsys, "export", "--diff", "a.txt")
    assert code == 0
    assert [line.strip() for line in out.splitlines() if line.startswith("+") and not line.startswith("+++")] == [
        "+Officials threw a package of measures.",
        "+The plan worked 😀.",
    ]


def test_in_place_keeps_the_original_beside(capsys: pytest.CaptureFixture[str]) -> None:
    original = lint_and_decide(capsys)
    assert run(capsys, "export", "--in-place", "a.txt")[0] == 0
    assert Path("a.txt.orig").read_bytes() == original
    assert b"package of measures" in Path("a.txt").read_bytes()


def test_with_nothing_accepted_the_export_is_the_input_byte_for_byte(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_bytes(b"\xef\xbb\xbfA combined fist.\r\nB\rC\n")
    run(capsys, "lint", "a.txt")
    run(capsys, "export", "--output", "out", "a.txt")
    assert Path("out/a.txt").read_bytes() == Path("a.txt").read_bytes()


def test_what_was_decided_is_not_open_again_after_a_second_lint(capsys: pytest.CaptureFixture[str]) -> None:
    lint_and_decide(capsys)
    code, out, _ = run(capsys, "lint", "--select", "calques/policy/combination-fists", "--format", "jsonl", "a.txt")
    assert code == 1
    assert [line.count("combin") > 0 for line in out.splitlines()] == [True, True]  # of five findings, three are decided


def test_a_file_that_changed_since_the_lint_is_not_exported(capsys: pytest.CaptureFixture[str]) -> None:
    lint_and_decide(capsys)
    Path("a.txt").write_bytes(b"Other text.\n")
    code, _, err = run(capsys, "export", "--output", "out", "a.txt")
    assert (code, err.count("\n")) == (2, 1)
    assert "changed since it was linted" in err
    assert not Path("out/a.txt").exists()


def test_a_file_that_was_never_linted_is_not_exported(capsys: pytest.CaptureFixture[str]) -> None:
    lint_and_decide(capsys)
    Path("b.txt").write_text("Other text.\n")
    code, _, err = run(capsys, "export", "--diff", "b.txt")
    assert (code, "run `reviewer lint b.txt` first" in err) == (2, True)


def test_a_file_is_never_overwritten_by_another_of_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    lint_and_decide(capsys)
    Path("sub").mkdir()
    Path("sub/a.txt").write_text("A combined fist.\n")
    run(capsys, "lint", "sub/a.txt")
    assert run(capsys, "export", "--output", "out", "a.txt", "sub/a.txt")[0] == 2
    assert run(capsys, "export", "--output", ".", "a.txt")[0] == 2


def test_the_report_of_the_store_counts_by_state(capsys: pytest.CaptureFixture[str]) -> None:
    lint_and_decide(capsys)
    code, out, _ = run(capsys, "report")
    assert code == 1
    assert "a.txt: 3 of 5 decided (1 accepted, 1 edited, 1 rejected, 2 open)" in out
    assert len(run(capsys, "report", "--format", "jsonl", "--state", "rejected")[1].splitlines()) == 1
    assert len(run(capsys, "report", "--format", "jsonl", "--state", "all")[1].splitlines()) == 5


@pytest.mark.parametrize("name", ["b.txt", os.fsdecode(b"\xff.txt")])
def test_the_report_of_a_file_that_was_never_linted_is_an_error(capsys: pytest.CaptureFixture[str], name: str) -> None:
    lint_and_decide(capsys)
    Path(name).write_text("Other text.\n")
    code, out, err = run(capsys, "report", "a.txt", name)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(
        "reviewer: b.txt: not in review.db; run `reviewer lint b.txt` first" if name == "b.txt" else r"reviewer: \xff.txt: its name"
    )


def test_the_report_of_an_empty_database_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "lint", "missing.txt")
    code, out, err = run(capsys, "report")
    assert (code, out, err) == (2, "", "reviewer: review.db: holds no documents yet; run `reviewer lint FILE` first\n")


def test_a_narrower_lint_leaves_other_findings_in_the_store(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text("A combined fist of time:now.\n")
    run(capsys, "lint", "a.txt")
    before = run(capsys, "report", "--format", "jsonl")[1]
    run(capsys, "lint", "--select", "calques", "a.txt")
    assert run(capsys, "report", "--format", "jsonl")[1] == before


def test_review_without_a_terminal_names_the_commands_that_work(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(TEXT)
    code, _, err = run(capsys, "review", "a.txt")
    assert (code, err.count("\n")) == (2, 1)
    assert "reviewer lint" in err
