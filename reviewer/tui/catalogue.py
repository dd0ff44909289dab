"""All findings of the documents under review, in few words each: what filters, groups and counts are made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from reviewer.model import Verdict
from reviewer.store import Entry, Store
from reviewer.tui.view import View, queue


class Catalogue:
    """A hundred thousand entries take about 30 MB and half a second; whoever needs none should not ask for it."""

    def __init__(self, store: Store, document_ids: Sequence[int]) -> None:
        """Raises ReviewerError where the store cannot be read."""
        self._store = store
        order = {number: place for place, number in enumerate(document_ids)}
        found = store.entries(document_ids)
        found.sort(key=lambda entry: order[entry.document_id])  # stable: reading order within a document stays
        self.entries: dict[int, Entry] = {entry.id: entry for entry in found}
        self._alike: dict[tuple[str, str], list[int]] | None = None
        self._records = Counter((entry.rule, entry.state) for entry in found)
        self._open = Counter((entry.rule, entry.words) for entry in found if entry.state == Verdict.OPEN)

    def queue(self, view: View, labels: Mapping[int, str]) -> list[int]:
        """The ids of the findings that a view shows, in its order."""
        matching = self._store.matching(view.text) if view.text else None
        return [entry.id for entry in queue(list(self.entries.values()), view, labels, matching)]

    def alike(self, finding_id: int) -> list[int]:
        """The findings of the same rule on the same words, this one among them."""
        if self._alike is None:
            self._alike = defaultdict(list)
            for one in self.entries.values():
                self._alike[one.rule, one.words].append(one.id)
        entry = self.entries.get(finding_id)
        return self._alike.get((entry.rule, entry.words), []) if entry else []

    def open_alike(self, finding_id: int) -> list[int]:
        """Those of them that are open."""
        return [one for one in self.alike(finding_id) if self.entries[one].state == Verdict.OPEN]

    def count_open_alike(self, finding_id: int) -> int:
        """How many of them are open."""
        entry = self.entries.get(finding_id)
        return self._open[entry.rule, entry.words] if entry else 0

    def record(self, rule: str) -> tuple[int, int]:
        """(how often reviewers accepted or edited what a rule found, how often they accepted, edited or rejected it)."""
        agreed = self._records[rule, Verdict.ACCEPT] + self._records[rule, Verdict.EDIT]
        return agreed, agreed + self._records[rule, Verdict.REJECT]

    def became(self, states: Mapping[int, str]) -> dict[int, Counter[str]]:
        """Notes new states; gives, for each document, how many more findings are in each state now."""
        changes: dict[int, Counter[str]] = defaultdict(Counter)
        for finding, state in states.items():
            entry = self.entries.get(finding)
            if entry is not None and entry.state != state:
                changes[entry.document_id].update({state: 1, entry.state: -1})
                self._records.update({(entry.rule, state): 1, (entry.rule, entry.state): -1})
                self._open[entry.rule, entry.words] += (state == Verdict.OPEN) - (entry.state == Verdict.OPEN)
                self.entries[finding] = entry._replace(state=state)
        return changes

    def holds(self, finding_ids: Iterable[int]) -> bool:
        """Whether it knows all of these."""
        return all(one in self.entries for one in finding_ids)
