"""How often professionals agreed with each rule: rules/record.tsv in, confidences out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.model import ReviewerError, Rule

FILE = "record.tsv"
HEAD = ("rule", "hits", "confirmed", "hits_one", "confirmed_one", "english")
NOTE = "# How often rules found something, and how often raters had marked it. Written by `reviewer rules measure`; figures only.\n"

OWN_WEIGHT = 8.0  # hits that a rule needs before its own record counts as much as what is known beforehand
FAMILY_WEIGHT = 20.0  # hits that the rules of one file need before their record counts as much as that of all rules
ONE_RATER = 0.1  # what a hit counts where only one rater has looked: more, and texts left out are foretold worse


@dataclass(frozen=True, slots=True)
class Record:
    """Hits of a rule in text that two raters or more have annotated, and the sum of the shares of pairs of raters who agreed;
    the same where one rater has; and its hits in good English, where each is a false alarm."""

    hits: int = 0
    confirmed: float = 0.0
    hits_one: int = 0
    confirmed_one: float = 0.0
    english: int = 0

    @property
    def agreed(self) -> str:
        """How often raters had marked what the rule found, as in 31 of 34; "" where it found nothing."""
        hits = self.hits + self.hits_one
        return f"{self.confirmed + self.confirmed_one:.0f} of {hits}" if hits else ""

    def plus(self, raters: int, agreed: float) -> Record:
        """With one more hit; `agreed` is the share of pairs of raters who marked it, or 1 or 0 where there is one rater."""
        if raters > 1:
            return replace(self, hits=self.hits + 1, confirmed=self.confirmed + agreed)
        return replace(self, hits_one=self.hits_one + 1, confirmed_one=self.confirmed_one + agreed)

    def plus_english(self) -> Record:
        """With one more hit in good English."""
        return replace(self, english=self.english + 1)


def read(file: Path) -> dict[str, Record]:
    """The records of a file, by rule; none where there is no such file. Raises ReviewerError naming file and line."""
    if not file.is_file():
        return {}
    records = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#") and not line.startswith(HEAD[0] + "\t"):
            try:
                rule, hits, confirmed, hits_one, confirmed_one, english = line.split("\t")
                records[rule] = Record(int(hits), float(confirmed), int(hits_one), float(confirmed_one), int(english))
            except ValueError:
                raise ReviewerError(f"{file}:{number}: no record; `reviewer rules measure` writes the file anew") from None
    return records


def written(records: Mapping[str, Record]) -> str:
    """The records as a file, sorted by rule; rules that found nothing are left out."""
    lines = [NOTE, "\t".join(HEAD) + "\n"]
    for rule, one in sorted(records.items()):
        if one != Record():
            lines.append(f"{rule}\t{one.hits}\t{one.confirmed:.2f}\t{one.hits_one}\t{one.confirmed_one:.2f}\t{one.english}\n")
    return "".join(lines)


def confident(rules: Sequence[Rule], records: Mapping[str, Record]) -> tuple[Rule, ...]:
    """The rules with the probability, from their records, that a professional marks what they find.

    A rule begins between what its author says and how the rules of its file do, and moves to its own record as hits come in
    (a beta-binomial with a prior worth `OWN_WEIGHT` hits); a file begins with how all rules do. A rule without a record, of
    a file without one, keeps what its author says. What one rater marked counts little, as raters differ, and is put on the scale
    of two: raters leave out more alone than together. A hit in good English counts as one that nobody marked.
    """
    if not records:
        return tuple(rules)
    scale = _scale(records)
    trials = {rule.id: _trials(records.get(rule.id, Record()), scale) for rule in rules}
    families: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for name, (hits, agreed) in trials.items():
        family = families[name.rpartition("/")[0]]
        family[0], family[1] = family[0] + hits, family[1] + agreed
    overall = sum(agreed for _, agreed in trials.values()) / (sum(hits for hits, _ in trials.values()) or 1.0)
    found = []
    for rule in rules:
        hits, agreed = trials[rule.id]
        family_hits, family_agreed = families[rule.id.rpartition("/")[0]]
        if not family_hits:
            found.append(rule)
            continue
        others = (family_agreed + FAMILY_WEIGHT * overall) / (family_hits + FAMILY_WEIGHT)
        beforehand = (rule.confidence + others) / 2
        confidence = (agreed + OWN_WEIGHT * beforehand) / (hits + OWN_WEIGHT)
        found.append(rule._replace(confidence=round(confidence, 3)))
    return tuple(found)


def _trials(one: Record, scale: float) -> tuple[float, float]:
    """(hits, those of them that were marked) on the scale of two raters."""
    alone = min(one.confirmed_one * scale, one.hits_one)
    return one.hits + ONE_RATER * one.hits_one + one.english, one.confirmed + ONE_RATER * alone


def _scale(records: Mapping[str, Record]) -> float:
    """How much more two raters mark than one: over the rules that both kinds of text have seen."""
    both = [one for one in records.values() if one.hits and one.hits_one]
    two = sum(one.confirmed / one.hits * min(one.hits, one.hits_one) for one in both)
    single = sum(one.confirmed_one / one.hits_one * min(one.hits, one.hits_one) for one in both)
    return max(1.0, two / single) if single else 1.0
