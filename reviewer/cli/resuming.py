"""Tells what findings depend on beside the file, and finds those of the last lint: what has not changed is not linted again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import reviewer
from reviewer import rulepack
from reviewer.config import Config
from reviewer.model import Document, Finding
from reviewer.store import Store
from reviewer.store.rows import OWN

LINTS = ("checks", "formats", "rulepack", "engine.py", "fingerprints.py", "model.py")
"""The parts of the program that findings depend on."""


def settings(chosen: Config) -> str:
    """A hash of all that findings depend on beside the file: rules, settled names, options, the program."""
    digest = hashlib.sha256()
    said = [rulepack.kept_as(chosen.rules), chosen.select, chosen.ignore, chosen.min_severity, chosen.min_confidence]
    digest.update(repr(said).encode())
    top = Path(str(reviewer.__file__)).parent
    code = [file for name in LINTS for file in (sorted((top / name).rglob("*.py")) if (top / name).is_dir() else [top / name])]
    for file in (*code, *chosen.names):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:32]


def known_findings(store: Store, document: Document) -> list[Finding]:
    """What the last lint found in a document, from the store, in order, decided or not; without what reviewers marked."""
    stored = store.document(document.path, document.name)
    keys = {segment.key for segment in document.segments}
    found = (one.finding for one in store.findings(stored.id)) if stored else ()
    return [finding for finding in found if finding.rule != OWN and finding.segment in keys]
