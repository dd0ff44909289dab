"""Ties a country or news agency that the Chinese lacks to the one that it has there: Fiji, elsewhere the Philippines."""

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


@dataclass(frozen=True, slots=True, eq=False)
class _Thing:
    """A thing by its names in Chinese, and the single characters that stand for it in headlines."""

    chinese: tuple[str, ...]
    short: frozenset[str]

    def stands_in(self, source: str) -> bool:
        """Whether a Chinese text may name it."""
        return any(form in source for form in self.chinese) or any(one in source for one in self.short)


@dataclass(frozen=True, slots=True)
class _Kind:
    """Things that are put for each other: the things by their English names, and where two of their characters stand in a row."""

    things: tuple[_Thing, ...]
    english: Mapping[str, _Thing]
    row: re.Pattern[str] | None

    def missing(self, found: Mapping[_Thing, object], source: str) -> list[_Thing]:
        """The things that a Chinese text names and that are not in `found`."""
        rows = "".join(self.row.findall(source)) if self.row else ""
        return [
            thing
            for thing in self.things
            if thing not in found and (any(form in source for form in thing.chinese) or any(one in rows for one in thing.short))
        ]


def listed_ties(names: Names, things: str) -> Iterator[Tie]:
    """English names from `things` with no Chinese name beside them, where the Chinese has one other thing that the English lacks.

    `things` lists, a kind on each side of `||`, a thing as `English forms = Chinese forms`, things separated by semicolons: `Fiji
    Fijian = 斐济; Philippines Filipino = 菲律宾 菲`. A single character counts only beside that of another thing: 美日菲.
    """
    sources = sources_of(names)
    if not sources:
        return
    for kind in _kinds(things):
        places: dict[_Thing, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
        strays: list[tuple[int, list[Span], list[_Thing]]] = []
        for number, source in sources.items():
            text = names.document.segments[number].target
            found: dict[_Thing, list[Span]] = {}
            for match in _CAPITAL.finditer(text):
                if thing := kind.english.get(match[0]):
                    span = Span(*match.span())
                    found.setdefault(thing, []).append(span)
                    places[thing][match[0]].append(Mention(number, span))
            stray = [thing for thing in found if not thing.stands_in(source)]
            if len(stray) == 1 and (missing := kind.missing(found, source)):
                strays.append((number, found[stray[0]], missing))
        for number, spans, missing in strays:
            said = spans[0].of(names.document.segments[number].target)
            meant = missing if len(missing) == 1 else [thing for thing in missing if _begins_alike(said, thing)]
            if len(meant) == 1 and (forms := places.get(meant[0])):
                text = max(forms, key=lambda form: len(forms[form]))
                usual = Name(text, tuple(forms[text]), float(len(forms[text])))
                rarer = Name(said, tuple(Mention(number, span) for span in spans), 0.0)
                if nearest(rarer, usual) <= _SAME_STORY:
                    yield Tie(rarer, usual, how="listed", sources=_source(sources, number, meant[0]))


@lru_cache(maxsize=4)
def _kinds(things: str) -> tuple[_Kind, ...]:
    kinds = []
    for kind in things.split("||"):
        english: dict[str, _Thing] = {}
        for entry in kind.split(";"):
            names, _, chinese = entry.partition("=")
            forms = chinese.split()
            thing = _Thing(tuple(form for form in forms if len(form) > 1), frozenset(form for form in forms if len(form) == 1))
            english |= dict.fromkeys(names.split(), thing)
        listed = tuple(dict.fromkeys(english.values()))
        characters = "".join(sorted({character for thing in listed for character in thing.short}))
        kinds.append(_Kind(listed, english, re.compile(f"[{characters}]{{2,}}") if characters else None))
    return tuple(kinds)


def _begins_alike(said: str, thing: _Thing) -> bool:
    """Whether a Chinese name of a thing begins with the letter of an English name: 菲 (fei) and Fiji."""
    return any(reading(form[0])[0] == said[0].lower() for form in (*thing.chinese, *thing.short))


def _source(sources: Mapping[int, str], number: int, thing: _Thing) -> tuple[Mention, ...]:
    form = next((form for form in (*thing.chinese, *thing.short) if form in sources[number]), "")
    at = sources[number].find(form)
    return (Mention(number, Span(at, at + len(form))),) if form else ()
