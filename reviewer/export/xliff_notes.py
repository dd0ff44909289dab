"""Adds to XLIFF what a reviewer said of a change, as a note of its unit, and the state that a reviewed target is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

from reviewer.export.changes import Change, Note
from reviewer.export.docx_changes import clean
from reviewer.formats.markup.tokens import Token, attributes
from reviewer.formats.markup.xml import tokens
from reviewer.model import Span

REVIEWED = {"target": "signed-off", "segment": "reviewed"}
"""What is said of a target that was reviewed, by the element that says it: `state` of XLIFF 1.2 (2.3) and of 2.x (4.3.1)."""
FINAL = "final"
BESIDE = frozenset("alt-trans matches glossary metadata seg-source internal-file header".split())
"""What may hold other targets and notes than those of the unit."""


@dataclass(slots=True)
class Unit:
    """Where the parts of a unit are in the file: each target with the tag that has its state, and where a note goes.

    `around` is what a note stands between where the unit has none yet.
    """

    targets: list[tuple[Span, Token]] = field(default_factory=list)
    place: int | None = None
    around: tuple[str, str] = ("", "")


def with_notes(text: str, changes: Iterable[Change]) -> list[Change]:
    """The changes in order, with those that write notes and states for such of them as have a note. `text` is the decoded file."""
    made = list(changes)
    noted = [change for change in made if change.note]
    for unit in _units(text) if noted else ():
        words: dict[int, Note] = {}
        for target, tag in unit.targets:
            here = {id(change.note): change.note for change in noted if change.note and target.covers(change.span)}
            made += _state(text, tag) if here else ()
            words |= here
        notes = "".join(_note(note) for note in words.values() if note.words)
        if notes and unit.place is not None:
            made.append(Change(Span(unit.place, unit.place), notes.join(unit.around)))
    return sorted(made)


def _note(note: Note) -> str:
    return f"<note>{escape(clean(str(note)), quote=False)}</note>"


def _state(text: str, tag: Token) -> Iterator[Change]:
    """The change that makes a tag say that its target was reviewed; none where it says more."""
    said = next((one for one in attributes(text, tag) if one.name == "state"), None)
    if said is None:
        at = tag.end - (2 if text.startswith("/>", tag.end - 2) else 1)
        yield Change(Span(at, at), f' state="{REVIEWED[tag.name]}"')
    elif said.value not in (FINAL, REVIEWED[tag.name]):
        yield Change(said.span, REVIEWED[tag.name])


def _units(text: str) -> Iterator[Unit]:
    """The units of a file, each when it ends."""
    unit = Unit()
    stated = opened = beside = None
    for token in tokens(text, ""):
        match token.kind, token.name:
            case _ if beside:
                beside = None if (token.kind, token.name) == ("end", beside) else beside
            case "start", name if name in BESIDE:
                beside = name
            case "start", "trans-unit" | "unit":
                unit, stated = Unit(), None
            case "start", "segment" | "ignorable" | "originalData":
                stated = token if token.name == "segment" else None
                if unit.place is None:
                    unit.place, unit.around = token.start, ("<notes>", "</notes>")
            case "end", "notes" if token.end > token.start:
                unit.place, unit.around = token.start, ("", "")
            case "start", "target":
                opened = token
            case "end", "target" if opened and stated:
                unit.targets.append((Span(opened.end, token.start), stated))
            case "end", "target" if opened and unit.place is None:  # XLIFF 1.2
                unit.targets.append((Span(opened.end, token.start), opened))
                unit.place = token.end
            case "end", "trans-unit" | "unit":
                yield unit
            case _:
                pass
