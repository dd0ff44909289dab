"""Finds counts that do not add up: three cities of A, B, C and D; about 30 or so; fell by three times; 12 (eleven); 23th."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.checks import detectors
from reviewer.checks.detectors import Detector
from reviewer.checks.numbers.english_numbers import WORDS, worded
from reviewer.model import Finding, Rule, Segment, Span

_SMALL = {word: value for word, value in WORDS.items() if 2 <= value <= 12}
_ITEM = r"(?:the )?[A-Z][\w'’-]*(?: (?:of |the )?[A-Z][\w'’-]*){0,4}"
_PLACES = (
    r"(?:provinces|cities|municipalities|counties|districts|countries|regions|towns|townships|villages|prefectures|places|islands|"
    r"areas|nations|continents|localities)"
)
_LIST = re.compile(
    rf"\b(?P<count>{'|'.join(_SMALL)}|[2-9]|1[0-2]) (?P<what>(?!of )(?:[a-z-]+ ){{0,3}}?(?:[a-z]+ (?:and|or) )?)"
    rf"(?:(?P<place>{_PLACES})(?: of|,? namely,?|:| -| –|,?) |[a-z]+s(?:,? namely,?|:) )"
    rf"(?P<items>{_ITEM}(?:, {_ITEM}){{0,11}},? and {_ITEM})(?!, [A-Z]|,? and |['’]|\w| [a-z]+ed by )"
)
_LARGER = re.compile(r"(?i)\b(?:of|in|from|among|than|over|least|most|only|other|largest|biggest|and|to|or|-)\s*\Z")
_APPROXIMATE = r"(?:about|around|approximately|roughly|nearly|almost|over|more than|some|close to|up to|at least)"
_NUMBER = r"(?:\d[\d,.]*|(?:a |one |two |three |several )?(?:hundred|thousand|million|dozen)|ten|twenty|thirty|forty|fifty)"
_OR_SO = re.compile(
    rf"(?i)\b{_APPROXIMATE}\s{_NUMBER}(?:\s[a-z]+){{0,3}}?(?P<tail>,?\sor\s(?:so|more|thereabouts))\b"
    r"(?!\s(?:than|that|far|as|he|she|it|we|they|I|you|(?:the\s)?\w+\s(?:said|says|told|tells|claim\w*|thought|hoped)))"
)
_ABOUT_OVER = re.compile(
    rf"(?i)\b(?P<first>about|around|approximately|roughly|nearly|almost|up to|as (?:many|much|high|long) as|at least|close to)\s"
    rf"(?P<second>over|more than|nearly|about|around|almost|approximately|roughly|less than)\s(?=\$?{_NUMBER})"
)
_HEDGES = r"(?i)\sor\s(?:so|more|there)|[tdyos]\s(?:over|more|nearly|about|around|almost|approximately|roughly|less)\s"
_SPEAKS_ABOUT = re.compile(
    r"\b(?:talk|ask|kn[eo]w|hear|worr|complain|t[eo]l[dl]|think|thought|sp[eo]+k|read|wr[io]te|learn|care)\w*\s+\Z", re.IGNORECASE
)
_GOOD_PAIRS = {("up to", near) for near in ("about", "around", "approximately", "roughly", "nearly", "almost")} | {
    ("at least", near) for near in ("about", "around", "approximately", "roughly")
}
_UP = (
    r"(?:increas(?:e[sd]?|ing)|gr[eo]w[ns]?|growing|growth|r[io]se[sn]?|rising|jump(?:ed|s)?|expand(?:ed|s)?|surged?|soared|"
    r"climb(?:ed|s)?|went up|up)"
)
_DOWN = (
    r"(?:decreas(?:e[sd]?|ing)|reduc(?:e[sd]?|ing|tion)|drop(?:ped|s)?|f[ae]ll(?:en|s)?|declin(?:e[sd]?|ing)|shr[aiu]nk|cut|"
    r"lower(?:ed)?|down)"
)
_TIMES = re.compile(
    rf"(?i)\b(?P<verb>{_UP}|(?P<down>{_DOWN}))(?P<between>(?:\sof|\sby)?)"
    rf"(?P<about>(?:\s(?:more than|nearly|over|about|almost|around|at least))?)\s"
    rf"(?P<number>\d+(?:\.\d+)?|{'|'.join(_SMALL)})\stimes\b"
    r"(?!\s(?:a|per|each|every|in a row|as|the|this|last|since|between|higher|more|larger)\b)"
)
_ORDINAL = re.compile(r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+)((?:st|nd|rd|th)\b| th\b(?!-)| (?:st|nd|rd)\b(?![.-]))")
_ONE_NUMBER = rf"\d{{1,2}}|{'|'.join(WORDS)}"
_NO_TAIL = r"(?<![\w.,-])(?<!hundred )(?<!hundred and )(?<!thousand )"  # of a longer number: twenty-two, a hundred and five
_GLOSSED = re.compile(rf"(?i){_NO_TAIL}(?P<figure>{_ONE_NUMBER}) \((?P<gloss>{_ONE_NUMBER})\)")


def _list(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A number of places that is not the number of names in the list after it."""
    for found in _LIST.finditer(segment.target):
        count = _SMALL.get(found["count"].lower()) or int(found["count"])
        items = re.split(r",? and |, ", found["items"])
        if not 0 < abs(len(items) - count) <= 2 or _LARGER.search(segment.target, max(0, found.start() - 12), found.start()):
            continue
        number = next(word for word, value in WORDS.items() if value == len(items)) if found["count"].isalpha() else str(len(items))
        fix = number + found[0][len(found["count"]) :]
        message = f"{found['count']} announced, {len(items)} listed."
        yield rule.finding(segment, Span(*found.span()), fixes=(fix,), message=message)


