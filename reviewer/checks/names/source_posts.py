"""Ties the holders of one post, and its institutions, where the Chinese has one person and one institution beside that post."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import combinations

from reviewer.checks.names.chinese_runs import SMALL, sources_of
from reviewer.checks.names.evidence import Tie, acts, ranked
from reviewer.checks.names.headwords import HEADS, singular
from reviewer.checks.names.mentions import TITLE_WORDS, Mention, Names, fold, lower_words
from reviewer.checks.names.nations import is_nation
from reviewer.checks.names.places import PLACES
from reviewer.checks.names.posts import ChinesePost, Post, in_chinese, in_english, named
from reviewer.checks.names.renderings import written
from reviewer.checks.pinyin import SURNAMES
from reviewer.model import Span

_SURNAMES = frozenset("".join(SURNAMES.values()))
# Verbs that follow a post at once, with no name between.
_SAYING = tuple("表示 会谈 出席 访问 强调 指出 认为 希望 介绍 透露 接受 参加 率团 宣布 主持 会见 发言 说 称".split())
_PARTICLE = r"(?:von|van|der|den|de|del|della|di|da|dos|du|la|le|bin|ibn|al|el|ben|ter)"
_TIED_AFTER = re.compile(rf"\s{_PARTICLE}\b")
_TIED_BEFORE = re.compile(rf"\b{_PARTICLE}\s$")
_CROWD = 12  # places of one Chinese person; whoever is named more often has settled names

Places = dict[str, list[Mention]]


def holder_ties(names: Names) -> Iterator[Tie]:
    """Two names for the person whose Chinese name stands beside one post: Premier Ivo Lantos, and Ivan Lantosch hopes."""
    sources = sources_of(names)
    people, held = _held(names)
    for han in _recurring({post.after for _, post, english in held if english.holder}, sources, at_end=False):
        numbers = {number for number, source in sources.items() if han in source}
        if len(numbers) > _CROWD:
            continue
        places: Places = defaultdict(list)
        for _, post, english in held:
            if english.holder and post.after.startswith(han) and _unwritten(names, sources, english.holder, han):
                places[_text(names, english.holder)].append(english.holder)
        words = {fold(word) for text in places for word in text.split()}
        for number in numbers - {holder.segment for some in places.values() for holder in some}:
            acting = [one for one in people.get(number, ()) if acts(names, one) and _unwritten(names, sources, one, han)]
            present = {fold(word) for one in people.get(number, ()) for word in _text(names, one).split()}
            if len(acting) == 1 and not present & words and _opens_clause(sources[number], han):
                places[_text(names, acting[0])].append(acting[0])
        yield from _differing(names, places, numbers, sources, han)


def institution_ties(names: Names) -> Iterator[Tie]:
    """Two names for the institution whose Chinese name stands before one post: head of the State Bureau, of the State Office."""
    sources = sources_of(names)
    _, held = _held(names)
    for han in _recurring({post.before for _, post, english in held if english.institution}, sources, at_end=True):
        places: Places = defaultdict(list)
        for _, post, english in held:
            if english.institution and post.before.endswith(han):
                places[_text(names, english.institution)].append(english.institution)
        for one, other in combinations([named(text, some) for text, some in places.items()], 2):
            words, others = set(map(fold, one.words)), set(map(fold, other.words))
            if not (words <= others or others <= words):
                place = next(iter(one.mentions))
                yield Tie(*ranked(one, other), how="post", sources=_source(sources, place.segment, han))


def _text(names: Names, mention: Mention) -> str:
    return " ".join(mention.span.of(names.text_of(mention)).split())


def _unwritten(names: Names, sources: Mapping[int, str], mention: Mention, han: str) -> bool:
    """Whether a name is not the pinyin of other Chinese beside it."""
    chinese = written(sources[mention.segment], fold(_text(names, mention)))
    return not chinese or chinese in han or han in chinese


def _opens_clause(source: str, han: str) -> bool:
    at = source.find(han)
    return at == 0 or not "\u4e00" <= source[at - 1] <= "\u9fff"


def _source(sources: Mapping[int, str], number: int, han: str) -> tuple[Mention, ...]:
    at = sources[number].find(han)
    return (Mention(number, Span(at, at + len(han))),) if at >= 0 else ()


def _people(names: Names) -> dict[int, list[Mention]]:
    """By segment, the places of what may be a person's name, longer ones first."""
    lowered = lower_words(names)
    found: dict[int, list[Mention]] = defaultdict(list)
    for name in {**names.names, **names.people}.values():
        if len(name.text) > 2 and len(name.words) <= 3 and not any(_is_other(word, lowered) for word in name.words):
            for mention in name.mentions:
                if not _is_part(names.text_of(mention), mention.span):
                    found[mention.segment].append(mention)
    return {number: _outermost(some) for number, some in found.items()}


