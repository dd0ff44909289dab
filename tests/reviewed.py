"""A press article with findings of all sorts in a store, for the tests of the review screen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from reviewer.model import Document, Finding, Fix, Related, Segment, Severity, Span
from reviewer.store import Store

ARTICLE = (
    "Orchard Town Plays a Good Chess Game of Pears",
    "The township threw combination punches this spring, and the pears walked into ten thousand households.",
    "Old Chen ate bitterness for twenty years; now his eyes smile into a seam, and he takes the lead goose role.",
    "The cold store is 3 ten thousand square metres large. It was built in in a single year, by the way of loans.",
    "Every weekend the orchard is a sea of people, who punch the card and buy pears through live broadcast.",
    "The reporter learned that the pear road will be repaired, and that the last mile will be opened up.",
    "Chen Lao said: this is only the first step of a long march, and the masses will follow.",
)
SOURCES = {1: "今年春天，乡里打出组合拳，香梨走进千家万户。", 6: "陈老说：这只是长征的第一步，群众会跟上。"}

Row = tuple[str, tuple[str, ...], Severity, str]
MARKED: tuple[Row, ...] = (
    ("Plays a Good Chess Game of Pears", ("Does Well with Pears",), Severity.MAJOR, "calques/chess"),
    ("combination punches", ("a package of measures", "several measures at once"), Severity.CRITICAL, "calques/fists"),
    ("walked into ten thousand households", ("found buyers everywhere",), Severity.MAJOR, "calques/households"),
    ("ate bitterness", ("bore hardships", "lived a hard life"), Severity.MAJOR, "calques/bitterness"),
    ("eyes smile into a seam", ("eyes crinkle when he smiles",), Severity.MINOR, "calques/seam"),
    ("lead goose", ("leading",), Severity.MINOR, "calques/goose"),
    ("3 ten thousand", ("30,000",), Severity.CRITICAL, "numbers/ten-thousand"),
    ("in in", ("in",), Severity.MINOR, "doubled/words"),
    ("by the way of", ("with",), Severity.MINOR, "grammar/way"),
    ("a sea of people", ("crowded",), Severity.MINOR, "calques/sea"),
    ("punch the card", ("take pictures",), Severity.MAJOR, "calques/card"),
    ("live broadcast", ("live-stream sales",), Severity.MINOR, "calques/live"),
    ("The reporter learned that", ("",), Severity.MINOR, "style/reporter"),
    ("last mile", ("last stretch",), Severity.MINOR, "calques/mile"),
    ("Chen Lao", (), Severity.MAJOR, "names/order"),
    ("the masses", ("the villagers",), Severity.MINOR, "calques/masses"),
)


def article(folder: Path, name: str = "pears.txt", lines: tuple[str, ...] = ARTICLE) -> Document:
    """The article as a file in `folder`, a paragraph a line, the first a heading; two have their Chinese source."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    kinds = ["heading", *["paragraph"] * len(lines)]
    sources = SOURCES if lines == ARTICLE else {}
    segments = [Segment(f"p{number}", line, sources.get(number), kinds[number]) for number, line in enumerate(lines)]
    return Document(path, "text", tuple(segments))


def marked(document: Document, rows: tuple[Row, ...] = MARKED) -> Iterator[Finding]:
    """A finding at the first place of each of the marked phrases."""
    for words, fixes, severity, rule in rows:
        segment = next(one for one in document.segments if words in one.target)
        start = segment.target.index(words)
        span = Span(start, start + len(words))
        related: tuple[Related, ...] = ()
        if segment.source and "组合拳" in segment.source:
            at = segment.source.index("组合拳")
            related = (Related(segment.key, Span(at, at + 3), "组合拳", "source"),)
        if rule == "names/order":
            related = (Related("p2", Span(0, 8), "Old Chen"),)
        yield Finding(
            rule=rule,
            segment=segment.key,
            span=span,
            text=words,
            message=f"English readers do not say “{words}”.",
            category="accuracy/mistranslation",
            severity=severity,
            confidence=0.8,
            fixes=tuple(Fix(span, fix) for fix in fixes),
            related=related,
            also=("style/metaphor",) if rule == "calques/fists" else (),
            fingerprint=f"{rule}:{words}",
        )


def record(store: Store, document: Document, rows: tuple[Row, ...] = MARKED) -> int:
    """Records a document with its findings as one lint; gives its id."""
    digest = hashlib.sha256(document.path.read_bytes()).hexdigest()
    run = store.start_run("lint")
    store.record(document, marked(document, rows), run, sha256=digest, encoding="utf-8")
    store.finish_run(run)
    stored = store.document(document.path)
    assert stored is not None
    return stored.id
