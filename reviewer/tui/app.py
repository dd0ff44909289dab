"""The terminal application around the review screen."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from textual.app import App, SystemCommand
from textual.screen import Screen

from reviewer.model import ReviewerError
from reviewer.store import Store
from reviewer.tui.habits import Settings
from reviewer.tui.keys import KEYS, keymap
from reviewer.tui.review import ReviewScreen
from reviewer.tui.session import Session
from reviewer.tui.view import View

LAST_WORDS = 3
"""Seconds; a terminal that has gone takes none, and Textual would wait for ever to say them."""


class ReviewApp(App[None]):
    """Reviews documents of a store. `document_ids` are in the order of the review; `reviewer` signs the decisions.

    `view` shows only some findings, whatever was in view last time. Raises ReviewerError where the store cannot be read or
    the settings name keys that do not exist, before the terminal changes.
    """

    CSS_PATH = "review.tcss"
    TITLE = "reviewer"

    def __init__(
        self,
        store: Store,
        document_ids: Sequence[int],
        reviewer: str,
        *,
        settings: Settings | None = None,
        view: View | None = None,
    ) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self.session = Session(store, document_ids, reviewer, view)
        self.set_keymap(keymap(self.settings.keys))
        self._screen = ReviewScreen(self.session, self.settings)

    def on_mount(self) -> None:
        """Opens the screen; a terminal of 16 colours keeps its own, unless a theme is asked for."""
        wanted = self._screen.looks.theme or self.settings.theme
        if wanted in self.available_themes:
            self.theme = wanted
        elif self.console.color_system == "standard":
            self.theme = "ansi-dark"
        self._usual = self.theme
        self.theme_changed_signal.subscribe(self, self._keep_theme)
        self.push_screen(self._screen)
        for name in ("SIGHUP", "SIGTERM"):
            with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):  # Windows; not in the main thread
                asyncio.get_running_loop().add_signal_handler(getattr(signal, name), self._told_to_end)

    def _told_to_end(self) -> None:
        """A closed terminal, a machine that shuts down: as if somebody had quit."""
        signal.alarm(LAST_WORDS)
        self._screen.action_leave()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette offers: every key of the review screen by what it does, and Textual's own."""
        yield from super().get_system_commands(screen)
        if screen is self._screen:
            for key in KEYS:
                if not key.name.startswith("accept-"):
                    yield SystemCommand(key.said.capitalize(), f"{key.section}: {key.name}", self._doing(key.action))

    def _doing(self, action: str) -> Callable[[], Awaitable[None]]:
        async def do() -> None:
            await self._screen.run_action(action)

        return do

    def _keep_theme(self, _: object) -> None:
        """Keeps a theme that was chosen in the palette; the one of the start was not."""
        if self.theme == (self._screen.looks.theme or self._usual):
            return
        try:
            self._screen.looks = replace(self._screen.looks, theme=self.theme)
            self._screen.looks.keep(self.session.store, self.session.reviewer)
        except ReviewerError as error:
            self.notify(str(error), title="Not saved", severity="error", markup=False)
