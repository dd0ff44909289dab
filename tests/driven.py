"""Drives the review screen by its keys, for its tests: what is pressed, what is seen, what is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from reviewer.store import Store
from reviewer.tui import ReviewApp, Settings
from reviewer.tui.acts.base import ReviewBase
from reviewer.tui.session import Session
from reviewer.tui.status import Status

SMALL, LARGE = (80, 24), (160, 50)


@asynccontextmanager
async def review(
    store: Store, size: tuple[int, int] = SMALL, reviewer: str = "Ana", settings: Settings | None = None
) -> AsyncIterator[Pilot[None]]:
    """The screen on all documents of a store, for a reviewer who knows it; all findings have been read."""
    if store.habit(reviewer, "looks") is None:
        store.keep_habit(reviewer, "looks", {"toured": True})
    app = ReviewApp(store, [document.id for document in store.documents()], reviewer, settings=settings)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        screen(pilot)._load()
        await pilot.pause()
        yield pilot


def screen(pilot: Pilot[None]) -> ReviewBase:
    """The review screen, also below a dialog."""
    return next(one for one in pilot.app.screen_stack if isinstance(one, ReviewBase))


def session(pilot: Pilot[None]) -> Session:
    assert isinstance(pilot.app, ReviewApp)
    return pilot.app.session


def words(pilot: Pilot[None]) -> str:
    """The words of the current finding, "" where there is none."""
    current = session(pilot).current
    return current.finding.text if current else ""


def seen(pilot: Pilot[None]) -> str:
    """All that stands on the screen, a line each."""
    strips = pilot.app.screen._compositor.render_strips()
    assert all(strip.cell_length == pilot.app.size.width for strip in strips)
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def told(pilot: Pilot[None]) -> str:
    """What the screen has said: at its top, and in toasts."""
    said = screen(pilot).query_one(Status).said
    return "\n".join([said, *(f"{note.title} {note.message}" for note in pilot.app._notifications)])


def states(store: Store, document: int = 1) -> list[str]:
    return [one.state.value for one in store.findings(document)]
