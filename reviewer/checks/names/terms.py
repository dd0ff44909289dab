"""Ties translations of one long term in lower case: the same words around one that changes, as Chinese has one word there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from reviewer.checks.names.evidence import NEARBY, Tie, nearest, ranked, share_a_sentence
from reviewer.checks.names.headwords import singular
from reviewer.checks.names.long_names import LINKS
from reviewer.checks.names.mentions import Mention, Name, Names, lowered, words_of
from reviewer.model import Span

_LAST_WORDS = re.compile(r"(?:[A-Za-z][\w'’]*[ \n-]){1,2}$")
_NEXT_WORDS = re.compile(r"(?:[ \n-][A-Za-z][\w'’]*){1,2}")
_WORD = re.compile(r"[A-Za-z][\w'’]*")
_AROUND = 3  # words of context that two translations have in common, before and after together
_NEAR = 80  # code points; two words are hardly longer


def term_ties(names: Names, groups: str) -> Iterator[Tie]:
    """Terms that differ in one place, where each has words of one group: pension wealth management products, pension financial
    products.

    `groups` lists, separated by semicolons, words that translate one Chinese word; + joins two words: `wealth+management wealth`.
    """
    found: dict[tuple[object, ...], dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    spoken = words_of(names)
    for number, (firsts, filling) in enumerate(_fillings(groups)):
        if sum(first in spoken for first in firsts) > 1:
            _gather(names, number, firsts, filling, found)
    for forms in found.values():
        terms = [_term(names, places) for places in forms.values()]
        for one, other in combinations(terms, 2):
            if nearest(one, other) <= NEARBY and not share_a_sentence(names, one, other):
                yield Tie(*ranked(one, other), how="term")


@lru_cache(maxsize=4)
def _fillings(groups: str) -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    """For each group the first word of each of its forms, and where one of the forms stands."""
    found = []
    for group in groups.split(";"):
        forms = sorted((" ".join(form.split("+")) for form in group.split()), key=len, reverse=True)
        longest = "|".join(map(re.escape, forms)).replace("\\ ", r"\s")
        firsts = tuple(re.split(r"\W", form, maxsplit=1)[0] for form in forms)
        found.append((firsts, re.compile(rf"(?<![\w'’])(?:{longest})(?![\w'’])", re.IGNORECASE)))
    return tuple(found)


def _gather(
    names: Names,
    group: int,
    firsts: tuple[str, ...],
    filling: re.Pattern[str],
    found: dict[tuple[object, ...], dict[str, list[Mention]]],
) -> None:
    """Adds the terms around the forms of a group, by the group and the words around them."""
    for number, (segment, text) in enumerate(zip(names.document.segments, lowered(names), strict=True)):
        if not any(first in text for first in firsts):
            continue
        for match in filling.finditer(segment.target):
            before, after = _before(segment.target, match.start()), _after(segment.target, match.end())
            after = after[: max(1, _AROUND - len(before))]  # a verb that follows is no part of the term
            if before and after and len(before) + len(after) >= _AROUND:
                form = " ".join(match[0].lower().split())
                context = tuple(tuple(singular(word[0].lower()) for word in words) for words in (before, after))
                span = Span(match.start() - before[0].endpos + before[0].start(), match.end() + after[-1].end())
                found[(group, *context)][form].append(Mention(number, span))


def _before(text: str, end: int) -> list[re.Match[str]]:
    """Up to two words before a place, back to a small one, as matches in the text that ends there."""
    lead = text[max(0, end - _NEAR) : end]
    last = _LAST_WORDS.search(lead)
    words = list(_WORD.finditer(lead, last.start())) if last else []
    small = max((n + 1 for n, word in enumerate(words) if word[0].lower() in LINKS), default=0)
    return words[small:]


def _after(text: str, start: int) -> list[re.Match[str]]:
    """Up to two words after a place, up to a small one, as matches in the text that begins there."""
    trail = text[start : start + _NEAR]
    following = _NEXT_WORDS.match(trail)
    words = list(_WORD.finditer(trail, 0, following.end())) if following else []
    small = next((n for n, word in enumerate(words) if word[0].lower() in LINKS), len(words))
    return words[:small]


def _term(names: Names, places: list[Mention]) -> Name:
    text = places[0].span.of(names.text_of(places[0]))
    return Name(" ".join(text.split()), tuple(places), float(len(places)))
