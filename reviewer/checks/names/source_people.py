"""Ties a person to the stranger who stands for them in one segment, where the Chinese beside it has the person and no stranger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from reviewer.checks.names.chinese_runs import segments_of, sources_of
from reviewer.checks.names.evidence import Tie
from reviewer.checks.names.headwords import HEADS, singular
from reviewer.checks.names.mentions import TITLE_WORDS, Mention, Name, Names, fold, lower_words
from reviewer.checks.names.nations import is_nation
from reviewer.checks.names.people import full_names
from reviewer.checks.names.places import PLACES
from reviewer.checks.names.renderings import written
from reviewer.checks.pinyin import SURNAME_KEYS, syllables
from reviewer.model import Span

_SURE = 3  # characters of a Chinese name; two may be part of another word


def stranger_ties(names: Names) -> Iterator[Tie]:
    """A full name whose pinyin is not in the Chinese, in a segment that has the Chinese of a person and no part of their name."""
    sources = sources_of(names)
    if not sources:
        return
    lowered = lower_words(names)
    people = [name for name in full_names(names) if segments_of(name) <= sources.keys() and _may_be_person(name, lowered)]
    known: dict[str, Name] = {}
    for name in people:
        if syllables("".join(name.words)) and fold(name.words[0]) in SURNAME_KEYS:
            for number in sorted(segments_of(name)):
                if len(han := written(sources[number], fold(name.text))) >= _SURE:
                    known.setdefault(han, name)
                    break
    present: dict[int, list[Name]] = defaultdict(list)
    for name in people:
        for number in segments_of(name):
            present[number].append(name)
    words: dict[int, set[str]] = defaultdict(set)
    for name in names.words.values():
        for number in segments_of(name):
            words[number].add(fold(name.text))
    for number, source in sources.items():
        missing = [han for han, name in known.items() if han in source and not {*map(fold, name.words)} & words[number]]
        strangers = [name for name in present[number] if not written(source, fold(name.text))]
        if len(missing) == len(strangers) == 1:
            (han,), (stranger,), at = missing, strangers, source.find(missing[0])
            if all(han in sources[other] for other in segments_of(stranger)):
                yield Tie(stranger, known[han], how="source", sources=(Mention(number, Span(at, at + len(han))),))


def _may_be_person(name: Name, lowered: frozenset[str]) -> bool:
    """Whether no word of a name is an office, a place, a country, or a word of the document in lower case."""
    words = [word.lower() for word in name.words]
    return not any(
        word in lowered or singular(word) in HEADS or word in TITLE_WORDS or fold(word) in PLACES or is_nation(word)
        for word in words
    )
