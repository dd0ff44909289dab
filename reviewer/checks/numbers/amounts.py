"""Finds amounts written the Chinese way: 3.5 hundred million, 1,0000, 5150 RMB, RMB 5 yuan, 500 mu."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from reviewer.checks import detectors
from reviewer.checks.detectors import Detector
from reviewer.checks.numbers.english_numbers import SIZES, WORDS, worded, written
from reviewer.model import Check, Document, Finding, Rule, Segment, Span

_FIGURE = r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d+)?"
_PAIR = re.compile(
    rf"(?i)(?P<number>{_FIGURE}|\b(?:{'|'.join(WORDS)}))[\s-](?P<first>ten|hundred|thousand|million|billion)[\s-]"
    r"(?P<second>thousand|million|billion)\b(?!-)"
)
_MANY_MILLION = re.compile(r"(?<![\w.,])(\d{2,3},\d{3}|\d{5,6}) million\b")
_MYRIADS = re.compile(r"(?<![\w.,$-])[1-9]\d{0,3}(?:,\d{4}){1,4}(?![\d,]|\.\d)")
_YEARS = re.compile(r"(?:\d{1,2}|(?:18|19|20)\d\d)(?:,(?:18|19|20)\d\d)+\Z")
_FOUR_DIGITS = re.compile(r"\d{4}")
_LONG = re.compile(r"(?<![\w.,/:=#()~-])[1-9]\d{3,14}(?![\w/:-]|,\d|\.\d*[\w])")
# what Chinese texts count by the thousand: money, characters, households, land
_MONEY_AFTER = re.compile(
    r"\s?(?:yuan|RMB|CNY|renminbi|Hong Kong dollars|words|(?:Chinese )?characters|mu|households|hectares|tons|"
    r"square (?:kilo)?met(?:er|re)s)\b"
)
_MONEY_BEFORE = re.compile(r"(?:RMB|CNY|HK\$|¥|￥)\s?\Z")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_CODE_BEFORE = re.compile(
    r"(?i)(?:\b(?:no\.?|code|number|room|flight|hotline|call|dial|tel|telephone|phone|zip|postcode|asteroid|model|version)\s?:?|#)\s?\Z"
)
_LINE_AFTER = re.compile(r"\s(?:hot|help|service )?(?:line|number|platform)\b")
_MODEL = re.compile(r"(?:\b[A-Z][A-Z\d]+|[a-z,]\s[A-Z]\w+)\s\Z")
_COUNTED = re.compile(r"\s[a-z]+s\b")
_LONGEST = 7  # digits; longer ones are numbers of telephones, accounts and the like
_SOURCE_LONG = re.compile(r"(?<![\d.,A-Za-z-])[1-9]\d{3,}(?![\d.,:A-Za-z/-]|年|号|届)")
_CURRENCY_AFTER = re.compile(rf"({_FIGURE}(?:\s(?:thousand|million|billion|trillion))?) ?(RMB|CNY)\b(?!\s?\d)")
_AMOUNT = r"\s?[\d,.]*\d(?:\s(?:thousand|million|billion|trillion))?"
_TWICE = re.compile(
    rf"\${_AMOUNT}(?P<dollars>\s(?:US |U\.S\. |Hong Kong )?dollars?\b)"
    rf"|£{_AMOUNT}(?P<pounds>\spounds?\b)|€{_AMOUNT}(?P<euros>\seuros?\b)"
    rf"|(?:RMB|CNY|¥|￥){_AMOUNT}(?P<yuan>\s?[Yy]uan\b)"
    r"|\d(?:\s(?:thousand|million|billion|trillion))?\s?yuan(?P<rmb>\s(?:RMB|CNY)\b)"
    r"|\d%(?P<percent>\s?percent\b)"
)
_MEASURES = {  # what one is, after the State Council's order of 1959 (mu, jin, li, chi) and common usage
    "mu": (Decimal(1) / 15, "hectares"),
    "jin": (Decimal("0.5"), "kilograms"),
    "catties": (Decimal("0.5"), "kilograms"),
    "liang": (Decimal(50), "grams"),
    "zhang": (Decimal(10) / 3, "meters"),
}
_MEASURE = re.compile(rf"(?P<number>{_FIGURE})(?P<size>\s(?:thousand|million|billion))?\s(?P<unit>{'|'.join(_MEASURES)})\b")
_CONVERTED = re.compile(r"[^.;]{0,40}\b(?:hectares?|acres?|kilograms?|kg|grams?|met(?:er|re)s?|pounds?|ha)\b")


def _decimal(number: str) -> Decimal:
    return worded([number.lower()]) if number.lower() in WORDS else Decimal(number.replace(",", ""))


def _chinese_size(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A number counted in ten thousands or hundred millions, or in two sizes at once. `Two hundred million` is good English."""
    text = segment.target
    for found in _PAIR.finditer(text):
        first, second = found["first"].lower(), found["second"].lower()
        figures = found["number"][0].isdigit()
        if not figures and (first == "hundred" or found["number"].lower() in ("twenty", "thirty", "forty", "fifty")):
            continue
        if SIZES.get(first, 10) > SIZES[second]:
            continue
        value = _decimal(found["number"]) * SIZES.get(first, 10) * SIZES[second]
        yield rule.finding(segment, Span(*found.span()), fixes=(written(value),), message=f"{rule.why} This is {written(value)}.")
    for found in _MANY_MILLION.finditer(text):
        value = _decimal(found[1]) * SIZES["million"]
        yield rule.finding(segment, Span(*found.span()), fixes=(written(value),), confidence=rule.confidence * 0.6)


