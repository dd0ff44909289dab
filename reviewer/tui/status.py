"""Says where the review stands, in two lines: which document and whose review; which finding, and how many are decided."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from reviewer.model import Verdict
from reviewer.tui.looks import QUIET, SIGNS, WORDS, flowing
from reviewer.tui.session import Session

ORDER = (Verdict.ACCEPT, Verdict.EDIT, Verdict.REJECT, Verdict.IGNORE)


class Status(Static):
    """The two lines at the top."""

    def show(self, session: Session, width: int) -> None:
        """Shows where a session stands, in `width` cells."""
        self.update(Content("\n").join([title(session, width), progress(session, width)]))


def title(session: Session, width: int) -> Content:
    """The document, its number where there are several, and the reviewer; the document's name is cut from the left."""
    several = len(session.documents) > 1
    place = f" [{session.number + 1}/{len(session.documents)}, {session.open:,} open in all]" if several else ""
    by = f"reviewer: {flowing(session.reviewer)}"
    room = max(10, width - cell_len(place) - cell_len(by) - 2)
    label = flowing(session.document.label)
    while cell_len(label) > room:
        label = "…" + label[2:]
    gap = " " * max(2, width - cell_len(label) - cell_len(place) - cell_len(by))
    return Content.assemble((label, "bold"), place, gap, (by, QUIET))


def progress(session: Session, width: int) -> Content:
    """The number of the finding, and how many of the document are decided, and how."""
    document = session.document
    counts = dict(zip(ORDER, (document.accepted, document.edited, document.rejected, document.ignored), strict=True))
    place = f"{session.index + 1:,} of {document.total:,}" if document.total else "no findings"
    start = f"{place}   {document.total - document.open:,} decided, {document.open:,} open:"
    long = "  ".join(f"{SIGNS[state]} {count:,} {WORDS[state]}" for state, count in counts.items())
    if cell_len(start) + 1 + cell_len(long) > width:
        long = "  ".join(f"{SIGNS[state]} {count:,}" for state, count in counts.items())
    return Content.assemble(start, " ", long)
