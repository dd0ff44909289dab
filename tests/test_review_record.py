"""`reviewer export --as`: a translation memory, MQM annotations and the log of decisions, whatever the text."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from reviewer import formats
from reviewer.export import decisions, mqm
from reviewer.model import Document, Segment, Span, Verdict
from reviewer.store import Mark, Store
from tests import hostile, stored
from tests.test_cli_lint import run

DOCS = Path(__file__).resolve().parent.parent / "docs"
SOURCE = "县里\t打出“组合拳”，</seg>\n<v>帮助果园。"
MIXED = (
    "The county threw combination punches\tto help\nits <v>orchards</v> &lt; all.",
    "=The pears\ufffc are very fragrant and\ufffc go by three-wheeled car.\x1b[31m\x00",
    '"-The pears are very fragrant."',
)


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def reviewed() -> None:
    """A database of one file with a source for its first paragraph, and of one with hostile text; in all states."""
    with Store.open(Path("review.db")) as store:
        mixed = stored.document(Path("news.txt").resolve(), MIXED)
        first = replace(mixed.segments[0], source=SOURCE)
        mixed = replace(mixed, segments=(first, *mixed.segments[1:]))
        evil = hostile.document(str(Path("evil.txt").resolve()), "d")
        run = store.start_run("lint")
        each = [replace(one, fingerprint=one.fingerprint + one.segment) for one in stored.findings(mixed)]
        store.record(mixed, each, run, sha256="", encoding="utf-8")
        store.record(evil, hostile.findings(evil), run, sha256="", encoding="utf-8")
        store.finish_run(run)
        news, other = sorted(store.documents(), key=lambda one: one.path.name, reverse=True)
        punches, fragrant, car, last = [one.id for one in store.findings(news.id)]
        store.decide(punches, Verdict.ACCEPT, reviewer="Li <li@x>", note="as\tsaid")
        store.decide(fragrant, Verdict.EDIT, text="sweet & <b>", reviewer="Mo")
        store.decide(car, Verdict.ACCEPT, reviewer="Mo")
        store.decide(last, Verdict.REJECT, reviewer="Li")
        store.undo("Li")
        store.redo("Li")
        store.decide(store.findings(other.id)[0].id, Verdict.EDIT, text='=1+1 </seg>"\x07', reviewer="Mo")


@pytest.mark.parametrize("kind", ["tmx", "mqm", "decisions"])
def test_it_is_the_same_each_time_whether_printed_or_written_and_needs_no_file(
    capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    reviewed()
    code, out, err = run(capsys, "export", "--as", kind)
    assert (code, err) == (0, "")
    assert run(capsys, "export", "--as", kind, "--output", "kept") == (0, "", "")
    assert Path("kept").read_bytes() == out.encode()
    code, news, _ = run(capsys, "export", "--as", kind, "news.txt")
    assert code == 0
    assert 0 < len(news) < len(out)
    assert not [sign for sign in out if ord(sign) < 0x20 and sign not in "\n\t"]


def units(text: str) -> list[etree._Element]:
    return list(etree.fromstring(text.encode()).iter("tu"))


def test_a_memory_pairs_the_chinese_or_else_the_words_from_before_with_the_corrected_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    reviewed()
    with_source, without = units(run(capsys, "export", "--as", "tmx", "news.txt")[1])
    assert with_source.get("changeid") == "Li <li@x>"
    assert re.fullmatch(r"\d{8}T\d{6}Z", with_source.get("changedate"))
    properties = {one.get("type"): one.text for one in with_source.iter("prop")}
    assert properties == {"x-file": "news.txt", "x-segment": "p0", "x-before": MIXED[0]}
    texts = [(one.get("{http://www.w3.org/XML/1998/namespace}lang"), one[0].text) for one in with_source.iter("tuv")]
    assert texts == [
        ("zh", SOURCE),
        ("en", MIXED[0].replace("combination punches", "a package of measures")),
    ]
    before, after = without.iter("seg")
    assert without.get("srclang") == before.getparent().values()[0] == "en-x-mt"
    assert "".join(before.itertext()) == "=The pears are very fragrant and go by three-wheeled car.\ufffd[31m\ufffd"
    assert "".join(after.itertext()) == "=The pears are very sweet & <b> and go by motor tricycle.\ufffd[31m\ufffd"
    assert [one.get("x") for one in after] == [one.get("x") for one in before] == ["1", "2"]
    assert without.get("changeid") == "Mo"


def test_a_memory_is_read_by_this_program_and_by_others(capsys: pytest.CaptureFixture[str]) -> None:
    reviewed()
    run(capsys, "export", "--as", "tmx", "--output", "memory.tmx")
    (document,) = formats.read(Path("memory.tmx"))
    (paired,) = [one for one in document.segments if one.source == SOURCE]
    assert paired.target[:38] == "The county threw a package of measures"
    tmx = pytest.importorskip("translate.storage.tmx", reason="translate-toolkit is of the dev extra")
    memory = tmx.tmxfile.parsefile("memory.tmx")
    assert [unit.target for unit in memory.units][1] == MIXED[0].replace("combination punches", "a package of measures")
    assert "very sweet & <b> and" in memory.units[2].target
    assert memory.units[1].source == SOURCE


def table(text: str) -> list[dict[str, str]]:
    """The rows of a table as annotation tools read it: no quotes."""
    lines = text.split("\n")
    assert lines.pop() == ""
    assert {line.count("\t") for line in lines} == {8}
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_mqm_has_a_row_an_error_with_the_words_marked_and_one_for_a_segment_without(capsys: pytest.CaptureFixture[str]) -> None:
    reviewed()
    rows = table(run(capsys, "export", "--as", "mqm", "--system", "Online-A", "news.txt")[1])
    assert tuple(rows[0]) == mqm.COLUMNS
    assert {row["system"] for row in rows} == {"Online-A"}
    assert [(row["doc"], row["doc_id"], row["seg_id"], row["rater"], row["category"], row["severity"]) for row in rows] == [
        ("news.txt", "1", "1", "Li <li@x>", "Accuracy/Mistranslation", "Major"),
        ("news.txt", "2", "2", "Mo", "Accuracy/Mistranslation", "Major"),
        ("news.txt", "2", "2", "Mo", "Accuracy/Mistranslation", "Major"),
        ("news.txt", "3", "3", "reviewer", "No-error", "No-error"),  # what was found there was rejected
    ]
    assert rows[0]["target"] == "The county threw <v>combination punches</v> to help its &lt;v>orchards&lt;/v> &lt; all."
    assert rows[0]["source"] == "县里 打出“组合拳”，</seg> &lt;v>帮助果园。"
    assert rows[1]["target"] == "'=The pears\ufffc are very <v>fragrant</v> and\ufffc go by three-wheeled car.␛[31m␀"
    assert rows[2]["target"].count("<v>") == 1
    assert rows[3]["target"] == '\'"-The pears are very fragrant."'


def test_no_cell_of_mqm_is_a_formula_and_every_row_marks_one_error_whatever_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    reviewed()
    rows = table(run(capsys, "export", "--as", "mqm")[1])
    assert len(rows) == 7 + 4
    assert not [cell for row in rows for cell in row.values() if cell.lstrip(' "')[:1] in tuple("=+-@")]
    errors = [row for row in rows if row["category"] != "No-error"]
    assert {(row["target"].count("<v>"), row["target"].count("</v>")) for row in errors} == {(1, 1)}
    assert [row["seg_id"] for row in rows] == sorted((row["seg_id"] for row in rows), key=int)
    assert {row["rater"] for row in rows} == {"reviewer", "Mo", "Li <li@x>"}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("accuracy/untranslated", "Accuracy/Untranslated text"),
        ("fluency/character-encoding", "Fluency/Character encoding"),
        ("terminology/inappropriate", "Terminology/Inappropriate for context"),
        ("locale/name-format", "Locale convention/Name format"),
        ("style", "Style"),
    ],
)
def test_a_category_has_the_name_that_wmt_gives_it(ours: str, theirs: str) -> None:
    assert mqm.category(ours) == theirs


def test_what_a_reviewer_marked_is_theirs_though_nobody_knows_a_better_word(capsys: pytest.CaptureFixture[str]) -> None:
    with Store.open(Path("review.db")) as store:
        one = Document(Path("a.txt").resolve(), "text", (Segment("p0", "The harbour are busy."),))
        run_id = store.start_run("lint")
        store.record(one, [], run_id, sha256="", encoding="utf-8")
        store.finish_run(run_id)
        (document,) = store.documents()
        mark = Mark(0, Span(4, 15), None, "fluency/grammar")
        store.settle([], [mark], document_id=document.id, reviewer="Li")
    (row,) = table(run(capsys, "export", "--as", "mqm")[1])
    assert (row["rater"], row["target"], row["category"]) == ("Li", "The <v>harbour are</v> busy.", "Fluency/Grammar")


def test_decisions_are_the_whole_log_also_of_findings_that_are_out_of_sight(capsys: pytest.CaptureFixture[str]) -> None:
    reviewed()
    with Store.open(Path("review.db"), create=False) as store:
        stored.lint(store, stored.document(Path("news.txt").resolve(), ("Nothing is left of it.",)))
        assert store.findings(store.documents(Path("news.txt").resolve())[0].id) == []
    rows = [json.loads(line) for line in run(capsys, "export", "--as", "decisions")[1].split("\n") if line]
    assert [(row["id"], row["verdict"], row["counts"]) for row in rows] == [
        (1, "accept", True),
        (2, "edit", True),
        (3, "accept", True),
        (4, "reject", False),
        (5, "open", False),
        (6, "reject", True),
        (7, "edit", True),
    ]
    assert (rows[4]["undoes"], rows[5]["restores"]) == (4, 4)
    assert [row["file"] for row in rows] == ["news.txt"] * 6 + ["evil.txt"]
    assert (rows[0]["reviewer"], rows[0]["note"], rows[0]["replacement"]) == ("Li <li@x>", "as\tsaid", "a package of measures")
    assert MIXED[0][rows[0]["start"] : rows[0]["end"]] == rows[0]["text"] == "combination punches"
    assert rows[6]["doc"] == "d"
    assert rows[6]["replacement"] == '=1+1 </seg>"\x07'
    some = [json.loads(line) for line in run(capsys, "export", "--as", "decisions", "news.txt")[1].splitlines()]
    assert some == rows[:6]


def test_every_key_of_a_decision_is_documented_in_its_order() -> None:
    page = (DOCS / "exports.md").read_text(encoding="utf-8")
    named = re.findall(r"(?m)^\| `(\w+)` \|", page)
    assert named == list(decisions.Record.__annotations__)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--as", "tmx", "--diff"), "--as goes with --output alone"),
        (("--as", "mqm", "--tracked"), "--as goes with --output alone"),
        (("--system", "x"), "--system goes with --as mqm"),
        (("--as", "tmx", "--system", "x"), "--system goes with --as mqm"),
        (("--as", "tmx", "--output", "news.txt"), "the record would overwrite the input"),
        (("--as", "tmx", "--output", "review.db"), "the record would overwrite the database"),
        (("--as", "mqm", "missing.txt"), "run `reviewer lint missing.txt` first"),
    ],
)
def test_a_call_that_cannot_be_met_is_refused_and_changes_nothing(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    reviewed()
    Path("news.txt").write_text("kept")
    code, out, err = run(capsys, "export", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert Path("news.txt").read_text() == "kept"
