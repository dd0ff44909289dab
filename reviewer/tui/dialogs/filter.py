"""Asks what to show of all findings; tells at each change how many that are."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reviewer.model import Severity, Verdict
from reviewer.tui.dialogs.asking import Ask
from reviewer.tui.looks import QUIET, flowing
from reviewer.tui.view import EVERY_STATE, Group, Order, View

DECIDED = tuple(verdict for verdict in Verdict if verdict is not Verdict.OPEN)
STATES = {
    "all": EVERY_STATE,
    "open": (Verdict.OPEN,),
    "decided": DECIDED,
    **{said: (verdict,) for said, verdict in zip(("accepted", "edited", "rejected", "ignored"), DECIDED, strict=True)},
}
SEVERITIES = {"all": Severity.MINOR, "major and critical": Severity.MAJOR, "critical": Severity.CRITICAL}
CONFIDENCES = {"any": 0.0, "from 25%": 0.25, "from 50%": 0.5, "from 75%": 0.75, "from 90%": 0.9}
ORDERS = {"by place": Order.PLACE, "by value: confidence x severity": Order.VALUE}
GROUPS = {"file": Group.FILE, "rule": Group.RULE, "words": Group.WORDS, "nothing": Group.NONE}

CHOICES: dict[str, tuple[str, str, dict[str, object]]] = {
    "s": ("state", "states", dict(STATES)),
    "v": ("severity", "severity", dict(SEVERITIES)),
    "p": ("probability", "confidence", dict(CONFIDENCES)),
    "o": ("order", "order", dict(ORDERS)),
    "l": ("list by", "group", dict(GROUPS)),
}
TEXTS = {
    "r": ("rule", "rule", "Rule: the beginning of its name, or a pattern: calques, names   or   */policy/*   or   -style"),
    "c": ("category", "category", "Category: its beginning, as in accuracy or fluency/punctuation"),
    "f": ("file", "file", "File: part of its name"),
    "t": ("text", "text", "Text in words, messages, fixes and notes"),
}
HINT = "A letter or ← → changes a line   x clears all   Enter shows them   Escape cancels"


class Filter(ModalScreen[View | None]):
    """Gives the view that was chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "cancel", "Cancel"),
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("right", "turn(1)", show=False, priority=True),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
    ]

    def __init__(self, view: View, count: Callable[[View], int]) -> None:
        """`count` tells how many findings a view shows."""
        super().__init__()
        self._view, self._count = view, count

    def compose(self) -> ComposeResult:
        """A line for each thing to choose, the number of findings, the keys."""
        with Vertical(classes="dialog"):
            yield Static("Show findings", classes="title")
            yield OptionList(*(Option("", id=letter) for letter in (*CHOICES, *TEXTS)), compact=True)
            yield Static(id="said")
            yield Static(Content.styled(HINT, QUIET))

    def on_mount(self) -> None:
        """Shows the view as it is."""
        options = self.query_one(OptionList)
        options.focus()
        options.highlighted = 0
        self._show()

    def on_key(self, event: events.Key) -> None:
        """A letter turns or asks for its line."""
        if event.character in CHOICES:
            event.stop()
            self._turn(event.character, 1)
        elif event.character in TEXTS:
            event.stop()
            self._ask(event.character)
        elif event.character == "x":
            event.stop()
            self._view = View()
            self._show()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Gives the view."""
        self.dismiss(self._view)

    def action_turn(self, by: int) -> None:
        """Turns the marked line."""
        highlighted = self.query_one(OptionList).highlighted or 0
        letter = [*CHOICES, *TEXTS][highlighted]
        if letter in CHOICES:
            self._turn(letter, by)
        else:
            self._ask(letter)

    def action_move(self, by: int) -> None:
        """Marks the next line, or the one before."""
        options = self.query_one(OptionList)
        options.action_cursor_down() if by > 0 else options.action_cursor_up()

    def action_cancel(self) -> None:
        """Leaves the view as it was."""
        self.dismiss(None)

    def _turn(self, letter: str, by: int) -> None:
        _, field, values = CHOICES[letter]
        known = list(values.values())
        value = getattr(self._view, field)
        place = known.index(value) if value in known else 0
        self._view = self._view.changed(field, known[(place + by) % len(known)])
        self._show()

    def _ask(self, letter: str) -> None:
        _, field, question = TEXTS[letter]

        def asked(text: str | None) -> None:
            if text is not None:
                self._view = self._view.changed(field, text.strip())
                self._show()

        self.app.push_screen(Ask(question, getattr(self._view, field)), asked)

    def _show(self) -> None:
        options = self.query_one(OptionList)
        for letter, (name, field, values) in CHOICES.items():
            said = next((said for said, value in values.items() if value == getattr(self._view, field)), "")
            options.replace_option_prompt(letter, _line(letter, name, said))
        for letter, (name, field, _) in TEXTS.items():
            options.replace_option_prompt(letter, _line(letter, name, flowing(getattr(self._view, field)) or "any"))
        count = self._count(self._view)
        self.query_one("#said", Static).update(f"{count:,} finding{'s' * (count != 1)}")


def _line(letter: str, name: str, said: str) -> Content:
    return Content.assemble((letter, "bold"), f"  {name:<12} ", said)
