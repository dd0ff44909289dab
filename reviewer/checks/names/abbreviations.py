"""Ties the one-character name of a country that was read as a word to the country: law unions, elsewhere French unions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from reviewer.checks.names.evidence import NEARBY, Tie, nearest
from reviewer.checks.names.headwords import singular
from reviewer.checks.names.mentions import Mention, Name, Names, lowered, words_of
from reviewer.model import Span


def abbreviation_ties(names: Names, words: str, nouns: str) -> Iterator[Tie]:
    """A word and a noun after it, where another segment has a country's adjective, at most two words, and that noun.

    `words` lists what the characters mean as words and the adjectives they stand for: `law legal = French; virtue = German`;
    `nouns` lists the nouns in the singular that the word alone hardly ever stands before.
    """
    spoken = words_of(names)
    for misread, adjective, reading, saying in _patterns(words, nouns):
        if spoken.isdisjoint(reading) or not any(word in names.words for word in adjective):
            continue
        wrong = _found(names, misread, reading)
        right = _found(names, saying, [word.lower() for word in adjective]) if wrong else {}
        for (noun, text), mentions in wrong.items():
            if any(re.search(rf"(?i)\b{re.escape(word)}\b", phrase) for _, phrase in right for word in reading):
                continue
            usual = next(
                (Name(phrase, tuple(places), float(len(places))) for (said, phrase), places in right.items() if said == noun), None
            )
            rarer = Name(text, tuple(mentions), 0.0)
            if usual and nearest(rarer, usual) <= NEARBY:
                yield Tie(rarer, usual, how="abbreviation")


@lru_cache(maxsize=4)
def _patterns(words: str, nouns: str) -> tuple[tuple[re.Pattern[str], tuple[str, ...], tuple[str, ...], re.Pattern[str]], ...]:
    """For each country: what it is misread as, its adjectives, the words it is misread as, and where it stands as it should."""
    noun = rf"({'|'.join(map(re.escape, nouns.split()))})s?"
    found = []
    for entry in words.split(";"):
        reading, adjectives = (tuple(side.split()) for side in entry.split("="))
        wrong = re.compile(rf"(?i)(?<![\w'’-])(?:{'|'.join(map(re.escape, reading))})\s{noun}(?![\w'’-])")
        right = re.compile(rf"(?<![\w'’-])(?:{'|'.join(map(re.escape, adjectives))})\s(?:[a-z]+\s){{0,2}}(?i:{noun})(?![\w'’-])")
        found.append((wrong, adjectives, reading, right))
    return tuple(found)


def _found(names: Names, pattern: re.Pattern[str], some: Iterable[str]) -> dict[tuple[str, str], list[Mention]]:
    """The places of a pattern by the noun in the singular and the words as written, where one of some words stands."""
    found: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for number, (segment, text) in enumerate(zip(names.document.segments, lowered(names), strict=True)):
        for match in pattern.finditer(segment.target) if any(word in text for word in some) else ():
            found[(singular(match[1].lower()), " ".join(match[0].split()))].append(Mention(number, Span(*match.span())))
    return found
