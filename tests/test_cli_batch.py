"""Many files in one call: folders, patterns, what git knows, several processes, going on after an interruption."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from reviewer import engine
from reviewer.checks import suspect
from reviewer.cli import gathering, lint_run, resuming, workers
from reviewer.cli.progress import Progress, duration
from reviewer.config import Config
from reviewer.formats import FORMATS
from reviewer.model import Document, Finding, ReviewerError, Segment, Verdict
from reviewer.store import Store
from tests.corrected import FISTS
from tests.test_cli_lint import BAD, GOOD, run

TOP = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def put(*names: str, text: str = BAD) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)


def gathered(*arguments: str, chosen: Config | None = None) -> list[str]:
    return [str(file) for file in gathering.files([Path(one) for one in arguments], chosen or Config()).files]


def test_a_folder_stands_for_its_files_of_known_kinds_in_order(tmp_path: Path) -> None:
    put("news/b.md", "news/a.TXT", "news/deep/er/c.po", "news/picture.png", "news/.hidden/d.txt", "news/.e.txt", "news/README")
    assert gathered("news") == ["news/a.TXT", "news/b.md", "news/deep/er/c.po"]
    assert gathered("news/README", "news/picture.png") == ["news/README", "news/picture.png"], "what is named is read"
    assert gathered(".") == gathered("news") == [name.removeprefix("./") for name in gathered("./news")]
    assert gathered(str(tmp_path / "news"), "news/b.md", "news/b.md")[-1:] == ["news/b.md"]


def test_a_folder_that_links_to_itself_is_gone_through_once() -> None:
    put("news/a.txt")
    Path("news/again").symlink_to("../news")
    Path("news/b.txt").symlink_to("a.txt")
    assert gathered("news") == ["news/a.txt", "news/b.txt"]


def test_what_gitignore_names_is_left_out_as_git_does() -> None:
    put("a.txt", "drafts/a.txt", "news/b.txt", "news/drafts/c.txt", "news/keep/d.txt", "news/keep/e.txt", "news/f.md", "out/g.txt")
    Path(".gitignore").write_text("/drafts/\n*.md\nd.txt\n# a comment\n")
    Path("news/.gitignore").write_text("!f.md\n/keep/e.txt\n")
    subprocess.run(["git", "init", "-q"], check=True)
    mine = gathered(".", chosen=Config(exclude=("out/",)))
    known = subprocess.run(
        ["git", "ls-files", "-o", "--exclude-standard", "*.txt", "*.md"], check=True, capture_output=True, text=True
    )
    assert mine == ["a.txt", "news/b.txt", "news/drafts/c.txt", "news/f.md"]
    assert sorted(mine) == sorted(name for name in known.stdout.split() if not name.startswith("out/"))
    assert gathered("news/keep") == [], "patterns of the folders above count too, up to the top of the repository"
    assert gathered("drafts/a.txt") == ["drafts/a.txt"], "what is named is read"


def test_the_exclude_of_the_settings_counts_from_their_folder(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a/b/c.txt", "a/d.txt")
    Path("reviewer.toml").write_text('exclude = ["/a/b/"]\n')
    monkeypatch.chdir("a")
    assert "in 1 file," in run(capsys, "lint", "--no-db", ".")[1]


def test_a_pattern_stands_for_the_files_that_match(capsys: pytest.CaptureFixture[str]) -> None:
    put("news/a.txt", "news/deep/b.txt", "news/deep/c.md", "odd[1].txt")
    assert gathered("news/**/*.txt") == ["news/a.txt", "news/deep/b.txt"]
    assert gathered("odd[1].txt") == ["odd[1].txt"], "a file of that name is no pattern"
    code, out, err = run(capsys, "lint", "--no-db", "nothing*.txt", "news")
    assert (code, err) == (2, "reviewer: nothing*.txt: no file is called like this; check the pattern\n")
    assert "in 3 files" in out


def test_an_empty_folder_is_an_error_and_the_others_are_reported(capsys: pytest.CaptureFixture[str]) -> None:
    Path("empty").mkdir()
    put("a.txt")
    code, out, err = run(capsys, "lint", "--no-db", "empty", "a.txt")
    assert (code, err) == (2, "reviewer: empty: no file in this folder is of a known kind; name the files to read\n")
    assert "combined fist" in out


def git(*arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=Li", "-c", "user.email=li@example.org", *arguments], check=True, capture_output=True)


def test_changed_since_takes_what_differs_and_what_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    put("old.txt", "news/changed.txt", "news/船.txt", "gone.txt")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    put("news/changed.txt", "news/船.txt", text=f"Then. {BAD}")
    put("new.txt", "new.bin")
    Path("gone.txt").unlink()
    out = run(capsys, "lint", "--no-db", "--changed-since", "HEAD", "--format", "jsonl")[1]
    assert re.findall('"file": "([^"]+)"', out) == ["new.txt", "news/changed.txt", "news/船.txt"]
    os.chdir("news")
    out = run(capsys, "lint", "--no-db", "--changed-since", "HEAD", "--format", "jsonl", ".")[1]
    assert re.findall('"file": "([^"]+)"', out) == ["changed.txt", "船.txt"]
    git("add", "..")
    git("commit", "-qm", "second")
    assert run(capsys, "lint", "--no-db", "--changed-since", "HEAD", ".")[0] == 0
    assert run(capsys, "lint", "--no-db", "--changed-since", "HEAD~1", "changed.txt", "../old.txt")[1].count("combined fist") == 1


@pytest.mark.parametrize("revision", ["nothing", "--output=x", ""])
def test_a_revision_that_git_does_not_know_is_an_error(capsys: pytest.CaptureFixture[str], revision: str) -> None:
    git("init", "-q")
    code, out, err = run(capsys, "lint", "--no-db", f"--changed-since={revision}", ".")
    assert (code, out) == (2, "")
    assert "git knows no such revision" in err
    assert not Path("x").exists()


def test_changed_since_outside_a_repository_is_an_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))
    code, _, err = run(capsys, "lint", "--no-db", "--changed-since", "HEAD")
    assert (code, err.startswith("reviewer: --changed-since: git says: ")) == (2, True)


def many() -> None:
    for number in range(12):
        put(f"news/{number:02}.txt", text=(BAD if number % 3 else GOOD) * (number + 1))
    Path("news/05.txt").write_bytes(b"\x00\x01\x02\xff" * 99)
    Path("news/07.jsonl").write_text("{")


@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_several_processes_report_what_one_does(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    many()
    monkeypatch.setattr(workers, "AHEAD", 1)
    monkeypatch.setattr(workers, "LARGEST", 500)
    alone = run(capsys, "lint", "--no-db", "--format", form, "news")
    assert alone[0] == 2
    assert alone[2].count("\n") == 2
    assert run(capsys, "lint", "--no-db", "--format", form, "--jobs", "3", "news") == alone
    assert run(capsys, "lint", "--db", "a.db", "--format", form, "--jobs", "2", "news") == alone
    assert run(capsys, "lint", "--db", "b.db", "--format", form, "news") == alone
    assert kept("a.db") == kept("b.db")


def kept(db: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(db) as connection:
        found = 'select d.path, f.rule, f.fingerprint, f."start", f.text, f.present from finding_states f join documents d'
        return connection.execute(f"{found} on d.id = f.document where present order by 1, 2, 3").fetchall()


def test_a_process_that_is_ended_from_outside_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.txt", "b.txt")
    monkeypatch.setattr(workers, "_lint", end_at_once)
    code, _, err = run(capsys, "lint", "--no-db", "--jobs", "2", "a.txt", "b.txt")
    assert code == 2
    assert err.startswith("reviewer: a.txt: a process that lints was ended from outside")


def end_at_once(job: workers.Job) -> str:
    os._exit(9)


def count_lints(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are linted from now on."""
    seen: list[str] = []
    review = engine.review

    def counted(document: Document, checker: engine.Checker, **limits: Any) -> Iterator[Finding]:
        seen.append(document.path.name)
        return review(document, checker, **limits)

    monkeypatch.setattr(engine, "review", counted)
    return seen


