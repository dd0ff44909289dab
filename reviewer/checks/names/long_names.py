"""Finds the long names of a document, of institutions, events and documents, and takes them apart into head and content words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from reviewer.checks.names.headwords import HEADS, singular, stem
from reviewer.checks.names.mentions import Mention, Name, Names
from reviewer.model import Span

LINKS = frozenset("of the and for on in to at with between against & a an de".split())
_CUT = frozenset("and & for on in to at with between against".split())
_LEGAL_FORMS = frozenset("co ltd inc".split())
_ROLES = frozenset(
    "director manager chairman chairwoman president secretary minister member professor head mayor governor partner "
    "leader dean founder ceo editor researcher expert representative chief deputy officer ambassador commissioner "
    "academician adviser advisor".split()
)
WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
_QUOTED = re.compile(r"[\"“《]([^\"“”《》\n]{20,240})[\"”》]")
_MOST_PIECES = 5


@dataclass(frozen=True, slots=True)
class Title:
    """A long name: its words in order without the small ones, and the noun that says what it is."""

    name: Name
    content: tuple[str, ...]
    head: str
    quoted: bool = False

    def stems(self, same: Mapping[str, str]) -> list[str]:
        """The stems of the content words; `same` maps a word to the one that stands for all translations of one Chinese word."""
        return [same.get(word) or same.get(singular(word)) or stem(word) for word in self.content]


@lru_cache(maxsize=1)  # several detectors ask for those of one document
def long_names(names: Names) -> tuple[Title, ...]:
    """Runs of capitalised words that hold a head noun, every stretch of them that may be a name, and titles in quotation marks."""
    found: dict[str, list[Mention]] = defaultdict(list)
    quoted: set[str] = set()
    for title in names.titles.values():
        for mention in title.mentions:
            raw, offset = mention.span.of(names.text_of(mention)), mention.span.start
            for start, end in _stretches(raw):
                found[" ".join(raw[start:end].split())].append(Mention(mention.segment, Span(offset + start, offset + end)))
    for number, segment in enumerate(names.document.segments):
        for match in _QUOTED.finditer(segment.target):
            if _is_title(match[1]):
                text = " ".join(match[1].split())
                quoted.add(text)
                found[text].append(Mention(number, Span(*match.span(1))))
    return tuple(_titles(found, quoted))


def _titles(found: Mapping[str, list[Mention]], quoted: set[str]) -> Iterator[Title]:
    for text, mentions in found.items():
        content, head = take_apart(text)
        if (len(content) >= 2 and head) or (text in quoted and len(content) >= 4):
            places = tuple(sorted(set(mentions), key=lambda mention: (mention.segment, mention.span.start)))
            yield Title(Name(text, places, float(len(places))), content, head, text in quoted)


@lru_cache(maxsize=8192)
def take_apart(text: str) -> tuple[tuple[str, ...], str]:
    """The content words of a name in lower case, and its head: the last word before the first small word, or the last of all."""
    words = [word.group().lower().removesuffix("'s").removesuffix("’s") for word in WORDS.finditer(text)]
    content = tuple(word for word in words if word not in LINKS and word not in _LEGAL_FORMS and (len(word) > 1 or word.isdigit()))
    first = next((n for n, word in enumerate(words) if word in LINKS), len(words))
    for word in (words[first - 1 : first] + words[-1:])[:2]:
        if singular(word) in HEADS:
            return content, HEADS[singular(word)]
    return content, ""


@lru_cache(maxsize=4096)
def _stretches(run: str) -> tuple[tuple[int, int], ...]:
    """Where a name may stand in a run of words: from any of its pieces, cut at small words, to any later one."""
    pieces = _pieces(run)
    found = []
    for first, piece in enumerate(pieces):
        if not piece:
            continue
        for last in range(first, min(len(pieces), first + _MOST_PIECES)):
            # A district and a district are a list, not a name.
            between = run[piece[-1].end() : pieces[last][0].start()] if pieces[last] and last > first else ""
            if pieces[last] and not (" and " in between and _is_head(piece[-1]) and _is_head(pieces[last][-1])):
                found.append((piece[0].start(), pieces[last][-1].end()))
    return tuple(found)


def _pieces(run: str) -> list[list[re.Match[str]]]:
    """The words between cutting small words, without the role before an institution (Director of) and small words in front."""
    pieces: list[list[re.Match[str]]] = [[]]
    for word in WORDS.finditer(run):
        if word.group().lower() in _CUT:
            pieces.append([])
        elif pieces[-1] or word.group().lower() not in LINKS:
            if word.group() == "of" and pieces[-1][-1].group().lower() in _ROLES:
                pieces[-1].clear()
            else:
                pieces[-1].append(word)
    return pieces


def _is_head(word: re.Match[str]) -> bool:
    return singular(word.group().lower()) in HEADS


def _is_title(quote: str) -> bool:
    """Whether a quotation is a title: it opens with a capital, and most of its longer words have one."""
    words = [word for word in quote.split() if len(word) > 3]
    return (
        len(words) >= 4
        and quote[0].isupper()
        and quote[-1] not in ".!?,"
        and sum(word[0].isupper() for word in words) >= 0.7 * len(words)
    )
