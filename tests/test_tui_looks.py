"""How it looks: the source beside or below, folds, themes, notes; and lines of exactly the width, also with Chinese in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.widgets import Input, Static

from reviewer import rulepack
from reviewer.model import Finding, Fix, ReviewerError, Segment, Severity, Span, Verdict
from reviewer.store import Store, StoredFinding
from reviewer.tui import ReviewApp, Settings, columns
from reviewer.tui.dialogs.asking import Choices
from reviewer.tui.document_view import DocumentView
from reviewer.tui.finding_list import row
from reviewer.tui.habits import Looks, Source
from reviewer.tui.passage import Line
from tests.driven import LARGE, SMALL, review, screen, seen, session, states, told, words
from tests.reviewed import MARKED, article, record

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE, (33, 11), (110, 34)], ids=lambda size: f"{size[0]}x{size[1]}")
WIDE = (
    "香梨 Plays a 好 Game of 梨",
    "The 乡镇 threw 组合拳 combination punches 👏🏽 in spring 春天，and the 🍐 walked 走 into ten thousand households 千家万户。",
    "欢迎来到我们的城市，请注意安全。" * 8,
    "e\u0301" * 90 + " \u200b " + "👨\u200d👩\u200d👧" * 30,
)
ENGLISH = ["pear", "组合拳", " ", "  ", "👏🏽", "。", "e\u0301", "a" * 40, "\n", "香梨" * 9]
CHINESE = ["今年春天，", " ", "乡里打出组合拳", "OK ", "👏🏽"]
WIDE_ROWS = (
    ("组合拳 combination punches 👏🏽", ("一揽子 a package 🎁 of measures",), Severity.CRITICAL, "calques/组合拳"),
    ("走 into ten thousand households 千家万户", ("家家户户" * 9, "家" * 30), Severity.MAJOR, "calques/万户"),
    ("注意安全。欢迎来到我们的城市", ("take care",), Severity.MINOR, "residue/安全"),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "review.db")
    record(store, article(tmp_path))
    return store


def text(line: Line) -> str:
    return "".join(run.text for run in line)


@SIZES
async def test_wide_characters_never_make_a_line_too_long_or_too_short(tmp_path: Path, size: tuple[int, int]) -> None:
    with Store.open(tmp_path / "wide.db") as wide:
        record(wide, article(tmp_path, "香梨新闻" * 12 + ".txt", WIDE), WIDE_ROWS)
        async with review(wide, size, reviewer="陈老" * 9) as pilot:
            for keys in ("t", "n", "a", "e", "escape", "n", "g", "escape", "n", "i", "escape", "h", "escape", "d", "escape", "m"):
                await pilot.press(keys)
                seen(pilot)  # checks every line
            await pilot.press("escape", "l", "t", "z", "b", "escape", "slash", *"千家", "enter")
            seen(pilot)
            for widget in ("#list", "#document"):
                part = screen(pilot).query_one(widget)
                for y in range(part.size.height):
                    strip = part.render_line(y)
                    assert strip.cell_length == cell_len(strip.text)


@given(
    st.lists(st.sampled_from(ENGLISH), max_size=30).map("".join),
    st.lists(st.sampled_from(CHINESE), max_size=20).map("".join),
    st.integers(80, 140),
)
def test_the_columns_stand_beside_each_other_in_every_line(target: str, source: str, width: int) -> None:
    found = columns.beside(Segment("p0", target, source), [], None, width)
    places = {cell_len(text(line).split(columns.GAP)[0]) for line in found}
    assert len(places) == 1
    assert all(cell_len(text(line).rstrip()) <= width for line in found)
    english = "".join(text(line).split(columns.GAP)[0].rstrip() for line in found)
    assert "".join(english.split()) == "".join(target.split())


@given(st.text(alphabet="a 香👏\n\x1b", max_size=60), st.none() | st.text(alphabet="b 梨\t", max_size=60), st.integers(16, 80))
def test_a_line_of_the_list_fits_its_width(said: str, better: str | None, width: int) -> None:
    fixes = () if better is None else (Fix(Span(0, 1), better),)
    finding = Finding("r/x", "p0", Span(0, 1), said, "Why.", "style/awkward", Severity.MAJOR, 0.5, fixes)
    stored = StoredFinding(1, 1, 0, finding, None, Verdict.OPEN, None, "", "", "", None)
    for shown in (stored, replace(stored, state=Verdict.EDIT, decision_text=better or "")):
        assert cell_len(text(row(shown, width))) <= width


async def test_t_puts_the_source_beside_then_away_then_below(store: Store) -> None:
    async with review(store, LARGE) as pilot:
        await pilot.press("n")
        assert screen(pilot).query_one("#source").display
        await pilot.press("t")
        pilot.app.clear_notifications()
        await pilot.pause()
        assert not screen(pilot).query_one("#source").display
        (line,) = (line for line in seen(pilot).splitlines() if "今年春天" in line)
        assert "township" in line
        await pilot.press("t")
        assert "今年春天" not in seen(pilot)
        await pilot.press("t")
        assert screen(pilot).query_one("#source").display
        assert Looks.kept(store, "Ana").source is Source.BELOW
        await pilot.press("t", "q")
    async with review(store, LARGE) as pilot:
        assert screen(pilot).looks.source is Source.BESIDE


async def test_a_fold_opens_by_a_click_or_a_jump_and_others_stay(tmp_path: Path) -> None:
    lines = tuple(f"Row {number}: it rained{' in in spring' * (number == 30)}." for number in range(60))
    with Store.open(tmp_path / "long.db") as long:
        record(long, article(tmp_path, "long.txt", lines), (MARKED[7],))
        async with review(long) as pilot:
            await pilot.press("z")
            assert "── 29 clean paragraphs ──" in seen(pilot)
            assert "── 28 clean paragraphs ──" in seen(pilot)
            await pilot.press("colon", *"50", "enter")
            assert "Row 49:" in seen(pilot)
            await pilot.press("colon", *"ROW 3:", "enter")
            assert "Row 3:" in seen(pilot)
            await pilot.press("colon", *"snow", "enter")
            assert "“snow” is not in this document." in told(pilot)
            await pilot.press("z", "z", "home")
            view = screen(pilot).query_one(DocumentView)
            y = next(y for y in range(view.size.height) if "29 clean" in view.render_line(y).text)
            await pilot.click("#document", offset=(5, y))
            assert "Row 0:" in seen(pilot)
            await pilot.press("q")
        assert Looks.kept(long, "Ana").fold


@pytest.mark.parametrize("said", ["0", "999999", "٣", "²", " 3 ", "", " "])
async def test_a_jump_to_any_number_is_no_crash(store: Store, said: str) -> None:
    async with review(store) as pilot:
        await pilot.press("colon", *said, "enter")
        assert pilot.app.screen is screen(pilot)
        assert words(pilot) == MARKED[0][0]


async def test_a_note_is_kept_shown_and_found_and_one_undo_takes_it_back(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("c", *"ask Li", "enter")
        assert (store.findings(1)[0].note, states(store)[0]) == ("ask Li", "open")
        assert words(pilot) == MARKED[0][0]
        await pilot.press("a", "home", "c", "ctrl+u", *"certain", "enter")
        assert "(certain)" in seen(pilot)
        assert (store.findings(1)[0].note, states(store)[0]) == ("certain", "accept")
        await pilot.press("h")
        assert "✓ accepted: Does Well with Pears   certain" in seen(pilot)
        await pilot.press("escape", "slash", *"CERTAIN", "enter")
        assert len(session(pilot).queue) == 1
        await pilot.press("escape", "u")
        assert (store.findings(1)[0].note, states(store)[0]) == ("", "accept")
        await pilot.press("u", "u")
        assert (store.findings(1)[0].note, states(store)[0]) == ("", "open")


async def test_pasted_control_characters_do_not_reach_the_store(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("c")
        pilot.app.screen.query_one(Input).value = "\x1b[31mred\x07"
        await pilot.press("enter")
    assert store.findings(1)[0].note == "[31mred"


async def test_words_over_two_lines_that_were_not_changed_are_not_saved_as_an_edit(tmp_path: Path) -> None:
    with Store.open(tmp_path / "two.db") as two:
        document = article(tmp_path, "two.txt", ("The masses are glad.",))
        broken = replace(document, segments=(Segment("p0", "The\nmasses are glad."),))
        record(two, broken, (("The\nmasses", (), Severity.MINOR, "calques/masses"),))
        async with review(two) as pilot:
            await pilot.press("e", "enter")
            assert "as they stand" in str(pilot.app.screen.query_one("#hint", Static).content)
            await pilot.press("escape")
        assert states(two) == ["open"]


@pytest.mark.parametrize("wanted", ["", "nord"])
async def test_a_theme_of_the_settings_is_not_kept_as_if_it_had_been_chosen(store: Store, wanted: str) -> None:
    async with review(store, settings=Settings(theme=wanted)) as pilot:
        await pilot.pause()
        assert not wanted or pilot.app.theme == wanted
        assert Looks.kept(store, "Ana").theme == ""
        pilot.app.theme = "dracula"
        await pilot.pause()
        assert Looks.kept(store, "Ana").theme == "dracula"
    async with review(store, settings=Settings(theme=wanted)) as pilot:
        assert pilot.app.theme == "dracula"
        pilot.app.theme = "gruvbox"
        await pilot.pause()
        assert Looks.kept(store, "Ana").theme == "gruvbox"


async def test_a_database_that_cannot_be_written_can_still_be_looked_through(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def readonly(*_: object, **__: object) -> None:
        raise ReviewerError("review.db: it cannot be written to")

    store.keep_habit("Ana", "looks", {"toured": True})
    monkeypatch.setattr(store, "keep_habit", readonly)
    app = ReviewApp(store, [1], "Ana")
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("slash", *"sea of", "enter")
        assert "cannot be written to" in told(pilot)
        assert "1 of 1 in view" in seen(pilot)
        await pilot.press("t", "z", "escape", "q")
        assert not app.is_running


async def test_what_is_told_hides_neither_the_card_nor_the_keys(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("9", "9", "9")
        lines = seen(pilot).splitlines()
        assert lines[-1].rstrip().endswith("q Quit")
        assert not any("▌" in line for line in lines[-9:])


async def test_the_arrows_of_vim_move_in_a_list_to_choose_from(tmp_path: Path) -> None:
    with Store.open(tmp_path / "review.db") as store:
        record(store, article(tmp_path))
        async with review(store) as pilot:
            await pilot.press("i")
            choices = pilot.app.screen.query_one(Choices)
            await pilot.press("j", "j", "k")
            assert choices.highlighted == 1


async def test_the_page_of_a_rule_says_how_it_fared_with_professionals(tmp_path: Path) -> None:
    name, measured = next((name, one) for name, one in rulepack.records().items() if one.agreed and rulepack.load_one(name))
    with Store.open(tmp_path / "one.db") as store:
        record(store, article(tmp_path), (("in in", ("in",), Severity.MINOR, name),))
        async with review(store, LARGE) as pilot:
            await pilot.press("x")
            assert f"professionals had marked {measured.agreed} of its findings" in seen(pilot)
