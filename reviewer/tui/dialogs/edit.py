"""Asks for the words that are to stand in place of a finding's; shows the sentence as it will read."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from reviewer.model import Verdict
from reviewer.printable import without_controls
from reviewer.store import StoredFinding
from reviewer.tui.looks import QUIET, flowing, quoted
from reviewer.tui.manuscript import Manuscript
from reviewer.tui.passage import excerpt, runs

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

    def __init__(self, stored: StoredFinding, manuscript: Manuscript, hint: str = "") -> None:
        """`hint` goes before the keys. Raises ReviewerError where the text cannot be read."""
        super().__init__()
        self._stored = stored
        self._segment = manuscript.segment(stored.position)
        self._others = [one for one in manuscript.findings_at(stored.position) if one.id != stored.id]
        self._hint = f"{hint}{HINT}"

    def compose(self) -> ComposeResult:
        """The words as they stand, the field, the sentence as it will read."""
        with Vertical(id="dialog"):
            yield Static(Content.assemble(("In place of ", QUIET), (quoted(self._stored.finding.text), "bold")), id="instead")
            yield Static(Content.styled(flowing(self._stored.finding.message), QUIET), id="why")
            yield OneLine(one_line(beginning(self._stored)), soft_wrap=True, id="words", highlight_cursor_line=False)
            yield Static(id="preview")
            yield Static(self._hint, id="hint")

    def on_mount(self) -> None:
        """Puts the cursor at the end."""
        field = self.query_one(OneLine)
        field.move_cursor(field.document.end)
        field.focus()
        self._preview()

    def on_text_area_changed(self) -> None:
        """Shows the sentence as it would read now."""
        self.query_one("#hint", Static).update(self._hint)
        self._preview()

    def on_one_line_entered(self) -> None:
        """Gives the words, unless they are the ones that stand there."""
        if self._words() == one_line(self._stored.finding.text):
            self.query_one("#hint", Static).update(Content.styled(UNCHANGED, "$text-warning"))
        else:
            self.dismiss(self._words())

    def action_cancel(self) -> None:
        """Leaves everything as it was."""
        self.dismiss(None)

    def _words(self) -> str:
        """What was typed or pasted, as one paragraph without control characters."""
        return one_line(self.query_one(OneLine).text)

    def _preview(self) -> None:
        typed = replace(self._stored, state=Verdict.OPEN, decision_text=self._words())
        shown = list(runs(self._segment, [*self._others, typed], typed.id))
        parts = [(run.text, run.style) for run in excerpt(shown, typed.id)]
        self.query_one("#preview", Static).update(Content.assemble(*parts))


def beginning(stored: StoredFinding) -> str:
    """The words to begin with: what was decided, or the first fix, or the words as they stand."""
    if stored.decision_text is not None:
        return stored.decision_text
    return stored.finding.fixes[0].text if stored.finding.fixes else stored.finding.text


def one_line(text: str) -> str:
    """The text as one paragraph, without control characters: nothing of them can be seen or meant in the field."""
    return " ".join(without_controls(text).splitlines())
