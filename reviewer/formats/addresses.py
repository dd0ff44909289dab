"""Finds the opaque spans of a text, there for the sense and never reviewed: URLs, e-mail addresses, and what a format adds."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reviewer.model import Span

ADDRESS = re.compile(
    r"(?:\b(?:https?|ftp)://|\bwww\.)[\w\-.~:/?#\[\]@!$&'()*+,;=%]*[\w/=&#~+-]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.ASCII | re.IGNORECASE,  # Chinese text often follows an address without a space
)


def addresses(text: str) -> tuple[Span, ...]:
    """The spans of URLs and e-mail addresses, in order, without the punctuation of the sentence around them."""
    if "://" not in text and "@" not in text and "www." not in text.lower():
        return ()
    return tuple(Span(*match.span()) for match in ADDRESS.finditer(text))


def opaque_spans(text: str, others: Iterable[Span] = ()) -> tuple[Span, ...]:
    """The addresses in a text and other opaque spans, in order, those that overlap as one: code may hold an address."""
    joined: list[Span] = []
    for span in sorted([*others, *addresses(text)]):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
