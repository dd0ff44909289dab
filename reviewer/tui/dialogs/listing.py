"""A scrolled list of lines, each made when it is seen: what group and bulk decisions show before they are made."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reviewer.model import Verdict
from reviewer.store import StoredFinding
from reviewer.tui.drawing import strip_of
from reviewer.tui.looks import CHANGED_STYLE, QUIET, flowing, quoted, short
from reviewer.tui.passage import Line, Run
from reviewer.tui.session import Session


class Listing(ScrollView):
    """`count` lines; `line` makes one from its number, from 0, and the width in cells."""

    def __init__(self, count: int, line: Callable[[int, int], Line], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._count, self._line = count, line
        self.virtual_size = Size(0, count)

    def on_mount(self) -> None:
        """As high as its lines, up to what the dialog leaves it; it takes the arrow keys."""
        self.styles.height = max(1, self._count)
        self.focus()

    def render_line(self, y: int) -> Strip:
        """One line of the list; see Textual's Line API."""
        number, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        return strip_of(self._line(number, width) if number < self._count else (), self, width)


def in_context(session: Session, stored: StoredFinding, width: int, better: str | None = None) -> Line:
    """A finding's words between those around them, in one line; `better` is shown in their place, the words struck through."""
    target = session.target_of(stored)
    span = stored.finding.span
    words = short(quoted(span.of(target)), max(8, width // 2))
    put = "" if better is None else short(quoted(better), max(8, width // 2))
    room = max(0, width - cell_len(words) - cell_len(put) - 1)
    before = flowing(target[max(0, span.start - room // 2) : span.start])
    while cell_len(before) > room // 2:  # Chinese takes two cells a character
        before = before[1:]
    after = flowing(target[span.end : span.end + room])
    style = "bold" if better is None and stored.state is Verdict.OPEN else "strike $text-error" if better is not None else QUIET
    runs = [Run(before, QUIET), Run(words, style, stored.id)]
    if better is not None:
        runs += [Run(" ", QUIET), Run(put, CHANGED_STYLE)]
    return (*runs, Run(after, QUIET))
