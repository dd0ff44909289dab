"""What the widgets tell the screen; only the screen acts on it."""

from __future__ import annotations

from textual.message import Message

from reviewer.model import Verdict


class Decided(Message):
    """Somebody decided a finding: `text` replaces its words, for accept and edit."""

    def __init__(self, finding_id: int, verdict: Verdict, text: str | None = None) -> None:
        super().__init__()
        self.finding_id = finding_id
        self.verdict = verdict
        self.text = text


class Chosen(Message):
    """Somebody pointed at a finding, to look at it."""

    def __init__(self, finding_id: int) -> None:
        super().__init__()
        self.finding_id = finding_id
