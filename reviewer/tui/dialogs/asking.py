"""A line to type into, and a list to choose from: what most dialogs are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from reviewer.printable import without_controls
from reviewer.tui.looks import QUIET


class Ask(ModalScreen[str | None]):
    """Asks for one line; gives it, or None if the person changed their mind."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel")]

    def __init__(self, question: str, value: str = "", hint: str = "", said: Callable[[str], str] | None = None) -> None:
        """`said` tells, under the line, what the text would do, while it is typed."""
        super().__init__()
        self._question, self._value, self._hint, self._said = question, value, hint, said

    def compose(self) -> ComposeResult:
        """The question, the line, what it would do, the keys."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._question), classes="title")
            yield Input(self._value, id="line", compact=True)
            yield Static("", id="said")
            yield Static(Content.styled(self._hint or "Enter saves   Escape cancels", QUIET))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tells what the text would do."""
        if self._said is not None:
            self.query_one("#said", Static).update(Content(self._said(event.value)))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Gives the text."""
        self.dismiss(without_controls(event.value))

    def action_cancel(self) -> None:
        """Leaves everything as it was."""
        self.dismiss(None)


class Choices(OptionList):
    """A list to choose from, by arrow keys, by those of Vim, or by mouse."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]


class Choose(ModalScreen[str | None]):
    """Asks to choose one of several, by arrow keys, by mouse, or by the letter before it; gives its name or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "cancel", "Cancel"),
    ]

    def __init__(
        self, question: str | Content, choices: Sequence[tuple[str, str, str | Content]], above: Content | None = None
    ) -> None:
        """`choices` are (letter, name, text); `above` stands between question and choices."""
        super().__init__()
        self._question, self._choices, self._above = question, choices, above

    def compose(self) -> ComposeResult:
        """The question, the choices."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._question) if isinstance(self._question, str) else self._question, classes="title")
            if self._above is not None:
                yield Static(self._above, classes="above")
            yield Choices(
                *(
                    Option(Content.assemble((f"{letter}  " if letter else "", "bold"), text), id=name)
                    for letter, name, text in self._choices
                ),
                compact=True,
            )

    def on_mount(self) -> None:
        """The list takes the arrow keys."""
        self.query_one(OptionList).focus()

    def on_key(self, event: events.Key) -> None:
        """A letter takes its choice."""
        name = next((name for letter, name, _ in self._choices if letter and letter == event.character), None)
        if name is not None:
            event.stop()
            self.dismiss(name)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Gives the choice."""
        self.dismiss(event.option.id)

    def action_cancel(self) -> None:
        """Leaves everything as it was."""
        self.dismiss(None)
