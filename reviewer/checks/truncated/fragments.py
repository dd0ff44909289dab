"""Finds full stops where a main clause should begin: subordinate clauses that stand alone, "not only" without its other half."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reviewer.checks.shape import sentence_at
from reviewer.model import Finding, Rule, Segment, Span

_MAIN_VERB = re.compile(
    r"\b(?:is|was|are|were|lies?|lay|has|have|had|be|been|remains?|may|might|can|could|will|would|turns?|seems?|comes?|goes)\b|['’]s\b"
)
_OTHER_HALF = re.compile(
    r"\b(?:but|also|as well|too|even|rather|instead|moreover)\b|[;—–]|, (?:they|it|he|she|we|you|I|there|the|this|that)\b",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(r"(?<![^\s\"“(])Not only (?=(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would)\b)")
_END = re.compile(r"\.[\"”’)]*\Z")


def _has_that(rest: str) -> bool:
    """Whether a cleft sentence is complete: It was precisely because he left that they won."""
    return bool(re.search(r"\bthat\b|\bwhy\b", rest))


def _has_main_verb(rest: str) -> bool:
    """Whether "The reason why he left, because it rained" has a verb of its own after all."""
    return "because" not in rest or bool(_MAIN_VERB.search(rest))


def _has_main_clause(rest: str) -> bool:
    """Whether a comma or many words leave room for a main clause after "Although ..."."""
    return bool(re.search(r"[,;:—–]|\b(?:there|still|nevertheless)\b", rest)) or len(rest.split()) > 10


# A word that has to be there, the words that open the clause, and how to tell that a main clause comes after all.
_OPENERS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("because", re.compile(r"\bIt(?: is|['’]s| was) (?:precisely|exactly|just|only|mainly|largely) because\b(?! of\b)"), _has_that),
    (
        "reason",
        re.compile(r"(?<![^\s\"“(])The (?:main |real |fundamental |very |whole )?reasons? (?:why|that|for which)\b"),
        _has_main_verb,
    ),
    ("lthough", re.compile(r"(?<![^\s\"“(])Although\b"), _has_main_clause),
    ("hereas", re.compile(r"(?<![^\s\"“(])Whereas\b"), _has_main_clause),
    ("ven though", re.compile(r"(?<![^\s\"“(])Even though\b"), _has_main_clause),
    ("espite the fact", re.compile(r"(?<![^\s\"“(])Despite the fact that\b"), _has_main_clause),
)


def lone_clause(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A subordinate clause that passes for a sentence: "It was precisely because he left early." "Although it was raining." """
    text = segment.target
    for literal, opener, is_complete in _OPENERS:
        for found in opener.finditer(text) if literal in text else ():
            sentence = _sentence(text, found.start())
            at_start = found.start() - sentence.start <= 2  # quotation marks and brackets may stand before it
            if at_start and _END.search(sentence.of(text).rstrip()) and not is_complete(text[found.end() : sentence.end]):
                yield rule.finding(segment, Span(*found.span()))


def half_pair(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A sentence that opens with "Not only did ..." and ends before the other half, which the next one does not bring either."""
    text = segment.target
    for found in _NOT_ONLY.finditer(text) if "Not only" in text else ():
        stop = _sentence(text, found.start()).end
        if _END.search(text[found.end() : stop].rstrip()) and not _OTHER_HALF.search(
            text[found.end() : stop] + text[stop : stop + 60]
        ):
            yield rule.finding(segment, Span(found.start(), found.end() - 1))


def _sentence(text: str, position: int) -> Span:
    several = text.find(".", text.find(".") + 1) >= 0
    return sentence_at(text, position) if several else Span(0, len(text))
