"""Turns a paragraph and its findings into styled lines of a given width: what the document view draws. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from reviewer.model import Segment, Span, Verdict
from reviewer.store import StoredFinding
from reviewer.tui.looks import DELETED, KEPT_STYLE, SIGNS, flowing, style_of

HEADING = "bold"
CURRENT = "reverse bold"
INSERTION = "‸"

# A line may break after white space, and beside any wide character: Chinese, Japanese, Korean, full-width forms.
_WIDE = r"\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
_TOKEN = re.compile(rf"(?:[{_WIDE}]|[^\s{_WIDE}]+)\s*|\s+")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+|[。！？]")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `finding` is the id of the finding it belongs to."""

    text: str
    style: str = ""
    finding: int | None = None


Line = tuple[Run, ...]


def lines(segment: Segment, findings: Sequence[StoredFinding], current: int | None, width: int) -> list[Line]:
    """The paragraph as it reads with the decisions made so far, in lines of at most `width` cells.

    `findings` are those of the segment, in any order; `current` is the id of the one to stand out.
    """
    shown = list(runs(segment, findings, current))
    text = "".join(run.text for run in shown)
    return [tuple(cut(shown, line)) for line in broken(text, width)]


def runs(segment: Segment, findings: Sequence[StoredFinding], current: int | None, *, signs: bool = True) -> Iterator[Run]:
    """The paragraph as stretches: the words between findings, and each finding's words or what replaces them.

    Without `signs` it is nothing but the text as it will read.
    """
    plain = HEADING if segment.kind == "heading" else ""
    position = 0
    for stored in _apart(findings, current):
        span = stored.finding.span
        if position < span.start:
            yield Run(flowing(segment.target[position : span.start]), plain)
        yield from _finding(stored, span.of(segment.target), stored.id == current, signs)
        position = span.end
    if position < len(segment.target):
        yield Run(flowing(segment.target[position:]), plain)


def _finding(stored: StoredFinding, words: str, current: bool, signs: bool) -> Iterator[Run]:
    style = style_of(stored)
    text = words if stored.decision_text is None else stored.decision_text
    if not signs:
        yield Run(flowing(text), "", stored.id)
        return
    if not text:
        text = INSERTION if stored.decision_text is None else DELETED
    if stored.state is Verdict.OPEN:
        yield Run(flowing(text), f"{style} {CURRENT}" if current else f"{style} underline", stored.id)
        return
    yield Run(flowing(text), f"{style} {CURRENT}" if current else style, stored.id)
    yield Run(SIGNS[stored.state], KEPT_STYLE if stored.decision_text is None else style, stored.id)


def _apart(findings: Sequence[StoredFinding], current: int | None) -> list[StoredFinding]:
    """The findings in order, without those that overlap an earlier one; the current one is never left out.

    Overlaps are rare: findings of two lints with different rules.
    """
    kept: list[StoredFinding] = []
    for stored in sorted(findings, key=lambda one: (one.id != current, one.finding.span)):
        if not any(stored.finding.span.overlaps(other.finding.span) for other in kept[:1] + kept[-1:]):
            kept.append(stored)
    return sorted(kept, key=lambda one: one.finding.span)


def broken(text: str, width: int) -> list[Span]:
    """Where to break a text into lines of at most `width` cells; white space at a break stays at the end of its line."""
    found: list[Span] = []
    start = used = 0
    for at, size, spaced in _tokens(text, width):
        if used and used + size > width:
            found.append(Span(start, at))
            start, used = at, 0
        used += spaced
    return [*found, Span(start, len(text))]


def _tokens(text: str, width: int) -> Iterator[tuple[int, int, int]]:
    """What a line may break before: where it starts, its cells, and its cells with the white space after it."""
    for token in _TOKEN.finditer(text):
        size = cell_len(token[0].rstrip())
        if size <= width:
            yield token.start(), size, cell_len(token[0])
        else:  # an address, a wall of letters: may break anywhere
            for at, character in enumerate(token[0], token.start()):
                yield at, cell_len(character.rstrip()), cell_len(character)


def cut(shown: Sequence[Run], line: Span) -> Iterator[Run]:
    """The parts of the runs that stand on a line."""
    position = 0
    for run in shown:
        start, end = max(line.start - position, 0), min(line.end - position, len(run.text))
        if start < end:
            yield Run(run.text[start:end], run.style, run.finding)
        position += len(run.text)


def excerpt(shown: Sequence[Run], finding: int) -> Iterator[Run]:
    """Of a paragraph's runs, those of the sentence that a finding stands in."""
    mine = [index for index, run in enumerate(shown) if run.finding == finding]
    lengths = [len(run.text) for run in shown]
    words = Span(sum(lengths[: mine[0]]), sum(lengths[: mine[-1] + 1])) if mine else Span(0, 0)
    yield from cut(shown, sentence("".join(run.text for run in shown), words))


def sentence(text: str, span: Span) -> Span:
    """The sentence, roughly, that a span stands in; it reaches further where the span does."""
    start, end = 0, len(text)
    for found in _SENTENCE_END.finditer(text):
        if found.end() <= span.start:
            start = found.end()
        elif found.start() >= span.end:
            end = found.end()
            break
    return Span(start, end)
