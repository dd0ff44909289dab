"""How states and severities look: a sign and a word for each, so that colour is never all that tells them apart."""

from __future__ import annotations

import re

from rich.cells import cell_len, set_cell_size

from reviewer.model import Severity, Verdict
from reviewer.printable import printable
from reviewer.store import StoredFinding

# No sign is of ambiguous width (East Asian Width A): some terminals in China draw those two cells wide.
SIGNS = {Verdict.OPEN: "?", Verdict.ACCEPT: "✓", Verdict.EDIT: "✎", Verdict.REJECT: "✗", Verdict.IGNORE: "~"}
WORDS = {
    Verdict.OPEN: "open",
    Verdict.ACCEPT: "accepted",
    Verdict.EDIT: "edited",
    Verdict.REJECT: "rejected",
    Verdict.IGNORE: "ignored",
}
WEIGHTS = {Severity.CRITICAL: "!!!", Severity.MAJOR: "!!", Severity.MINOR: "!"}

# Styles as Textual reads them; $names come from the theme.
SEVERITY_STYLES = {Severity.CRITICAL: "bold $text-error", Severity.MAJOR: "$text-warning", Severity.MINOR: "$text-primary"}
CHANGED_STYLE = "$text-success"
KEPT_STYLE = "dim"
QUIET = "$foreground-muted"

_BREAK = re.compile(r"[ \t]*[\r\n\x0b\x0c\x85\u2028\u2029][\s]*")
DELETED = "⌫"
SPACE = "␣"


def style_of(stored: StoredFinding) -> str:
    """The style of a finding's words: by severity while it is open, by what became of it afterwards."""
    if stored.state is Verdict.OPEN:
        return SEVERITY_STYLES[stored.finding.severity]
    return KEPT_STYLE if stored.decision_text is None else CHANGED_STYLE


def flowing(text: str) -> str:
    """The text safe to show as one flow: each line break as one space, tabs as spaces, control characters visible."""
    return printable(_BREAK.sub(" ", text)).replace("\t", " ")


def quoted(text: str) -> str:
    """Words on their own, safe to show: a deletion, and white space at either end, as signs."""
    if not text:
        return f"{DELETED} (delete)"
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return SPACE * start + flowing(text[start:end]) + SPACE * (len(text) - max(start, end))


def short(text: str, longest: int) -> str:
    """The words, cut with an ellipsis where they take more than `longest` cells."""
    return text if cell_len(text) <= longest else set_cell_size(text, longest - 1).rstrip() + "…"
