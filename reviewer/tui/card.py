"""Shows what is known of the current finding: why, the fixes, what was decided, the source, other opinions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.style import Style

from reviewer.model import Related, Segment, Span, Verdict
from reviewer.store import StoredFinding
from reviewer.tui.lines import Lines
from reviewer.tui.looks import CHANGED_STYLE, QUIET, SEVERITY_STYLES, SIGNS, WEIGHTS, WORDS, flowing, quoted, short, style_of
from reviewer.tui.messages import Decided

LONGEST = 60
OTHERS = 4


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around a finding.

    `alike`: how many findings of its rule on the same words are open; `agreed` and `judged`: how often reviewers accepted or
    edited what its rule found, and how often they accepted, edited or rejected it. `source`: whether the card shows the Chinese.
    """

    alike: int = 0
    agreed: int = 0
    judged: int = 0
    source: bool = False


class Card(Lines):
    """The current finding; a click on a fix accepts it."""

    fills = True
    _finding: StoredFinding | None = None

    def show(self, stored: StoredFinding, segment: Segment, around: Around, *, roomy: bool) -> None:
        """Shows a finding of `segment`; `roomy` gives each fix a line of its own."""
        self._finding = stored
        self.put(Content("\n").join(rows(stored, segment, around, roomy=roomy)))

    def say(self, text: Content) -> None:
        """Shows something else than a finding."""
        self._finding = None
        self.put(text)

    def action_take(self, number: int) -> None:
        """Accepts the fix of that number, from 1."""
        if self._finding is not None:
            fix = self._finding.finding.fixes[number - 1]
            self.post_message(Decided(self._finding.id, Verdict.ACCEPT, fix.text))


def rows(stored: StoredFinding, segment: Segment, around: Around, *, roomy: bool) -> Iterator[Content]:
    """The card, a paragraph each."""
    finding = stored.finding
    style = SEVERITY_STYLES[finding.severity]
    yield Content.assemble(
        (f"{WEIGHTS[finding.severity]} {finding.severity}", style),
        f"  {flowing(finding.category)}  {finding.confidence:.0%}  ",
        (flowing(finding.rule), QUIET),
        (f"  reviewers agreed {around.agreed:,} of {around.judged:,} times" if around.judged else "", QUIET),
    )
    if stored.state is not Verdict.OPEN:
        yield decided(stored)
    yield Content(flowing(finding.message))
    yield from _fixes(stored, roomy)
    if around.alike > 1:
        yield Content.assemble(("same words open: ", QUIET), f"{around.alike:,}", ("   g decides them together", QUIET))
    yield from _others(finding.related, stored)
    if segment.source and around.source:
        yield _source(segment.source, [one.span for one in finding.related if one.side == "source" and one.segment == segment.key])
    if finding.also:
        yield Content.styled("also " + ", ".join(flowing(rule) for rule in finding.also), QUIET)


def decided(stored: StoredFinding) -> Content:
    """What became of a finding, and who said so."""
    by = f" by {flowing(stored.reviewer)}" if stored.reviewer else ""
    if stored.state is Verdict.IGNORE and stored.suppressed_by is not None and not stored.reviewer:
        by = ": these words, or this rule, are suppressed"
    text = f"{SIGNS[stored.state]} {WORDS[stored.state]}{by}"
    if stored.decision_text is not None:
        text += f": {short(quoted(stored.finding.text), LONGEST)} → {short(quoted(stored.decision_text), LONGEST)}"
    note = f"  ({flowing(stored.note)})" if stored.note else ""
    return Content.assemble((text, style_of(stored)), (note, QUIET))


def _fixes(stored: StoredFinding, roomy: bool) -> Iterator[Content]:
    fixes = stored.finding.fixes
    if not fixes:
        yield Content.styled("No fix is offered: e to write one, r if the words are right.", QUIET)
        return
    found = []
    for number, fix in enumerate(fixes, 1):
        key = Content.styled(f" {number} ", "reverse" if number <= 9 else QUIET)
        words = Content.styled(quoted(fix.text), CHANGED_STYLE).stylize(Style.from_meta({"@click": f"take({number})"}))
        found.append(Content.assemble(key, " ", words))
    if roomy:
        yield from found
    else:
        yield Content("   ").join(found)


def _others(related: Sequence[Related], stored: StoredFinding) -> Iterator[Content]:
    """The other places in the English, and Chinese words."""
    here = [one for one in related if one.side == "target"]
    if here:
        shown = [f"“{short(quoted(one.text), LONGEST)}”" for one in here[:OTHERS]]
        more = f" and {len(here) - OTHERS} more" if len(here) > OTHERS else ""
        yield Content.assemble(("see  ", QUIET), ", ".join(shown) + more)
    chinese = list(dict.fromkeys(quoted(one.text) for one in related if one.side == "source"))
    if chinese:
        yield Content.assemble(("zh   ", QUIET), ", ".join(chinese))


def _source(source: str, marked: Sequence[Span]) -> Content:
    """The Chinese of the segment, with the words that the finding rests on made to stand out."""
    parts: list[str | tuple[str, str]] = [("src  ", QUIET)]
    position = 0
    for span in sorted(marked):
        if span.start >= position:
            parts += [flowing(source[position : span.start]), (flowing(span.of(source)), "bold underline")]
            position = span.end
    return Content.assemble(*parts, flowing(source[position:]))
