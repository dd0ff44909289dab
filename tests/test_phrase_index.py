"""Which patterns a text begins, just those for one of whose ways it holds all that is asked for; and where they are tried."""

import gc
import pickle
import re
import weakref
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer import rulepack
from reviewer.checks.phrase import bytecode
from reviewer.checks.phrase.clues import PART
from reviewer.checks.phrase.index import Index
from reviewer.checks.phrase.pattern import Match, Pattern, parse
from reviewer.checks.phrase.window import AT_ONCE, found, held, windows

RULES = [rule for rule in rulepack.load() if rule.flag]
FLAGS = sorted({(rule.flag, rule.match_case) for rule in RULES})[::60]
PATTERNS = [parse(flag, match_case=match_case) for flag, match_case in FLAGS]
INDEX = Index.of(FLAGS)
CLUES = sorted({clue for pattern in PATTERNS for way in pattern.ways for some in way for clue in some})


def begun(index: Index, *texts: set[str]) -> list[set[int]]:
    """The numbers of the patterns that each text begins, which holds these clues."""
    pairs = [(number, index.clues[clue]) for number, clues in enumerate(texts) for clue in clues]
    text, clue = np.array(pairs, np.int32).reshape(-1, 2).T
    return [set(np.flatnonzero(row).tolist()) for row in index.begun(len(texts), text, clue)]


@given(st.sets(st.sampled_from(CLUES), max_size=60), st.sampled_from(PATTERNS))
def test_a_text_begins_the_patterns_of_whose_ways_it_holds_one(seen: set[str], pattern: Pattern) -> None:
    texts = seen, seen | {min(some) for some in pattern.ways[-1]}, seen | {max(some) for some in pattern.ways[0][1:]}
    wanted = [
        {number for number, one in enumerate(PATTERNS) if any(all(some & clues for some in way) for way in one.ways)}
        for clues in texts
    ]
    assert begun(INDEX, *texts) == wanted == begun(pickle.loads(pickle.dumps(INDEX)), *texts)


def test_an_index_of_nothing_begins_nothing() -> None:
    empty = pickle.loads(pickle.dumps(Index.of([])))
    assert begun(empty, set(), set()) == [set(), set()]
    assert not held([*windows("the fist")], empty).clue.size


class _Clue(NamedTuple):
    window: int
    clue: str
    place: int


def clues(index: Index, *texts: str) -> set[_Clue]:
    """What texts hold."""
    names = {number: name for name, number in index.clues.items()}
    rows = held([window for text in texts for window in windows(text)], index)
    return {_Clue(window, names[clue], place) for window, clue, place in np.array(rows).T.tolist()}


def test_words_pairs_and_parts_are_told_by_the_window_and_the_place_of_their_word() -> None:
    index = Index.of([("the fists?", False), ("<hit> upon", False), (r"fistic\w*", False), ("blow", False)])
    assert {f"{PART} fistic", "the fist", "fists", "blow"} & index.clues.keys() == {f"{PART} fistic", "the fist", "blow"}
    texts = "“The fists!” — the FIST", "", "  Fistical blow", "the", "fist"  # over two texts no pair reaches
    assert {one for one in clues(index, *texts) if one.clue in ("the fist", "the fists", "blow", f"{PART} fistic")} == {
        (0, "the fists", 1),
        (0, "the fist", 15),
        (2, f"{PART} fistic", 2),
        (2, "blow", 11),
    }


def test_parts_of_words_are_found_wherever_they_stand() -> None:
    index = Index.of([(r"\w*fist\w*", False), ("combination fists?", False)])
    assert {one.clue for one in clues(index, "two-fisted, unfisted combinations")} == {f"{PART}fist"}


def matches(*texts: str, flags: list[tuple[str, bool]]) -> list[dict[int, list[str]]]:
    """What is found in the windows of texts."""
    index = Index.of(flags)
    some = [window for text in texts for window in windows(text)]
    wanted = np.ones((len(some), index.patterns), bool)
    patterns = {number: parse(flag, match_case=cased) for (flag, cased), number in index.numbers.items()}
    each: list[dict[int, list[Match]]] = [*found(some, index, wanted, patterns)]
    return [{number: [one.words for one in some] for number, some in row.items() if some} for row in each]


def test_what_begins_in_a_window_is_found_in_it_and_in_no_other() -> None:
    lead = "a " * 497
    far = f"{lead}combination fists. The Fist, “fist”. {lead}combination fists"
    flags = [("combination fists?", False), ("Fist", True), ('[“"]fist', False)]
    assert matches(far, far, flags=flags) == 2 * [
        {0: ["combination fists"]},
        {1: ["Fist"], 2: ["“fist"]},
        {0: ["combination fists"]},
    ]


def test_all_that_searching_finds_is_found() -> None:
    texts = [text for rule in RULES[::25] for example in (*rule.bad, *rule.good) for text in example.targets]
    assert len(texts) > 10 * AT_ONCE
    flags = [(rule.flag, rule.match_case) for rule in RULES[::25]]
    searched = [
        {number: words for number, pattern in enumerate(parse(flag, match_case=cased) for flag, cased in flags)
         if (words := [one.words for one in pattern.matches(text)])}
        for text in texts
    ]  # fmt: skip
    assert sum(map(len, searched)) > 300
    assert matches(*texts, flags=flags) == searched


def test_an_index_goes_with_its_last_user_though_nobody_looks_for_rubbish() -> None:
    index = Index.of([("combination fists?", False)])
    assert begun(index, {"combination fists"}) == [{0}]
    gone = weakref.ref(index)
    gc.disable()
    try:
        del index
        assert gone() is None
    finally:
        gc.enable()


def test_what_is_kept_of_an_expression_is_what_python_compiles() -> None:
    for pattern in PATTERNS:
        kept = pickle.loads(pickle.dumps(pattern))
        assert kept.code
        assert kept.compiled == re.compile(pattern.regex)  # also their code is compared
        assert kept.compiled.groupindex == re.compile(pattern.regex).groupindex


@pytest.mark.parametrize("kept", [b"", b"\0\0\0\0of another Python"])
def test_an_expression_that_this_python_did_not_keep_is_compiled(kept: bytes) -> None:
    assert bytecode.compiled("(?P<G1>fist)s?", kept) == re.compile("(?P<G1>fist)s?")


def test_a_python_that_cannot_be_taken_apart_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytecode, "_COMPILER", None)
    assert bytecode.kept("fist") == b""
