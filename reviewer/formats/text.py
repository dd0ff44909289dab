"""Turns a plain text file into segments, one a paragraph; the lines of a hard-wrapped paragraph are joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from reviewer.formats.addresses import addresses
from reviewer.formats.encoding import open_text
from reviewer.formats.parts import documents
from reviewer.model import Document, Piece, Segment

LONGEST_LINE = 200_000
"""Code points; a longer line is cut after a sentence or a word, so that a file without line ends streams too."""
LARGEST_BLOCK = 1_000
"""Lines without an empty one between them that are held at once."""
NARROWEST, WIDEST = 40, 120
"""Columns of a hard-wrapped text: e-mail wraps at 72 to 80, editors at up to 120; narrower blocks are verse, lists, addresses."""

LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # what str.splitlines splits at
ITEM = re.compile(
    r"\s*(?:[-*+–—](?=\s)|[#|>•·●○■□▪◆◇▶►※①-⑳]|\(?\d{1,3}[.)、](?!\d)|\(?[a-z][.)](?=\s)|[A-Z]\)|[（(][一二三四五六七八九十\d]+[）)]"
    r"|[一二三四五六七八九十]{1,3}、)"
)
OPENS_LOW = re.compile(r"\s*[\"'“‘(\[]*[a-zß-öø-ÿ]")
RUNS_ON = re.compile(
    r"(?:[,，、–—-]|\b(?:a|an|the|of|and|or|but|to|in|on|at|by|for|with|from|that|which|who|as|is|are|was|were|be|been|has|have|had"
    r"|will|would|its|their|his|her|this|these|than|into|between|Mr\.?|Mrs\.?|Ms\.?|Dr\.?))\s*$"
)
SENTENCE_END = re.compile(r"[.!?:;。！？：；…][\"'”’)\]]*\s*$")
LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def read(path: Path) -> Iterator[Document]:
    """The documents of a plain text file: one, or several parts where it is very long. Raises ReviewerError."""
    return documents(path, "text", segments(open_text(path)))


def segments(chunks: Iterable[str]) -> Iterator[Segment]:
    """The paragraphs of a decoded text that comes in chunks; keys count from 1."""
    number = 0
    for start, text in paragraphs(chunks):
        target = text.strip()
        if target:
            number += 1
            at = start + len(text) - len(text.lstrip())
            yield Segment(
                key=str(number),
                target=target,
                kind="item" if ITEM.match(target) else "paragraph",
                opaque=addresses(target),
                pieces=(Piece(0, at, len(target), len(target)),),
            )


def paragraphs(chunks: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Each paragraph with its line ends and where it starts in the text; empty lines are left out."""
    offset = start = 0  # where the line begins, and where the block does: the lines held since the last empty one
    block: list[str] = []
    unwrapped = False
    for line in lines(chunks):
        if line.isspace():
            yield from _joined(start, block)
            block, unwrapped = [], False
        elif unwrapped or len(line) > 4 * WIDEST:  # one such line tells that nobody wrapped the lines around it
            yield from _placed(start, block)
            yield offset, line
            block, unwrapped = [], True
        else:
            if len(block) >= LARGEST_BLOCK:
                *done, last = _joined(start, block)
                yield from done or [last]
                start, block = last[0], last[1].splitlines(keepends=True) if done else []
            start = start if block else offset
            block.append(line)
        offset += len(line)
    yield from _joined(start, block)


def lines(chunks: Iterable[str]) -> Iterator[str]:
    """The lines of a text with their ends: LF, CRLF, CR and the other line ends of Unicode."""
    rest = ""
    for chunk in chunks:
        rows = (rest + chunk).splitlines(keepends=True)
        # a CR at the end may be the first half of a CRLF
        rest = rows.pop() if rows and (rows[-1][-1] not in LINE_ENDS or rows[-1][-1] == "\r") else ""
        yield from rows
        while len(rest) > LONGEST_LINE:
            cut = _cut(rest)
            yield rest[:cut]
            rest = rest[cut:]
    if rest:
        yield rest


def _cut(line: str) -> int:
    """Where to cut a line that is too long: after its last sentence or word, or through the middle of a wall of letters."""
    for mark in (". ", "。", " "):
        at = line.rfind(mark, LONGEST_LINE // 2, LONGEST_LINE)
        if at >= 0:
            return at + len(mark)
    return LONGEST_LINE


def _joined(start: int, block: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The paragraphs of a block of lines without an empty one between them."""
    groups: list[list[str]] = []
    goes_on = False
    for line, carried_on in zip(block, _continues(block), strict=True):
        if goes_on:
            groups[-1].append(line)
        else:
            groups.append([line])
        goes_on = carried_on
    return _placed(start, map("".join, groups))


def _placed(start: int, texts: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Texts that follow each other, with where each one starts."""
    for text in texts:
        yield start, text
        start += len(text)


def _continues(block: Sequence[str]) -> list[bool]:
    """For each line of a block: does the next line carry its paragraph on, because an editor or a mailer broke it there?

    It does where the first word of the next line had no room in the widest line of the block, and that is no accident:
    the next line opens in lower case or this one stops in mid-phrase; or half of the full lines of the block do so.
    """
    goes_on = [False] * len(block)
    if len(block) < 2:
        return goes_on
    widest = max((len(line.rstrip()) for line in block if " " in line.strip()), default=0)
    if not NARROWEST <= widest <= WIDEST:
        return goes_on
    full: list[int] = []
    broken: set[int] = set()
    for i, (line, following) in enumerate(pairwise(block)):
        opens_low = OPENS_LOW.match(following) is not None
        in_mid_sentence = opens_low and not SENTENCE_END.search(line)
        # people who edit a wrapped text leave its lines uneven
        needed = widest - (widest // 6 if in_mid_sentence else 0)
        if _is_full(line, following, needed):
            full.append(i)
            if opens_low or RUNS_ON.search(line):
                broken.add(i)
    wrapped = len(broken) * 2 >= len(full)
    for i in full:
        goes_on[i] = i in broken or (wrapped and not _is_title(block[i]))
    return goes_on


def _is_full(line: str, following: str, needed: int) -> bool:
    """Whether the line with the next one's first word is wider than needed, and the next is no list item, table row or copy."""
    width = len(line.rstrip())
    if width + 1 + len(following.split(None, 1)[0]) <= needed or width * 2 < needed or ITEM.match(following):
        return False
    if "\t" in line.strip() or line.strip() == following.strip():
        return False
    # a line that is set in further than the one above it opens a paragraph, except under a list item
    return _indent(following) <= _indent(line) or ITEM.match(line) is not None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_title(line: str) -> bool:
    """Whether the line is set in title case, like a headline: nearly all its longer words open with a capital."""
    words = LONG_WORD.findall(line)
    return len(words) >= 4 and sum(word[0].isupper() for word in words) * 5 >= len(words) * 4
