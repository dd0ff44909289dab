"""Shows the findings of a document, a line each; it draws the lines that are seen, and no others."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reviewer.model import Verdict
from reviewer.store import StoredFinding
from reviewer.tui.drawing import strip_of
from reviewer.tui.looks import QUIET, SIGNS, WEIGHTS, quoted, short, style_of
from reviewer.tui.messages import Chosen
from reviewer.tui.passage import Line, Run

CURRENT = "reverse"


class FindingList(ScrollView, can_focus=False):
    """The findings of one document; the current one is always in sight."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._findings: Sequence[StoredFinding] = ()
        self._current = 0

    def show(self, findings: Sequence[StoredFinding], current: int) -> None:
        """Shows these findings; `current` is the index of the one to stand out."""
        self._findings, self._current = findings, current
        self.virtual_size = Size(0, len(findings))
        self._bring_into_sight()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the list; see Textual's Line API."""
        index, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if index >= len(self._findings):
            return strip_of((), self, width)
        return strip_of(row(self._findings[index], width), self, width, CURRENT if index == self._current else "")

    def on_resize(self) -> None:
        """Keeps the current finding in sight."""
        self._bring_into_sight()

    def on_click(self, event: events.Click) -> None:
        """Chooses the finding that was clicked."""
        place = event.get_content_offset(self)
        if place is not None and (index := place.y + self.scroll_offset.y) < len(self._findings):
            self.post_message(Chosen(self._findings[index].id))

    def _bring_into_sight(self) -> None:
        height = self.scrollable_content_region.height
        top = self.scroll_offset.y
        if height and not top + 1 <= self._current < top + height - 1:
            self.scroll_to(y=max(0, self._current - height // 2), animate=False, force=True)


def row(stored: StoredFinding, width: int) -> Line:
    """State, severity, words, and what replaces them or would; long words leave room for that."""
    finding, style = stored.finding, style_of(stored)
    signs = f"{SIGNS[stored.state]} {WEIGHTS[finding.severity]:<3} "
    better = stored.decision_text
    if better is None and stored.state is Verdict.OPEN and finding.fixes:
        better = finding.fixes[0].text
    room = max(10, width - len(signs))
    if better is None:
        return (Run(signs + short(quoted(finding.text), room), style),)
    arrow = " → " + short(quoted(better), room)
    words = short(quoted(finding.text), max(room // 2, room - cell_len(arrow)))
    shown = short(arrow, max(4, room - cell_len(words)))
    return Run(signs + words, style), Run(shown, QUIET if stored.decision_text is None else style)
