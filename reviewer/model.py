"""The nouns everything else speaks in: documents and segments, rules, findings and fixes, decisions. No input or output."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


class ReviewerError(Exception):
    """Anything the person at the keyboard can mend; the message is one line that names the file, the place and what to do."""


class Severity(StrEnum):
    """How much an error hurts the reader, after MQM."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"

    @property
    def rank(self) -> int:
        """0 for critical, 1 for major, 2 for minor: smaller is worse."""
        return _RANKS[self]

    @property
    def weight(self) -> int:
        """Its share in a quality score: 25, 5 or 1, the multipliers of the MQM scoring models (themqm.org)."""
        return _WEIGHTS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}
_WEIGHTS = {Severity.CRITICAL: 25, Severity.MAJOR: 5, Severity.MINOR: 1}


class Verdict(StrEnum):
    """What a reviewer said of a finding. OPEN is how a decision is taken back: one more row, never a deletion."""

    ACCEPT = "accept"
    EDIT = "edit"
    REJECT = "reject"
    IGNORE = "ignore"
    OPEN = "open"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one text: code points from `start` up to, not including, `end`."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether all of `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The words this span marks in `text`."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a segment's target that stands unbroken in the decoded file: target[start:start+length] = file[file_start:...].

    `file_length` differs from `length` where the file escapes the character (`\\u00e9` in JSON, `&amp;` in Markdown);
    such a piece is exactly one character long. A space may be another white space in the file, as a line end is in HTML.
    """

    start: int
    file_start: int
    length: int
    file_length: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A paragraph, heading, cell, subtitle or translation unit.

    `target` is the English as a reader sees it, `source` the Chinese or None. `opaque` spans of the target (code, URLs), in order
    and none over another, are there for the sense and never reviewed. `pieces` says where the target stands in the decoded
    file, in order. `ignored` names the rules that a comment in the file silences here.
    """

    key: str
    target: str
    source: str | None = None
    kind: str = "paragraph"  # paragraph | heading | item | cell
    opaque: tuple[Span, ...] = ()
    pieces: tuple[Piece, ...] = ()
    ignored: tuple[str, ...] = ()

    def in_file(self, span: Span) -> Span | None:
        """Where a span of the target stands in the decoded file, in code points; None where the format has no linear text."""
        first, last = self._piece_with(span.start), self._piece_with(span.end - 1)
        if first is None or last is None or span.start > span.end:
            return None
        start = first.file_start + (span.start - first.start if first.length == first.file_length else 0)
        end = last.file_start + (span.end - last.start if last.length == last.file_length else last.file_length)
        return Span(start, end)

    def touches_opaque(self, span: Span) -> bool:
        """Whether a span of the target holds a part of what is not reviewed; an empty one, whether it stands inside it."""
        number = bisect_left(self.opaque, span.end, key=lambda one: one.start) - 1  # the last one that begins before the end
        return number >= 0 and self.opaque[number].end > span.start

    def _piece_with(self, character: int) -> Piece | None:
        number = bisect_right(self.pieces, character, key=lambda piece: piece.start) - 1
        piece = self.pieces[number] if number >= 0 else None
        return piece if piece and character < piece.start + piece.length else None


@dataclass(frozen=True, slots=True)
class Document:
    """Segments in reading order, from one file.

    `name` tells documents of one file apart (the `doc` of a .jsonl line) and is empty where a file is one document.
    A very long file comes as several documents with the same path and name and a rising `part`, so that memory stays bounded.
    """

    path: Path
    format: str
    segments: tuple[Segment, ...]
    name: str = ""
    part: int = 0


@dataclass(frozen=True, slots=True)
class Fix:
    """Replace target[span] by `text`. `safe`: right wherever the finding is right, so it may be applied in bulk unread."""

    span: Span
    text: str
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """Another place a finding rests on. `side` is `target` or `source`: which text of that segment the span counts in."""

    segment: str
    span: Span
    text: str
    side: str = "target"


class Finding(NamedTuple):
    """One likely mistranslation.

    `segment` is the segment's key, `text` the words at `span` of its target. `category` is the MQM typology in lower case,
    `confidence` the probability, 0 to 1, that a professional reviewer would mark the span. Every fix replaces exactly `span`.
    `also` lists the rules that gave a second opinion on the same words. The engine fills in `fingerprint`.
    """

    rule: str
    segment: str
    span: Span
    text: str
    message: str
    category: str
    severity: Severity
    confidence: float
    fixes: tuple[Fix, ...] = ()
    related: tuple[Related, ...] = ()
    also: tuple[str, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer said of a finding, and when (ISO 8601, UTC). `text` replaces the finding's words for accept and edit."""

    fingerprint: str
    verdict: Verdict
    text: str | None = None
    reviewer: str = ""
    at: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A short text that shows a rule: one segment a line, `spans[i]` the marked spans of line i, `fixed` the mended text."""

    targets: tuple[str, ...]
    sources: tuple[str | None, ...]
    spans: tuple[tuple[Span, ...], ...]
    fixed: str | None = None
    line: int = 0


_NO_OPTIONS: Mapping[str, str] = {}


class Rule(NamedTuple):
    """What to flag, as written in rules/**/*.yaml. The id is the file's path and the key: `calques/policy/combination-fists`.

    A `phrase` rule has a `flag` pattern; a rule of another kind names the detector it switches on in `detect` and may set
    its `options`. `unless` and `needs` are patterns on the sentence, `when_source` one on the Chinese source.
    """

    id: str
    why: str
    kind: str = "phrase"
    zh: tuple[str, ...] = ()
    flag: str = ""
    detect: str = ""
    use: tuple[str, ...] = ()
    safe: bool = False
    severity: Severity = Severity.MINOR
    category: str = "accuracy/mistranslation"
    confidence: float = 0.6
    unless: str = ""
    needs: str = ""
    when_source: str = ""
    without_source: str = "silent"  # silent | weaker
    match_case: bool = False
    off: str = ""  # why the rule runs only where it is asked for by its name
    options: Mapping[str, str] = _NO_OPTIONS
    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
    known_gaps: tuple[Example, ...] = ()
    file: Path = Path()
    line: int = 0

    def finding(
        self,
        segment: Segment,
        span: Span,
        *,
        fixes: tuple[str, ...] | None = None,
        message: str = "",
        related: tuple[Related, ...] = (),
        confidence: float | None = None,
        safe: bool | None = None,
    ) -> Finding:
        """A finding of this rule at `span` of `segment`; each of `fixes` (default: the rule's `use`) replaces the whole span."""
        texts = self.use if fixes is None else fixes
        trusted = self.safe if safe is None else safe
        return Finding(
            rule=self.id,
            segment=segment.key,
            span=span,
            text=span.of(segment.target),
            message=message or self.why,
            category=self.category,
            severity=self.severity,
            confidence=self.confidence if confidence is None else confidence,
            fixes=tuple(Fix(span, text, trusted) for text in dict.fromkeys(texts)),
            related=related,
        )


Check = Callable[[Document], Iterator[Finding]]
"""A kind of check, compiled over all its rules: reads one document, yields findings in any order."""
