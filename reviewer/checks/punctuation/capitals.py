"""Finds capitals inside a sentence and their lack at its start: `; The company`, `, The company`, `the wall fell The men ran`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.checks import detectors
from reviewer.checks.detectors import Detector
from reviewer.model import Check, Document, Finding, Rule, Segment, Span

# words that open sentences and are never a name by themselves
FUNCTION_WORDS = frozenset(
    """a after all also although an and another any as at because before both but by despite different during each even every
    finally first five for four from furthermore he hence her his how however if in instead it its later many meanwhile moreover
    most new no not on one only or other our second several she since so some such that the their then there therefore these they
    third this those three through thus to two under various we what when where whether which while with you your""".split()
)
_SEMICOLON = re.compile(r";\s+([A-Z][a-z]+)(?= [a-z]|, )")
_COMMA = re.compile(
    r"[a-z],\s+(The|In|And|But|This|That|These|Those|It|They|He|She|We|At|On|For|As|By|When|If|While|After|So|There|Its|Their)"
    r"(?= [a-z]+ [a-z]+)"
)
_LOWER = re.compile(r"(?<![\w’'-])[a-z]{3,}")
_LOWER_START = re.compile(r"(?<=[a-z]{4})\.\s([a-z]+)(?=,? [a-z]+,? [a-z]+)")
_ABBREVIATED = re.compile(r"\b(?:approx|dept|assn|univ|incl|govt|corp)\Z")
_STARTS = "The|In|This|These|Those|That|When|If|However|But|And|They|At|On|For|As|After|There|We|It"
_RUN_ON = re.compile(rf"\b[a-z][\w’'-]* ([a-z]{{2,}}) ({_STARTS})(?= [a-z]+ [a-z]+)")
_TITLES = frozenset("a an and called entitled film in magazine named newspaper novel of or song the titled".split())


def _after_semicolon(rule: Rule) -> Check:
    """A capital after a semicolon, of a function word or a word that the document writes in lower case elsewhere."""

    def check(document: Document) -> Iterator[Finding]:
        found = [(segment, one) for segment in document.segments for one in _SEMICOLON.finditer(segment.target)]
        if not found:
            return
        common = FUNCTION_WORDS.union(*(_LOWER.findall(segment.target) for segment in document.segments))
        for segment, one in found:
            if one[1].lower() in common:
                yield rule.finding(segment, Span(*one.span(1)), fixes=(one[1].lower(),))

    return check


def _after_comma(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A capital function word after a comma, in a sentence that is not set in title case."""
    for found in _COMMA.finditer(segment.target):
        yield rule.finding(segment, Span(*found.span(1)), fixes=(found[1].lower(),))


def _sentence_start(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A sentence that starts in lower case: `The wall fell. the men ran away.`"""
    text = segment.target
    for found in _LOWER_START.finditer(text):
        if found[1] in FUNCTION_WORDS and not _ABBREVIATED.search(text, max(0, found.start() - 9), found.start()):
            yield rule.finding(segment, Span(*found.span(1)), fixes=(found[1].capitalize(),))


def _run_on(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A sentence that starts inside another without a mark between: `the wall fell The men ran away`."""
    for found in _RUN_ON.finditer(segment.target):
        if found[1] not in _TITLES:
            yield rule.finding(segment, Span(*found.span(2)))


DETECTORS: dict[str, Detector] = {
    "capital-after-semicolon": _after_semicolon,
    "capital-after-comma": detectors.by_segment(_after_comma),
    "lower-case-start": detectors.by_segment(_sentence_start),
    "run-on-capital": detectors.by_segment(_run_on, where=rf"[a-z] (?:{_STARTS}) [a-z]"),
}
