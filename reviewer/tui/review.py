"""The review screen: all that its keys do, and when each applies."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from reviewer.tui.acts.deciding import Deciding
from reviewer.tui.acts.going import Going
from reviewer.tui.acts.linting import Linting
from reviewer.tui.acts.looking import Looking
from reviewer.tui.acts.marking import Marking
from reviewer.tui.keys import bindings

NEEDS_FINDING = frozenset(["accept", "edit", "reject", "ignore", "group", "note", "explain", "history", "copy"])


class ReviewScreen(Deciding, Going, Looking, Marking, Linting):
    """List, document, source and card, and the keys."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]

    def on_mount(self) -> None:
        """Shows the tour to somebody who has not seen it."""
        super().on_mount()
        if not self.looks.toured:
            self.call_after_refresh(self.action_tour)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key applies now: the footer shows only those that do."""
        return self.session.current is not None if action in NEEDS_FINDING else True

    def action_leave(self) -> None:
        """Quits; where the reviewer stands is kept for the next time."""
        with self.telling("Not saved"):
            self.session.keep_place()
        self.app.exit()