def _is_part(text: str, span: Span) -> bool:
    """Whether a small word ties the words to a longer name: Ursula von der Leyen."""
    return bool(_TIED_AFTER.match(text, span.end) or _TIED_BEFORE.search(text, max(0, span.start - 12), span.start))


def _outermost(places: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for place in sorted(places, key=lambda place: -len(place.span)):
        if not any(place.span.overlaps(other.span) for other in kept):
            kept.append(place)
    return kept


def _is_other(word: str, lowered: frozenset[str]) -> bool:
    """Whether a word is an office, a place, a country, an institution, or a word of the document in lower case."""
    lower = word.lower()
    return (
        lower in lowered
        or lower in TITLE_WORDS
        or singular(lower) in HEADS
        or fold(word) in PLACES
        or is_nation(word)
        or word.isupper()
    )


@lru_cache(maxsize=1)  # both detectors ask for those of one document
def _held(names: Names) -> tuple[Mapping[int, list[Mention]], list[tuple[int, ChinesePost, Post]]]:
    """The people of a document by segment, and each post that a segment has once in the Chinese and once in the English."""
    found: list[tuple[int, ChinesePost, Post]] = []
    posts = {number: chinese for number, source in sources_of(names).items() if (chinese := list(in_chinese(source)))}
    people = _people(names) if posts else {}
    for number, chinese in posts.items():
        english = list(in_english(names.document.segments[number].target, number, people.get(number, [])))
        for post in chinese:
            same = [one for one in english if one.called in post.called]
            if len(same) == 1 and sum(same[0].called in other.called for other in chinese) == 1:
                found.append((number, post, same[0]))
    return people, found


def _recurring(beside: set[str], sources: Mapping[int, str], *, at_end: bool) -> list[str]:
    """The names that stand beside a post: of what is there the stretch in the most segments, in two at least, then the longest."""
    found = set()
    for run in beside:
        stretches = [run[-size:] if at_end else run[:size] for size in range(2, len(run) + 1)]
        named = [text for text in stretches if _may_name(text, at_end)]
        counted = [(sum(text in source for source in sources.values()), len(text), text) for text in named]
        if counted and max(counted)[0] >= 2:
            found.add(max(counted)[2])
    return sorted(found)


def _may_name(text: str, at_end: bool) -> bool:
    if set(text) & SMALL or any(verb in text for verb in _SAYING):
        return False
    return len(text) >= 3 or (not at_end and text[0] in _SURNAMES)


def _differing(names: Names, places: Places, numbers: set[int], sources: Mapping[int, str], han: str) -> Iterator[Tie]:
    """The names of one person that stand only where the Chinese has the person, and are not short for each other."""
    every = {**names.words, **names.names, **names.people}
    forms = [
        named(text, some)
        for text, some in places.items()
        if all(mention.segment in numbers for word in text.split() if word in every for mention in every[word].mentions)
    ]
    right = next((form for form in forms if any(written(sources[at.segment], fold(form.text)) for at in form.mentions)), None)
    for one, other in combinations(forms, 2):
        words, others = set(map(fold, one.words)), set(map(fold, other.words))
        if words <= others or others <= words or {at.segment for at in one.mentions} & {at.segment for at in other.mentions}:
            continue
        rarer, usual = ranked(one, other)
        if right in (one, other):
            rarer, usual = (other, one) if right is one else (one, other)
        yield Tie(rarer, usual, how="post", sources=_source(sources, rarer.mentions[0].segment, han))