def _hedged_twice(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Two words for one approximation: `about 30 people or so`, `nearly more than 300`."""
    text = segment.target
    for found in _OR_SO.finditer(text):
        yield rule.finding(segment, Span(*found.span("tail")), fixes=("",))
    for found in _ABOUT_OVER.finditer(text):
        first, second = found["first"].lower(), found["second"].lower()
        if (first, second) in _GOOD_PAIRS or (
            first == "about" and _SPEAKS_ABOUT.search(text, max(0, found.start() - 60), found.start())
        ):
            continue
        yield rule.finding(segment, Span(found.start(), found.end("second")), fixes=(found["second"], found["first"]))


def _times(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Growth or decline counted in times. `decline: "yes"` asks for decline only, "no" for growth only.

    Rising by three times is read as threefold by some, as fourfold by others; nothing falls by more than once its size.
    """
    for found in _TIMES.finditer(segment.target):
        certain = found["between"] or found["about"] or "." in found["number"]
        if bool(found["down"]) != (rule.options.get("decline") == "yes") or not certain:
            continue
        fold = "" if found["down"] else f"{found['verb']}{found['about']} {_fold(found['number'])}"
        yield rule.finding(segment, Span(*found.span()), fixes=(fold,) if fold and not found["between"].endswith("of") else ())


def _fold(number: str) -> str:
    return f"{number.lower()}fold" if number.isalpha() else f"{number}-fold"


def _gloss(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A number and another number in brackets behind it, one in figures and one in words: `12 (eleven)`."""
    for found in _GLOSSED.finditer(segment.target):
        figure, gloss = found["figure"].lower(), found["gloss"].lower()
        if figure.isdigit() != gloss.isdigit() and _value(figure) != _value(gloss):
            yield rule.finding(segment, Span(*found.span()))


def _value(number: str) -> int:
    return int(number) if number.isdigit() else int(worded([number]))


def _ordinal(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """An ordinal with a wrong ending or a space before it: `23th`, `300 th`."""
    for found in _ORDINAL.finditer(segment.target):
        number = found[1].replace(",", "")
        ending = "th" if number[-2:] in ("11", "12", "13") else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
        if found[2] != ending:
            yield rule.finding(segment, Span(*found.span()), fixes=(found[1] + ending,))


DETECTORS: dict[str, Detector] = {
    "list-count": detectors.by_segment(_list),
    "hedged-twice": detectors.by_segment(_hedged_twice, where=_HEDGES),
    "times-as-change": detectors.by_segment(_times, where=r"\stimes\b"),
    "ordinal-ending": detectors.by_segment(_ordinal, where=r"\d ?(?:st|nd|rd|th)\b"),
    "contradicting-gloss": detectors.by_segment(_gloss, where=r"\("),
}
