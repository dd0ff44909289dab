"""Finds numbers that came out another than the Chinese beside them says: 4.5亿 as 45 million, 315户 as 3315 households."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from reviewer.checks import detectors
from reviewer.checks.detectors import Detector
from reviewer.checks.numbers import chinese_numbers, english_numbers
from reviewer.model import Finding, Related, Rule, Segment, Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b")
_THOUSANDS = re.compile(r"(?:,000)*(?:\s?[kKmM]\b|\s?bn\b|\s[mb]ill?i?on)?")
_SHARED_UNIT = re.compile(r"\s?(?:to|and|or|-|–|—)\s?[\d.,]+\s(?:hundred|thousand|million|billion|trillion)")
# a decade, a discount, a clock or a Chinese measure: English may rightly write another number
_RECKONED = re.compile(r"\s?(?:年代|后|折|时|点|亩|斤|里|公里|尺|寸|丈|两|倍|层|楼|岁|成|℃|度|世纪|平|[/比:：－~年—-])")
_COUNTED = re.compile(r"[\d一二三四五六七八九两]")
_LEAST = 10  # smaller numbers come and go in translation


def _own(text: str, found: tuple[english_numbers.Figure, ...]) -> set[Decimal]:
    """What the English counts: its numbers and the months it names."""
    months = {Decimal(_MONTHS.index(month.lower()) + 1) for month in _MONTH.findall(text)}
    return {figure.value for figure in found} | months


@lru_cache(maxsize=8)
def _read(source: str, text: str) -> tuple[tuple[chinese_numbers.Figure, ...], tuple[english_numbers.Figure, ...]]:
    return tuple(chinese_numbers.figures(source)), tuple(english_numbers.figures(text))


def _digits(number: Decimal) -> tuple[int, ...]:
    return number.normalize().as_tuple().digits


def _misplaced(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A number counted in 万 or 亿 that the English has with the same digits, but ten, a hundred, a thousand times off."""
    source, text = segment.source or "", segment.target
    if "万" not in source and "亿" not in source:
        return
    chinese, english = _read(source, text)
    said, own = {figure.value for figure in chinese}, _own(text, english)
    for figure in chinese:
        if not figure.large or figure.value in own or not figure.value or not _COUNTED.match(source, figure.span.start):
            continue
        same = [one for one in english if one.value not in said and one.value and _digits(one.value) == _digits(figure.value)]
        if len(same) == 1 and not _SHARED_UNIT.match(text, same[0].span.end):
            rest = _THOUSANDS.match(text, same[0].span.end)
            scaled = rest is not None and rest[0].strip(",0 ") != ""  # 50K: the size is written in a way not read here
            if not scaled:
                yield _finding(rule, segment, Span(same[0].span.start, rest.end() if rest else same[0].span.end), figure)


def _changed(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """The one number of the Chinese that the English lacks, where the English has just one that the Chinese lacks."""
    source, text = segment.source or "", segment.target
    if not source or not re.search(r"\d", source) or not re.search(r"\d", text):
        return
    chinese, english = _read(source, text)
    said, own = {figure.value for figure in chinese}, _own(text, english)
    missing = [figure for figure in chinese if figure.value not in own and figure.span.of(source)[0].isdigit()]
    added = [figure for figure in english if figure.value not in said and text[figure.span.start].isdigit()]
    if len(missing) != 1 or len(added) != 1:
        return
    lost, new = missing[0], added[0]
    if _RECKONED.match(source, lost.span.end) and not _is_year(lost.value):
        return
    if lost.percent != new.percent or _is_year(lost.value) != _is_year(new.value) or min(lost.value, new.value) < _LEAST:
        return
    if _digits(lost.value) != _digits(new.value) and not _SHARED_UNIT.match(text, new.span.end):
        yield _finding(rule, segment, new.span, lost)


def _is_year(value: Decimal) -> bool:
    return 1900 <= value < 2100 and value == int(value)


def _finding(rule: Rule, segment: Segment, span: Span, figure: chinese_numbers.Figure) -> Finding:
    source = segment.source or ""
    words, right = figure.span.of(source), english_numbers.written(figure.value)
    if figure.percent:
        right += "%"
    elif _is_year(figure.value):
        right = right.replace(",", "")
    related = (Related(segment.key, figure.span, words, "source"),)
    return rule.finding(segment, span, fixes=(right,), message=f"{words} is {right}.", related=related)


DETECTORS: dict[str, Detector] = {
    "misplaced-point": detectors.by_segment(_misplaced),
    "changed-figure": detectors.by_segment(_changed),
}
