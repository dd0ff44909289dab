"""Tells how texts compare when one may be a copy of the other, and points at the copies."""

from __future__ import annotations

import re
from functools import lru_cache

from reviewer.checks.shape import HAN
from reviewer.model import Related, Segment, Span

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
SITE_TAGS = re.compile(r"\s*[|｜︱].*|\s+[-–—_]\s[^-–—]{2,40}$", re.DOTALL)
"""Headline | Keyword | Keyword; Headline - Name of the site."""

HIDDEN = "\ufffc"
"""The object replacement character of Unicode: what stands where there is no text to review."""

# Lines that pages repeat on purpose.
_CREDIT = re.compile(
    r"\W*(?:photos?|photograph|pictures?|images?|source|editor|reporters?|author|by|copyright|©|disclaimer|advertisement|subscribe|follow"
    r"|share|click|sign up|read more|related|tags?|keywords?|published|updated|font|contact|tel)\b|.*\ball rights reserved\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def said(text: str) -> tuple[str, ...]:
    """The words of a text as they compare: small letters, no marks, no spaces."""
    return tuple(TOKEN.findall(text.lower().replace("’", "'")))


def reviewed(segment: Segment) -> str:
    """The text of a segment with HIDDEN for each character of its code and addresses: they say nothing, and nothing across them."""
    if not segment.opaque:
        return segment.target
    parts, at = [], 0
    for span in segment.opaque:
        parts += [segment.target[at : span.start], HIDDEN * len(span)]
        at = span.end
    return "".join([*parts, segment.target[at:]])


def is_credit(text: str) -> bool:
    """Whether a text names a photographer, a source or rights, or asks to click: lines that may stand often."""
    return bool(_CREDIT.match(text))


def same_source(first: Segment, second: Segment) -> bool:
    """Whether the Chinese says it twice as well, marks and tags apart: then the English is right to do so."""
    if first.source is None or second.source is None:
        return False
    one, other = (HAN.findall(SITE_TAGS.sub("", source)) for source in (first.source, second.source))
    return first.source == second.source or (one == other and bool(one))


def whole(segment: Segment) -> Span:
    """All of a segment but the white space around it."""
    text = segment.target
    return Span(len(text) - len(text.lstrip()), len(text.rstrip()))


def place(segment: Segment, span: Span | None = None) -> Related:
    """A segment, or a span of it, as the place a finding rests on."""
    where = span or whole(segment)
    return Related(segment.key, where, where.of(segment.target).strip())
