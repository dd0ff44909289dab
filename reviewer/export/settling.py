"""Fits changes to the place in the decoded file where they go: what a format asks for beside the words that change."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from reviewer.export.changes import Change
from reviewer.export.docx_changes import in_docx
from reviewer.export.emphasis import without_empty_markup
from reviewer.export.po_notes import with_comments
from reviewer.export.quoting import in_csv, in_tsv
from reviewer.export.xliff_notes import with_notes
from reviewer.export.xlsx_changes import in_xlsx
from reviewer.formats.markup import html as html_markup
from reviewer.formats.markup import xml as xml_markup
from reviewer.formats.markup.tokens import Token, attributes
from reviewer.model import Span

END_OF_CDATA = "]]>"


def in_html(text: str, changes: Iterable[Change]) -> list[Change]:
    """Changes to HTML or XHTML, with quotes and line breaks as attributes need them, and CDATA sections as they are."""
    return _fitted(changes, list(_html_places(text)))


def in_xml(text: str, changes: Iterable[Change]) -> list[Change]:
    """Changes to XML, with nothing escaped in CDATA sections."""
    found = xml_markup.tokens(text, "")
    return _fitted(changes, [(Span(token.start, token.end), in_cdata) for token in found if token.literal])


def in_xliff(text: str, changes: Iterable[Change]) -> list[Change]:
    """Changes to XLIFF as to any XML; those with a note also leave it in their unit, and the state that they bring about."""
    return with_notes(text, in_xml(text, changes))


SETTLED: dict[str, Callable[[str, Iterable[Change]], list[Change]]] = {
    "markdown": without_empty_markup,
    "html": in_html,
    "epub": in_html,
    "xliff": in_xliff,
    "tmx": in_xml,
    "docx": in_docx,
    "po": with_comments,
    "csv": in_csv,
    "tsv": in_tsv,
    "xlsx": in_xlsx,
}
"""By format: the decoded text and the changes to it -> the changes that are made."""


def settled(format: str, text: str, changes: Iterable[Change]) -> list[Change]:
    """The changes to a decoded text of a format, in order, as they are to be made."""
    return SETTLED[format](text, changes) if format in SETTLED else sorted(changes)


Fit = Callable[[str], str]


def _fitted(changes: Iterable[Change], places: list[tuple[Span, Fit]]) -> list[Change]:
    """The changes in order, those in one of the places (in order) as it asks for."""
    fitted: list[Change] = []
    at = 0
    for change in sorted(changes):
        while at < len(places) and places[at][0].end < change.span.start:
            at += 1
        inside = at < len(places) and places[at][0].covers(change.span)
        fitted.append(replace(change, text=places[at][1](change.text)) if inside else change)
    return fitted


def _html_places(text: str) -> Iterator[tuple[Span, Fit]]:
    for token in html_markup.tokens(text, ""):
        yield from _attributes(text, token) if token.kind == "start" else ()
        if token.literal:
            yield Span(token.start, token.end), in_cdata


def _attributes(text: str, tag: Token) -> Iterator[tuple[Span, Fit]]:
    return ((one.span, in_attribute) for one in attributes(text, tag))


def in_attribute(written: str) -> str:
    """What was written for between tags, as it is written between quotes."""
    return written.replace("<br/>", "&#10;").replace('"', "&quot;").replace("'", "&#39;")


def in_cdata(written: str) -> str:
    """What was written for between tags, as it is written in a CDATA section."""
    return html.unescape(written.replace("<br/>", "\n")).replace(END_OF_CDATA, "]]]]><![CDATA[>")
