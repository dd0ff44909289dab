"""Names of a document that stand under several spellings: gathered from findings, and what settling on one of them decides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reviewer.model import Segment, Span, Verdict
from reviewer.store import OWN, Mark, Said, StoredFinding

CATEGORY = "terminology/inconsistent"


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling: the findings that flag it, and every place where it stands, as (position of the paragraph, span)."""

    text: str
    findings: tuple[StoredFinding, ...]
    places: tuple[tuple[int, Span], ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A name and its spellings, the most frequent first."""

    forms: tuple[Form, ...]

    @property
    def open(self) -> int:
        """How many of its findings nobody has decided."""
        return sum(one.state is Verdict.OPEN for form in self.forms for one in form.findings)


def names(findings: Iterable[StoredFinding], segments: Iterable[Segment]) -> list[Name]:
    """The names that findings tie together, those with open findings first. `segments` are those of the document, in order."""
    tied = [one for one in findings if _is_name(one)]
    groups = list(_groups(tied))
    wanted = {form for group in groups for form in group}
    places = _places(wanted, segments)
    found = [Name(tuple(_forms(group, tied, places))) for group in groups]
    return sorted(found, key=lambda name: -name.open)


def settled(name: Name, text: str, findings: Iterable[StoredFinding]) -> tuple[list[Said], list[Mark]]:
    """What to decide, and what to mark, so that the name reads `text` everywhere. `findings` are those of the document.

    Findings on the chosen spelling are false alarms; those on the others get it; places that no finding stands on are marked,
    but for those that overlap one. What was marked when the name was settled before is settled anew.
    """
    taken: dict[int, list[Span]] = defaultdict(list)
    marked: dict[str, list[StoredFinding]] = defaultdict(list)
    for one in findings:
        taken[one.position].append(one.finding.span)
        if one.finding.rule == OWN and one.finding.category == CATEGORY:
            marked[one.finding.text].append(one)
    decisions, marks = [], []
    for form in name.forms:
        for one in (*form.findings, *marked[form.text]):
            if form.text == text:
                decisions.append(Said(one.id, Verdict.REJECT))
            else:
                offered = any(fix.text == text for fix in one.finding.fixes)
                decisions.append(Said(one.id, Verdict.ACCEPT if offered else Verdict.EDIT, text))
        if form.text != text:
            free = [(at, span) for at, span in form.places if not any(span.overlaps(other) for other in taken.get(at, ()))]
            marks += [Mark(at, span, text, CATEGORY, words=form.text) for at, span in free]
    return decisions, marks


def _is_name(stored: StoredFinding) -> bool:
    """Whether a finding says that a name is spelt otherwise elsewhere."""
    finding = stored.finding
    return finding.rule.startswith("names/") and bool(finding.fixes) and any(one.side == "target" for one in finding.related)


def _groups(tied: Iterable[StoredFinding]) -> Iterator[list[str]]:
    """Spellings that findings tie to one another, directly or over a third."""
    group_of: dict[str, set[str]] = {}
    for stored in tied:
        group: set[str] = set()
        for form in (stored.finding.text, stored.finding.fixes[0].text):
            group |= group_of.get(form, {form})
        for form in group:
            group_of[form] = group
    yield from (sorted(group) for group in {id(group): group for group in group_of.values()}.values())


def _forms(group: Iterable[str], tied: Sequence[StoredFinding], places: Mapping[str, list[tuple[int, Span]]]) -> list[Form]:
    forms = [Form(text, tuple(one for one in tied if one.finding.text == text), tuple(places.get(text, ()))) for text in group]
    return sorted(forms, key=lambda form: (-len(form.places), form.text))


def _places(wanted: set[str], segments: Iterable[Segment]) -> dict[str, list[tuple[int, Span]]]:
    """Where each spelling stands on whole words; a longer one wins over one that is part of it."""
    found: dict[str, list[tuple[int, Span]]] = defaultdict(list)
    if wanted:
        longest = "|".join(map(re.escape, sorted(wanted, key=len, reverse=True)))
        pattern = re.compile(rf"(?<!\w)(?:{longest})(?!\w)")
        for position, segment in enumerate(segments):
            for match in pattern.finditer(segment.target):
                found[match[0]].append((position, Span(*match.span())))
    return found
