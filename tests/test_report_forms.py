"""Reports that programs read: each passes its schema, whatever the text, and none is taken for markup, a formula or a command."""

from __future__ import annotations

import csv
import io
import json
import re
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator, Draft202012Validator
from lxml import etree
from markdown_it import MarkdownIt

from reviewer.levels import USUAL
from reviewer.model import Document, Finding, Fix, Piece, Rule, Segment, Severity, Span
from reviewer.report import records
from reviewer.report.forms import FORMS, Manner, written
from reviewer.report.place import Lines, Place, places
from reviewer.report.tally import Tally
from tests.hostile import EVIL, NAME, hostile_places

TOP = Path(__file__).resolve().parent.parent
DATA = TOP / "tests" / "data" / "report"
PUBLISHED = json.loads((TOP / "docs" / "report.schema.json").read_text(encoding="utf-8"))
SARIF = json.loads((DATA / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
RULE = Rule(id="calques/fists", why="A boxing metaphor.", zh=("组合拳",), use=("package",), confidence=0.8)
TEXT = "The 😀 “𠮷” of\r\ncombination fists here.\r\n"


def report(form: str, found: list[Place], clean: int = 0, manner: Manner = Manner(for_file=True)) -> str:  # noqa: B008  # frozen
    """A report with its tally: 100 words in each document, and so many more in a document without findings."""
    tally = Tally({place.file for place in found} | ({"clean.txt"} if clean else set()))
    for file, name in dict.fromkeys((place.file, place.document.name) for place in found):
        tally.read(file, name, 100)
    if clean:
        tally.read("clean.txt", "", clean)
    return "".join(written(form, found, tally, lambda: {RULE.id: RULE}, manner))


def one_place(text: str = TEXT, format: str = "text", words: str = "fists", kind: str = "paragraph") -> Place:
    """A finding with a safe fix, in a document of one segment."""
    segment = Segment("p0", text, kind=kind, pieces=(Piece(0, 0, len(text), len(text)),))
    span = Span(text.index(words), text.index(words) + len(words))
    finding = Finding(
        RULE.id, "p0", span, words, RULE.why, "style", Severity.MAJOR, 0.8, (Fix(span, "a|b", True),), fingerprint="f00d"
    )
    lines = Lines(iter([text])) if format != "jsonl" else None
    (place,) = places("news/a b.txt", Document(Path("a.txt"), format, (segment,)), [finding], lines)
    return place


@pytest.mark.parametrize("form", FORMS)
def test_a_report_is_the_same_each_time_and_holds_no_control_code(form: str) -> None:
    text = report(form, hostile_places(), 50)
    assert text == report(form, hostile_places(), 50)
    allowed = "\n" if form != "csv" else "\n\t"
    assert not [sign for sign in text if ord(sign) < 0x20 and sign not in allowed]
    if form not in ("json", "jsonl", "gitlab"):  # there text is data, and stays what it is
        assert not {"\x7f", "\x9b", "\u202e"} & set(text)


@pytest.mark.parametrize("form", FORMS)
def test_a_report_of_nothing_is_whole(form: str) -> None:
    text = report(form, [], 50)
    if form in ("json", "gitlab"):
        assert json.loads(text) == []
    elif form == "sarif":
        Draft4Validator(SARIF).validate(json.loads(text))
    elif form in ("jsonl", "github"):
        assert text == ""
    else:
        assert text


@pytest.mark.parametrize("found", [hostile_places(), [one_place()], [one_place(format="jsonl")]], ids=["hostile", "plain", "jsonl"])
def test_json_passes_the_published_schema(found: list[Place]) -> None:
    Draft202012Validator.check_schema(PUBLISHED)
    Draft202012Validator(PUBLISHED).validate(json.loads(report("json", found)))
    assert [json.loads(line) for line in report("jsonl", found).split("\n") if line] == json.loads(report("json", found))


@pytest.mark.parametrize(
    ("record", "schema"),
    [
        (records.Record, PUBLISHED["$defs"]["finding"]),
        (records.FixRecord, PUBLISHED["$defs"]["finding"]["properties"]["fixes"]["items"]),
        (records.RelatedRecord, PUBLISHED["$defs"]["finding"]["properties"]["related"]["items"]),
    ],
)
def test_the_published_schema_has_every_key(record: type, schema: dict[str, Any]) -> None:
    assert list(record.__annotations__) == schema["required"] == list(schema["properties"])


@pytest.mark.parametrize("found", [hostile_places(), [one_place()], [one_place(format="jsonl")]], ids=["hostile", "plain", "jsonl"])
def test_sarif_passes_the_schema_of_its_standard(found: list[Place]) -> None:
    log = json.loads(report("sarif", found))
    Draft4Validator(SARIF).validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result, place in zip(run["results"], found, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == place.finding.rule
        assert result["partialFingerprints"] == {"reviewer/v1": place.finding.fingerprint}
    assert all(rule["help"]["text"] and rule["help"]["markdown"] for rule in rules)


def test_sarif_counts_columns_in_utf_16_and_says_so() -> None:
    (run,) = json.loads(report("sarif", [one_place(words="𠮷” of\r\ncombination")]))["runs"]
    assert run["columnKind"] == "utf16CodeUnits"
    (location,) = run["results"][0]["locations"]
    region = location["physicalLocation"]["region"]
    assert {key: region[key] for key in region if key != "snippet"} == {
        "startLine": 1,
        "startColumn": 9,  # after "The ", a sign of two units, a space and a quotation mark
        "endLine": 2,
        "endColumn": 12,
    }
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "news/a%20b.txt"}


def test_sarif_has_fixes_as_the_file_writes_them_and_what_the_rule_says() -> None:
    (run,) = json.loads(report("sarif", [one_place(format="markdown", kind="cell")]))["runs"]
    (change,) = run["results"][0]["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    assert replacement["insertedContent"] == {"text": "a\\|b"}
    (rule,) = run["tool"]["driver"]["rules"]
    assert (
        rule["help"]["text"]
        == "A boxing metaphor.\nChinese: 组合拳\nWrite: package\nSeverity: minor\nCategory: accuracy/mistranslation"
    )


def test_sarif_of_a_format_without_lines_names_the_segment_and_has_no_region() -> None:
    (run,) = json.loads(report("sarif", [one_place(format="jsonl")]))["runs"]
    (location,) = run["results"][0]["locations"]
    assert "region" not in location["physicalLocation"]
    assert location["logicalLocations"] == [{"name": "p0", "fullyQualifiedName": "p0", "kind": "segment"}]
    assert "fixes" not in run["results"][0]


def test_sarif_takes_no_text_for_a_link() -> None:
    (run,) = json.loads(report("sarif", hostile_places()))["runs"]
    assert all("\\[a](b)" in result["message"]["text"] for result in run["results"])


def test_junit_passes_its_schema_and_a_clean_document_passes_its_test() -> None:
    schema = etree.XMLSchema(etree.parse(DATA / "junit-10.xsd"))
    root = etree.fromstring(report("junit", [*hostile_places(), one_place()], 50).encode())
    schema.assertValid(root)
    counted = [(suite.get("tests"), suite.get("failures"), len(suite)) for suite in root]
    assert counted == [("7", "7", 7), ("1", "1", 1), ("1", "0", 1)]
    assert EVIL in root[0][0][0].get("message")
    assert root[1][0][0].text.startswith("news/a b.txt:2:13: “fists”: A boxing metaphor.")
    assert len(root[2][0]) == 0


def test_a_github_annotation_is_one_line_with_its_marks_escaped() -> None:
    lines = report("github", hostile_places()).splitlines()
    assert len(lines) == 7
    for line, place in zip(lines, hostile_places(), strict=True):
        command, message = line[2:].split("::", 1)
        kind, properties = command.split(" ", 1)
        named = dict(one.split("=", 1) for one in properties.split(","))
        assert kind == {"critical": "error", "major": "warning", "minor": "notice"}[place.finding.severity]
        assert unquote(named["file"]) == "a,b:c%<b>|`x`␛[31m␊<202E>.txt"
        assert named.get("line") == (str(place.begin.line) if place.begin else None)
        assert "%25" in message
    (line,) = report("github", [one_place(format="jsonl")]).splitlines()
    assert line.startswith("::warning file=news/a b.txt,title=calques/fists::p0: “fists”")


def called(form: str, **levels: str) -> Manner:
    """The manner in which a report calls severities otherwise than usual."""
    return Manner(levels={**USUAL, form: {**USUAL[form], **{Severity(name): level for name, level in levels.items()}}})


def test_a_severity_has_the_level_that_the_settings_give_it_or_is_left_out() -> None:
    junit = etree.fromstring(
        report("junit", hostile_places(), 50, called("junit", critical="error", minor="skipped", major="none")).encode()
    )
    etree.XMLSchema(etree.parse(DATA / "junit-10.xsd")).assertValid(junit)
    counts = [{name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")} for suite in junit]
    assert counts == [
        {"tests": "5", "failures": "0", "errors": "2", "skipped": "3"},
        {"tests": "1", "failures": "0", "errors": "0", "skipped": "0"},
    ]
    assert [case[0].tag for case in junit[0]] == ["error"] * 2 + ["skipped"] * 3
    log = json.loads(report("sarif", hostile_places(), manner=called("sarif", critical="note", minor="none")))
    Draft4Validator(SARIF).validate(log)
    assert [result["level"] for result in log["runs"][0]["results"]] == ["note"] * 2 + ["warning"] * 2
    issues = json.loads(report("gitlab", hostile_places(), manner=called("gitlab", critical="blocker", major="none")))
    assert [issue["severity"] for issue in issues] == ["blocker"] * 2 + ["minor"] * 3
    lines = report("github", hostile_places(), manner=called("github", critical="none", minor="error")).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::warning"] * 2 + ["::error"] * 3


def test_of_each_level_github_is_given_the_surest_in_their_order_and_told_how_many_there_are() -> None:
    sure = [0.5, 0.9, 0.2, 0.8, 0.3, 0.3, 0.4] * 2
    found = [
        replace(place, finding=replace(place.finding, confidence=confidence, rule=f"r/{number}"))
        for number, (place, confidence) in enumerate(zip(hostile_places() * 2, sure, strict=True))
    ]

    def rules(manner: Manner) -> list[str]:
        return re.findall(r"title=r/(\d+)::", report("github", found, manner=manner))

    assert rules(Manner(most=2)) == ["1", "3", "6", "8", "10", "13"]
    assert rules(Manner(most=0)) == rules(Manner(most=6)) == [str(number) for number in range(14)]
    assert report("github", found, manner=Manner(most=2)).endswith(
        "\nand 8 more, which GitHub would not show; the other reports have them\n"
    )


def test_gitlab_has_what_its_importer_needs_and_two_files_are_two_issues() -> None:
    issues = json.loads(report("gitlab", [*hostile_places(), *hostile_places(file="b.txt")]))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 14
    for issue in issues:
        assert {"description", "check_name", "fingerprint", "severity", "location"} <= set(issue)
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1
    assert issues[0]["location"]["path"] == NAME


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\r=1", "\n=1"])
def test_a_cell_of_csv_is_never_a_formula(start: str) -> None:
    rows = list(csv.DictReader(io.StringIO(report("csv", [one_place(f"{start} fists", words=start)]), newline="")))
    (row,) = rows
    assert row["text"] == ("␍=1" if start == "\r=1" else f"'{start}")
    assert (row["line"], row["fix"], row["safe"], row["state"]) == ("1", "a|b", "yes", "open")


def test_no_cell_of_csv_begins_like_a_formula_whatever_the_text() -> None:
    rows = list(csv.reader(io.StringIO(report("csv", hostile_places()), newline="")))
    assert len(rows) == 8
    assert not [cell for row in rows for cell in row if cell.strip()[:1] in tuple("=+-@")]


def test_a_markdown_summary_has_no_markup_of_the_text() -> None:
    text = report("markdown", hostile_places(), 900)
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    kinds = {token.type for token in tokens} | {inner.type for token in tokens for inner in token.children or ()}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "fence", "code_block"}
    rows = [token for token in tokens if token.type == "tr_open"]
    assert len(rows) == 4 + 2 + 4 + 4
    spans = [inner.content for token in tokens for inner in token.children or () if inner.type == "code_inline"]
    assert "a,b:c%<b>|`x`␛[31m␊<202E>.txt" in spans
    assert "1,000 words, MQM score **63.0** a thousand words: 1,000 × (25 × critical + 5 × major + 1 × minor) ÷ words." in text


def many(documents: int) -> Iterator[Place]:
    """A finding in each of many documents of 100,000 characters, made as they are asked for."""
    for number in range(documents):
        text = "combination fists " + "x" * 100_000
        segment = Segment("p0", text, pieces=(Piece(0, 0, len(text), len(text)),))
        finding = Finding("r", "p0", Span(0, 17), text[:17], "Why.", "style", Severity.MINOR, 0.5, fingerprint=str(number))
        document = Document(Path(f"{number}.txt"), "text", (segment,))
        yield from places(f"{number}.txt", document, [finding], Lines(iter([text])))


@pytest.mark.parametrize("form", FORMS)
def test_a_report_holds_one_document_at_a_time(form: str) -> None:
    peaks = []
    for documents in (1, 5, 60):  # the first loads what the form needs
        tracemalloc.start()
        for _ in written(form, many(documents), Tally(), dict, Manner(for_file=True)):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[2] < peaks[1] + 1_500_000, "the texts of 55 more documents are 5.5 MB"
