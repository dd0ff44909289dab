"""Draws lines of runs as the strips of a widget, and no line anew that has not changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from reviewer.tui.passage import Line


def strip_of(line: Line, widget: Widget, width: int, under: str = "") -> Strip:
    """A line in the colours of the widget's theme, exactly `width` cells wide; `under` is a style below those of its runs."""
    variables = widget.app.theme_variables
    base = widget.visual_style + Style.parse(under, variables) if under else widget.visual_style
    styles = [base + Style.parse(run.style, variables) if run.style else base for run in line]
    segments = [Segment(run.text, style.rich_style) for run, style in zip(line, styles, strict=True)]
    return Strip(segments).adjust_cell_length(width, base.rich_style)


def refresh_changed(widget: Widget, before: Sequence[object], after: Sequence[object]) -> None:
    """Has a widget draw anew those of its lines, from its top, that are no longer what they were."""
    lines = [Region(0, y, widget.size.width, 1) for y, (old, new) in enumerate(zip_longest(before, after)) if old != new]
    if lines:
        widget.refresh(*lines)


def finding_at(line: Line, column: int) -> int | None:
    """The id of the finding whose words stand at a column, in cells from 0."""
    for run in line:
        column -= cell_len(run.text)
        if column < 0:
            return run.finding
    return None
