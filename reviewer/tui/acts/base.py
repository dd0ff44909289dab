"""The review screen without its keys: list, document, source and card, and how they are drawn after each act."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer

from reviewer.model import ReviewerError, Verdict
from reviewer.printable import printable
from reviewer.store import StoredFinding
from reviewer.tui import notices
from reviewer.tui.card import Around, Card
from reviewer.tui.document_view import DocumentView
from reviewer.tui.finding_list import FindingList
from reviewer.tui.habits import Looks, Settings, Source
from reviewer.tui.messages import Chosen
from reviewer.tui.session import Session
from reviewer.tui.source_view import SourceView
from reviewer.tui.status import Status

POLL_SECONDS = 2.0
LOAD_SECONDS = 0.2
"""After the first paint: the findings of the other documents are read when the screen is there to look at."""
WIDE, TALL = 110, 34
"""Cells: from here on the list has a column, or some rows, of its own."""


class ReviewBase(Screen[None]):
    """The list of findings, the document around the current one, its source and its card."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self.session = session
        self.settings = settings
        self.looks = Looks.kept(session.store, session.reviewer)
        self._finished = not session.open
        self._decidable = session.current is not None
        self._said = ""

    def compose(self) -> ComposeResult:
        """List, document, source and card; the style sheet places them."""
        yield Status(id="status")
        with Container(id="body"):
            yield FindingList(id="list")
            with Vertical(id="main"):
                yield DocumentView(id="document")
                yield SourceView(id="source")
                with VerticalScroll(id="lower", can_focus=False):
                    yield Card(id="card")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Shows where the review stands, and begins to look for other reviewers' decisions."""
        self.query_one(DocumentView).look(fold=self.looks.fold, beside=self.looks.source is Source.BESIDE)
        self.set_interval(POLL_SECONDS, self._look_for_changes)
        self.set_timer(LOAD_SECONDS, self._load)
        self._warn()

    def on_resize(self, event: events.Resize) -> None:
        """Shows everything at its new size; the list has no place in a small window."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self.set_class(event.size.height >= TALL, "-tall")
        self.call_after_refresh(lambda: self.show(finished=self._finished))

    def on_chosen(self, message: Chosen) -> None:
        """Goes to the finding that was clicked."""
        with self.telling():
            found = self.session.to_finding(message.finding_id)
            self.show(said="" if found else "This finding is not in view. Escape shows everything again.")

    # What every act ends with

    def decide(self, finding_ids: list[int], verdict: Verdict, text: str | None = None) -> None:
        """Commits a decision and moves on; where it could not be saved, the finding stays the current one."""
        with self.telling("Not saved"):
            self.session.decide(finding_ids, verdict, text)
            self.move_on()

    def move_on(self, said: str = "") -> None:
        """Goes to the next open finding, in the next document if need be; where none is open, or no other, says so."""
        document, current = self.session.document.id, self.session.current
        self._finished = not self.session.next_open()
        if self.session.document.id != document:
            said = said or f"Now in document {self.session.number + 1:,} of {len(self.session.documents):,}."
            self._warn()
        elif not self._finished and current is not None and self.session.current is current:
            said = said or "This is the only open finding left in view."
        self.show(finished=self._finished, said=said)

    def went_to(self, stored: StoredFinding | None, nothing: str, done: str) -> None:
        """Tells what an undo or redo did, and shows it."""
        if stored is None:
            self.say(nothing)
        else:
            self.show(said=f"{done}: {notices.named(stored)}")

    def say(self, said: str) -> None:
        """Says something at the top, until the next key, and leaves all else as it is."""
        self.show(finished=self._finished, stay=True, said=said)

    def show(self, *, finished: bool = False, stay: bool = False, said: str = "") -> None:
        """Draws everything anew, and says something until the next time.

        With `stay`, text and card stay where they were scrolled to, and what was said stands: nobody has pressed a key.
        """
        self._finished = finished
        self._said = said or (self._said if stay else "")
        with self.telling():
            self._draw(stay=stay)
        if self._decidable != (self.session.current is not None):  # the footer is slow to draw: only when its keys change
            self._decidable = not self._decidable
            self.refresh_bindings()

    @contextmanager
    def telling(self, title: str = "") -> Iterator[None]:
        """What goes wrong with the store is told, and all stays as it was."""
        try:
            yield
        except ReviewerError as error:
            self.notify(printable(str(error)), title=title, severity="error", markup=False, timeout=10)

    def _load(self) -> None:
        """Reads the findings of the other documents, so that the first key that needs them need not wait."""
        with self.telling():
            if not self.session.loaded:
                self.session.load()
                gc.freeze()  # a hundred thousand entries stay: to look through them again and again would stall the keys
                self.show(finished=self._finished, stay=True)

    def _look_for_changes(self) -> None:
        """Shows what another reviewer decided meanwhile."""
        with self.telling():
            if self.session.changed_elsewhere():
                current = self.session.current
                self.session.catch_up()
                same = (current and current.id) == (self.session.current and self.session.current.id)
                self.show(finished=self._finished and not self.session.open, stay=same)

    def _warn(self) -> None:
        """Tells where a file is no longer what was linted."""
        warning = notices.staleness(self.session.document)
        if warning:
            self.notify(warning, severity="warning", markup=False, timeout=10)

    def _draw(self, *, stay: bool = False) -> None:
        session = self.session
        current = session.current
        self.query_one(Status).show(session, self.size.width - 2, self._said)
        self.query_one(FindingList).show(session)
        self.query_one(DocumentView).show(session.manuscript, current, stay=stay)
        below = self._source_below() and self.has_class("-tall")
        self.query_one(SourceView).show(session.manuscript, current if below else None)
        card = self.query_one(Card)
        if self._finished or current is None:
            card.say(notices.finished(session))
        else:
            card.show(current, session.manuscript.segment(current.position), self._around(current), roomy=self.has_class("-tall"))
        if not stay:
            self.query_one("#lower", VerticalScroll).scroll_home(animate=False, immediate=True)

    def _source_below(self) -> bool:
        """Whether the source has to be shown by itself: asked for, and not beside the text."""
        return self.looks.source is not Source.HIDDEN and not self.query_one(DocumentView).beside_fits

    def _around(self, current: StoredFinding) -> Around:
        in_card = self._source_below() and not self.has_class("-tall")
        if not self.session.loaded:
            return Around(source=in_card)
        catalogue = self.session.catalogue
        agreed, judged = catalogue.record(current.finding.rule)
        return Around(catalogue.count_open_alike(current.id), agreed, judged, in_card)
