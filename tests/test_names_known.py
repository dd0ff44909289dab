"""Settled names: what a lint finds by them, and which ties it leaves alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reviewer.checks import names
from reviewer.checks.names import known
from reviewer.model import Document, Finding, Rule, Segment

TEXTS = ("The potter Luo Zhanhai paints. Visitors like Luo Zhanhai.", "They buy Luo Zanhai's cards.")


def rules(spellings: Mapping[str, tuple[str, bool]]) -> list[Rule]:
    return [
        Rule(
            id="names/settled/x",
            why="Settled.",
            kind="names",
            detect=known.DETECT,
            options=known.options(spellings),
            confidence=0.95,
        ),
        Rule(id="names/people/slip", why="A slip.", kind="names", detect="slip", confidence=0.7),
    ]


def found(spellings: Mapping[str, tuple[str, bool]], *texts: str) -> list[Finding]:
    segments = tuple(Segment(str(number), text) for number, text in enumerate(texts))
    return list(names.compile(rules(spellings))(Document(Path("a"), "text", segments)))


def said(spellings: Mapping[str, tuple[str, bool]], *texts: str) -> list[tuple[str, str, str]]:
    return [(one.rule, one.text, one.fixes[0].text) for one in found(spellings, *texts)]


def test_without_settled_names_the_checks_decide() -> None:
    assert said({}, *TEXTS) == [("names/people/slip", "Luo Zanhai", "Luo Zhanhai")]


def test_a_spelling_becomes_the_settled_name_before_a_possessive_too() -> None:
    assert said({"Luo Zanhai": ("Luo Zhanhai", False), "Luo Zhanhai": ("Luo Zhanhai", True)}, *TEXTS) == [
        ("names/settled/x", "Luo Zanhai", "Luo Zhanhai")
    ]


def test_a_spelling_is_found_where_the_name_itself_is_nowhere() -> None:
    assert said({"Kuzumoto": ("Kusumoto", False)}, "The Kuzumoto Group and a kuzumoto.") == [
        ("names/settled/x", "Kuzumoto", "Kusumoto")
    ]


def test_names_that_were_told_apart_stay_apart() -> None:
    assert said({"Luo Zanhai": ("Luo Zanhai", True), "Luo Zhanhai": ("Luo Zhanhai", True)}, *TEXTS) == []


def test_a_spelling_that_is_right_as_well_stays() -> None:
    assert said({"Luo Zanhai": ("Luo Zhanhai", True), "Luo Zhanhai": ("Luo Zhanhai", True)}, *TEXTS) == []


def test_a_settled_name_that_is_rare_is_not_changed_into_a_frequent_misspelling() -> None:
    assert said({"Luo Zanhai": ("Luo Zanhai", True)}, *TEXTS) == [("names/people/slip", "Luo Zhanhai", "Luo Zanhai")] * 2


def test_a_spelling_inside_a_longer_settled_name_is_part_of_that() -> None:
    spellings = {"Nanwan": ("Nanwan Bay", False), "Nanwan Choir": ("Nanwan Choir", True)}
    assert said(spellings, "The Nanwan Choir sang in Nanwan.") == [("names/settled/x", "Nanwan", "Nanwan Bay")]


def test_a_name_over_two_lines_is_found() -> None:
    (one,) = found({"Luo Zanhai": ("Luo Zhanhai", False)}, "They met Luo\nZanhai at noon.")
    assert one.text == "Luo\nZanhai"


def test_thousands_of_settled_names_cost_one_pass() -> None:
    spellings = {f"Name{number}": (f"Right{number}", False) for number in range(20_000)}
    assert said(spellings, "Then Name7 met Name19999.") == [
        ("names/settled/x", "Name7", "Right7"),
        ("names/settled/x", "Name19999", "Right19999"),
    ]
