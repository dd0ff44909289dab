"""Ties a country, city or newspaper that the Chinese lacks to the one that it has there: Fiji, where other lines say Philippines."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from reviewer.checks.names.chinese_runs import sources_of
from reviewer.checks.names.evidence import Tie, nearest
from reviewer.checks.names.mentions import Mention, Name, Names
from reviewer.checks.names.renderings import reading
from reviewer.model import Span

_CAPITAL = re.compile(r"\b(?:[A-Z]\.){2,}|\b[A-Z][\w]*")
_SAME_STORY = 30  # segments


@dataclass(frozen=True, slots=True)
class _Listed:
    """A thing with its English names, Chinese names, and the one character that stands for it in headlines, each as listed."""

    english: frozenset[str]
    chinese: tuple[str, ...]
    short: frozenset[str]


def listed_ties(names: Names, things: str) -> Iterator[Tie]:
    """English names from `things` with no Chinese name beside them, where the Chinese has one other thing that the English lacks.

    `things` lists, a kind on each side of `||`, a thing as `English forms = Chinese forms`, things separated by semicolons: `Fiji
    Fijian = 斐济; Philippines Filipino = 菲律宾 菲`. A single character counts only beside that of another thing: 美日菲.
    """
    sources = sources_of(names)
    if not sources:
        return
    for kind in _kinds(things):
        pairs = _beside(kind)
        places: dict[_Listed, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
        strays = []
        for number, source in sources.items():
            text = names.document.segments[number].target
            found: dict[_Listed, list[Span]] = defaultdict(list)
            for match in _CAPITAL.finditer(text):
                for thing in _by_word(kind).get(match[0], ()):
                    found[thing].append(Span(*match.span()))
            for thing, spans in found.items():
                for span in spans:
                    places[thing][span.of(text)].append(Mention(number, span))
            stray = [thing for thing in found if not any(form in source for form in (*thing.chinese, *thing.short))]
            missing = _missing(kind, pairs, found, source) if len(stray) == 1 else []
            if missing:
                strays.append((number, stray[0], found[stray[0]], missing))
        for number, stray, spans, missing in strays:
            said = spans[0].of(names.document.segments[number].target)
            meant = missing if len(missing) == 1 else [one for one in missing if any(reading(han[0])[0] == said[0].lower() for han in _names_of(one))]
            usual = _usual(places.get(meant[0], {})) if len(meant) == 1 else None
            if usual:
                rarer = Name(said, tuple(Mention(number, span) for span in spans), 0.0)
                if nearest(rarer, usual) <= _SAME_STORY:
                    yield Tie(rarer, usual, how="listed", sources=_source(sources, number, meant[0]))


def _names_of(thing: _Listed) -> tuple[str, ...]:
    return (*thing.chinese, *thing.short)


@lru_cache(maxsize=4)
def _kinds(things: str) -> tuple[tuple[_Listed, ...], ...]:
    kinds = []
    for kind in things.split("||"):
        listed = []
        for entry in kind.split(";"):
            english, _, chinese = entry.partition("=")
            forms = chinese.split()
            if forms:
                long, short = tuple(form for form in forms if len(form) > 1), frozenset(form for form in forms if len(form) == 1)
                listed.append(_Listed(frozenset(english.split()), long, short))
        kinds.append(tuple(listed))
    return tuple(kinds)


@lru_cache(maxsize=16)
def _by_word(kind: tuple[_Listed, ...]) -> Mapping[str, tuple[_Listed, ...]]:
    found: dict[str, tuple[_Listed, ...]] = {}
    for thing in kind:
        for word in thing.english:
            found[word] = (*found.get(word, ()), thing)
    return found


@lru_cache(maxsize=16)
def _beside(kind: tuple[_Listed, ...]) -> re.Pattern[str] | None:
    """Where two and more of the single characters of a kind stand in a row."""
    characters = "".join(sorted({character for thing in kind for character in thing.short}))
    return re.compile(f"[{characters}]{{2,}}") if characters else None


def _missing(kind: tuple[_Listed, ...], pairs: re.Pattern[str] | None, found: Mapping[_Listed, object], source: str) -> list[_Listed]:
    """The things that a Chinese text names and its English does not."""
    rows = "".join(pairs.findall(source)) if pairs else ""
    return [
        thing
        for thing in kind
        if thing not in found and (any(form in source for form in thing.chinese) or any(one in rows for one in thing.short))
    ]


def _usual(forms: Mapping[str, list[Mention]]) -> Name | None:
    """The commonest of the English names of a thing in the document."""
    if not forms:
        return None
    text = max(forms, key=lambda form: len(forms[form]))
    return Name(text, tuple(forms[text]), float(len(forms[text])))


def _source(sources: Mapping[int, str], number: int, thing: _Listed) -> tuple[Mention, ...]:
    form = next((form for form in _names_of(thing) if form in sources[number]), "")
    at = sources[number].find(form)
    return (Mention(number, Span(at, at + len(form))),) if form else ()
