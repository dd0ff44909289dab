"""Many findings in one act: groups, safe fixes, ignoring with a scope; one undo takes all of it back, also after a restart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer.model import Document, Finding, Fix, ReviewerError, Severity, Span, Verdict
from reviewer.store import Mark, Scope, Store
from reviewer.tui.dialogs.bulk import Bulk
from reviewer.tui.dialogs.edit import EditDialog, OneLine
from reviewer.tui.dialogs.group import GroupDialog
from reviewer.tui.session import Session
from tests.driven import LARGE, SMALL, review, screen, seen, session, told, words
from tests.reviewed import article

PEARS = ("The masses are glad.", "We met the masses, and the masses sang about a sea of people.")
PLUMS = ("It is for the masses.", "A sea of people came by live broadcast.")
RULES = {
    "the masses": ("calques/masses", ("the villagers", "people"), False),
    "a sea of people": ("calques/sea", ("a crowd",), True),
    "live broadcast": ("calques/live", ("live-stream sales",), True),
}
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x50"])


def found(document: Document) -> Iterator[Finding]:
    """A finding at every place of the marked words; its fixes begin with a capital where the words do."""
    for segment in document.segments:
        for marked, (rule, fixes, safe) in RULES.items():
            start = segment.target.lower().find(marked)
            while start >= 0:
                span = Span(start, start + len(marked))
                text = span.of(segment.target)
                offered = [fix[0].upper() + fix[1:] if text[0].isupper() else fix for fix in fixes]
                yield Finding(
                    rule=rule,
                    segment=segment.key,
                    span=span,
                    text=text,
                    message="Word for word.",
                    category="accuracy/mistranslation",
                    severity=Severity.MINOR,
                    confidence=0.5,
                    fixes=tuple(Fix(span, fix, safe) for fix in offered),
                    fingerprint=f"{rule} {segment.key} {start}",
                )
                start = segment.target.lower().find(marked, start + 1)


def lint(store: Store, *documents: Document) -> None:
    run = store.start_run("lint")
    for document in documents:
        sha256 = hashlib.sha256(document.path.read_bytes()).hexdigest()
        store.record(document, found(document), run, sha256=sha256, encoding="utf-8")
    store.finish_run(run)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Four findings on the masses, two on a sea of people, one on a live broadcast, in two documents."""
    store = Store.open(tmp_path / "review.db")
    lint(store, article(tmp_path, "pears.txt", PEARS), article(tmp_path, "plums.txt", PLUMS))
    return store


def put(store: Store) -> list[tuple[str, str, str | None]]:
    """(words, state, what replaces them) of everything that is not open."""
    everything = [one for document in store.documents() for one in store.findings(document.id)]
    return [(one.finding.text, one.state.value, one.decision_text) for one in everything if one.state is not Verdict.OPEN]


GROUP = [
    ("The masses", "accept", "The villagers"),
    ("the masses", "accept", "the villagers"),
    ("the masses", "accept", "the villagers"),
    ("the masses", "accept", "the villagers"),
]


@SIZES
async def test_g_decides_the_same_words_in_all_documents_and_one_undo_takes_it_back(store: Store, size: tuple[int, int]) -> None:
    async with review(store, size) as pilot:
        await pilot.press("n", "g")
        assert isinstance(pilot.app.screen, GroupDialog)
        assert "4 open findings of calques/masses" in seen(pilot)
        await pilot.press("a")
        assert put(store) == GROUP
        assert words(pilot) == "a sea of people"
        assert "4 findings accepted" in told(pilot)
        await pilot.press("u")
        assert put(store) == []
        assert "18 open" not in seen(pilot)
        await pilot.press("ctrl+r")
        assert put(store) == GROUP


async def test_undo_and_redo_of_a_group_work_after_a_restart(store: Store, tmp_path: Path) -> None:
    async with review(store) as pilot:
        await pilot.press("g", "2", "q")
    store.close()
    with Store.open(tmp_path / "review.db") as again:
        assert {text for *_, text in put(again)} == {"People", "people"}
        async with review(again) as pilot:
            await pilot.press("u")
            assert put(again) == []
    with Store.open(tmp_path / "review.db") as again:
        async with review(again) as pilot:
            await pilot.press("ctrl+r")
            assert len(put(again)) == 4


@pytest.mark.parametrize(("key", "verdict"), [("r", "reject"), ("i", "ignore")])
async def test_a_group_can_be_rejected_or_ignored(store: Store, key: str, verdict: str) -> None:
    async with review(store) as pilot:
        await pilot.press("g", key)
    assert [state for _, state, _ in put(store)] == [verdict] * 4


