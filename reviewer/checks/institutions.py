"""Ties the wordings of one institution, event or document: the same content words in another order, or one of them changed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from reviewer.checks.evidence import NEARBY, Tie, nearest, ranked
from reviewer.checks.headwords import HEADS, singular, stem
from reviewer.checks.mentions import Mention, Name, Names
from reviewer.checks.pinyin import syllables
from reviewer.checks.places import PLACES
from reviewer.model import Span

# Two of these are two things even in one line above: X Group is not X Holdings, nor is a department a ministry.
_COMPANIES = frozenset("group corporation company enterprise holdings".split())
_EITHER_WAY = frozenset("department ministry office bureau company group".split())  # Commerce Department, Department of Commerce
_TWO_WORDS = frozenset("university institute bank museum hospital agency".split())
_ROLES = frozenset(
    "director manager chairman chairwoman president secretary minister member professor head mayor governor partner "
    "leader dean founder ceo editor researcher expert representative chief deputy officer ambassador commissioner "
    "academician adviser advisor".split()
)
_LINKS = frozenset("of the and for on in to at with between against & a an de".split())
_CUT = frozenset("and & for on in to at with between against".split())
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
_QUOTED = re.compile(r"[\"“《]([^\"“”《》\n]{20,240})[\"”》]")
_NUMBER_BEFORE = re.compile(r"\b(\d{1,4})(?:st|nd|rd|th)?[\s\"“《]+$")
_NUMBER_AFTER = re.compile(r"[\"”》]?\s+\(?(\d{1,4})\b")
_LOCATED = re.compile(r" (?:in|at) ")  # where a thing lies is hardly ever part of a short name
_NUMERALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth one two three four five six "
    "seven eight nine ten i ii iii iv v vi vii viii ix x north south east west northern southern eastern western "
    "central upper lower early late old new junior senior male female men women mens womens spring summer autumn "
    "winter".split()
)


@dataclass(frozen=True, slots=True)
class Title:
    """A long name: its words in order without the small ones, and the noun that says what it is."""

    name: Name
    content: tuple[str, ...]
    head: str
    quoted: bool = False


def wording_ties(names: Names, same: Mapping[str, str]) -> Iterator[Tie]:
    """Long names of one thing, longest first. `same` maps a word to the one that stands for all its translations."""
    titles = sorted(_titles(names), key=lambda title: (-len(title.content), title.name.mentions[0].segment))
    blocks: dict[tuple[str, ...], list[Title]] = defaultdict(list)
    for title in titles:
        stems = sorted(_stem(word, same) for word in title.content)
        blocks[tuple(stems)].append(title)
        if len(stems) >= 3:
            for number in range(len(stems)):
                blocks[("", *stems[:number], *stems[number + 1 :])].append(title)
    done: set[frozenset[str]] = set()
    for block in blocks.values():
        # More than three ways to fill one place are a series: the health commissions of five provinces.
        if not 1 < len(block) <= 4:
            continue
        for one, other in combinations(block, 2):
            pair = frozenset((one.name.text, other.name.text))
            how, confidence = _difference(one, other, same)
            if not how or pair in done or nearest(one.name, other.name) > NEARBY:
                continue
            if not _side_by_side(one.name, other.name) and _one_edition(names, one.name, other.name):
                done.add(pair)
                yield Tie(*ranked(one.name, other.name), confidence, how)


def _titles(names: Names) -> Iterator[Title]:
    found: dict[str, list[Mention]] = defaultdict(list)
    quoted: set[str] = set()
    for title in names.titles.values():
        for mention in title.mentions:
            raw = mention.span.of(names.text_of(mention))
            for start, end in _slices(raw):
                found[" ".join(raw[start:end].split())].append(
                    Mention(mention.segment, Span(mention.span.start + start, mention.span.start + end))
                )
    for number, segment in enumerate(names.document.segments):
        for match in _QUOTED.finditer(segment.target):
            if _is_title(match[1]):
                text = " ".join(match[1].split())
                quoted.add(text)
                found[text].append(Mention(number, Span(*match.span(1))))
    for text, mentions in found.items():
        content, head = _content(text)
        if (len(content) >= 2 and head) or (text in quoted and len(content) >= 4):
            places = tuple(sorted(set(mentions), key=lambda mention: (mention.segment, mention.span.start)))
            yield Title(Name(text, places, float(len(places))), content, head, text in quoted)


@lru_cache(maxsize=4096)
def _slices(run: str) -> tuple[tuple[int, int], ...]:
    """Where a name may stand in a run of words: any pieces between cutting small words, the role before an institution left out."""
    words = list(_WORDS.finditer(run))
    pieces: list[list[re.Match[str]]] = [[]]
    for word in words:
        if word.group().lower() in _CUT:
            pieces.append([])
        else:
            pieces[-1].append(word)
    pieces = [piece for piece in pieces if piece]
    found = []
    for first in range(len(pieces)):
        piece = pieces[first]
        start = 0
        for number, word in enumerate(piece[:-1]):
            if word.group().lower() in _ROLES and piece[number + 1].group() == "of":
                start = number + 2
        while start < len(piece) and piece[start].group().lower() in _LINKS:
            start += 1
        if start == len(piece):
            continue
        for last in range(first, min(len(pieces), first + 5)):
            # A district and a district are a list, not a name.
            heads = [singular(some[-1].group().lower()) in HEADS for some in pieces[first : last + 1]]
            if not (heads[0] and heads[-1] and last > first and " and " in run[piece[-1].end() - 1 : pieces[last][0].start() + 1]):
                found.append((piece[start].start(), pieces[last][-1].end()))
    return tuple(found)


def _is_title(quote: str) -> bool:
    """Whether a quotation is a title: it opens with a capital, and most of its longer words have one."""
    words = [word for word in quote.split() if len(word) > 3]
    return (
        len(words) >= 4
        and quote[0].isupper()
        and quote[-1] not in ".!?,"
        and sum(word[0].isupper() for word in words) >= 0.7 * len(words)
    )


@lru_cache(maxsize=8192)
def _content(text: str) -> tuple[tuple[str, ...], str]:
    """The content words of a name in lower case, and its head: the last word before the first small word, or the last of all."""
    words = [word.group() for word in _WORDS.finditer(text)]
    lowered = [word.lower().removesuffix("'s").removesuffix("’s") for word in words]
    content = tuple(word for word in lowered if word not in _LINKS and word not in ("co", "ltd", "inc", "s"))
    first = next((n for n, word in enumerate(lowered) if word in _LINKS), len(lowered))
    ends = [lowered[first - 1]] if first else []
    for word in (*ends, lowered[-1] if lowered else ""):
        if singular(word) in HEADS:
            return content, HEADS[singular(word)]
    return content, ""


def _stem(word: str, same: Mapping[str, str]) -> str:
    """The stem of a word, or the word that stands for all translations of one Chinese word (`same`)."""
    return same.get(word) or same.get(singular(word)) or stem(word)


def _difference(one: Title, other: Title, same: Mapping[str, str]) -> tuple[str, float]:
    """What sets two wordings of one name apart, and how telling it is; ("", 0) where they are one, or two things."""
    if one.head != other.head and not (one.quoted and other.quoted):
        return "", 0.0
    if one.content == other.content or _numbers(one) != _numbers(other):
        return "", 0.0
    if min(len(one.content), len(other.content)) < 6 and _LOCATED.search(f"{one.name.text}|{other.name.text}"):
        return "", 0.0
    stems, others = [_stem(word, same) for word in one.content], [_stem(word, same) for word in other.content]
    if Counter(stems) == Counter(others):
        return _order(one, other, moved=stems != others)
    gone, come = list((Counter(stems) - Counter(others)).elements()), list((Counter(others) - Counter(stems)).elements())
    if len(gone) != 1 or len(come) != 1 or len(stems) < 4:
        return "", 0.0
    return _changed(gone[0], come[0], len(stems), moved=[s for s in stems if s != gone[0]] != [s for s in others if s != come[0]])


def _order(one: Title, other: Title, *, moved: bool) -> tuple[str, float]:
    """Two wordings of the same stems: another order, or another form of a word."""
    size = len(one.content)
    if moved:
        if (one.head in _EITHER_WAY and size <= 3) or (size == 2 and one.head not in _TWO_WORDS):
            return "", 0.0
        return "order", 1.0 if size >= 4 else 0.85
    changed = [(a, b) for a, b in zip(one.content, other.content, strict=True) if singular(a) != singular(b)]
    if not changed or {"center", "centre"} in map(set, changed):
        return "", 0.0
    if any(a in HEADS and b in HEADS and ({a, b} & _COMPANIES or size < 3) for a, b in changed):
        return "", 0.0
    return ("form", 0.75) if size >= 3 or one.head == "party" else ("", 0.0)


def _changed(gone: str, come: str, size: int, *, moved: bool) -> tuple[str, float]:
    """One word put for another: a misspelt name, or in a name of five words and more any word that is no place."""
    if {gone, come} & PLACES or (syllables(gone) and syllables(come)):
        return "", 0.0
    if gone[0] == come[0] and not moved and min(len(gone), len(come)) >= 5:
        from rapidfuzz.distance import Levenshtein  # loads a compiled library: only where two long names are alike

        if Levenshtein.distance(gone, come) <= 2:
            return "letters", 0.75
    return ("word", 0.6) if size >= 5 and not (syllables(gone) or syllables(come)) else ("", 0.0)


def _numbers(title: Title) -> frozenset[str]:
    return frozenset(word for word in title.content if word in _NUMERALS or any(c.isdigit() for c in word))


def _one_edition(names: Names, one: Name, other: Name) -> bool:
    """Whether the numbers right before and after two names (the 5th, 2024) agree, where both have one."""
    editions = [
        {
            int(number)
            for mention in name.mentions
            for match in (
                _NUMBER_BEFORE.search(names.text_of(mention), max(0, mention.span.start - 12), mention.span.start),
                _NUMBER_AFTER.match(names.text_of(mention), mention.span.end),
            )
            if match
            for number in match.groups()
        }
        for name in (one, other)
    ]
    return not all(editions) or bool(editions[0] & editions[1])


def _side_by_side(one: Name, other: Name) -> bool:
    """Whether the two stand in one segment within a breath: what is set side by side is two things."""
    return any(
        a.segment == b.segment and -1 < max(a.span.start, b.span.start) - min(a.span.end, b.span.end) < 30
        for a in one.mentions
        for b in other.mentions
    )
