"""Ties two translations of one coinage in quotation marks: the "Story Congress" that was a "story conference" before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from reviewer.checks.names.evidence import Tie, ranked
from reviewer.checks.names.headwords import singular, stem
from reviewer.checks.names.mentions import Mention, Name, Names
from reviewer.model import Span

_QUOTED = re.compile(r"[\"“]([^\W\d_][^\"“”.,;:!?\n]{5,60})[\"”]")


def coinage_ties(names: Names, heads: str) -> Iterator[Tie]:
    """Quoted phrases of two to five words that differ in their last word alone, where both last words stand in one group of
    `heads` (words that translate one Chinese word, groups separated by semicolons)."""
    groups = {word: group.split()[0] for group in heads.split(";") for word in group.split()}
    same: dict[tuple[str, ...], dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for number, segment in enumerate(names.document.segments):
        for match in _QUOTED.finditer(segment.target):
            words = match[1].lower().split()
            if 2 <= len(words) <= 5 and singular(words[-1]) in groups:
                key = (*map(stem, words[:-1]), groups[singular(words[-1])])
                same[key][" ".join(match[1].split())].append(Mention(number, Span(*match.span(1))))
    for forms in same.values():
        coined = [Name(text, tuple(places), float(len(places))) for text, places in forms.items()]
        for one, other in combinations(coined, 2):
            if singular(one.text.lower().split()[-1]) != singular(other.text.lower().split()[-1]):
                yield Tie(*ranked(one, other), how="coinage")
