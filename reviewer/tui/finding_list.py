"""Shows the findings in view, a line each, under headings; it draws the lines that are seen, and no others."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reviewer.model import ReviewerError, Verdict
from reviewer.store import StoredFinding
from reviewer.tui.drawing import refresh_changed, strip_of
from reviewer.tui.headings import Headings
from reviewer.tui.looks import QUIET, SIGNS, WEIGHTS, flowing, quoted, short, style_of
from reviewer.tui.messages import Chosen
from reviewer.tui.passage import Line, Run
from reviewer.tui.session import Session

CURRENT = "reverse"

Row = tuple[Line, str]
"""What stands on a line, and the style below it."""


class FindingList(ScrollView, can_focus=False):
    """The findings in view; the current one is always in sight."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._session: Session | None = None
        self._headings = Headings(0, ())
        self._drawn: tuple[int, int, list[Row]] = (0, 0, [])  # the first line in sight, the width, the lines

    def show(self, session: Session) -> None:
        """Shows the queue of a session."""
        self._session = session
        self._headings = session.headings
        self.virtual_size = Size(0, self._headings.lines)
        self._bring_into_sight()
        room = self.scrollable_content_region
        before, top = self._drawn, self.scroll_offset.y
        self._drawn = top, room.width, [self._row(top + y, room.width) for y in range(room.height)]
        if before[:2] == self._drawn[:2]:
            refresh_changed(self, before[2], self._drawn[2])
        else:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the list; see Textual's Line API."""
        width = self.scrollable_content_region.width
        line, under = self._row(y + self.scroll_offset.y, width)
        return strip_of(line, self, width, under)

    def _row(self, line: int, width: int) -> Row:
        session = self._session
        if session is None or line >= self._headings.lines:
            return (), ""
        place, heading = self._headings.at(line)
        if heading is not None:
            return _heading(heading.label, heading.count, width), ""
        try:
            stored = session.stored(place)
        except ReviewerError:  # told when the key was pressed; a line that cannot be read stays empty
            stored = None
        under = CURRENT if place == session.at and session.current is not None else ""
        return row(stored, width) if stored else (), under

    def on_resize(self) -> None:
        """Keeps the current finding in sight."""
        self._bring_into_sight()

    def on_click(self, event: events.Click) -> None:
        """Chooses the finding that was clicked."""
        place = event.get_content_offset(self)
        if place is None or self._session is None:
            return
        line = place.y + self.scroll_offset.y
        if line < self._headings.lines:
            number, _ = self._headings.at(line)
            self.post_message(Chosen(self._session.queue[number]))

    def _bring_into_sight(self) -> None:
        if self._session is None:
            return
        height = self.scrollable_content_region.height
        top, line = self.scroll_offset.y, self._headings.line_of(self._session.at)
        if height and not top + 1 <= line < top + height - 1:
            self.scroll_to(y=max(0, line - height // 2), animate=False, force=True, immediate=True)


def _heading(label: str, count: int, width: int) -> Line:
    number = f" {count:,}"
    name = short(flowing(label), max(4, width - cell_len(number)))
    return Run(name, "bold"), Run(number, QUIET)


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
