"""Syllables of romanised Chinese, and which of them are mistaken for one another."""

from __future__ import annotations

import pytest

from reviewer.checks.pinyin import SURNAMES, SYLLABLES, parts, slip, syllables, wade_giles


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Kaixin", ("kai", "xin")),
        ("Tangtang", ("tang", "tang")),
        ("Xian", ("xian",)),
        ("Xi'an", ("xi", "an")),
        ("Xi’an", ("xi", "an")),
        ("Yi-ning", ("yi", "ning")),
        ("Lüliang", ("lv", "liang")),
        ("Zhuang", ("zhuang",)),
        ("Shuangliu", ("shuang", "liu")),
        ("Tiananmen", ()),
        ("Smith", ()),
        ("Liyeng", ()),
        ("", ()),
        ("2024", ()),
    ],
)
def test_a_word_is_cut_into_the_fewest_syllables(word: str, expected: tuple[str, ...]) -> None:
    assert syllables(word) == expected


def test_a_word_of_many_thousand_letters_is_no_pinyin_and_costs_nothing() -> None:
    assert syllables("ma" * 50_000) == ()


def test_every_surname_is_spelled_in_pinyin() -> None:
    assert [name for name in SURNAMES if not syllables(name)] == []


def test_no_character_is_the_surname_of_two_spellings() -> None:
    single = [han for some in SURNAMES.values() for han in some if len(some) != 2 or not _compound(some)]
    assert [han for han in set(single) if single.count(han) > 1] == []


def _compound(characters: str) -> bool:
    return any(characters == han for name, han in SURNAMES.items() if len(syllables(name)) == 2)


def test_a_syllable_falls_into_initial_and_final() -> None:
    assert parts("zhang") == ("zh", "ang")
    assert parts("an") == ("", "an")
    assert parts("yuan") == ("y", "uan")


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("zhi", "zi", "zh/z"),
        ("shan", "san", "sh/s"),
        ("chen", "cheng", "en/eng"),
        ("min", "ming", "in/ing"),
        ("lan", "nan", "l/n"),
        ("lv", "lu", "v/u"),
        ("gang", "kang", "g/k"),
        ("zhang", "zheng", "ang/eng"),
    ],
)
def test_a_slip_between_two_syllables_is_named(one: str, other: str, how: str) -> None:
    assert slip(one, other) == how


@pytest.mark.parametrize(("one", "other"), [("li", "lu"), ("hui", "ming"), ("xin", "zhen"), ("ma", "mo"), ("wei", "wei")])
def test_syllables_that_nobody_confuses_are_no_slip(one: str, other: str) -> None:
    assert slip(one, other) == ""


def test_a_slip_goes_both_ways() -> None:
    sample = sorted(SYLLABLES)[::7]
    assert [(a, b) for a in sample for b in sample if bool(slip(a, b)) != bool(slip(b, a))] == []


@pytest.mark.parametrize(
    ("old", "pinyin"),
    [("hsi", "xi"), ("chih", "zhi"), ("tsai", "cai"), ("kuo", "guo"), ("chiang", "jiang"), ("teng", "deng"), ("jen", "ren")],
)
def test_wade_giles_may_be_read_as_pinyin(old: str, pinyin: str) -> None:
    assert pinyin in wade_giles(old)


def test_wade_giles_never_reads_what_is_no_syllable() -> None:
    assert wade_giles("shek") == frozenset()
    assert wade_giles("") == frozenset()
