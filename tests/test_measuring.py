"""Rules measured against professionals, and the confidence that comes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reviewer import measuring
from reviewer.model import ReviewerError, Rule
from reviewer.rulepack import record
from reviewer.rulepack.record import Record

FISTS = Rule("calques/policy/fists", "A boxing metaphor.", flag="combination fists", confidence=0.6)
SOUP = Rule("calques/policy/soup", "A name as a word.", flag="soup", confidence=0.6)


def annotated(folder: Path, *raters: list[list[int | str]]) -> Path:
    row = {"id": "1", "system": "A", "doc": "d", "target": "They threw combination fists at it.", "source": None}
    file = folder / f"annotated-{len(raters)}.jsonl"
    file.write_text(json.dumps({**row, "raters": {f"r{n}": spans for n, spans in enumerate(raters)}}) + "\n", encoding="utf-8")
    return file


MARKED: list[list[int | str]] = [[11, 28, "major", "Accuracy/Mistranslation"]]
TOUCHED: list[list[int | str]] = [[11, 16, "minor", "Style"]]


def test_a_hit_is_confirmed_by_the_pairs_of_raters_who_marked_half_of_it(tmp_path: Path) -> None:
    found = measuring.measure([FISTS, SOUP], [annotated(tmp_path, MARKED, TOUCHED, [])], [])
    assert found == {FISTS.id: Record(hits=1, confirmed=2 / 3), SOUP.id: Record()}


def test_what_one_rater_marked_is_counted_apart_and_good_english_as_false_alarms(tmp_path: Path) -> None:
    english = tmp_path / "english.txt"
    english.write_text("The potter made combination fists of clay.\n\nThe soup was hot.\n", encoding="utf-8")
    found = measuring.measure([FISTS, SOUP], [annotated(tmp_path, MARKED)], [english])
    assert found == {FISTS.id: Record(0, 0.0, 1, 1.0, 1), SOUP.id: Record(english=1)}


def test_what_is_no_annotation_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('\n{"id": "1", "target": "x"}\n', encoding="utf-8")
    with pytest.raises(ReviewerError, match=r"a\.jsonl:2: no segment with MQM annotations"):
        measuring.measure([FISTS], [file], [])


def test_records_are_read_as_they_were_written(tmp_path: Path) -> None:
    records = {"b/c/d": Record(3, 1.5, 2, 1.0, 1), "a/b/c": Record(1, 0.33, 0, 0.0, 0), "never/found/it": Record()}
    file = tmp_path / record.FILE
    file.write_text(record.written(records), encoding="utf-8")
    assert record.read(file) == {rule: one for rule, one in records.items() if one != Record()}
    assert record.read(tmp_path / "none.tsv") == {}
    file.write_text("a/b/c\tmany\t0\t0\t0\t0\n", encoding="utf-8")
    with pytest.raises(ReviewerError, match=r"record\.tsv:1: no record"):
        record.read(file)


def confidence(**records: Record) -> dict[str, float]:
    rules = [FISTS._replace(id=f"calques/{name.replace('_', '/')}") for name in (*records, "policy_new")]
    found = record.confident(rules, {f"calques/{name.replace('_', '/')}": one for name, one in records.items()})
    return {rule.id.rpartition("/")[2]: rule.confidence for rule in found}


def test_many_hits_outweigh_the_author_and_few_do_not() -> None:
    found = confidence(policy_often=Record(200, 180.0), policy_once=Record(1, 0.0))
    assert found["often"] > 0.85
    assert 0.55 < found["once"] < found["new"]


def test_a_rule_without_hits_borrows_from_its_file() -> None:
    assert confidence(policy_bad=Record(50, 2.0))["new"] < 0.5 < confidence(policy_good=Record(50, 48.0))["new"]


def test_false_alarms_in_good_english_count() -> None:
    assert confidence(policy_a=Record(10, 8.0, english=10))["a"] < confidence(policy_a=Record(10, 8.0))["a"]


def test_what_several_raters_say_outweighs_what_one_does() -> None:
    found = confidence(policy_often=Record(20, 18.0, 40, 4.0), policy_half=Record(20, 10.0, 40, 20.0))
    assert found["often"] > 0.7


def test_without_records_and_in_a_file_without_any_the_author_is_believed() -> None:
    assert record.confident([FISTS], {}) == (FISTS,)
    assert record.confident([FISTS], {"other/file/rule": Record(9, 0.0)}) == (FISTS,)
