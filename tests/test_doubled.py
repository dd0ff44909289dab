"""What a text says twice: headlines, paragraphs, sentences, phrases and words."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.checks import doubled
from reviewer.model import Document, Rule, Segment, Span
from tests.detecting import LONG, UGLY, findings, mended, seconds

LEAD = "The pier had been closed since March, when a storm broke three of its piles and carried the café on its end out to sea."


def marked(detect: str, *texts: str, sources: tuple[str, ...] = (), kind: str = "paragraph") -> list[tuple[str, str]]:
    """(segment, words) of every finding."""
    return [(one.segment, one.text) for one in findings(doubled.compile, detect, *texts, sources=sources, kind=kind)]


def beside_code(detect: str, text: str) -> list[str]:
    """The words of every finding in a text where `code` stands between backticks, which a reader does not see."""
    target, opaque = "", []
    for number, part in enumerate(text.split("`")):
        if number % 2:
            opaque.append(Span(len(target), len(target) + len(part)))
        target += part
    rule = Rule(id="test/rule/one", why="A test.", kind="doubled", detect=detect)
    document = Document(Path("test"), "markdown", (Segment("0", target, opaque=tuple(opaque)),))
    return [one.text for one in doubled.compile([rule])(document)]


def fixed(detect: str, text: str) -> str:
    return mended(text, findings(doubled.compile, detect, text))


@pytest.mark.parametrize(
    "again",
    [
        "Old pier opens again after the storm",
        "Old Pier Opens Again After the Storm",
        '"Old pier" opens again, after storm',
        "Old pier opens again after the storm | Harbour | News",
        "Old pier opens again after the storm - Harbour Daily",
        "Oldpier opens again after the storm",
    ],
)
def test_a_headline_said_twice_is_marked_on_the_second_copy(again: str) -> None:
    assert marked("headline-twice", "Old pier opens again after the storm", again, LEAD) == [("1", again)]


def test_the_first_copy_is_related_and_the_fix_deletes_the_second() -> None:
    one = findings(doubled.compile, "headline-twice", "Old pier opens again", "Old pier opens again")[0]
    assert [(place.segment, place.text) for place in one.related] == [("0", "Old pier opens again")]
    assert [fix.text for fix in one.fixes] == [""]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Men's final ends in the rain at the old harbour", "Women's final ends in the rain at the old harbour"),
        ("Table 1: prices of salt by month", "Table 2: prices of salt by month"),
        ("Team A wins the relay on the first day of the games", "Team B wins the relay on the first day of the games"),
        ("Photo by the harbour office of the town", "Photo by the harbour office of the town"),
        ("* * *", "* * *"),
        ("Yes", "Yes"),
    ],
)
def test_lines_that_only_resemble_each_other_are_two_lines(first: str, second: str) -> None:
    assert marked("headline-twice", first, second, "So it is.") == []


def test_a_short_line_said_twice_is_a_headline_on_top_of_a_paragraph_or_where_the_format_says_so() -> None:
    assert marked("headline-twice", "Harbour News", "Harbour News", LEAD) == [("1", "Harbour News")]
    assert marked("headline-twice", "Harbour News", "Harbour News", "Short.") == []
    assert marked("headline-twice", "Tides", "Tides", kind="heading") == [("1", "Tides")]


def test_a_line_that_a_song_repeats_is_left_alone() -> None:
    song = (
        "The tide is coming in tonight",
        "The tide is coming in tonight",
        "And lamps burn low",
        "The wind is up",
        "The bell begins",
    )
    assert marked("headline-twice", *song) == []


def test_a_line_that_the_chinese_says_twice_is_left_alone() -> None:
    lines = ("Old pier opens again", "Old pier opens again")
    assert marked("headline-twice", *lines, sources=("旧码头重新开放", "旧码头重新开放｜新闻")) == []
    assert marked("headline-twice", *lines, sources=("旧码头重新开放", "码头咖啡馆也将开张")) == [("1", lines[1])]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Old pier opens again after the storm Old pier opens again after the storm", "Old pier opens again after the storm"),
        ("Old pier opens again, at last\nOld pier opens again, at last", "Old pier opens again, at last"),
        ('"Old pier" opens once again! "Old pier" opens once again!', '"Old pier" opens once again!'),
        ("Old pier opens again", "Old pier opens again"),
    ],
)
def test_a_headline_glued_to_itself_loses_its_second_copy(text: str, right: str) -> None:
    assert fixed("headline-glued", text) == right


def test_a_headline_that_opens_the_text_below_it_is_marked_there() -> None:
    headline = "Old Pier Opens Again After the Winter Storm"
    assert marked("headline-in-lead", f"{headline} | News", f"{headline}. It rained.") == [("1", f"{headline}. ")]
    assert marked("headline-in-lead", headline, f"{headline} It rained all day.") == [("1", f"{headline} ")]
    assert marked("headline-in-lead", headline, f"{headline}, and it rained all day.") == []
    assert marked("headline-in-lead", "Old pier opens", "Old pier opens. It rained.") == []


def test_a_paragraph_said_before_is_marked_wherever_it_comes_again() -> None:
    paragraph = "The council spent most of the evening on the budget."
    assert marked("paragraph-twice", paragraph, "Nothing else happened.", f"{paragraph} ") == [("2", paragraph)]
    assert marked("paragraph-twice", paragraph, "The council spent most of the evening on the pier.") == []
    assert marked("paragraph-twice", paragraph, "Nothing.", paragraph, "Nothing.", paragraph) == []


def test_nearly_the_same_paragraph_has_the_same_figures_and_names() -> None:
    assert marked("paragraph-nearly-twice", LEAD, LEAD.replace("a storm", "the storm")) == [
        ("1", LEAD.replace("a storm", "the storm"))
    ]
    assert marked("paragraph-nearly-twice", LEAD, LEAD.replace("March", "April")) == []
    assert marked("paragraph-nearly-twice", f"{LEAD} In 2019.", f"{LEAD} In 2021.") == []


def test_a_sentence_said_twice_is_marked_in_the_paragraph_and_in_the_next_one() -> None:
    once = "The last bus leaves at ten."
    assert fixed("sentence-twice", f"{once} It is full. {once}") == f"{once} It is full."
    assert marked("sentence-twice", f"{once} It is full.", f"Walk. {once}", "No.", f"Run. {once}") == [("1", f" {once}")]
    assert marked("sentence-twice", "He came. He saw. He came.") == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Put the the lamp on.", "Put the lamp on."),
        ("The the lamp is on.", "The lamp is on."),
        ("Put it on the\r\nthe table.", "Put it on the table."),
        ("The key of of of the barn.", "The key of the barn."),
        ("The price of the stable stable doubled.", "The price of the stable doubled."),
        ("THE THE LAMP", "THE LAMP"),
        ("It is is late.", "It is late."),
    ],
)
def test_a_word_said_twice_is_said_once(text: str, right: str) -> None:
    assert fixed("word-twice", text) == right


@pytest.mark.parametrize(
    "text",
    [
        "He had had that that cough; I know her her way.",
        "Bye bye, ha ha, no no, very very old, a long long time ago.",
        "New York, New York. Bora Bora, Walla Walla, Tang Tang and Rui Rui.",
        "They came in in pairs, went on on foot and logged in in turn.",
        "What it is is a trap. The problem it has has no name.",
        "It ended 2 2 after a a-side match, said Dr A. A. Harding.",
        'The name "pala pala" is old, and so is the *tiki tiki* song.',
        "Ylang ylang smells; the meimei meimei sang; xiexie xiexie.",
        "Stop stop! The US us army.",
        "a win-win; the the-band",
    ],
)
def test_names_sounds_stress_and_grammar_may_repeat_a_word(text: str) -> None:
    assert marked("word-twice", text) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("She lives in the town in the town with him.", "She lives in the town with him."),
        ("It stops near the near the market.", "It stops near the market."),
        ("Ask the old harbour\noffice the old harbour office.", "Ask the old harbour\noffice."),
        ("He met the Harbour Board of Kent, the Harbour Board of Kent, today.", "He met the Harbour Board of Kent, today."),
    ],
)
def test_a_phrase_said_twice_at_once_is_said_once(text: str, right: str) -> None:
    assert fixed("phrase-twice", text) == right


@pytest.mark.parametrize(
    "text",
    [
        "bit by bit by bit; more and more and more; day after day after day",
        "The waves grew bigger and bigger and broke. They sat face to face to talk.",
        "New York New York, Duran Duran Duran Duran.",
        "If the sea is calm, if the sea is calm, we go.",
        "0 5 0 5 and 12 km 12 km",
        "Very long very long ago.",
    ],
)
def test_figures_of_speech_names_and_numbers_may_repeat_a_phrase(text: str) -> None:
    assert marked("phrase-twice", text) == []


def test_a_phrase_with_a_comma_is_left_alone_where_the_chinese_repeats_too() -> None:
    text = "He met the Harbour Board of Kent, the Harbour Board of Kent, today."
    assert marked("phrase-twice", text, sources=("他见了海港委员会，海港委员会。",)) == []


def test_a_loop_keeps_its_first_round() -> None:
    assert fixed("loop", "They saw Berne, Berne, Berne, Berne, Berne and left.") == "They saw Berne and left."
    assert fixed("loop", "the old pier of the old pier of the old pier of the old pier of Kent") == "the old pier of Kent"
    assert marked("loop", "No, no, no, no, no! Ha ha ha ha. Location, location, location.") == []
    assert marked("loop", "Goal! Goal! Goal! Goal! Goal!") == []
    assert marked("loop", "1 1 1 1 1 1, a a a a a") == []


@pytest.mark.parametrize("detect", doubled.DETECTORS)
def test_ugly_texts_do_not_break_a_detector(detect: str) -> None:
    assert marked(detect, *UGLY, *UGLY) == []


@pytest.mark.parametrize("text", LONG, ids=lambda text: repr(text[:8]))
def test_a_paragraph_of_100000_characters_takes_linear_time(text: str) -> None:
    assert seconds(doubled.compile, list(doubled.DETECTORS), text, f"{text}x") < 20


@pytest.mark.parametrize(
    ("detect", "text", "marked"),
    [
        ("word-twice", "Press the `the` key, then the the other.", ["the the"]),
        ("word-twice", "The the heading the the `the the`", ["The the", "the the"]),
        ("word-twice", "Press the `x` the key.", []),
        ("loop", "We made made `made made made made` and code.", []),
        ("loop", "We made `x` made `x` made `x` made `x` code.", []),
        ("loop", "We `a` made made made made code.", [" made made made"]),
        ("phrase-twice", "She lives in the old town `in the old town` with her sons.", []),
        ("phrase-twice", "She lives in the old town in the old town `in the old town`.", ["in the old town in the old town"]),
        ("sentence-twice", "The ferry `f` was late again today. The ferry `f` was late again today.", []),
        (
            "sentence-twice",
            "See `x`. The ferry was late again today. The ferry was late again today.",
            [" The ferry was late again today."],
        ),
    ],
)
def test_code_and_addresses_are_not_said_twice_nor_anything_across_them(detect: str, text: str, marked: list[str]) -> None:
    assert beside_code(detect, text) == marked


@pytest.mark.parametrize(
    ("text", "fixes"),
    [
        ("The boat sank sank, sank sank in the night.", [""]),
        ("{{ the the }} the the", []),
        ("the the ©<the the>", []),
        ("He (came) came came came home.", []),
        ("No beans; no beans, no beans, no beans", []),
        ("An old town, old-town, old town, old town", []),
    ],
)
def test_a_loop_is_not_mended_where_a_mark_would_go_with_it(text: str, fixes: list[str]) -> None:
    (found,) = findings(doubled.compile, "loop", text)
    assert [fix.text for fix in found.fixes] == fixes
