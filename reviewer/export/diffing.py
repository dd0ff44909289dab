"""Turns two texts into the lines of a unified diff, as a stream."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from reviewer.formats.encoding import lf_lines

CONTEXT = 3
"""Unchanged lines shown around a change."""
AGREED = 2 * CONTEXT
"""Equal lines after which the two texts count as in step again."""
FARTHEST = 2_000
"""Lines looked ahead for such a place."""


class _Lines:
    """The lines of a text, one at a time; lines that were looked at too early can be put back."""

    def __init__(self, chunks: Iterable[str]) -> None:
        self._lines = lf_lines(chunks)
        self._returned: deque[str] = deque()
        self.taken = 0

    def take(self, into: list[str]) -> bool:
        """Appends the next line; False at the end."""
        line = self._returned.popleft() if self._returned else next(self._lines, None)
        if line is None:
            return False
        into.append(line)
        self.taken += 1
        return True

    def put_back(self, lines: list[str], keep: int) -> None:
        """Takes back all but the first `keep` of the lines taken last."""
        self._returned.extendleft(reversed(lines[keep:]))
        self.taken -= len(lines) - keep
        del lines[keep:]


def diff(path: Path, before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    """The unified diff of two texts that come in chunks, line by line; nothing where they are equal.

    Both are read in lock-step and only what differs is held, so a large file with local changes streams.
    """
    header = [f"--- {path}\n", f"+++ {path}\n"]
    old, new = _Lines(before), _Lines(after)
    context: list[str] = []
    while True:
        olds, news = list(context), list(context)
        more = [old.take(olds), new.take(news)]
        if not any(more):
            return
        if olds == news:
            context = olds[-CONTEXT:]
            continue
        _go_on_until_agreed(old, olds, new, news)
        matcher = SequenceMatcher(None, olds, news, autojunk=False)
        tag, start, end, _, _ = matcher.get_opcodes()[-1]
        yield from header
        header = []
        for group in matcher.get_grouped_opcodes(CONTEXT):
            yield from _hunk(group, olds, news, old.taken - len(olds), new.taken - len(news))
        context = olds[start + CONTEXT : end][-CONTEXT:] if tag == "equal" else []  # what no hunk has shown


def _go_on_until_agreed(old: _Lines, olds: list[str], new: _Lines, news: list[str]) -> None:
    """Takes lines from both texts until both end with the same few lines, or both end, or it takes too long."""
    while len(olds) + len(news) < FARTHEST:
        for one, other, lines in ((olds, news, new), (news, olds, old)):
            agreed = _find(one[-AGREED:], other) if len(one) > AGREED + CONTEXT else None
            if agreed is not None:
                lines.put_back(other, agreed + AGREED)
                return
        more = [old.take(olds), new.take(news)]
        if not any(more):
            return


def _find(wanted: Sequence[str], lines: Sequence[str]) -> int | None:
    """Where some lines stand among others, the last such place."""
    places = range(len(lines) - len(wanted), -1, -1)
    return next((at for at in places if lines[at] == wanted[0] and lines[at : at + len(wanted)] == wanted), None)


def _hunk(
    group: Sequence[tuple[str, int, int, int, int]], olds: list[str], news: list[str], old_at: int, new_at: int
) -> Iterator[str]:
    """The lines of one hunk, whose texts begin at these line numbers, counted from 0."""
    (_, i, _, j, _), (_, _, i_end, _, j_end) = group[0], group[-1]
    yield f"@@ -{_range(old_at + i, i_end - i)} +{_range(new_at + j, j_end - j)} @@\n"
    for tag, a, a_end, b, b_end in group:
        if tag == "equal":
            yield from _rows(" ", olds[a:a_end])
        else:
            yield from _rows("-", olds[a:a_end])
            yield from _rows("+", news[b:b_end])


def _range(start: int, length: int) -> str:
    """Line numbers as a unified diff writes them: from 1, and the line before where there are none."""
    return f"{start + 1 if length else start},{length}"


def _rows(sign: str, lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n"
        if not line.endswith("\n"):
            yield "\\ No newline at end of file\n"
