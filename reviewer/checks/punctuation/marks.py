"""Finds marks that clash or stand where English has none (What is it?, or .. or ,) or six dots) and words left over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.checks import detectors
from reviewer.checks.detectors import Detector
from reviewer.model import Finding, Rule, Segment, Span

_CLASH = re.compile(
    r"(?<=[\w)\]%\"”’'])(?:[?!]{1,2}[,;:]|[,;:]{2,3}|[,;:][.!?](?![.\w])|\.[,;:]|\.\.(?!\.)|[?!]\.(?!\.))(?![.,;:!?\w])",
)
_ABBREVIATION = re.compile(
    r"(?i)(?:\b(?:etc|co|ltd|inc|corp|llc|plc|jr|sr|bros|no|vs|st|mr|mrs|ms|dr|prof|rev|gen|col|sen|rep|gov|dept|univ|assn|ave|blvd|rd|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun|approx|est|al|ca|cf|ed|eds|vol|pp|fig|esq|"
    r"ph\.?d|mass|conn|calif|wash|ore|tex|fla|colo|ariz|mich|minn|wis|pa|va|md|ga|ill|tenn|okla|nev|penn|op|oz|lb|ft|in)|"
    r"\b[a-z]|\b(?:[a-z]\.)+[a-z]?)\Z"
)
_NAMES_WITH_MARKS = re.compile(r"(?:\b(?:Yahoo|Jeopardy|Which|Yum|Guess|Wham|Oh|Go|Mamma Mia)[!?]|[a-z][A-Z]\w*!)\Z")
_ENTITY = re.compile(r"&#?\w+\Z")
_ELLIPSIS = re.compile(r"(?<![.…])(?:\.{4,}|…{2,}|…\.+|\.+…)(?=[\s\w\"”’)]|\Z)")
_LEADERS = re.compile(r"\.{12}|(?:\. ?){9}")
_BEFORE_BRACKET = re.compile(r"(?<=[\w.])[,;](?=\s?\))")
_STRAY = re.compile(r"(?<=[a-z]{3}[.!?])\s+([a-z]+)[.!](?=\s+[A-Z\"“]|\s*\Z)")
_NOT_STRAY = re.compile(r"(?i)\b(?:etc|ltd|inc|corp|bros)\.\Z")


def _clash(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Two marks of which one is too many. The full stop of an abbreviation takes other marks after it."""
    text = segment.target
    for found in _CLASH.finditer(text):
        before, marks = text[max(0, found.start() - 14) : found.start()], found[0]
        abbreviated = marks[0] == "." and marks != ".." and _ABBREVIATION.search(before)
        quoted = before[-1] in "'\"" and text[found.end() : found.end() + 1] == before[-1]
        if not abbreviated and not quoted and not _NAMES_WITH_MARKS.search(before + marks[0]) and not _ENTITY.search(before):
            yield rule.finding(segment, Span(*found.span()), fixes=(_stronger(marks),))


def _stronger(marks: str) -> str:
    """The one of several marks that is kept: ?, or !, or a full stop at the end, or the comma, semicolon or colon."""
    for mark in "?!":
        if mark in marks:
            return mark
    if marks[-1] == ".":
        return "."
    return ";" if ";" in marks else marks.lstrip(".")[0]


def _ellipsis(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """More than three dots: the Chinese ellipsis has six. The leaders of a table of contents have more."""
    text = segment.target
    if not _LEADERS.search(text):
        for found in _ELLIPSIS.finditer(text):
            glued = text[found.end() : found.end() + 1].isalnum()
            yield rule.finding(segment, Span(*found.span()), fixes=("... " if glued else "...",))


def _before_bracket(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A comma before a closing bracket: `(Norwich, Ely,)`. One that makes a tuple, `(x,)`, is code."""
    text = segment.target
    for found in _BEFORE_BRACKET.finditer(text if ")" in text else ""):
        if " " in text[max(0, text.rfind("(", 0, found.start())) : found.start()]:
            yield rule.finding(segment, Span(*found.span()), fixes=("",))


def _stray_word(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """One lower-case word as a sentence: `Prices went up. increase.` The translation repeats its last word or a particle."""
    text = segment.target
    for found in _STRAY.finditer(text):
        if not _NOT_STRAY.search(text, 0, found.start()):
            yield rule.finding(segment, Span(*found.span()), fixes=("",))


DETECTORS: dict[str, Detector] = {
    "clashing-marks": detectors.by_segment(_clash, where="[?!,;:.][?!,;:.]"),
    "long-ellipsis": detectors.by_segment(_ellipsis, where=r"\.{4}|…"),
    "comma-at-bracket": detectors.by_segment(_before_bracket, where=r"[,;]\s?\)"),
    "stray-word": detectors.by_segment(_stray_word),
}
