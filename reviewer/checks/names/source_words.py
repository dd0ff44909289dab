"""Ties words that begin alike in the English where one run of characters stands in the Chinese beside both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from reviewer.checks.names.chinese_runs import are_apart, segments_of, shared, sources_of
from reviewer.checks.names.evidence import Tie, ranked
from reviewer.checks.names.headwords import HEADS, singular, stem
from reviewer.checks.names.mentions import TITLE_WORDS, Name, Names, fold
from reviewer.checks.names.nations import is_nation
from reviewer.checks.names.places import PLACES
from reviewer.checks.names.renderings import written
from reviewer.checks.names.sounding import sounds_like
from reviewer.checks.names.spelling import derived
from reviewer.checks.pinyin import syllables

_CROWD = 12  # spellings that begin alike; more are words, not names


def word_ties(names: Names) -> Iterator[Tie]:
    """Words that never stand in one segment, while one run of Chinese stands beside every place of both: Sugiyama, Sugyu.

    The Chinese sounds like both, or three spellings and more share it.
    """
    sources = sources_of(names)
    if not sources:
        return
    alike: dict[str, list[Name]] = defaultdict(list)
    for name in names.words.values():
        if _may_be_misspelt(name) and segments_of(name) <= sources.keys():
            alike[fold(name.text)[:3]].append(name)
    for block in alike.values():
        if not 1 < len(block) <= _CROWD:
            continue
        together = segments_of(*block)
        for one, other in combinations(block, 2):
            if _related(one.text, other.text) or not are_apart(one, other) or _two_names(sources, one, other):
                continue
            likeness = _likeness(one, other)
            for place in shared(sources, one, other, shortest=2, within=together) if likeness else ():
                han = place.span.of(sources[place.segment])
                long_enough = len(han) > 2 or likeness == 1.0  # two characters may begin two names: 韦斯科克, 韦斯顿
                heard = long_enough and sounds_like(one.text, han) and sounds_like(other.text, han)
                if heard or _many(sources, block, han):
                    yield Tie(*ranked(one, other), likeness, "source", (place,))
                    break


def _may_be_misspelt(name: Name) -> bool:
    word = name.text.lower()
    place = bool(PLACES.intersection(word.split("-"))) or is_nation(word)
    return len(word) >= 4 and not (place or singular(word) in HEADS or word in TITLE_WORDS)


def _related(one: str, other: str) -> bool:
    """Whether two words are one with its endings, or a compound and its part: Swede, Swedish; China-Africa; Xinhua, Xinhuanet."""
    a, b = one.lower(), other.lower()
    return bool(
        a.startswith(b) or b.startswith(a) or {*a.split("-")} & {*b.split("-")} or derived(one, other) or stem(a) == stem(b)
    )


def _likeness(one: Name, other: Name) -> float:
    """How sure it is that two spellings are of one name, 0 where they have too little in common."""
    from rapidfuzz.distance import Levenshtein  # loads a compiled library: only beside a source

    alike = Levenshtein.normalized_similarity(fold(one.text), fold(other.text))
    return 1.0 if alike >= 0.75 else 0.8 if alike >= 0.4 else 0.0


def _two_names(sources: Mapping[int, str], one: Name, other: Name) -> bool:
    """Whether each spelling is the pinyin of Chinese that stands beside it."""
    return all(syllables(name.text) and written(sources[name.mentions[0].segment], fold(name.text)) for name in (one, other))


def _many(sources: Mapping[int, str], block: Sequence[Name], han: str) -> bool:
    """Whether three spellings or more stand beside a run of Chinese, and at least one beside each of its places but one."""
    holding = {number for number, source in sources.items() if han in source}
    beside = [name for name in block if segments_of(name) <= holding]
    return len(beside) >= 3 and len(holding - segments_of(*beside)) <= 1
