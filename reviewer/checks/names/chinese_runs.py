"""Finds the runs of Chinese that stand beside every place of two names and hardly anywhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from reviewer.checks.names.evidence import NEARBY, nearest
from reviewer.checks.names.mentions import Mention, Name, Names
from reviewer.model import Span

_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_LONGEST = 24  # characters of a Chinese name
# What no name is made of, alone: a run of these between two names says nothing.
SMALL = frozenset("的了在是和与及等将为有不这那其对从到由并也就都而以于上下中大小年月日时个名位种第一二三四五六七八九十百千万亿")


def sources_of(names: Names) -> dict[int, str]:
    """The sources of a document by the number of the segment, where there is one."""
    return {number: segment.source for number, segment in enumerate(names.document.segments) if segment.source}


def segments_of(*some: Name) -> frozenset[int]:
    """The numbers of the segments where the names stand."""
    return frozenset(mention.segment for name in some for mention in name.mentions)


def are_apart(one: Name, other: Name) -> bool:
    """Whether two names are near each other and never in one segment."""
    return nearest(one, other) <= NEARBY and not segments_of(one) & segments_of(other)


def shared(
    sources: Mapping[int, str], one: Name, other: Name, *, shortest: int, within: frozenset[int], ends: str = ""
) -> Iterator[Mention]:
    """Where runs of Chinese stand, the longest first, that are beside every place of two names and hardly anywhere without them.

    `within` are the segments where a run may stand; beyond them, one in four may have it. What follows the last of the
    characters in `ends` does not count.
    """
    beside = sorted(segments_of(one, other))
    first, rest = sources[beside[0]], [sources[number] for number in beside[1:]]
    for run, start in sorted(_runs(first, rest, shortest), key=lambda run: -len(run[0])):
        text = run[: 1 + max(map(run.rfind, ends))] if ends else run
        if len(text) < shortest or not set(text) - SMALL:
            continue
        holding = [number for number, source in sources.items() if text in source]
        if sum(number not in within for number in holding) <= len(holding) // 4:
            yield Mention(beside[0], Span(start, start + len(text)))


def _runs(text: str, others: Iterable[str], shortest: int) -> Iterator[tuple[str, int]]:
    """The longest runs of Chinese characters of a text, with where they start, that stand in all of the others."""
    others = tuple(others)
    for run in _HAN.finditer(text):
        last = 0
        for start in range(len(run[0]) - shortest + 1):
            end = max(last, start + shortest)
            while end <= min(len(run[0]), start + _LONGEST) and all(run[0][start:end] in other for other in others):
                end += 1
            end -= 1
            if end - start >= shortest and end > last and all(run[0][start:end] in other for other in others):
                yield run[0][start:end], run.start() + start
                last = end
