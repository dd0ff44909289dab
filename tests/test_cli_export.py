"""The whole way: lint, decide, export, lint again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reviewer.model import Verdict
from reviewer.store import Store
from tests.mended import DATA
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


def test_a_file_is_never_overwritten_by_its_own_correction(capsys: pytest.CaptureFixture[str]) -> None:
    lint_and_decide(capsys)
    code, _, err = run(capsys, "export", "--output", ".", "a.txt")
    assert (code, "a.txt: . is its own folder; use --in-place" in err) == (2, True)
    Path("sub").mkdir()
    code, _, err = run(capsys, "export", "--output", "out", "a.txt", "sub/../a.txt")
    assert (code, "would be written to out/a.txt too; name it once" in err) == (2, True)


def lint_folders(capsys: pytest.CaptureFixture[str]) -> None:
    """Three files with a calque that is accepted, two of them of one name."""
    for name in ("news/a.txt", "news/old/a.txt", "sport/b.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("A combined fist.\n")
    run(capsys, "lint", "--select", "calques/policy/combination-fists", ".")
    decide_all("calques/policy/combination-fists", *[(Verdict.ACCEPT, None)] * 3)


def test_files_of_several_folders_keep_them_below_the_one_they_share(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lint_folders(capsys)
    for output, names in (
        ("all", ["news/a.txt", "news/old/a.txt", "sport/b.txt"]),
        ("some", ["a.txt", "old/a.txt"]),
        ("one", ["a.txt"]),
    ):
        files = {"all": (), "some": ("news/old/a.txt", "news/a.txt"), "one": ("news/old/a.txt",)}[output]
        assert run(capsys, "export", "--output", output, *files)[0] == 0
        assert sorted(path.as_posix() for path in Path(output).rglob("*.txt")) == [f"{output}/{name}" for name in names]
    Path("sport/b.txt").rename("sport/c.txt")
    assert run(capsys, "export", "--output", "less")[0] == 2
    assert Path("less/news/old/a.txt").exists(), "as before, though all that is left lies in news"
    Path("sport/c.txt").rename("sport/b.txt")
    code, _, err = run(capsys, "export", "--output", "sport/b.txt", "news/a.txt")
    assert (code, err) == (
        2,
        "reviewer: sport/b.txt: this folder cannot be made (File exists); give --output another name\n",
    )
    monkeypatch.setattr("os.fsync", full)
    assert run(capsys, "export", "--output", "new/out")[0] == 2
    assert not Path("new").exists()


def test_a_folder_or_a_pattern_stands_for_its_files_in_the_database(capsys: pytest.CaptureFixture[str]) -> None:
    lint_folders(capsys)
    Path("news/new.txt").write_text("Never linted.\n")
    for name in ("news", "news/**/*.txt"):
        shown = run(capsys, "export", "--diff", name)[1]
        assert [line for line in shown.splitlines() if line.startswith("+++")] == ["+++ news/a.txt", "+++ news/old/a.txt"]
    assert run(capsys, "export", "--as", "decisions", "news")[1].count("\n") == 2
    assert [line.split(":")[0] for line in run(capsys, "report", "news", "news/a.txt")[1].splitlines()[-2:]] == [
        "news/a.txt",
        "news/old/a.txt",
    ]
    Path("news/old/a.txt").unlink()
    assert run(capsys, "export", "--diff", "news")[2] == "reviewer: news/old/a.txt: no longer there, so it is left out\n"
    Path("empty").mkdir()
    for name in ("empty", "x*"):
        code, _, err = run(capsys, "report", name)
        assert (code, err) == (2, f"reviewer: {name}: review.db holds no file of these; run `reviewer lint {name}` first\n")


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


CAT = "We saw the the cat."


def states(rule: str = "structure/doubled/word-twice") -> list[str]:
    with Store.open(Path("review.db"), create=False) as store:
        return [one.state.value for document in store.documents() for one in store.findings(document.id, rule=rule)]


def decide_all(rule: str, *verdicts: tuple[Verdict, str | None]) -> None:
    """Decides the findings of a rule in all documents, in order."""
    with Store.open(Path("review.db"), create=False) as store:
        found = [one for document in store.documents() for one in store.findings(document.id, rule=rule)]
        for one, (verdict, text) in zip(found, verdicts, strict=True):
            store.decide(one.id, verdict, text=text, reviewer="Li")


def test_copies_of_a_sentence_keep_their_own_decisions_after_an_export_in_place(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(f"{CAT}\n\nThen it rained.\n\n{CAT}\n\nThen it snowed.\n\n{CAT}\n")
    run(capsys, "lint", "a.txt")
    decide_all("structure/doubled/word-twice", (Verdict.ACCEPT, None), (Verdict.REJECT, None), (Verdict.REJECT, None))
    assert run(capsys, "export", "--in-place", "a.txt")[0] == 0
    assert run(capsys, "lint", "a.txt")[0] == 0
    assert states() == ["reject", "reject"]
    assert Path("a.txt").read_text().count(CAT) == 2


def test_a_copy_that_nobody_reviewed_is_not_corrected(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(f"{CAT}\n")
    run(capsys, "lint", "a.txt")
    decide_all("structure/doubled/word-twice", (Verdict.ACCEPT, None))
    Path("a.txt").write_text(f"{CAT}\n\n{CAT}\n")
    assert run(capsys, "lint", "a.txt")[0] == 1
    assert states() == ["open", "open"]
    assert run(capsys, "export", "a.txt")[1] == f"{CAT}\n\n{CAT}\n"


def lint_two_files_one_of_which_cannot_hold_its_edit(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(f"{CAT}\n")
    Path("b.txt").write_bytes(f"The café: {CAT}\n".encode("cp1252"))
    run(capsys, "lint", "a.txt", "b.txt")
    decide_all("structure/doubled/word-twice", (Verdict.ACCEPT, None), (Verdict.EDIT, "the 😀"))


@pytest.mark.parametrize("way", [("--in-place",), ("--output", "new/out"), ("--diff",), ("b.txt",)])
def test_an_edit_that_the_encoding_lacks_is_told_before_anything_is_written(
    capsys: pytest.CaptureFixture[str], way: tuple[str, ...]
) -> None:
    lint_two_files_one_of_which_cannot_hold_its_edit(capsys)
    before = {path.name: path.read_bytes() for path in Path().glob("*.txt")}
    code, out, err = run(capsys, "export", *way)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "b.txt: its encoding cp1252 has no 😀" in err
    assert {path.name: path.read_bytes() for path in Path().glob("*") if path.suffix != ".db"} == before


def full(_: int) -> None:
    """Stands for a disk that is full."""
    raise OSError(28, "No space left on device")


def test_a_folder_in_which_nothing_could_be_written_is_not_left_behind(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lint_and_decide(capsys)
    monkeypatch.setattr("os.fsync", full)
    assert run(capsys, "export", "--output", "new/out")[0] == 2
    assert not Path("new").exists()


def test_a_file_that_is_no_longer_there_does_not_hold_up_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(f"{CAT}\n")
    Path("b.txt").write_text(f"{CAT}\n")
    run(capsys, "lint", "a.txt", "b.txt")
    decide_all("structure/doubled/word-twice", (Verdict.ACCEPT, None), (Verdict.ACCEPT, None))
    Path("a.txt").unlink()
    code, out, err = run(capsys, "export", "--diff")
    assert (code, err) == (2, "reviewer: a.txt: no longer there, so it is left out\n")
    assert "+We saw the cat." in out
    code, _, err = run(capsys, "export", "--in-place")
    assert (code, err.count("\n"), Path("b.txt").read_text()) == (2, 2, "We saw the cat.\n")
    assert run(capsys, "export", "--diff", "a.txt")[0] == 2


def test_a_diff_of_all_files_names_them_by_their_path_from_here(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("news/today").mkdir(parents=True)
    Path("news/today/a.txt").write_text(f"{CAT}\n")
    run(capsys, "lint", "news/today/a.txt")
    decide_all("structure/doubled/word-twice", (Verdict.ACCEPT, None))
    assert run(capsys, "export", "--diff")[1].startswith("--- news/today/a.txt\n+++ news/today/a.txt\n")
    monkeypatch.chdir("news/today")
    assert run(capsys, "export", "--diff", "--db", "../../review.db")[1].startswith("--- a.txt\n")
    Path("../other").mkdir()
    monkeypatch.chdir("../other")
    assert run(capsys, "export", "--diff", "--db", "../../review.db")[1].startswith("--- /")


def test_code_in_markdown_is_neither_flagged_nor_corrected(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text("# The the heading **the the** `the the`\n\nPress the `the` key to go on.\n")
    run(capsys, "lint", "a.md")
    decide_all("structure/doubled/word-twice", (Verdict.ACCEPT, None), (Verdict.ACCEPT, None))
    assert run(capsys, "export", "a.md")[1] == "# The heading **the** `the the`\n\nPress the `the` key to go on.\n"


def test_the_bytes_of_a_word_file_do_not_go_to_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("a.docx").write_bytes((DATA / "news.docx").read_bytes())
    run(capsys, "lint", "--select", "calques/policy/combination-fists", "a.docx")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    code, out, err = run(capsys, "export", "a.docx")
    assert (code, out, "a.docx is no text that a terminal can show; give --output" in err) == (2, "", True)
    assert run(capsys, "export", "--diff", "a.docx")[0] == 0


def test_as_many_changes_are_told_as_decisions_made_them(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.html").write_text("<p>A <b>combination</b> <i>punch</i> and a combined fist, the combination punch.")
    run(capsys, "lint", "--select", "calques/policy/combination-fists", "a.html")
    kept = "combination punch"
    decide_all("calques/policy/combination-fists", (Verdict.ACCEPT, None), (Verdict.ACCEPT, None), (Verdict.EDIT, kept))
    assert run(capsys, "export", "--output", "out")[2] == "out/a.html: 2 changes\n"
