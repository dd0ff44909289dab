"""Cuts the paragraphs of a document into words with and without findings, and puts the findings beside them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reviewer.model import Segment
from reviewer.report.place import Place

LONGEST = 100
"""Paragraphs of a section."""


class Piece(NamedTuple):
    """A run of text; `cards` are the numbers of the findings on it, `begins` of those that begin with it.

    `severity` is the worst of theirs, "" where there are none.
    """

    text: str
    cards: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    severity: str = ""


class Card(NamedTuple):
    """A finding and its number on the page."""

    number: int
    place: Place


class Row(NamedTuple):
    """A paragraph with its findings."""

    kind: str
    pieces: tuple[Piece, ...]
    source: str | None
    cards: tuple[Card, ...]


def sections(places: Sequence[Place], first: int) -> Iterator[list[Row]]:
    """The paragraphs of a document in reading order, at most LONGEST at a time, with its findings: at least one, numbered from
    `first` on."""
    cards: dict[str, list[Card]] = defaultdict(list)
    for number, place in enumerate(places, first):
        cards[place.segment.key].append(Card(number, place))
    segments = places[0].document.segments
    for start in range(0, len(segments), LONGEST):
        yield [_row(segment, tuple(cards.get(segment.key, ()))) for segment in segments[start : start + LONGEST]]


def _row(segment: Segment, here: tuple[Card, ...]) -> Row:
    return Row(segment.kind, tuple(pieces(segment.target, here)), segment.source, here)


def pieces(text: str, cards: Sequence[Card]) -> Iterator[Piece]:
    """The text, cut wherever a finding begins or ends; findings may overlap, and one of no length is an empty piece."""
    waiting = deque(sorted(cards, key=lambda card: card.place.finding.span))
    spans = [card.place.finding.span for card in waiting]
    cuts = sorted({0, len(text), *(span.start for span in spans), *(span.end for span in spans)})
    open_here: list[Card] = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        open_here = [card for card in open_here if card.place.finding.span.end > start]
        before = len(open_here)
        while waiting and waiting[0].place.finding.span.start == start:
            card = waiting.popleft()
            if card.place.finding.span.end > start:
                open_here.append(card)
            else:
                yield _piece("", [card], [card])
        if start < end:
            yield _piece(text[start:end], open_here, open_here[before:]) if open_here else Piece(text[start:end])


def _piece(text: str, cards: Sequence[Card], begins: Sequence[Card]) -> Piece:
    worst = min((card.place.finding.severity for card in cards), key=lambda severity: severity.rank)
    return Piece(text, tuple(card.number for card in cards), tuple(card.number for card in begins), worst)
