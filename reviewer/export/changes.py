"""Turns the decisions on a document into changes to its file."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import Match, SequenceMatcher
from itertools import accumulate
from types import MappingProxyType

from reviewer.formats import FORMATS, escape
from reviewer.formats.control import SAID
from reviewer.model import Document, Piece, ReviewerError, Segment, Span

WORDS = re.compile(r"\s+|\ufffc|[^\s\ufffc]+")  # what stands for an inline code is a word of its own
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # all but tab and line ends


LONGEST = 60
"""Code points of a text that an error quotes."""


@dataclass(frozen=True, slots=True)
class Note:
    """Who decided on a change, when (ISO 8601, UTC), and why; every decision has a note of its own.

    `comment` is the number of the comment in which Word shows it beside the change; None where another change of the same
    decision has it.
    """

    author: str
    at: str
    words: str
    comment: int | None = None

    def __str__(self) -> str:
        """All on one line, as a comment in a file; never as one that tells the linter what to do."""
        said = " ".join((f"{self.author}: {self.words}" if self.author else self.words).split())
        return f"note by {said}" if SAID.fullmatch(said) else said


def holdable(note: Note, codec: str) -> Note:
    """The note with a `?` for each character that the encoding of that name lacks: a note is never in the way of a correction."""
    author, words = (text.encode(codec, "replace").decode(codec) for text in (note.author, note.words))
    return note if (author, words) == (note.author, note.words) else replace(note, author=author, words=words)


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """Replace `span` of the decoded file by `text`, which is written as the file's format writes it. An empty span inserts.

    In a zip file the span is one of the decoded `member`; elsewhere that is "". A `note` asks for the change to be seen: as one
    that can be taken back, or with the note beside it, where the format has such a thing.
    """

    span: Span
    text: str
    member: str = ""
    note: Note | None = field(default=None, compare=False)


Decided = tuple[str, Span, str]
"""The key of a segment, a span of its target, and what replaces it."""
NO_NOTES: Mapping[Decided, Note] = MappingProxyType({})


def changes_for(document: Document, decided: Iterable[Decided], notes: Mapping[Decided, Note] = NO_NOTES) -> list[Change]:
    """The changes to the file that the decisions on one document ask for, in file order.

    Where markup stands between the words, each word that changes goes to the first run of those it replaces, the others are
    deleted, and the words that stay keep their markup. A decision that has one of the `notes` is to be seen in the file.
    The same decision twice counts once; two that overlap raise ReviewerError, and so does a place unknown in the file.
    """
    rows = sorted(set(decided))
    segments = {segment.key: segment for segment in document.segments}
    changes: list[Change] = []
    last: Decided | None = None
    for row in rows:
        key, span, replacement = row
        segment = segments.get(key)
        if segment is None or not 0 <= span.start <= span.end <= len(segment.target):
            raise ReviewerError(f"{document.path}: segment {key}: the text is not the one that was reviewed; lint it again")
        if last and last[0] == key and (span.start < last[1].end or span == last[1]):
            both = " and ".join(f'"{at.of(segment.target)}" -> "{text}"' for _, at, text in (last, row))
            raise ReviewerError(f"{document.path}: segment {key}: {both} overlap; take one of the two back")
        changes += _changes(document, segment, span, replacement, notes.get(row))
        last = row
    return sorted(changes)


def corrected_span(text: str, span: Span, changes: Iterable[Change]) -> str:
    """What stands at a span of a text once changes that begin in it are made."""
    parts: list[str] = []
    at = span.start
    for change in changes:
        parts += [text[at : change.span.start], change.text]
        at = change.span.end
    return "".join([*parts, text[at : span.end]])


def _changes(document: Document, segment: Segment, span: Span, replacement: str, note: Note | None) -> Iterator[Change]:
    """The changes one decision asks for; none where it keeps the words."""
    words, place = span.of(segment.target), f"{document.path}: segment {segment.key}"
    if replacement == words:
        return
    if strange := [mark for mark in CONTROLS.findall(replacement) if mark not in words]:
        raise ReviewerError(
            f"{place}: what replaces {_quoted(words)} has a control character, U+{ord(strange[0]):04X}; edit it anew"
        )
    member = document.name if FORMATS[document.format].zipped else ""
    changed = [(span, replacement)]
    if len(_in_file(segment, span)) != 1 or segment.touches_opaque(span):
        changed = list(_differences(span, words, replacement))  # the words that stay keep their markup, and code stays code
    for part, text in changed:
        runs = _in_file(segment, part)
        if segment.touches_opaque(part):
            raise ReviewerError(
                f"{place}: {_quoted(words)} holds code or an address, which stays as it is; take that decision back, "
                "or edit the words around it"
            )
        if not runs:
            where = _quoted(part.of(segment.target))
            raise ReviewerError(f"{place}: {where} cannot be placed in the file; edit it there by hand")
        for i, run in enumerate(runs):
            yield Change(run, "" if i else _written(document, segment, text, place), member, note)


def _written(document: Document, segment: Segment, text: str, place: str) -> str:
    """A replacement as the file writes it. Raises ReviewerError where its format has no way to."""
    try:
        return escape(document.format, text, segment.kind)
    except ReviewerError as error:
        raise ReviewerError(f"{place}: {error}") from None


def _quoted(words: str) -> str:
    """Words as an error names them: on one line, not too many."""
    said = " ".join(words.split())
    return f'"{said}"' if len(said) <= LONGEST else f'"{said[:LONGEST]}..."'


def _in_file(segment: Segment, span: Span) -> list[Span]:
    """Where a span of the target stands in the decoded file, one span for each run without markup; [] where a part is unknown."""
    runs: list[Span] = []
    known = 0
    for piece in _pieces(segment, span):
        first, last = max(span.start, piece.start), min(span.end, piece.start + piece.length)
        if first == last and len(span):
            continue
        if piece.length == piece.file_length:
            run = Span(piece.file_start + first - piece.start, piece.file_start + last - piece.start)
        else:
            run = Span(piece.file_start, piece.file_start + piece.file_length)
        if not len(span):  # an insertion goes to the first piece that it touches
            return [Span(run.end, run.end) if first > piece.start else Span(run.start, run.start)]
        known += last - first
        if runs and runs[-1].end == run.start:
            runs[-1] = Span(runs[-1].start, run.end)
        else:
            runs.append(run)
    return runs if known == len(span) else []


def _pieces(segment: Segment, span: Span) -> Iterator[Piece]:
    """The pieces of a segment that a span touches."""
    begin = bisect_left(segment.pieces, span.start, key=lambda piece: piece.start + piece.length)
    for number in range(begin, len(segment.pieces)):  # no slice: there may be thousands
        if segment.pieces[number].start > span.end:
            return
        yield segment.pieces[number]


def _differences(span: Span, old: str, new: str) -> Iterator[tuple[Span, str]]:
    """What changes from the old words at a span to the new ones: spans, in order, and what replaces each."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    ends = list(accumulate(map(len, before), initial=span.start))
    first = then = 0  # up to where both have been dealt with
    for block in _in_common(before, after):
        olds, news = before[first : block.a], after[then : block.b]
        if [one.isspace() for one in olds] == [one.isspace() for one in news]:  # as many words: each goes to its own place
            yield from (
                (Span(ends[i], ends[i + 1]), new) for i, (old, new) in enumerate(zip(olds, news, strict=True), first) if old != new
            )
        else:
            yield Span(ends[first], ends[block.a]), "".join(news)
        first, then = block.a + block.size, block.b + block.size


def _in_common(before: list[str], after: list[str]) -> Iterator[Match]:
    """The stretches of words that both have, and the end of both; spaces alone, in the middle, hold nothing together."""
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        at_the_edge = (block.a, block.b) == (0, 0) or (block.a + block.size, block.b + block.size) == (len(before), len(after))
        if at_the_edge or not "".join(before[block.a : block.a + block.size]).isspace():
            yield block
