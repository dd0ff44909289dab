"""Ties what brackets say of acronyms: two full names of one acronym, two acronyms of one full name, and letters that slipped."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from reviewer.checks.names.evidence import NEARBY, Tie, nearest, ranked, share_a_sentence
from reviewer.checks.names.headwords import stem
from reviewer.checks.names.long_names import LINKS, WORDS
from reviewer.checks.names.mentions import RUN, Mention, Name, Names
from reviewer.model import Span

_DEFINED = re.compile(r"\s\([\"“']?([A-Z][A-Z&-]{1,7})[\"”']?\)")
# What stands before a name in its run and is no part of it: "The ", "A report of the ", "Students of the ".
_LEADING = re.compile(r"^(?:The|A|An|In|At|On|By|For|From)\s|^[A-Z]\w+s\sof\sthe\s(?=[A-Z])")
_LONGEST = 160  # code points of a full name
_CROWD = 4  # full names of one acronym; more are a table


def definition_ties(names: Names) -> Iterator[Tie]:
    """Full names that stand before one acronym in brackets and have a word in common, and acronyms after one full name."""
    full: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    short: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for number, segment in enumerate(names.document.segments):
        for match in _DEFINED.finditer(segment.target):
            span = _before(segment.target, match.start())
            if span:
                name = " ".join(span.of(segment.target).split())
                full[match[1]][name].append(Mention(number, span))
                short[name][match[1]].append(Mention(number, Span(*match.span(1))))
    for groups, alike in ((full, _share_a_word), (short, _same_initial)):
        for forms in groups.values():
            named = [Name(text, tuple(places), float(len(places))) for text, places in forms.items()]
            for one, other in combinations(named, 2) if len(named) <= _CROWD else ():
                if alike(one.text, other.text) and not share_a_sentence(names, one, other):
                    yield Tie(*ranked(one, other), how="definition")


def _before(text: str, end: int) -> Span | None:
    """The name that ends there: a run of capitalised words, from the first one after an opening word or a role with `of`."""
    runs = [run for run in RUN.finditer(text, max(0, end - _LONGEST), end) if run.end() == end]
    if not runs:
        return None
    last = runs[0]
    starts = [match.end() for match in _LEADING.finditer(last[0])]
    start = last.start() + (starts[-1] if starts else 0)
    return Span(start, end) if " " in text[start:end] else None


def _words(name: str) -> set[str]:
    return {stem(word.lower()) for word in WORDS.findall(name) if word.lower() not in LINKS}


def _share_a_word(one: str, other: str) -> bool:
    """Whether two full names have a word in common and neither only lacks words of the other."""
    words, others = _words(one), _words(other)
    return bool(words & others) and not words <= others and not others <= words


def _same_initial(one: str, other: str) -> bool:
    return one[0] == other[0]


def slip_ties(names: Names) -> Iterator[Tie]:
    """A longer acronym whose letters changed places in its one other place: TSMC, TMSC."""
    alike: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for text, name in names.acronyms.items():
        if len(text) >= 4:
            alike[tuple(sorted(text))].append(name)
    for block in alike.values():
        for one, other in combinations(block, 2):
            rarer, usual = ranked(one, other)
            swapped = sum(a != b for a, b in zip(rarer.text, usual.text, strict=True)) == 2
            near = len(rarer.mentions) == 1 < len(usual.mentions) and nearest(rarer, usual) <= NEARBY
            if swapped and near and not share_a_sentence(names, rarer, usual):
                yield Tie(rarer, usual, how="acronym letters")
