"""What the store hands out: documents with their progress, findings with their state, suppressions; and how rows become them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from reviewer.model import Decision, Finding, Fix, Piece, Related, Severity, Span, Verdict

Row = Mapping[str, Any]
"""One row of a query, by column name."""


OWN = "own/marked"
"""The rule of a finding that a reviewer marked."""


class Scope(StrEnum):
    """How far a suppression reaches. A file is one document: of a .jsonl file with several, the one it was made in."""

    WORDS_IN_FILE = "words-in-file"
    WORDS = "words"
    RULE_IN_FILE = "rule-in-file"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as last linted, and how far its review has come.

    `path` is absolute; `label` is how people see it: the path from the database's folder, and the name. `sha256` and `encoding`
    are those of the file as linted; `sha256` is empty where the last lint was cut short half-way, so that no offset can be
    trusted before the next. `words` counts the English words, `segments` the segments; the rest count findings by their state.
    """

    id: int
    path: Path
    name: str
    label: str
    format: str
    sha256: str
    encoding: str
    segments: int
    words: int
    total: int
    open: int
    accepted: int
    edited: int
    rejected: int
    ignored: int


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding and what became of it.

    `position` is the index of its segment among the document's, as `Store.segments` counts. `in_file` is its span in the decoded
    file, None where the format has no linear text. `decision_text` replaces the words, for accept and edit. `reviewer`, `at` and
    `note` are those of the decision that counts, empty for a finding nobody decided; a finding that is ignored because of
    a suppression has that one's id in `suppressed_by`. `present` is false once a later lint no longer finds it.
    """

    id: int
    document_id: int
    position: int
    finding: Finding
    in_file: Span | None
    state: Verdict
    decision_text: str | None
    reviewer: str
    at: str
    note: str
    suppressed_by: int | None
    present: bool = True


class Logged(NamedTuple):
    """A row of the log of decisions, with the finding as the last lint that found it saw it, and the file and document it is of.

    `act` is the first row of the decisions made in one go, None where it stands alone; `undoes` and `restores` are rows that an
    undo or redo refers to. `counts` is whether no later row of the finding has taken its place.
    """

    id: int
    decision: Decision
    act: int | None
    undoes: int | None
    restores: int | None
    counts: bool
    path: Path
    name: str
    finding: Finding


class Entry(NamedTuple):
    """What a list of a hundred thousand findings needs to know of each. `words` are as suppressions compare them."""

    id: int
    document_id: int
    rule: str
    category: str
    severity: str
    confidence: float
    words: str
    state: str


class Said(NamedTuple):
    """A decision to be made: `text` replaces the finding's words, for accept and edit."""

    finding: int
    verdict: Verdict
    text: str | None = None


class Mark(NamedTuple):
    """An error to be marked at a span of the paragraph at a position; `text` replaces the words, None where it is not known.

    `words` are those of the span as the reviewer saw them: where others stand there now, nothing is marked; "" marks any.
    """

    position: int
    span: Span
    text: str | None
    category: str
    severity: Severity = Severity.MINOR
    message: str = ""
    pieces: tuple[Piece, ...] = ()
    words: str = ""


class Pulse(NamedTuple):
    """The last row of each log, and the last complete lint: what has changed since shows in what has grown."""

    decisions: int
    suppressions: int
    runs: int


@dataclass(frozen=True, slots=True)
class Suppression:
    """What nobody wants to see again: `words` (in lower case), a `rule`, or words of a rule; in one document or, if None, all."""

    id: int
    scope: Scope
    words: str | None
    rule: str | None
    document_id: int | None
    reviewer: str
    at: str
    note: str


def comparable(words: str) -> str:
    """Words as suppressions compare them: in lower case, any white space as one space."""
    return " ".join(words.split()).casefold()


def document_of(row: Row, folder: Path) -> StoredDocument:
    """A row of the view `progress`; relative paths start at `folder`, the database's."""
    return StoredDocument(
        id=row["document"],
        path=path_of(row["path"], folder),
        name=row["name"],
        label=f"{row['path']}#{row['name']}" if row["name"] else row["path"],
        **{key: row[key] for key in ("format", "sha256", "encoding", "segments", "words")},
        **{key: row[key] for key in ("total", "open", "accepted", "edited", "rejected", "ignored")},
    )


def finding_of(row: Row) -> StoredFinding:
    """A row of the view `finding_states`."""
    return StoredFinding(
        id=row["id"],
        document_id=row["document"],
        position=row["position"],
        finding=_found(row),
        in_file=None if row["file_start"] is None else Span(row["file_start"], row["file_end"]),
        state=Verdict(row["state"]),
        present=bool(row["present"]),
        **{key: row[key] for key in ("decision_text", "reviewer", "at", "note", "suppressed_by")},
    )


def _found(row: Row) -> Finding:
    """What a row of the table `findings`, or of its views, says of the finding itself."""
    span = Span(row["start"], row["end"])
    return Finding(
        rule=row["rule"],
        segment=row["segment"],
        span=span,
        text=row["text"],
        message=row["message"],
        category=row["category"],
        severity=Severity(row["severity"]),
        confidence=row["confidence"],
        fixes=tuple(Fix(span, fix["text"], fix["safe"]) for fix in json.loads(row["fixes"])),
        related=tuple(
            Related(other["segment"], Span(other["start"], other["end"]), other["text"], other["side"])
            for other in json.loads(row["related"])
        ),
        also=tuple(json.loads(row["also"])),
        fingerprint=row["fingerprint"],
    )


def decision_of(row: Row) -> Decision:
    """A row of the table `decisions`, joined with its finding's fingerprint."""
    return Decision(row["fingerprint"], Verdict(row["verdict"]), row["text"], row["reviewer"], row["at"], row["note"])


def logged_of(row: Row, folder: Path) -> Logged:
    """A row of the table `findings` with its document's path and name, and a decision: its text as `put`, its id as `logged`."""
    return Logged(
        id=row["logged"],
        decision=Decision(row["fingerprint"], Verdict(row["verdict"]), row["put"], row["reviewer"], row["at"], row["note"]),
        counts=bool(row["counts"]),
        path=path_of(row["path"], folder),
        finding=_found(row),
        **{key: row[key] for key in ("act", "undoes", "restores", "name")},
    )


def path_of(stored: str, folder: Path) -> Path:
    """The path of a document as the database has it, from the database's folder; `-` is standard input."""
    return folder / stored if stored != "-" else Path("-")


def suppression_of(row: Row) -> Suppression:
    """A row of the view `active_suppressions`."""
    return Suppression(
        id=row["id"],
        scope=Scope(row["scope"]),
        document_id=row["document"],
        **{key: row[key] for key in ("words", "rule", "reviewer", "at", "note")},
    )
