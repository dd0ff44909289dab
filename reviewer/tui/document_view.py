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
from reviewer.tui import columns, outline, window
from reviewer.tui.drawing import finding_at, refresh_changed, strip_of
from reviewer.tui.looks import QUIET
from reviewer.tui.manuscript import Manuscript
from reviewer.tui.messages import Chosen
from reviewer.tui.outline import Outline
from reviewer.tui.passage import Line, Run, lines
from reviewer.tui.window import Place

MARGIN = 2
"""Lines; the view moves only where the current finding would stand nearer to its edge."""
WHEEL = 3
WIDE = 76
"""Cells; a narrower view has no room for the Chinese beside the English."""


class DocumentView(Widget):
    """The document as it reads with the decisions made so far.

    `fold` folds the stretches without findings; `beside` shows the source in a column of its own where there is room.
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.fold = False
        self.beside = False
        self._manuscript: Manuscript | None = None
        self._current: StoredFinding | None = None
        self._outline = Outline(0)
        self._opened: set[int] = set()  # the first paragraphs of stretches that stay unfolded
        self._marked: tuple[int, ...] = ()
        self._top = Place()
        self._laid_out: dict[int, list[Line]] = {}
        self._visible: list[Line] = []
        self._numbers: list[int] = []

    def show(self, manuscript: Manuscript, current: StoredFinding | None, *, stay: bool = False) -> None:
        """Draws the document anew, with `current` in sight; with `stay`, where it was scrolled to, if it is the same document.

        Raises ReviewerError where its text cannot be read.
        """
        stay = stay and self._manuscript is not None and manuscript.document_id == self._manuscript.document_id
        if self._manuscript is None or manuscript.document_id != self._manuscript.document_id:
            self._top = Place()
            self._opened.clear()
        if manuscript is not self._manuscript:
            self._marked = tuple(dict.fromkeys(one.position for one in manuscript.findings))
        self._manuscript, self._current = manuscript, current
        self._lay_out_anew(stay=stay)

    def look(self, *, fold: bool | None = None, beside: bool | None = None) -> None:
        """Changes how the document is shown. Raises ReviewerError where its text cannot be read."""
        self.fold = self.fold if fold is None else fold
        self.beside = self.beside if beside is None else beside
        self._opened.clear()
        self._lay_out_anew()

    def go_to(self, position: int) -> None:
        """Shows the paragraph at a position, unfolded."""
        number = self._outline.number(position)
        if (block := self._outline.block(number)).count > 1:
            self._opened.add(block.first)
            self._lay_out_anew()
            number = self._outline.number(position)
        if self._manuscript is not None:
            self._top = window.around(Place(number), self.size.height, self._layout, self._outline.length)
            self._draw()

    def scroll_lines(self, by: int) -> None:
        """Moves the text up by so many lines, or down where `by` is negative; the current finding stays the same."""
        if self._manuscript is not None:
            end = window.around(Place(self._outline.length), 1, self._layout, self._outline.length)
            last = window.moved(end, 1 - self.size.height, self._layout, self._outline.length)
            self._top = min(window.moved(self._top, by, self._layout, self._outline.length), max(last, Place()))
            self._draw()

    def scroll_pages(self, by: int) -> None:
        """Moves the text by so many windows full."""
        self.scroll_lines(by * max(1, self.size.height - 1))

    @property
    def beside_fits(self) -> bool:
        """Whether the source stands beside the text now."""
        return self.beside and self.size.width >= WIDE

    @property
    def position(self) -> int:
        """The paragraph that the middle of the window shows, from 0."""
        if not self._numbers:
            return 0
        return self._outline.block(self._numbers[min(len(self._numbers) - 1, self.size.height // 2)]).first

    def render_line(self, y: int) -> Strip:
        """One line of the window; see Textual's Line API."""
        line = self._visible[y] if y < len(self._visible) else ()
        return strip_of(line, self, self.size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as there is room: the text is never shown whole."""
        return container.height

    def on_resize(self) -> None:
        """Breaks the lines anew, with the current finding still in sight."""
        with self._telling():
            self._lay_out_anew()

    def on_click(self, event: events.Click) -> None:
        """Chooses the finding whose words were clicked; unfolds a fold."""
        place = event.get_content_offset(self)
        if place is None or place.y >= len(self._visible):
            return
        finding = finding_at(self._visible[place.y], place.x)
        block = self._outline.block(self._numbers[place.y])
        if finding is not None:
            self.post_message(Chosen(finding))
        elif block.count > 1:
            with self._telling():
                self.go_to(block.first)

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

    def _lay_out_anew(self, *, stay: bool = False) -> None:
        self._laid_out.clear()
        if self._manuscript is not None:
            length = self._manuscript.length
            self._outline = outline.folded(length, self._marked, self._opened) if self.fold else Outline(length)
        if stay:
            self._top = min(self._top, Place(max(self._outline.length - 1, 0)))
        else:
            self._bring_into_sight()
        self._draw()

    def _draw(self) -> None:
        if self._manuscript is not None:
            found = list(window.following(self._top, self.size.height, self._layout, self._outline.length))
            before, self._visible = self._visible, [line for _, line in found]
            self._numbers = [number for number, _ in found]
            refresh_changed(self, before, self._visible)

    def _bring_into_sight(self) -> None:
        if self._manuscript is None or not self.size.width:
            return
        height, total = self.size.height, self._outline.length
        if self._current is None:
            self._top = min(self._top, Place(max(total - 1, 0)))
            return
        place = self._place_of(self._current)
        below = window.distance(self._top, place, self._layout, height)
        if below is None or not MARGIN <= below < height - MARGIN:
            self._top = window.around(place, height, self._layout, total)

    def _place_of(self, stored: StoredFinding) -> Place:
        """The line on which a finding's words begin."""
        number = self._outline.number(stored.position)
        for line_number, line in enumerate(self._layout(number)):
            if any(run.finding == stored.id for run in line):
                return Place(number, line_number)
        return Place(number, 0)

    def _layout(self, number: int) -> Sequence[Line]:
        if number not in self._laid_out:
            block = self._outline.block(number)
            self._laid_out[number] = self._fold(block.count) if block.count > 1 else self._paragraph(block.first)
        return self._laid_out[number]

    def _fold(self, count: int) -> list[Line]:
        return [(Run(f"── {count:,} clean paragraphs ──", QUIET),), ()]

    def _paragraph(self, position: int) -> list[Line]:
        assert self._manuscript is not None
        segment = self._manuscript.segment(position)
        current = self._current.id if self._current else None
        width = max(1, self.size.width)
        lay_out = columns.beside if self.beside_fits else lines
        found = lay_out(segment, self._manuscript.findings_at(position), current, width)
        return found if segment.kind in ("item", "cell") else [*found, ()]
