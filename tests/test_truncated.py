"""Text that stops too early, and brackets and quotation marks without their other half."""

from __future__ import annotations

import pytest

from reviewer.checks import truncated
from tests.detecting import LONG, UGLY, findings, mended, seconds

CLOSED = "The pier was closed all winter, and nobody knew when it would open."
CHINESE = "码头整个冬天都关着，没有人知道什么时候开放。"


def marked(detect: str, *texts: str, sources: tuple[str, ...] = (), kind: str = "paragraph") -> list[str]:
    return [one.text for one in findings(truncated.compile, detect, *texts, sources=sources, kind=kind)]


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("The owner says that since then, she has", "she has"),
        ("In spring the café sold soup and bread to sailors,", "sailors,"),
        ("In spring the café sold soup, bread and the", "and the"),
        ("She sat down where the sailors used to", "used to"),
        ("It was the longest and hard-", "hard-"),
    ],
)
def test_a_paragraph_that_stops_in_mid_sentence_is_marked_at_its_last_words(end: str, words: str) -> None:
    assert marked("mid-sentence", f"{CLOSED} {end}") == [words]


@pytest.mark.parametrize(
    "text",
    [
        f"{CLOSED} It is what people had been waiting for.",
        f'{CLOSED} "What are you looking at?"',
        "What Are Friends For",
        "The World We Live In",
        "Dear Madam,",
        "as the tide comes in,",
        f"{CLOSED} The menu was:",
        f"{CLOSED} She waited —",
    ],
)
def test_titles_letters_verse_and_finished_sentences_are_left_alone(text: str) -> None:
    assert marked("mid-sentence", text) == []


@pytest.mark.parametrize("following", ["sailors and gulls.", '"We are open," she said.', "3. Soup", "- soup"])
def test_a_sentence_that_goes_on_in_the_next_segment_is_not_cut(following: str) -> None:
    assert marked("mid-sentence", f"{CLOSED} In spring the café was full of the", following) == []
    assert marked("mid-sentence", f"{CLOSED} In spring the café was full of the", "Nothing else.") == ["of the"]


def test_text_that_was_cut_before_it_was_translated_is_left_alone() -> None:
    text = f"{CLOSED} In spring the café was full of the"
    assert marked("mid-sentence", text, sources=("春天，咖啡馆里坐满了",)) == []
    assert marked("mid-sentence", text, sources=(CHINESE,)) == ["of the"]


def test_list_items_may_end_on_a_comma_and_cells_on_anything() -> None:
    assert marked("mid-sentence", f"{CLOSED} Soup, bread, plums,", kind="item") == []
    assert marked("mid-sentence", f"{CLOSED} Soup, bread and the", kind="cell") == []


def test_a_long_paragraph_without_an_end_mark_is_marked_at_its_last_words() -> None:
    text = f"{CLOSED} In spring the café sold soup, bread and the first strawberries from the gardens of the village"
    assert marked("no-end-mark", text) == ["the village"]
    assert marked("no-end-mark", f"{text}.") == []
    assert marked("no-end-mark", f"{text} (the upper one)") == []
    assert marked("no-end-mark", text, sources=("春天，咖啡馆卖汤",)) == []
    assert marked("no-end-mark", text, kind="heading") == []


@pytest.mark.parametrize(
    "end", ["Anna Harding, Harbour Daily, Kent", "Photo: Anna Harding", "Pier | Café | News of the day in the harbour"]
)
def test_signatures_and_site_tags_need_no_end_mark(end: str) -> None:
    assert marked("no-end-mark", f"{CLOSED} In spring the café sold soup, bread and the first strawberries. {end}") == []


def test_a_headline_of_two_sentences_on_top_of_more_text_needs_no_end_mark() -> None:
    headline = (
        "Nobody knew when it would open, in spring or in autumn. Now ferries call here twice a day at the steps of the old church"
    )
    assert marked("no-end-mark", headline, f"{CLOSED} {CLOSED} {CLOSED}") == []
    assert marked("no-end-mark", headline, "The end.") == ["the old church"]


def test_an_end_mark_that_only_the_chinese_has_is_lost() -> None:
    text = "The pier was closed all winter and nobody knew why"
    assert marked("lost-end-mark", text, sources=(CHINESE,)) == ["why"]
    assert marked("lost-end-mark", f"{text}.", sources=(CHINESE,)) == []
    assert marked("lost-end-mark", text, sources=("码头冬天关闭",)) == []
    assert marked("lost-end-mark", text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It was precisely because he knew the coast. They came home.", ["It was precisely because"]),
        ("It is just because nobody asked. So it goes.", ["It is just because"]),
        ("The reason why it closed, because nobody came.", ["The reason why"]),
        ("Although the sea was calm. They stayed.", ["Although"]),
        ("They stayed. Even though the sea was calm. Nobody spoke.", ["Even though"]),
    ],
)
def test_a_clause_that_stands_alone_is_marked_at_its_opening_words(text: str, words: list[str]) -> None:
    assert marked("lone-clause", text) == words


