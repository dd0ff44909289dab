"""Turns corrected paragraphs into a translation memory (TMX 1.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from reviewer.printable import in_xml
from reviewer.version import version

ENGLISH, CHINESE = "en", "zh"
UNCORRECTED = "en-x-mt"
"""The language of English as the machine wrote it: it stands for the source where there is no Chinese."""

CODE = "\ufffc"  # stands for an inline code of the file


class Correction(NamedTuple):
    """A paragraph before and after, with its Chinese where that is known, and who changed it last, when (ISO 8601, UTC)."""

    file: str
    segment: str
    source: str | None
    before: str
    after: str
    reviewer: str
    at: str


def tmx(corrections: Iterable[Correction]) -> Iterator[str]:
    """The memory, a unit a correction, in their order.

    With its Chinese a unit pairs that with the corrected English, and holds the English from before as the property `x-before`.
    Without, it pairs the English from before, as UNCORRECTED, with the corrected English.
    """
    header = f'creationtool="reviewer" creationtoolversion={quoteattr(version())} segtype="paragraph" o-tmf="reviewer"'
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
    yield f'  <header {header} adminlang="en" srclang="*all*" datatype="plaintext"/>\n  <body>\n'
    for one in corrections:
        yield from _unit(one)
    yield "  </body>\n</tmx>\n"


def _unit(one: Correction) -> Iterator[str]:
    language, source = (UNCORRECTED, one.before) if one.source is None else (CHINESE, one.source)
    said = f"changedate={_quoted(_date(one.at))} changeid={_quoted(one.reviewer)}"
    yield f'    <tu srclang="{language}" {said}>\n'
    yield f'      <prop type="x-file">{_text(one.file)}</prop>\n      <prop type="x-segment">{_text(one.segment)}</prop>\n'
    if one.source is not None:
        yield f'      <prop type="x-before">{_text(one.before)}</prop>\n'
    for name, text in ((language, source), (ENGLISH, one.after)):
        yield f'      <tuv xml:lang="{name}"><seg>{_with_codes(text)}</seg></tuv>\n'
    yield "    </tu>\n"


def _with_codes(text: str) -> str:
    """A text with its inline codes as empty placeholders, numbered from 1 in each language alike."""
    first, *more = _text(text).split(CODE)
    return first + "".join(f'<ph x="{number}"/>{part}' for number, part in zip(count(1), more))


def _date(at: str) -> str:
    """ISO 8601 as TMX writes it: 20260131T235900Z."""
    return at.replace("-", "").replace(":", "")[:15] + "Z"


def _text(text: str) -> str:
    return escape(in_xml(text), {"\r": "&#13;"})


def _quoted(text: str) -> str:
    return quoteattr(in_xml(text))
