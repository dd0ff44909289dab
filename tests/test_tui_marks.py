"""Errors that a reviewer marks by hand: kept, shown, exported, undone, and refused where they cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from reviewer.cli import main
from reviewer.model import Severity, Span, Verdict
from reviewer.store import OWN, Mark, Store
from reviewer.tui.dialogs.mark import MarkDialog, Paragraph, one_for_one, words_at
from tests.driven import LARGE, SMALL, review, screen, seen, session, told, words
from tests.reviewed import ARTICLE, MARKED, article, record

DB = Path("review.db")
LINES = ("The county met.", "Pears was sold in in the market.", "Nobody saw it.")
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x50"])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "review.db")
    record(store, article(tmp_path))
    return store


async def mark(pilot: Pilot[None], marked: str, better: str | None, *, category: str = "g", severity: str = "m") -> None:
    """Marks words of the current paragraph; `better` None leaves them as they are."""
    await pilot.press("m")
    dialog = pilot.app.screen
    assert isinstance(dialog, MarkDialog)
    area = dialog.query_one(Paragraph)
    start = area.text.index(marked)
    area.selection = area.selection.__class__((0, start), (0, start + len(marked)))
    await pilot.press("enter", category, severity)
    if better is not None:
        await pilot.press("ctrl+u", *better)
    await pilot.press("enter")


@SIZES
async def test_m_marks_words_and_one_undo_takes_it_out_of_sight(store: Store, size: tuple[int, int], tmp_path: Path) -> None:
    async with review(store, size) as pilot:
        await mark(pilot, "Orchard Town", "Orchard Township", category="t", severity="c")
        assert words(pilot) == "Orchard Town"
        assert "Orchard Township✎" in seen(pilot)
        assert "17" in seen(pilot)
        made = store.findings(1)[0]
        assert (made.finding.rule, made.state, made.decision_text) == (OWN, Verdict.EDIT, "Orchard Township")
        assert (made.finding.category, made.finding.severity) == ("terminology/wrong-term", Severity.CRITICAL)
        await pilot.press("u")
        assert "Orchard Township" not in seen(pilot).replace("Marked", "")
        assert len(store.findings(1)) == 16
        assert words(pilot) == MARKED[0][0]
        await pilot.press("ctrl+r")
        assert words(pilot) == "Orchard Town"
        assert len(store.findings(1)) == 17
    store.close()
    with Store.open(tmp_path / "review.db") as again:
        async with review(again, size) as pilot:
            await pilot.press("u")
            assert len(again.findings(1)) == 16
            assert "17" not in seen(pilot)


async def test_words_left_as_they_are_stay_an_open_finding_and_no_words_delete_them(store: Store) -> None:
    async with review(store) as pilot:
        await mark(pilot, "Orchard Town", None)
        assert store.findings(1)[0].state is Verdict.OPEN
        await pilot.press("e", "!", "enter")
        assert store.findings(1)[0].decision_text == "Orchard Town!"
        await pilot.press("home", "n")
        await mark(pilot, "Orchard ", "", category="a")
        assert "overlaps" in told(pilot)


async def test_a_selection_of_nothing_but_white_space_marks_nothing(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("m", "right", "right", "right", "right", "right", "right", "right", "shift+right", "enter")
        assert isinstance(pilot.app.screen, MarkDialog)
        await pilot.press("escape")
    assert len(store.findings(1)) == 16


async def test_without_a_selection_the_word_at_the_cursor_is_marked_in_any_paragraph(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("m", "pagedown", "pagedown", "pageup")
        assert "The township threw" in " ".join(seen(pilot).split())
        await pilot.press("enter", "m", "i", "enter")
        assert words(pilot) == "The"
        assert session(pilot).current is not None
        await pilot.press("m", "escape", "m", "enter", "escape", "m", "enter", "m", "escape", "m", "enter", "m", "c", "escape")
        assert pilot.app.screen is screen(pilot)
    assert len(store.findings(1)) == 17


async def test_a_mark_over_an_accepted_finding_is_refused_and_nothing_is_written(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("a", "home")
        await mark(pilot, "Game of Pears", "match")
        assert "overlaps 'Plays a Good Chess Game of Pears', which becomes 'Does Well with Pears'" in told(pilot)
        assert words(pilot) == MARKED[0][0]
    assert len(store.findings(1)) == 16
    assert len(store.history(1)) == 1


async def test_a_document_without_findings_can_be_marked(store: Store, tmp_path: Path) -> None:
    record(store, article(tmp_path, "rain.txt", ("It rained.", "It are cold.")), ())
    async with review(store) as pilot:
        await pilot.press("right_square_bracket")
        assert session(pilot).document.label == "rain.txt"
        assert session(pilot).current is None
        await pilot.press("m", "pagedown", "right", "right", "right", "enter", "g", "m", "ctrl+u", *"is", "enter")
        assert session(pilot).document.label == "rain.txt"
        assert words(pilot) == "are"
        assert "It is✎ cold." in seen(pilot)
        await pilot.press("u")
        assert session(pilot).document.label == "rain.txt"
        assert "It are cold." in seen(pilot)
    assert store.findings(2) == []


async def test_a_mark_is_shown_whatever_the_view(store: Store) -> None:
    store.keep_habit("Ana", "view", {"severity": "critical"})
    async with review(store) as pilot:
        assert words(pilot) == "combination punches"
        await mark(pilot, "township", "town", severity="i")
        assert words(pilot) == "township"
        assert session(pilot).view.severity is Severity.CRITICAL
        await pilot.press("u")
        assert words(pilot) == "combination punches"


async def test_words_that_another_lint_has_changed_are_not_marked(store: Store, tmp_path: Path) -> None:
    async with review(store) as pilot:
        await pilot.press("m", "enter", "g", "m", "ctrl+u", *"Grove")
        with Store.open(tmp_path / "review.db") as other:
            record(other, article(tmp_path, lines=("Another heading altogether.", *ARTICLE)))
        await pilot.press("enter")
        assert "these words are no longer in the document; lint it again" in told(pilot)
    assert len(store.findings(1)) == 16


# The whole way: lint, mark, lint again, export


def call(*arguments: str) -> int:
    with pytest.raises(SystemExit) as done:
        main(arguments)
    return int(done.value.code or 0)


def marks(store: Store) -> list[tuple[int, str, str | None]]:
    return [(one.position, one.finding.text, one.decision_text) for one in store.findings(1, rule=OWN)]


@pytest.fixture
def linted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """pears.txt, linted, with "was" marked to become "were"."""
    monkeypatch.chdir(tmp_path)
    write(*LINES)
    with Store.open(DB) as store:
        span = Span(LINES[1].index("was"), LINES[1].index("was") + 3)
        store.settle([], [Mark(1, span, "were", "fluency/grammar", words="was")], document_id=1, reviewer="Ana")
        assert marks(store) == [(1, "was", "were")]
    return tmp_path


def write(*lines: str) -> None:
    Path("pears.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    call("lint", "--select", "structure", "pears.txt")


def exported() -> str:
    assert call("export", "--output", "out", "pears.txt") == 0
    return Path("out/pears.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("lines", "position"),
    [(LINES, 1), (("A new beginning.", *LINES), 2), ((LINES[1],), 0), ((LINES[0], LINES[1] + " They was.", LINES[2]), 1)],
    ids=["the same", "moved down", "moved up", "the same words again behind it"],
)
def test_a_mark_is_exported_and_survives_a_lint(linted: Path, lines: tuple[str, ...], position: int) -> None:
    assert "Pears were sold" in exported()
    write(*lines)
    with Store.open(DB) as store:
        assert marks(store) == [(position, "was", "were")]
        (made,) = store.findings(1, rule=OWN)
        assert made.in_file is not None
        assert Path("pears.txt").read_text(encoding="utf-8")[made.in_file.start : made.in_file.end] == "was"
    assert exported() == "\n\n".join(lines).replace("Pears was", "Pears were") + "\n"


def test_a_mark_goes_when_its_words_change_and_comes_back_with_them(linted: Path) -> None:
    write(LINES[0], LINES[1].replace("was", "were"), LINES[2])
    with Store.open(DB) as store:
        assert marks(store) == []
    assert "Pears were sold" in exported()
    write(*LINES)
    with Store.open(DB) as store:
        assert marks(store) == [(1, "was", "were")]


def test_an_undone_mark_is_neither_shown_nor_exported_nor_brought_back_by_a_lint(linted: Path) -> None:
    with Store.open(DB) as store:
        assert store.undo("Ana") is not None
        assert marks(store) == []
    write(*LINES)
    with Store.open(DB) as store:
        assert marks(store) == []
        assert store.documents()[0].edited == 0
    assert "Pears was sold" in exported()
    with Store.open(DB) as store:
        assert store.redo("Ana") is not None
        assert marks(store) == [(1, "was", "were")]


# Which words are meant


@given(st.text(alphabet="ab “(\t”).,字 \u3000", max_size=20), st.data())
def test_what_is_marked_lies_in_the_text_and_has_no_white_space_at_its_ends(text: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    span = words_at(text, start, end)
    assert 0 <= span.start <= span.end <= len(text)
    assert span.of(text) == span.of(text).strip()
    if start < end:
        assert span.of(text) == text[start:end].strip()


@pytest.mark.parametrize(
    ("text", "at", "marked"),
    [("He said “well”.", 10, "well"), ("one two", 3, "one"), ("one two", 7, "two"), ("a  b", 2, ""), ("（好）吗", 1, "（好）吗")],
)
def test_a_cursor_marks_the_word_it_stands_in(text: str, at: int, marked: str) -> None:
    assert words_at(text, at, at).of(text) == marked


@given(st.text())
def test_a_place_in_the_shown_paragraph_is_a_place_in_the_text(text: str) -> None:
    shown = one_for_one(text)
    assert len(shown) == len(text)
    assert len(shown.splitlines()) <= 1