def _grouped_by_four(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Commas after every four digits, as Chinese counts: `1,0000`. A day and a year may be the same signs."""
    for found in _MYRIADS.finditer(segment.target):
        if not _YEARS.match(found[0]):
            yield rule.finding(segment, Span(*found.span()), fixes=(f"{int(found[0].replace(',', '')):,}",))


def _no_separator(rule: Rule) -> Check:
    """A number of four or more digits without commas: in yuan and the like, copied from the Chinese, or where most have them."""

    def check(document: Document) -> Iterator[Finding]:
        long = (segment for segment in document.segments if _FOUR_DIGITS.search(segment.target))
        plain = [(segment, one) for segment in long for one in _LONG.finditer(segment.target)]
        grouped = sum(len(_GROUPED.findall(segment.target)) for segment in document.segments) if plain else 0
        for segment, one in plain:
            text, source = segment.target, segment.source or ""
            money = _MONEY_AFTER.match(text, one.end()) or _MONEY_BEFORE.search(text, max(0, one.start() - 5), one.start())
            if not money and len(one[0]) == 4 and 1700 <= int(one[0]) < 2100:
                continue
            if not money and (_code_around(text, one) or len(one[0]) > _LONGEST):
                continue
            if money or grouped >= max(2, len(plain)) or one[0] in _written_long(source):
                yield rule.finding(segment, Span(*one.span()), fixes=(f"{int(one[0]):,}",))

    return check


@lru_cache(maxsize=16)  # every number of a segment asks
def _written_long(source: str) -> frozenset[str]:
    return frozenset(_SOURCE_LONG.findall(source))


def _code_around(text: str, number: re.Match[str]) -> bool:
    """Whether a number is a name: Room 3650, RTX 4090, the 12345 hotline, a model or a telephone number."""
    before, after = text[max(0, number.start() - 20) : number.start()], text[number.end() : number.end() + 12]
    return bool(_CODE_BEFORE.search(before) or _LINE_AFTER.match(after) or (_MODEL.search(before) and not _COUNTED.match(after)))


def _currency_after(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """The code of a currency after the amount: `5150 RMB`."""
    for found in _CURRENCY_AFTER.finditer(segment.target):
        amount = f"{int(found[1]):,}" if found[1].isdigit() else found[1]
        yield rule.finding(segment, Span(*found.span()), fixes=(f"{found[2]} {amount}",))


def _unit_twice(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """One unit as a sign and as a word: `$5 dollars`, `RMB 5 yuan`, `50% percent`."""
    text = segment.target
    for found in _TWICE.finditer(text):
        yield rule.finding(segment, Span(*found.span(found.lastgroup or 0)), fixes=("",))


def _chinese_measure(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A Chinese unit of measure without a conversion near it; the fix adds one."""
    for found in _MEASURE.finditer(segment.target):
        if _CONVERTED.match(segment.target, found.end()):
            continue
        size = SIZES[found["size"].strip()] if found["size"] else 1
        factor, unit = _MEASURES[found["unit"]]
        value = _decimal(found["number"]) * size * factor
        rounded = Decimal(f"{value:.3g}")
        yield rule.finding(segment, Span(*found.span()), fixes=(f"{found[0]} ({written(rounded)} {unit})",))


DETECTORS: dict[str, Detector] = {
    "chinese-size": detectors.by_segment(_chinese_size, where="illion|thousand"),
    "grouped-by-four": detectors.by_segment(_grouped_by_four, where=r"\d,\d{4}"),
    "no-separator": _no_separator,
    "currency-after": detectors.by_segment(_currency_after, where="RMB|CNY"),
    "unit-twice": detectors.by_segment(_unit_twice, where="dollar|uan|percent|euro|pound"),
    "chinese-measure": detectors.by_segment(_chinese_measure, where=rf"\s(?:{'|'.join(_MEASURES)})\b"),
}
