"""Every key of the review screen does what the help says of it; settings give it other keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from reviewer.config import load
from reviewer.model import ReviewerError, Verdict
from reviewer.store import Store
from reviewer.tui import ReviewApp, Settings
from reviewer.tui.acts.base import ReviewBase
from reviewer.tui.dialogs.help import help_text
from reviewer.tui.keys import KEYS, keymap
from tests.driven import LARGE, SMALL, review, screen, seen, session, states, told
from tests.reviewed import MARKED, article, record

PLUMS = ("Plums Are Good", "Plums are in in season.", "Here the masses buy them.", *["It rained."] * 5)

SHOWS: dict[str, tuple[str, str]] = {
    "accept": ("a", "1 decided, 15 open"),
    "accept-1": ("1", "1 decided, 15 open"),
    "accept-2": ("n 2", "several measures at once✓"),
    **{f"accept-{number}": (f"n {number}", f"There is no fix {number} here") for number in range(3, 10)},
    "edit": ("e", "In place of"),
    "reject": ("r", "✗ 1"),
    "ignore": ("i", "this place only"),
    "skip": ("s", "2 of 16"),
    "group": ("g", "open finding of calques/chess"),
    "bulk": ("b", "0 open findings with a safe fix"),
    "note": ("c", "Note on"),
    "undo": ("a n n u", "1 of 16"),
    "redo": ("r u home ctrl+r", "✗ 1"),
    "next": ("n", "2 of 16"),
    "previous": ("n n p", "2 of 16"),
    "next-open": ("tab", "2 of 16"),
    "first": ("n n home", "1 of 16"),
    "last": ("end", "last finding"),
    "next-file": ("right_square_bracket", "plums.txt [2/2"),
    "previous-file": ("right_square_bracket left_square_bracket", "pears.txt [1/2"),
    "files": ("d", "2 documents"),
    "jump": ("colon", "Jump to: a paragraph (1 to 7)"),
    "text-down": ("pagedown", "1 of 16"),
    "text-up": ("pagedown pageup", "Orchard Town"),
    "card-down": ("greater_than_sign", "1 of 16"),
    "card-up": ("less_than_sign", "1 of 16"),
    "search": ("slash", "Search in words"),
    "filter": ("f", "Show findings"),
    "order": ("o", "by value"),
    "list": ("l", "by rule"),
    "clear": ("o escape", "1 of 16"),
    "source": ("n t", "The Chinese: beside"),
    "fold": ("right_square_bracket z", "clean paragraphs"),
    "explain": ("x", "no longer among the rules"),
    "history": ("end h", "Nobody has decided anything yet."),
    "names": ("N", "No name in this document stands under two spellings."),
    "mark": ("m", "Mark an error: select its words"),
    "lint-again": ("L", "cannot be linted from here"),
    "copy": ("y", "Copied: Orchard Town Plays"),
    "help": ("question_mark", "accept the first fix"),
    "tour": ("f1", "One finding at a time"),
}
"""For each key the presses, and what the screen says after them. `quit` ends the screen: a test of its own."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "review.db")
    record(store, article(tmp_path))
    record(store, article(tmp_path, "plums.txt", PLUMS), (MARKED[7], MARKED[15]))
    return store


def test_no_key_is_without_a_test_and_an_action() -> None:
    assert {*SHOWS, "quit"} == {key.name for key in KEYS}
    screens = {name for kind in ReviewBase.__subclasses__() for name in dir(kind)} | {"action_leave"}
    assert all(f"action_{key.action.split('(')[0]}" in screens for key in KEYS)
    bound = [key for one in KEYS for key in one.keys.split(",")]
    assert len(bound) == len(set(bound))


async def anew(pilot: Pilot[None], store: Store) -> None:
    """Back to the first finding, with nothing decided and everything in view."""
    while len(pilot.app.screen_stack) > 2:
        await pilot.press("escape")
    while store.undo("Ana") is not None:
        pass
    session(pilot).catch_up()
    pilot.app.clear_notifications()
    await pilot.press("escape", "home")
    while session(pilot).view.plain is False or session(pilot).view.group.value != "file":
        await pilot.press("l")


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x50"])
async def test_each_key_does_what_it_says(store: Store, size: tuple[int, int]) -> None:
    async with review(store, size) as pilot:
        for name, (presses, shows) in SHOWS.items():
            await anew(pilot, store)
            await pilot.press(*presses.split())
            if shows == "last finding":
                assert session(pilot).at == 17, name
            else:
                shown = " ".join((seen(pilot) + told(pilot)).split())
                assert shows in shown, f"{name}: {shown}"
    assert set(states(store)) == {"open"}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x50"])
