"""Makes a database of the size a newsroom has after a year: 500 documents, 100,000 findings, one document of 20,000 paragraphs."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from reviewer.model import Document, Finding, Fix, Segment, Severity, Span
from reviewer.store import Store

WORDS = "the county has built a new road to its orchards and pears go to market by rail this year as prices rise".split()
CALQUES = {
    "combination fists": ("calques/policy/combination-fists", "a package of measures"),
    "dragon head enterprises": ("calques/policy/dragon-head", "leading companies"),
    "water safety": ("terms/water/safety", "security of the water supply"),
    "not small": ("collocations/predicates/not-small", "considerable"),
    "make contributions to": ("style/abstract-nouns/make-contributions-to", "help"),
    "three-wheeled car": ("terms/transport/three-wheeler", "motor tricycle"),
}
SEVERITIES = list(Severity)


def make(path: Path, *, documents: int = 500, findings: int = 100_000, longest: int = 20_000, seed: int = 1) -> None:
    """Writes the database at `path`; the last document has `longest` paragraphs and its share of the findings."""
    dice = random.Random(seed)
    each = findings // documents
    with Store.open(path) as store:
        run = store.start_run("lint")
        for number in range(documents):
            last = number == documents - 1
            document = _document(path.parent / f"story-{number:03}.txt", longest if last else each, dice)
            store.record(document, list(_findings(document, each, dice)), run, sha256="", encoding="utf-8")
        store.finish_run(run)


def _document(path: Path, paragraphs: int, dice: random.Random) -> Document:
    segments = []
    for number in range(paragraphs):
        words = dice.choices(WORDS, k=dice.randint(20, 60))
        words.insert(dice.randrange(len(words)), dice.choice(list(CALQUES)))
        segments.append(Segment(f"p{number}", " ".join(words).capitalize() + ".", "县里打出组合拳，果园的梨卖得很好。"))
    return Document(path, "text", tuple(segments))


def _findings(document: Document, count: int, dice: random.Random) -> Iterator[Finding]:
    for segment in sorted(dice.sample(document.segments, count), key=lambda one: int(one.key[1:])):
        words, (rule, better) = next((words, said) for words, said in CALQUES.items() if words in segment.target.lower())
        start = segment.target.lower().index(words)
        span = Span(start, start + len(words))
        yield Finding(
            rule=rule,
            segment=segment.key,
            span=span,
            text=span.of(segment.target),
            message="A picture that English readers do not share.",
            category="accuracy/mistranslation",
            severity=dice.choice(SEVERITIES),
            confidence=round(dice.uniform(0.2, 0.95), 2),
            fixes=(Fix(span, better, safe=dice.random() < 0.5),),
            fingerprint=f"{dice.getrandbits(80):020x}",
        )
