"""Counts findings and words as a report goes by, and scores documents by the errors in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reviewer.model import Severity, Verdict
from reviewer.report.place import Place

WORDS = 1000
"""Scores and densities count on so many words."""

FORMULA = f"{WORDS:,} × (" + " + ".join(f"{severity.weight} × {severity}" for severity in Severity) + ") ÷ words"
"""The score of a text, written out: the sum of its MQM penalties a thousand words. A text without errors has 0."""

_NO_ERRORS = frozenset({Verdict.REJECT, Verdict.IGNORE})


@dataclass
class Counts:
    """What one document has: English words, findings of the report, errors by severity, and those that nobody has decided on.

    An error is a finding that is neither rejected nor ignored.
    """

    words: int = 0
    found: int = 0
    errors: Counter[Severity] = field(default_factory=Counter)
    open: Counter[Severity] = field(default_factory=Counter)

    @property
    def score(self) -> float | None:
        """The penalties of all errors a thousand words, as in FORMULA: of the text as it came. None where there are no words."""
        return score(self.errors, self.words)

    @property
    def score_left(self) -> float | None:
        """The same of the open findings alone: of the text as it is once the decisions are exported."""
        return score(self.open, self.words)


def score(errors: Mapping[Severity, int], words: int) -> float | None:
    """FORMULA for so many errors by severity."""
    return WORDS * sum(severity.weight * count for severity, count in errors.items()) / words if words else None


@dataclass
class Tally:
    """Counts as the report goes by.

    `files` are those that were read to their end, `documents` what each document has by its file and name, `shown` all findings
    of the report, whatever their state; `categories` and `rules` have every name that is met, and count its errors.
    """

    files: set[str] = field(default_factory=set)
    documents: dict[tuple[str, str], Counts] = field(default_factory=dict)
    shown: Counter[Severity] = field(default_factory=Counter)
    states: Counter[Verdict] = field(default_factory=Counter)
    categories: dict[str, Counter[Severity]] = field(default_factory=dict)
    rules: dict[str, Counter[Severity]] = field(default_factory=dict)
    words: int = 0

    def read(self, file: str, name: str, words: int) -> None:
        """Notes that a document, or a part of one, has so many words."""
        self.documents.setdefault((file, name), Counts()).words += words
        self.words += words

    def counted(self, places: Iterable[Place]) -> Iterator[Place]:
        """The same findings, counted as they pass."""
        for place in places:
            self._add(place)
            yield place

    @property
    def errors(self) -> Counter[Severity]:
        """The errors of all documents, by severity."""
        return sum((counts.errors for counts in self.documents.values()), Counter())

    @property
    def open(self) -> Counter[Severity]:
        """The open findings of all documents, by severity."""
        return sum((counts.open for counts in self.documents.values()), Counter())

    @property
    def worst_first(self) -> list[tuple[tuple[str, str], Counts]]:
        """The documents by their score, of equal ones in the order of reading."""
        return sorted(self.documents.items(), key=lambda one: -(one[1].score or 0))

    @property
    def density(self) -> float | None:
        """Findings of the report a thousand words; None where there are no words."""
        return WORDS * self.shown.total() / self.words if self.words else None

    def _add(self, place: Place) -> None:
        severity, error = place.finding.severity, place.state not in _NO_ERRORS
        self.shown[severity] += 1
        self.states[place.state] += 1
        document = self.documents.setdefault((place.file, place.document.name), Counts())
        document.found += 1
        document.errors[severity] += error
        document.open[severity] += place.state is Verdict.OPEN
        self.categories.setdefault(place.finding.category, Counter())[severity] += error
        self.rules.setdefault(place.finding.rule, Counter())[severity] += error
