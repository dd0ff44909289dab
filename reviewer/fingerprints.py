"""Gives a finding the name by which yesterday's decision finds it again: rule, words, the words around them, no offset."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

from reviewer.model import Segment, Span

_CONTEXT_WORDS = 4
_CONTEXT = 80  # code points in which to look for them
_WORDS = re.compile(r"\w+")


def fingerprint(rule: str, segment: Segment, span: Span, part: int, seen: Counter[str]) -> str:
    """Rule, words and the words around them, and which occurrence of these it is: stable when text moves or neighbours change.

    `seen` counts the occurrences of one document; call in reading order.
    """
    before = _WORDS.findall(segment.target[max(0, span.start - _CONTEXT) : span.start].lower())[-_CONTEXT_WORDS:]
    after = _WORDS.findall(segment.target[span.end : span.end + _CONTEXT].lower())[:_CONTEXT_WORDS]
    quoted = " ".join(span.of(segment.target).split())
    place = "\0".join([rule, quoted, " ".join(before), " ".join(after), str(part or "")])
    seen[place] += 1
    return hashlib.sha256(f"{place}\0{seen[place]}".encode()).hexdigest()[:20]
