"""Ties what one Chinese name became in different segments, where the source stands beside the translation."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from reviewer.checks.names.evidence import Tie
from reviewer.checks.names.headwords import HEADS
from reviewer.checks.names.mentions import Mention, Name, Names, fold
from reviewer.checks.names.places import PLACES
from reviewer.checks.pinyin import SURNAMES, syllables
from reviewer.model import Span

_COMPOUND = [han for name, han in SURNAMES.items() if len(syllables(name)) == 2]
_READINGS = {han: name.lower() for name, some in SURNAMES.items() if some not in _COMPOUND for han in some}
# A province's name is spelled so that two of them differ (陕西 Shaanxi, 山西 Shanxi).
_SPELLINGS = {"陕": "shaan"}
_PERSON = re.compile(rf"(?=((?:{'|'.join(_COMPOUND)}|[{''.join(_READINGS)}])[\u4e00-\u9fff]{{1,2}}))")
_ALIKE = 0.6  # the share of letters that slips leave standing between a name and the pinyin of the Chinese


@dataclass(frozen=True, slots=True)
class _Rendering:
    """What one place of a Chinese name became in the target, and how near (0 to 1) its letters are to the pinyin."""

    name: str
    mention: Mention
    likeness: float
    source: Mention


def person_ties(names: Names) -> Iterator[Tie]:
    """People whose Chinese name stands in several sources and whose renderings in the targets differ."""
    chinese = _people(names)
    if not chinese:
        return
    present = _by_segment(names)
    rendered: dict[str, list[_Rendering]] = defaultdict(list)
    for number, places in _places_by_segment(chinese).items():
        if number in present:
            for han, rendering in _matched(places, present[number]):
                rendered[han].append(rendering)
    for renderings in rendered.values():
        yield from _differing(renderings)


def _people(names: Names) -> dict[str, list[Mention]]:
    """What may be a person's Chinese name: a surname with the one and with the two characters after it."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for number, segment in enumerate(names.document.segments):
        for match in _PERSON.finditer(segment.source or ""):
            start, whole = match.start(), match[1]
            shortest = 3 if whole[:2] in _COMPOUND else 2
            for length in range(shortest, len(whole) + 1):
                found[whole[:length]].append(Mention(number, Span(start, start + length)))
    # The second character of the given name belongs to it where it always follows: 夏立言, not 夏立; but 宋涛, not 宋涛会.
    longer = {(han[:-1], len(places)) for han, places in found.items()}
    return {han: places for han, places in found.items() if (han, len(places)) not in longer}


def _places_by_segment(chinese: dict[str, list[Mention]]) -> dict[int, dict[str, Mention]]:
    found: dict[int, dict[str, Mention]] = defaultdict(dict)
    for han, places in chinese.items():
        for place in places:
            found[place.segment].setdefault(han, place)
    return found


def _by_segment(names: Names) -> dict[int, list[tuple[str, Mention]]]:
    """The names of one to three words in each segment's target, longer ones first."""
    found: dict[int, dict[Span, tuple[str, Mention]]] = defaultdict(dict)
    for group in (names.people, names.names):
        for text, name in group.items():
            if len(name.words) <= 3 and not any(word.lower() in HEADS for word in name.words):
                for mention in name.mentions:
                    found[mention.segment].setdefault(mention.span, (text, mention))
    return {number: sorted(some.values(), key=lambda pair: -len(pair[1].span)) for number, some in found.items()}


def _matched(places: dict[str, Mention], present: Iterable[tuple[str, Mention]]) -> Iterator[tuple[str, _Rendering]]:
    """Pairs the Chinese names of one segment with the names of its target that sound like them, the likest first."""
    from rapidfuzz.distance import Levenshtein  # loads a compiled library: only beside a source

    scored = []
    for text, mention in present:
        letters = fold(text)
        for han, place in places.items():
            pinyin = spelled(han)
            if letters[:1] == pinyin[:1] or letters[-3:] == pinyin[-3:]:
                likeness = Levenshtein.normalized_similarity(letters, pinyin, score_cutoff=_ALIKE)
                if likeness:
                    scored.append((likeness, han, _Rendering(text, mention, likeness, place)))
    taken: set[str] = set()
    for _, han, rendering in sorted(scored, key=lambda row: -row[0]):
        if han not in taken and rendering.name not in taken:
            taken |= {han, rendering.name}
            yield han, rendering


