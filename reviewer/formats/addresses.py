"""Finds the URLs and e-mail addresses in a text: opaque spans, there for the sense and never reviewed."""

from __future__ import annotations

import re

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
