"""One document under review: its findings, and its paragraphs as they are asked for, read from the store a page at a time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Sequence

from reviewer.model import Segment
from reviewer.store import Store, StoredDocument, StoredFinding

PAGE = 64
KEPT = 16


class Manuscript:
    """The text and the findings of a document, by the position of a paragraph, from 0."""

    def __init__(self, store: Store, document: StoredDocument) -> None:
        self.document_id = document.id
        self.length = document.segments
        self.findings = store.findings(document.id)
        self._indices = {one.id: index for index, one in enumerate(self.findings)}
        self._store = store
        self._pages: OrderedDict[int, list[Segment]] = OrderedDict()

    def segment(self, position: int) -> Segment:
        """The paragraph at a position; an empty one where the document has become shorter. Raises ReviewerError."""
        number, index = divmod(position, PAGE)
        if number not in self._pages:
            self._pages[number] = self._store.segments(self.document_id, number * PAGE, PAGE)
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        page = self._pages[number]
        return page[index] if index < len(page) else Segment("", "")

    def findings_at(self, position: int) -> Sequence[StoredFinding]:
        """The findings in the paragraph at a position."""
        start = bisect_left(self.findings, position, key=lambda one: one.position)
        return self.findings[start : bisect_right(self.findings, position, start, key=lambda one: one.position)]

    def finding(self, finding_id: int) -> StoredFinding | None:
        """One of the findings, None where the document has none of that id."""
        index = self._indices.get(finding_id)
        return None if index is None else self.findings[index]

    def index(self, finding_id: int) -> int:
        """Its place among the findings, from 0. Raises KeyError where the document has none of that id."""
        return self._indices[finding_id]

    def replace(self, stored: StoredFinding) -> None:
        """Puts a finding as it is now in the place of what it was."""
        index = self._indices.get(stored.id)
        if index is not None:
            self.findings[index] = stored
