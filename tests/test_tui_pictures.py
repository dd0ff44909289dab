"""Pictures of the review screen, small and large: a change in how it looks is a change somebody has seen.

`pytest tests/test_tui_pictures.py --snapshot-update` draws them anew.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reviewer.model import Verdict
from reviewer.store import Store
from reviewer.tui import ReviewApp
from reviewer.tui.dialogs.edit import OneLine
from tests.reviewed import article, record

Compare = Callable[..., bool]


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReviewApp:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    store = Store.open(tmp_path / "review.db")
    number = record(store, article(tmp_path))
    store.keep_habit("Ana", "looks", {"toured": True})
    store.decide(1, Verdict.ACCEPT, reviewer="Ana")
    store.decide(3, Verdict.EDIT, text="are in every shop", reviewer="Ana")
    store.decide(4, Verdict.REJECT, reviewer="Bo")
    return ReviewApp(store, [number], "Ana")


def test_a_small_window(app: ReviewApp, snap_compare: Compare) -> None:
    assert snap_compare(app, terminal_size=(80, 24))


def test_a_large_window(app: ReviewApp, snap_compare: Compare) -> None:
    assert snap_compare(app, terminal_size=(160, 50))


def test_the_edit_dialog(app: ReviewApp, snap_compare: Compare) -> None:
    async def open_it(pilot: Pilot[None]) -> None:
        await pilot.press("G", "p", "a")
        pilot.app.screen.query_one(OneLine).cursor_blink = False
        await pilot.pause()

    assert snap_compare(app, terminal_size=(80, 24), run_before=open_it)


@pytest.mark.parametrize(
    ("name", "keys", "size"),
    [
        ("filter", ["f", "v"], (80, 24)),
        ("group", ["n", "g"], (80, 24)),
        ("files", ["d"], (80, 24)),
        ("beside-and-folded", ["t", "z"], (160, 50)),
        ("help", ["question_mark"], (160, 50)),
    ],
)
def test_other_looks(app: ReviewApp, snap_compare: Compare, name: str, keys: list[str], size: tuple[int, int]) -> None:
    async def press(pilot: Pilot[None]) -> None:
        await pilot.pause(0.3)  # the other documents are read
        await pilot.press(*keys)
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=press), name
