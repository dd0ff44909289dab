"""Identical sentences keep their own decisions when copies come and go; none is decided for a copy that nobody reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer import engine, formats
from reviewer.model import Document, Rule, Segment, Span, Verdict
from reviewer.store import Mark, Scope, Store, StoredFinding

CAT = "We saw the the cat."
ACCEPT, EDIT, REJECT, IGNORE, OPEN = Verdict.ACCEPT, Verdict.EDIT, Verdict.REJECT, Verdict.IGNORE, Verdict.OPEN

CHECKER = engine.compile(
    [
        Rule(id="test/word-twice", why="Twice.", kind="doubled", detect="word-twice"),
        Rule(id="test/dog", why="A dog.", flag="dog", use=("hound",)),
    ]
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "review.db")


def lint(store: Store, *paragraphs: str, part: int = 0, run: int = 0, checker: engine.Checker = CHECKER) -> list[StoredFinding]:
    """Lints paragraphs as a.txt; gives what is in sight."""
    path = store.folder / "a.txt"
    segments = tuple(Segment(str(number), text) for number, text in enumerate(paragraphs))
    document = Document(path, "text", segments, part=part)
    now = run or store.start_run("lint")
    store.record(document, engine.review(document, checker), now, sha256=str(hash(paragraphs)), encoding="utf-8")
    if not run:
        store.finish_run(now)
    return store.findings(1)


def decide(store: Store, *verdicts: Verdict) -> None:
    for found, verdict in zip(store.findings(1), verdicts, strict=True):
        if verdict is not OPEN:
            store.decide(found.id, verdict, text="a" if verdict is EDIT else None, reviewer="Ana")


def states(found: list[StoredFinding]) -> list[Verdict]:
    return [one.state for one in found]


def test_copies_are_numbered_and_counted_in_their_fingerprints(store: Store) -> None:
    names = [one.finding.fingerprint for one in lint(store, CAT, "A dog came.", CAT, CAT)]
    place = names[0].partition("-")[0]
    assert [name for name in names if name.startswith(place)] == [f"{place}-{number}/3" for number in (1, 2, 3)]
    assert "-" not in names[1]


@pytest.mark.parametrize("verdict", [ACCEPT, EDIT])
def test_what_was_rejected_stays_so_when_an_export_has_mended_another_copy(store: Store, verdict: Verdict) -> None:
    lint(store, CAT, "One.", CAT, "Two.", CAT)
    decide(store, verdict, REJECT, OPEN)
    ids = [one.id for one in store.findings(1)]
    found = lint(store, "We saw the cat.", "One.", CAT, "Two.", CAT)
    assert [(one.id, one.state) for one in found] == [(ids[1], REJECT), (ids[2], OPEN)]
    found = lint(store, "We saw the cat.", "One.", CAT, "Two.", CAT, "Three.")
    assert [(one.id, one.state) for one in found] == [(ids[1], REJECT), (ids[2], OPEN)]


def test_the_copy_between_two_that_were_mended_keeps_its_own_decision(store: Store) -> None:
    lint(store, CAT, CAT, CAT, CAT)
    decide(store, ACCEPT, REJECT, EDIT, IGNORE)
    assert states(lint(store, "We saw the cat.", CAT, "We saw a cat.", CAT)) == [REJECT, IGNORE]


def test_a_new_copy_beside_an_accepted_one_is_open_and_so_is_the_accepted_one(store: Store) -> None:
    lint(store, CAT)
    decide(store, ACCEPT)
    assert states(lint(store, CAT, "One.", CAT)) == [OPEN, OPEN]


def test_a_false_alarm_does_not_come_back_on_another_copy(store: Store) -> None:
    lint(store, CAT, CAT)
    decide(store, REJECT, OPEN)
    ids = [one.id for one in store.findings(1)]
    found = lint(store, CAT, CAT, "One.", CAT)
    assert states(found) == [REJECT] * 3
    assert [one.id for one in found[:2]] == ids
    assert [(one.reviewer, one.note) for one in found] == [
        ("Ana", ""),
        ("Ana", "as the other copies"),
        ("Ana", "as the other copies"),
    ]
    assert states(lint(store, CAT)) == [REJECT]


def test_one_undo_takes_back_what_was_said_of_the_other_copies(store: Store) -> None:
    lint(store, CAT)
    decide(store, IGNORE)
    assert states(lint(store, CAT, CAT, CAT)) == [IGNORE] * 3
    store.undo("Ana")
    assert states(store.findings(1)) == [IGNORE, OPEN, OPEN]
    store.undo("Ana")
    assert states(store.findings(1)) == [OPEN] * 3


def test_copies_on_which_people_differ_are_open_when_their_number_changes(store: Store) -> None:
    lint(store, CAT, CAT, CAT)
    decide(store, REJECT, IGNORE, OPEN)
    assert states(lint(store, CAT, CAT)) == [OPEN, OPEN]
    lint(store, CAT, CAT, CAT)
    decide(store, ACCEPT, REJECT, REJECT)
    assert states(lint(store, CAT, CAT, CAT, CAT)) == [OPEN] * 4


def test_an_old_acceptance_is_not_put_on_copies_that_came_since(store: Store) -> None:
    lint(store, CAT, CAT)
    decide(store, ACCEPT, REJECT)
    assert states(lint(store, "We saw the cat.", CAT)) == [REJECT]
    assert states(lint(store, CAT, "One.", CAT)) == [REJECT, REJECT]
    lint(store, CAT)
    assert states(lint(store, CAT, CAT)) == [REJECT, REJECT]


def test_a_decision_is_carried_over_from_the_last_lint_that_saw_its_words(store: Store) -> None:
    lint(store, CAT, CAT)
    decide(store, ACCEPT, REJECT)
    assert lint(store, "We saw the cat.", CAT, checker=engine.compile(CHECKER.rules[1:])) == []
    assert states(lint(store, "We saw the cat.", CAT)) == [REJECT]
    assert lint(store, "Nothing.") == []
    assert states(lint(store, CAT, CAT, CAT)) == [REJECT] * 3


def test_open_copies_keep_their_notes(store: Store) -> None:
    first, second = lint(store, CAT, CAT)
    store.annotate(second.id, "ask the author", reviewer="Ana")
    assert [(one.id, one.note) for one in lint(store, CAT, CAT, CAT)[:2]] == [(first.id, ""), (second.id, "ask the author")]


def test_what_a_suppression_hides_is_no_decision_on_a_copy(store: Store) -> None:
    lint(store, CAT)
    made = store.suppress(Scope.WORDS, words="the the", reviewer="Ana")
    assert states(lint(store, CAT, CAT)) == [IGNORE, IGNORE]
    store.lift(made.id, reviewer="Ana")
    assert states(store.findings(1)) == [OPEN, OPEN]


def test_other_families_and_other_parts_are_left_alone(store: Store) -> None:
    run = store.start_run("lint")
    lint(store, CAT, "A dog came.", run=run)
    lint(store, CAT, CAT, part=1, run=run)
    store.finish_run(run)
    decide(store, REJECT, ACCEPT, ACCEPT, REJECT)
    run = store.start_run("lint")
    lint(store, CAT, CAT, "A dog came.", run=run)
    found = lint(store, CAT, CAT, part=1, run=run)
    assert states(found) == [REJECT, REJECT, ACCEPT, ACCEPT, REJECT]


def test_a_lint_with_fewer_rules_gives_the_same_names(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("A dog dog came.\n\nA dog dog came.\n")
    (document,) = formats.read(path)
    twice = next(rule for rule in CHECKER.rules if rule.id == "test/word-twice")
    sure = engine.compile([twice, Rule(id="test/all", why="All.", flag="A dog dog came", confidence=1.0)])
    names = [[one.fingerprint for one in engine.review(document, engine.compile([rule]))] for rule in sure.rules]
    assert [one.fingerprint for one in engine.review(document, sure)] == names[1]
    assert [one.fingerprint for one in engine.review(document, sure, least=1.0)] == names[1]
    assert len(names[0]) == 2


def mark(store: Store, position: int, text: str | None) -> StoredFinding:
    span = Span(len("We saw "), len("We saw one"))
    (made,) = store.settle([], [Mark(position, span, text, "style/awkward")], document_id=1, reviewer="Ana")
    return next(one for one in store.findings(1) if one.finding.fingerprint == made.fingerprint)


ONE = "We saw one cat."


def test_what_a_reviewer_marked_stays_at_its_copy_when_an_export_has_mended_another(store: Store) -> None:
    lint(store, ONE, ONE, ONE)
    mark(store, 0, "a")
    third = mark(store, 2, None)
    (found,) = lint(store, "We saw a cat.", ONE, ONE)
    assert (found.id, found.position, found.state) == (third.id, 2, OPEN)


def test_an_edit_that_a_reviewer_marked_is_open_when_copies_come_and_nobody_knows_which_one_it_is(store: Store) -> None:
    lint(store, ONE)
    marked = mark(store, 0, "a")
    (found,) = lint(store, ONE, ONE)
    assert (found.state, [fix.text for fix in found.finding.fixes]) == (OPEN, ["a"])
    assert found.id != marked.id
    assert store.finding(marked.id).state is EDIT
    assert [one.id for one in lint(store, ONE, ONE, "More.")] == [found.id]


def test_a_marked_error_without_a_better_word_stays_when_copies_come_or_go(store: Store) -> None:
    lint(store, ONE, ONE)
    marked = mark(store, 1, None)
    for paragraphs, position in (((ONE, ONE, ONE), 1), ((ONE,), 0), ((ONE, "Two."), 0)):
        (found,) = lint(store, *paragraphs)
        assert (found.id, found.position, found.state) == (marked.id, position, OPEN)


def test_a_marking_that_was_undone_does_not_come_back(store: Store) -> None:
    lint(store, ONE)
    mark(store, 0, "a")
    store.undo("Ana")
    assert lint(store, ONE, ONE) == []
    store.redo("Ana")
    assert [one.position for one in store.findings(1)] == [0]
