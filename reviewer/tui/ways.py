"""The ways of a review from one finding to another: on and back, to the ends, to the next open one, to another document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from reviewer.model import Verdict
from reviewer.store import Store
from reviewer.tui.standing import Standing
from reviewer.tui.view import Group, Order, View


class Ways(Standing):
    """A reviewer's way through documents. Every method raises ReviewerError where the store does."""

    def __init__(self, store: Store, document_ids: Sequence[int], reviewer: str, view: View | None = None) -> None:
        """`view` takes the place of the one that was kept."""
        super().__init__(store, document_ids, reviewer, view)
        if self.loaded and not (self.current and self.current.state is Verdict.OPEN) and not self.next_open():
            self._into_view()

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

    def keep_place(self) -> None:
        """Notes where the reviewer stands in each document, for the next session."""
        self._leave()
        places = {str(document): finding for document, finding in self._places.items()}
        self.store.keep_habit(self.reviewer, "places", places)
