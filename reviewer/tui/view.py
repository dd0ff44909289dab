"""What a reviewer wants to see of all findings, and in which order: filters, order and grouping, kept as plain data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from fnmatch import fnmatchcase

from reviewer.model import Severity, Verdict
from reviewer.store import Entry

EVERY_STATE = tuple(Verdict)


class Order(StrEnum):
    """By place in the document, or what is worth most first: confidence times the weight of the severity."""

    PLACE = "place"
    VALUE = "value"


class Group(StrEnum):
    """What the list puts under one heading."""

    NONE = "none"
    FILE = "file"
    RULE = "rule"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class View:
    """Which findings, in which order, under which headings.

    `severity` is the mildest to be shown, `confidence` the least; `rule` and `category` are patterns as `named` reads them;
    `file` is part of a document's label; `text` is looked for in words, messages and fixes. An empty text asks for nothing.
    """

    severity: Severity = Severity.MINOR
    confidence: float = 0.0
    states: tuple[Verdict, ...] = EVERY_STATE
    rule: str = ""
    category: str = ""
    file: str = ""
    text: str = ""
    order: Order = Order.PLACE
    group: Group = Group.FILE

    @property
    def filters(self) -> bool:
        """Whether it leaves anything out."""
        return replace(self, order=Order.PLACE, group=Group.FILE) != View()

    @property
    def plain(self) -> bool:
        """Whether it is all findings as they stand in the documents."""
        return not self.filters and self.order is Order.PLACE and self.group in (Group.NONE, Group.FILE)

    def said(self) -> str:
        """The view in few words, for the status line; "" for a plain one."""
        parts = []
        if self.states != EVERY_STATE:
            parts.append("/".join(self.states))
        if self.severity is not Severity.MINOR:
            parts.append("critical" if self.severity is Severity.CRITICAL else "major and up")
        if self.confidence:
            parts.append(f"from {self.confidence:.0%}")
        parts += [f"{name} {value}" for name in ("rule", "category", "file") if (value := getattr(self, name))]
        if self.text:
            parts.append(f"“{self.text}”")
        if self.order is Order.VALUE:
            parts.append("by value")
        if self.group in (Group.RULE, Group.WORDS):
            parts.append(f"by {self.group}")
        return " · ".join(parts)

    def changed(self, field: str, value: object) -> View:
        """The view with another value in one of its fields."""
        return from_data({**self.as_data(), field: value})

    def as_data(self) -> dict[str, object]:
        """What `from_data` makes the view of again."""
        return asdict(self)


def from_data(data: object) -> View:
    """A view as it was kept; what is not understood, or is from another version, is left at its default."""
    view = View()
    for field in fields(View):
        value = data.get(field.name) if isinstance(data, Mapping) else None
        kind = type(getattr(view, field.name))
        try:
            if kind is tuple and isinstance(value, list | tuple):
                view = replace(view, states=tuple(Verdict(one) for one in value) or EVERY_STATE)
            elif value is not None and isinstance(value, str if issubclass(kind, str) else kind):
                view = replace(view, **{field.name: kind(value)})
        except ValueError:
            continue
    return view


def queue(entries: Sequence[Entry], view: View, labels: Mapping[int, str], matching: Collection[int] | None) -> list[Entry]:
    """The entries that a view shows, in its order.

    `labels` names each document; `matching` are the ids of the findings that hold the view's text, None where it asks for none.
    """
    found = list(_chosen(entries, view, labels, matching))
    if view.order is Order.VALUE:
        found.sort(key=lambda entry: -entry.confidence * Severity(entry.severity).weight)
    if view.group is not Group.NONE and not (view.group is Group.FILE and view.order is Order.PLACE):
        firsts: dict[object, int] = {}
        for entry in found:
            firsts.setdefault(heading(entry, view.group), len(firsts))
        found.sort(key=lambda entry: firsts[heading(entry, view.group)])
    return found


def heading(entry: Entry, group: Group) -> str | int | None:
    """What an entry stands under: the id of its document, its rule, its words; None where there are no headings."""
    match group:
        case Group.FILE:
            return entry.document_id
        case Group.RULE:
            return entry.rule
        case Group.WORDS:
            return entry.words
    return None


def _chosen(entries: Sequence[Entry], view: View, labels: Mapping[int, str], matching: Collection[int] | None) -> Iterator[Entry]:
    severities = {severity.value for severity in Severity if severity.rank <= view.severity.rank}
    states = {state.value for state in view.states}
    files = {number for number, label in labels.items() if view.file.casefold() in label.casefold()}
    rules: dict[str, bool] = {}
    for entry in entries:
        if (
            entry.severity in severities
            and entry.confidence >= view.confidence
            and entry.state in states
            and entry.document_id in files
            and (matching is None or entry.id in matching)
            and (not view.category or named(entry.category, view.category))
        ):
            if entry.rule not in rules:
                rules[entry.rule] = not view.rule or named(entry.rule, view.rule)
            if rules[entry.rule]:
                yield entry


def named(name: str, patterns: str) -> bool:
    """Whether a name answers to one of several patterns, set apart by commas: its beginning, or a pattern with *.

    A pattern after - leaves out what answers to it.
    """
    found = [one.strip() for one in patterns.split(",") if one.strip()]
    wanted = [one for one in found if not one.startswith("-")]
    left_out = [one[1:] for one in found if one.startswith("-")]
    return (not wanted or any(_fits(name, one) for one in wanted)) and not any(_fits(name, one) for one in left_out)


def _fits(name: str, pattern: str) -> bool:
    return fnmatchcase(name, pattern) if "*" in pattern else name.startswith(pattern)
