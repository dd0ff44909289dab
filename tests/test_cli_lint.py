"""The contract of `reviewer lint`: what goes where, exit codes, bad input."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from reviewer.cli import main

BAD = 'The city rolled out a "combined fist" of tax policy.\n'
GOOD = "The city announced a package of tax measures.\n"
KEYS = "file doc segment start end file_start file_end text rule category severity confidence message fixes related fingerprint"


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """(exit code, standard output, standard error) of a call."""
    with pytest.raises(SystemExit) as done:
        main(arguments)
    out, err = capsys.readouterr()
    return int(done.value.code or 0), out, err


def test_a_clean_file_exits_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    Path("good.txt").write_text(GOOD)
    assert run(capsys, "lint", "--no-db", "good.txt") == (0, "\nNo findings in 1 file, 8 words.\n", "")


def test_a_quiet_lint_tells_only_errors_and_a_verbose_one_of_each_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path("good.txt").write_text(GOOD)
    Path("bad.txt").write_text(BAD)
    assert run(capsys, "lint", "--no-db", "--quiet", "good.txt", "bad.txt") == (1, "", "")
    assert run(capsys, "lint", "--no-db", "-q", "gone.txt")[2].startswith("reviewer: gone.txt")
    code, out, err = run(capsys, "lint", "--no-db", "-v", "--format", "jsonl", "good.txt", "bad.txt")
    assert (code, len(out.splitlines())) == (1, 1)
    assert [re.sub(r"[\d.]+ s$", "", line) for line in err.splitlines()] == [
        f"good.txt: {len(GOOD.split())} words, 0 findings, ",
        f"bad.txt: {len(BAD.split())} words, 1 finding, ",
    ]
    assert run(capsys, "lint", "-q", "-v", "good.txt")[0] == 2


def test_the_text_report_shows_the_line_the_words_why_and_the_fix(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.txt").write_text(GOOD + "\n" + BAD)
    code, out, err = run(capsys, "lint", "--no-db", "bad.txt")
    assert (code, err) == (1, "")
    lines = out.splitlines()
    assert lines[0] == "bad.txt"
    assert lines[1].split()[:2] == ["3:23", "major"]
    assert lines[2].strip() == BAD.strip()
    assert lines[3].strip() == "^" * len('"combined fist"')
    assert lines[3].index("^") == lines[2].index('"combined')
    assert "boxing metaphor" in lines[4]
    assert any(line.strip().startswith("fix: 1 package of measures") for line in lines)
    assert lines[-1].startswith("1 finding in 1 file, 18 words: 1 major")


def test_jsonl_has_the_keys_of_the_contract_and_true_offsets(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.txt").write_bytes(("😀 " + GOOD + BAD).replace("\n", "\r\n").encode("utf-16"))
    code, out, _ = run(capsys, "lint", "--no-db", "--format", "jsonl", "bad.txt")
    (found,) = map(json.loads, out.splitlines())
    assert code == 1
    assert list(found) == KEYS.split()
    decoded = ("😀 " + GOOD + BAD).replace("\n", "\r\n")
    assert decoded[found["file_start"] : found["file_end"]] == found["text"] == '"combined fist"'
    assert BAD[found["start"] : found["end"]] == found["text"]


def test_segments_of_jsonl_keep_their_ids_and_have_no_place_in_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"id": 7, "target": BAD.strip(), "source": "全市打出税收组合拳。", "doc": "a"}, {"id": "x", "target": GOOD, "doc": "b"}]
    Path("pairs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    _, out, _ = run(capsys, "lint", "--no-db", "--ignore", "suspects", "--format", "jsonl", "pairs.jsonl")
    (found,) = map(json.loads, out.splitlines())
    assert (found["doc"], found["segment"], found["file_start"], found["file_end"]) == ("a", "7", None, None)
    assert found["related"] == [{"segment": "7", "start": 6, "end": 9, "text": "组合拳", "side": "source"}]


def test_json_is_one_array_even_when_empty(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.txt").write_text(BAD)
    Path("good.txt").write_text(GOOD)
    assert len(json.loads(run(capsys, "lint", "--no-db", "--format", "json", "bad.txt", "good.txt")[1])) == 1
    assert json.loads(run(capsys, "lint", "--no-db", "--format", "json", "good.txt")[1]) == []


def test_a_report_goes_to_a_file_whole_or_not_at_all(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.txt").write_text(BAD)
    code, out, _ = run(capsys, "lint", "--no-db", "--output", "report.txt", "bad.txt")
    assert (code, out) == (1, "")
    assert "combined fist" in Path("report.txt").read_text()
    assert run(capsys, "lint", "--no-db", "--output", "no/such/report.txt", "bad.txt")[0] == 2


@pytest.mark.parametrize(
    "output", ["good.txt", "./sub/../bad.txt", "hard.txt", "soft.txt", "own.db", "own.db-wal", "own.db-shm", "reviewer.toml"]
)
@pytest.mark.parametrize("made", [False, True])
def test_a_report_never_overwrites_what_the_call_reads_or_keeps(
    capsys: pytest.CaptureFixture[str], output: str, made: bool
) -> None:
    Path("sub").mkdir()
    Path("reviewer.toml").write_text('db = "own.db"\n')
    Path("good.txt").write_text(GOOD)
    Path("bad.txt").write_text(BAD)
    Path("hard.txt").hardlink_to("bad.txt")
    Path("soft.txt").symlink_to("bad.txt")
    if made:
        run(capsys, "lint", "good.txt")
    before = {path: path.read_bytes() for path in Path().iterdir() if path.is_file()}
    code, out, err = run(capsys, "lint", "--output", output, "good.txt", "bad.txt")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"reviewer: {Path(output)}: the report would overwrite the ")
    assert err.endswith("; give --output another name\n")
    assert {path: path.read_bytes() for path in Path().iterdir() if path.is_file()} == before


def test_a_file_that_was_not_read_is_not_said_to_be_clean(capsys: pytest.CaptureFixture[str]) -> None:
    Path("good.txt").write_text(GOOD)
    assert run(capsys, "lint", "--no-db", "missing.txt")[:2] == (2, "")
    assert run(capsys, "lint", "--no-db", "missing.txt", "good.txt")[:2] == (2, "\nNo findings in 1 file, 8 words.\n")


def test_a_report_is_not_replaced_where_no_file_could_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path("good.txt").write_text(GOOD)
    Path("report.txt").write_text("yesterday's")
    code, out, err = run(capsys, "lint", "--no-db", "--output", "report.txt", "missing.txt", "sub/missing.txt")
    assert (code, out, err.count("\n")) == (2, "", 2)
    assert Path("report.txt").read_text() == "yesterday's"
    run(capsys, "lint", "--no-db", "--output", "report.txt", "missing.txt", "good.txt")
    assert Path("report.txt").read_text() == "\nNo findings in 1 file, 8 words.\n"


def test_rules_are_selected_and_ignored_and_a_slip_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.txt").write_text(BAD)
    assert run(capsys, "lint", "--no-db", "--select", "calques/policy", "bad.txt")[0] == 1
    assert run(capsys, "lint", "--no-db", "--ignore", "calques", "bad.txt")[0] == 0
    code, _, err = run(capsys, "lint", "--no-db", "--select", "calques/polcy", "bad.txt")
    assert (code, err.count("\n")) == (2, 1)
    assert "no rule is called 'calques/polcy'" in err


def test_a_slip_in_the_settings_names_their_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path("good.txt").write_text(GOOD)
    Path("reviewer.toml").write_text('select = ["nope"]\nignore = ["neither"]\n')
    code, _, err = run(capsys, "lint", "--no-db", "--ignore", "nowhere", "good.txt")
    file = Path("reviewer.toml").resolve()
    assert (code, [line.split(";")[0] for line in err.splitlines()]) == (
        2,
        [
            f"reviewer: {file}: no rule is called 'nope'",
            f"reviewer: {file}: no rule is called 'neither'",
            "reviewer: no rule is called 'nowhere'",
        ],
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("lint",), "missing argument 'FILE...'; see reviewer lint --help"),
        (("lint", "--ouput", "x"), "no such option '--ouput' (did you mean '--output'?); see reviewer lint --help"),
        (("lnt",), "no such command 'lnt'"),
        (("rules", "show"), "missing argument 'RULE...'; see reviewer rules show --help"),
        (
            ("lint", "--min-confidence", "nan", "x"),
            "invalid value for '--min-confidence': nan is no number; see reviewer lint --help",
        ),
        (
            ("export", "a", "b", "--diff", "--in-place"),
            "--output, --diff and --in-place exclude each other; see reviewer export --help",
        ),
    ],
)
def test_a_wrong_call_is_one_line_that_names_the_help(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"reviewer: {said}")


def test_severity_and_confidence_have_a_floor(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.txt").write_text(BAD)
    assert run(capsys, "lint", "--no-db", "--min-severity", "critical", "bad.txt")[0] == 0
    assert run(capsys, "lint", "--no-db", "--min-confidence", "0.99", "bad.txt")[0] == 0


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("missing.txt", None, "no such file"),
        ("binary.txt", b"\x00\x01\x02\xff" * 99, "binary"),
        ("x.jsonl", b"{", "line 1"),
    ],
    ids=["missing", "binary", "broken"],
)
def test_bad_input_is_one_line_and_exit_code_2_and_the_other_files_are_reported(
    capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, complaint: str
) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    Path("bad.txt").write_text(BAD)
    code, out, err = run(capsys, "lint", "--no-db", name, "bad.txt")
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith(f"reviewer: {name}")
    assert complaint in err
    assert "combined fist" in out


def test_the_lines_of_old_macs_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.txt").write_bytes((GOOD + "\n" + BAD).replace("\n", "\r").encode())
    assert run(capsys, "lint", "--no-db", "bad.txt")[1].splitlines()[1].split()[0] == "3:23"


def test_a_name_with_line_ends_stays_on_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("x.jsonl").write_text(json.dumps({"id": "a\nb", "target": BAD.strip(), "doc": "c\r\nd"}) + "\n")
    out = run(capsys, "lint", "x.jsonl")[1].splitlines()
    assert out[0] == "x.jsonl [c␍␊d]"
    assert out[1].startswith("  segment a␊b  major")
    assert run(capsys, "report")[1].splitlines()[-1] == "x.jsonl#c␍␊d: 0 of 1 decided (1 open)"


def test_a_file_name_that_is_no_utf_8_is_blamed_for_itself(capsys: pytest.CaptureFixture[str]) -> None:
    name = os.fsdecode(b"\xff.txt")
    Path(name).write_text(BAD)
    code, _, err = run(capsys, "lint", name)
    assert (code, err.count("\n")) == (2, 1)
    assert err.startswith(r"reviewer: \xff.txt: its name is not valid UTF-8")
    assert run(capsys, "lint", "--no-db", name)[1].startswith(r"\xff.txt" + "\n")
    out = run(capsys, "lint", "--no-db", "--format", "jsonl", name)[1]
    assert json.loads(out.encode())["file"] == r"\xff.txt"


def test_text_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.txt").write_text("\x1b[31mRed\x1b[0m [bold]A[/bold] " + BAD + "\x9b2J\n")
    _, out, _ = run(capsys, "lint", "--no-db", "bad.txt")
    assert "\x1b" not in out
    assert "\x9b" not in out
    assert "[bold]A[/bold]" in out


def test_a_rule_with_an_error_names_its_file_and_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("own").mkdir()
    Path("own/mine.yaml").write_text("soup:\n  flag: '(soup'\n  why: A name.\n")
    Path("reviewer.toml").write_text('rules = ["own"]\n')
    Path("good.txt").write_text(GOOD)
    code, out, err = run(capsys, "lint", "--no-db", "good.txt")
    assert (code, out) == (2, "")
    assert "own/mine.yaml:2: soup: flag: a bracket that is never closed" in err


def test_what_was_linted_is_kept_and_what_was_rejected_does_not_come_back(capsys: pytest.CaptureFixture[str]) -> None:
    from reviewer.model import Verdict
    from reviewer.store import Store

    Path("bad.txt").write_text(BAD)
    assert run(capsys, "lint", "bad.txt")[0] == 1
    with Store.open(Path("review.db"), create=False) as store:
        (document,) = store.documents()
        (finding,) = store.findings(document.id)
        store.decide(finding.id, Verdict.REJECT, reviewer="Li")
    Path("bad.txt").write_text("A new first paragraph.\n\n" + BAD)
    assert run(capsys, "lint", "bad.txt")[0] == 0
    assert run(capsys, "lint", "--no-db", "bad.txt")[0] == 1


@pytest.mark.parametrize(("content", "complaint"), [(b"no database at all" * 99, "bad.db"), (None, "bad.db")])
def test_a_database_that_is_none_is_named_and_left_alone(
    capsys: pytest.CaptureFixture[str], content: bytes | None, complaint: str
) -> None:
    if content is None:
        Path("bad.db").mkdir()
    else:
        Path("bad.db").write_bytes(content)
    Path("good.txt").write_text(GOOD)
    code, out, err = run(capsys, "lint", "--db", "bad.db", "good.txt")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert complaint in err
    assert content is None or Path("bad.db").read_bytes() == content


def test_help_reads_like_documentation(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert all(word in out for word in ("reviewer lint", "Exit codes", "reviewer.toml", "review.db"))
