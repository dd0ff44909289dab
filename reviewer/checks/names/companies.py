"""Ties the names of companies: two spellings before the same kind of word, and a legal form that was translated as shares."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from reviewer.checks.names.chinese_runs import are_apart
from reviewer.checks.names.evidence import Tie, ranked
from reviewer.checks.names.headwords import HEADS, singular, stem
from reviewer.checks.names.mentions import Mention, Name, Names, fold, lower_words
from reviewer.checks.names.nations import is_nation
from reviewer.checks.names.places import PLACES
from reviewer.checks.names.spelling import derived
from reviewer.checks.pinyin import syllables
from reviewer.model import Span

_FIRM = re.compile(r" (?:Group|Holdings?|Co\.|Corp(?:oration|\.)?|Enterprises?|Company|Shares|Industr(?:y|ies)|brand|Brand)\b")
_LIMITED = re.compile(r" Co(?:\.|mpany),? (?:Ltd\.?|Limited)")
# One company where a share would be many: a stock code, a verb in the singular, what a company does.
_SHARES = re.compile(
    r" [Ss]hares(?= \(\(?\d{5,6}|,? (?:is|was|has|announced|said|issued|became|listed|plans|established|signed|went public)\b"
    r"|'s? |’s? )"
)
_CROWD = 6  # companies that begin alike; more are a register


def firm_ties(names: Names) -> Iterator[Tie]:
    """Words that begin alike and stand before Group, Holdings or brand, never in one segment: Sugiyama Holding, Sugyu Group."""
    firms: dict[str, list[Name]] = defaultdict(list)
    for name in names.words.values():
        if any(_FIRM.match(names.text_of(at), at.span.end) for at in name.mentions) and _is_coined(names, name):
            firms[fold(name.text)[:3]].append(name)
    for block in firms.values():
        if not 1 < len(block) <= _CROWD:
            continue
        for one, other in combinations(block, 2):
            if _alike(one.text, other.text) and are_apart(one, other):
                yield Tie(*ranked(one, other), how="firm")


def _is_coined(names: Names, name: Name) -> bool:
    """Whether a word is neither pinyin, a place, a country, a noun for an institution, nor a word that stands in lower case."""
    word = name.text.lower()
    known = singular(word) in HEADS or word in PLACES or is_nation(word) or word in lower_words(names)
    return len(word) >= 4 and not known and not syllables(word)


def _alike(one: str, other: str) -> bool:
    """Whether two words are more than half the same, and neither is the other with an ending."""
    from rapidfuzz.distance import Levenshtein  # loads a compiled library: only where two companies begin alike

    a, b = one.lower(), other.lower()
    if a.startswith(b) or b.startswith(a) or derived(one, other) or stem(a) == stem(b):
        return False
    return Levenshtein.normalized_similarity(fold(one), fold(other)) > 0.5


def shares_ties(names: Names) -> Iterator[Tie]:
    """A company called `X Co., Ltd.` in one place and, its legal form translated as stock, `X shares` in another."""
    for name in names.words.values():
        limited, shares = list(_with(names, name, _LIMITED)), list(_with(names, name, _SHARES))
        if limited and shares:
            yield Tie(_named(names, shares), _named(names, limited), how="shares")


def _with(names: Names, name: Name, after: re.Pattern[str]) -> Iterator[Mention]:
    """The places of a name that a pattern follows, with what it matched."""
    for at in name.mentions:
        match = after.match(names.text_of(at), at.span.end)
        if match:
            yield Mention(at.segment, Span(at.span.start, match.end()))


def _named(names: Names, places: list[Mention]) -> Name:
    return Name(places[0].span.of(names.text_of(places[0])), tuple(places), float(len(places)))
