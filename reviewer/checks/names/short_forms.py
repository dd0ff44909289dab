"""Ties a company to the short form that a bracket gives it, where the two have only the company's kind in common."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.checks.names.evidence import Tie
from reviewer.checks.names.headwords import HEADS, singular
from reviewer.checks.names.long_names import LINKS, WORDS
from reviewer.checks.names.mentions import RUN, Mention, Name, Names
from reviewer.model import Span

_BRACKET = re.compile(
    r"\.?(?:,?\s(?:Co|Corp|Inc)\b\.?)?(?:,?\s(?:Ltd|Limited|Inc)\b\.?)?\s\((?:hereinafter|hereafter)[\w\s,]{0,30}?(?:the\s)?[\"“]([A-Z][^\"“”()]{2,60})[\"”]\)"
)
_LEGAL = re.compile(r"\s(?:Co|Corp|Inc)$")
_KINDS = frozenset("holding holdings group industrial industries technology co ltd limited inc corp".split())


def short_form_ties(names: Names) -> Iterator[Tie]:
    """A name and what a bracket after it will call it: Ember Holding Co., Ltd. (hereinafter referred to as "Lanhai Holding").

    They have what kind of company it is in common, and each has another name before that. The later one is to become the first.
    """
    for number, segment in enumerate(names.document.segments):
        text = segment.target
        if "(here" not in text:
            continue
        for run in RUN.finditer(text):
            bracket = _BRACKET.match(text, run.end())
            if bracket and _are_two(run[0], bracket[1]):
                first, short = Span(run.start(), run.start() + len(_LEGAL.sub("", run[0]))), Span(*bracket.span(1))
                yield Tie(_name(short.of(text), number, short), _name(first.of(text), number, first), how="short form")


def _name(text: str, number: int, span: Span) -> Name:
    return Name(" ".join(text.split()), (Mention(number, span),), 1.0)


def _are_two(full: str, short: str) -> bool:
    """Whether both say what kind of company they name, alike, and no other word of the short form is in the full one."""
    words, others = _parts(full), _parts(short)
    return bool(words[0] & others[0] and words[1] and others[1]) and not words[1] & others[1]


def _parts(name: str) -> tuple[set[str], set[str]]:
    """The words for the kind of company, and the rest."""
    words = {word.lower() for word in WORDS.findall(name) if word.lower() not in LINKS}
    kinds = {word for word in words if word in _KINDS or singular(word) in HEADS}
    return kinds, {word for word in words - kinds if len(word) > 2}
