"""Ties names that look nothing alike: two established English names of one thing, and an acronym nobody introduced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations

from reviewer.checks.names.evidence import Tie, ranked, share_a_sentence
from reviewer.checks.names.mentions import Mention, Name, Names, in_one_sentence
from reviewer.checks.pinyin import syllables
from reviewer.model import Span

_WORDS = re.compile(r"[^\W\d_]+")
# What follows a name that only begins like another: the National Party of Ruritania.
_BESIDE = 40  # code points; names no further apart in a sentence are set side by side: Macao (also spelled Macau)
_GOES_ON = re.compile(r"\s+of\b")


def alias_ties(names: Names, groups: str, unless: str = "") -> Iterator[Tie]:
    """Different names of one thing, listed as `Macao = Macau; Kuomintang = Nationalist Party`, where a text has two of them.

    `China-Africa | China and Africa > Central Africa` lists names that may stand side by side, and after `>` what is wrong
    beside them. None of it counts in a text with one of the capitalised words in `unless`.
    """
    if any(word in names.words for word in unless.split()):
        return
    acronyms = _acronyms(names)
    listed, holding = _listed(groups)
    present = {number for words in (names.words, acronyms) for key in holding.keys() & words.keys() for number in holding[key]}
    for right, wrong in (listed[number] for number in sorted(present)):
        named = _found(names, acronyms, right)
        if wrong and named:
            for bad in _found(names, acronyms, wrong):
                if not share_a_sentence(names, bad, named[0]):
                    yield Tie(bad, named[0], how="alias")
        for one, other in combinations(named, 2) if not wrong else ():
            rarer, usual = ranked(one, other)
            if (alone := _alone(names, rarer, usual)) is not None:
                yield Tie(alone, usual, how="alias")


def _alone(names: Names, rarer: Name, usual: Name) -> Name | None:
    """The rarer name without its places in a sentence with the usual one; None where one is said right beside the other."""
    places = [mention for mention in rarer.mentions if not any(mention.span.overlaps(at.span) for at in _near(mention, usual))]
    if any(_gap(mention, at) <= _BESIDE for mention in places for at in _near(mention, usual)):
        return None
    kept = [
        mention
        for mention in places
        if not any(in_one_sentence(names.text_of(mention), mention.span, at.span) for at in _near(mention, usual))
    ]
    return Name(rarer.text, tuple(kept), float(len(kept))) if kept else None


def _near(mention: Mention, name: Name) -> list[Mention]:
    return [at for at in name.mentions if at.segment == mention.segment]


def _gap(one: Mention, other: Mention) -> int:
    """The code points between two places of one segment."""
    return max(one.span.start, other.span.start) - min(one.span.end, other.span.end)


_Side = tuple[tuple[str, str], ...]


@lru_cache(maxsize=16)
def _listed(groups: str) -> tuple[tuple[tuple[_Side, _Side], ...], Mapping[str, tuple[int, ...]]]:
    """Each group of names with what is wrong beside them, every name with its first word; and which groups hold a word."""
    found = []
    holding: dict[str, tuple[int, ...]] = {}
    for number, group in enumerate(groups.split(";")):
        right, _, wrong = group.partition(">")
        sides = ([name.strip() for name in re.split(r"[=|]", side) if name.strip()] for side in (right, wrong))
        named, bad = (tuple((name, name.split(maxsplit=1)[0]) for name in side) for side in sides)
        found.append((named, bad))
        for word in {word for pair in (*named, *bad) for word in pair}:
            holding[word] = (*holding.get(word, ()), number)
    return tuple(found), holding


def _found(names: Names, acronyms: Mapping[str, Name], listed: Iterable[tuple[str, str]]) -> list[Name]:
    """Those of the listed names that stand in the text."""
    found = (
        acronyms.get(alias) if alias.isupper() else _standing(names, alias) if first in names.words else None
        for alias, first in listed
    )
    return [name for name in found if name]


def _standing(names: Names, alias: str) -> Name | None:
    """The places of a name of one or more words."""
    first = names.words.get(alias.split(maxsplit=1)[0])
    if first is None:
        return None
    mentions = []
    for mention in first.mentions:
        text, end = names.text_of(mention), mention.span.start + len(alias)
        whole = text.startswith(alias, mention.span.start) and not text[end : end + 1].isalnum()
        if whole and text[end : end + 1] != "-" and not _GOES_ON.match(text, end):
            mentions.append(Mention(mention.segment, Span(mention.span.start, end)))
    return Name(alias, tuple(mentions), float(len(mentions))) if mentions else None


def acronym_ties(names: Names, known: str) -> Iterator[Tie]:
    """An acronym that no bracket introduces, though its full name stands elsewhere: the first place of KMT, and Kuomintang.

    `known` lists what needs no introduction.
    """
    wellknown = set(known.split())
    acronyms = {text: name for text, name in _acronyms(names).items() if len(text) > 2 and text not in wellknown}
    if not acronyms:
        return
    full = _initials(names)
    for text, name in acronyms.items():
        if text in full and not _introduced(names, text):
            yield Tie(Name(text, name.mentions[:1], 0.0), full[text], how="acronym")


@lru_cache(maxsize=1)  # several rules ask for those of one document
def _acronyms(names: Names) -> dict[str, Name]:
    """The acronyms of a document; the words of text in capitals are none."""
    found = {}
    for text, name in names.acronyms.items():
        mentions = tuple(mention for mention in name.mentions if not names.text_of(mention).isupper())
        if mentions:
            found[text] = Name(text, mentions, name.weight)
    return found


def _initials(names: Names) -> dict[str, Name]:
    """The full names of a document by their initials: Chinese Academy of Sciences by CAS, Kuomintang by KMT."""
    found: dict[str, Name] = {}
    for group in (names.titles, names.names):
        for text, name in group.items():
            words = _WORDS.findall(text)
            if len(words) >= 3:
                found.setdefault("".join(word[0] for word in words if word[0].isupper()), name)
    for text, name in names.words.items():
        spelled = syllables(text) if len(text) >= 8 else ()
        if len(spelled) >= 3:
            found.setdefault("".join(syllable[0] for syllable in spelled).upper(), name)
    return found


def _introduced(names: Names, acronym: str) -> bool:
    """Whether the text says what an acronym stands for: in brackets, in quotation marks, or with a verb."""
    clear = re.compile(
        rf"\([^()]{{0,60}}\b{acronym}\b|\b{acronym}\s*\(|[\"“‘']{acronym}[\"”’']|\b(?:or|as|called|short for) {acronym}\b"
    )
    return any(acronym in segment.target and clear.search(segment.target) for segment in names.document.segments)
