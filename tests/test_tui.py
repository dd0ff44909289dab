"""The review screen, driven by its keys: what is pressed is in the store, and the screen is where the reviewer expects it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from reviewer.model import Decision, ReviewerError, Severity, Verdict
from reviewer.store import Store
from reviewer.tui.dialogs.edit import EditDialog, OneLine
from reviewer.tui.dialogs.reading import Reading
from reviewer.tui.document_view import DocumentView
from reviewer.tui.review import ReviewScreen
from reviewer.tui.session import Session
from tests.driven import LARGE, SMALL, review, seen, session, told, words
from tests.reviewed import ARTICLE, MARKED, article, record

BOTH = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x50"])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "review.db")
    record(store, article(tmp_path))
    return store


def decided(store: Store) -> list[tuple[str, str | None]]:
    return [(one.state.value, one.decision_text) for one in store.findings(1) if one.state is not Verdict.OPEN]


@BOTH
async def test_a_accepts_the_first_fix_and_moves_on(store: Store, size: tuple[int, int]) -> None:
    async with review(store, size) as pilot:
        assert words(pilot) == MARKED[0][0]
        await pilot.press("a")
        assert words(pilot) == MARKED[1][0]
        await pilot.press("enter")
        assert words(pilot) == MARKED[2][0]
        assert "Orchard Town Does Well with Pears✓" in seen(pilot)
        assert "a package of measures✓" in seen(pilot)
    assert decided(store) == [("accept", "Does Well with Pears"), ("accept", "a package of measures")]


@BOTH
async def test_a_number_accepts_that_fix(store: Store, size: tuple[int, int]) -> None:
    async with review(store, size) as pilot:
        await pilot.press("n", "2")
        assert store.findings(1)[1].decision_text == "several measures at once"
        await pilot.press("9")
        assert "There is no fix 9 here." in told(pilot)
    assert len(decided(store)) == 1


@BOTH
async def test_r_rejects_and_the_words_stay(store: Store, size: tuple[int, int]) -> None:
    async with review(store, size) as pilot:
        await pilot.press("r")
        assert "Plays a Good Chess Game of Pears✗" in seen(pilot)
        assert "✗ 1" in seen(pilot)
    assert decided(store) == [("reject", None)]


@BOTH
async def test_s_and_tab_go_to_open_findings_and_decide_nothing(store: Store, size: tuple[int, int]) -> None:
    async with review(store, size) as pilot:
        await pilot.press("n", "r", "home")
        for number, key in enumerate(["s", "tab", "s", "tab"], 2):
            await pilot.press(key)
            assert words(pilot) == MARKED[number][0]
    assert len(decided(store)) == 1


@BOTH
async def test_the_ways_through_the_findings(store: Store, size: tuple[int, int]) -> None:
    async with review(store, size) as pilot:
        for keys, number in [
            ("n", 1),
            ("j", 2),
            ("down", 3),
            ("p", 2),
            ("k", 1),
            ("up", 0),
            ("G", 15),
            ("home", 0),
            ("end", 15),
            ("home", 0),
        ]:
            await pilot.press(keys)
            assert words(pilot) == MARKED[number][0]
            assert f"{number + 1} of 16" in seen(pilot)
            assert words(pilot)[:9] in seen(pilot)
        await pilot.press("p")
        assert "This is the first finding." in told(pilot)
    assert decided(store) == []


@BOTH
async def test_e_edits_with_the_sentence_as_it_will_read(store: Store, size: tuple[int, int]) -> None:
    async with review(store, size) as pilot:
        await pilot.press("n", "e")
        assert isinstance(pilot.app.screen, EditDialog)
        field = pilot.app.screen.query_one(OneLine)
        assert field.text == "a package of measures"
        field.text = "sweet "
        await pilot.press("d", "e", "a", "l", "s")
        field.move_cursor(field.document.end)
        await pilot.pause()
        preview = str(pilot.app.screen.query_one("#preview", Static).content)
        assert "sweet" in preview
        assert "combination punches" not in preview
        assert preview.startswith("The township threw ")
        field.text = "new measures"
        await pilot.press("enter")
        assert words(pilot) == MARKED[2][0]
    assert decided(store) == [("edit", "new measures")]


async def test_escape_leaves_the_edit_without_a_decision(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("e", "z", "escape")
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert words(pilot) == MARKED[0][0]
    assert decided(store) == []


async def test_an_edit_that_says_the_fix_accepts_it(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("e", "enter")
    assert decided(store) == [("accept", "Does Well with Pears")]


async def test_words_that_were_not_changed_are_not_saved_as_an_edit(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("e")
        pilot.app.screen.query_one(OneLine).text = MARKED[0][0]
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, EditDialog)
        assert "as they stand" in str(pilot.app.screen.query_one("#hint", Static).content)
    assert decided(store) == []


async def test_an_edit_begins_with_the_decision_there_is(store: Store) -> None:
    store.decide(1, Verdict.EDIT, text="Grows Pears", reviewer="Ana")
    async with review(store) as pilot:
        await pilot.press("home", "e")
        assert pilot.app.screen.query_one(OneLine).text == "Grows Pears"


async def test_a_finding_without_a_fix_asks_for_the_words(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("G", "p", "a")
        assert words(pilot) == "Chen Lao"
        assert isinstance(pilot.app.screen, EditDialog)
        assert "No fix is offered" in seen(pilot)
        assert pilot.app.screen.query_one(OneLine).text == "Chen Lao"
        await pilot.press("escape", "3")
        assert "There is no fix 3 here." in told(pilot)
    assert decided(store) == []


async def test_a_fix_that_deletes_is_named_and_applied(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press(*["n"] * 12)
        assert words(pilot) == "The reporter learned that"
        assert "⌫ (delete)" in seen(pilot)
        await pilot.press("a")
    assert decided(store) == [("accept", "")]


@BOTH
async def test_u_takes_back_and_goes_there_and_ctrl_r_does_it_again(store: Store, size: tuple[int, int]) -> None:
    async with review(store, size) as pilot:
        await pilot.press("a", "r", "G", "u")
        assert words(pilot) == MARKED[1][0]
        assert decided(store) == [("accept", "Does Well with Pears")]
        await pilot.press("ctrl+r")
        assert [state for state, _ in decided(store)] == ["accept", "reject"]
        await pilot.press("u", "u", "u")
        assert "There is nothing left to undo." in told(pilot)
    assert decided(store) == []
    assert len(store.history(2)) == 4


async def test_deciding_again_is_one_more_row(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("a", "home", "r", "home")
        assert "rejected by Ana" in seen(pilot)
    assert decided(store) == [("reject", None)]
    assert [decision.verdict for decision in store.history(1)] == ["accept", "reject"]


async def test_i_w_ignores_the_words_in_the_file_and_u_brings_them_back(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("n", "i", "w")
        assert decided(store) == [("ignore", None)]
        assert words(pilot) == MARKED[2][0]
        assert "Ignored in this file" in told(pilot)
        await pilot.press("u")
        assert words(pilot) == MARKED[1][0]
    assert decided(store) == []
    assert store.suppressions() == []


@BOTH
async def test_a_morning_s_work_is_as_it_was_left(store: Store, size: tuple[int, int], tmp_path: Path) -> None:
    async with review(store, size) as pilot:
        await pilot.press(*["a"] * 10, "e", "m", "enter", "r", "r", "r", "u")
        assert "13 decided, 3 open" in seen(pilot)
        await pilot.press("q")
    store.close()
    with Store.open(tmp_path / "review.db") as again:
        kinds = [one.state.value for one in again.findings(1)]
        assert kinds == ["accept"] * 10 + ["edit"] + ["reject"] * 2 + ["open"] * 3
        assert again.findings(1)[10].decision_text == "take picturesm"
        async with review(again, size) as pilot:
            assert session(pilot).index == 13
            assert "14 of 16" in seen(pilot)
            await pilot.press("u")
            assert session(pilot).index == 12


@BOTH
async def test_when_nothing_is_open_it_says_what_export_would_do(store: Store, size: tuple[int, int]) -> None:
    store.decide_all([one.id for one in store.findings(1)[1:]], Verdict.REJECT, reviewer="Ana")
    async with review(store, size) as pilot:
        await pilot.press("a")
        assert "Nothing is open in this document." in seen(pilot)
        assert "1 change: 1 accepted, 0 edited; 15 rejected" in " ".join(seen(pilot).split())
        assert "reviewer export --db" in seen(pilot)
        await pilot.press("p", "n")
        assert "Nothing is open" not in seen(pilot)
        await pilot.press("s")
        assert "Nothing is open" in seen(pilot)


async def test_the_last_open_finding_can_be_skipped_and_is_still_there(store: Store) -> None:
    store.decide_all([one.id for one in store.findings(1)[1:]], Verdict.REJECT, reviewer="Ana")
    async with review(store) as pilot:
        await pilot.press("s")
        assert words(pilot) == MARKED[0][0]
        assert "the only open finding left" in told(pilot)


async def test_several_documents(store: Store, tmp_path: Path) -> None:
    plums = record(store, article(tmp_path, "plums.txt", ("Plums are in in season.",)), (MARKED[7],))
    record(store, article(tmp_path, "rain.txt", ("It rained.",)), ())
    async with review(store) as pilot:
        assert "[1/3, 17 open in all]" in seen(pilot)
        await pilot.press("right_square_bracket")
        assert words(pilot) == "in in"
        await pilot.press("right_square_bracket")
        assert "no findings in this document" in seen(pilot)
        assert "It rained." in seen(pilot)
        await pilot.press("a", "e", "r", "i")
        await pilot.press("right_square_bracket")
        assert "There is no further document." in told(pilot)
        await pilot.press("p")
        assert words(pilot) == "in in"
        await pilot.press("right_square_bracket", "n")
        assert "last finding in view" in told(pilot)
        await pilot.press("s")
        assert session(pilot).document.label == "pears.txt"
        await pilot.press("right_square_bracket", "a")
        assert "Now in document 1 of 3." in told(pilot)
    assert store.findings(plums)[0].state is Verdict.ACCEPT
    assert Session(store, [1, plums], "Ana").document.label == "pears.txt"


async def test_a_review_goes_on_in_the_document_last_worked_on(store: Store, tmp_path: Path) -> None:
    plums = record(store, article(tmp_path, "plums.txt", ("Plums are in in season by the way of rain.",)), (MARKED[7], MARKED[8]))
    store.decide(store.findings(plums)[0].id, Verdict.ACCEPT, reviewer="Ana")
    assert Session(store, [1, plums], "Ana").document.id == plums
    assert Session(store, [1, plums], "Bo").document.id == 1


async def test_an_undo_in_a_file_of_an_earlier_session_shows_that_file(store: Store, tmp_path: Path) -> None:
    plums = record(store, article(tmp_path, "plums.txt", ("Plums are in in season.",)), (MARKED[7],))
    store.decide(store.findings(plums)[0].id, Verdict.ACCEPT, reviewer="Ana")
    now = Session(store, [1], "Ana")
    assert now.undo() is not None
    assert now.document.label == "plums.txt"


async def test_an_empty_document_opens(store: Store, tmp_path: Path) -> None:
    (tmp_path / "two").mkdir()
    with Store.open(tmp_path / "two" / "empty.db") as empty:
        record(empty, article(tmp_path, "empty.txt", ()), ())
        async with review(empty) as pilot:
            assert "nothing to decide" in seen(pilot)
            await pilot.press("a", "n", "r", "u", "s", "pagedown", "pageup")
            assert "nothing to decide" in seen(pilot)


async def test_nothing_in_a_document_is_read_as_markup_or_steers_the_terminal(tmp_path: Path) -> None:
    text = "He said [bold]red[/bold] and \x1b[31mfire\x1b[0m [@click=app.quit]x[/] in in."
    marked = (("[bold]red[/bold]", ("[i]\x1b[2J",), Severity.MAJOR, "odd/[b]"), ("\x1b[31mfire", (), Severity.MAJOR, "odd/esc"))
    with Store.open(tmp_path / "odd.db") as odd:
        record(odd, article(tmp_path, "[red]odd.txt", (text,)), marked)
        async with review(odd, LARGE, reviewer="[b]Ana\x1b[2J") as pilot:
            for keys in (["n"], ["p"], ["n", "e"], ["x", "enter"], ["i"], ["w"], ["x"], ["h"], ["N"], ["n"]):
                await pilot.press(*keys)
                assert "\x1b" not in seen(pilot)
            assert "[bold]red[/bold]" in seen(pilot)
            assert "␛[31mfire" in seen(pilot)
            assert "[red]odd.txt" in seen(pilot)
            assert "[b]Ana␛[2J" in seen(pilot)


async def test_a_decision_that_cannot_be_saved_stays_open(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Decision:
        raise ReviewerError("review.db: the disk is full [/bold] free some space")

    monkeypatch.setattr(store, "settle", full)
    async with review(store) as pilot:
        await pilot.press("a", "r", "e", "enter")
        assert words(pilot) == MARKED[0][0]
        assert "Not saved review.db: the disk is full" in told(pilot)
        assert "0 decided" in seen(pilot)
    assert decided(store) == []


async def test_a_text_that_cannot_be_read_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    async with review(store) as pilot:

        def locked(*_: object, **__: object) -> list[object]:
            raise ReviewerError("review.db: another program has it locked")

        for name in ("segments", "findings", "undo", "changes"):
            monkeypatch.setattr(store, name, locked)
        session(pilot).manuscript._pages.clear()
        await pilot.press("n", "e", "u", "pagedown")
        await pilot.resize_terminal(*LARGE)
        pilot.app.screen.query_one(DocumentView).on_mouse_scroll_down()
        assert "another program has it locked" in told(pilot)


async def test_what_another_reviewer_decides_shows_by_itself(store: Store, tmp_path: Path) -> None:
    async with review(store) as pilot:
        await pilot.press("n")
        with Store.open(tmp_path / "review.db") as other:
            other.decide(2, Verdict.REJECT, reviewer="Bo")
        screen = pilot.app.screen
        assert isinstance(screen, ReviewScreen)
        screen._look_for_changes()
        await pilot.pause()
        assert "rejected by Bo" in seen(pilot)
        assert words(pilot) == MARKED[1][0]


async def test_a_file_that_changed_since_the_lint_is_told(store: Store, tmp_path: Path) -> None:
    async with review(store) as pilot:
        assert "has changed" not in told(pilot)
    (tmp_path / "pears.txt").write_text("Something else.", encoding="utf-8")
    async with review(store) as pilot:
        assert "pears.txt has changed since it was linted" in told(pilot)
    (tmp_path / "pears.txt").unlink()
    async with review(store) as pilot:
        assert "pears.txt cannot be read" in told(pilot)


async def test_resizing_keeps_the_finding_in_sight(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("G")
        for size in [LARGE, (60, 16), (200, 20), (100, 40), SMALL, (30, 12)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert words(pilot)[:3] in seen(pilot)
            assert pilot.app.screen.query_one("#list").display == (size[0] >= 110 or size[1] >= 34)


async def test_the_source_and_second_opinions_are_shown(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("n")
        assert "今年春天，乡里打出组合拳" in seen(pilot)
        assert "style/metaphor" in seen(pilot)
        await pilot.press("G", "p")
        assert "“Old Chen”" in seen(pilot)


async def test_a_click_chooses_a_finding_or_takes_a_fix(store: Store) -> None:
    async with review(store, LARGE) as pilot:
        await pilot.click("#list", offset=(6, 3))
        assert words(pilot) == MARKED[3][0]
        await pilot.click("#document", offset=(3 + ARTICLE[0].index("Plays"), 0))
        assert words(pilot) == MARKED[0][0]
        await pilot.click("#card", offset=(7, 2))
    assert decided(store) == [("accept", "Does Well with Pears")]


async def test_help_opens_and_closes(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("question_mark")
        assert isinstance(pilot.app.screen, Reading)
        await pilot.press("q")
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_ten_thousand_findings_take_no_widget_each(tmp_path: Path) -> None:
    lines = tuple(f"Row {number}: the pears are in in bloom." for number in range(10_000))
    rows = tuple((f"Row {number}:", ("Line",), Severity.MINOR, "rows") for number in range(0, 10_000, 50))
    with Store.open(tmp_path / "long.db") as long:
        record(long, article(tmp_path, "long.txt", lines), rows)
        async with review(long, LARGE) as pilot:
            assert len(list(pilot.app.screen.walk_children())) < 40
            await pilot.press("G", *["pagedown"] * 4)
            assert "200 of 200" in seen(pilot)
            assert "Row 9999" in seen(pilot)
            await pilot.press("home")
            assert "Row 0:" in seen(pilot)
