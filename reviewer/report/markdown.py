"""Turns a tally into a Markdown summary: what there is of each severity, the score of each document, the rules most met."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from reviewer.model import Severity
from reviewer.printable import on_one_line
from reviewer.report.place import Place
from reviewer.report.tally import FORMULA, Counts, Tally, score

_DOCUMENTS, _RULES = 50, 20  # rows of a table: a summary is read in one go
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def summary(places: Iterable[Place], tally: Tally) -> Iterator[str]:
    """The summary, once the places are through; worst documents first, of equal ones in the order of reading."""
    for _ in places:
        pass
    total = tally.shown.total()
    yield f"# {total:,} finding{'s' * (total != 1)} in {_counted(len(tally.documents), 'document')}\n\n"
    yield f"{tally.words:,} words, MQM score **{_score(score(tally.errors, tally.words))}** a thousand words: {FORMULA}.\n\n"
    if not total:
        return
    yield from _table(("severity", "findings", "weight"), ((s, str(tally.shown[s]), str(s.weight)) for s in Severity))
    yield "\n## Documents\n\n"
    worst = sorted(
        ((name, one) for name, one in tally.documents.items() if one.errors.total()), key=lambda one: -(one[1].score or 0)
    )
    yield from _table(("document", "words", *Severity, "score"), (_document(*one) for one in worst[:_DOCUMENTS]))
    if rest := len(tally.documents) - min(len(worst), _DOCUMENTS):
        without = len(tally.documents) - len(worst)
        yield f"\n{_counted(rest, 'more document')}, {without} of them without errors.\n"
    yield "\n## Categories\n\n"
    yield from _table(("category", *Severity), _ranked(tally.categories))
    yield "\n## Rules\n\n"
    rules = list(_ranked(tally.rules))
    yield from _table(("rule", *Severity), rules[:_RULES])
    if len(rules) > _RULES:
        yield f"\n{_counted(len(rules) - _RULES, 'more rule')}.\n"


def code(text: str) -> str:
    """A text as a code span on one line, in which nothing counts as markup; also as a cell of a table."""
    line = on_one_line(text).replace("|", "\\|")
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    padded = f" {line} " if line.startswith("`") or line.endswith("`") else line
    return f"{fence}{padded}{fence}" if line.strip() else ""


def escaped(text: str) -> str:
    """A text as plain words on one line, whatever marks it has."""
    return _MARKS.sub(r"\\\1", on_one_line(text))


def _document(name: tuple[str, str], counts: Counts) -> tuple[str, ...]:
    file, inner = name
    shown = code(file) + (f" {code(inner)}" if inner else "")
    return shown, f"{counts.words:,}", *(str(counts.errors[s]) for s in Severity), _score(counts.score)


def _ranked(counted: Mapping[str, Counter[Severity]]) -> Iterator[tuple[str, ...]]:
    """A row for each name that has errors, most errors first."""
    rows = [(name, errors) for name, errors in counted.items() if errors.total()]
    for name, errors in sorted(rows, key=lambda row: (-row[1].total(), row[0])):
        yield code(name), *(str(errors[severity]) for severity in Severity)


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table whose cells are Markdown already; all columns but the first are numbers."""
    names = list(head)
    yield f"| {' | '.join(names)} |\n|---{'|---:' * (len(names) - 1)}|\n"
    for row in rows:
        yield f"| {' | '.join(row)} |\n"
