"""Turns the errors of texts into MQM annotations as the data of WMT has them: a TSV with the words at fault in <v>...</v>."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reviewer.model import Segment, Verdict
from reviewer.printable import as_cell, printable
from reviewer.store import OWN, StoredFinding

COLUMNS = ("system", "doc", "doc_id", "seg_id", "rater", "source", "target", "category", "severity")
"""`doc_id` counts the segments of a document, `seg_id` those of the whole table, both from 1."""

ERRORS = (Verdict.OPEN, Verdict.ACCEPT, Verdict.EDIT)
"""The states of findings that count as errors."""

PROGRAM = "reviewer"
"""The rater of what nobody has decided on yet."""

NONE = "No-error"

_SPACE = re.compile(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]")
_TAG = re.compile(r"<(?=/?v>)")
_QUOTED_FORMULA = re.compile(r'\s*"[\s"]*[=+\-@＝＋－＠]')  # no quotes for us, but a spreadsheet would take them away
_AREAS = {"locale": "Locale convention"}
_KINDS = {
    "untranslated": "Untranslated text",
    "inappropriate": "Inappropriate for context",
    "inconsistent": "Inconsistent use",
}


class Judged(NamedTuple):
    """A document: what it is called, its segments in reading order, and its findings, of any state."""

    name: str
    segments: Sequence[Segment]
    findings: Sequence[StoredFinding]


def tsv(documents: Iterable[Judged], system: str) -> Iterator[str]:
    """The table: a row an error, and one for each segment without any. `system` is what translated the texts.

    Nothing is quoted: white space other than a space becomes one, a `<v>` of the text itself `&lt;v>`, other control characters
    are made visible, and no cell begins like a formula.
    """
    yield "\t".join(COLUMNS) + "\n"
    number = 0
    for document in documents:
        errors: dict[int, list[StoredFinding]] = defaultdict(list)
        for one in document.findings:
            if one.state in ERRORS:
                errors[one.position].append(one)
        for position, segment in enumerate(document.segments):
            number += 1
            for rater, target, category, severity in _judgements(segment, errors[position]):
                source = _clean(segment.source or "")
                cells = (system, document.name, str(position + 1), str(number), rater, source, target, category, severity)
                yield "\t".join(map(_cell, cells)) + "\n"


def _judgements(segment: Segment, errors: Sequence[StoredFinding]) -> Iterator[tuple[str, str, str, str]]:
    """Rater, target, category and severity of each error."""
    text = segment.target
    if not errors:
        yield PROGRAM, _clean(text), NONE, NONE
    for one in errors:
        span = one.finding.span
        target = f"{_clean(text[: span.start])}<v>{_clean(span.of(text))}</v>{_clean(text[span.end :])}"
        judged = one.state is not Verdict.OPEN or one.finding.rule == OWN
        yield one.reviewer if judged else PROGRAM, target, category(one.finding.category), str(one.finding.severity).capitalize()


def category(name: str) -> str:
    """A category as WMT names it: of `accuracy/untranslated` Accuracy/Untranslated text."""
    area, _, kind = name.partition("/")
    parts = [_AREAS.get(area, area.capitalize()), _KINDS.get(kind, kind.replace("-", " ").capitalize())]
    return "/".join(part for part in parts if part)


def _clean(text: str) -> str:
    """A text without what would end a cell or mark an error."""
    return _TAG.sub("&lt;", printable(_SPACE.sub(" ", text)))


def _cell(text: str) -> str:
    cell = as_cell(_SPACE.sub(" ", text))
    return f"'{cell}" if _QUOTED_FORMULA.match(cell) else cell
