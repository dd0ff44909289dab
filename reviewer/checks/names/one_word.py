"""Finds a Chinese person whose surname and given name were written as one word: Kaiqin, director of the lab, for Kai Qin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.checks.names.evidence import Tie, acts, offices
from reviewer.checks.names.mentions import HONORIFICS, Mention, Name, Names, lower_words
from reviewer.checks.names.nations import is_nation
from reviewer.checks.names.places import PLACES
from reviewer.checks.pinyin import syllables

# Letters that pinyin is full of and names of other languages that cut into its syllables (Modi, Suga) hardly have.
_PINYIN = re.compile(r"x|q|zh")
_BESIDE = re.compile(r"[A-Z]\S*[ -]$")
_AFTER = re.compile(r"[ -][A-Z]")


def one_word_ties(names: Names) -> Iterator[Tie]:
    """A word of two syllables that holds an office and speaks, with no other name beside it anywhere; it is to become two."""
    lowered = lower_words(names)
    for name in names.words.values():
        word = name.text.lower()
        if (
            not _PINYIN.search(word)
            or len(parts := syllables(name.text)) != 2
            or "-" in word
            or word in PLACES
            or word in lowered
            or is_nation(word)
        ):
            continue
        if any(_has_neighbour(names, mention) for mention in name.mentions):
            continue
        held = {office for office, _ in offices(names, name)} - HONORIFICS
        if held and any(acts(names, mention) for mention in name.mentions):
            yield Tie(name, Name(" ".join(part.capitalize() for part in parts), (), 0.0), how="one word")


def _has_neighbour(names: Names, mention: Mention) -> bool:
    """Whether a capitalised word stands before or after, which may be the surname or the rest of an institution's name."""
    text = names.text_of(mention)
    before = _BESIDE.search(text, max(0, mention.span.start - 30), mention.span.start)
    return bool(before) or bool(_AFTER.match(text, mention.span.end))
