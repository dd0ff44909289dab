"""Ties long names that differ in the English where one long run of characters stands in the Chinese beside both."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from reviewer.checks.names.chinese_runs import are_apart, segments_of, shared, sources_of
from reviewer.checks.names.evidence import Tie, ranked
from reviewer.checks.names.headwords import HEADS
from reviewer.checks.names.long_names import LINKS, Title, long_names, take_apart
from reviewer.checks.names.mentions import Mention, Name, Names, fold
from reviewer.checks.names.places import PLACES
from reviewer.checks.names.renderings import written
from reviewer.checks.pinyin import syllables
from reviewer.model import Span

_CROWD = 60  # names of one kind; more are a register
# The characters that end the Chinese for a head noun.
_CHARACTERS = {
    "forum": "坛会", "conference": "会", "committee": "会", "university": "学院校", "institute": "院所校社", "school": "学院校",
    "center": "心", "bureau": "局署", "office": "室处局办", "administration": "局署厅", "agency": "局社署构",
    "authority": "局署", "department": "部厅司局", "ministry": "部", "association": "会社", "union": "盟会", "alliance": "盟会",
    "fund": "金", "bank": "银行库财", "group": "团司", "agreement": "定约议书", "treaty": "约", "memorandum": "录",
    "plan": "划案略目程议", "declaration": "言明报", "law": "法", "act": "法", "regulation": "例定", "report": "告",
    "paper": "书", "index": "数", "exhibition": "会展", "festival": "节", "museum": "馆", "gallery": "馆廊", "library": "馆",
    "hospital": "院", "laboratory": "室", "station": "站台", "park": "园", "zone": "区", "area": "区", "court": "院",
    "procuratorate": "院", "bridge": "桥", "airport": "场", "port": "港", "highway": "路", "expressway": "路", "road": "路",
    "railway": "路", "river": "江河", "lake": "湖", "mountain": "山峰", "party": "党", "prize": "奖", "cup": "杯",
    "newspaper": "报网社闻", "competition": "赛", "finance": "财融行", "force": "局队", "share": "份",
}  # fmt: skip
_LOOSE = frozenset("bank finance group share fund".split())  # their characters stand in many other words
_NOUNS = sorted(word for word, head in HEADS.items() if head in _CHARACTERS)
_HEAD = re.compile(rf"(?<![\w'’-])(?:{'|'.join([*_NOUNS, *map(str.title, _NOUNS)])})s?(?![\w'’-])")
_WORDS_BEFORE = re.compile(r"(?:(?<![\w'’-])[A-Za-z][\w'’-]*[^\S\n]+){1,4}$")
_NEAR = 80  # code points of the words before
_NOT_INSIDE = LINKS | frozenset(
    "this that these those its their his her our said says by from as is are was were be been has have had will would "
    "about only into per under over after before new two three four five six first second other such same any some no "
    "own local relevant".split()
)


def title_ties(names: Names, same: Mapping[str, str]) -> Iterator[Tie]:
    """Long names that never stand in one segment, while one long run of Chinese stands beside every place of both.

    The noun that says what they are is one, or may translate one Chinese noun. One of the two may be in lower case.
    `same` maps a word to the one that stands for all its translations.
    """
    sources = sources_of(names)
    if not sources:
        return
    titles = [*_outermost(title for title in long_names(names) if title.head in _CHARACTERS), *_descriptions(names)]
    titles = [title for title in titles if segments_of(title.name) <= sources.keys()]
    stems = {title.name.text: frozenset(title.stems(same)) for title in titles}
    done = set()
    for block in _blocks(titles):
        for one, other in combinations(block, 2):
            pair = frozenset((one.name.text, other.name.text))
            if pair in done or not are_apart(one.name, other.name) or (one.name.text.islower() and other.name.text.islower()):
                continue
            done.add(pair)
            words, others = stems[one.name.text], stems[other.name.text]
            if not _may_be_one(one, other, words, others):
                continue
            if any(_explained(sources, a, b) or _nearer(a, b, block, stems) for a, b in ((one, other), (other, one))):
                continue
            size = min(len(one.content), len(other.content))
            within, shortest = segments_of(one.name, other.name), max(3, 3 * size // 2)
            ends = _CHARACTERS[one.head] + _CHARACTERS[other.head]
            place = next(shared(sources, one.name, other.name, shortest=shortest, within=within, ends=ends), None)
            in_common = bool(words & others - {one.head})
            if place and (words == others or not _several(sources, within, place, one.head, heads_alone=not in_common)):
                yield Tie(*ranked(one.name, other.name), 1.0 if in_common else 0.8, "source", (place,))


def _may_be_one(one: Title, other: Title, words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether the words of two names allow that they are one, and neither is short for the other."""
    if ({*one.content} ^ {*other.content}) & PLACES:
        return False
    if one.name.text.islower():
        one, other, words, others = other, one, others, words
    if other.name.text.islower():  # a description: the name in lower case, or with another noun for what it is
        return words == others or (one.head != other.head and words - {one.head} == others - {other.head})
    if words <= others or others <= words or {one.head, other.head} == {"ministry", "department"}:
        return False
    return one.head == other.head or bool((words - {one.head}) & (others - {other.head}))


