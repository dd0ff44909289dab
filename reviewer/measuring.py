"""Runs rules over text that professionals have annotated, and over good English, and counts how often they agree."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from reviewer import engine, formats
from reviewer.checks import suspect
from reviewer.model import Document, ReviewerError, Rule, Segment, Span
from reviewer.rulepack.record import Record

SHARE = 0.5
"""Of a finding's characters, how many have to lie inside what raters marked."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with the spans that each rater marked in each of its segments, by the segment's key."""

    document: Document
    raters: Mapping[str, Sequence[Sequence[Span]]]


def measure(rules: Sequence[Rule], annotated: Iterable[Path], english: Iterable[Path]) -> dict[str, Record]:
    """How each rule did, by its id; rules that found nothing have a record of zeros.

    A finding that a surer one hides on the same words counts all the same, at the place of that one.
    Raises ReviewerError where a file cannot be read.
    """
    checker = engine.compile([rule for rule in rules if rule.kind != suspect.KIND])  # those are measured out of fold
    records = {rule.id: Record() for rule in rules}
    for file in annotated:
        for one in read_annotated(file):
            for rule, segment, span in _found(one.document, checker):
                pairs = confirmed(span, one.raters[segment])
                if pairs is not None and rule in records:
                    records[rule] = records[rule].plus(len(one.raters[segment]), pairs)
    for file in english:
        for document in formats.read(file):
            for rule, _, _ in _found(document, checker):
                if rule in records:
                    records[rule] = records[rule].plus_english()
    return records


def words(files: Iterable[Path]) -> int:
    """How many words good English has."""
    return sum(len(segment.target.split()) for file in files for document in formats.read(file) for segment in document.segments)


def _found(document: Document, checker: engine.Checker) -> Iterator[tuple[str, str, Span]]:
    """(rule, key of the segment, span) for every finding, those given up for a surer one on the same words too."""
    for finding in engine.review(document, checker):
        for rule in (finding.rule, *finding.also):
            yield rule, finding.segment, finding.span


def confirmed(span: Span, raters: Sequence[Sequence[Span]]) -> float | None:
    """The share of pairs of raters who together marked at least half of a span; of one rater, 1 or 0; None without raters."""
    marked = [characters(spans) for spans in raters]
    pairs = [one | other for one, other in combinations(marked, 2)] or marked
    if not pairs:
        return None
    mine = set(range(span.start, max(span.end, span.start + 1)))
    return sum(len(mine & both) >= SHARE * len(mine) for both in pairs) / len(pairs)


def characters(spans: Sequence[Span]) -> set[int]:
    """The code points that spans mark; an empty span marks the one it stands before."""
    return {place for span in spans for place in range(span.start, max(span.end, span.start + 1))}


def read_annotated(file: Path) -> Iterator[Annotated]:
    """The documents of a file of MQM annotations, a segment a line: id, system, doc, target, source, raters.

    `raters` maps each rater to [[start, end, severity, category], ...], in code points of the target. Raises ReviewerError.
    """
    segments: dict[tuple[str, str], list[Segment]] = defaultdict(list)
    raters: dict[tuple[str, str], dict[str, list[list[Span]]]] = defaultdict(dict)
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    row = json.loads(line)
                    where = str(row.get("system", "")), str(row.get("doc", number))
                    segments[where].append(Segment(str(row["id"]), str(row["target"]), row.get("source")))
                    marks = [[Span(mark[0], mark[1]) for mark in some] for some in row["raters"].values()]
                    raters[where][str(row["id"])] = marks
    except OSError as error:
        raise ReviewerError(f"{file}: {error.strerror}") from None
    except (ValueError, KeyError, AttributeError, TypeError, IndexError) as error:
        problem = f"{type(error).__name__}: {error}"
        raise ReviewerError(
            f"{file}:{number}: no segment with MQM annotations ({problem}); see `reviewer rules measure --help`"
        ) from None
    for where, some in segments.items():
        yield Annotated(Document(file, "jsonl", tuple(some), "/".join(where)), raters[where])