async def test_a_group_can_be_edited_and_the_edit_cancelled(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("g", "e")
        assert isinstance(pilot.app.screen, EditDialog)
        await pilot.press("escape")
        assert put(store) == []
        await pilot.press("g", "e")
        pilot.app.screen.query_one(OneLine).text = "everybody"
        await pilot.press("enter")
        assert {(state, text) for _, state, text in put(store)} == {("edit", "everybody")}
        await pilot.press("u")
        assert put(store) == []


async def test_a_group_leaves_what_was_decided_before_and_what_somebody_decides_meanwhile(store: Store, tmp_path: Path) -> None:
    first, second, *_ = (one.id for one in store.findings(1))
    store.decide(second, Verdict.REJECT, reviewer="Ana")
    async with review(store) as pilot:
        await pilot.press("home", "g")
        assert "3 open findings" in seen(pilot)
        with Store.open(tmp_path / "review.db") as other:
            other.decide(first, Verdict.EDIT, text="Folk", reviewer="Bo")
        await pilot.press("a")
        assert "2 findings accepted" in told(pilot)
    assert [(state, text) for _, state, text in put(store)] == [
        ("edit", "Folk"),
        ("reject", None),
        ("accept", "the villagers"),
        ("accept", "the villagers"),
    ]


async def test_a_group_that_is_cancelled_or_decided_decides_nothing(store: Store) -> None:
    async with review(store) as pilot:
        for key in ("escape", "q", "g"):
            await pilot.press("g", key)
            assert pilot.app.screen is screen(pilot)
        await pilot.press("g", "9", "escape")
        assert put(store) == []
        await pilot.press("g", "r", "home", "g")
        assert "No finding on these words is open." in told(pilot)


@SIZES
async def test_b_accepts_the_safe_fixes_in_view_and_one_undo_takes_them_back(store: Store, size: tuple[int, int]) -> None:
    async with review(store, size) as pilot:
        await pilot.press("b")
        assert isinstance(pilot.app.screen, Bulk)
        assert "3 open findings with a safe fix in view (all documents)" in " ".join(seen(pilot).split())
        await pilot.press("enter")
        assert [text for *_, text in put(store)] == ["a crowd", "A crowd", "live-stream sales"]
        await pilot.press("u")
        assert put(store) == []
        await pilot.press("U")
        assert len(put(store)) == 3


async def test_b_leaves_alone_what_a_filter_hides(store: Store) -> None:
    async with review(store) as pilot:
        session(pilot).see(replace(session(pilot).view, file="plums"))
        await pilot.press("b")
        assert "2 open findings" in seen(pilot)
        await pilot.press("escape")
        assert put(store) == []
        await pilot.press("b", "y")
    assert [one.state.value for one in store.findings(1)] == ["open"] * 4
    assert len(put(store)) == 2


async def test_a_group_that_cannot_be_saved_is_not_called_accepted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise ReviewerError("review.db: the disk is full")

    monkeypatch.setattr(store, "settle", full)
    async with review(store) as pilot:
        await pilot.press("b", "a", "g", "a")
        assert "Not saved review.db: the disk is full" in told(pilot)
        assert "accepted" not in told(pilot)
        assert words(pilot) == "The masses"


SCOPES = {
    "i": ["The masses"],
    "w": ["The masses", "the masses", "the masses"],
    "W": ["The masses", "the masses", "the masses", "the masses"],
    "r": ["The masses", "the masses", "the masses"],
    "R": ["The masses", "the masses", "the masses", "the masses"],
}


@SIZES
@pytest.mark.parametrize("scope", SCOPES)
async def test_each_scope_hides_what_it_says_and_its_undo_works_after_a_restart(
    store: Store, tmp_path: Path, scope: str, size: tuple[int, int]
) -> None:
    async with review(store, size) as pilot:
        await pilot.press("i", scope, "q")
        assert [one for one, *_ in put(store)] == SCOPES[scope]
        assert {state for _, state, _ in put(store)} == {"ignore"}
    store.close()
    with Store.open(tmp_path / "review.db") as again:
        assert [one for one, *_ in put(again)] == SCOPES[scope]
        async with review(again, size) as pilot:
            await pilot.press("u")
            assert put(again) == []
            assert words(pilot) == "The masses"
            await pilot.press("ctrl+r")
            assert [one for one, *_ in put(again)] == SCOPES[scope]
            await pilot.press("u", "u")
            assert put(again) == []


async def test_the_dialog_of_ignoring_takes_arrow_keys_and_can_be_left(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("i", "escape", "i", "q")
        assert put(store) == []
        await pilot.press("i", "j", "j", "k", "enter")
    assert [one.scope for one in store.suppressions()] == [Scope.WORDS_IN_FILE]


async def test_undo_goes_back_through_acts_of_every_kind_in_their_order(store: Store, tmp_path: Path) -> None:
    async with review(store) as pilot:
        await pilot.press("r", "i", "W", "b", "a", "c", *"why", "enter")
        states = [put(store)]
        for _ in range(4):
            await pilot.press("u")
            states.append(put(store))
        assert [len(one) for one in states] == [7, 7, 4, 1, 0]
        await pilot.press("u")
        assert "nothing left to undo" in told(pilot)
        for _ in range(4):
            await pilot.press("ctrl+r")
        assert put(store) == states[0]


def test_another_reviewer_s_group_is_theirs_to_undo(store: Store) -> None:
    ana, bo = Session(store, [1, 2], "Ana"), Session(store, [1, 2], "Bo")
    alike = ana.catalogue.open_alike(1)
    assert ana.decide_alike(alike, Verdict.ACCEPT, "the villagers") == (4, 0)
    assert bo.undo() is None
    bo.decide([1], Verdict.REJECT)
    assert ana.undo() is not None
    assert put(store) == [("The masses", "reject", None)]


async def test_words_that_change_already_do_not_keep_the_others_of_a_group_from_being_decided(store: Store) -> None:
    mark = Mark(1, Span(0, 10), "We all met", "accuracy/mistranslation")
    store.settle([], [mark], document_id=1, reviewer="Bo")
    async with review(store) as pilot:
        await pilot.press("g", "a")
        assert "3 findings accepted. u takes that back. 1 left open" in told(pilot)
        assert len(put(store)) == 4
        await pilot.press("u")
    assert put(store) == [("We met the", "edit", "We all met")]