def _differing(renderings: list[_Rendering]) -> Iterator[Tie]:
    """The renderings of one Chinese name that differ from the one that is its pinyin, or else from the commonest."""
    counts = Counter(rendering.name for rendering in renderings)
    usual = max(renderings, key=lambda one: (one.likeness == 1.0, counts[one.name], one.likeness, -one.mention.segment))
    forms: dict[str, list[_Rendering]] = defaultdict(list)
    for rendering in renderings:
        if fold(rendering.name) != fold(usual.name) and not _short_for(rendering.name, usual.name):
            forms[rendering.name].append(rendering)
    for text, some in forms.items():
        name = Name(text, tuple(one.mention for one in some), float(len(some)))
        wanted = Name(usual.name, tuple(one.mention for one in renderings if one.name == usual.name), float(counts[usual.name]))
        yield Tie(name, wanted, how="source", sources=tuple(one.source for one in (*some, usual)))


def _short_for(one: str, other: str) -> bool:
    """Whether one form is short for the other or derived from it: Zhang, Taiwanese."""
    words, others = set(map(fold, one.split())), set(map(fold, other.split()))
    return words <= others or others <= words or bool({fold(one), fold(other)} & PLACES)


def place_ties(names: Names) -> Iterator[Tie]:
    """Places and other names in pinyin that a source has in two segments and one target misspells: 陕西 as Shaanxi, as Shanxi."""
    anchors = _anchors(names)
    if not anchors:
        return
    from rapidfuzz.distance import Levenshtein  # loads a compiled library: only beside a source

    present: dict[int, list[Name]] = defaultdict(list)
    for name in names.words.values():
        for number in {mention.segment for mention in name.mentions}:
            present[number].append(name)
    for number, segment in enumerate(names.document.segments):
        for han, usual in anchors.items():
            at = (segment.source or "").find(han)
            if at < 0 or any(mention.segment == number for mention in usual.mentions):
                continue
            pinyin = fold(usual.text)
            for name in present[number]:
                letters = fold(name.text)
                near = letters[:1] == pinyin[:1] and 0 < Levenshtein.distance(letters, pinyin, score_cutoff=2) <= 1 + (
                    len(pinyin) > 7
                )
                if near and not written(segment.source or "", letters):
                    yield _tie(name, usual, Mention(number, Span(at, at + len(han))))


def _tie(name: Name, usual: Name, source: Mention) -> Tie:
    """The rarer of two words that render one Chinese name to become the other."""
    if name.weight > usual.weight and len(name.mentions) > len(usual.mentions):
        name, usual = usual, name
    else:
        name = Name(name.text, tuple(mention for mention in name.mentions if mention.segment == source.segment), 1.0)
    return Tie(name, usual, how="source", sources=(source,))


def _anchors(names: Names) -> dict[str, Name]:
    """The words that are the exact pinyin of Chinese beside them, by that Chinese."""
    found: dict[str, Name] = {}
    for name in names.words.values():
        letters = fold(name.text)
        if len(letters) < 5 or not (syllables(letters) or letters in PLACES):
            continue
        for mention in name.mentions[:3]:
            source = names.document.segments[mention.segment].source
            if source and (han := written(source, letters)):
                found.setdefault(han, name)
                break
    return found


def written(source: str, letters: str) -> str:
    """The run of characters of a source whose pinyin is `letters`; "" where none is."""
    starts, whole = _letters(source)
    at = whole.find(letters)
    while at >= 0:
        if at in starts and at + len(letters) in starts:
            return source[starts[at] : starts[at + len(letters)]]
        at = whole.find(letters, at + 1)
    return ""


@lru_cache(maxsize=512)
def _letters(source: str) -> tuple[dict[int, int], str]:
    """A source in pinyin letters, and for each place where a character begins there its place in the source."""
    starts, pieces, length = {}, [], 0
    for number, character in enumerate(source):
        starts[length] = number
        piece = _SPELLINGS.get(character) or reading(character)
        pieces.append(piece)
        length += len(piece)
    return {**starts, length: len(source)}, "".join(pieces)


@lru_cache(maxsize=16384)
def reading(character: str) -> str:
    """The pinyin of one Chinese character without its tone, ü as u; `|` for anything else."""
    from pypinyin import Style, lazy_pinyin  # loads a large table: only beside a source

    return fold(lazy_pinyin(character, style=Style.NORMAL)[0]) if "\u4e00" <= character <= "\u9fff" else "|"


@lru_cache(maxsize=65536)
def spelled(han: str) -> str:
    """The letters of a Chinese name in pinyin without tones; the first character is read as a surname."""
    return (_READINGS.get(han[0]) or reading(han[0])) + "".join(map(reading, han[1:]))
