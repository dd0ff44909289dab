"""Fits changes to a part of a Word document: plain, or as tracked changes that Word offers to accept or reject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from itertools import count

from reviewer.export.changes import Change, Note, corrected_span
from reviewer.formats.docx_paragraphs import SIGNS
from reviewer.formats.markup.tokens import Token, attribute
from reviewer.formats.markup.xml import tokens
from reviewer.model import Span

ID = re.compile(r'\bw:id="(\d+)"')
REVISED_LOOK = re.compile(r"<w:rPrChange\b.*?</w:rPrChange>", re.DOTALL)
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
KEEP_SPACE = ' xml:space="preserve"'


def in_docx(text: str, changes: Iterable[Change]) -> list[Change]:
    """The changes in order, those with a note as tracked ones; and the attribute that keeps space at an end of a text.

    `text` is the decoded XML of the part. What was tracked in it before stays, and a later change is tracked inside it.
    """
    ordered = sorted(changes)
    made: list[Change] = []
    numbers = count(1 + max((int(found[1]) for found in ID.finditer(text)), default=0))
    at = 0
    for place in _places(text):
        here = []
        while at < len(ordered) and ordered[at].span.start <= place.content.end:
            here.append(ordered[at])
            at += 1
        fitted = [_tracked(text, change, place, numbers) if change.note else _plain(change, place) for change in here]
        written = corrected_span(text, place.content, fitted)
        if fitted and place.lacks_space and (fitted != here or written != written.strip()):
            made.append(Change(Span(place.content.start - 1, place.content.start - 1), KEEP_SPACE, here[0].member))
        made += fitted
    return made + ordered[at:]


def signature(note: Note) -> str:
    """The attributes of a tracked change or a comment: the author, and the time of the decision, never that of the export."""
    at = datetime.fromisoformat(note.at).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f'w:author="{in_quotes(note.author) or "reviewer"}" w:date="{at}"'


def in_quotes(text: str) -> str:
    """The text as the value of an attribute, on one line."""
    return escape(" ".join(clean(text).split()))


def clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return NOT_XML.sub("", text)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the text of a part stands: the content of a `<w:t>` or, if it is no text, a break or another sign beside it.

    `look` is the XML that says how the run looks. `lacks_space`: the `<w:t>` does not say that space at its ends is kept.
    """

    content: Span
    look: str
    is_text: bool
    lacks_space: bool = False


def _places(text: str) -> Iterator[Place]:
    """The places of a part, in order."""
    look = ""
    opened: Token | None = None
    looks: list[Token] = []
    for token in tokens(text, ""):
        match token.kind, token.name:
            case "start", "r":
                look = ""
            case "start", "rPr":
                looks.append(token)
            case "end", "rPr":
                look = text[looks.pop().start : token.end] or look
            case "start", name if name == "t" or name in SIGNS:
                opened = token if text.startswith("<w:", token.start) else None
            case "end", "t" if opened:
                if token.end > token.start:
                    yield Place(Span(opened.end, token.start), look, True, attribute(text, opened, "space") != "preserve")
                opened = None
            case "end", name if opened and name in SIGNS:
                yield Place(Span(opened.start, token.end), look, is_text=False)
                opened = None
            case _:
                pass


def _plain(change: Change, place: Place) -> Change:
    """A change as it is, or in the place of a sign with the element that text needs."""
    needed = bool(change.text) and not place.is_text
    return replace(change, text=f"<w:t{KEEP_SPACE}>{change.text}</w:t>") if needed else change


def _tracked(text: str, change: Change, place: Place, numbers: Iterator[int]) -> Change:
    """A change as XML that ends its run, shows what is deleted and inserted, and goes on with the run; it has a note."""
    note = change.note
    assert note
    look = REVISED_LOOK.sub("", place.look)
    old = change.span.of(text)
    deleted = f"<w:delText{KEEP_SPACE}>{old}</w:delText>" if old and place.is_text else old
    inserted = f"<w:t{KEEP_SPACE}>{change.text}</w:t>" if change.text else ""
    parts = [
        f'<w:{kind} w:id="{next(numbers)}" {signature(note)}><w:r>{look}{content}</w:r></w:{kind}>'
        for kind, content in (("del", deleted), ("ins", inserted))
        if content
    ]
    middle = "".join(parts).join(("", "") if note.comment is None else comment_marks(note.comment))
    end, start = ("</w:t>", f"<w:t{KEEP_SPACE}>") if place.is_text else ("", "")
    return replace(change, text=f"{end}</w:r>{middle}<w:r>{look}{start}")


def comment_marks(number: int) -> tuple[str, str]:
    """What stands before and after the words that a comment is on."""
    return (
        f'<w:commentRangeStart w:id="{number}"/>',
        f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>',
    )