def _blocks(titles: Iterable[Title]) -> Iterator[list[Title]]:
    """Names whose last nouns may translate one Chinese noun."""
    alike: dict[str, list[Title]] = defaultdict(list)
    for title in titles:
        for character in _CHARACTERS[title.head]:
            alike[character].append(title)
    yield from (block for block in alike.values() if 1 < len(block) <= _CROWD)


def _descriptions(names: Names) -> Iterator[Title]:
    """Institutions in lower case or amid a headline, each with the words before it back to a small one: the industry bank."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for number, segment in enumerate(names.document.segments):
        for match in _HEAD.finditer(segment.target):
            lead = segment.target[max(0, match.start() - _NEAR) : match.start()]
            before = _WORDS_BEFORE.search(lead)
            words = list(re.finditer(r"\S+", before[0])) if before else []
            first = max((n + 1 for n, word in enumerate(words) if word[0].lower() in _NOT_INSIDE), default=0)
            if not before or first == len(words):
                continue
            start = match.start() - len(before[0]) + words[first].start()
            text = segment.target[start : match.end()]
            if text.islower() or (text.istitle() and segment.target[match.end() : match.end() + 2].istitle()):
                found[text].append(Mention(number, Span(start, match.end())))
    for text, mentions in found.items():
        content, head = take_apart(text)
        if head in _CHARACTERS and len(content) >= 2:
            yield Title(Name(text, tuple(mentions), 0.0), content, head)


def _nearer(one: Title, other: Title, titles: Iterable[Title], stems: Mapping[str, frozenset[str]]) -> bool:
    """Whether a third name, in a segment of the second, has more words in common with the first."""
    words, places = stems[one.name.text], segments_of(other.name)
    shared = len(words & stems[other.name.text])
    return any(
        len(words & stems[title.name.text]) > shared
        for title in titles
        if title is not one and title is not other and segments_of(title.name) & places
    )


def _several(sources: Mapping[int, str], within: frozenset[int], place: Mention, head: str, *, heads_alone: bool) -> bool:
    """Whether the Chinese has another thing of the kind beside one of the names, which that name may be of: a second station.

    With `heads_alone`, when the names share nothing but what they are, any other character for it counts.
    """
    han = place.span.of(sources[place.segment])
    for number in within:
        rest = sources[number].replace(han, "")
        if len(han) > 5 and han[-3:] in rest:
            return True
        if heads_alone and head not in _LOOSE and set(rest) & set(_CHARACTERS[head]):
            return True
    return False


def _explained(sources: Mapping[int, str], one: Title, other: Title) -> bool:
    """Whether a word that only one of two names has is the pinyin of Chinese that stands beside this name alone."""
    mine, others = sources[one.name.mentions[0].segment], sources[other.name.mentions[0].segment]
    for word in set(one.content) - set(other.content):
        if syllables(word) and written(mine, fold(word)) and not written(others, fold(word)):
            return True
    return False


def _outermost(titles: Iterable[Title]) -> list[Title]:
    """Those of the names that do not always stand inside a longer one."""
    kept: list[Title] = []
    for title in sorted(titles, key=lambda title: -len(title.name.text)):
        # Two names joined by `and` look like one.
        if not any(_inside(title.name, longer.name) for longer in kept if " and " not in longer.name.text):
            kept.append(title)
    return kept


def _inside(name: Name, longer: Name) -> bool:
    return all(
        any(at.segment == place.segment and at.span.overlaps(place.span) for place in longer.mentions) for at in name.mentions
    )
