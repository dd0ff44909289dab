"""Findings in text that would like to be markup, a formula, a command or a control code, for the tests of reports."""

from __future__ import annotations

from pathlib import Path

from reviewer.model import Document, Finding, Fix, Piece, Related, Segment, Severity, Span, Verdict
from reviewer.report.place import Lines, Place, places

NAME = "a,b:c%<b>|`x`\x1b[31m\n\u202e.txt"
EVIL = "<script>document.title='owned'</script>"
TARGETS = (
    f"=1+1 {EVIL} \"quoted\" 'single' & ]]> \x1b[2J\x00\x07 [click](http://x.test) @all | `code`",
    "-- <!-- documents --> </style></textarea> 😀 \U00020bb7\ufffe\uffff %0A::error::no\u2028{{ 7 * 7 }} {% raw %}",
    "+Plain words in the end.",
)


def document(file: str = NAME, name: str = "") -> Document:
    """A paragraph a line; the first is a heading with a source."""
    segments, at = [], 0
    for number, target in enumerate(TARGETS):
        pieces = (Piece(0, at, len(target), len(target)),)
        segments.append(
            Segment(f"p{number}{EVIL}", target, EVIL if number == 0 else None, "item" if number else "heading", pieces=pieces)
        )
        at += len(target) + 1
    return Document(Path(file), "text", tuple(segments), name)


def findings(document: Document) -> list[Finding]:
    """One on each paragraph's first half, one within it, and one of no length at the end of the last."""
    found = []
    for number, segment in enumerate(document.segments):
        middle = len(segment.target) // 2
        for start, end in ((0, middle), (2, 5)):
            found.append(_finding(segment, Span(start, end), number))
    last = document.segments[-1]
    return [*found, _finding(last, Span(len(last.target), len(last.target)), 2)]


def _finding(segment: Segment, span: Span, number: int) -> Finding:
    rule = f"evil/{number}/{EVIL},:%\n"
    return Finding(
        rule=rule,
        segment=segment.key,
        span=span,
        text=span.of(segment.target),
        message=f"=HYPERLINK(1) {EVIL} 100%\r\n::error::x \x1b[0m [a](b)",
        category=f'style/"><img src=x onerror=alert({number})>',
        severity=list(Severity)[number],
        confidence=0.5,
        fixes=(Fix(span, f"@SUM(1) {EVIL}"), Fix(span, "")),
        related=(Related(segment.key, Span(0, 2), EVIL), Related(segment.key, Span(0, 2), "原文", "source")),
        fingerprint=f"{span.start}-{number}",
    )


def hostile_places(state: Verdict = Verdict.OPEN, file: str = NAME, name: str = "<i>") -> list[Place]:
    """The findings with their places, all in one state."""
    one = document(file, name)
    found = places(file, one, findings(one), Lines(iter(["\n".join(TARGETS)])))
    decided = f"-{EVIL}" if state is Verdict.EDIT else None
    return [
        Place(each.file, each.document, each.segment, each.finding, each.in_file, each.begin, each.end, state, decided)
        for each in found
    ]
