"""Undo and redo over both logs: whatever was done, undoing all of it gives the state before, redoing all of it the state after."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.model import ReviewerError, Span, Verdict
from reviewer.store import Mark, Said, Scope, Store
from tests.stored import LINES, document, lint

State = list[tuple[str, str, str | None, str]]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two documents, each with the same three findings: 1 to 3 and 4 to 6."""
    store = Store.open(tmp_path / "review.db")
    lint(store, document(tmp_path / "pears.txt"), document(tmp_path / "plums.txt"))
    return store


def mark(words: str, text: str | None = None) -> Mark:
    position = next(number for number, line in enumerate(LINES) if words in line)
    start = LINES[position].index(words)
    return Mark(position, Span(start, start + len(words)), text, "fluency/grammar", words=words)


ACTS: dict[str, Callable[[Store], object]] = {
    "accept": lambda store: store.decide(1, Verdict.ACCEPT, reviewer="Ana"),
    "reject": lambda store: store.decide(1, Verdict.REJECT, reviewer="Ana"),
    "edit": lambda store: store.decide(4, Verdict.EDIT, text="measures", reviewer="Ana"),
    "group": lambda store: store.decide_all([2, 5], Verdict.IGNORE, reviewer="Ana"),
    "note": lambda store: store.annotate(2, "why", reviewer="Ana"),
    "words": lambda store: store.suppress(Scope.WORDS, words="fragrant", finding_id=5, reviewer="Ana"),
    "rule": lambda store: store.suppress(Scope.RULE_IN_FILE, rule="calques/food/fragrant", document_id=1, reviewer="Ana"),
    "mark": lambda store: store.settle([], [mark("county", "town")], document_id=1, reviewer="Ana"),
    "open mark": lambda store: store.settle([], [mark("orchards")], document_id=1, reviewer="Ana"),
    "name": lambda store: store.settle([Said(3, Verdict.REJECT)], [mark("market", "fair")], document_id=2, reviewer="Ana"),
}


def state(store: Store) -> State:
    everything = [one for key in (1, 2) for one in store.findings(key)]
    return [(one.finding.text, one.state.value, one.decision_text, one.note) for one in everything]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*ACTS, "undo", "redo", "again"]), max_size=12))
def test_undo_and_redo_walk_through_every_state(acts: list[str]) -> None:
    """`past` and `future` are the states that undo and redo must lead to."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "review.db")
        store = Store.open(path)
        lint(store, document(Path(folder, "pears.txt")), document(Path(folder, "plums.txt")))
        past: list[State] = []
        now = state(store)
        future: list[State] = []
        for act in acts:
            if act == "undo":
                assert (store.undo("Ana") is not None) == bool(past)
                if past:
                    future.append(now)
                    now = past.pop()
            elif act == "redo":
                assert (store.redo("Ana") is not None) == bool(future)
                if future:
                    past.append(now)
                    now = future.pop()
            elif act == "again":
                store.close()
                store = Store.open(path)
            else:
                ACTS[act](store)
                past.append(now)
                now, future = state(store), []
            assert state(store) == now
        store.close()


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_undone_and_redone_after_a_restart(store: Store, tmp_path: Path, act: str) -> None:
    before = state(store)
    ACTS[act](store)
    after = state(store)
    assert after != before
    for wanted in (before, after, before):
        store.close()
        store = Store.open(tmp_path / "review.db")
        assert (store.redo if wanted is after else store.undo)("Ana") is not None
        assert state(store) == wanted
    assert store.undo("Ana") is None


@pytest.mark.parametrize("act", ACTS)
def test_nobody_undoes_what_another_did(store: Store, act: str) -> None:
    ACTS[act](store)
    after = state(store)
    assert (store.undo("Bo"), store.redo("Bo"), store.redo("Ana")) == (None, None, None)
    assert state(store) == after


def test_a_suppression_that_another_lifted_is_passed_over(store: Store) -> None:
    store.decide(1, Verdict.REJECT, reviewer="Ana")
    made = store.suppress(Scope.WORDS, words="fragrant", reviewer="Ana")
    store.lift(made.id, reviewer="Bo")
    touched = store.undo("Ana")
    assert touched is not None
    assert touched.id == 1


def test_the_undo_of_a_suppression_leads_to_the_finding_that_gave_the_reason(store: Store) -> None:
    store.suppress(Scope.WORDS, words="fragrant", finding_id=5, reviewer="Ana")
    assert [one and one.id for one in (store.undo("Ana"), store.redo("Ana"), store.undo("Ana"))] == [5, 5, 5]


def test_words_that_another_has_changed_since_are_not_changed_twice_by_an_undo(store: Store) -> None:
    store.decide(1, Verdict.ACCEPT, reviewer="Ana")
    store.decide(1, Verdict.REJECT, reviewer="Ana")
    store.settle([], [mark("threw combination", "made")], document_id=1, reviewer="Bo")
    before = state(store)
    with pytest.raises(ReviewerError, match="overlaps 'threw combination', which becomes 'made'; take that decision back first"):
        store.undo("Ana")
    assert state(store) == before
    assert store.undo("Bo") is not None
    assert store.undo("Ana") is not None
    assert store.finding(1).state is Verdict.ACCEPT
    store.decide(1, Verdict.REJECT, reviewer="Ana")
    assert store.undo("Ana") is not None
    assert store.undo("Ana") is not None
    store.settle([], [mark("threw combination", "made")], document_id=1, reviewer="Bo")
    with pytest.raises(ReviewerError, match="overlaps"):
        store.redo("Ana")


def test_a_note_on_what_is_ignored_keeps_it_ignored_when_the_suppression_is_lifted(store: Store) -> None:
    store.decide(2, Verdict.IGNORE, reviewer="Ana")
    made = store.suppress(Scope.WORDS, words="fragrant", reviewer="Ana")
    store.annotate(2, "why", reviewer="Ana")
    store.annotate(5, "why", reviewer="Ana")
    store.lift(made.id, reviewer="Ana")
    assert [store.finding(key).state.value for key in (2, 5)] == ["ignore", "open"]
