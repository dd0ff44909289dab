"""Ties a place in Chinese order, the larger first, to the same place in English order elsewhere in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from reviewer.checks.names.evidence import Tie
from reviewer.checks.names.mentions import Mention, Name, Names
from reviewer.checks.pinyin import syllables
from reviewer.model import Span

_KIND = r"(?:District|County|City|Town|Township|Village|Subdistrict|Prefecture|Province|New Area)"
# `A in B`, or, as a list of names has commas too, `A, B` where one of them says what it is.
_ENGLISH = re.compile(rf"\b([A-Z][a-z'’]+)(?: {_KIND}(?:,| of)| in|,(?=\s+\S+ {_KIND}))\s+([A-Z][a-z'’]+)(?: {_KIND})?\b")
_CHINESE = re.compile(rf"\b([A-Z][a-z'’]+)\s+([A-Z][a-z'’]+)(?: {_KIND})?\b(?!\s+(?:[A-Z]|\())")


def order_ties(names: Names) -> Iterator[Tie]:
    """`Taizhou Hailing` where the text also has `Hailing in Taizhou` or `Hailing District, Taizhou City`."""
    right: dict[tuple[str, str], dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    wrong: dict[tuple[str, str], dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for number, segment in enumerate(names.document.segments):
        for match in _ENGLISH.finditer(segment.target):
            right[(match[1], match[2])][" ".join(match[0].split())].append(Mention(number, Span(*match.span())))
    if not right:
        return
    for number, segment in enumerate(names.document.segments):
        for match in _CHINESE.finditer(segment.target):
            if (match[2], match[1]) in right and syllables(match[1]) and syllables(match[2]):
                wrong[(match[2], match[1])][" ".join(match[0].split())].append(Mention(number, Span(*match.span())))
    for pair, forms in wrong.items():
        best, places = min(right[pair].items(), key=lambda item: (len(item[0]), item[0]))
        usual = Name(best, tuple(places), float(len(places)))
        for text, mentions in forms.items():
            yield Tie(Name(text, tuple(mentions), 0.0), usual, how="order")
