"""Shows the keys and the signs."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reviewer.tui.looks import QUIET, SEVERITY_STYLES, SIGNS, WEIGHTS, WORDS

KEYS = (
    ("a, Enter", "accept the first fix"),
    ("1 to 9", "accept that fix"),
    ("e", "edit: write the words yourself"),
    ("r", "reject: the words stay as they are"),
    ("s", "skip: go on, decide later"),
    ("x", "ignore these words in this file, from now on"),
    ("u", "undo your last decision, also one of an earlier day"),
    ("Ctrl+R", "redo what you undid"),
    ("o, N, Tab", "next open finding"),
    ("n, j, ↓", "next finding"),
    ("p, k, ↑", "previous finding"),
    ("g, G", "first, last finding"),
    ("[ and ]", "previous, next document"),
    ("PgUp, PgDn", "scroll the text"),
    ("< and >", "scroll the card"),
    ("q", "quit; start again to go on where you were"),
)


class Help(ModalScreen[None]):
    """The keys; any of the usual ones closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,enter,space", "close", "Close")]

    def compose(self) -> ComposeResult:
        """One text, scrolled where it does not fit."""
        with VerticalScroll(id="help"):
            yield Static(Content("\n").join([Content.assemble((f"{key:<12}", "bold"), said) for key, said in KEYS]))
            signs = [f"{SIGNS[state]} {WORDS[state]}" for state in SIGNS]
            weights = [Content.styled(f"{WEIGHTS[severity]} {severity}", style) for severity, style in SEVERITY_STYLES.items()]
            yield Static(Content("\n").join(["", "   ".join(signs), Content("   ").join(weights)]))
            yield Static(Content.styled("Every decision is saved as it is made. Escape closes this.", QUIET))

    def action_close(self) -> None:
        """Back to the review."""
        self.dismiss(None)
