"""Phrase rules: context, Chinese beside the English, fixes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from reviewer.checks import phrase
from reviewer.model import Document, Finding, ReviewerError, Rule, Segment

FISTS = Rule(
    id="test/fists", why="A metaphor.", zh=("组合拳",), flag="combination <fist>", use=("package of measures",), confidence=0.5
)


def check(rule: Rule, target: str, source: str | None = None) -> list[Finding]:
    return list(phrase.compile([rule])(Document(Path("a"), "text", (Segment("1", target, source),))))


def test_a_rule_is_silent_where_the_sentence_says_so() -> None:
    rule = FISTS._replace(unless="<boxer>")
    assert not check(rule, "The boxers used combination fists.")
    assert len(check(rule, "The boxers left. The ministry used combination fists.")) == 1


def test_a_rule_waits_for_the_words_it_needs_in_the_sentence() -> None:
    rule = FISTS._replace(needs="policy|market")
    assert check(rule, "The policy used combination fists.")
    assert not check(rule, "She used combination fists. The policy ended.")


def test_the_expected_chinese_raises_confidence_and_is_shown() -> None:
    (alone,) = check(FISTS, "It used combination fists.")
    (supported,) = check(FISTS, "It used combination fists.", "打出组合拳。")
    (unsupported,) = check(FISTS, "It used combination fists.", "出了两拳。")
    assert unsupported.confidence < alone.confidence < supported.confidence
    assert [(one.text, one.side, one.span.start) for one in supported.related] == [("组合拳", "source", 2)]


def test_an_ellipsis_in_the_chinese_stands_for_any_words() -> None:
    rule = FISTS._replace(zh=("与…有差距",))
    assert check(rule, "It used combination fists.", "与先进地区还有差距，与别处有差距。")[0].related


def test_words_are_found_wherever_they_stand_in_a_long_paragraph() -> None:
    rule = FISTS._replace(flag="combination (?:[a-z]+ ){0,60}<fist>(?! fight)", unless="<boxer>")
    for words in ("combination fist", "combination " + "of " * 60 + "fist"):
        for length in range(960, 1_040, 3):
            before, after = ("A long way. " * 200)[:length], "It went on. " * 90
            text = f"{before} {words}. {after}The boxer threw a {words} last night. It went on. The town had seen a {words}"
            found = check(rule, text)
            assert [one.span.start for one in found] == [length + 1, len(text) - len(words)]
            assert {one.text for one in found} == {words}


def test_a_list_of_thousands_without_a_full_stop_takes_no_time() -> None:
    started = time.process_time()
    assert len(check(FISTS._replace(unless="<boxer>|ring"), "combination fists & " * 12_000)) == 12_000
    assert time.process_time() - started < 5.0


@pytest.mark.parametrize(("without", "confidence"), [("silent", None), ("weaker", 0.475)])
def test_a_rule_that_waits_for_the_chinese_is_silent_or_weaker_without_it(without: str, confidence: float | None) -> None:
    rule = FISTS._replace(when_source="组合拳|连环拳", without_source=without)
    assert [one.confidence for one in check(rule, "It used combination fists.")] == ([confidence] if confidence else [])
    assert check(rule, "It used combination fists.", "连环拳")
    assert not check(rule, "It used combination fists.", "两拳")


def test_a_pattern_that_cannot_be_compiled_names_its_rule() -> None:
    rule = FISTS._replace(flag="combination fists{3,2}")
    with pytest.raises(ReviewerError, match="test/fists: min repeat greater"):
        check(rule, "A combination fists.")


def test_a_match_in_capitals_counts_only_where_the_rule_asks_for_it() -> None:
    rule = FISTS._replace(flag="CAS Member", match_case=True)
    assert check(rule, "An academician of the CAS Member.")
    assert not check(rule, "Any cas member.")


def test_an_empty_document_has_no_findings() -> None:
    assert not check(FISTS, "")
