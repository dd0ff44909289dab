"""Spaces, quotation marks, clashing marks, headlines and capitals."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.checks import punctuation
from reviewer.model import Document, Finding, ReviewerError, Rule, Segment


def found(detect: str, text: str, source: str | None = None, **options: str) -> list[Finding]:
    """The findings of one detector in a document, a line a segment; the Chinese beside the first."""
    rule = Rule(id="test/marks/x", why="A mark.", kind="punctuation", detect=detect, options=options)
    segments = tuple(Segment(str(n), line, None if n else source) for n, line in enumerate(text.split("\n")))
    return list(punctuation.compile([rule])(Document(Path("a"), "text", segments)))


def fixed(detect: str, text: str, **options: str) -> str:
    """One line with every fix applied, right to left."""
    for one in sorted(found(detect, text, **options), key=lambda one: -one.span.start):
        text = text[: one.span.start] + one.fixes[0].text + text[one.span.end :]
    return text


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Opening time:May 3", "Opening time: May 3"),
        ("red,blue and green", "red, blue and green"),
        ("It rained all week.The river rose.", "It rained all week. The river rose."),
        ("It fell by 30%,and rose again.", "It fell by 30%, and rose again."),
        ("On March 3,2019 it rained.", "On March 3, 2019 it rained."),
        ("Is it open?The guard shook his head.", "Is it open? The guard shook his head."),
    ],
)
def test_a_space_is_set_after_a_mark(text: str, better: str) -> None:
    assert fixed("no-space-after-mark", text) == better


@pytest.mark.parametrize(
    "text",
    [
        "At 12:30 the odds were 3:1 in the U.S.A., e.g. here.",
        "See https://example.org/a,b:c and ada@example.org.",
        "The class is pathlib.Path, the pair (name,value), the form HH:MM.",
        "They watched Re:Zero and used Yahoo!Japan.",
        "It holds 1,250.50 litres and costs 3.5 pounds.",
        "1.The first item",
    ],
)
def test_names_numbers_and_code_take_no_space(text: str) -> None:
    assert not found("no-space-after-mark", text)


def test_a_space_before_a_mark_goes() -> None:
    assert fixed("space-before-mark", 'Salt , tar and "rope" . Is it open ?') == 'Salt, tar and "rope". Is it open?'


def test_faces_file_endings_and_dots_keep_their_space() -> None:
    assert not found("space-before-mark", "He used .NET :) and left ... at .5 speed : a record")


def test_a_time_and_a_percentage_are_written_in_one() -> None:
    assert fixed("space-in-time", "At 18: 05, by 3: two.") == "At 18:05, by 3: two."
    assert fixed("space-before-percent", "Some 12 % of it.") == "Some 12% of it."


def test_a_bracket_has_its_space_outside() -> None:
    assert fixed("bracket-spacing", "Norwich(England)is flat ( very flat ).") == "Norwich (England) is flat (very flat)."
    assert not found("bracket-spacing", "The owner(s) call plot(x) in (un)known 401(k) plans, issubclass(C, T).")


def test_a_number_stands_apart_from_its_unit_but_not_behind_a_currency_sign() -> None:
    assert fixed("glued-quantity", "It took 3years and 2.5million bricks at £3million.") == (
        "It took 3 years and 2.5 million bricks at £3million."
    )


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ('He runs the" Old Mill "inn.', 'He runs the "Old Mill" inn.'),
        ('They praised the " spirit of salt " in song.', 'They praised the "spirit of salt" in song.'),
        ('He said"no"twice.', 'He said "no" twice.'),
        ('"Save it, and widen the" Eel Gate "canal", he said.', '"Save it, and widen the "Eel Gate" canal", he said.'),
        ("He spoke of “ luck ” here.", "He spoke of “luck” here."),
        ("He spoke of“luck”here.", "He spoke of “luck” here."),
    ],
)
def test_quotation_marks_have_their_spaces_outside(text: str, better: str) -> None:
    assert fixed("quote-spacing", text) == better


def test_a_long_quotation_is_marked_at_its_ends_only() -> None:
    text = 'She said: " The boats will stay in the harbour until the wind turns to the west, and so will the men. " Nobody spoke.'
    assert [one.text for one in found("quote-spacing", text)] == ['" ', ' "']


@pytest.mark.parametrize(
    "text",
    [
        '"We stay," she said, "and so does he."',
        'He did not "see" it, he "heard" it ("no").',
        '"It did not "frame" anyone," the bank said.',
        'A 6" nail and a 5" nail and a 4" one.',
        'Split it at ":" or " " or "-v" or ".net".',
        'A field of """doubled"" marks"',
        '"We shall see.',
    ],
)
def test_quotation_marks_that_are_right_are_left_alone(text: str) -> None:
    assert not found("quote-spacing", text)


