"""Words, pairs of words and parts of words that tell where a pattern may match, and which of them a text holds.

A literal of a pattern is looked for by one clue: of several whole words two that stand together, of one that word, of none
itself, with a * before it. So the many renderings that a pattern allows share few clues, and most are met by a glance into
a dictionary.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

Ways = tuple[tuple[frozenset[str], ...], ...]
"""Alternatives: a match holds a clue of each set of one of them. An empty way asks for nothing."""

# What every other paragraph of news about China holds, so that it tells little about where a pattern may match.
EVERYDAY = frozenset(
    """
    about according affairs after against all also and are been beijing build building business can center central china chinese
    city committee compan company condition construction continue cooperation country cultural culture demand develop
    development difficult domestic economic economy enterprise environment every field first for foreign form from global
    govern government great group growth had has have high his important improve increase industr industry information
    innovation international into its job leader level life local major make management manufacturing many market measure
    million more most national need network new news not number official old one open operation other our out over own
    party people performance person place plan policy port problem product production products project promote province
    public quality rate red region report reporter research resource said scale science scientific secretary sector security
    service shanghai should situation small social society some state strength strong student students such support system
    teacher team technolog technology than that the their there they this through time two unit united university use was
    were which will with work world year years young
    """.split()
)
PART = "*"
SHORTEST = 3
"""Letters of the shortest word that tells something."""


_SHORT_WORDS = frozenset(
    "ad am an as at be by do go he hi if in is it me mr ms my no of oh ok on or so st to tv uk up us vs we".split()
)


def tells(literal: str) -> bool:
    """Whether a literal is worth looking for: some letters, or a whole word of two that English has not (Li, Xu, 37)."""
    word = literal.strip()
    return len(word) >= SHORTEST or (len(word) == 2 and literal == f" {word} " and word not in _SHORT_WORDS)


def is_everyday(word: str) -> bool:
    """Whether most texts hold it."""
    return word in EVERYDAY or len(word) <= SHORTEST


def clue(literal: str) -> str:
    """What to look for of a literal, which has a space where a word begins or ends."""
    words = literal.split(" ")[1:-1]
    pairs: list[tuple[str, ...]] = list(pairwise(words)) or [(word,) for word in words]
    best = max(pairs, key=lambda pair: (-sum(map(is_everyday, pair)), sum(map(len, pair)), pair), default=())
    told = " ".join(best)
    return told if told == literal.strip() or not all(map(is_everyday, best)) else PART + literal


def opening(literal: str) -> str:
    """What a text holds that holds a literal which begins with a word: its first two whole words, its first, or itself."""
    words = literal.split(" ")[1:-1]
    return " ".join(words[:2]) if words else PART + literal


class _Spaces(dict[int, str]):
    """For str.translate: letters, digits and _ stay, anything else becomes a space."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char if char.isalnum() or char == "_" else " "
        return self[code]


_SPACES = _Spaces()
_WORD = re.compile(r"\w+")


def searched(text: str) -> str:
    """The text in which clues are looked for: words in lower case, one space between them and at both ends."""
    return f" {' '.join(lower(text).translate(_SPACES).split())} "


def word_starts(text: str) -> list[int]:
    """Where each word begins in a text: the one after the nth space of `searched(text)` is the nth of them, from 0."""
    return [word.start() for word in _WORD.finditer(text)]


@lru_cache(maxsize=8)  # every pattern that may match asks for the same text
def lower(text: str) -> str:
    """The text in lower case, each character still in its place (the capital of the Turkish dotless i would become two)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
