"""The key that marks what the rules have missed: words, category, severity, and what should stand there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reviewer.model import Piece, ReviewerError, Severity, Span
from reviewer.store import Mark, StoredDocument
from reviewer.tui import notices
from reviewer.tui.acts.base import ReviewBase
from reviewer.tui.dialogs.asking import Ask, Choose
from reviewer.tui.dialogs.edit import one_line
from reviewer.tui.dialogs.mark import CATEGORIES, SEVERITIES, MarkDialog
from reviewer.tui.document_view import DocumentView

LARGEST = 20_000_000
"""Bytes; a larger file is not read again only to say on which line a mark stands."""


class Marking(ReviewBase):
    """Mark."""

    def action_mark(self) -> None:
        """Asks for the words, then what is wrong with them and how bad it is, then for better ones."""
        manuscript = self.session.manuscript
        if not manuscript.length:
            self.say("There is no text here to mark.")
            return
        current = self.session.current
        position = self.query_one(DocumentView).position if current is None else current.position

        def marked(place: tuple[int, Span] | None) -> None:
            if place is not None:
                self._ask_category(*place)

        with self.telling():
            self.app.push_screen(MarkDialog(manuscript, position), marked)

    def _ask_category(self, position: int, span: Span) -> None:
        def chosen(category: str | None) -> None:
            if category is not None:
                self._ask_severity(position, span, category)

        self.app.push_screen(Choose("What is wrong with it?", CATEGORIES), chosen)

    def _ask_severity(self, position: int, span: Span, category: str) -> None:
        def chosen(severity: str | None) -> None:
            if severity is not None:
                self._ask_words(Mark(position, span, None, category, Severity(severity)))

        self.app.push_screen(Choose("How bad is it?", SEVERITIES), chosen)

    def _ask_words(self, mark: Mark) -> None:
        words = mark.span.of(self.session.manuscript.segment(mark.position).target)
        line = one_line(words)

        def typed(text: str | None) -> None:
            if text is None:
                return
            with self.telling("Not saved"):
                better = None if text == line else text
                reading = self.session.store.reading(self.session.document.path)
                pieces = pieces_of(self.session.document, reading, self.session.manuscript.segment(mark.position).key)
                added = self.session.mark(mark._replace(text=better, pieces=pieces, words=words))
                self.show(said=f"Marked: {notices.named(added)}. u takes it back.")

        hint = "Enter saves; unchanged, the finding stays open   Escape cancels"
        self.app.push_screen(Ask("What should stand there?", line, hint), typed)


def pieces_of(document: StoredDocument, reading: str, key: str) -> tuple[Piece, ...]:
    """Where a segment stands in its file; nothing where the file is no longer what was linted, or too large to read again."""
    from reviewer import formats  # brings Markdown and encodings along: only where a file is read
    from reviewer.formats.reading import from_json

    path: Path = document.path
    try:
        if notices.staleness(document) or not path.is_file() or path.stat().st_size > LARGEST:
            return ()
        how = replace(from_json(reading), source=None)
        found = (segment for one in formats.read(path, how) if one.name == document.name for segment in one.segments)
        return next((segment.pieces for segment in found if segment.key == key), ())
    except (OSError, ReviewerError):
        return ()
