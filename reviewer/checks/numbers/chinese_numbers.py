"""Reads the numbers of a Chinese text: 4.5亿, 三千二百, 百分之五, 两百五十万."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reviewer.model import Span

_DIGITS = {char: number for number, chars in enumerate("零〇 一 二两 三 四 五 六 七 八 九".split()) for char in chars}
_UNITS = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
_ARABIC = r"\d+(?:[,，]\d{3}(?!\d))*(?:[.．]\d+)?"
_NUMBER = re.compile(
    rf"(?P<fraction>[百千]分之)?(?P<body>(?:{_ARABIC}|[零〇一二两三四五六七八九十百千]+(?:点[零〇一二三四五六七八九]+)?)"
    rf"(?:[多余来几]?[十百千万亿]+(?:零?(?:{_ARABIC}|[一二两三四五六七八九])(?=[十百千万]))?)*[一二两三四五六七八九]?)(?P<percent>[%％])?"
)
_LONGEST = 40  # characters; a longer run is no number
_VAGUE = re.compile(r"[多余来几数]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a text: where it stands and its value; `percent` for a share of a hundred, whose value is the hundredths.

    `large` says that it is counted in 万 or 亿, the units that English has no words for.
    """

    span: Span
    value: Decimal
    percent: bool = False
    large: bool = False


def figures(text: str) -> Iterator[Figure]:
    """The numbers of a Chinese text in order; those in words too, many of which count nothing (一个, 统一)."""
    for found in _NUMBER.finditer(text):
        body = found["body"]
        if found["fraction"] == "千分之" or len(body) > _LONGEST:
            continue
        percent = bool(found["percent"] or found["fraction"])
        yield Figure(Span(*found.span()), value(_VAGUE.sub("", body)), percent, "万" in body or "亿" in body)


def value(number: str) -> Decimal:
    """What a Chinese number, digits mixed in or not, amounts to: 1亿2000万 is 120,000,000, 三万五 is 35,000."""
    for unit, size in _UNITS.items():
        if unit in number:
            left, _, right = number.rpartition(unit)
            rest = value(right.lstrip("零〇")) if right.lstrip("零〇") else Decimal(0)
            if len(right) == 1 and right in _DIGITS and size >= 100:
                rest *= size // 10
            return (value(left) if left else Decimal(1)) * size + rest
    if "点" in number:
        whole, _, part = number.partition("点")
        return Decimal(f"{_plain(whole)}.{_plain(part)}")
    return Decimal(_plain(number))


def _plain(number: str) -> str:
    return "".join(str(_DIGITS.get(char, char)) for char in number if char not in ",，").replace("．", ".") or "0"
