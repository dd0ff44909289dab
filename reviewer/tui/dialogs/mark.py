"""Shows a paragraph, so that the words of an error that no rule has found can be marked in it."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from reviewer.model import Span
from reviewer.printable import printable
from reviewer.tui.looks import QUIET
from reviewer.tui.manuscript import Manuscript

KEYS = "Shift+arrows or the mouse select   Enter takes the words   PgUp PgDn other paragraphs   Escape cancels"
CATEGORIES = (
    ("m", "accuracy/mistranslation", "mistranslation"),
    ("o", "accuracy/omission", "omission: something of the Chinese is missing"),
    ("a", "accuracy/addition", "addition: something the Chinese does not say"),
    ("u", "accuracy/untranslated", "untranslated"),
    ("t", "terminology/wrong-term", "wrong term"),
    ("i", "terminology/inconsistent", "inconsistent term or name"),
    ("g", "fluency/grammar", "grammar"),
    ("s", "fluency/spelling", "spelling"),
    ("p", "fluency/punctuation", "punctuation"),
    ("w", "style/awkward", "awkward style"),
    ("n", "locale/name-format", "format of names, dates, numbers"),
)
"""MQM error types (themqm.org), the letter for each."""
SEVERITIES = (
    ("c", "critical", "critical: says something else, or does harm"),
    ("m", "major", "major: confuses the reader"),
    ("i", "minor", "minor: jars, but is understood"),
)


class Paragraph(TextArea):
    """A text to select in; Enter takes the selection."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("enter", "pageup", "pagedown"):
            return  # for the dialog
        await super()._on_key(event)


class MarkDialog(ModalScreen[tuple[int, Span] | None]):
    """Gives (position of the paragraph, span of its target), or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel"),
        Binding("enter", "take", priority=True),
        Binding("pagedown", "turn(1)", priority=True),
        Binding("pageup", "turn(-1)", priority=True),
    ]

    def __init__(self, manuscript: Manuscript, position: int) -> None:
        super().__init__()
        self._manuscript, self._position = manuscript, position

    def compose(self) -> ComposeResult:
        """The paragraph, the keys."""
        with Vertical(classes="dialog"):
            yield Static("Mark an error: select its words", classes="title")
            yield Paragraph("", read_only=True, soft_wrap=True, id="paragraph", highlight_cursor_line=False)
            yield Static("", id="said")
            yield Static(Content.styled(KEYS, QUIET))

    def on_mount(self) -> None:
        """Shows the paragraph."""
        self.query_one(Paragraph).focus()
        self._show()

    def on_text_area_selection_changed(self) -> None:
        """Tells which words are marked."""
        self._tell()

    def _tell(self) -> None:
        target, span = self._manuscript.segment(self._position).target, self._span()
        self.query_one("#said", Static).update(Content.assemble(("marks ", QUIET), (printable(span.of(target)), "bold")))

    def action_turn(self, by: int) -> None:
        """The next paragraph, or the one before."""
        self._position = min(max(self._position + by, 0), max(self._manuscript.length - 1, 0))
        self._show()

    def action_take(self) -> None:
        """Gives the words."""
        if span := self._span():
            self.dismiss((self._position, span))

    def action_cancel(self) -> None:
        """Marks nothing."""
        self.dismiss(None)

    def _show(self) -> None:
        area = self.query_one(Paragraph)
        area.text = one_for_one(self._manuscript.segment(self._position).target)
        area.move_cursor((0, 0))
        self._tell()

    def _span(self) -> Span:
        """The selection; without one, the word under the cursor."""
        (_, one), (_, other) = self.query_one(Paragraph).selection  # a paragraph is one line, however it is broken to fit
        return words_at(self._manuscript.segment(self._position).target, *sorted((one, other)))


def one_for_one(text: str) -> str:
    """The text in one line, safe to show, a character for a character: a place in it is a place in the text."""
    return "".join(" " if char.isspace() else char if printable(char) == char else "\ufffd" for char in text)


def words_at(text: str, start: int, end: int) -> Span:
    """The span from start to end without white space at its ends; where it is empty, the word that stands there."""
    if start == end:
        while start and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        word = text[start:end]
        start, end = start + len(word) - len(word.lstrip("\"'“‘([")), end - len(word) + len(word.rstrip("\"'”’)].,;:!?"))
    marked = text[start:end]
    start += len(marked) - len(marked.lstrip())
    return Span(start, max(start, end - len(marked) + len(marked.rstrip())))