@pytest.mark.parametrize(
    "text",
    [
        "It was precisely because he knew the coast that they came home.",
        "It was precisely because of the fog.",
        "Why? Because it was late.",
        "The reason why it closed is that nobody came.",
        "The reason it closed was simple. Nobody came because of the fog.",
        "Although the sea was calm, they stayed.",
        "Although the sea was calm they stayed in the harbour until the evening.",
        "Although the sea was calm",
    ],
)
def test_whole_sentences_and_headlines_are_no_lone_clauses(text: str) -> None:
    assert marked("lone-clause", text) == []


def test_not_only_wants_its_other_half_in_its_sentence_or_the_next() -> None:
    assert marked("half-pair", "Not only did the pier break. The church was full.") == ["Not only"]
    assert marked("half-pair", "Not only did the pier break, but the church was full.") == []
    assert marked("half-pair", "Not only did the pier break. The church burned, too.") == []
    assert marked("half-pair", "It is not only the poor who pay.") == []


@pytest.mark.parametrize("link", ["Read more", "[...]", "(more)", "Continue reading >>", "[Read more]"])
def test_the_link_where_a_web_page_cut_the_text_is_deleted(link: str) -> None:
    text = f"{CLOSED} {link}"
    found = findings(truncated.compile, "cut-off", text)
    assert [one.text for one in found] == [link]
    assert mended(text, found).rstrip() == CLOSED


def test_reading_more_is_not_always_a_link() -> None:
    assert marked("cut-off", "Pupils who finish early may go to the library and read more") == []
    assert marked("cut-off", "Read more") == []


def test_a_paragraph_that_trails_off_is_marked_at_its_dots() -> None:
    text = f"{CLOSED} In spring the café sold soup, bread and the first strawberries from the gardens of the village..."
    assert marked("trailing-ellipsis", text) == ["..."]
    assert marked("trailing-ellipsis", text, sources=("咖啡馆卖汤和草莓……",)) == []
    assert marked("trailing-ellipsis", "Well, if you say so...") == []


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("The café (closed since March will open.", ["("]),
        ("The café closed) will open.", [")"]),
        ("The café ((old) will open.", ["("]),
        ("The [old pier will open.", ["["]),
        ("The café（closed will open.", ["（"]),
        ("The café (old (and cold)) will open.", []),
        ("Go a) by boat, 2) on foot or iv) not at all.", []),
        ("All good :-) and ;) and :(", []),
        ("The range [0, 1) is half open.", []),
    ],
)
def test_a_bracket_without_its_other_half_is_marked(text: str, marks: list[str]) -> None:
    assert marked("unpaired-bracket", text) == marks


def test_a_bracket_may_close_a_few_segments_later() -> None:
    lines = ("The list is long (see below.", "Soup. Bread.", "That is all).")
    assert marked("unpaired-bracket", *lines) == []
    assert marked("unpaired-bracket", lines[0], *["Soup."] * 9, lines[2]) == ["(", ")"]


def test_a_bracket_that_the_chinese_leaves_open_too_is_left_alone() -> None:
    assert marked("unpaired-bracket", "The list (see below.", sources=("名单（见下。",)) == []
    assert marked("unpaired-bracket", "The list (see below.", sources=("名单（见下）。",)) == ["("]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ('They call the wall the "Long Dragon and walk on it.', ['"']),
        ("They call the wall the “Long Dragon and walk on it.", ["“"]),
        ('They call the wall the Long Dragon" and walk on it.', ['"']),
        ('They call the wall the "Long Dragon" and walk on it.', []),
        ('A 15" screen and the Old Bridge.', []),
        ('He said: "We waited for hours.', []),
        ('We waited for hours," he said. "And \'nobody\' came."', []),
        ("The dogs' home and the 'old pier are rock 'n' roll.", []),
    ],
)
def test_a_quotation_mark_around_a_term_wants_its_other_half(text: str, marks: list[str]) -> None:
    assert marked("unpaired-quote", text) == marks


def test_quotation_marks_beside_chinese_are_judged_by_the_chinese() -> None:
    assert marked("unpaired-quote", 'They call it the "Long Dragon and walk on it.', sources=("他们叫它“长龙”。",)) == []


@pytest.mark.parametrize("detect", truncated.DETECTORS)
def test_ugly_texts_do_not_break_a_detector(detect: str) -> None:
    for text in UGLY:
        for one in findings(truncated.compile, detect, text, text, sources=(text,)):
            assert one.text


@pytest.mark.parametrize("text", LONG, ids=lambda text: repr(text[:8]))
def test_a_paragraph_of_100000_characters_takes_linear_time(text: str) -> None:
    assert seconds(truncated.compile, list(truncated.DETECTORS), text, f"{text}x") < 20
