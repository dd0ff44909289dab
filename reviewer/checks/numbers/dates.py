"""Finds times and dates that no clock or calendar has: 20:48 PM, 25:10, February 30, June 31."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from reviewer.checks import detectors
from reviewer.checks.detectors import Detector
from reviewer.model import Finding, Rule, Segment, Span

_MERIDIEM = re.compile(r"(?<![\d:.,])(1[3-9]|2[0-4]|0?0)(?:([:.])([0-5]\d))?(?::[0-5]\d)?(\s?)([AaPp]\.?[Mm])\b\.?")
_CLOCK = re.compile(r"(?<![\d:.,/-])(\d{1,2}):(\d\d)(?![\d:])(?!\s?%)")
_AT = re.compile(r"(?i)\b(?:at|until|till|from|before|after|around|since)\s+(?:about |around )?\Z")
_MONTHS = "January February March April May June July August September October November December".split()
_NAME = "|".join([*_MONTHS, "Sept", *(month[:3] for month in _MONTHS)])
_MONTH_DAY = re.compile(rf"\b({_NAME})\.?\s(\d\d)(?:st|nd|rd|th)?\b(?!\s?[:%]|[,.]?\d{{3}})(?:,?\s((?:19|20)\d\d)\b)?")
_DAY_MONTH = re.compile(rf"(?<![\d.,:$£€-])(\d\d)(?:st|nd|rd|th)?(?: of)? ({_NAME})\b\.?(?:,?\s((?:19|20)\d\d)\b)?")
_ISO = re.compile(r"(?<![\d/-])((?:19|20)\d\d)-(\d\d)-(\d\d)(?![\d-])")


def _meridiem(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A time of the 24-hour clock with AM or PM."""
    for found in _MERIDIEM.finditer(segment.target):
        hour, mark, minute, space, half = found.groups()
        evening = half[0] in "pP"
        if not mark and (int(hour) == 0 or not _AT.search(segment.target, max(0, found.start() - 20), found.start())):
            continue  # twenty AM stations
        plain = f"{hour}{mark}{minute}" if mark else f"{hour}:00"
        fixes = [plain]
        if evening and 12 < int(hour) < 24:
            fixes.append(f"{int(hour) - 12}{(mark or '') + (minute or '')}{space}{half}{'.' * ('.' in half)}")
        end = found.end() - (found[0].endswith(".") and "." not in half)
        yield rule.finding(segment, Span(found.start(), end), fixes=tuple(fixes))


def _time(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A time past 24:00, or one with more than 59 minutes. A score or a ratio is none: a word such as `at` has to stand before."""
    for found in _CLOCK.finditer(segment.target):
        hour, minute = int(found[1]), int(found[2])
        impossible = hour > 24 or minute > 59 or (hour == 24 and minute)
        if impossible and _AT.search(segment.target, max(0, found.start() - 20), found.start()):
            yield rule.finding(segment, Span(*found.span()))


def _date(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A day that its month does not have."""
    text = segment.target
    for found in _MONTH_DAY.finditer(text):
        if _no_such_day(found[3], found[1], found[2]):
            yield rule.finding(segment, Span(*found.span()))
    for found in _DAY_MONTH.finditer(text):
        if _no_such_day(found[3], found[2], found[1]):
            yield rule.finding(segment, Span(*found.span()))
    for found in _ISO.finditer(text):
        month = int(found[2])
        if not 1 <= month <= 12 or not 1 <= int(found[3]) <= calendar.monthrange(int(found[1]), month)[1]:
            yield rule.finding(segment, Span(*found.span()))


def _no_such_day(year: str | None, name: str, day: str) -> bool:
    """Without a year February may have 29 days. A number over 31 is no day of any month, but a year or a quantity."""
    month = next(number for number, whole in enumerate(_MONTHS, 1) if whole.startswith(name[:3]))
    return calendar.monthrange(int(year or 2000), month)[1] < int(day) <= (39 if year else 31)


DETECTORS: dict[str, Detector] = {
    "meridiem": detectors.by_segment(_meridiem, where=r"\d\s?[AaPp]\.?[Mm]\b"),
    "impossible-time": detectors.by_segment(_time, where=":"),
    "impossible-date": detectors.by_segment(_date, where=r"\d\d"),
}
