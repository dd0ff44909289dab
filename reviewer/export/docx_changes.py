"""Fits changes to a part of a Word document: plain, or as tracked changes that Word offers to accept or reject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from xml.sax.saxutils import quoteattr

from reviewer.export.changes import Change, Note
from reviewer.formats.markup.tokens import Token, attribute
from reviewer.formats.markup.xml import tokens
from reviewer.model import Span

ID = re.compile(r'\bw:id="(\d+)"')
TEXT_TAG = re.compile(r"<(/?)w:t(?=[ >])")
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
    for run in _texts(text):
        while at < len(ordered) and ordered[at].span.start < run.content.start:
            made.append(ordered[at])
            at += 1
        here = []
        while at < len(ordered) and ordered[at].span.start <= run.content.end:
            here.append(ordered[at])
            at += 1
        if not here:
            continue
        tracked = [_tracked(text, change, change.note, run.look, numbers) if change.note else change for change in here]
        written = _corrected(text, run.content, tracked)
        if not run.keeps_space and (tracked != here or written != written.strip()):
            made.append(Change(Span(run.tag.end - 1, run.tag.end - 1), KEEP_SPACE, here[0].member))
        made += tracked
    return made + ordered[at:]


def signature(note: Note) -> str:
    """The attributes of a tracked change or a comment: the author, and the time of the decision, never that of the export."""
    at = datetime.fromisoformat(note.at).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f'w:author={quoteattr(clean(note.author) or "reviewer")} w:date="{at}"'


def clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return NOT_XML.sub("", text)


@dataclass(frozen=True, slots=True)
class Text:
    """A `<w:t>` with its content, and the XML that says how its run looks."""

    tag: Token
    content: Span
    look: str
    keeps_space: bool


def _texts(text: str) -> Iterator[Text]:
    """Each `<w:t>` of a part that has both tags."""
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
            case "start", "t":
                opened = token
            case "end", "t" if opened:
                if token.end > token.start:
                    yield Text(opened, Span(opened.end, token.start), look, attribute(text, opened, "space") == "preserve")
                opened = None
            case _:
                pass


def _tracked(text: str, change: Change, note: Note, look: str, numbers: Iterator[int]) -> Change:
    """A change inside a `<w:t>` as XML that ends its run, shows what is deleted and inserted, and goes on with the run."""
    look = REVISED_LOOK.sub("", look)
    signed = signature(note)
    old = change.span.of(text)
    old = TEXT_TAG.sub(r"<\1w:delText", old)  # there are tags in it where a line break is deleted
    deleted = f"<w:r>{look}<w:delText{KEEP_SPACE}>{old}</w:delText></w:r>" if old else ""
    inserted = f"<w:r>{look}<w:t{KEEP_SPACE}>{change.text}</w:t></w:r>" if change.text else ""
    parts = [
        f'<w:{kind} w:id="{next(numbers)}" {signed}>{run}</w:{kind}>' for kind, run in (("del", deleted), ("ins", inserted)) if run
    ]
    middle = "".join(parts).join(("", "") if note.comment is None else comment_marks(note.comment))
    return replace(change, text=f"</w:t></w:r>{middle}<w:r>{look}<w:t{KEEP_SPACE}>")


def comment_marks(number: int) -> tuple[str, str]:
    """What stands before and after the words that a comment is on."""
    return (
        f'<w:commentRangeStart w:id="{number}"/>',
        f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>',
    )


def _corrected(text: str, span: Span, changes: Iterable[Change]) -> str:
    """What stands at a span of a text once changes that begin in it are made."""
    parts: list[str] = []
    at = span.start
    for change in changes:
        parts += [text[at : change.span.start], change.text]
        at = change.span.end
    return "".join([*parts, text[at : span.end]])
