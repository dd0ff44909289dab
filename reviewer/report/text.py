"""Turns places into the report people read in a terminal: the line, the words underlined, why, the fix, and a summary."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from reviewer.model import Severity, Span
from reviewer.printable import on_one_line, printable
from reviewer.report.place import Place, label
from reviewer.report.tally import Tally

STYLES = {Severity.CRITICAL: "bold red", Severity.MAJOR: "yellow", Severity.MINOR: "cyan"}
_MARGIN = 6
_LONGEST_QUOTE = 60


def lines(places: Iterable[Place], width: int) -> Iterator[Text]:
    """The report on each finding, grouped by file and document."""
    heading = ""
    for place in places:
        name = label((place.file, place.document.name))
        if name != heading:
            yield Text(("\n" if heading else "") + on_one_line(name), "bold underline")
            heading = name
        yield from _finding(place, width)


def _finding(place: Place, width: int) -> Iterator[Text]:
    finding = place.finding
    where = f"{place.begin.line}:{place.begin.column}" if place.begin else f"segment {place.segment.key}"
    style = STYLES[finding.severity]
    yield Text.assemble(
        "  ",
        (on_one_line(where), "bold"),
        "  ",
        (str(finding.severity), style),
        "  ",
        finding.category,
        f"  {finding.confidence:.0%}  ",
        (finding.rule, "dim"),
    )
    before, words, after = _window(place.segment.target, finding.span, max(30, width - _MARGIN - 2))
    yield Text.assemble(" " * _MARGIN, before, (words, f"{style} underline"), after)
    yield Text(" " * (_MARGIN + cell_len(before)) + "^" * max(1, cell_len(words)), style)
    yield from _wrapped(printable(finding.message), width)
    if finding.fixes:
        yield from _wrapped(
            "fix: " + "  |  ".join(_fix(number, fix.text) for number, fix in enumerate(finding.fixes, 1)), width, "green"
        )
    if related := [one for one in finding.related if one.text != finding.text or one.side == "source"]:
        yield from _wrapped("see: " + ", ".join(f'"{_short(one.text)}"' for one in related[:3]), width, "dim")


def _fix(number: int, text: str) -> str:
    return f"{number} {printable(text)}" if text.strip() else f"{number} (delete)"


def _short(text: str) -> str:
    flat = " ".join(printable(text).split())
    return flat if len(flat) <= _LONGEST_QUOTE else flat[: _LONGEST_QUOTE - 1] + "…"


def _window(text: str, span: Span, width: int) -> tuple[str, str, str]:
    """The words of a span between as much of the text around them as a line holds."""
    words = _flat(span.of(text))
    if cell_len(words) > width:
        words = _clip(words, width - 1) + "…"
    room = width - cell_len(words)
    before = _flat(text[max(0, span.start - width) : span.start])
    after = _flat(text[span.end : span.end + width])
    left = min(cell_len(before), max(room // 2, room - cell_len(after)))
    if cell_len(before) > left:
        before = "…" + _clip(before[::-1], max(0, left - 1))[::-1] if left else ""
    return before, words, _clip(after, max(0, room - cell_len(before)))


def _flat(text: str) -> str:
    return printable(re.sub(r"\s", " ", text))


def _clip(text: str, cells: int) -> str:
    while cell_len(text) > cells:
        text = text[: max(cells, 0)] if len(text) > cells else text[:-1]
    return text


def _wrapped(text: str, width: int, style: str = "") -> Iterator[Text]:
    """The text broken into lines under the finding."""
    line = ""
    for word in text.split():
        if line and cell_len(line) + 1 + cell_len(word) > max(30, width - _MARGIN):
            yield Text(" " * _MARGIN + line, style)
            line = ""
        line = f"{line} {word}" if line else word
    if line:
        yield Text(" " * _MARGIN + line, style)


def summary(tally: Tally) -> Text:
    """The last line: how many findings of which severity, in how much text."""
    total, files = tally.shown.total(), len(tally.files)
    reviewed = f"{files} file{'s' * (files != 1)}, {tally.words:,} words"
    if not total:
        return Text(f"No findings in {reviewed}.", "green")
    counts = ", ".join(f"{tally.shown[severity]} {severity}" for severity in Severity if tally.shown[severity])
    dense = f", {tally.density:.1f} a thousand words" if tally.density else ""
    return Text(f"{total} finding{'s' * (total != 1)} in {reviewed}: {counts}{dense}.", "bold")


def rendered(places: Iterable[Place], tally: Tally, *, for_file: bool = False) -> Iterator[str]:
    """The whole report, a line at a time; in colour where standard output is a terminal and the report goes there.

    `tally` has to have counted the places when they are through.
    Where no file was read there is no last line either: no findings would be a claim about a text that nobody has seen.
    """
    console = Console(no_color=True, width=120, file=io.StringIO()) if for_file else Console()
    for line in lines(places, console.width):
        yield _encoded(line, console)
    if tally.files:
        yield _encoded(Text("\n") + summary(tally), console)


def _encoded(line: Text, console: Console) -> str:
    """A line with the escape codes that the console wants, and its end."""
    if not console.is_terminal:
        return line.plain + "\n"
    with console.capture() as captured:
        console.print(line, soft_wrap=True, markup=False, highlight=False, emoji=False)
    return captured.get()
