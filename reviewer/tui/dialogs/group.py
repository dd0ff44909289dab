"""Shows all open findings on the same words, so that one answer decides them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reviewer.model import Verdict
from reviewer.store import StoredFinding
from reviewer.tui.dialogs.listing import Listing, in_context
from reviewer.tui.looks import CHANGED_STYLE, QUIET, flowing, quoted
from reviewer.tui.passage import Line
from reviewer.tui.session import Session


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say of all of them; an edit without a text still has to be asked for it."""

    verdict: Verdict
    text: str | None = None


class GroupDialog(ModalScreen[Answer | None]):
    """Gives what is to be said of the whole group, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,g", "cancel", "Cancel"),
        Binding("a,enter", "accept(1)"),
        *(Binding(f"{number}", f"accept({number})") for number in range(1, 10)),
        Binding("e", "edit"),
        Binding("r", "say('reject')"),
        Binding("i", "say('ignore')"),
    ]

    def __init__(self, current: StoredFinding, session: Session, alike: list[int]) -> None:
        super().__init__()
        self._current, self._session, self._alike = current, session, alike

    def compose(self) -> ComposeResult:
        """The words, the places, the fixes, the keys."""
        finding = self._current.finding
        many = f"{len(self._alike):,} open finding{'s' * (len(self._alike) != 1)} of {flowing(finding.rule)}"
        with Vertical(classes="dialog"):
            yield Static(Content.assemble((quoted(finding.text), "bold"), f": {many}"), classes="title")
            yield Listing(len(self._alike), self._place, id="places")
            fixes = [
                Content.assemble((f" {number} ", "reverse"), " ", (quoted(fix.text), CHANGED_STYLE))
                for number, fix in enumerate(finding.fixes[:9], 1)
            ]
            if fixes:
                yield Static(Content("   ").join(fixes), classes="above")
            keys = "a, 1 to 9 accept   e edit   r reject   i ignore   Escape cancels: for all of them, one undo takes it back"
            yield Static(Content.styled(keys, QUIET))

    def action_accept(self, number: int) -> None:
        """Accepts that fix for all."""
        fixes = self._current.finding.fixes
        if number <= len(fixes):
            self.dismiss(Answer(Verdict.ACCEPT, fixes[number - 1].text))
        elif number == 1:
            self.action_edit()

    def action_edit(self) -> None:
        """Asks for the words, for all."""
        self.dismiss(Answer(Verdict.EDIT))

    def action_say(self, verdict: str) -> None:
        """Says the same of all."""
        self.dismiss(Answer(Verdict(verdict)))

    def action_cancel(self) -> None:
        """Decides nothing."""
        self.dismiss(None)

    def _place(self, number: int, width: int) -> Line:
        stored = self._session.finding_in(self._alike, number)
        return in_context(self._session, stored, width) if stored else ()
