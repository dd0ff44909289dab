"""The one-minute tour: five short pages, shown at the first start and on a key."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reviewer.tui.looks import QUIET

PAGES = (
    (
        "One finding at a time",
        "The marked words are likely a mistranslation. The card below says why, and what to write instead.\n\n"
        "a  accepts the first fix         1 to 9  the fix of that number\n"
        "e  lets you write the words      r  rejects: a false alarm\n"
        "s  skips it for now\n\nEach key goes on to the next finding.",
    ),
    (
        "Nothing is lost",
        "Every decision is saved before the screen moves on, and the file itself is never touched.\n\n"
        "u  takes the last one back, and the one before, also those of yesterday\n"
        "h  tells who said what of a finding\n"
        "q  quits; start again to go on where you were.",
    ),
    (
        "Many at once",
        "g  decides all findings on the same words together\n"
        "b  shows all safe fixes in view, and accepts them\n"
        "i  ignores words or a rule: here, in this file, everywhere\n"
        "N  shows names under several spellings, to choose one.",
    ),
    (
        "Find what matters",
        "f  filters by severity, state, rule, file ...      /  searches\n"
        "o  puts first what is worth most                   Esc  shows everything again\n"
        "d  shows all files                                 :  jumps to a place in the text\n"
        "t  puts the Chinese below, beside, away            z  folds clean paragraphs.",
    ),
    (
        "And the rest",
        "m  marks an error that the rules have missed\n"
        "x  explains the rule      c  adds a note      y  copies the sentence\n\n"
        "?  shows all keys. When nothing is open any more, the card gives the command that writes the corrected text.",
    ),
)


class Tour(ModalScreen[None]):
    """Pages; Enter turns them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,n,right", "turn(1)"),
        Binding("p,left,backspace", "turn(-1)"),
        Binding("escape,q", "close"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._page = 0

    def compose(self) -> ComposeResult:
        """One page."""
        with Vertical(classes="dialog"):
            yield Static(id="page")
            yield Static(id="turn")

    def on_mount(self) -> None:
        """The first page."""
        self._show()

    def action_turn(self, by: int) -> None:
        """The next page, or the one before; after the last one, back to the review."""
        if self._page + by >= len(PAGES):
            self.dismiss(None)
            return
        self._page = max(0, self._page + by)
        self._show()

    def action_close(self) -> None:
        """Back to the review."""
        self.dismiss(None)

    def _show(self) -> None:
        title, text = PAGES[self._page]
        self.query_one("#page", Static).update(Content.assemble((title, "bold"), "\n\n", text, "\n"))
        turn = f"{self._page + 1} of {len(PAGES)}   Enter goes on   Escape ends the tour; F1 shows it again"
        self.query_one("#turn", Static).update(Content.styled(turn, QUIET))
