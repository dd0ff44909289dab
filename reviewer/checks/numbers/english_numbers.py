"""Reads the numbers of an English text and writes numbers as English does: 4.5 billion, three hundred thousand, 12%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reviewer.model import Span

SIZES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ONES = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORDS = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_ONE_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_SIZE = "|".join(SIZES)
_ARABIC = re.compile(
    rf"(?<![\w.])(?<!\d,)(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)(?P<sizes>(?:[\s-](?i:{_SIZE})\b)*)"
    r"(?P<percent>\s?(?:%|percent\b|per cent\b))?"
)
_WORDED = re.compile(
    rf"(?i)(?<![\w-])(?:half\s)?(?:an?|{_ONE_WORD})(?:-(?:{_ONE_WORD}))?(?:[\s-](?:and\s)?(?:{_SIZE}|{_ONE_WORD})\b)*"
    r"(?P<percent>\spercent\b|\sper cent\b)?(?![\w-])"
)
_LARGEST_PLAIN = 10**6


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a text: where it stands, its value, and whether it is a share of a hundred (the value counts the hundredths)."""

    span: Span
    value: Decimal
    percent: bool = False


def figures(text: str) -> Iterator[Figure]:
    """The numbers of an English text in figures, then those in words."""
    for found in _ARABIC.finditer(text):
        number = Decimal(found["digits"].replace(",", ""))
        for size in re.findall(r"\w+", found["sizes"].lower()):
            number *= SIZES[size]
        yield Figure(Span(*found.span()), number, bool(found["percent"]))
    for found in _WORDED.finditer(text):
        words = re.findall(r"[a-z]+", found[0].lower())
        if words[-1] not in ("a", "an") and not (len(words) == 1 and words[0] == "one"):
            yield Figure(Span(*found.span()), worded(words), bool(found["percent"]))


def worded(words: list[str]) -> Decimal:
    """What a number in words amounts to: ["half", "a", "million"] is 500,000."""
    total, section = Decimal(0), Decimal(0)
    for word in words:
        if word in WORDS:
            section += WORDS[word]
        elif word == "hundred":
            section = (section or Decimal(1)) * 100
        elif word in SIZES:
            total += (section or Decimal(1)) * SIZES[word]
            section = Decimal(0)
    return (total + section) / (2 if words[0] == "half" else 1)


def written(number: Decimal) -> str:
    """A number as English writes it: 450 million, 1.2 billion, 12,000."""
    for name in ("trillion", "billion", "million"):
        scaled = number / SIZES[name]
        if scaled >= 1 and number >= _LARGEST_PLAIN and scaled == round(scaled, 3):
            return f"{_trimmed(scaled)} {name}"
    return _trimmed(number)


def _trimmed(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
