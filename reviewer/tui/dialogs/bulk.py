"""Shows what accepting all safe fixes in view would change, so that one key does it and one undo takes it back."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reviewer.tui.dialogs.listing import Listing, in_context
from reviewer.tui.looks import QUIET, flowing
from reviewer.tui.passage import Line
from reviewer.tui.session import Session


class Bulk(ModalScreen[list[int] | None]):
    """Gives the findings whose first fix is to be accepted, or None. Raises ReviewerError where they cannot be read."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "cancel", "Cancel"), Binding("a,enter,y", "accept", "Accept")]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._safe = session.safe()

    def compose(self) -> ComposeResult:
        """How many, which, the keys."""
        count = len(self._safe)
        view = flowing(self._session.view.said()) or "all documents"
        with Vertical(classes="dialog"):
            yield Static(Content(f"{count:,} open finding{'s' * (count != 1)} with a safe fix in view ({view})"), classes="title")
            yield Listing(count, self._change, id="places")
            keys = "a or Enter accepts all of them; one undo takes them back   Escape cancels" if count else "Escape closes this."
            yield Static(Content.styled(keys, QUIET))

    def action_accept(self) -> None:
        """Accepts all."""
        self.dismiss(self._safe)

    def action_cancel(self) -> None:
        """Decides nothing."""
        self.dismiss(None)

    def _change(self, number: int, width: int) -> Line:
        stored = self._session.finding_in(self._safe, number)
        return in_context(self._session, stored, width, stored.finding.fixes[0].text) if stored else ()