@pytest.mark.parametrize("what", ["a finding", "no finding", "nothing in view"])
async def test_no_key_crashes_and_escape_leads_back(store: Store, size: tuple[int, int], what: str, tmp_path: Path) -> None:
    if what == "no finding":
        store.close()
        (tmp_path / "two").mkdir()
        store = Store.open(tmp_path / "two" / "empty.db")
        record(store, article(tmp_path / "two", "rain.txt", ("It rained.",)), ())
    if what == "nothing in view":
        store.keep_habit("Ana", "view", {"text": "no such words"})
    async with review(store, size) as pilot:
        for key in (pressed for one in KEYS for pressed in one.keys.split(",") if one.name not in ("quit", "clear")):
            await pilot.press(key)
            if len(pilot.app.screen_stack) > 2:
                await pilot.press("escape")
            assert pilot.app.screen is screen(pilot), key
            seen(pilot)
    decided = [one.state for document in store.documents() for one in store.findings(document.id) if one.state is not Verdict.OPEN]
    assert bool(decided) == (what == "a finding")


async def test_q_quits_and_the_place_is_kept(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("n", "n", "q")
        assert not pilot.app.is_running
    assert store.habit("Ana", "places") == {"1": 3}


async def test_settings_give_other_keys_and_the_help_says_so(store: Store, tmp_path: Path) -> None:
    (tmp_path / "reviewer.toml").write_text('[keys]\naccept = "A"\ncopy = "ctrl+k"\nreject = "f5, y"\n', encoding="utf-8")
    settings = Settings(keys=load(tmp_path).keys)
    async with review(store, settings=settings) as pilot:
        await pilot.press("a", "r")
        assert set(states(store)) == {"open"}
        await pilot.press("A", "y", "f5")
        assert states(store)[:3] == ["accept", "reject", "reject"]
        assert "A Accept" in seen(pilot)
        await pilot.press("ctrl+k")
        assert "Copied" in told(pilot)
    assert "f5  y" in help_text(settings.keys).plain.replace(",", " ")


async def test_keys_may_change_places(store: Store) -> None:
    async with review(store, settings=Settings(keys={"accept": "r", "reject": "a"})) as pilot:
        await pilot.press("r", "a")
        assert states(store)[:2] == ["accept", "reject"]


@pytest.mark.parametrize(
    ("keys", "complaint"),
    [
        ({"acept": "a"}, "nothing is called 'acept'; there are accept, accept-1"),
        ({"accept": "r"}, "'r' is for accept and for reject; change one of them"),
        ({"accept": "/"}, "'slash' is for accept and for search"),
        ({"accept": "?"}, "is for accept and for help"),
        ({"accept": "pageright"}, "'pageright' is no key; write a letter, or a name such as"),
        ({"accept": ""}, "'' is no key"),
        ({"accept": "a,,b"}, "'' is no key"),
        ({"accept": "a\x1b"}, "is no key"),
    ],
)
def test_keys_that_cannot_be_are_an_error_before_the_screen_opens(store: Store, keys: dict[str, str], complaint: str) -> None:
    with pytest.raises(ReviewerError, match="keys: ") as raised:
        keymap(keys)
    assert complaint in str(raised.value)
    with pytest.raises(ReviewerError, match="keys: "):
        ReviewApp(store, [1], "Ana", settings=Settings(keys=keys))


@pytest.mark.parametrize("text", ["keys = 3", "[keys]\naccept = 3", "[keys]\naccept = ['a']"])
def test_keys_in_the_settings_are_texts(tmp_path: Path, text: str) -> None:
    (tmp_path / "reviewer.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ReviewerError, match=r"keys is a table of texts"):
        load(tmp_path)


async def test_the_palette_finds_what_the_keys_do(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("ctrl+p")
        await pilot.press(*"false alarm")
        await pilot.pause(0.3)
        await pilot.press("down", "enter")
        await pilot.pause(0.3)
        assert pilot.app.screen is screen(pilot)
    assert states(store)[:2] == ["reject", "open"]


async def test_the_tour_comes_once(store: Store) -> None:
    store.keep_habit("Bo", "looks", {"toured": False})
    async with review(store, reviewer="Bo") as pilot:
        assert "1 of 5" in seen(pilot)
        await pilot.press("enter", "n", "p", "right", "space", "enter", "enter")
        assert pilot.app.screen is screen(pilot)
    async with review(store, reviewer="Bo") as pilot:
        assert pilot.app.screen is screen(pilot)
