"""Turns the log of decisions into JSON lines; their keys are a contract."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypedDict

from reviewer.store import Logged


class Record(TypedDict):
    """A row of the log, with its finding as the last lint that found it saw it."""

    id: int  # rises by time
    at: str  # ISO 8601, UTC
    reviewer: str
    verdict: str  # accept, edit, reject, ignore; open: taken back, or a note alone
    replacement: str | None  # what replaces the words; of accept and edit only
    note: str
    act: int | None  # the first row of the decisions made in one go; null: this one alone
    undoes: int | None  # the row that this one takes back
    restores: int | None  # the row that counts again
    counts: bool  # whether no later row of the finding has taken its place
    file: str
    doc: str  # tells documents of one file apart
    segment: str
    start: int  # code points in the segment's English text
    end: int
    text: str  # the words at fault
    rule: str
    category: str
    severity: str
    confidence: float  # 0 to 1
    message: str
    fixes: list[str]  # what the rule would write
    fingerprint: str  # the same as in reports and baselines


def jsonl(log: Iterable[Logged], called: Callable[[Path], str]) -> Iterator[str]:
    """One row a line; `called` says how a path is written."""
    for row in log:
        yield json.dumps(_record(row, called(row.path)), ensure_ascii=False) + "\n"


def _record(row: Logged, file: str) -> Record:
    said, found = row.decision, row.finding
    return Record(
        id=row.id,
        at=said.at,
        reviewer=said.reviewer,
        verdict=str(said.verdict),
        replacement=said.text,
        note=said.note,
        act=row.act,
        undoes=row.undoes,
        restores=row.restores,
        counts=row.counts,
        file=file,
        doc=row.name,
        segment=found.segment,
        start=found.span.start,
        end=found.span.end,
        text=found.text,
        rule=found.rule,
        category=found.category,
        severity=str(found.severity),
        confidence=round(found.confidence, 3),
        message=found.message,
        fixes=[fix.text for fix in found.fixes],
        fingerprint=found.fingerprint,
    )
