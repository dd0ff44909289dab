"""Finds spaces that are missing after a mark or stand where none belongs: time:April, red ,blue, ( text ), 18: 30, 20yuan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.checks import detectors
from reviewer.checks.detectors import Detector
from reviewer.checks.punctuation.capitals import FUNCTION_WORDS
from reviewer.model import Finding, Rule, Segment, Span

_AFTER_MARK = re.compile(r"[,;:!?](?=[^\W\d_])")
_AFTER_STOP = re.compile(r"(?:\.{3}|\.)(?=[A-Z][a-z]+(?:['’]\w+)?[\s,])")
_DAY_YEAR = re.compile(r"(?<=[a-z.] )\d{1,2},(?=(?:19|20)\d\d\b)")
_TOKEN_BEFORE = re.compile(r"\S*\Z")
_TOKEN_AFTER = re.compile(r"\S*")
_CODE = re.compile(r"[@\\_=<>{}|#&~^]|//|::|www\.|https?:|[a-z]\([a-z\d,]{0,12}\)")
_WORD_BEFORE = re.compile(r"[^\W_]+[)\]\"”’'%]?\Z")
_WORD_AFTER = re.compile(r"[^\W_]+")
_NAMES_WITH_MARKS = frozenset(("re", "yahoo", "nier"))
_SPACE_BEFORE = re.compile(r"(?<=[^\s.,;:!?])[ \n]+([,;!?](?![\w()=]|[,;!?])|:(?=\s[\"“])|\.(?=[\s\"”’)]|\Z)(?!\s\.))")
_IN_TIME = re.compile(r"(?<![\d:.,/-])(?:[01]?\d|2[0-4]): [0-5]\d(?![\d:%])")
_BEFORE_PERCENT = re.compile(r"\d ([%％])(?!\w)")
_IN_BRACKET = re.compile(r"\([ \n]+(?=\w)|(?<=[\w.%])[ \n]+\)")
_BEFORE_BRACKET = re.compile(r"(?<![\w.])(?:[A-Z][a-z]+|[a-z]{3,}|[A-Z]{2,})(?=\((?:[A-Z]\w+|[a-z]+)(?: [\w'’-]+)*\))")
_AFTER_BRACKET = re.compile(r"(?<=[^\W_])\)(?=[A-Za-z]{2,}\b)")
_QUANTITY = re.compile(
    r"(?<![\w.,£$€¥-])(\d[\d,.]*)(billion|million|trillion|thousand|hundred|yuan|dollars|percent|people|tons?|met(?:er|re)s?|"
    r"kilomet(?:er|re)s?|years?|months?|weeks?|days?|hours?|minutes?)\b"
)


def _token(text: str, at: int) -> str:
    """The run without white space around a place."""
    before, after = _TOKEN_BEFORE.search(text, max(0, at - 60), at), _TOKEN_AFTER.match(text, at)
    return (before[0] if before else "") + (after[0] if after else "")


def _missing_after(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """No space after a mark inside a sentence, or after a full stop before the next: `time:April`, `the end.The`."""
    text = segment.target
    for mark in (*_AFTER_MARK.finditer(text), *_AFTER_STOP.finditer(text), *_DAY_YEAR.finditer(text)):
        sign = mark[0][-1]
        before = _WORD_BEFORE.search(text, max(0, mark.start() - 30), mark.end() - 1)
        after = _WORD_AFTER.match(text, mark.end())
        if not before or not after or _CODE.search(_token(text, mark.start())):
            continue
        if _is_prose(text, sign, before[0], after[0]) and not _enclosed(text, before.start(), after.end()):
            yield rule.finding(segment, Span(before.start(), after.end()), fixes=(f"{before[0]}{sign} {after[0]}",))


def _enclosed(text: str, start: int, end: int) -> bool:
    """Whether brackets or quotation marks hold these words and nothing else, as they hold code: (name,value)."""
    return text[start].islower() and bool(start) and text[start - 1] in "([{\"'" and text[end : end + 1] in tuple(")]}\"'")


def _is_prose(text: str, mark: str, before: str, after: str) -> bool:
    """Whether a mark between two words belongs to a sentence and not to a name, a list number or a piece of code."""
    if before.lower() in _NAMES_WITH_MARKS or len(before) + len(after) < 4:
        return False
    if mark == ".":
        ends = before[-1] in ')"”’' or (len(before) > 2 and before.islower()) or (before.isdigit() and not text.startswith(before))
        return ends and after.lower() in FUNCTION_WORDS
    if mark in ":!?" and before.islower() and after.islower():
        return after in FUNCTION_WORDS
    return not (before.isupper() and after.isupper())


def _space_before(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A space before a comma, a full stop or another mark: `red , blue`."""
    for found in _SPACE_BEFORE.finditer(segment.target):
        yield rule.finding(segment, Span(*found.span()), fixes=(found[1],))


def _in_time(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A space inside a time of day: `18: 30`."""
    for found in _IN_TIME.finditer(segment.target):
        yield rule.finding(segment, Span(*found.span()), fixes=(found[0].replace(" ", ""),))


def _before_percent(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A space before a percent sign: `12 %`."""
    for found in _BEFORE_PERCENT.finditer(segment.target):
        yield rule.finding(segment, Span(found.start() + 1, found.end()), fixes=(found[1],))


def _brackets(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Spaces inside round brackets, none outside them: `( see below )`, `Norwich(England)is`."""
    text = segment.target
    for found in _IN_BRACKET.finditer(text):
        yield rule.finding(segment, Span(*found.span()), fixes=(found[0].strip(),))
    for found in _BEFORE_BRACKET.finditer(text):
        one_word = text.find(" ", found.end()) > text.find(")", found.end())
        if not (found[0].islower() and one_word) and not _CODE.search(_token(text, found.end())):
            yield rule.finding(segment, Span(found.end(), found.end() + 1), fixes=(" (",))
    for found in _AFTER_BRACKET.finditer(text):
        inside = text[text.rfind("(", 0, found.start()) + 1 : found.start()]
        if " " in inside or inside[:1].isupper():  # not (un)known
            yield rule.finding(segment, Span(*found.span()), fixes=(") ",))


def _quantity(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A number that runs into its unit: `20yuan`, `4.5billion`. Written so after a currency sign it is a house style."""
    for found in _QUANTITY.finditer(segment.target):
        yield rule.finding(segment, Span(*found.span()), fixes=(f"{found[1]} {found[2]}",))


DETECTORS: dict[str, Detector] = {
    "no-space-after-mark": detectors.by_segment(_missing_after),
    "space-before-mark": detectors.by_segment(_space_before),
    "space-in-time": detectors.by_segment(_in_time, where=": "),
    "space-before-percent": detectors.by_segment(_before_percent),
    "bracket-spacing": detectors.by_segment(_brackets, where="[()]"),
    "glued-quantity": detectors.by_segment(_quantity),
}
