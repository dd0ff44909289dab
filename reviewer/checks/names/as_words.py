"""Finds a doubled name that was translated as the word its syllable also is: the writer Tang Tang turned into "soup"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.checks.names.evidence import Tie
from reviewer.checks.names.mentions import Mention, Name, Names
from reviewer.checks.pinyin import syllables
from reviewer.model import Span

_NEAR = 2  # segments between the name and the word
# Where a noun stands bare that ought to have an article or a plural: "first have soup", "there was white".
_BARE = (
    r"\b(?:have|has|had|having|there (?:is|was|are|were|be)|without|because of|thanks to|called|named)\s+({words})"
    r"(?=\s*(?:[,;.!?]|and then\b|then\b))"
)


def word_ties(names: Names, glosses: str) -> Iterator[Tie]:
    """A bare noun near a name of one syllable said twice, where the noun is what that syllable means as a word.

    `glosses` lists, by syllable, English words for its commonest characters: `tang soup sugar; bai white`.
    """
    meanings = {entry.split()[0]: entry.split()[1:] for entry in glosses.split(";") if entry.split()}
    for name in _doubled(names):
        words = meanings.get(_syllable(name), [])
        if not words:
            continue
        bare = re.compile(_BARE.format(words="|".join(map(re.escape, words))), re.IGNORECASE)
        for number in sorted({near for at in name.mentions for near in range(at.segment - _NEAR, at.segment + _NEAR + 1)}):
            if 0 <= number < len(names.document.segments):
                for match in bare.finditer(names.document.segments[number].target):
                    place = Mention(number, Span(*match.span(1)))
                    yield Tie(Name(match[1], (place,), 0.0), name, how="word")


def _doubled(names: Names) -> list[Name]:
    """Names of one syllable said twice, in one word or in two, the usual form first."""
    found = [name for name in {**names.words, **names.people}.values() if _syllable(name)]
    return sorted(found, key=lambda name: (-name.weight, -len(name.words)))[:5]


def _syllable(name: Name) -> str:
    """The syllable that the name says twice, or nothing."""
    parts = [part for word in name.words for part in syllables(word)]
    return parts[0].lower() if len(parts) == 2 and parts[0].lower() == parts[1].lower() else ""
