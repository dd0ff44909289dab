"""Parts a document into the passages that a language model reads in one go, each after what stands before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reviewer.checks import shape

MOST = 2200  # code points of a passage: some 500 tokens
BEFORE = 1100  # of what is read before it


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


def parted(texts: Sequence[Text]) -> Iterator[Passage]:
    """The passages of a document; what they are to score, put together, is the English of all texts."""
    pieces = [piece for text in texts for piece in _cut(text)]
    start = 0
    while start < len(pieces):
        first, size = start, 0
        while first and size + len(pieces[first - 1].english) <= BEFORE:
            first -= 1
            size += len(pieces[first].english)
        before = tuple(pieces[first:start])
        if start and not before:  # a long paragraph: its end
            last = pieces[start - 1]
            tail = last.english[-BEFORE:]
            before = (Text(tail.partition(" ")[2] or tail, last.chinese),)
            size = BEFORE
        end, room = start, MOST + BEFORE - size
        while end < len(pieces) and (end == start or len(pieces[end].english) <= room):
            room -= len(pieces[end].english)
            end += 1
        yield Passage(before, tuple(pieces[start:end]))
        start = end


def _cut(text: Text) -> Iterator[Text]:
    """A long text between sentences, and a long sentence between words; its Chinese goes with each part."""
    start = 0
    while len(text.english) - start > MOST:
        english = text.english[start : start + MOST]
        end = start + (_last_end(english) or english.rfind(" ") + 1 or MOST)
        yield Text(text.english[start:end], text.chinese)
        start = end
    yield Text(text.english[start:], text.chinese)


def _last_end(english: str) -> int:
    """Where the last sentence begins that does not end here, 0 if it is the first."""
    sentences = shape.sentences(english)
    return sentences[-1].start if len(sentences) > 1 else 0
