"""Says where the review stands, in two lines: which document and whose review, or what the last key did; which finding, how far."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from reviewer.model import Verdict
from reviewer.tui.looks import QUIET, SIGNS, WORDS, flowing, short
from reviewer.tui.session import Session

ORDER = (Verdict.ACCEPT, Verdict.EDIT, Verdict.REJECT, Verdict.IGNORE)
BAR = 10
"""Cells."""
LONG_BAR = 30
ROOMY = 120


class Status(Static):
    """The two lines at the top."""

    said = ""
    """What the last key did that is not to be seen otherwise."""

    def show(self, session: Session, width: int, said: str = "") -> None:
        """Shows where a session stands, in `width` cells, and says what the last key did."""
        self.said = said
        self.update(Content("\n").join([title(session, width, said), progress(session, width)]), layout=False)


def title(session: Session, width: int, said: str = "") -> Content:
    """The document, its number where there are several, what is in view, and the reviewer; a long name is cut from the left.

    What is said stands in the place of all but the document's name.
    """
    several = len(session.documents) > 1
    place = f" [{session.number + 1}/{len(session.documents)}, {session.open:,} open in all]" if several else ""
    shown = session.view.said()
    view = f"  {short(flowing(shown), 40)}" if shown else ""
    by = short(f"reviewer: {flowing(session.reviewer)}", 24)
    if said:
        place, view, by = "", "", short(flowing(said), max(20, width - 14))
    room = max(10, width - cell_len(place) - cell_len(view) - cell_len(by) - 2)
    label = flowing(session.document.label)
    while cell_len(label) > room:
        label = "…" + label[2:]
    gap = " " * max(2, width - cell_len(label) - cell_len(place) - cell_len(view) - cell_len(by))
    return Content.assemble((label, "bold"), place, (view, "$text-accent"), gap, (by, "bold $text-accent" if said else QUIET))


def progress(session: Session, width: int) -> Content:
    """The number of the finding, how far the document has come, as a bar and in numbers."""
    document = session.document
    counts = dict(zip(ORDER, (document.accepted, document.edited, document.rejected, document.ignored), strict=True))
    done = document.total - document.open
    if session.view.plain:
        place = f"{session.index + 1:,} of {document.total:,}" if document.total else "no findings"
    else:
        place = f"{session.at + 1:,} of {len(session.queue):,} in view" if session.queue else "nothing in view"
    start = f"{place}  {bar(done, document.total, LONG_BAR if width >= ROOMY else BAR)}  {done:,} decided, {document.open:,} open: "
    long = "  ".join(f"{SIGNS[state]} {count:,} {WORDS[state]}" for state, count in counts.items())
    if cell_len(start) + cell_len(long) > width:
        long = "  ".join(f"{SIGNS[state]} {count:,}" for state, count in counts.items())
    return Content.assemble(start, long)


def bar(done: int, total: int, width: int) -> str:
    """A bar that is full only when all is done, and not empty once anything is. Braille: no terminal draws that two cells wide."""
    full = width if done == total else min(width - 1, max(int(done > 0), width * done // total))
    return "⣿" * full + "⣀" * (width - full)
