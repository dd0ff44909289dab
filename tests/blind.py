"""Measures rules on sentences that nobody wrote them for: tests/data/blind, a topic a file.

`- ` begins a sentence as machine translation writes it, its errors in [[ ]], after ` ## ` the Chinese; `+ ` one that is right,
and tempting. No rule is written from one of these sentences: who does, moves it out. `python -m tests.blind [TOPIC...]`
prints, by topic, the share of errors that are found and the share of right sentences that are not left alone; `--show` the
false alarms, `--missed` the errors that were missed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reviewer import engine, rulepack
from reviewer.model import Document, Finding, Segment, Span

FOLDER = Path(__file__).parent / "data" / "blind"
_MARK = re.compile(r"\[\[(.*?)\]\]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, the spans of its errors, and the Chinese where it is known."""

    target: str
    errors: tuple[Span, ...]
    source: str | None = None


def read(file: Path) -> Iterator[Sentence]:
    """The sentences of a topic."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith(("- ", "+ ")):
            text, _, source = line[2:].partition(" ## ")
            target, spans = "", []
            for n, piece in enumerate(_MARK.split(text.strip())):
                if n % 2:
                    spans.append(Span(len(target), len(target) + len(piece)))
                target += piece
            yield Sentence(target, tuple(spans), source.strip() or None)


def found(sentence: Sentence, checker: engine.Checker) -> list[Finding]:
    """What the rules find in a sentence, by its English alone."""
    return list(engine.review(Document(Path("blind"), "text", (Segment("1", sentence.target),)), checker))


@dataclass(slots=True)
class Score:
    """Errors and how many were found; right sentences and how many were flagged."""

    errors: int = 0
    hits: int = 0
    right: int = 0
    alarms: int = 0

    def __str__(self) -> str:
        recall, alarms = self.hits / max(1, self.errors), self.alarms / max(1, self.right)
        return f"{self.hits:4}/{self.errors:<4} found {recall:.2f}   {self.alarms:3}/{self.right:<4} false alarms {alarms:.3f}"

    def add(self, other: Score) -> None:
        """Counts another score in."""
        self.errors, self.hits = self.errors + other.errors, self.hits + other.hits
        self.right, self.alarms = self.right + other.right, self.alarms + other.alarms


def score(file: Path, checker: engine.Checker, *, show: bool = False, missed: bool = False) -> Score:
    """The score of a topic."""
    result = Score()
    for sentence in read(file):
        findings = found(sentence, checker)
        if not sentence.errors:
            result.right, result.alarms = result.right + 1, result.alarms + bool(findings)
            if show:
                for one in findings:
                    print(f"  {file.stem}: {one.rule}: {one.text!r} in: {sentence.target}")
        for error in sentence.errors:
            hit = any(one.span.overlaps(error) for one in findings)
            result.errors, result.hits = result.errors + 1, result.hits + hit
            if missed and not hit:
                print(f"  {file.stem}: missed {error.of(sentence.target)!r} in: {sentence.target}")
    return result


def main(arguments: list[str]) -> None:
    """Prints the scores of the topics named, by default of all."""
    topics = [one for one in arguments if not one.startswith("--")]
    checker, total = engine.compile(rulepack.running(rulepack.load_to_run())), Score()
    for file in sorted(FOLDER.glob("*.txt")):
        if not topics or file.stem in topics:
            one = score(file, checker, show="--show" in arguments, missed="--missed" in arguments)
            print(f"{file.stem:14} {one}")
            total.add(one)
    print(f"{'all':14} {total}")


if __name__ == "__main__":
    main(sys.argv[1:])
