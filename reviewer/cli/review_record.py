"""`reviewer export --as`: what a review has come to, from the store alone, for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer import export
from reviewer.cli import linted
from reviewer.export import Change
from reviewer.model import Verdict

if TYPE_CHECKING:
    from reviewer.export.memory import Correction
    from reviewer.export.mqm import Judged
    from reviewer.store import Store, StoredDocument, StoredFinding

KINDS = ("tmx", "mqm", "decisions")
SYSTEM = "mt"


def chunks(kind: str, store: Store, files: Sequence[Path], system: str) -> Iterator[str]:
    """The record of one of KINDS in pieces of text: of some files, or of all. Raises ReviewerError for a file never linted."""
    documents = [one for file in files for one in linted.documents(file, store)] if files else store.documents()
    if kind == "decisions":
        from reviewer.export import decisions

        return decisions.jsonl(store.log({document.path for document in documents} if files else None), linted.as_called)
    if kind == "mqm":
        from reviewer.export import mqm

        return mqm.tsv((_judged(store, document) for document in documents), system)
    from reviewer.export import memory

    return memory.tmx(one for document in documents for one in _corrections(store, document))


def _judged(store: Store, document: StoredDocument) -> Judged:
    from reviewer.export.mqm import Judged

    name = linted.as_called(document.path) + f"#{document.name}" * bool(document.name)
    return Judged(name, store.segments(document.id), store.findings(document.id))


def _corrections(store: Store, document: StoredDocument) -> Iterator[Correction]:
    """The paragraphs that decisions change, in reading order."""
    from reviewer.export.memory import Correction

    decided: dict[int, list[StoredFinding]] = {}
    for one in store.findings(document.id, states=(Verdict.ACCEPT, Verdict.EDIT)):
        decided.setdefault(one.position, []).append(one)
    segments = store.segments(document.id) if decided else []
    for position, findings in decided.items():
        segment, last = segments[position], max(findings, key=lambda one: one.at)
        changes = [Change(one.finding.span, one.decision_text or "") for one in findings]
        after = "".join(export.correct([segment.target], changes))
        if after != segment.target:
            file = linted.as_called(document.path)
            yield Correction(file, segment.key, segment.source, segment.target, after, last.reviewer, last.at)