def test_an_interrupted_batch_goes_on_where_it_stopped(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    many()
    whole = run(capsys, "lint", "--db", "whole.db", "news")
    record, seen = Store.record, count_lints(monkeypatch)

    def interrupted(self: Store, document: Document, *rest: Any, **named: Any) -> None:
        if document.path.name == "04.txt":
            raise KeyboardInterrupt
        record(self, document, *rest, **named)

    monkeypatch.setattr(Store, "record", interrupted)
    assert run(capsys, "lint", "--db", "b.db", "news")[0] == 130
    monkeypatch.setattr(Store, "record", record)
    assert seen == ["00.txt", "01.txt", "02.txt", "03.txt", "04.txt"]
    del seen[:]
    assert run(capsys, "lint", "--db", "b.db", "news") == whole
    assert seen == ["04.txt", "06.txt", "07.txt", "08.txt", "09.txt", "10.txt", "11.txt"]
    assert kept("b.db") == kept("whole.db")
    assert run(capsys, "export", "--db", "b.db", "news/01.txt")[0] == 0


def test_what_has_changed_or_is_linted_otherwise_is_linted_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.txt", "b.txt")
    first = run(capsys, "lint", "a.txt", "b.txt")
    seen = count_lints(monkeypatch)

    def linted(*arguments: str) -> list[str]:
        del seen[:]
        run(capsys, "lint", *arguments, "a.txt", "b.txt")
        return list(seen)

    assert linted() == []
    assert run(capsys, "lint", "a.txt", "b.txt") == first
    put("b.txt", text=GOOD + BAD)
    assert linted() == ["b.txt"]
    assert linted("--select", FISTS) == ["a.txt", "b.txt"], "a look at some rules only"
    assert linted() == ["a.txt", "b.txt"]
    assert linted() == []
    Path("reviewer.toml").write_text("min-confidence = 0.5\n")
    assert linted() == ["a.txt", "b.txt"]
    assert linted("--no-db") == ["a.txt", "b.txt"]
    Path("names.csv").write_text("name,form,allowed\nLu Xiaohong,Lu Xiaohang,no\n")
    Path("reviewer.toml").write_text('min-confidence = 0.5\nnames = ["names.csv"]\n')
    assert linted() == ["a.txt", "b.txt"]
    Path("names.csv").write_text("name,form,allowed\nLu Xiaohong,Lu Xiaohing,no\n")
    assert linted() == ["a.txt", "b.txt"]


def test_what_reviewers_decided_and_marked_is_not_reported_from_the_store(capsys: pytest.CaptureFixture[str]) -> None:
    put("a.txt", text=f"{BAD}\n{BAD}")
    assert "2 findings" in run(capsys, "lint", "--format", "text", "a.txt")[1]
    with Store.open(Path("review.db")) as store:
        (document,) = store.documents()
        store.decide(store.findings(document.id)[0].id, Verdict.REJECT, reviewer="Li")
    assert "1 finding in" in run(capsys, "lint", "a.txt")[1]


def test_a_document_that_is_gone_from_its_file_does_not_come_back(capsys: pytest.CaptureFixture[str]) -> None:
    line = '{{"id": 1, "target": "A combination punch.", "doc": "{}"}}\n'
    Path("a.jsonl").write_text(line.format("north") + line.format("south"))
    run(capsys, "lint", "a.jsonl")
    Path("a.jsonl").write_text(line.format("north"))
    with Store.open(Path("review.db")) as store:
        run_ = lint_run.Run(Config(), store)
        list(run_.places([Path("a.jsonl")], Progress(silent=True)))
        assert [one.name for one in store.documents()] == ["north"]


def test_a_file_that_changes_while_it_is_read_is_an_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.txt", "b.txt")
    review = engine.review

    def changing(document: Document, checker: engine.Checker, **limits: Any) -> Iterator[Finding]:
        if document.path.name == "a.txt":
            document.path.write_text(GOOD)
        return review(document, checker, **limits)

    monkeypatch.setattr(engine, "review", changing)
    code, out, err = run(capsys, "lint", "a.txt", "b.txt")
    assert (code, err) == (2, "reviewer: a.txt: it was changed while it was read; lint it again\n")
    assert out.count("combined fist") >= 1


def test_settings_are_told_apart() -> None:
    assert resuming.settings(Config()) == resuming.settings(Config())
    assert resuming.settings(Config()) != resuming.settings(Config(ignore=("calques",)))
    assert resuming.settings(Config()) != resuming.settings(Config(), "a language model")


class Terminal:
    """Standard error, as if it were a terminal."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass


def test_the_progress_tells_how_long_it_will_take(monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.txt", "b.txt", "c.txt", "d.txt", text="x" * 1000)
    terminal = Terminal()
    clock = [100.0]
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    files = [Path(f"{name}.txt") for name in "abcd"]
    with Progress() as progress:
        progress.expect(files)
        progress.at(files[0], 10, 1)
        assert terminal.text == ""
        progress.passed(files[0], 10, 1)
        clock[0] += 4
        progress.at(files[1], 20, 2)
        assert "1 of 4 files, b.txt: 20 words, 2 findings so far, about 12 s left" in terminal.text
    assert terminal.text.endswith("\r\x1b[K")


def test_times_read_as_people_say_them() -> None:
    assert [duration(seconds) for seconds in (0.2, 89, 90, 3600, 6000)] == ["1 s", "89 s", "2 min", "60 min", "1 h 40 min"]


def test_the_pre_commit_hook_takes_the_files_that_we_read() -> None:
    (hook,) = yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"].split() == ["reviewer", "lint", "--no-db"]
    suffixes = [suffix for format in FORMATS.values() for suffix in format.suffixes]
    assert [suffix for suffix in suffixes if not re.search(hook["files"], f"a{suffix}")] == []
    assert not re.search(hook["files"], "a.py")


def test_the_shell_completes_commands_and_options() -> None:
    environment = {**os.environ, "_REVIEWER_COMPLETE": "bash_complete", "COMP_WORDS": "reviewer lint --chan", "COMP_CWORD": "2"}
    done = subprocess.run(
        [sys.executable, "-m", "reviewer"], env={**environment, "PYTHONPATH": str(TOP)}, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "plain,--changed-since"


def test_gathering_asks_git_only_where_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReviewerError, match="needs git, which is not installed"):
        gathering.files([Path()], Config(), changed_since="HEAD")


def test_the_file_that_the_report_goes_to_is_not_read(capfd: pytest.CaptureFixture[str]) -> None:
    put("a.txt", "report.txt")
    kept = os.dup(1)
    with open("report.txt", "w", encoding="utf-8") as report:
        os.dup2(report.fileno(), 1)
    try:
        assert gathered(".") == gathered("*.txt") == ["a.txt"]
        assert gathered("report.txt") == ["report.txt"]
    finally:
        os.dup2(kept, 1)
        os.close(kept)
    assert gathered(".") == ["a.txt", "report.txt"]


def test_what_a_lint_writes_beside_the_files_of_a_folder_is_not_read_by_the_next(capsys: pytest.CaptureFixture[str]) -> None:
    put("a.txt")
    put("names.csv", text="name,form,allowed\n")
    Path("reviewer.toml").write_text('names = ["names.csv"]\nselect = ["calques/policy"]\n')
    for _ in range(2):
        assert run(capsys, "lint", "--no-db", "--format", "html", "--output", "report.html", ".")[::2] == (1, "")
    Path("report.html").unlink()
    for _ in range(2):
        assert run(capsys, "lint", "--no-db", "--write-baseline", "known.jsonl", "*")[0] == 0
    assert run(capsys, "lint", "--no-db", "--baseline", "known.jsonl", ".")[0] == 0
    assert run(capsys, "lint", "--no-db", "names.csv")[0] == 2, "it was named"


def test_documents_before_one_that_cannot_be_read_come_before_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def read() -> Iterator[Document]:
        for number in range(5):
            yield Document(Path("t"), "jsonl", (Segment("0", "word " * 10),), name=str(number))
        raise ReviewerError("t:6: no JSON")

    monkeypatch.setattr(suspect, "BLOCK", 100)
    found = workers._together(read())
    assert [[one.name for one in next(found)] for _ in range(3)] == [["0", "1"], ["2", "3"], ["4"]]
    with pytest.raises(ReviewerError, match="t:6"):
        next(found)
