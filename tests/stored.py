"""Small documents with findings, for the tests of the store."""

from __future__ import annotations

from pathlib import Path

from reviewer.model import Document, Finding, Fix, Piece, Related, Segment, Severity, Span
from reviewer.store import Store

LINES = (
    "The county threw combination punches to help its orchards.",
    "Old Chen said the pears were very fragrant this year.",
    "The pears go to market by the three-wheeled car.",
)

MARKED = {
    "combination punches": ("calques/policy/combination-fists", "a package of measures"),
    "fragrant": ("calques/food/fragrant", "sweet"),
    "three-wheeled car": ("calques/transport/three-wheeler", "motor tricycle"),
}


def document(path: Path, lines: tuple[str, ...] = LINES, *, name: str = "", part: int = 0, first: int = 0) -> Document:
    """One paragraph a line, keyed p0, p1 ... from `first`, each where it stands in a file of just these lines."""
    segments, position = [], 0
    for number, line in enumerate(lines, first):
        segments.append(Segment(f"p{number}", line, pieces=(Piece(0, position, len(line), len(line)),)))
        position += len(line) + 1
    return Document(path, "text", tuple(segments), name, part)


def findings(document: Document) -> list[Finding]:
    """A finding at each of the marked phrases; its fingerprint holds no place, so it lasts when the text moves."""
    found = []
    for segment in document.segments:
        for words, (rule, better) in MARKED.items():
            if (start := segment.target.find(words)) >= 0:
                span = Span(start, start + len(words))
                found.append(
                    Finding(
                        rule=rule,
                        segment=segment.key,
                        span=span,
                        text=words,
                        message="A picture that English readers do not share.",
                        category="accuracy/mistranslation",
                        severity=Severity.MAJOR,
                        confidence=0.8,
                        fixes=(Fix(span, better, safe=True), Fix(span, better.upper())),
                        related=(Related(segment.key, Span(0, 2), "组合", "source"),),
                        also=("style/register/slang",),
                        fingerprint=f"{rule}:{words}",
                    )
                )
    return found


def lint(store: Store, *documents: Document, sha256: str = "aa11", finish: bool = True) -> int:
    """Records documents with their findings as one run; gives its id."""
    run = store.start_run("lint")
    for one in documents:
        store.record(one, findings(one), run, sha256=sha256, encoding="utf-8")
    if finish:
        store.finish_run(run)
    return run
