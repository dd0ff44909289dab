"""Numbers beside their Chinese, amounts, dates and counts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from reviewer.checks import numbers
from reviewer.checks.numbers import chinese_numbers, english_numbers
from reviewer.model import Document, Finding, ReviewerError, Rule, Segment


def found(detect: str, text: str, source: str | None = None, **options: str) -> list[Finding]:
    """The findings of one detector in a document, a line a segment; the Chinese beside the first."""
    rule = Rule(id="test/numbers/x", why="A number.", kind="numbers", detect=detect, options=options, confidence=0.5)
    segments = tuple(Segment(str(n), line, None if n else source) for n, line in enumerate(text.split("\n")))
    return list(numbers.compile([rule])(Document(Path("a"), "text", segments)))


def fixed(detect: str, text: str, source: str | None = None, **options: str) -> str:
    """One line with every first fix applied, right to left."""
    for one in sorted(found(detect, text, source, **options), key=lambda one: -one.span.start):
        text = text[: one.span.start] + one.fixes[0].text + text[one.span.end :]
    return text


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("4.5亿", 450_000_000),
        ("1亿2000万", 120_000_000),
        ("10.5万亿", 10_500_000_000_000),
        ("三千二百零五", 3205),
        ("两百五十万", 2_500_000),
        ("三万五", 35_000),
        ("十二", 12),
        ("二〇二三", 2023),
        ("三点一四", "3.14"),
        ("1,250", 1250),
    ],
)
def test_chinese_numbers_have_their_value(number: str, value: int | str) -> None:
    assert chinese_numbers.value(number) == Decimal(value)


def test_chinese_figures_stand_where_they_stand() -> None:
    text = "共有500多万人，占百分之十二，增长3.4％。"
    assert [(one.span.of(text), one.value, one.percent, one.large) for one in chinese_numbers.figures(text)] == [
        ("500多万", Decimal(5_000_000), False, True),
        ("百分之十二", Decimal(12), True, False),
        ("3.4％", Decimal("3.4"), True, False),
    ]


def test_english_figures_are_read_in_digits_and_in_words() -> None:
    text = "Some 4.5 Billion eels, 1,250 boats, 12% and half a million men in two hundred and fifty towns."
    read = {one.span.of(text): one.value for one in english_numbers.figures(text)}
    assert read == {
        "4.5 Billion": Decimal(4_500_000_000),
        "1,250": Decimal(1250),
        "12%": Decimal(12),
        "half a million": Decimal(500_000),
        "two hundred and fifty": Decimal(250),
    }


@pytest.mark.parametrize(
    ("value", "words"),
    [("450000000", "450 million"), ("1200000000", "1.2 billion"), ("12000", "12,000"), ("1234567", "1,234,567"), ("3.50", "3.5")],
)
def test_numbers_are_written_as_english_writes_them(value: str, words: str) -> None:
    assert english_numbers.written(Decimal(value)) == words


def test_a_number_off_by_a_power_of_ten_is_put_right_and_shows_its_chinese() -> None:
    (one,) = found("misplaced-point", "It cost 45 million yuan.", "耗资4.5亿元。")
    assert (one.text, one.fixes[0].text, one.message) == ("45 million", "450 million", "4.5亿 is 450 million.")
    assert [(place.text, place.side) for place in one.related] == [("4.5亿", "source")]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("It cost 450 million yuan in 45 weeks.", "历时45周，耗资4.5亿元。"),
        ("Between 1.2 and 1.5 million came.", "来了120万到150万人。"),
        ("A prize of 50K was paid.", "奖金5万元。"),
        ("It cost 45 million yuan.", "耗资不菲。"),
        ("It cost 45 million yuan.", None),
    ],
)
def test_a_number_that_is_right_or_read_otherwise_is_left_alone(text: str, source: str | None) -> None:
    assert not found("misplaced-point", text, source)


def test_the_one_number_that_differs_is_put_right() -> None:
    assert fixed("changed-figure", "In 2019 some 3412 families left.", "2019年，342户撤离。") == "In 2019 some 342 families left."
    assert fixed("changed-figure", "It rose 12.8%.", "增长18.2%。") == "It rose 18.2%."
    assert fixed("changed-figure", "In 2019 it rained.", "2021年下了雨。") == "In 2021 it rained."


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("In the 1980s it rained.", "80年代下了雨。"),
        ("It opens at 3 p.m. in 12 towns.", "15时在12镇开门。"),
        ("It is 20% off.", "打8折。"),
        ("They planted 40 hectares.", "种了600亩。"),
        ("In August 12 boats sank, 13 burned.", "8月有14艘船沉没、15艘烧毁。"),
        ("In 2019 it rained.", "35人淋雨。"),
    ],
)
def test_numbers_that_english_reckons_otherwise_are_left_alone(text: str, source: str) -> None:
    assert not found("changed-figure", text, source)


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("3.5 hundred million yuan", "350 million yuan"),
        ("12 ten thousand nets", "120,000 nets"),
        ("80 thousand million pounds", "80 billion pounds"),
        ("1,000 hundred million hooks", "100 billion hooks"),
        ("20,000 million yuan", "20 billion yuan"),
    ],
)
def test_chinese_sizes_become_english_ones(text: str, better: str) -> None:
    assert fixed("chinese-size", text) == better


def test_hundreds_of_millions_are_good_english() -> None:
    assert not found(
        "chinese-size", "Two hundred million people, a hundred million yuan, tens of thousands, fifty ten thousandths."
    )


def test_digits_are_grouped_by_three() -> None:
    assert fixed("grouped-by-four", "12,0000 or 3,5000,0000") == "120,000 or 350,000,000"
    assert not found("grouped-by-four", "May 3,1988 and 2001,2002 and 4,512,000")


def test_a_long_number_takes_commas_in_yuan_where_others_have_them_and_where_it_is_copied() -> None:
    assert fixed("no-separator", "It costs 8600 yuan.") == "It costs 8,600 yuan."
    assert fixed("no-separator", "It is 3650 paces long.", "长3650步。") == "It is 3,650 paces long."
    assert [one.text for one in found("no-separator", "12,400 people, 3,100 houses\n4500 boats")] == ["4500"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("It had 4500 people.", None),
        ("In 1998 it rained.", "1998年下了雨。"),
        ("It is in Room 3650 with an RTX 4090 card.", "在3650室，有RTX 4090 卡。"),
        ("Call 12345678901 or the 12345 hotline.", "拨打12345678901或12345 热线。"),
    ],
)
def test_years_names_and_telephone_numbers_take_no_commas(text: str, source: str | None) -> None:
    assert not found("no-separator", text, source)


def test_the_code_of_a_currency_stands_first() -> None:
    assert fixed("currency-after", "It costs 8600 RMB or 2.5 million CNY.") == "It costs RMB 8,600 or CNY 2.5 million."


def test_a_unit_stands_once() -> None:
    assert fixed("unit-twice", "$5 dollars, RMB 35 yuan, 80 yuan RMB, 12% percent, £3 pounds, €2 million euros") == (
        "$5, RMB 35, 80 yuan, 12%, £3, €2 million"
    )


def test_a_chinese_measure_gets_a_metric_value_unless_it_has_one() -> None:
    assert fixed("chinese-measure", "600 mu of reeds, 1.2 million jin of eels") == (
        "600 mu (40 hectares) of reeds, 1.2 million jin (600,000 kilograms) of eels"
    )
    assert not found("chinese-measure", "600 mu (40 hectares) of reeds")


def test_the_clock_of_24_hours_takes_no_pm() -> None:
    (one,) = found("meridiem", "It left at 19:40 PM.")
    assert (one.text, [fix.text for fix in one.fixes]) == ("19:40 PM", ["19:40", "7:40 PM"])
    assert not found("meridiem", "At 12:30 PM he owned 20 AM stations.")


def test_a_time_that_no_clock_shows_is_found_but_a_score_is_not() -> None:
    assert [one.text for one in found("impossible-time", "At 26:10 or until 9:75, they won 88:61.")] == ["26:10", "9:75"]


@pytest.mark.parametrize("text", ["February 30", "31 April 2019", "Sept 31st", "February 29, 2023", "2021-13-02"])
def test_a_day_that_its_month_lacks_is_found(text: str) -> None:
    assert [one.text for one in found("impossible-date", f"On {text} it rained.")] == [text]


def test_days_that_exist_and_other_numbers_are_left_alone() -> None:
    assert not found("impossible-date", "February 29, 2024, May 31, April 31,000 eels, 31 May, June 30, 2021-12-31, March 45")


def test_a_list_has_as_many_names_as_announced() -> None:
    text = "in the three counties of Norfolk, Suffolk, Kent and Essex."
    assert fixed("list-count", text) == text.replace("three", "four")
    assert not found("list-count", "the three counties of Norfolk, Suffolk and Essex.")
    assert not found("list-count", "the two largest of the three cities of Ely, Diss and Hull, Bath and others.")


def test_a_number_is_approximate_once() -> None:
    assert fixed("hedged-twice", "About 40 boats or so, nearly more than 30 men.") == "About 40 boats, more than 30 men."
    for first in ("as many as", "at least", "close to", "up to", "around", "roughly"):
        assert fixed("hedged-twice", f"There came {first} over 300 men.") == "There came over 300 men."
    assert not found("hedged-twice", "About 40 boats or more than 30 rafts, up to nearly 50 men, and at least about 20.")


def test_growth_in_times_and_decline_in_times_are_two_things() -> None:
    text = "It grew by 3 times, then fell by two times."
    assert fixed("times-as-change", text, decline="no") == "It grew 3-fold, then fell by two times."
    assert [one.text for one in found("times-as-change", text, decline="yes")] == ["fell by two times"]
    assert not found("times-as-change", "It rose three times last May and fell by two times a year.", decline="no")


def test_an_ordinal_has_its_own_ending_beside_it() -> None:
    assert (
        fixed("ordinal-ending", "The 23th, the 11st, the 1,002th and the 300 th.")
        == "The 23rd, the 11th, the 1,002nd and the 300th."
    )
    assert not found("ordinal-ending", "The 1st, 2nd, 3rd, 12th and 111th; he weighs 9 st. in all.")


def test_a_gloss_says_the_same_number() -> None:
    assert [one.text for one in found("contradicting-gloss", "12 (eleven) or seven (8) or 9 (nine) or 3 (4)")] == [
        "12 (eleven)",
        "seven (8)",
    ]


def test_an_unknown_detector_names_the_rule() -> None:
    with pytest.raises(ReviewerError, match="test/numbers/x: no detector is called 'sums'"):
        found("sums", "")
