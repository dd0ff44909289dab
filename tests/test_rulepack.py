"""Rule files and their errors."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reviewer import rulepack
from reviewer.model import ReviewerError, Severity, Span
from reviewer.rulepack import example

GOOD_RULE = """
dragon-head:
  flag: 'dragon-head <company>'
  why: A leading company.
"""


def write(folder: Path, text: str, name: str = "own/topic.yaml") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return folder


def errors(folder: Path, text: str) -> list[str]:
    with pytest.raises(ReviewerError) as caught:
        rulepack.load([write(folder, text)])
    return [line.removeprefix(str(folder) + "/") for line in str(caught.value).splitlines()]


def test_the_id_is_the_path_and_the_key(tmp_path: Path) -> None:
    (rule,) = rulepack.choose(rulepack.load([write(tmp_path, GOOD_RULE)]), ["own/topic/dragon-head"])
    assert (rule.why, rule.kind, rule.severity, rule.line) == ("A leading company.", "phrase", Severity.MINOR, 2)


def test_defaults_hold_for_the_rules_after_them(tmp_path: Path) -> None:
    rules = rulepack.load([write(tmp_path, "defaults: {severity: major, confidence: 0.9}\n" + GOOD_RULE)])
    (rule,) = rulepack.choose(rules, ["own"])
    assert (rule.severity, rule.confidence) == (Severity.MAJOR, 0.9)


def test_a_rule_of_the_project_takes_the_place_of_one_of_the_program(tmp_path: Path) -> None:
    own = "combination-fists: {flag: 'boxing metaphor', why: Ours.}\n"
    rules = rulepack.load([write(tmp_path, own, "calques/policy.yaml")])
    (rule,) = rulepack.choose(rules, ["calques/policy/combination-fists"])
    assert rule.why == "Ours."


def test_all_errors_come_at_once_with_their_lines(tmp_path: Path) -> None:
    text = """one:
  flag: '(open'
  why: Why.
two:
  flg: words
  why: Why.
three:
  flag: words
  severity: huge
  confidence: 2
  why: Why.
four:
  flag: '[a-z]+|words'
  why: Why.
  bad:
    - Nothing is marked.
    - One [[mark.
"""
    assert errors(tmp_path, text) == [
        "own/topic.yaml:2: one: flag: a bracket that is never closed at character 6 of '(open'",
        "own/topic.yaml:5: two: unknown key 'flg'; did you mean 'flag'?",
        "own/topic.yaml:9: three: severity: input should be 'critical', 'major' or 'minor'",
        "own/topic.yaml:10: three: confidence: input should be less than or equal to 1",
        "own/topic.yaml:13: four: every alternative of the flag needs a whole word to look for",
        "own/topic.yaml:16: four: a bad example marks no [[words]]: 'Nothing is marked.'",
        "own/topic.yaml:17: four: [[ and ]] do not pair up: 'One [[mark.'",
    ]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (GOOD_RULE + GOOD_RULE, "own/topic.yaml:6: the key 'dragon-head' stands twice"),
        ("one:\n  why: a\n  flag: abc\n  why: b\n", "own/topic.yaml:4: one: the key 'why' stands twice"),
        ("One Two: {flag: abc, why: a}", "own/topic.yaml:1: the key 'One Two' is not lower-case words joined by hyphens"),
        ("- a list", "own/topic.yaml:1: a rule file is a mapping from rule keys to rules"),
        ("one: [", "own/topic.yaml:2: not YAML: did not find expected node content"),
        ("one: {flag: abc}", "own/topic.yaml:1: one: the key 'why' is missing"),
        ("one: {flag: abc, why: a, zh: 3.5, unless: '<'}", "own/topic.yaml:1: one: zh: input should be a valid list"),
        ("one: {flag: abc, why: a, confidence: .inf}", "own/topic.yaml:1: one: confidence: input should be a valid number"),
        ("? [one]\n: {flag: abc, why: a}", "own/topic.yaml:1: the key '[...]' is not lower-case words joined by hyphens"),
        (
            "one: &rule\n  flag: abc\n  why: *rule\n",
            "own/topic.yaml:1: one: it holds itself by an alias (*), or its lists are too deep; write it out",
        ),
        ("one: {kind: doubled, why: a}", "own/topic.yaml:1: one: a rule of the kind 'doubled' needs a 'detect'"),
        (
            "one: {flag: abc, why: a, when_source: '('}",
            "own/topic.yaml:1: one: when_source: missing ), unterminated subpattern at position 0",
        ),
    ],
)
def test_an_error_names_the_file_the_line_and_the_key(tmp_path: Path, text: str, error: str) -> None:
    assert errors(tmp_path, text) == [error]


def test_a_key_that_is_like_no_other_is_met_with_all_there_are(tmp_path: Path) -> None:
    (error,) = errors(tmp_path, "one: {flag: abc, why: a, colour: red}")
    assert error.startswith("own/topic.yaml:1: one: unknown key 'colour'; there are why, kind, zh, flag,")


def test_a_pipe_among_the_rules_is_named_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yml").mkdir()
    for load in (rulepack.load, rulepack.load_to_run):
        with pytest.raises(ReviewerError) as error:
            load([tmp_path])
        assert str(error.value).splitlines() == [
            f"{tmp_path}/{name}: this is not a regular file; move it out of the rules" for name in ("folder.yml", "pipe.yaml")
        ]


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"one: {flag: caf\xe9, why: a}")
    with pytest.raises(ReviewerError, match=r"latin.yaml: not UTF-8 at byte 15"):
        rulepack.load([tmp_path])


def test_rules_are_chosen_by_folder_and_pattern_and_a_slip_is_mended() -> None:
    rules = rulepack.load()
    assert {rule.id.split("/")[0] for rule in rulepack.choose(rules, ["calques"])} == {"calques"}
    assert rulepack.choose(rules, ["calques"], ["*/policy/*"]) != rulepack.choose(rules, ["calques"])
    with pytest.raises(ReviewerError, match="did you mean calques/policy/combination-fists"):
        rulepack.choose(rules, ["calques/policy/combination-fist"])
    with pytest.raises(ReviewerError, match=r"^no rule is called 'nope'; `reviewer rules list` lists them$"):
        rulepack.choose(rules, ["nope"])


def test_an_example_has_segments_marks_chinese_and_a_fix() -> None:
    read = example.read({"en": "First [[one]].\nSecond [[two]]. => First.\nSecond.", "zh": "一\n二"})
    assert read.targets == ("First one.", "Second two.")
    assert read.spans == ((Span(6, 9),), (Span(7, 10),))
    assert read.sources == ("一", "二")
    assert read.fixed == "First.\nSecond."


def test_a_rule_that_is_off_runs_only_by_its_name(tmp_path: Path) -> None:
    rules = rulepack.load([write(tmp_path, GOOD_RULE + "  off: Readers do not mind.\n")])
    name = "own/topic/dragon-head"
    assert name in {rule.id for rule in rulepack.choose(rules)}
    assert name not in {rule.id for rule in (*rulepack.running(rules), *rulepack.running(rules, ["own"]))}
    assert [rule.id for rule in rulepack.running(rules, ["own", name])] == [name]
