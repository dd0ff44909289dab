"""Ties the wordings of one institution, event or document: the same content words in another order, or one of them changed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain, combinations

from reviewer.checks.names.evidence import NEARBY, Tie, nearest, ranked
from reviewer.checks.names.headwords import HEADS, singular
from reviewer.checks.names.long_names import LINKS, WORDS, Title, long_names, take_apart
from reviewer.checks.names.mentions import Mention, Name, Names, fold, lower_words, lowered
from reviewer.checks.names.places import PLACES
from reviewer.checks.pinyin import syllables
from reviewer.model import Span

# Two of these are two things even in one line above: X Group is not X Holdings, nor is a department a ministry.
_COMPANIES = frozenset("group corporation company enterprise holdings".split())
_EITHER_WAY = frozenset("department ministry".split())  # Commerce Department, Department of Commerce
_OFTEN_EITHER_WAY = frozenset("office bureau company group".split())
_TWO_WORDS = frozenset("university institute bank museum hospital agency".split())
_LONG_NAMES = 60  # of a document are looked for in lower case
_LONGEST = 200  # code points of a name, more than any has
_LEADING = re.compile(rf"(?:(?:{'|'.join(map(re.escape, LINKS))})\s+)*", re.IGNORECASE)
_NUMBER_BEFORE = re.compile(r"\b(\d{1,4})(?:st|nd|rd|th)?[\s\"“《]+$")
_NUMBER_AFTER = re.compile(r"[\"”》]?\s+\(?(\d{1,4})\b")
_LOCATED = re.compile(r" (?:in|at) ")  # where a thing lies is hardly ever part of a short name
_NUMERALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth one two three four five six "
    "seven eight nine ten i ii iii iv v vi vii viii ix x north south east west northern southern eastern western "
    "central upper lower early late old new junior senior male female men women mens womens spring summer autumn "
    "winter".split()
)


def wording_ties(names: Names, same: Mapping[str, str], both: frozenset[str]) -> Iterator[Tie]:
    """Long names of one thing, longest first.

    `same` maps a word to the one that stands for all its translations; `both` lists words whose University of X and X University
    are two things, or one thing known by either name.
    """
    titles = sorted(long_names(names), key=lambda title: (-len(title.content), title.name.mentions[0].segment))
    blocks: dict[tuple[str, ...], list[Title]] = defaultdict(list)
    for title in titles:
        stems = sorted(title.stems(same))
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
            if (
                not how
                or pair in done
                or (len(one.content) == 2 and both.intersection(one.content))
                or nearest(one.name, other.name) > NEARBY
            ):
                continue
            if not _side_by_side(one.name, other.name) and _one_edition(names, one.name, other.name):
                done.add(pair)
                yield Tie(*ranked(one.name, other.name), confidence, how)


def lower_ties(names: Names) -> Iterator[Tie]:
    """A long name of five content words or more that stands elsewhere in lower case, in this order or another."""
    long = [title for title in long_names(names) if len(title.content) >= 5 and title.head and not title.quoted]
    if long:
        common = lower_words(names)
        long = [title for title in long if any(word in common and singular(word) in HEADS for word in title.content)]
    texts = lowered(names) if long else ()
    holding: dict[str, list[int]] = {}  # many names share their longest word
    for title in sorted(long, key=lambda title: -len(title.content))[:_LONG_NAMES]:
        words = {fold(word) for word in title.content}
        rarest = max(words, key=len)
        last = "|".join(map(re.escape, words))
        pattern = re.compile(
            rf"\b(?:(?:{last}|{'|'.join(map(re.escape, LINKS))})[\s-]+){{{len(title.content) - 1},}}(?:{last})\b", re.IGNORECASE
        )
        if rarest not in holding:
            holding[rarest] = [number for number, text in enumerate(texts) if rarest in text]
        for number in holding[rarest]:
            if not all(word in texts[number] for word in title.content):
                continue
            segment = names.document.segments[number]
            near = _around(rarest, texts[number])
            for match in chain.from_iterable(pattern.finditer(segment.target, one.start, one.end) for one in near):
                leading = _LEADING.match(segment.target, match.start())
                start = leading.end() if leading else match.start()
                text = segment.target[start : match.end()]
                content, head = take_apart(text)
                if head == title.head and {*content} == {*title.content} and _mostly_lower(text):
                    place = Mention(number, Span(start, match.end()))
                    yield Tie(Name(" ".join(text.split()), (place,), 0.0), title.name, how="lower")


def _around(word: str, text: str) -> Iterator[Span]:
    """Where a word stands in a text, with as much around it as a name has, in order and none over another."""
    start = end = 0
    at = text.find(word)
    while at >= 0:
        if at - _LONGEST > end:
            if end:
                yield Span(start, end)
            start = at - _LONGEST
        end = at + len(word) + _LONGEST
        at = text.find(word, at + 1)
    if end:
        yield Span(start, end)


def _mostly_lower(text: str) -> bool:
    """Whether the noun that says what a name is has no capital, as in a description."""
    return any(singular(word) in HEADS for word in WORDS.findall(text) if word.islower())


def _difference(one: Title, other: Title, same: Mapping[str, str]) -> tuple[str, float]:
    """What sets two wordings of one name apart, and how telling it is; ("", 0) where they are one, or two things."""
    if one.head != other.head and not (one.quoted and other.quoted):
        return "", 0.0
    if one.content == other.content or _numbers(one) != _numbers(other):
        return "", 0.0
    if min(len(one.content), len(other.content)) < 6 and _LOCATED.search(f"{one.name.text}|{other.name.text}"):
        return "", 0.0
    stems, others = one.stems(same), other.stems(same)
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
        if one.head in _EITHER_WAY or (one.head in _OFTEN_EITHER_WAY and size <= 3) or (size == 2 and one.head not in _TWO_WORDS):
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
