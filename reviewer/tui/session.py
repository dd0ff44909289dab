"""Where a review stands: which documents, which findings, which one is next. Decisions go to the store and nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reviewer.model import ReviewerError, Verdict
from reviewer.store import Scope, Store, StoredDocument, StoredFinding
from reviewer.tui.manuscript import Manuscript


class Session:
    """A reviewer's way through documents. Every method that reads or writes the store raises ReviewerError where that does."""

    def __init__(self, store: Store, document_ids: Sequence[int], reviewer: str) -> None:
        self.store = store
        self.reviewer = reviewer
        self.documents = self._known(document_ids)
        if not self.documents:
            raise ReviewerError(f"{store.path}: holds none of these documents any more; name the files to review")
        self.number = self._where_to_begin()  # of the current document among `documents`
        self.manuscript = Manuscript(store, self.document)
        self.index = self._first_open()  # of the current finding among `findings`
        self._hidden: tuple[int, int] | None = None  # the suppression that the next undo lifts, and its finding
        self._seen = store.changes()

    @property
    def document(self) -> StoredDocument:
        """The current document."""
        return self.documents[self.number]

    @property
    def findings(self) -> list[StoredFinding]:
        """The findings of the current document, in reading order."""
        return self.manuscript.findings

    @property
    def current(self) -> StoredFinding | None:
        """The current finding; None in a document without any."""
        return self.findings[self.index] if self.findings else None

    @property
    def open(self) -> int:
        """How many findings are open, in all documents."""
        return sum(document.open for document in self.documents)

    # Decisions

    def decide(self, finding_id: int, verdict: Verdict, text: str | None = None) -> None:
        """Commits a decision on a finding of the current document, and shows what became of it."""
        self.store.decide(finding_id, verdict, text=text, reviewer=self.reviewer)
        self._hidden = None
        self._refresh(self.store.finding(finding_id))

    def undo(self) -> StoredFinding | None:
        """Takes back the reviewer's last act and goes to its finding; None where there is nothing to undo."""
        if self._hidden is not None:
            suppression, finding_id = self._hidden
            self.store.lift(suppression, reviewer=self.reviewer)
            return self._touched(self.store.finding(finding_id))
        return self._touched(self.store.undo(self.reviewer))

    def redo(self) -> StoredFinding | None:
        """Does again what the last undo took back and goes to its finding; None where there is nothing to redo."""
        return self._touched(self.store.redo(self.reviewer))

    def hide_words(self, stored: StoredFinding) -> int:
        """Ignores a finding's words in its file, now and in later lints; gives how many open findings that hides."""
        before = self.document.open
        made = self.store.suppress(
            Scope.WORDS_IN_FILE, words=stored.finding.text, document_id=stored.document_id, reviewer=self.reviewer
        )
        self.reload()
        self._hidden = (made.id, stored.id)
        return before - self.document.open

    # Ways through the findings

    def move(self, by: int) -> bool:
        """Goes so many findings on, or back; false at the end of the document."""
        wanted = min(max(self.index + by, 0), max(len(self.findings) - 1, 0))
        moved = wanted != self.index
        self.index = wanted
        return moved

    def to_finding(self, finding_id: int) -> bool:
        """Goes to a finding of the current document; false where it has none of that id."""
        found = next((index for index, one in enumerate(self.findings) if one.id == finding_id), None)
        if found is not None:
            self.index = found
        return found is not None

    def to_document(self, number: int) -> None:
        """Goes to the first open finding of a document, or to its first."""
        self._load(number)
        self.index = self._first_open()

    def next_open(self) -> bool:
        """Goes to the next open finding: in this document, round its end, in the documents after it; false if none is open."""
        order = [*range(self.index + 1, len(self.findings)), *range(self.index)]
        for index in order:
            if self.findings[index].state is Verdict.OPEN:
                self.index = index
                return True
        if self.findings and self.findings[self.index].state is Verdict.OPEN:
            return True
        for step in range(1, len(self.documents)):
            number = (self.number + step) % len(self.documents)
            if self.documents[number].open:
                self.to_document(number)
                return True
        return False

    # What others did

    def changed_elsewhere(self) -> bool:
        """Whether another connection has written since the last call."""
        seen, self._seen = self._seen, self.store.changes()
        return seen != self._seen

    def reload(self) -> None:
        """Reads everything again; the current finding stays the current one."""
        kept, index = self.current, self.index
        self.documents = self._known([document.id for document in self.documents]) or self.documents
        self._load(min(self.number, len(self.documents) - 1))
        if kept is None or not self.to_finding(kept.id):
            self.index = min(index, max(len(self.findings) - 1, 0))

    def _known(self, document_ids: Sequence[int]) -> list[StoredDocument]:
        """Those of the documents that the store still has, in the order asked for."""
        known = {document.id: document for document in self.store.documents()}
        return [known[key] for key in dict.fromkeys(document_ids) if key in known]

    def _load(self, number: int) -> None:
        self.manuscript = Manuscript(self.store, self.documents[number])
        self.number = number

    def _first_open(self) -> int:
        return next((index for index, one in enumerate(self.findings) if one.state is Verdict.OPEN), 0)

    def _where_to_begin(self) -> int:
        """The document in which the reviewer last decided something; the one after it that has open findings, if it has none."""
        number = self._last_worked_on()
        order = [*range(number, len(self.documents)), *range(number)]
        return next((one for one in order if self.documents[one].open), number)

    def _last_worked_on(self) -> int:
        latest, number = "", 0
        for index, document in enumerate(self.documents):
            if document.open == document.total:
                continue
            mine = [one.at for one in self.store.findings(document.id) if one.reviewer == self.reviewer]
            if mine and max(mine) >= latest:
                latest, number = max(mine), index
        return number

    def _touched(self, stored: StoredFinding | None) -> StoredFinding | None:
        if stored is None:
            return None
        self._hidden = None
        numbers = [index for index, document in enumerate(self.documents) if document.id == stored.document_id]
        if not numbers:  # decided in an earlier session, on another file: show it, as it has just changed
            self.documents += self._known([stored.document_id])
            numbers = [len(self.documents) - 1]
        self.number = numbers[0]
        self.reload()  # an undo may touch several findings
        self.to_finding(stored.id)
        return stored

    def _refresh(self, stored: StoredFinding) -> None:
        """Puts a finding as it is now in the place of what it was, and counts again."""
        self.manuscript.replace(stored)
        states = Counter(one.state for one in self.findings)
        self.documents[self.number] = replace(
            self.document,
            open=states[Verdict.OPEN],
            accepted=states[Verdict.ACCEPT],
            edited=states[Verdict.EDIT],
            rejected=states[Verdict.REJECT],
            ignored=states[Verdict.IGNORE],
        )
