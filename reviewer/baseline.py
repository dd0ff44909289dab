"""Keeps the findings that a project has decided to live with in a file, so that later lints report only new ones."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from reviewer.model import Document, Finding, ReviewerError


class Baseline:
    """Known findings, by fingerprint: no line or offset, so the text around them may move; each counts as often as it was written.

    Where the same words come back in one more file, that one is new. `left_out` counts what was known so far.
    """

    def __init__(self, fingerprints: Iterable[str] = ()) -> None:
        self._known = Counter(fingerprints)
        self.left_out = 0

    def new(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Those of the findings that are not known, or stand there more often than was known."""
        for finding in findings:
            if self._known[finding.fingerprint] > 0:
                self._known[finding.fingerprint] -= 1
                self.left_out += 1
            else:
                yield finding


def read(file: Path) -> Baseline:
    """The baseline of a file. Raises ReviewerError that names the line at fault."""
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise ReviewerError(f"{file}: cannot be read ({said}); write one with `reviewer lint --write-baseline {file}`") from None
    return Baseline(_fingerprint(file, number, line) for number, line in enumerate(lines, 1) if line.strip())


def _fingerprint(file: Path, number: int, line: str) -> str:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if isinstance(row, dict) and isinstance(row.get("fingerprint"), str):
        return str(row["fingerprint"])
    raise ReviewerError(
        f'{file}:{number}: no line of a baseline, which is {{"fingerprint": ...}}; '
        f"take the line out, or write the file anew with --write-baseline"
    )


def line(file: str, document: Document, finding: Finding) -> str:
    """The line of a baseline for a finding; only its fingerprint counts, the rest tells people what it is."""
    row = {
        "fingerprint": finding.fingerprint,
        "file": file,
        **({"doc": document.name} if document.name else {}),
        "rule": finding.rule,
        "text": finding.text,
    }
    return json.dumps(row, ensure_ascii=False) + "\n"
