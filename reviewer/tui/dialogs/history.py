"""Tells who said what of a finding, and when: the rows of the log, as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from textual.content import Content

from reviewer.model import Decision, Verdict
from reviewer.store import StoredFinding
from reviewer.tui.looks import CHANGED_STYLE, QUIET, SIGNS, WORDS, flowing, quoted


def history_text(stored: StoredFinding, decisions: Sequence[Decision]) -> Content:
    """Everything that was ever said of a finding, oldest first."""
    return Content("\n").join(_rows(stored, decisions))


def _rows(stored: StoredFinding, decisions: Sequence[Decision]) -> Iterator[Content]:
    yield Content.styled(quoted(stored.finding.text), "bold")
    yield Content.styled(flowing(f"{stored.finding.rule}: {stored.finding.message}"), QUIET)
    yield Content("")
    for decision in decisions:
        text = Content.assemble(
            (f"{when(decision.at)}  ", QUIET),
            f"{flowing(decision.reviewer)}: {SIGNS[decision.verdict]} {WORDS[decision.verdict]}",
        )
        if decision.text is not None:
            text = Content.assemble(text, ": ", (quoted(decision.text), CHANGED_STYLE))
        yield Content.assemble(text, (f"   {flowing(decision.note)}" if decision.note else "", QUIET))
    if not decisions:
        yield Content("Nobody has decided anything yet.")
    if stored.state is Verdict.IGNORE and stored.suppressed_by is not None:
        yield Content(f"These words, or this rule, are ignored (suppression {stored.suppressed_by}).")


def when(at: str) -> str:
    """A time of the store, ISO 8601 in UTC, as the reviewer's clock shows it."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return at
