"""Which patterns a text begins: just those for one of whose ways it holds all that is asked for."""

import gc
import pickle
import weakref

from hypothesis import given
from hypothesis import strategies as st

from reviewer import rulepack
from reviewer.checks.phrase.clues import PART, clue_places
from reviewer.checks.phrase.index import Index
from reviewer.checks.phrase.pattern import parse

FLAGS = sorted({(rule.flag, rule.match_case) for rule in rulepack.load() if rule.flag})[::60]
PATTERNS = [parse(flag, match_case=match_case) for flag, match_case in FLAGS]
INDEX = Index.of(FLAGS)
CLUES = sorted({clue for pattern in PATTERNS for way in pattern.ways for some in way for clue in some})


@given(st.sets(st.sampled_from(CLUES), max_size=60), st.sampled_from(PATTERNS))
def test_a_text_begins_the_patterns_of_whose_ways_it_holds_one(seen: set[str], pattern: object) -> None:
    assert isinstance(pattern, type(PATTERNS[0]))
    for held in (seen, seen | {min(some) for some in pattern.ways[-1]}, seen | {max(some) for some in pattern.ways[0][1:]}):
        begun = {number for number, one in enumerate(PATTERNS) if any(all(some & held for some in way) for way in one.ways)}
        assert INDEX.begun(held) == begun == pickle.loads(pickle.dumps(INDEX)).begun(held)


def test_an_index_of_nothing_begins_nothing() -> None:
    empty = pickle.loads(pickle.dumps(Index.of([])))
    assert empty.begun({"fist"}) == set()
    assert not set(empty.find_parts(" fist "))


def test_parts_of_words_are_found_wherever_they_stand() -> None:
    index = Index.of([(r"\w*fist\w*", False), ("combination fists?", False)])
    assert set(index.find_parts(" two fisted combinations ")) == {f"{PART}fist"}


def test_words_and_pairs_of_words_are_told_by_their_places() -> None:
    assert clue_places("the fists the fists".split(), [3, 7, 13, 17]) == {
        "the": [3, 13], "fists": [7, 17], "the fists": [3, 13], "fists the": [7],
    }  # fmt: skip


def test_an_index_goes_with_its_last_user_though_nobody_looks_for_rubbish() -> None:
    index = Index.of([("combination fists?", False)])
    assert index.begun({"fist", "combination fist"})
    gone = weakref.ref(index)
    gc.disable()
    try:
        del index
        assert gone() is None
    finally:
        gc.enable()
