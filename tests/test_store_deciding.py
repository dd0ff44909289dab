"""Decisions are only ever added; undo and redo go back and forth through them, one reviewer at a time."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from reviewer.model import ReviewerError, Verdict
from reviewer.store import Store
from tests.stored import document, findings, lint


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "review.db")
    lint(store, document(tmp_path / "pears.txt"))
    return store


def states(store: Store) -> list[str]:
    return [one.state.value for one in store.findings(1)]


def test_a_new_finding_is_open_and_nobody_s(store: Store) -> None:
    found = store.finding(1)
    assert (found.state, found.decision_text, found.reviewer, found.at, found.note) == (Verdict.OPEN, None, "", "", "")


def test_to_accept_is_to_take_the_first_fix(store: Store) -> None:
    made = store.decide(1, Verdict.ACCEPT, reviewer="Ana", note="house style")
    assert (made.verdict, made.text, made.reviewer, made.note) == (Verdict.ACCEPT, "a package of measures", "Ana", "house style")
    found = store.finding(1)
    assert (found.state, found.decision_text, found.reviewer, found.at, found.note) == (
        Verdict.ACCEPT,
        "a package of measures",
        "Ana",
        made.at,
        "house style",
    )


def test_another_of_the_fixes_can_be_accepted(store: Store) -> None:
    assert store.decide(2, Verdict.ACCEPT, text="SWEET", reviewer="Ana").text == "SWEET"


def test_an_edit_may_delete_the_words(store: Store) -> None:
    store.decide(2, Verdict.EDIT, text="", reviewer="Ana")
    assert store.finding(2).decision_text == ""


@pytest.mark.parametrize("verdict", [Verdict.REJECT, Verdict.IGNORE, Verdict.OPEN])
def test_a_verdict_that_changes_no_words_takes_no_text(store: Store, verdict: Verdict) -> None:
    assert store.decide(2, verdict, reviewer="Ana").text is None
    with pytest.raises(ReviewerError, match="takes no text"):
        store.decide(2, verdict, text="sweet", reviewer="Ana")


def test_an_edit_without_text_is_refused(store: Store) -> None:
    with pytest.raises(ReviewerError, match=r"calques/food/fragrant.*needs its text"):
        store.decide(2, Verdict.EDIT, reviewer="Ana")


def test_a_finding_without_a_fix_cannot_be_accepted(store: Store, tmp_path: Path) -> None:
    article = document(tmp_path / "plums.txt")
    bare = [one._replace(fixes=()) for one in findings(article)]
    store.record(article, bare, store.start_run("lint"), sha256="aa", encoding="utf-8")
    (plums,) = (one for one in store.documents() if one.label == "plums.txt")
    with pytest.raises(ReviewerError, match="no fix to accept"):
        store.decide(store.findings(plums.id)[0].id, Verdict.ACCEPT, reviewer="Ana")


def test_a_decision_needs_a_reviewer(store: Store) -> None:
    with pytest.raises(ReviewerError, match="needs a reviewer"):
        store.decide(1, Verdict.REJECT, reviewer="")


def test_the_log_keeps_every_decision(store: Store) -> None:
    store.decide(2, Verdict.REJECT, reviewer="Ana")
    store.decide(2, Verdict.EDIT, text="tasty", reviewer="Bo")
    assert [(one.verdict.value, one.text, one.reviewer) for one in store.history(2)] == [
        ("reject", None, "Ana"),
        ("edit", "tasty", "Bo"),
    ]
    assert store.finding(2).reviewer == "Bo"


def test_undo_takes_back_one_decision_after_another(store: Store) -> None:
    store.decide(1, Verdict.ACCEPT, reviewer="Ana")
    store.decide(1, Verdict.REJECT, reviewer="Ana")
    store.decide(3, Verdict.IGNORE, reviewer="Ana")
    undone = [store.undo("Ana") for _ in range(4)]
    assert [one and (one.id, one.state.value) for one in undone] == [(3, "open"), (1, "accept"), (1, "open"), None]
    assert states(store) == ["open", "open", "open"]


def test_an_undone_finding_shows_who_decided_what_counts_again(store: Store) -> None:
    first = store.decide(1, Verdict.EDIT, text="steps", reviewer="Bo", note="shorter")
    store.decide(1, Verdict.REJECT, reviewer="Ana")
    found = store.undo("Ana")
    assert found is not None
    assert (found.state, found.decision_text, found.reviewer, found.at, found.note) == (
        Verdict.EDIT,
        "steps",
        "Bo",
        first.at,
        "shorter",
    )
    store.undo("Bo")
    assert (store.finding(1).state, store.finding(1).reviewer) == (Verdict.OPEN, "")


def test_redo_does_it_again_and_undo_takes_it_back_again(store: Store) -> None:
    store.decide(1, Verdict.ACCEPT, reviewer="Ana")
    store.decide(2, Verdict.EDIT, text="tasty", reviewer="Ana")
    for _ in range(3):
        store.undo("Ana")
        store.undo("Ana")
        assert states(store) == ["open", "open", "open"]
        assert [one and one.id for one in (store.redo("Ana"), store.redo("Ana"), store.redo("Ana"))] == [1, 2, None]
        assert states(store) == ["accept", "edit", "open"]
    assert store.finding(2).decision_text == "tasty"
    assert len(store.history(2)) == 7


def test_a_new_decision_leaves_nothing_to_redo(store: Store) -> None:
    store.decide(1, Verdict.ACCEPT, reviewer="Ana")
    store.undo("Ana")
    store.decide(2, Verdict.REJECT, reviewer="Ana")
    assert store.redo("Ana") is None
    assert states(store) == ["open", "reject", "open"]


def test_undo_and_redo_go_on_after_a_restart(store: Store, tmp_path: Path) -> None:
    store.decide(1, Verdict.ACCEPT, reviewer="Ana")
    store.decide(2, Verdict.REJECT, reviewer="Ana")
    store.undo("Ana")
    store.close()
    with Store.open(tmp_path / "review.db") as again:
        assert states(again) == ["accept", "open", "open"]
        again.undo("Ana")
        assert states(again) == ["open", "open", "open"]
    with Store.open(tmp_path / "review.db") as again:
        again.redo("Ana")
        again.redo("Ana")
        assert states(again) == ["accept", "reject", "open"]


def test_undo_and_redo_take_back_nobody_else_s_decisions(store: Store) -> None:
    store.decide(1, Verdict.ACCEPT, reviewer="Ana")
    store.decide(2, Verdict.REJECT, reviewer="Bo")
    store.undo("Ana")
    assert states(store) == ["open", "reject", "open"]
    assert store.redo("Bo") is None
    assert store.undo("Cy") is None


def test_undo_passes_over_a_decision_that_somebody_overruled(store: Store) -> None:
    store.decide(2, Verdict.IGNORE, reviewer="Ana")
    store.decide(1, Verdict.ACCEPT, reviewer="Ana")
    store.decide(1, Verdict.REJECT, reviewer="Bo")
    undone = store.undo("Ana")
    assert undone is not None
    assert undone.id == 2
    assert states(store) == ["reject", "open", "open"]
    store.undo("Bo")
    assert states(store) == ["accept", "open", "open"]
    store.undo("Ana")
    assert states(store) == ["open", "open", "open"]


def test_redo_passes_over_a_finding_that_somebody_decided_meanwhile(store: Store) -> None:
    store.decide(1, Verdict.ACCEPT, reviewer="Ana")
    store.undo("Ana")
    store.decide(1, Verdict.REJECT, reviewer="Bo")
    assert store.redo("Ana") is None
    assert states(store) == ["reject", "open", "open"]


def test_many_findings_are_decided_and_undone_in_one_go(store: Store) -> None:
    store.decide(2, Verdict.REJECT, reviewer="Ana")
    made = store.decide_all([1, 2, 3], Verdict.ACCEPT, reviewer="Ana")
    assert [one.text for one in made] == ["a package of measures", "sweet", "motor tricycle"]
    store.undo("Ana")
    assert states(store) == ["open", "reject", "open"]
    store.redo("Ana")
    assert states(store) == ["accept", "accept", "accept"]
    store.undo("Ana")
    store.undo("Ana")
    assert states(store) == ["open", "open", "open"]


def test_undo_of_many_leaves_those_that_somebody_overruled(store: Store) -> None:
    store.decide_all([1, 2, 3], Verdict.ACCEPT, reviewer="Ana")
    store.decide(2, Verdict.REJECT, reviewer="Bo")
    store.undo("Ana")
    assert states(store) == ["open", "reject", "open"]
    store.redo("Ana")
    assert states(store) == ["accept", "reject", "accept"]


def test_many_are_decided_all_or_none(store: Store) -> None:
    with pytest.raises(ReviewerError, match="no finding 99"):
        store.decide_all([1, 2, 99], Verdict.REJECT, reviewer="Ana")
    assert states(store) == ["open", "open", "open"]


@pytest.mark.parametrize(
    "change",
    [
        "update decisions set verdict = 'reject'",
        "delete from decisions",
        "insert or replace into decisions (id, finding, verdict, reviewer, at) values (1, 1, 'reject', 'Bo', '')",
        "update suppressions set rule = null",
        "delete from suppressions",
        "insert or replace into suppressions (id, scope, rule, reviewer, at) values (1, 'rule', 'other', 'Bo', '')",
    ],
)
def test_the_logs_refuse_to_be_changed_by_any_program(store: Store, tmp_path: Path, change: str) -> None:
    store.decide(1, Verdict.ACCEPT, reviewer="Ana")
    with sqlite3.connect(tmp_path / "review.db") as plain:
        plain.execute("insert into suppressions (scope, rule, reviewer, at) values ('rule', 'r', 'Ana', '')")
        plain.commit()
        with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
            plain.execute(change)
    plain.close()
    assert states(store)[0] == "accept"
