"""Ties translations of one long term in lower case: the same words around one that changes, as Chinese has one word there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from reviewer.checks.names.evidence import NEARBY, Tie, nearest, ranked, share_a_sentence
from reviewer.checks.names.headwords import singular
from reviewer.checks.names.long_names import LINKS
from reviewer.checks.names.mentions import Mention, Name, Names
from reviewer.model import Span

_STRETCH = re.compile(r"(?<![\w'’])[A-Za-z][\w'’]*(?:[ \n-][A-Za-z][\w'’]*)+")
_WORD = re.compile(r"[A-Za-z][\w'’]*")
_AROUND = 3  # words of context that two translations have in common, before and after together
_LONGEST = 2  # words on one side


def term_ties(names: Names, groups: str) -> Iterator[Tie]:
    """Terms that differ in one place, where each has words of one group: pension wealth management products, pension financial
    products.

    `groups` lists, separated by semicolons, words that translate one Chinese word; + joins two words: `wealth+management wealth`.
    """
    meaning = {tuple(form.split("+")): number for number, group in enumerate(groups.split(";")) for form in group.split()}
    found: dict[tuple[object, ...], dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for number, segment in enumerate(names.document.segments):
        for stretch in _STRETCH.finditer(segment.target):
            words = list(_WORD.finditer(segment.target, stretch.start(), stretch.end()))
            lowered = [singular(word[0].lower()) for word in words]
            for at, size, group in _fillings(lowered, meaning):
                before, after = _context(lowered, at, size)
                if len(before) + len(after) >= _AROUND and before and after:
                    start, end = words[at - len(before)].start(), words[at + size - 1 + len(after)].end()
                    filling = " ".join(lowered[at : at + size])
                    found[(group, before, after)][filling].append(Mention(number, Span(start, end)))
    for forms in found.values():
        terms = [_term(names, places) for places in forms.values()]
        for one, other in combinations(terms, 2):
            if nearest(one, other) <= NEARBY and not share_a_sentence(names, one, other):
                yield Tie(*ranked(one, other), how="term")


def _fillings(words: list[str], meaning: dict[tuple[str, ...], int]) -> Iterator[tuple[int, int, int]]:
    """Where words of a group stand, the most that belong together: (number of the first, how many, number of the group)."""
    at = 0
    while at < len(words):
        size = next((size for size in (2, 1) if tuple(words[at : at + size]) in meaning), 0)
        if size:
            yield at, size, meaning[tuple(words[at : at + size])]
        at += size or 1


def _context(words: list[str], at: int, size: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Up to two words on each side, none of them small."""
    before, after = [], []
    for word in reversed(words[max(0, at - _LONGEST) : at]):
        if word in LINKS:
            break
        before.append(word)
    for word in words[at + size : at + size + _LONGEST]:
        if word in LINKS:
            break
        after.append(word)
    keep = max(1, _AROUND - len(before))  # a verb that follows is no part of the term
    return tuple(reversed(before)), tuple(after[:keep])


def _term(names: Names, places: list[Mention]) -> Name:
    text = places[0].span.of(names.text_of(places[0]))
    return Name(" ".join(text.split()), tuple(places), float(len(places)))
