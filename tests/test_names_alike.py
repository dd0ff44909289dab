"""Spellings of many documents: which pairs are likely one name, and that many names take no square of time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from reviewer.checks.names import alike, gathering
from reviewer.model import Document, Segment
from tests.names_benchmark import made_up


def pairs(*texts: str) -> list[tuple[str, str, str]]:
    """The pairs of spellings of which an earlier one stands more often."""
    weights = {text: float(len(texts) - number) for number, text in enumerate(texts)}
    return [(one.rarer, one.usual, one.why) for one in alike.pairs(weights)]


@pytest.mark.parametrize(
    ("usual", "rarer", "why"),
    [
        ("Tang Tang", "Tangtang", "letters"),
        ("Erdoğan", "Erdogan", "letters"),
        ("Xi'an", "Xi-an", "letters"),
        ("Lu Xiaohong", "Lu Xiaohang", "slip"),
        ("Luo Zhanhai", "Luo Zanhai", "slip"),
        ("Brunei University of Technology", "Technology University of Brunei", "order"),
        ("Chernivtsi", "Chernivsti", "spelling"),
        ("Fuhrmann", "Furhmann", "spelling"),
    ],
)
def test_what_is_likely_one_name_is_paired(usual: str, rarer: str, why: str) -> None:
    assert pairs(usual, rarer) == [(rarer, usual, why)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zheng Yonggang", "Zheng Yuxin"),
        ("Lu Xiaohong", "Ma Xiaohong"),
        ("Shaanxi", "Shanxi"),
        ("Guangzhou", "Hangzhou"),
        ("Belgium", "Belgian"),
        ("Slovenia", "Slovakia"),
        ("NATO", "Nato"),
        ("Communism", "Communist"),
        ("Second Youth Forum", "Third Youth Forum"),
        ("Hebei Health Commission", "Hunan Health Commission"),
    ],
)
def test_what_only_looks_alike_is_not_paired(one: str, other: str) -> None:
    assert pairs(one, other) == []


def test_ten_thousand_names_are_paired_in_seconds() -> None:
    started = time.process_time()
    assert len(pairs(*made_up(10_000, 4))) < 500
    assert time.process_time() - started < 60


def gathered(*targets: str) -> dict[str, int]:
    segments = tuple(Segment(str(number), text) for number, text in enumerate(targets))
    return {name.text: len(name.mentions) for name in gathering.spellings(Document(Path(), "", segments))}


def test_people_institutions_acronyms_and_places_are_gathered() -> None:
    found = gathered(
        "On Friday the Harbour Pilots Association of Nanwan thanked Lu Xiaohong's sister in Weskirk.",
        "The HPA, said Lu Xiaohong, needs lamps. Everybody in the harbour agreed.",
    )
    assert found == {"Harbour Pilots Association of Nanwan": 1, "Lu Xiaohong": 2, "Weskirk": 1, "HPA": 1} | {
        "Harbour Pilots Association": 1
    }


@pytest.mark.parametrize(
    "text", ["THE HARBOUR PILOTS MET LU XIAOHONG IN THE EVENING OF MAY", "the harbour pilots met lu xiaohong", ""]
)
def test_text_without_the_evidence_of_capitals_has_no_single_names(text: str) -> None:
    assert all(" " in name for name in gathered(text))
