"""Keys that change what is seen: search, filters, order, source, folds, rules, history, names, help."""

from __future__ import annotations

from dataclasses import replace

from reviewer.tui import notices
from reviewer.tui.acts.base import ReviewBase
from reviewer.tui.dialogs.asking import Ask
from reviewer.tui.dialogs.filter import Filter
from reviewer.tui.dialogs.help import help_text
from reviewer.tui.dialogs.history import history_text
from reviewer.tui.dialogs.names import Names
from reviewer.tui.dialogs.reading import Reading
from reviewer.tui.dialogs.rule import rule_text
from reviewer.tui.dialogs.tour import Tour
from reviewer.tui.document_view import DocumentView
from reviewer.tui.habits import Looks, Source
from reviewer.tui.naming import Name
from reviewer.tui.passage import excerpt, runs
from reviewer.tui.view import Group, Order, View

NEXT_SOURCE = {Source.BELOW: Source.BESIDE, Source.BESIDE: Source.HIDDEN, Source.HIDDEN: Source.BELOW}
NEXT_GROUP = {Group.FILE: Group.RULE, Group.RULE: Group.WORDS, Group.WORDS: Group.NONE, Group.NONE: Group.FILE}


class Looking(ReviewBase):
    """Search, filter, order, group, source, fold, explain, history, names, copy, help, tour."""

    def action_search(self) -> None:
        """Asks for a text, and shows the findings that hold it."""

        def said(text: str) -> str:
            count = self._count(replace(self.session.view, text=text.strip()))
            return f"{count:,} finding{'s' * (count != 1)}"

        def asked(text: str | None) -> None:
            if text is not None:
                self._see(replace(self.session.view, text=text.strip()))

        question = "Search in words, messages, fixes and notes"
        self.app.push_screen(Ask(question, self.session.view.text, "Enter shows them   Escape cancels", said), asked)

    def action_filter(self) -> None:
        """Asks what to show."""

        def chosen(view: View | None) -> None:
            if view is not None:
                self._see(view)

        self.app.push_screen(Filter(self.session.view, self._count), chosen)

    def action_order(self) -> None:
        """Turns from the order of places to that of value, and back."""
        order = Order.PLACE if self.session.view.order is Order.VALUE else Order.VALUE
        self._see(replace(self.session.view, order=order))

    def action_group_list(self) -> None:
        """Lists by file, by rule, by words, without headings."""
        self._see(replace(self.session.view, group=NEXT_GROUP[self.session.view.group]))

    def action_clear(self) -> None:
        """Shows all findings again, by place."""
        if not self.session.view.plain:
            self._see(View())

    def _see(self, view: View) -> None:
        said = ""
        with self.telling():
            if not self.session.see(view):
                said = "Nothing is in view. Escape shows everything again."
        self.show(said=said)  # also where the view could not be kept for the next time

    def _count(self, view: View) -> int:
        """How many findings a view would show; none where the store cannot be read, which is told."""
        with self.telling():
            return len(self.session.catalogue.queue(view, self.session.labels))
        return 0

    def action_source(self) -> None:
        """Puts the Chinese below, beside the English, or out of sight."""
        self._look(replace(self.looks, source=NEXT_SOURCE[self.looks.source]))
        current = self.session.current
        with self.telling():
            if current and self.session.manuscript.segment(current.position).source is None:
                self.say("This paragraph came without its Chinese.")
            else:
                self.say(f"The Chinese: {self.looks.source}.")

    def action_fold(self) -> None:
        """Folds the paragraphs without findings, or unfolds them."""
        self._look(replace(self.looks, fold=not self.looks.fold))

    def _look(self, looks: Looks) -> None:
        with self.telling("Not saved"):
            self.looks = looks
            self.query_one(DocumentView).look(fold=looks.fold, beside=looks.source is Source.BESIDE)
            looks.keep(self.session.store, self.session.reviewer)
        self.show()

    def action_explain(self) -> None:
        """Shows the rule of the current finding."""
        current = self.session.current
        if current is not None:
            with self.telling():
                agreed, judged = self.session.catalogue.record(current.finding.rule)
                self.app.push_screen(Reading(rule_text(current, self.settings.rules, agreed, judged)))

    def action_history(self) -> None:
        """Shows everything that was said of the current finding."""
        current = self.session.current
        if current is not None:
            with self.telling():
                self.app.push_screen(Reading(history_text(current, self.session.store.history(current.id))))

    def action_names(self) -> None:
        """Shows the names of the document that stand under several spellings, and has one of them used everywhere."""

        def chosen(answer: tuple[Name, str] | None) -> None:
            if answer is not None:
                with self.telling("Not saved"):
                    changed = self.session.settle_name(*answer)
                    places = f"{changed:,} place{'s' * (changed != 1)}"
                    self.move_on(f"{answer[1]} from now on, in {places}. u takes it back.")

        with self.telling():
            names = self.session.names()
            if names:
                self.app.push_screen(Names(names, self.session.document.label), chosen)
            else:
                self.say("No name in this document stands under two spellings.")

    def action_copy(self) -> None:
        """Puts the sentence, as it will read, on the clipboard of the terminal."""
        current = self.session.current
        if current is None:
            return
        with self.telling():
            segment = self.session.manuscript.segment(current.position)
            shown = list(runs(segment, self.session.manuscript.findings_at(current.position), None, signs=False))
            text = "".join(run.text for run in excerpt(shown, current.id)).strip()
            self.app.copy_to_clipboard(text)
            self.say(f"Copied: {notices.cut(text)}")

    def action_help(self) -> None:
        """Shows the keys."""
        self.app.push_screen(Reading(help_text(self.settings.keys)))

    def action_tour(self) -> None:
        """Shows the tour, at once where it was asked for."""

        def toured(_: None) -> None:
            if not self.looks.toured:
                self._look(replace(self.looks, toured=True))

        self.app.push_screen(Tour(), toured)
