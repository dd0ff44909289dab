"""The terminal application around the review screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App

from reviewer.store import Store
from reviewer.tui.review import ReviewScreen
from reviewer.tui.session import Session


class ReviewApp(App[None]):
    """Reviews documents of a store. `document_ids` are in the order of the review; `reviewer` signs the decisions.

    Raises ReviewerError where the store cannot be read, before the terminal changes.
    """

    CSS_PATH = "review.tcss"
    TITLE = "reviewer"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, store: Store, document_ids: Sequence[int], reviewer: str) -> None:
        super().__init__()
        self.session = Session(store, document_ids, reviewer)

    def on_mount(self) -> None:
        """Opens the screen; a terminal of 16 colours keeps its own."""
        if self.console.color_system == "standard":
            self.theme = "ansi-dark"
        self.push_screen(ReviewScreen(self.session))
