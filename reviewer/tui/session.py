"""Where a review stands: documents, the findings in view, the current one. Decisions go to the store and nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from reviewer.model import ReviewerError, Verdict
from reviewer.store import Mark, Said, Scope, Store, StoredDocument, StoredFinding
from reviewer.tui import naming
from reviewer.tui.catalogue import Catalogue
from reviewer.tui.contents import Contents
from reviewer.tui.headings import Headings, headings
from reviewer.tui.manuscript import Manuscript
from reviewer.tui.naming import Name
from reviewer.tui.view import Group, Order, View, from_data, heading


class Session:
    """A reviewer's way through documents. Every method that reads or writes the store raises ReviewerError where that does.

    `queue` holds the ids of the findings in view, in order. Until somebody asks for more than the current document, it holds
    those of that document alone: a database of a year opens as fast as one of a day.
    """

    def __init__(self, store: Store, document_ids: Sequence[int], reviewer: str, view: View | None = None) -> None:
        """`view` takes the place of the one that was kept."""
        self.store = store
        self.reviewer = reviewer
        self.documents = self._known(document_ids)
        if not self.documents:
            raise ReviewerError(f"{store.path}: holds none of these documents any more; name the files to review")
        self._contents = Contents(store)
        self._catalogue: Catalogue | None = None
        self._headings: Headings | None = None  # of the queue; made when they are first shown
        self._pulse = store.pulse()
        self._seen = store.changes()
        self._places = self._kept_places()
        self.view = from_data(store.habit(reviewer, "view")) if view is None else view
        self.number = self._where_to_begin()  # of the current document among `documents`
        self.manuscript = Manuscript(store, self.document)
        self.queue = [one.id for one in self.findings]
        self.at = 0  # of the current finding in the queue
        if not self.view.plain:
            self.load()
        self._to_first_open()
        if self.loaded and not (self.current and self.current.state is Verdict.OPEN) and not self.next_open():
            self._into_view()

    @property
    def document(self) -> StoredDocument:
        """The current document."""
        return self.documents[self.number]

    @property
    def findings(self) -> list[StoredFinding]:
        """All findings of the current document, in reading order, whatever the view."""
        return self.manuscript.findings

    @property
    def current(self) -> StoredFinding | None:
        """The current finding; None where no finding of the current document is in view."""
        return self.manuscript.finding(self.queue[self.at]) if self.queue else None

    @property
    def index(self) -> int:
        """The place of the current finding among those of its document, from 0."""
        return self.manuscript.index(self.queue[self.at]) if self.current else 0

    @property
    def open(self) -> int:
        """How many findings are open, in all documents."""
        return sum(document.open for document in self.documents)

    @property
    def labels(self) -> dict[int, str]:
        """What each document is called."""
        return {document.id: document.label for document in self.documents}

    # All findings of all documents

    @property
    def loaded(self) -> bool:
        """Whether all documents are in view."""
        return self._catalogue is not None

    @property
    def catalogue(self) -> Catalogue:
        """All findings of all documents, in few words each; read when it is first asked for."""
        return self._catalogue or self.load()

    def load(self) -> Catalogue:
        """Reads the findings of all documents and puts those that the view shows in the queue; the current one stays."""
        self._catalogue = Catalogue(self.store, [document.id for document in self.documents])
        self._queue_up(self.current)
        return self._catalogue

    @property
    def headings(self) -> Headings:
        """The headings of the queue: none for the findings of one document."""
        if not self.loaded or (self.view.group is Group.FILE and len(self.documents) == 1):
            return Headings(len(self.queue), ())
        if self._headings is None:
            entries, labels = self.catalogue.entries, self.labels
            under = (heading(entries[finding], self.view.group) for finding in self.queue)
            self._headings = headings(labels[one] if isinstance(one, int) else one for one in under)
        return self._headings

    def stored(self, place: int) -> StoredFinding | None:
        """The finding at a place in the queue, None where it has gone."""
        return self.finding_in(self.queue, place)

    def finding_in(self, findings: Sequence[int], number: int) -> StoredFinding | None:
        """The finding of a number, from 0, in any list of ids; None where it has gone."""
        finding = findings[number]
        return self.manuscript.finding(finding) or self._contents.finding(finding, findings, number)

    def target_of(self, stored: StoredFinding) -> str:
        """The text of the paragraph that a finding stands in."""
        if stored.document_id == self.document.id:
            return self.manuscript.segment(stored.position).target
        return self._contents.target(stored)

    def safe(self) -> list[int]:
        """The open findings in view whose first fix is safe to accept unread."""
        _ = self.catalogue
        shown = set(self.queue)
        return [finding for finding in self.store.safe_findings() if finding in shown]

    def see(self, view: View) -> int:
        """Shows other findings, or in another order, now and in later sessions; gives how many there are."""
        _, kept = self.catalogue, self.current
        self.view = view
        self._queue_up(kept)
        self._into_view()
        self.store.keep_habit(self.reviewer, "view", view.as_data())
        return len(self.queue)

    def _queue_up(self, kept: StoredFinding | None) -> None:
        """Puts in the queue what the view shows. Where `kept` is no longer in it, its document stays the current one."""
        assert self._catalogue is not None
        self.queue = self._catalogue.queue(self.view, self.labels)
        self._headings = None
        self.at = min(self.at, max(len(self.queue) - 1, 0))
        if kept is not None and self._stands(kept.id):
            return
        here = [one.id for one in self.findings]
        start = self.manuscript.index(kept.id) if kept and self.manuscript.finding(kept.id) else 0
        shown = set(self.queue)
        nearest = next((one for one in [*here[start:], *here[:start][::-1]] if one in shown), None)
        if nearest is not None:
            self._stands(nearest)

    def _into_view(self) -> None:
        """Goes to the next document with a finding in view, where the current one has none."""
        if self.queue and self.current is None:
            self.at = min(self._gap(), len(self.queue) - 1)
            self._enter(self.queue[self.at])

    def _stands(self, finding_id: int) -> bool:
        """Goes to a finding of the current document that is in the queue; false where there is none."""
        try:
            at = self.queue.index(finding_id)
        except ValueError:
            return False
        self.at = at
        return True

    # Decisions

    def decide(self, finding_ids: Sequence[int], verdict: Verdict, text: str | None = None, note: str = "") -> None:
        """Commits one act on one finding or on several, and shows what became of them."""
        self.store.decide_all(finding_ids, verdict, text=text, reviewer=self.reviewer, note=note)
        self.catch_up()

    def decide_alike(self, finding_ids: Sequence[int], verdict: Verdict, text: str | None = None) -> int:
        """Decides as one act those of several findings that are still open, whatever was shown; gives how many.

        A finding that offers the same fix in other letters, as at the beginning of a sentence, gets its own.
        """
        still = [one for one in self.store.findings_of(finding_ids) if one.present and one.state is Verdict.OPEN]
        said = [Said(one.id, verdict, _own_fix(one, text) if verdict is Verdict.ACCEPT else text) for one in still]
        self.store.settle(said, reviewer=self.reviewer)
        self.catch_up()
        return len(said)

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

    # Ways through the findings

    def move(self, by: int) -> bool:
        """Goes so many findings on in the queue, or back; false at its end."""
        if not self.loaded and not 0 <= self.at + by < len(self.queue) and len(self.documents) > 1:
            self.load()
        start = self.at if self.current is not None else self._gap() - (by > 0)
        wanted = min(max(start + by, 0), max(len(self.queue) - 1, 0))
        moved = wanted != self.at if self.current is not None else wanted == start + by and bool(self.queue)
        if moved:
            self.at = wanted
            self._enter(self.queue[wanted])
        return moved

    def to_end(self, *, last: bool) -> None:
        """Goes to the first finding in view, or to the last."""
        if not self.loaded and len(self.documents) > 1:
            self.load()
        if self.queue:
            self.at = len(self.queue) - 1 if last else 0
            self._enter(self.queue[self.at])

    def _gap(self) -> int:
        """Where the findings of the current document would stand in the queue, if it had any in view."""
        numbers = {document.id: number for number, document in enumerate(self.documents)}
        entries = self.catalogue.entries
        later = (place for place, one in enumerate(self.queue) if numbers[entries[one].document_id] > self.number)
        return next(later, len(self.queue))

    def to_finding(self, finding_id: int) -> bool:
        """Goes to a finding in view; false where it is not."""
        if self._stands(finding_id):
            self._enter(finding_id)
            return True
        return False

    def to_document(self, number: int) -> None:
        """Goes to a document: to where the reviewer left it, or to its first open finding."""
        self._leave()
        self._open(number)
        if not self.loaded:
            self.queue, self.at = [one.id for one in self.findings], 0
        place = self._places.get(self.document.id)
        finding = self.manuscript.finding(place) if place else None
        if not (finding and finding.state is Verdict.OPEN and self._stands(finding.id)):
            self._to_first_open()

    def next_open(self) -> bool:
        """Goes to the next open finding in view: in this document, round its end, in those after it; false if none is open."""
        found = next((place for place in self._places_here() if self._is_open(place)), None)
        if found is None and not self.loaded and self._elsewhere():
            self.load()
        if found is None:  # the current one comes last: it may be the only one
            start = self.at + 1 if self.current is not None or not self.queue else self._gap()
            order = chain(range(start, len(self.queue)), range(min(start, len(self.queue))))
            found = next((place for place in order if self._is_open(place)), None)
        if found is None:
            return False
        self.at = found
        self._enter(self.queue[found])
        return True

    def _places_here(self) -> Iterator[int]:
        """The other places of the current document in the queue, from the current one on and round its end.

        None where the queue goes by value or has other headings: there the next one is the next in line.
        """
        if self.view.order is not Order.PLACE or self.view.group not in (Group.NONE, Group.FILE) or self.current is None:
            return
        for place in range(self.at + 1, len(self.queue)):
            if self.manuscript.finding(self.queue[place]) is None:
                break
            yield place
        start = self.at
        while start and self.manuscript.finding(self.queue[start - 1]) is not None:
            start -= 1
        yield from range(start, self.at)

    def _elsewhere(self) -> bool:
        return any(document.open for number, document in enumerate(self.documents) if number != self.number)

    def _is_open(self, place: int) -> bool:
        if place >= len(self.queue):
            return False
        here = self.manuscript.finding(self.queue[place])
        if here is not None:
            return here.state is Verdict.OPEN
        return self.catalogue.entries[self.queue[place]].state == Verdict.OPEN

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

    def keep_place(self) -> None:
        """Notes where the reviewer stands in each document, for the next session."""
        self._leave()
        places = {str(document): finding for document, finding in self._places.items()}
        self.store.keep_habit(self.reviewer, "places", places)

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

    # Documents

    def _known(self, document_ids: Sequence[int]) -> list[StoredDocument]:
        """Those of the documents that the store still has, in the order asked for."""
        known = {document.id: document for document in self.store.documents()}
        return [known[key] for key in dict.fromkeys(document_ids) if key in known]

    def _enter(self, finding_id: int) -> None:
        """Opens the document of a finding that is to become the current one."""
        if self.manuscript.finding(finding_id) is not None:
            return
        number = next(n for n, one in enumerate(self.documents) if one.id == self.catalogue.entries[finding_id].document_id)
        self._leave()
        self._open(number)

    def _open(self, number: int) -> None:
        if number != self.number:
            self.manuscript = Manuscript(self.store, self.documents[number])
            self.number = number

    def _leave(self) -> None:
        if (current := self.current) is not None:
            self._places[self.document.id] = current.id

    def _to_first_open(self) -> None:
        """Goes to the first open finding of the current document that is in view, or to its first."""
        here = [place for place, finding in enumerate(self.queue) if self.manuscript.finding(finding)]
        self.at = next((place for place in here if self._is_open(place)), here[0] if here else self.at)

    def _kept_places(self) -> dict[int, int]:
        kept = self.store.habit(self.reviewer, "places")
        if not isinstance(kept, Mapping):
            return {}
        return {int(document): finding for document, finding in kept.items() if document.isdecimal() and isinstance(finding, int)}

    def _where_to_begin(self) -> int:
        """The document in which the reviewer last decided something; the one after it that has open findings, if it has none."""
        last = self.store.last_decided(self.reviewer)
        number = next((n for n, one in enumerate(self.documents) if last is not None and one.id == last.document_id), 0)
        order = [*range(number, len(self.documents)), *range(number)]
        return next((one for one in order if self.documents[one].open), number)


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
