"""Shows all documents under review: how far each has come, and how dense its errors are; opens one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reviewer.store import StoredDocument
from reviewer.tui.dialogs.asking import Choices
from reviewer.tui.looks import QUIET, flowing
from reviewer.tui.status import bar

BAR = 10
NUMBERS = f"{'done':>{BAR}} {'of':>13} {'open':>6} {'per 1,000 words':>16}"


class Files(ModalScreen[int | None]):
    """Gives the number of the document that was chosen, from 0, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,d", "cancel", "Cancel"),
        Binding("o", "open_first", show=False),
    ]

    def __init__(self, documents: Sequence[StoredDocument], current: int) -> None:
        super().__init__()
        self._documents, self._current = documents, current
        self._order = list(range(len(documents)))

    def compose(self) -> ComposeResult:
        """A line for all of them, and one for each."""
        with Vertical(classes="dialog -full"):
            yield Static(total(self._documents), classes="title")
            yield Static(id="head")
            yield Choices(id="files", compact=True)
            yield Static(Content.styled("Enter opens   o: open ones first   Escape closes", QUIET))

    def on_mount(self) -> None:
        """Lists them, the current one marked."""
        self.call_after_refresh(self._list)

    def on_resize(self) -> None:
        """Lists them anew in the new width."""
        self.call_after_refresh(self._list)

    def _list(self) -> None:
        options = self.query_one(OptionList)
        marked = self._order[options.highlighted] if options.highlighted is not None else self._current
        width = max(20, options.scrollable_content_region.width)
        room = max(8, width - cell_len(NUMBERS) - 1)
        self.query_one("#head", Static).update(Content.styled(f"{'':{room}} {NUMBERS}", QUIET))
        options.clear_options()
        options.add_options(Option(line(self._documents[number], room)) for number in self._order)
        options.highlighted = self._order.index(marked)
        options.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Gives the document."""
        self.dismiss(self._order[event.option_index])

    def action_open_first(self) -> None:
        """Puts the documents with most open findings first, or back in their order."""
        by_place = list(range(len(self._documents)))
        by_open = sorted(by_place, key=lambda number: -self._documents[number].open)
        self._order = by_open if self._order == by_place else by_place
        self._list()

    def action_cancel(self) -> None:
        """Stays in the document."""
        self.dismiss(None)


def total(documents: Sequence[StoredDocument]) -> Content:
    """All documents in one line."""
    found, left = sum(one.total for one in documents), sum(one.open for one in documents)
    words = sum(one.words for one in documents)
    many = f"{len(documents):,} document{'s' * (len(documents) != 1)}"
    return Content(f"{many}, {words:,} words: {found - left:,} of {found:,} decided, {left:,} open")


def line(document: StoredDocument, room: int) -> Content:
    """A document in one line; its label has `room` cells. Errors are what is open, accepted or edited: not the false alarms."""
    label = flowing(document.label)
    while cell_len(label) > room:
        label = "…" + label[2:]
    done = document.total - document.open
    errors = document.open + document.accepted + document.edited
    density = f"{1000 * errors / document.words:.1f}" if document.words else ""
    numbers = f"{bar(done, document.total, BAR)} {f'{done:,} of {document.total:,}':>13} {document.open:>6,} {density:>16}"
    return Content.assemble(label, " " * (room - cell_len(label) + 1), (numbers, "" if document.open else QUIET))
