"""Turns places into the records of the json and jsonl forms; their keys are a contract."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TypedDict

from reviewer.model import Related
from reviewer.report.place import Place

_encoded = json.JSONEncoder(ensure_ascii=False).encode  # made once: json.dumps would make one for each finding


class FixRecord(TypedDict):
    """A replacement for the finding's words."""

    text: str
    safe: bool


class RelatedRecord(TypedDict):
    """Another place: code points in the target or source (`side`) of a segment."""

    segment: str
    start: int
    end: int
    text: str
    side: str


class Record(TypedDict):
    """One finding. Offsets are code points: `start`, `end` in the segment's target, `file_start`, `file_end` in the file."""

    file: str
    doc: str
    segment: str
    start: int
    end: int
    file_start: int | None
    file_end: int | None
    text: str
    rule: str
    category: str
    severity: str
    confidence: float
    message: str
    fixes: list[FixRecord]
    related: list[RelatedRecord]
    fingerprint: str


def record(place: Place) -> Record:
    """The record of one finding."""
    finding = place.finding
    return Record(
        file=place.file,
        doc=place.document.name,
        segment=finding.segment,
        start=finding.span.start,
        end=finding.span.end,
        file_start=place.in_file.start if place.in_file else None,
        file_end=place.in_file.end if place.in_file else None,
        text=finding.text,
        rule=finding.rule,
        category=finding.category,
        severity=str(finding.severity),
        confidence=round(finding.confidence, 3),
        message=finding.message,
        fixes=[FixRecord(text=fix.text, safe=fix.safe) for fix in finding.fixes],
        related=[_related(one) for one in finding.related],
        fingerprint=finding.fingerprint,
    )


def _related(one: Related) -> RelatedRecord:
    return RelatedRecord(segment=one.segment, start=one.span.start, end=one.span.end, text=one.text, side=one.side)


def jsonl(places: Iterable[Place]) -> Iterator[str]:
    """One finding a line."""
    for place in places:
        yield _encoded(record(place)) + "\n"


def as_json(places: Iterable[Place]) -> Iterator[str]:
    """All findings as one array, a finding a line."""
    return array(_encoded(record(place)) for place in places)


def array(items: Iterable[str]) -> Iterator[str]:
    """A JSON array of items that are JSON already, each on its line."""
    opening = "[\n"
    for item in items:
        yield opening + item
        opening = ",\n"
    yield "\n]\n" if opening == ",\n" else "[]\n"
