"""Turns a document into the spellings of names that stand in it, for a ledger over many documents."""

from __future__ import annotations

from collections.abc import Iterator

from reviewer.checks.names.headwords import HEADS, singular
from reviewer.checks.names.long_names import take_apart
from reviewer.checks.names.mentions import MONTHS, TITLE_WORDS, WEEKDAYS, Mention, Name, Names, collect, lower_words
from reviewer.checks.names.spelling import stands_amid
from reviewer.model import Document

_DATES = MONTHS | WEEKDAYS
_LONGEST = 160  # code points of a name


def spellings(document: Document) -> Iterator[Name]:
    """People, institutions, acronyms and other names, each in one spelling.

    A name that only stands inside a longer one is not given by itself, nor a word that is elsewhere in lower case.
    """
    names = collect(document)
    longer: dict[int, list[Mention]] = {}
    for name in _longer(names):
        for mention in name.mentions:
            longer.setdefault(mention.segment, []).append(mention)
        if len(name.text) <= _LONGEST:
            yield name
    for name in _single(names):
        alone = [at for at in name.mentions if not any(at.span.overlaps(other.span) for other in longer.get(at.segment, ()))]
        if alone:
            yield Name(name.text, tuple(alone), name.weight * len(alone) / len(name.mentions))


def _longer(names: Names) -> Iterator[Name]:
    """People, other names of two to four words, and titles with a noun that says what they are; a text once."""
    found = {text: name for text, name in names.names.items() if 2 <= len(name.words) <= 4 and text not in names.titles}
    found |= {text: name for text, name in names.titles.items() if take_apart(text)[1] or text in names.names}
    found |= names.people
    yield from (name for name in found.values() if name.words[0].lower() not in _DATES)


def _single(names: Names) -> Iterator[Name]:
    lowered = lower_words(names)
    yield from names.acronyms.values()
    for name in names.words.values():
        word = name.text.lower()
        if (
            word not in lowered
            and word not in _DATES
            and word not in TITLE_WORDS
            and singular(word) not in HEADS
            and stands_amid(names, name)
        ):
            yield name
