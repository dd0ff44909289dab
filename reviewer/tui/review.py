"""The review screen: keys and what widgets say become calls of the session; what the session says is shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer

from reviewer.model import ReviewerError, Verdict
from reviewer.printable import printable
from reviewer.store import StoredFinding
from reviewer.tui import notices
from reviewer.tui.card import Card
from reviewer.tui.document_view import DocumentView
from reviewer.tui.edit import EditDialog
from reviewer.tui.finding_list import FindingList
from reviewer.tui.help import Help
from reviewer.tui.messages import Chosen, Decided
from reviewer.tui.session import Session
from reviewer.tui.status import Status

POLL_SECONDS = 2.0
WIDE, TALL = 110, 34
"""Cells: from here on the list has a column, or some rows, of its own."""


class ReviewScreen(Screen[None]):
    """The list of findings, the document around the current one, and its card."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,enter", "accept(1)", "Accept", key_display="a"),
        *(Binding(str(number), f"accept({number})", show=False) for number in range(1, 10)),
        Binding("e", "edit", "Edit"),
        Binding("r", "reject", "Reject"),
        Binding("s", "next_open", "Skip"),
        Binding("u", "undo", "Undo"),
        Binding("ctrl+r", "redo", "Redo", show=False),
        Binding("x", "hide_words", "Ignore words", show=False),
        Binding("n,j,down", "move(1)", "Next", key_display="n"),
        Binding("p,k,up", "move(-1)", "Previous", show=False),
        Binding("o,N,tab", "next_open", "Next open", show=False),
        Binding("g,home", "end(-1)", "First", show=False),
        Binding("G,end", "end(1)", "Last", show=False),
        Binding("left_square_bracket", "document(-1)", "Previous document", show=False),
        Binding("right_square_bracket", "document(1)", "Next document", show=False),
        Binding("pagedown,space", "scroll_text(1)", "Down", show=False),
        Binding("pageup", "scroll_text(-1)", "Up", show=False),
        Binding("less_than_sign", "scroll_card(-1)", "Card up", show=False),
        Binding("greater_than_sign", "scroll_card(1)", "Card down", show=False),
        Binding("question_mark", "help", "Help", key_display="?"),
        Binding("q", "app.quit", "Quit"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._finished = not session.open

    def compose(self) -> ComposeResult:
        """List, document and card; the style sheet places them."""
        yield Status(id="status")
        with Container(id="body"):
            yield FindingList(id="list")
            with Vertical(id="main"):
                yield DocumentView(id="document")
                with VerticalScroll(id="lower", can_focus=False):
                    yield Card(id="card")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Shows where the review stands, and begins to look for other reviewers' decisions."""
        self.set_interval(POLL_SECONDS, self._look_for_changes)
        self._warn()

    def on_resize(self, event: events.Resize) -> None:
        """Shows everything at its new size; the list has no place in a small window."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self.set_class(event.size.height >= TALL, "-tall")
        self.call_after_refresh(lambda: self._show(finished=self._finished))

    # Decisions

    def on_decided(self, message: Decided) -> None:
        """Commits a decision and moves on; a finding whose decision could not be saved stays the current one."""
        self._decide(message.finding_id, message.verdict, message.text)

    def action_accept(self, number: int) -> None:
        """Accepts the fix of that number, from 1."""
        current = self.session.current
        if current is None:
            return
        fixes = current.finding.fixes
        if not fixes and number == 1:
            self.action_edit()
        elif number > len(fixes):
            self.notify(f"There is no fix {number} here.", severity="warning")
        else:
            self._decide(current.id, Verdict.ACCEPT, fixes[number - 1].text)

    def action_reject(self) -> None:
        """Leaves the words as they are."""
        if self.session.current is not None:
            self._decide(self.session.current.id, Verdict.REJECT)

    def action_edit(self) -> None:
        """Asks for the words."""
        current = self.session.current
        if current is None:
            return

        def edited(text: str | None) -> None:
            if text is not None:
                offered = any(fix.text == text for fix in current.finding.fixes)
                self._decide(current.id, Verdict.ACCEPT if offered else Verdict.EDIT, text)

        hint = "" if current.finding.fixes else "No fix is offered: write the words yourself.   "
        with self._telling():
            self.app.push_screen(EditDialog(current, self.session.manuscript, hint), edited)

    def action_undo(self) -> None:
        """Takes the last decision back and goes to its finding."""
        with self._telling("Not saved"):
            self._went_to(self.session.undo(), "There is nothing left to undo.", "Taken back")

    def action_redo(self) -> None:
        """Does again what was undone last."""
        with self._telling("Not saved"):
            self._went_to(self.session.redo(), "There is nothing to redo.", "Done again")

    def action_hide_words(self) -> None:
        """Ignores the words in this file."""
        current = self.session.current
        if current is None:
            return
        with self._telling("Not saved"):
            hidden = self.session.hide_words(current)
            self.notify(notices.hidden(current, hidden), markup=False)
            self._move_on()

    # Ways

    def action_move(self, by: int) -> None:
        """Goes to the finding so many further on."""
        if not self.session.move(by):
            self.notify("That was the last finding here." if by > 0 else "This is the first finding.", timeout=2)
        self._show()

    def action_end(self, by: int) -> None:
        """Goes to the first finding, or the last."""
        self.session.move(by * len(self.session.findings))
        self._show()

    def action_next_open(self) -> None:
        """Goes to the next open finding; decides nothing."""
        with self._telling():
            self._move_on()

    def action_document(self, by: int) -> None:
        """Goes to the next document, or the previous one."""
        number = self.session.number + by
        if not 0 <= number < len(self.session.documents):
            self.notify("There is no further document." if by > 0 else "This is the first document.", timeout=2)
            return
        with self._telling():
            self.session.to_document(number)
            self._warn()
            self._show()

    def on_chosen(self, message: Chosen) -> None:
        """Goes to the finding that was clicked."""
        self.session.to_finding(message.finding_id)
        self._show()

    def action_scroll_text(self, by: int) -> None:
        """Scrolls the document by a window."""
        with self._telling():
            self.query_one(DocumentView).scroll_pages(by)

    def action_scroll_card(self, by: int) -> None:
        """Scrolls the card where it is longer than its place."""
        self.query_one("#lower", VerticalScroll).scroll_relative(y=3 * by, animate=False)

    def action_help(self) -> None:
        """Shows the keys."""
        self.app.push_screen(Help())

    # How it all comes together

    def _decide(self, finding_id: int, verdict: Verdict, text: str | None = None) -> None:
        with self._telling("Not saved"):
            self.session.decide(finding_id, verdict, text)
            self._move_on()

    def _move_on(self) -> None:
        """Goes to the next open finding, in the next document if need be; where none is open, says so."""
        document, current = self.session.document.id, self.session.current
        self._finished = not self.session.next_open()
        if self.session.document.id != document:
            self.notify(f"Now in {printable(self.session.document.label)}", markup=False)
            self._warn()
        elif not self._finished and self.session.current is current:
            self.notify("This is the only open finding left.", timeout=2)
        self._show(finished=self._finished)

    def _went_to(self, stored: StoredFinding | None, nothing: str, done: str) -> None:
        if stored is None:
            self.notify(nothing, timeout=2)
            return
        self.notify(f"{done}: {notices.named(stored)}", markup=False, timeout=3)
        self._show()

    def _look_for_changes(self) -> None:
        """Shows what another reviewer decided meanwhile."""
        with self._telling():
            if self.session.changed_elsewhere():
                self.session.reload()
                self._show(finished=self._finished and not self.session.open)

    def _warn(self) -> None:
        """Tells where a file is no longer what was linted."""
        warning = notices.staleness(self.session.document)
        if warning:
            self.notify(warning, severity="warning", markup=False, timeout=10)

    @contextmanager
    def _telling(self, title: str = "") -> Iterator[None]:
        """What goes wrong with the store is told, and all stays as it was."""
        try:
            yield
        except ReviewerError as error:
            self.notify(printable(str(error)), title=title, severity="error", markup=False, timeout=10)

    def _show(self, *, finished: bool = False) -> None:
        self._finished = finished
        with self._telling():
            self._draw()

    def _draw(self) -> None:
        session = self.session
        current = session.current
        self.query_one(Status).show(session, self.size.width - 2)
        self.query_one(FindingList).show(session.findings, session.index)
        self.query_one(DocumentView).show(session.manuscript, current)
        card = self.query_one(Card)
        if self._finished or current is None:
            card.say(notices.finished(session))
        else:
            card.show(current, session.manuscript.segment(current.position), roomy=self.has_class("-tall"))
        self.query_one("#lower", VerticalScroll).scroll_home(animate=False)
