"""What a reviewer says, and what others said meanwhile: decisions go to the store and nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reviewer.model import Verdict
from reviewer.store import Mark, Said, Scope, Store, StoredDocument, StoredFinding
from reviewer.tui import naming
from reviewer.tui.catalogue import Catalogue
from reviewer.tui.manuscript import Manuscript
from reviewer.tui.naming import Name
from reviewer.tui.view import View
from reviewer.tui.ways import Ways


class Session(Ways):
    """A review: where it stands, and what is decided. Every method that writes the store raises ReviewerError where that does."""

    def __init__(self, store: Store, document_ids: Sequence[int], reviewer: str, view: View | None = None) -> None:
        """`view` takes the place of the one that was kept."""
        self._pulse = store.pulse()
        self._seen = store.changes()
        super().__init__(store, document_ids, reviewer, view)

    # Decisions

    def decide(self, finding_ids: Sequence[int], verdict: Verdict, text: str | None = None, note: str = "") -> None:
        """Commits one act on one finding or on several, and shows what became of them."""
        self.store.decide_all(finding_ids, verdict, text=text, reviewer=self.reviewer, note=note)
        self.catch_up()

    def decide_alike(self, finding_ids: Sequence[int], verdict: Verdict, text: str | None = None) -> tuple[int, int]:
        """Decides as one act those of several findings that are still open, whatever was shown.

        Gives how many it decided, and how many it left because their words overlap others that are to be replaced already.
        A finding that offers the same fix in other letters, as at the beginning of a sentence, gets its own.
        """
        still = [one for one in self.store.findings_of(finding_ids) if one.present and one.state is Verdict.OPEN]
        said = [Said(one.id, verdict, _own_fix(one, text) if verdict is Verdict.ACCEPT else text) for one in still]
        made = self.store.settle(said, reviewer=self.reviewer, sparing=True)
        self.catch_up()
        return len(made), len(said) - len(made)

    def annotate(self, finding_id: int, note: str) -> None:
        """Adds a note to a finding; what was decided stays."""
        self.store.annotate(finding_id, note, reviewer=self.reviewer)
        self.catch_up()

    def ignore(self, stored: StoredFinding, scope: Scope) -> int:
        """Ignores words or a rule, now and in later lints; gives how many open findings that hides."""
        before = self.open
        self.store.suppress(
            scope,
            words=stored.finding.text,
            rule=stored.finding.rule if scope in (Scope.RULE, Scope.RULE_IN_FILE) else None,
            document_id=stored.document_id,
            finding_id=stored.id,
            reviewer=self.reviewer,
        )
        self.catch_up()
        return before - self.open

    def mark(self, mark: Mark) -> StoredFinding:
        """Adds an error that the rules have missed to the current document, and goes there."""
        made = self.store.settle([], [mark], document_id=self.document.id, reviewer=self.reviewer)
        self.reload()
        added = next(one for one in self.findings if one.finding.fingerprint == made[0].fingerprint)
        if not self.to_finding(added.id):
            self._show_anyway(added)
        return added

    def names(self) -> list[Name]:
        """The names of the current document that stand under several spellings."""
        return naming.names(self.findings, self.store.segments(self.document.id))

    def settle_name(self, name: Name, text: str) -> int:
        """Has a name read `text` in all its places; gives how many places that changes."""
        decisions, marks = naming.settled(name, text, self.findings)
        self.store.settle(decisions, marks, document_id=self.document.id, reviewer=self.reviewer)
        self.reload()
        return len(marks) + sum(said.text is not None for said in decisions)

    def undo(self) -> StoredFinding | None:
        """Takes back the reviewer's last act and goes to its finding; None where there is nothing to undo."""
        return self._touched(self.store.undo(self.reviewer))

    def redo(self) -> StoredFinding | None:
        """Does again what the last undo took back and goes to its finding; None where there is nothing to redo."""
        return self._touched(self.store.redo(self.reviewer))

    # What others did

    def changed_elsewhere(self) -> bool:
        """Whether another connection has written since the last call."""
        seen, self._seen = self._seen, self.store.changes()
        return seen != self._seen

    def catch_up(self) -> None:
        """Shows what was decided since the last call, by anybody; reads no more than has changed."""
        before, self._pulse = self._pulse, self.store.pulse()
        if before.runs != self._pulse.runs or before.suppressions != self._pulse.suppressions:
            self.reload()
        elif before.decisions != self._pulse.decisions:
            self._refresh(self.store.decided_since(before.decisions))

    def reload(self) -> None:
        """Reads everything again; the current finding stays the current one."""
        kept, here = self.current, self.document.id
        self._pulse = self.store.pulse()
        self.documents = self._known([document.id for document in self.documents]) or self.documents
        number = next((number for number, one in enumerate(self.documents) if one.id == here), self.number)
        self.number = min(number, len(self.documents) - 1)
        self._contents.forget()
        self.manuscript = Manuscript(self.store, self.document)
        if self.loaded:
            self._catalogue = Catalogue(self.store, [document.id for document in self.documents])
            self._queue_up(kept)
        else:
            self.queue = [one.id for one in self.findings]
            self.at = min(self.at, max(len(self.queue) - 1, 0))
            if kept is not None:
                self._stands(kept.id)

    def _refresh(self, finding_ids: Sequence[int]) -> None:
        """Puts findings as they are now in the place of what they were, and counts again."""
        ours = {document.id for document in self.documents}
        found = [one for one in self.store.findings_of(finding_ids) if one.document_id in ours]
        if self._catalogue is None:
            known = all(self.manuscript.finding(one.id) for one in found)
        else:
            known = self._catalogue.holds(one.id for one in found)
        if not known or any(not one.present for one in found):
            self.reload()  # another document, a marking undone, or done again
            return
        for stored in found:
            self.manuscript.replace(stored)
            self._contents.replace(stored)
        if self._catalogue is None:
            bare = replace(self.document, open=0, accepted=0, edited=0, rejected=0, ignored=0)
            self.documents[self.number] = _counted(bare, Counter(one.state.value for one in self.findings))
            return
        changes = self._catalogue.became({one.id: one.state.value for one in found})
        self.documents = [_counted(one, changes[one.id]) if one.id in changes else one for one in self.documents]

    def _touched(self, stored: StoredFinding | None) -> StoredFinding | None:
        if stored is None:
            return None
        if all(document.id != stored.document_id for document in self.documents):
            self.documents += self._known([stored.document_id])  # decided in an earlier session, on another file
            if self.loaded:
                self.load()
        self.catch_up()
        number = next((n for n, document in enumerate(self.documents) if document.id == stored.document_id), None)
        if number is None or not stored.present:  # a marking undone, or words that a later lint no longer found
            return stored
        if not self._stands(stored.id):
            self._open(number)
            if not self.loaded:
                self.queue = [one.id for one in self.findings]
            else:
                self._show_anyway(stored)
            self._stands(stored.id)
        self._enter(stored.id)
        return stored

    def _show_anyway(self, stored: StoredFinding) -> None:
        """Puts a finding in the queue that the view leaves out, and yet it is what the reviewer has to see."""
        self.queue.insert(self.at, stored.id)
        self._headings = None


def _own_fix(stored: StoredFinding, text: str | None) -> str | None:
    """The fix of a finding that is a text but for the case of its letters; the text itself where it has none."""
    offered = [fix.text for fix in stored.finding.fixes]
    if text is None or text in offered:
        return text
    return next((one for one in offered if one.casefold() == text.casefold()), text)


def _counted(document: StoredDocument, more: Mapping[str, int]) -> StoredDocument:
    """A document with so many more findings in each state."""
    return replace(
        document,
        open=document.open + more.get(Verdict.OPEN, 0),
        accepted=document.accepted + more.get(Verdict.ACCEPT, 0),
        edited=document.edited + more.get(Verdict.EDIT, 0),
        rejected=document.rejected + more.get(Verdict.REJECT, 0),
        ignored=document.ignored + more.get(Verdict.IGNORE, 0),
    )
