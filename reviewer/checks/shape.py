"""Tells what a text is made of: sentences, words, and whether a segment reads as a headline."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from reviewer.model import Segment, Span

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*", re.UNICODE)
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
CLOSERS = "\"'”’)]}»›"
ENDERS = ".!?…。！？"


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text, in order, without the white space between them."""
    from nupunkt import sent_spans  # loads its model: only where a sentence is asked for

    spans = []
    for start, end in sent_spans(text):
        inner = text[start:end]
        lead = len(inner) - len(inner.lstrip())
        stripped = inner.strip()
        if stripped:
            spans.append(Span(start + lead, start + lead + len(stripped)))
    return tuple(spans)


def sentence_at(text: str, position: int) -> Span:
    """The sentence that holds a position of the text; the whole text where none does."""
    spans = sentences(text)
    number = bisect_right(spans, position, key=lambda span: span.start) - 1
    return spans[number] if number >= 0 and position < spans[number].end else Span(0, len(text))


def words(text: str) -> Iterator[re.Match[str]]:
    """Runs of letters with inner apostrophes, as matches."""
    return WORD.finditer(text)


def ends_a_sentence(text: str) -> bool:
    """Whether the text closes like a sentence: an end mark, closing quotes and brackets after it allowed."""
    return text.rstrip().rstrip(CLOSERS + " ").endswith(tuple(ENDERS))


def is_headline(segment: Segment) -> bool:
    """Whether a segment reads as a headline: marked so by its format, or short and without a full stop or comma at its end."""
    if segment.kind == "heading":
        return True
    text = segment.target.strip()
    return bool(text) and len(text) <= 300 and not ends_a_sentence(text) and text[-1] not in ",;:，；："
