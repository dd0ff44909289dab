"""Parts a document into the passages that a language model reads in one go, each after what stands before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reviewer.checks import shape

AT_ONCE = 730  # tokens, as `estimated`, of a document that is read in one passage
USUAL = 500  # of a passage of others
BEFORE = 130  # of what is read before it
LONGEST = 2700  # code points of a text that is not cut
_TAIL = 600  # of the end of a text that is too long to be read before another
_TOKENS = re.compile(r"[A-Za-z]+|[^A-Za-z\s]")


def estimated(english: str) -> int:
    """About how many tokens a text has: its words, digits and marks.

    Of paragraphs of machine-translated news, SmolLM2 makes 1.09 times as many, with a standard deviation of 6 in a hundred; their
    code points foretell it with 14.
    """
    return len(_TOKENS.findall(english))


class Text(NamedTuple):
    """English to be scored, given its Chinese, or None."""

    english: str
    chinese: str | None = None


class Passage(NamedTuple):
    """Texts to be scored, read after those before them in their document: what was named there is no surprise here."""

    before: tuple[Text, ...]
    texts: tuple[Text, ...]

    @property
    def english(self) -> str:
        """The texts to be scored, as one."""
        return "".join(text.english for text in self.texts)

    @property
    def size(self) -> int:
        """About how many tokens of English are read."""
        return sum(estimated(text.english) for text in (*self.before, *self.texts))


def parted(texts: Sequence[Text]) -> Iterator[Passage]:
    """The passages of a document; what they are to score, put together, is the English of all texts.

    Two are read at once, so there is an even number of them, which take nearly the same time, unless there is but one.
    """
    pieces = [piece for text in texts for piece in _cut(text)]
    sizes = [estimated(piece.english) for piece in pieces]
    total = sum(sizes)
    wanted = 1 if total <= AT_ONCE else 2 * max(1, round(total / (2 * USUAL)))
    most = bisect_left(range(total), True, key=lambda most: sum(1 for _ in _places(sizes, most)) <= wanted)
    for first, start, end in _places(sizes, most):
        before = tuple(pieces[first:start])
        if start and not before:  # after a long paragraph: its end
            last = pieces[start - 1]
            tail = last.english[-_TAIL:]
            before = (Text(tail.partition(" ")[2] or tail, last.chinese),)
        yield Passage(before, tuple(pieces[start:end]))


def _places(sizes: Sequence[int], most: int) -> Iterator[tuple[int, int, int]]:
    """Of each passage, where what is read before it begins, where it begins and where it ends, if so many tokens are read for it.

    More are read where a single text is longer.
    """
    start = 0
    while start < len(sizes):
        first, before = start, 0
        while first and before + sizes[first - 1] <= BEFORE:
            first -= 1
            before += sizes[first]
        end, room = start, most - (before if first < start or not start else BEFORE)
        while end < len(sizes) and (end == start or sizes[end] <= room):
            room -= sizes[end]
            end += 1
        yield first, start, end
        start = end


def _cut(text: Text) -> Iterator[Text]:
    """A long text between sentences, and a long sentence between words; its Chinese goes with each part."""
    start = 0
    while len(text.english) - start > LONGEST:
        english = text.english[start : start + LONGEST]
        end = start + (_last_end(english) or english.rfind(" ") + 1 or LONGEST)
        yield Text(text.english[start:end], text.chinese)
        start = end
    yield Text(text.english[start:], text.chinese)


def _last_end(english: str) -> int:
    """Where the last sentence begins that does not end here, 0 if it is the first."""
    sentences = shape.sentences(english)
    return sentences[-1].start if len(sentences) > 1 else 0
