"""Names that stand in another form than the one English readers know."""

from __future__ import annotations

from pathlib import Path

from reviewer.checks import gazetteer
from reviewer.model import Document, Rule, Segment

FORMS = "Zhongqing, Zhong Qing = Chongqing = 重庆\nGuge = Google\n"
RULE = Rule("names/x/places", "Misread.", kind="gazetteer", detect="established", options={"forms": FORMS})


def found(target: str, source: str | None = None, rule: Rule = RULE) -> list[tuple[str, str, list[str]]]:
    document = Document(Path("a"), "text", (Segment("1", target, source),))
    return [(one.text, one.fixes[0].text, [at.text for at in one.related]) for one in gazetteer.compile([rule])(document)]


def test_each_form_becomes_the_established_one() -> None:
    assert found("From Zhongqing, or Zhong Qing, use Guge.") == [
        ("Zhongqing", "Chongqing", []),
        ("Zhong Qing", "Chongqing", []),
        ("Guge", "Google", []),
    ]


def test_a_form_counts_only_as_a_whole_word_with_its_capitals() -> None:
    assert found("The zhongqing of Zhongqings and old-Guge.") == []


def test_a_possessive_is_found_and_stays_outside_the_span() -> None:
    text = "Zhongqing's hills, and Guge’s maps."
    document = Document(Path("a"), "text", (Segment("1", text),))
    assert [one.span.of(text) for one in gazetteer.compile([RULE])(document)] == ["Zhongqing", "Guge"]
    assert found("The Zhongqing'shan road, O'Guge'd, Zhongqing's-hill and 'Guge'.") == []


def test_a_name_that_ends_in_s_takes_the_apostrophe_alone() -> None:
    rule = RULE._replace(options={"forms": "Maosi Dress = Maosi Dresses\nOlympiks = Olympics"})
    assert found("The Olympiks' rings and the Olympiks's flame.", rule=rule) == [("Olympiks", "Olympics", [])] * 2


def test_a_sentence_that_speaks_of_both_forms_is_about_the_name() -> None:
    assert found("Chongqing is misread as Zhongqing. Zhongqing is far.") == [("Zhongqing", "Chongqing", [])]


def test_beside_a_source_its_chinese_has_to_stand_there() -> None:
    assert found("From Zhongqing.", "来自重庆。") == [("Zhongqing", "Chongqing", ["重庆"])]
    assert found("From Zhongqing.", "来自中庆。") == []
    assert found("Use Guge.", "用谷歌。") == [("Guge", "Google", [])]


def test_needs_and_unless_look_at_the_sentence() -> None:
    rule = RULE._replace(needs="<search>", unless="<kingdom>")
    assert found("I walked to Guge. I searched with Guge. I searched the kingdom of Guge.", rule=rule) == [("Guge", "Google", [])]
