"""What is in view: search, filters, order, headings; places that are kept; a second reviewer on the same findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reviewer.model import Severity, Verdict
from reviewer.store import Scope, Store
from reviewer.tui.acts.base import ReviewBase
from reviewer.tui.dialogs.files import Files
from reviewer.tui.dialogs.filter import Filter
from reviewer.tui.session import Session
from reviewer.tui.view import Group, Order, View
from tests.driven import LARGE, SMALL, review, screen, seen, session, states, told, words
from tests.reviewed import MARKED, article, marked, record

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x50"])
PLUMS = ("Plums are in in season by the way of rain.", "A safe house and a sea of people.")
CRITICAL = [row[0] for row in MARKED if row[2] is Severity.CRITICAL]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """pears.txt with 16 findings, two of them critical; plums.txt with 3; rain.txt with none."""
    store = Store.open(tmp_path / "review.db")
    record(store, article(tmp_path))
    record(store, article(tmp_path, "plums.txt", PLUMS), (MARKED[7], MARKED[8], MARKED[9]))
    record(store, article(tmp_path, "rain.txt", ("It rained.",)), ())
    return store


def in_view(pilot: Pilot[None]) -> list[str]:
    now = session(pilot)
    return [stored.finding.text for place in range(len(now.queue)) if (stored := now.stored(place))]


@SIZES
async def test_search_shows_what_holds_the_words_and_escape_shows_everything_again(store: Store, size: tuple[int, int]) -> None:
    async with review(store, size) as pilot:
        await pilot.press("slash", *"SEA of")
        assert "2 findings" in seen(pilot)
        await pilot.press("enter")
        assert in_view(pilot) == ["a sea of people"] * 2
        assert words(pilot) == "a sea of people"
        assert "1 of 2 in view" in seen(pilot)
        await pilot.press("n")
        assert session(pilot).document.label == "plums.txt"
        await pilot.press("escape")
        assert len(in_view(pilot)) == 19
        assert words(pilot) == "a sea of people"
        assert session(pilot).document.label == "plums.txt"


@pytest.mark.parametrize(
    ("text", "count"),
    [("safe", 0), ("text", 0), ("30,000", 1), ("WITH", 3), ("calques/fists", 1), ("组合拳", 0), ("”", 19), ('"', 1), ("ÉCOLE", 1)],
)
def test_a_search_is_for_words_and_not_for_how_they_are_stored(store: Store, text: str, count: int) -> None:
    store.decide(1, Verdict.EDIT, text='the "école"', reviewer="Ana")
    assert len(store.matching(text)) == count


@SIZES
async def test_a_filter_shows_how_many_findings_it_would_show(store: Store, size: tuple[int, int]) -> None:
    async with review(store, size) as pilot:
        await pilot.press("f")
        assert isinstance(pilot.app.screen, Filter)
        assert "19 findings" in seen(pilot)
        await pilot.press("v", "v")
        assert "2 findings" in seen(pilot)
        await pilot.press("enter")
        assert in_view(pilot) == CRITICAL
        assert words(pilot) == CRITICAL[0]
        await pilot.press("a")
        assert words(pilot) == CRITICAL[1]
        assert in_view(pilot) == CRITICAL
        await pilot.press("a")
        assert "Nothing in view is open any more." in seen(pilot)
        assert "17 findings are open in all" in seen(pilot)
        await pilot.press("u")
        assert words(pilot) == CRITICAL[1]
    assert states(store).count("accept") == 1


async def test_every_line_of_the_filter_can_be_changed_and_cleared(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("f", "s", "p", "o", "l", "r", *"calques, -calques/sea", "enter", "c", *"accuracy", "enter")
        await pilot.press("f", *"pears", "enter", "t", *"ten", "enter", "j", "down", "k", "right", "left", "enter")
        assert session(pilot).view == View(
            confidence=0.25,
            states=(Verdict.OPEN,),
            rule="calques, -calques/sea",
            category="accuracy",
            file="pears",
            text="ten",
            order=Order.VALUE,
            group=Group.RULE,
        )
        assert in_view(pilot) == ["walked into ten thousand households"]
        await pilot.press("f", "x", "q")
        assert session(pilot).view.text == "ten"
        await pilot.press("f", "x", "enter")
        assert session(pilot).view == View()


@SIZES
async def test_a_filter_that_shows_nothing_says_so_and_decides_nothing(store: Store, size: tuple[int, int]) -> None:
    async with review(store, size) as pilot:
        await pilot.press("slash", *"no such words", "enter")
        assert "Nothing is in view. Escape shows everything again." in told(pilot)
        assert "nothing in view" in seen(pilot)
        assert "Orchard Town" in seen(pilot)
        await pilot.press("a", "r", "e", "i", "g", "c", "x", "h", "y", "n", "p", "s", "home", "end", "b", "escape")
        assert set(states(store)) == {"open"}
        await pilot.press("escape")
        assert "1 of 16" in seen(pilot)
        assert words(pilot) == MARKED[0][0]


async def test_a_filter_goes_to_the_nearest_finding_and_not_to_another_document(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("right_square_bracket", "n")
        assert words(pilot) == "by the way of"
        await pilot.press("slash", *"in in", "enter")
        assert session(pilot).document.label == "plums.txt"
        await pilot.press("slash", "ctrl+u", *"live", "enter")
        assert (session(pilot).document.label, words(pilot)) == ("pears.txt", "live broadcast")


async def test_a_filter_leads_out_of_a_document_without_findings(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("right_square_bracket", "right_square_bracket")
        assert session(pilot).document.label == "rain.txt"
        await pilot.press("f", "v", "enter")
        assert words(pilot) != ""


def test_the_findings_of_other_documents_are_read_without_leaving_an_empty_one(store: Store) -> None:
    now = Session(store, [3, 1, 2], "Ana")
    assert now.document.label == "pears.txt"
    now.to_document(0)
    now.load()
    assert (now.document.label, now.current) == ("rain.txt", None)
    assert now.next_open()
    assert now.document.label == "pears.txt"
    now.to_document(0)
    now.to_end(last=True)
    assert now.document.label == "plums.txt"


async def test_home_and_end_reach_over_all_documents_before_they_have_been_read(store: Store) -> None:
    now = Session(store, [1, 2, 3], "Ana")
    now.to_end(last=True)
    assert (now.document.label, now.at) == ("plums.txt", 18)
    now = Session(store, [1, 2, 3], "Ana")
    now.to_document(1)
    now.to_end(last=False)
    assert (now.document.label, now.at) == ("pears.txt", 0)


async def test_by_value_the_worst_comes_first_and_the_next_one_is_the_next_in_line(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("l", "l", "l", "o", "home")
        assert in_view(pilot)[:2] == CRITICAL
        assert "by value" in seen(pilot)
        ranks = [stored.finding.severity.rank for place in range(19) if (stored := session(pilot).stored(place))]
        assert ranks == sorted(ranks)
        await pilot.press("a", "a")
        assert in_view(pilot)[:2] == CRITICAL
        assert session(pilot).at == 2
        await pilot.press("o")
        assert session(pilot).view.order is Order.PLACE


async def test_headings_are_files_rules_or_words_and_count_what_stands_under_them(store: Store) -> None:
    async with review(store, LARGE) as pilot:
        assert "pears.txt 16" in seen(pilot)
        assert "plums.txt 3" in seen(pilot)
        await pilot.press("l")
        assert "doubled/words 2" in seen(pilot)
        await pilot.press("l")
        assert "a sea of people 2" in seen(pilot)
        await pilot.press("l")
        assert "pears.txt 16" not in seen(pilot)
        await pilot.press("l")
        assert "pears.txt 16" in seen(pilot)
        await pilot.click("#list", offset=(3, 17))
        assert session(pilot).document.label == "plums.txt"


async def test_a_click_on_a_finding_that_is_not_in_view_says_so(store: Store) -> None:
    async with review(store, LARGE) as pilot:
        await pilot.press("f", "v", "v", "enter")
        await pilot.click("#document", offset=(20, 0))
        assert "not in view" in told(pilot)
        assert words(pilot) == CRITICAL[0]


async def test_the_view_is_there_again_in_the_next_session_and_for_its_reviewer_only(store: Store, tmp_path: Path) -> None:
    async with review(store) as pilot:
        await pilot.press("f", "v", "v", "enter", "q")
    store.close()
    with Store.open(tmp_path / "review.db") as again:
        async with review(again) as pilot:
            assert in_view(pilot) == CRITICAL
            assert "critical" in seen(pilot)
            assert "1 of 2 in view" in seen(pilot)
        assert Session(again, [1], "Bo").view == View()
        assert Session(again, [1], "Ana", View(text="sea")).view == View(text="sea")


def test_a_session_under_a_filter_begins_where_the_last_one_ended(store: Store) -> None:
    store.decide(17, Verdict.ACCEPT, reviewer="Ana")
    store.keep_habit("Ana", "view", View(rule="calques").as_data())
    now = Session(store, [1, 2, 3], "Ana")
    assert (now.document.label, now.current and now.current.finding.text) == ("plums.txt", "a sea of people")
    store.keep_habit("Ana", "view", View(rule="names").as_data())
    now = Session(store, [1, 2, 3], "Ana")
    assert (now.document.label, now.current and now.current.finding.text) == ("pears.txt", "Chen Lao")


@pytest.mark.parametrize("name", ["view", "looks", "places"])
@pytest.mark.parametrize(
    "value",
    [None, 3, "x", [], ["view"], {"1": "x"}, {"x": 1}, {"1": 999}, {"source": [], "fold": 3, "theme": 4}, {"theme": "no such"}],
)
async def test_a_habit_that_is_damaged_is_ignored(store: Store, name: str, value: object) -> None:
    store.keep_habit("Ana", name, value)
    store.keep_habit("Bo", name, value)
    now = Session(store, [1, 2, 3], "Bo")
    now.to_document(1)
    now.to_document(0)
    assert now.view == View()
    if name == "looks":
        async with review(store) as pilot:
            await pilot.press("escape", "n", "q")


# Undo, and what others do, under a filter


def test_an_undo_shows_its_finding_though_the_view_leaves_it_out(store: Store) -> None:
    now = Session(store, [1, 2, 3], "Ana")
    now.decide([17], Verdict.REJECT)
    now.see(View(severity=Severity.CRITICAL))
    assert now.undo() is not None
    assert now.current is not None
    assert (now.current.id, now.document.label) == (17, "plums.txt")
    assert sorted(now.queue) == [2, 7, 17]
    now.see(View(severity=Severity.CRITICAL))
    assert sorted(now.queue) == [2, 7]


@pytest.mark.parametrize("loaded", [False, True])
def test_an_undo_of_words_that_have_gone_from_the_file_stays_where_it_is(store: Store, tmp_path: Path, loaded: bool) -> None:
    store.decide(1, Verdict.REJECT, reviewer="Ana")
    store.decide(17, Verdict.REJECT, reviewer="Ana")
    record(store, article(tmp_path, "plums.txt", PLUMS[1:]), (MARKED[9],))
    now = Session(store, [1, 2, 3], "Ana")
    if loaded:
        now.load()
    before = now.current
    assert [one and one.id for one in (now.undo(), now.redo(), now.undo())] == [17, 17, 17]
    assert now.current is not None
    assert now.current == before
    assert now.undo() is not None
    assert now.current.id == 1


def test_an_undo_in_a_document_that_is_no_longer_in_the_store_stays_where_it_is(store: Store, tmp_path: Path) -> None:
    run = store.start_run("lint")
    two = replace(article(tmp_path, "two.txt", ("A sea of people in in town.",)), name="one")
    store.record(two, [], run, sha256="x", encoding="utf-8")
    store.finish_run(run)
    both = replace(article(tmp_path, "two.txt", PLUMS), name="other")
    run = store.start_run("lint")
    store.record(both, marked(both, (MARKED[7],)), run, sha256="x", encoding="utf-8")
    store.finish_run(run)
    (gone,) = store.findings(5)
    store.decide(gone.id, Verdict.REJECT, reviewer="Ana")
    run = store.start_run("lint")
    store.record(two, [], run, sha256="x", encoding="utf-8")
    store.finish_run(run)
    now = Session(store, [1, 2], "Ana")
    assert now.undo() is not None
    assert now.document.label == "pears.txt"


Act = Callable[[Store], object]
ACTS: dict[str, Act] = {
    "a decision on the current finding": lambda store: store.decide(2, Verdict.REJECT, reviewer="Bo"),
    "a decision in another document": lambda store: store.decide(17, Verdict.ACCEPT, reviewer="Bo"),
    "a group": lambda store: store.decide_all([3, 4, 17, 18], Verdict.ACCEPT, reviewer="Bo"),
    "a rule ignored": lambda store: store.suppress(Scope.RULE, rule="calques/fists", reviewer="Bo"),
    "a lint of another file": lambda store: record(store, article(store.folder, "new.txt", PLUMS), (MARKED[7],)),
    "a lint that moves the text": lambda store: record(store, article(store.folder, lines=("New.", *lines_of(store)))),
}


def lines_of(store: Store) -> tuple[str, ...]:
    return tuple(segment.target for segment in store.segments(1))


@pytest.mark.parametrize("view", [View(), View(severity=Severity.CRITICAL), View(order=Order.VALUE, group=Group.RULE)])
@pytest.mark.parametrize("act", ACTS)
async def test_what_another_reviewer_does_appears_and_the_place_is_kept(store: Store, tmp_path: Path, act: str, view: View) -> None:
    async with review(store) as pilot:
        now = session(pilot)
        now.see(view)
        now.to_finding(2)
        screen(pilot).show()
        with Store.open(tmp_path / "review.db") as other:
            ACTS[act](other)
            expected = {document.id: document.open for document in other.documents()}
        screen(pilot)._look_for_changes()
        await pilot.pause()
        assert words(pilot) == "combination punches"
        assert {document.id: document.open for document in now.documents} == {
            key: count for key, count in expected.items() if key in {document.id for document in now.documents}
        }
        assert f"{now.document.open:,} open" in seen(pilot)
        await pilot.press("n")
        assert words(pilot) != "combination punches"


async def test_another_s_decision_leaves_the_text_where_it_was_scrolled_to(store: Store, tmp_path: Path) -> None:
    lines = tuple(f"Line {number} of it." for number in range(300))
    record(store, article(tmp_path, "long.txt", lines), (("Line 0 of", ("Line 1 of",), Severity.MINOR, "lines"),))
    async with review(store) as pilot:
        session(pilot).to_document(0)
        assert session(pilot).document.label == "long.txt"
        screen(pilot).show()
        await pilot.press("pagedown", "pagedown")
        before = seen(pilot).splitlines()[3:12]
        with Store.open(tmp_path / "review.db") as other:
            other.decide(2, Verdict.REJECT, reviewer="Bo")
        screen(pilot)._look_for_changes()
        await pilot.pause()
        assert seen(pilot).splitlines()[3:12] == before


async def test_another_s_decision_appears_behind_a_dialog(store: Store, tmp_path: Path) -> None:
    async with review(store) as pilot:
        for key in ("e", "i", "g", "b", "c", "x", "h", "f", "slash", "d", "colon", "m", "question_mark", "f1"):
            await pilot.press(key)
            with Store.open(tmp_path / "review.db") as other:
                other.decide(5, Verdict.REJECT, reviewer="Bo")
                other.undo("Bo")
                other.lift(other.suppress(Scope.RULE, rule="calques/seam", reviewer="Bo").id, reviewer="Bo")
            screen(pilot)._look_for_changes()
            await pilot.pause()
            assert len(pilot.app.screen_stack) == 3, key
            await pilot.press("escape")
            assert isinstance(pilot.app.screen, ReviewBase)
        assert words(pilot) == MARKED[0][0]


def test_decisions_on_files_that_are_not_under_review_do_not_read_everything_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = Session(store, [1], "Ana")
    now.load()
    monkeypatch.setattr(now, "reload", lambda: pytest.fail("read everything again"))
    store.decide(17, Verdict.REJECT, reviewer="Bo")
    now.catch_up()
    assert now.open == 16


# Files


@SIZES
async def test_the_files_tell_how_far_each_has_come_and_open(store: Store, size: tuple[int, int]) -> None:
    async with review(store, size) as pilot:
        await pilot.press("a", "r", "d")
        assert isinstance(pilot.app.screen, Files)
        assert "3 documents" in seen(pilot)
        assert "2 of 19 decided, 17 open" in seen(pilot)
        assert "2 of 16" in seen(pilot)
        await pilot.press("j", "j", "k", "enter")
        assert session(pilot).document.label == "plums.txt"
        await pilot.press("d", "o", "home", "enter")
        assert session(pilot).document.label == "pears.txt"
        assert words(pilot) == MARKED[2][0]
        await pilot.press("d", "d")
        assert len(pilot.app.screen_stack) == 2


async def test_a_file_is_left_and_found_again_at_the_same_finding(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("n", "n", "n", "right_square_bracket", "n", "left_square_bracket")
        assert words(pilot) == MARKED[3][0]
        await pilot.press("right_square_bracket")
        assert words(pilot) == "by the way of"
        await pilot.press("q")
    async with review(store) as pilot:
        await pilot.press("right_square_bracket")
        assert words(pilot) == "by the way of"
