"""Fits changes to the strings of an Excel workbook: a text that now begins or ends with a space says that it is to be kept."""

from __future__ import annotations

from collections.abc import Iterable

from reviewer.export.changes import Change, corrected_span
from reviewer.formats.markup.tokens import Token, attribute
from reviewer.formats.markup.xml import tokens
from reviewer.model import Span

KEEP_SPACE = ' xml:space="preserve"'


def in_xlsx(text: str, changes: Iterable[Change]) -> list[Change]:
    """The changes in order, with the attribute that they need on the `<t>` around them; `text` is the decoded XML of the part."""
    ordered = sorted(changes)
    added: list[Change] = []
    at = 0
    opened: Token | None = None
    for token in tokens(text, ""):
        if at == len(ordered):
            break
        if token.name != "t" or token.kind == "text":
            continue
        if token.kind == "start":
            opened = token
            continue
        here = []
        while at < len(ordered) and ordered[at].span.start <= token.start:
            here.append(ordered[at])
            at += 1
        if here and opened and attribute(text, opened, "space") != "preserve":
            after = corrected_span(text, Span(opened.end, token.start), here)
            if after != after.strip():
                added.append(Change(Span(opened.end - 1, opened.end - 1), KEEP_SPACE, here[0].member))
    return sorted([*ordered, *added])
