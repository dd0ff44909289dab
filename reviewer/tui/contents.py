"""Findings of other documents than the current one, a page at a time, for the lines of a list."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from reviewer.store import Store, StoredFinding

PAGE = 64
KEPT = 40 * PAGE


class Contents:
    """Keeps the findings that were asked for last; the others are read again when they are asked for again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[int, StoredFinding] = OrderedDict()
        self._targets: OrderedDict[tuple[int, int], str] = OrderedDict()

    def finding(self, finding_id: int, queue: Sequence[int], place: int) -> StoredFinding | None:
        """The finding at a place in a queue of ids, read together with its neighbours; None where it has gone."""
        if finding_id not in self._kept:
            start = place - place % PAGE
            for stored in self._store.findings_of(queue[start : start + PAGE]):
                self._kept[stored.id] = stored
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return self._kept.get(finding_id)

    def target(self, stored: StoredFinding) -> str:
        """The text of the paragraph that a finding stands in."""
        key = stored.document_id, stored.position
        if key not in self._targets:
            found = self._store.segments(stored.document_id, stored.position, 1)
            self._targets[key] = found[0].target if found else stored.finding.text
            while len(self._targets) > KEPT:
                self._targets.popitem(last=False)
        return self._targets[key]

    def replace(self, stored: StoredFinding) -> None:
        """Puts a finding as it is now in the place of what it was."""
        if stored.id in self._kept:
            self._kept[stored.id] = stored

    def forget(self) -> None:
        """Everything may have changed."""
        self._kept.clear()
        self._targets.clear()
