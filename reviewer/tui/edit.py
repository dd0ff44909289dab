"""Asks for the words that are to stand in place of a finding's; shows the sentence as it will read."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from reviewer.model import Span
from reviewer.printable import without_controls
from reviewer.tui.looks import CHANGED_STYLE, DELETED, QUIET, flowing, quoted
from reviewer.tui.passage import sentence

HINT = "Enter saves   Escape cancels"
UNCHANGED = "These are the words as they stand. Change them, or press Escape and then r to keep them."


class OneLine(TextArea):
    """A text of one paragraph, broken to fit: Enter is to save, not to begin a line."""

    class Entered(Message):
        """Enter was pressed."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Entered())
        else:
            await super()._on_key(event)


class EditDialog(ModalScreen[str | None]):
    """Gives the new words, or None if the person changed their mind."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "Cancel")]

    def __init__(self, target: str, span: Span, words: str, message: str) -> None:
        """`words` are what the dialog begins with, in place of `span` of `target`; `message` says why."""
        super().__init__()
        self._target = target
        self._span = span
        self._begin = " ".join(without_controls(words).splitlines()) if words else ""
        self._message = message

    def compose(self) -> ComposeResult:
        """The words as they stand, the field, the sentence as it will read."""
        with Vertical(id="dialog"):
            yield Static(Content.assemble(("In place of ", QUIET), (quoted(self._span.of(self._target)), "bold")), id="instead")
            yield Static(Content.styled(flowing(self._message), QUIET), id="why")
            yield OneLine(self._begin, soft_wrap=True, id="words", highlight_cursor_line=False)
            yield Static(id="preview")
            yield Static(HINT, id="hint")

    def on_mount(self) -> None:
        """Puts the cursor at the end."""
        field = self.query_one(OneLine)
        field.move_cursor(field.document.end)
        field.focus()
        self._preview()

    def on_text_area_changed(self) -> None:
        """Shows the sentence as it would read now."""
        self.query_one("#hint", Static).update(HINT)
        self._preview()

    def on_one_line_entered(self) -> None:
        """Gives the words, unless they are the ones that stand there."""
        if self._words() == self._span.of(self._target):
            self.query_one("#hint", Static).update(Content.styled(UNCHANGED, "$text-warning"))
        else:
            self.dismiss(self._words())

    def action_cancel(self) -> None:
        """Leaves everything as it was."""
        self.dismiss(None)

    def _words(self) -> str:
        """What was typed or pasted, as one paragraph without control characters."""
        return " ".join(without_controls(self.query_one(OneLine).text).splitlines())

    def _preview(self) -> None:
        whole = sentence(self._target, self._span)
        before = flowing(self._target[whole.start : self._span.start])
        after = flowing(self._target[self._span.end : whole.end])
        words = flowing(self._words()) or DELETED
        text = Content.assemble(before, (words, f"{CHANGED_STYLE} reverse"), after)
        self.query_one("#preview", Static).update(text)
