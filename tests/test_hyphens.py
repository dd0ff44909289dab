"""Lost hyphens: prefixes, adjectives before a noun, measures, and spaces left beside a hyphen."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.checks import hyphens
from reviewer.model import Document, Finding, ReviewerError, Rule, Segment

PREFIX = {"pairs": "co *, non *, inter *, self *, cross border, mid june"}
COMPOUND = {
    "pairs": "high level, long term, large scale, middle income, low energy, high quality, door to door, county level, "
    "one time, real world"
}
PARTICIPLE = {"heads": "related, based, powered", "tight": "friendly", "verbs": "led", "nouns": "state, market, user"}
UNITS = {"units": "degree, word, year, meter"}


def found(detect: str, options: dict[str, str], text: str) -> list[Finding]:
    rule = Rule(id="test/hyphens/x", why="A lost hyphen.", kind="hyphens", detect=detect, options=options)
    return list(hyphens.compile([rule])(Document(Path("a"), "text", (Segment("1", text),))))


def fixed(detect: str, options: dict[str, str], text: str) -> str:
    """The text with every fix applied, right to left."""
    for one in sorted(found(detect, options, text), key=lambda one: -one.span.start):
        text = text[: one.span.start] + one.fixes[0].text + text[one.span.end :]
    return text


def test_a_prefix_is_joined_whatever_follows() -> None:
    assert fixed("prefix", PREFIX, "Co owners say it is non binding.") == "Co-owners say it is non-binding."


def test_a_prefix_before_a_listed_word_is_joined_in_capitals_too() -> None:
    assert fixed("prefix", PREFIX, "The Cross Border Fair opens in Mid June.") == "The Cross-Border Fair opens in Mid-June."


@pytest.mark.parametrize(
    "text",
    [
        "Harbour Trading Co owns it.",
        "Inter beat them twice.",
        "It is, inter alia, wet.",
        "Few cross border rivers by boat, and to cross border posts takes time.",
        "Her true self emerged.",
        "The co-owners left.",
        "A non-co owned boat",
    ],
)
def test_a_name_a_verb_or_a_phrase_that_looks_like_a_prefix_is_left_alone(text: str) -> None:
    assert not [
        one for one in found("prefix", PREFIX, text) if one.text.lower().startswith(("co own", "inter", "to cross", "self"))
    ]


def test_to_cross_a_border_is_no_prefix() -> None:
    assert not found("prefix", PREFIX, "Nobody may cross border rivers here.")


def test_an_adjective_of_two_words_is_joined_before_a_noun_only() -> None:
    assert fixed("compound", COMPOUND, "A high level visit on a high level.") == "A high-level visit on a high level."


def test_a_line_break_between_the_words_is_a_space() -> None:
    assert fixed("compound", COMPOUND, "A high\nlevel visit.") == "A high-level visit."


@pytest.mark.parametrize(
    "text",
    [
        "In the long term prices fall.",
        "It was sold on a large scale last year.",
        "Low energy prices help.",
        "They keep high quality and care.",
    ],
)
def test_a_phrase_that_ends_before_the_next_word_is_left_alone(text: str) -> None:
    assert not found("compound", COMPOUND, text)


def test_the_measure_of_a_quantity_is_not_the_adjective_of_a_thing() -> None:
    assert fixed("compound", COMPOUND, "Low energy lamps, low energy costs.") == "Low-energy lamps, low energy costs."
    assert fixed("compound", COMPOUND, "High quality growth.") == "High-quality growth."


def test_two_adjectives_that_share_their_noun_both_get_a_hyphen() -> None:
    assert fixed("compound", COMPOUND, "In low and middle income homes.") == "In low- and middle-income homes."


def test_a_quotation_mark_or_a_nation_after_the_words_changes_nothing() -> None:
    assert fixed("compound", COMPOUND, 'A high level "forum" and long term Danish plans.') == (
        'A high-level "forum" and long-term Danish plans.'
    )


def test_a_name_may_follow_words_that_are_in_capitals_themselves() -> None:
    assert (
        fixed("compound", COMPOUND, "The High level Forum, the high level Forum.") == "The High-level Forum, the high level Forum."
    )


def test_names_are_kept_where_the_rule_says_so() -> None:
    kept = {**COMPOUND, "names": "no"}
    assert not found("compound", kept, "The High Level Forum met.")
    assert found("compound", kept, "The high level forum met.")


def test_words_that_may_be_a_verb_need_an_article_before_them() -> None:
    options = {"pairs": "follow up", "determiner": "yes"}
    assert fixed("compound", options, "A follow up visit.") == "A follow-up visit."
    assert not found("compound", options, "They follow up leads.")


def test_a_noun_and_a_participle_are_joined_where_a_preposition_shows_the_noun() -> None:
    assert fixed("noun-and-participle", PARTICIPLE, "A stock of laser related parts.") == "A stock of laser-related parts."


@pytest.mark.parametrize(
    "text",
    [
        "Closely related species.",
        "They trace related cases.",
        "The state led reforms.",
        "It is based on sand.",
        "Two related firms.",
    ],
)
def test_an_adverb_or_a_verb_before_a_participle_is_left_alone(text: str) -> None:
    assert not found("noun-and-participle", PARTICIPLE, text)


def test_a_past_tense_is_a_participle_behind_an_article() -> None:
    assert (
        fixed("noun-and-participle", PARTICIPLE, "A state led plan and an Oslo based firm.")
        == "A state-led plan and an Oslo-based firm."
    )


def test_a_number_and_its_unit_are_joined_before_a_noun() -> None:
    assert fixed("measure", UNITS, "A 90 degree turn in a three year plan.") == "A 90-degree turn in a three-year plan."


def test_a_long_number_gets_its_comma_too() -> None:
    assert fixed("measure", UNITS, "A 7000 word essay.") == "A 7,000-word essay."


def test_what_is_measured_belongs_to_the_measure() -> None:
    assert fixed("measure", UNITS, "A two meter high wall, a 6 year old.") == "A two-meter-high wall, a 6-year-old."


@pytest.mark.parametrize(
    "text", ["In 1998 year books sold.", "On May 10 year two began.", "It cooled by 90 degree and more.", "No. 5 word list"]
)
def test_a_year_a_date_or_a_number_that_is_a_name_is_no_measure(text: str) -> None:
    assert not found("measure", UNITS, text)


def test_spaces_beside_a_hyphen_go() -> None:
    options = {"pairs": "co *, high tech, year old, door to door"}
    assert fixed("spaced-hyphen", options, "A co - owner, a high -tech park, a 9 - year - old, door - to - door.") == (
        "A co-owner, a high-tech park, a 9-year-old, door-to-door."
    )


NAMES = {"names": "Norfolk, Suffolk, Essex, Kent, East Kent"}


def test_names_in_a_row_are_joined_or_listed() -> None:
    (one,) = found("names-in-a-row", NAMES, "the Norfolk Suffolk Essex region.")
    assert [fix.text for fix in one.fixes] == ["Norfolk-Suffolk-Essex", "Norfolk, Suffolk and Essex"]
    assert fixed("names-in-a-row", NAMES, "the Essex East Kent ferry.") == "the Essex-East Kent ferry."


@pytest.mark.parametrize(
    "text", ["In Essex Kent firms prosper.", "Norfolk, Suffolk and Essex", "He left Norfolk Suffolk", "Essex Essex ferry"]
)
def test_two_names_that_meet_by_chance_are_no_row(text: str) -> None:
    assert not found("names-in-a-row", NAMES, text)


def test_a_suspended_hyphen_keeps_its_space() -> None:
    assert not found("spaced-hyphen", {"pairs": "co *, pre *"}, "Pre- and post-war homes.")


def test_a_letter_that_grows_in_lower_case_moves_no_span() -> None:
    (one,) = found("compound", COMPOUND, "İİİ: a high level visit.")
    assert one.text == "high level"


def test_a_list_that_is_missing_or_malformed_names_the_rule() -> None:
    with pytest.raises(ReviewerError, match="test/hyphens/x: the detector 'compound' needs the option 'pairs'"):
        found("compound", {}, "")
    with pytest.raises(ReviewerError, match="'high' is not two words"):
        found("compound", {"pairs": "high"}, "")


def test_an_unknown_detector_names_the_rule_and_those_there_are() -> None:
    with pytest.raises(ReviewerError, match="test/hyphens/x: no detector is called 'prefixes'; there are compound, "):
        found("prefixes", {}, "")
