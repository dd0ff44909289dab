"""Says in one line what is wrong and what to write, for tools that show one text a finding."""

from __future__ import annotations

from reviewer.model import Finding
from reviewer.printable import on_one_line

_LONGEST = 120


def title(finding: Finding) -> str:
    """The words at fault in quotation marks, cut where they are long; on one line, without control characters."""
    return f"“{_short(finding.text)}”"


def advice(finding: Finding) -> str:
    """The words, why they are wrong, and what to write instead; on one line, without control characters."""
    said = f"{title(finding)}: {on_one_line(finding.message)}"
    fixes = [f"write “{_short(fix.text)}”" if fix.text.strip() else "delete it" for fix in finding.fixes]
    return f"{said} Better: {' or '.join(fixes)}." if fixes else said


def _short(text: str) -> str:
    line = on_one_line(text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