def test_half_a_pair_is_found_where_the_chinese_has_both_and_shows_them() -> None:
    (one,) = found("unpaired-quote", 'He calls it "tide tax and goes.', "他称之为“潮汐税”。")
    assert (one.span.start, [(place.text, place.side) for place in one.related]) == (12, [("“潮汐税”", "source")])
    assert not found("unpaired-quote", 'He calls it "tide tax and goes.')
    assert not found("unpaired-quote", 'He calls it "tide tax and goes.', "他称之为“潮汐税。")
    assert not found("unpaired-quote", 'He calls it "tide tax" and goes.', "他称之为“潮汐税”。")


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("Why is that?, he asked", "Why is that? he asked"),
        ("It sank.. Nobody drowned", "It sank. Nobody drowned"),
        ("Bring rope,, tar,; and nails,.", "Bring rope, tar; and nails."),
        ("Stop!; he cried", "Stop! he cried"),
    ],
)
def test_of_two_clashing_marks_the_stronger_stays(text: str, better: str) -> None:
    assert fixed("clashing-marks", text) == better


def test_abbreviations_names_and_ellipses_clash_with_nothing() -> None:
    assert not found(
        "clashing-marks", "Salt, etc., of Boats Co., Ltd., the U.S., J. R., and Yahoo!, he said... Really?! A '..' and &amp;, here."
    )


def test_six_dots_become_three() -> None:
    assert fixed("long-ellipsis", "He waited......Nobody came…… So he left...") == "He waited... Nobody came... So he left..."
    assert not found("long-ellipsis", "Eels .................. 12")


def test_a_comma_before_a_bracket_goes_but_not_from_a_tuple() -> None:
    assert fixed("comma-at-bracket", "The towns (Ely, Diss,) agreed.") == "The towns (Ely, Diss) agreed."
    assert not found("comma-at-bracket", "The tuple (x,) is short.")


def test_a_word_left_over_after_the_end_is_found() -> None:
    assert fixed("stray-word", "Prices went up again. rise.") == "Prices went up again."
    assert not found("stray-word", "They sell tar etc. again. He sat. He ate.")


@pytest.mark.parametrize(
    ("headline", "tags"),
    [
        ("Eels return to the Broads again | Nature | Norfolk", " | Nature | Norfolk"),
        ("The tide brings old rope ashore. Amber Bay | Coast", " Amber Bay | Coast"),
    ],
)
def test_tags_behind_bars_are_no_part_of_a_headline(headline: str, tags: str) -> None:
    assert [one.text for one in found("title-tags", headline)] == [tags]


@pytest.mark.parametrize("text", ["Home | News | Sport", "| Eels | 12 | 13 |", "The value of |x| is small, we all know."])
def test_menus_tables_and_formulas_are_no_headlines_with_tags(text: str) -> None:
    assert not found("title-tags", text)


def test_the_name_of_a_site_is_cut_off_with_what_follows() -> None:
    text = "Eels return to the Broads - Norfolk Daily - Eel Online."
    assert [one.text for one in found("site-tail", text, sites="Norfolk Daily, Suffolk Net")] == [" - Norfolk Daily - Eel Online."]
    assert not found("site-tail", "She reads the Norfolk Daily every day", sites="Norfolk Daily")


def test_a_capital_after_a_semicolon_is_lowered_unless_it_may_be_a_name() -> None:
    assert fixed("capital-after-semicolon", "Nets are dry; The boats are not.") == "Nets are dry; the boats are not."
    assert not found("capital-after-semicolon", "Nets are dry; Wanda mends them; NATO is here.")


def test_a_word_that_the_document_writes_in_lower_case_is_no_name() -> None:
    assert [one.text for one in found("capital-after-semicolon", "Nets are dry; Boats are not.\nThe boats are old.")] == ["Boats"]


def test_a_capital_after_a_comma_is_lowered_in_a_sentence_but_not_in_a_title() -> None:
    assert fixed("capital-after-comma", "When it rained, The boats stayed in.") == "When it rained, the boats stayed in."
    assert not found("capital-after-comma", "He reads the paper, The Norwich Eel.")


def test_a_sentence_starts_with_a_capital() -> None:
    assert fixed("lower-case-start", "The wall fell. the men ran away.") == "The wall fell. The men ran away."
    assert not found("lower-case-start", "They sell tar etc. in the town here, approx. the same as before.")


def test_a_sentence_that_starts_inside_another_is_found() -> None:
    assert [one.text for one in found("run-on-capital", "At last the old wall gave way The water rose fast.")] == ["The"]
    assert not found("run-on-capital", "A song called In my old boat, in The Hague.")


def test_an_unknown_detector_names_the_rule() -> None:
    with pytest.raises(ReviewerError, match="test/marks/x: no detector is called 'commas'"):
        found("commas", "")
