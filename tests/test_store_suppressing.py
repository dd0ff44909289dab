"""What is suppressed is ignored from then on, in later lints too, until the suppression is lifted."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.model import ReviewerError, Verdict
from reviewer.store import Scope, Store
from tests.stored import LINES, document, findings, lint

FRAGRANT = "calques/food/fragrant"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two documents, each with the same three findings: 1 to 3 and 4 to 6."""
    store = Store.open(tmp_path / "review.db")
    lint(store, document(tmp_path / "pears.txt"), document(tmp_path / "plums.txt"))
    return store


def ignored(store: Store) -> list[int]:
    return [one.id for key in (1, 2) for one in store.findings(key, states=[Verdict.IGNORE])]


def test_words_are_hidden_in_one_file(store: Store) -> None:
    store.suppress(Scope.WORDS_IN_FILE, words="fragrant", document_id=1, reviewer="Ana")
    assert ignored(store) == [2]


def test_words_are_hidden_everywhere(store: Store) -> None:
    store.suppress(Scope.WORDS, words="fragrant", reviewer="Ana")
    assert ignored(store) == [2, 5]


def test_a_rule_is_hidden_in_one_file(store: Store) -> None:
    store.suppress(Scope.RULE_IN_FILE, rule=FRAGRANT, document_id=2, reviewer="Ana")
    assert ignored(store) == [5]


def test_a_rule_is_hidden_everywhere(store: Store) -> None:
    store.suppress(Scope.RULE, rule=FRAGRANT, reviewer="Ana")
    assert ignored(store) == [2, 5]


def test_words_may_be_hidden_from_one_rule_only(store: Store) -> None:
    store.suppress(Scope.WORDS, words="fragrant", rule="calques/other", reviewer="Ana")
    assert ignored(store) == []
    store.suppress(Scope.WORDS, words="fragrant", rule=FRAGRANT, reviewer="Ana")
    assert ignored(store) == [2, 5]


def test_case_and_line_breaks_make_no_difference_to_words(store: Store) -> None:
    store.suppress(Scope.WORDS, words="Combination\n Punches", reviewer="Ana")
    assert ignored(store) == [1, 4]


def test_a_finding_says_what_hides_it(store: Store) -> None:
    made = store.suppress(Scope.RULE, rule=FRAGRANT, reviewer="Ana", note="it is about pears")
    assert (store.finding(2).suppressed_by, store.finding(1).suppressed_by) == (made.id, None)
    assert store.suppressions() == [made]
    assert (made.scope, made.rule, made.words, made.note) == (Scope.RULE, FRAGRANT, None, "it is about pears")


def test_a_decision_weighs_more_than_a_suppression(store: Store) -> None:
    store.decide(2, Verdict.ACCEPT, reviewer="Bo")
    store.suppress(Scope.WORDS, words="fragrant", reviewer="Ana")
    assert store.finding(2).state is Verdict.ACCEPT
    assert store.finding(5).state is Verdict.IGNORE


def test_what_is_suppressed_stays_so_in_later_lints(store: Store, tmp_path: Path) -> None:
    store.suppress(Scope.WORDS, words="fragrant", reviewer="Ana")
    lint(store, document(tmp_path / "cherries.txt", LINES[1:]))
    assert [one.state.value for one in store.findings(3)] == ["ignore", "open"]


def test_open_only_leaves_out_what_is_suppressed_even_before_it_is_recorded(store: Store, tmp_path: Path) -> None:
    store.suppress(Scope.WORDS, words="fragrant", reviewer="Ana")
    store.suppress(Scope.RULE_IN_FILE, rule="calques/policy/combination-fists", document_id=1, reviewer="Ana")
    known, new = document(tmp_path / "pears.txt"), document(tmp_path / "cherries.txt")
    assert [one.text for one in store.open_only(known, findings(known))] == ["three-wheeled car"]
    assert [one.text for one in store.open_only(new, findings(new))] == ["combination punches", "three-wheeled car"]


def test_a_lifted_suppression_hides_nothing(store: Store, tmp_path: Path) -> None:
    made = store.suppress(Scope.WORDS, words="fragrant", reviewer="Ana")
    store.lift(made.id, reviewer="Bo")
    assert ignored(store) == []
    assert store.suppressions() == []
    with pytest.raises(ReviewerError, match="lifted already"):
        store.lift(made.id, reviewer="Bo")
    store.suppress(Scope.WORDS, words="fragrant", reviewer="Ana")
    assert ignored(store) == [2, 5]


@pytest.mark.parametrize("scope", list(Scope))
def test_a_suppression_of_nothing_would_hide_everything_and_is_refused(store: Store, scope: Scope) -> None:
    with pytest.raises(ReviewerError, match=f"suppress {scope}"):
        store.suppress(scope, words=" ", document_id=1, reviewer="Ana")
    with pytest.raises(ReviewerError, match="reviewer"):
        store.suppress(scope, words="pear", rule="r", document_id=1, reviewer="")
    assert ignored(store) == []


@pytest.mark.parametrize("scope", [Scope.WORDS_IN_FILE, Scope.RULE_IN_FILE])
def test_a_suppression_in_a_file_names_the_file(store: Store, scope: Scope) -> None:
    with pytest.raises(ReviewerError, match="no document"):
        store.suppress(scope, words="pear", rule="r", reviewer="Ana")
