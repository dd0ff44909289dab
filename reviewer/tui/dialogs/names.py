"""Shows the names of a document that stand under several spellings, and lets one be chosen for all its places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reviewer.tui.dialogs.asking import Ask, Choices, Choose
from reviewer.tui.looks import QUIET, flowing
from reviewer.tui.naming import Form, Name

OTHER = "\n"
"""What no name is."""


class Names(ModalScreen[tuple[Name, str] | None]):
    """Gives a name and the spelling to be used everywhere, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,N", "cancel", "Cancel"),
    ]

    def __init__(self, names: Sequence[Name], label: str) -> None:
        """`label` is that of the document."""
        super().__init__()
        self._names, self._label = names, label

    def compose(self) -> ComposeResult:
        """A line for each name."""
        count = len(self._names)
        with Vertical(classes="dialog"):
            title = f"{count:,} name{'s' * (count != 1)} under several spellings in {flowing(self._label)}"
            yield Static(Content(title), classes="title")
            yield Choices(*(Option(_line(name)) for name in self._names), compact=True)
            yield Static(Content.styled("Enter chooses one spelling for all places   Escape closes", QUIET))

    def on_mount(self) -> None:
        """The list takes the arrow keys."""
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Asks which spelling is right."""
        name = self._names[event.option_index]
        choices = [(str(number), form.text, _form(form)) for number, form in enumerate(name.forms[:9], 1)]

        def typed(text: str | None) -> None:
            if text and text.strip():
                self.dismiss((name, text.strip()))

        def chosen(text: str | None) -> None:
            if text == OTHER:
                self.app.push_screen(Ask("The right spelling", name.forms[0].text), typed)
            elif text is not None:
                self.dismiss((name, text))

        asked = Choose("Which is right? All places will read so; one undo takes it back.", [*choices, ("o", OTHER, "another ...")])
        self.app.push_screen(asked, chosen)

    def action_cancel(self) -> None:
        """Changes nothing."""
        self.dismiss(None)


def _line(name: Name) -> Content:
    forms = Content("  /  ").join(_form(form) for form in name.forms)
    return Content.assemble(forms, (f"   {name.open:,} open" if name.open else "   decided", QUIET))


def _form(form: Form) -> Content:
    return Content.assemble((flowing(form.text), "bold"), (f" x{len(form.places):,}", QUIET))
