"""Turns places into one HTML page that needs nothing else: the text with its findings, filters, scores and plots."""

from __future__ import annotations

import hashlib
import json
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reviewer.model import Severity, Verdict
from reviewer.printable import on_one_line, printable
from reviewer.report.advice import title
from reviewer.report.page import passage, plots
from reviewer.report.place import Place, label
from reviewer.report.tally import FORMULA, Tally, score

_HERE = Path(__file__).parent
_IN_MEMORY = 1 << 20  # bytes of documents kept before they go to a temporary file
_CHUNK = 1 << 16
_NOTHING_ELSE = "base-uri 'none'; form-action 'none'"


AT_ONCE = 2_000
"""So many paragraphs and findings stand open in the page; the others are packed until the reader comes near."""


class Kind(NamedTuple):
    """What the filters ask of a finding; page.js knows the order."""

    severity: str
    category: str
    rule: str
    state: str


def page(places: Iterable[Place], tally: Tally) -> Iterator[str]:
    """The page, one document in memory at a time: what stands above the documents is known only when they are through.

    Sections behind the first are compressed: a browser that had to lay out 100,000 findings would keep its reader waiting.
    Every text is escaped by the template; a policy in the page forbids all scripts and styles but its own.
    """
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    kinds: dict[Kind, int] = {}
    environment.filters |= {"line": on_one_line, "shown": printable, "score": _score, "title": title, "kind": _kind}
    section, inside = environment.get_template("document.html"), environment.get_template("rows.html")
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="") as documents:
        number, shown, packed, begun = 0, 0, 0, set[str]()
        for key, some in groupby(places, key=lambda place: (place.file, place.document.name, place.document.part)):
            found = list(some)
            id = _id(key[:2])
            for rows in passage.sections(found, number):
                here = [kinds.setdefault(_kind(card.place), len(kinds)) for row in rows for card in row.cards]
                known = {"file": key[0], "name": key[1], "id": id, "begins": id not in begun, "found": here}
                text = inside.render(rows=rows, kinds=kinds)
                if shown < AT_ONCE:
                    documents.write(section.render(rows=text, packed="", **known))
                    shown += len(rows) + len(here)
                else:
                    documents.write(section.render(rows="", packed=_packed(text), **known))
                    packed += len(here)
                begun.add(id)
            number += len(found)
        documents.seek(0)
        above = _above(tally) | {"kinds": json.dumps(list(kinds), ensure_ascii=False), "packed": packed}
        head, foot = environment.get_template("page.html").render(**above).split("<!-- documents -->")
        yield head
        while chunk := documents.read(_CHUNK):
            yield chunk
        yield foot


def _kind(place: Place) -> Kind:
    return Kind(str(place.finding.severity), place.finding.category, place.finding.rule, str(place.state))


def _packed(text: str) -> str:
    """A text compressed, in letters that an attribute can hold."""
    return b64encode(zlib.compress(text.encode())).decode()


def _id(document: tuple[str, str]) -> str:
    """A name for a document that its links can use, whatever its file is called."""
    return "d" + hashlib.sha256("\0".join(document).encode()).hexdigest()[:12]


def _above(tally: Tally) -> dict[str, object]:
    """What the template needs to know of all documents."""
    script, style = ((_HERE / name).read_text(encoding="utf-8") for name in ("page.js", "page.css"))
    names = [(_id(key), label(key), counts) for key, counts in tally.documents.items()]
    errors, left = tally.errors, tally.open
    return {
        "script": script,
        "style": style,
        "policy": f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; {_NOTHING_ELSE}",
        "tally": tally,
        "severities": list(Severity),
        "documents": names,
        "worst_first": [(_id(key), label(key), counts) for key, counts in tally.worst_first],
        "errors": errors,
        "score": score(errors, tally.words),
        "left": score(left, tally.words),
        "decided": tally.states.total() > tally.states[Verdict.OPEN],
        "states": [(state, tally.states[state]) for state in Verdict if tally.states[state]],
        "formula": FORMULA,
        "penalty": sum(severity.weight * errors[severity] for severity in Severity),
        "charts": [
            ("By severity", plots.chart([(str(one), {one: errors[one]}) for one in Severity], ranked=False)),
            ("By category", plots.chart(tally.categories.items())),
            ("By file", plots.chart([(name, counts.errors) for _, name, counts in names])),
        ],
    }


def _hash(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}"
