"""Keys that go from place to place and decide nothing."""

from __future__ import annotations

from textual.containers import VerticalScroll

from reviewer.tui import notices
from reviewer.tui.acts.base import ReviewBase
from reviewer.tui.dialogs.asking import Ask
from reviewer.tui.dialogs.files import Files
from reviewer.tui.document_view import DocumentView


class Going(ReviewBase):
    """Next, previous, first, last; documents; places in the text; scrolling."""

    def action_move(self, by: int) -> None:
        """Goes to the finding so many further on in view."""
        with self.telling():
            document = self.session.document.id
            moved = self.session.move(by)
            if self.session.document.id != document:
                self._warn()
            self.show(said="" if moved else "That was the last finding in view." if by > 0 else "This is the first finding.")

    def action_end(self, by: int) -> None:
        """Goes to the first finding in view, or the last."""
        with self.telling():
            document = self.session.document.id
            self.session.to_end(last=by > 0)
            if self.session.document.id != document:
                self._warn()
            self.show()

    def action_next_open(self) -> None:
        """Goes to the next open finding; decides nothing."""
        with self.telling():
            self.move_on()

    def action_document(self, by: int) -> None:
        """Goes to the next document, or the previous one."""
        number = self.session.number + by
        if not 0 <= number < len(self.session.documents):
            self.say("There is no further document." if by > 0 else "This is the first document.")
        else:
            self._open(number)

    def action_files(self) -> None:
        """Shows all documents."""

        documents = self.session.documents

        def chosen(number: int | None) -> None:
            if number is not None:
                now = [document.id for document in self.session.documents]  # another lint may have taken some away
                if documents[number].id in now:
                    self._open(now.index(documents[number].id))

        self.app.push_screen(Files(documents, self.session.number), chosen)

    def _open(self, number: int) -> None:
        with self.telling():
            self.session.to_document(number)
            self._warn()
            self.show()

    def action_jump(self) -> None:
        """Asks where to: the number of a paragraph, or words."""
        manuscript = self.session.manuscript
        view = self.query_one(DocumentView)

        def said(text: str) -> str:
            return (
                ""
                if not text.strip()
                else f"paragraph {text.strip()}"
                if text.strip().isdecimal()
                else "the next place of these words"
            )

        def asked(text: str | None) -> None:
            if not text or not text.strip():
                return
            with self.telling():
                if text.strip().isdecimal():
                    position: int | None = min(max(int(text) - 1, 0), max(manuscript.length - 1, 0))
                else:
                    position = self.session.store.paragraph_with(manuscript.document_id, text.strip(), view.position)
                if position is None:
                    words = notices.cut(text.strip())
                    self.say(f"“{words}” is not in this document.")
                else:
                    view.go_to(position)

        hint = "Enter goes there   Escape cancels"
        self.app.push_screen(Ask(f"Jump to: a paragraph (1 to {manuscript.length:,}), or words in the text", "", hint, said), asked)

    def action_scroll_text(self, by: int) -> None:
        """Scrolls the document by a window."""
        with self.telling():
            self.query_one(DocumentView).scroll_pages(by)

    def action_scroll_card(self, by: int) -> None:
        """Scrolls the card where it is longer than its place."""
        self.query_one("#lower", VerticalScroll).scroll_relative(y=3 * by, animate=False)
