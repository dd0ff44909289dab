"""Keys that decide: accept, edit, reject, ignore, together or one by one, with a note; and those that take it back."""

from __future__ import annotations

from collections.abc import Callable

from reviewer.model import Verdict
from reviewer.store import Scope, StoredFinding
from reviewer.tui import notices
from reviewer.tui.acts.base import ReviewBase
from reviewer.tui.dialogs.asking import Ask, Choose
from reviewer.tui.dialogs.bulk import Bulk
from reviewer.tui.dialogs.edit import EditDialog
from reviewer.tui.dialogs.group import Answer, GroupDialog
from reviewer.tui.looks import WORDS, flowing
from reviewer.tui.messages import Decided

HERE = "here"
NOTHING_IN_VIEW = "There is no finding here to decide."


class Deciding(ReviewBase):
    """Accept, edit, reject, ignore, group, bulk, note, undo, redo."""

    def on_decided(self, message: Decided) -> None:
        """Commits a decision that a click asked for, and moves on."""
        self.decide([message.finding_id], message.verdict, message.text)

    def action_accept(self, number: int) -> None:
        """Accepts the fix of that number, from 1."""
        current = self.session.current
        if current is None:
            return
        fixes = current.finding.fixes
        if not fixes and number == 1:
            self.action_edit()
        elif number > len(fixes):
            self.say(f"There is no fix {number} here.")
        else:
            self.decide([current.id], Verdict.ACCEPT, fixes[number - 1].text)

    def action_reject(self) -> None:
        """Leaves the words as they are."""
        if self.session.current is not None:
            self.decide([self.session.current.id], Verdict.REJECT)

    def action_edit(self) -> None:
        """Asks for the words."""
        current = self.session.current
        if current is not None:
            self._ask_for_words(current, lambda verdict, text: self.decide([current.id], verdict, text))

    def _ask_for_words(self, current: StoredFinding, decide: Callable[[Verdict, str], None]) -> None:
        def edited(text: str | None) -> None:
            if text is not None:
                offered = any(fix.text == text for fix in current.finding.fixes)
                decide(Verdict.ACCEPT if offered else Verdict.EDIT, text)

        hint = "" if current.finding.fixes else "No fix is offered: write the words yourself.   "
        with self.telling():
            self.app.push_screen(EditDialog(current, self.session.manuscript, hint), edited)

    def action_ignore(self) -> None:
        """Asks how far to ignore it, and does so."""
        current = self.session.current
        if current is None:
            return
        words, rule = notices.named(current), flowing(current.finding.rule)
        choices = (
            ("i", HERE, "this place only"),
            ("w", Scope.WORDS_IN_FILE.value, f"{words} in this file"),
            ("W", Scope.WORDS.value, f"{words} everywhere"),
            ("r", Scope.RULE_IN_FILE.value, f"the rule {rule} in this file"),
            ("R", Scope.RULE.value, f"the rule {rule} everywhere"),
        )

        def chosen(scope: str | None) -> None:
            if scope == HERE:
                self.decide([current.id], Verdict.IGNORE)
            elif scope is not None:
                with self.telling("Not saved"):
                    hidden = self.session.ignore(current, Scope(scope))
                    self.move_on(notices.hidden(current, Scope(scope), hidden))

        self.app.push_screen(Choose("Ignore, now and in later lints:", choices), chosen)

    def action_group(self) -> None:
        """Shows all open findings on the same words, to decide them as one."""
        current = self.session.current
        if current is None:
            return
        with self.telling():
            alike = self.session.catalogue.open_alike(current.id)
            if not alike:
                self.say("No finding on these words is open.")
                return

            def answered(answer: Answer | None) -> None:
                if answer is None:
                    return
                if answer.verdict is Verdict.EDIT and answer.text is None:
                    self._ask_for_words(current, lambda verdict, text: self._decide_alike(alike, verdict, text))
                else:
                    self._decide_alike(alike, answer.verdict, answer.text)

            self.app.push_screen(GroupDialog(current, self.session, alike), answered)

    def action_bulk(self) -> None:
        """Shows what accepting all safe fixes in view would change, and does so."""

        def answered(findings: list[int] | None) -> None:
            if findings:
                self._decide_alike(findings, Verdict.ACCEPT)

        with self.telling():
            self.app.push_screen(Bulk(self.session), answered)

    def _decide_alike(self, findings: list[int], verdict: Verdict, text: str | None = None) -> None:
        with self.telling("Not saved"):
            count, left = self.session.decide_alike(findings, verdict, text)
            said = f"{count:,} finding{'s' * (count != 1)} {WORDS[verdict]}. u takes that back."
            self.move_on(f"{said} {left:,} left open: words there change already." if left else said)

    def action_note(self) -> None:
        """Asks for a note to the finding."""
        current = self.session.current
        if current is None:
            return

        def noted(note: str | None) -> None:
            if note is not None and note != current.note:
                with self.telling("Not saved"):
                    self.session.annotate(current.id, note)
                    self.show()

        self.app.push_screen(Ask(f"Note on {notices.named(current)}", current.note), noted)

    def action_undo(self) -> None:
        """Takes the last act back and goes to its finding."""
        with self.telling("Not saved"):
            self.went_to(self.session.undo(), "There is nothing left to undo.", "Taken back")

    def action_redo(self) -> None:
        """Does again what was undone last."""
        with self.telling("Not saved"):
            self.went_to(self.session.redo(), "There is nothing to redo.", "Done again")
