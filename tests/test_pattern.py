"""The notation of patterns."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer import rulepack
from reviewer.checks.phrase.clues import PART, lower, searched, word_starts
from reviewer.checks.phrase.notation import PatternError
from reviewer.checks.phrase.pattern import Pattern, parse


def found(notation: str, text: str) -> list[str]:
    return [match.words for match in parse(notation).matches(text)]


def test_a_word_in_angle_brackets_stands_for_all_its_forms() -> None:
    assert found("<break> through", "They broke through, breaking through as others had broken through.") == [
        "broke through",
        "breaking through",
        "broken through",
    ]


def test_several_words_in_angle_brackets_are_alternatives() -> None:
    assert found("combined <fist|punch>", "a combined fist, combined punches") == ["combined fist", "combined punches"]


def test_a_space_is_any_white_space_and_a_hyphen_may_be_a_space() -> None:
    assert found("high-level forum", "high level\r\nforum, high-level forum") == ["high level\r\nforum", "high-level forum"]


def test_a_space_before_the_words_may_be_looked_for_too() -> None:
    assert found("(?<!Mount )Helan", "Mount Helan, the Helan") == ["Helan"]


def test_a_space_may_be_missing() -> None:
    assert found("tele ?work", "telework, tele work") == ["telework", "tele work"]


def test_quotes_match_straight_and_curly() -> None:
    assert found('"dragon head"', '“dragon head” and "dragon head"') == ["“dragon head”", '"dragon head"']


def test_a_pattern_stands_on_whole_words() -> None:
    assert found("soup", "soupy, non-soup, soup-like, soup.") == ["soup"]


def test_a_gap_takes_only_as_many_words_as_it_says_and_no_sentence_end() -> None:
    assert found(
        "<make> <0-2> progress", "made progress; made very great progress; made one two three progress; made. No progress"
    ) == [
        "made progress",
        "made very great progress",
    ]


def test_brackets_in_a_pattern_count_apart_from_words_in_angle_brackets() -> None:
    assert found(r"(\w+) <say> \1", "he said he") == ["he said he"]


@pytest.mark.parametrize(
    ("notation", "ways"),
    [
        ("<go> <0-2>to school", ["to school"]),
        ("<break> through", ["break through/breaking through/breaks through/broke through/broken through"]),
        ("fists?", ["fist/fists"]),
        (
            "(the )?combination \\w+ <fist|punch>",
            ["combination + fist/fisted/fisting/fists/punch/punched/punches/punching"],
        ),
        ("blood (relation|tie)s", ["blood relations/blood ties"]),
        ("(dragon|tiger)-heads?", ["dragon head/dragon heads/tiger head/tiger heads"]),
        ("(?!not )soup", ["soup"]),
        ("soup(?= kitchens?)", ["* kitchen + soup"]),
        ("people's daily|co\\., ltd", ["co ltd/s daily"]),
        ("a (?:very )?(?:big|great) rain", ["big rain/great rain/very big/very great"]),
        ("re-?open|art", ["art/re open/reopen"]),
        ("(\\w+) <say> \\1", ["said/say/saying/says"]),
        ("so|soup", [""]),
        ("(?:Li|Wu) \\w+", ["li/wu"]),
        ("(?:in|Wu) \\w+", [""]),
        ("innov\\w+", ["* innov"]),
        ("(?:north|south) of the", ["north of/south of"]),
        ("good-? soup", ["good soup"]),
    ],
)
def test_the_words_to_look_for_first_follow_from_the_pattern(notation: str, ways: list[str]) -> None:
    assert [" + ".join("/".join(sorted(some)) for some in way) for way in parse(notation).ways] == ways


def test_a_pattern_with_very_many_ways_asks_for_less() -> None:
    many = "|".join(f"word{chr(97 + n)}" for n in range(26))
    assert len(parse(f"({many}) ({many}) ({many}) end").ways) <= 48


@pytest.mark.parametrize(
    ("notation", "complaint"),
    [
        ("(open", "never closed"),
        ("shut)", "without its opening"),
        ("[a", "never closed"),
        ("<no good>", "holds words"),
        ("*a", "nothing before it"),
        ("a\\", "lone backslash"),
    ],
)
def test_a_slip_in_the_notation_is_named_with_its_place(notation: str, complaint: str) -> None:
    with pytest.raises(PatternError, match=complaint):
        parse(notation)


def test_what_only_the_regular_expression_refuses_is_named_too() -> None:
    with pytest.raises(PatternError, match="bad character range"):
        _ = parse("soup [z-a]").compiled


PATTERNS = [parse(rule.flag, match_case=rule.match_case) for rule in rulepack.load() if rule.flag]


@given(st.sampled_from(PATTERNS), st.text("abcdefghijklmnopqrstuvwxyz -'\"", max_size=60))
def test_no_match_lacks_every_word_to_look_for(pattern: object, text: str) -> None:
    assert isinstance(pattern, type(PATTERNS[0]))
    for match in pattern.matches(text):
        words = searched(text)
        clues = {clue for way in pattern.ways for some in way for clue in some}
        parts = {clue for clue in clues if clue.startswith(PART) and clue.removeprefix(PART) in words}
        held = {*parts, *words.split(), *map(" ".join, pairwise(words.split()))}
        assert any(all(some & held for some in way) for way in pattern.ways), match


MANY = "/".join(["li", "wanwu", *(f"word{letter}" for letter in "abcdefghijklmnopqrstuvwx")])


@pytest.mark.parametrize(
    ("notation", "starts"),
    [
        ("<break> through (\\w+)", "break through/breaking through/breaks through/broke through/broken through"),
        ("(?<=the )(?:big |old )?fists?", "big fist/big fists/fist/fists/old fist/old fists"),
        ("combination|fist of", "combination/fist of"),
        ('"?fist', "fist"),
        (r"(?:mr|dr)\.? fist", "dr fist/mr fist"),
        ("(\\w+) fist", ""),
        ("a \\w+ fist", "a"),
        ("[(]+fist", ""),
        ("(?:wanwu|" + "|".join(f"word{letter}" for letter in "abcdefghijklmnopqrstuvwx") + "|li)(?: [a-z]+)? said", MANY),
        ("(?:Li|Wu)an", "lian/wuan"),
        ("(?:the |every )*(?:big|small) fist", "big fist/every/small fist/the"),
    ],
)
def test_how_every_match_begins_is_known_where_a_pattern_begins_with_words(notation: str, starts: str) -> None:
    assert "/".join(sorted(clue.removeprefix(PART).strip() for clue in parse(notation).starts)) == starts


def test_a_place_in_the_text_searched_leads_to_the_word() -> None:
    text = 'The "co., Ltd" paid—twice.'
    assert "".join(text[place] for place in word_starts(text)) == "TcLpt"
    assert searched(text).split(" ")[1:-1] == ["the", "co", "ltd", "paid", "twice"]


@given(st.sampled_from(PATTERNS), st.text("abcdefghijklmnopqrstuvwxyz -'\"", max_size=60))
def test_matches_at_the_places_of_words_are_those_of_a_search(pattern: Pattern, text: str) -> None:
    if pattern.starts:
        places = word_starts(text)
        cased = text if pattern.match_case else lower(text)
        assert pattern.matches_at(text, cased, places, reach=1000) == list(pattern.matches(text))
