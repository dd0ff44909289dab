"""Where a review stands: documents, the findings in view, the current one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviewer.model import ReviewerError, Verdict
from reviewer.store import Store, StoredDocument, StoredFinding
from reviewer.tui.catalogue import Catalogue
from reviewer.tui.contents import Contents
from reviewer.tui.headings import Headings, headings
from reviewer.tui.manuscript import Manuscript
from reviewer.tui.view import Group, View, from_data, heading


class Standing:
    """A reviewer's place among documents. Every method that reads the store raises ReviewerError where that does.

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
        self._places = self._kept_places()
        self.view = from_data(store.habit(reviewer, "view")) if view is None else view
        self.number = self._where_to_begin()  # of the current document among `documents`
        self.manuscript = Manuscript(store, self.document)
        self.queue = [one.id for one in self.findings]
        self.at = 0  # of the current finding in the queue
        if not self.view.plain:
            self.load()
        self._to_first_open()

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

    def _gap(self) -> int:
        """Where the findings of the current document would stand in the queue, if it had any in view."""
        numbers = {document.id: number for number, document in enumerate(self.documents)}
        entries = self.catalogue.entries
        later = (place for place, one in enumerate(self.queue) if numbers[entries[one].document_id] > self.number)
        return next(later, len(self.queue))

    def _is_open(self, place: int) -> bool:
        if place >= len(self.queue):
            return False
        here = self.manuscript.finding(self.queue[place])
        if here is not None:
            return here.state is Verdict.OPEN
        return self.catalogue.entries[self.queue[place]].state == Verdict.OPEN

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
