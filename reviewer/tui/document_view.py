"""Shows a document around the current finding; it lays out the paragraphs that are seen, and no others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from textual import events
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from reviewer.model import ReviewerError
from reviewer.printable import printable
from reviewer.store import StoredFinding
from reviewer.tui import window
from reviewer.tui.drawing import finding_at, strip_of
from reviewer.tui.manuscript import Manuscript
from reviewer.tui.messages import Chosen
from reviewer.tui.passage import Line, lines
from reviewer.tui.window import Place

MARGIN = 2
"""Lines; the view moves only where the current finding would stand nearer to its edge."""
WHEEL = 3


class DocumentView(Widget):
    """The document as it reads with the decisions made so far."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._manuscript: Manuscript | None = None
        self._current: StoredFinding | None = None
        self._top = Place()
        self._laid_out: dict[int, list[Line]] = {}
        self._visible: list[Line] = []

    def show(self, manuscript: Manuscript, current: StoredFinding | None) -> None:
        """Draws the document anew, with `current` in sight. Raises ReviewerError where its text cannot be read."""
        if self._manuscript is None or manuscript.document_id != self._manuscript.document_id:
            self._top = Place()
        self._manuscript, self._current = manuscript, current
        self._laid_out.clear()
        self._bring_into_sight()
        self._draw()

    def scroll_lines(self, by: int) -> None:
        """Moves the text up by so many lines, or down where `by` is negative; the current finding stays the same."""
        if self._manuscript is not None:
            end = window.around(Place(self._manuscript.length), 1, self._layout, self._manuscript.length)
            last = window.moved(end, 1 - self.size.height, self._layout, self._manuscript.length)
            self._top = min(window.moved(self._top, by, self._layout, self._manuscript.length), max(last, Place()))
            self._draw()

    def scroll_pages(self, by: int) -> None:
        """Moves the text by so many windows full."""
        self.scroll_lines(by * max(1, self.size.height - 1))

    def render_line(self, y: int) -> Strip:
        """One line of the window; see Textual's Line API."""
        line = self._visible[y] if y < len(self._visible) else ()
        return strip_of(line, self, self.size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as there is room: the text is never shown whole."""
        return container.height

    def on_resize(self) -> None:
        """Breaks the lines anew, with the current finding still in sight."""
        self._laid_out.clear()
        with self._telling():
            self._bring_into_sight()
            self._draw()

    def on_click(self, event: events.Click) -> None:
        """Chooses the finding whose words were clicked."""
        place = event.get_content_offset(self)
        if place is not None and place.y < len(self._visible):
            finding = finding_at(self._visible[place.y], place.x)
            if finding is not None:
                self.post_message(Chosen(finding))

    def on_mouse_scroll_down(self) -> None:
        """Scrolls."""
        with self._telling():
            self.scroll_lines(WHEEL)

    def on_mouse_scroll_up(self) -> None:
        """Scrolls back."""
        with self._telling():
            self.scroll_lines(-WHEEL)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """What the terminal asks for has no caller to raise to."""
        try:
            yield
        except ReviewerError as error:
            self.notify(printable(str(error)), severity="error", markup=False)

    def _draw(self) -> None:
        if self._manuscript is not None:
            found = window.following(self._top, self.size.height, self._layout, self._manuscript.length)
            self._visible = list(found)
        self.refresh()

    def _bring_into_sight(self) -> None:
        if self._manuscript is None or self._current is None or not self.size.width:
            return
        height, place = self.size.height, self._place_of(self._current)
        below = window.distance(self._top, place, self._layout, height)
        if below is None or not MARGIN <= below < height - MARGIN:
            self._top = window.around(place, height, self._layout, self._manuscript.length)

    def _place_of(self, stored: StoredFinding) -> Place:
        """The line on which a finding's words begin."""
        for number, line in enumerate(self._layout(stored.position)):
            if any(run.finding == stored.id for run in line):
                return Place(stored.position, number)
        return Place(stored.position, 0)

    def _layout(self, position: int) -> Sequence[Line]:
        if position not in self._laid_out:
            assert self._manuscript is not None
            segment = self._manuscript.segment(position)
            current = self._current.id if self._current else None
            found = lines(segment, self._manuscript.findings_at(position), current, max(1, self.size.width))
            self._laid_out[position] = found if segment.kind in ("item", "cell") else [*found, ()]
        return self._laid_out[position]
