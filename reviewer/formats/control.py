"""What comments in a file tell the linter: `reviewer: off`, `reviewer: on`, `reviewer: ignore RULE ...`."""

from __future__ import annotations

import re

SAID = re.compile(r"\s*reviewer:\s*(?:(off|on)|ignore\s+([\w/*,\s-]+?))\s*", re.IGNORECASE)
ALL = ("*",)


class Controls:
    """What holds at a place of a file that is read from its beginning. Blocks may lie in blocks; `level` is how deep one lies."""

    def __init__(self) -> None:
        self._off = False
        self._next: dict[int, tuple[str, ...]] = {}  # for the next block of that level
        self._here: dict[int, tuple[str, ...]] = {}  # for the block of that level that is open

    def read(self, comment: str, level: int = 0, *, inside: bool = False) -> None:
        """Takes in a comment, without its marks, before the next block of a level or inside the open one; or passes it over."""
        said = SAID.fullmatch(comment)
        if said and said[1]:
            self._off = said[1].lower() == "off"
        elif said:
            where = self._here if inside else self._next
            where[level] = (*where.get(level, ()), *re.split(r"[,\s]+", said[2].strip(", ")))

    def opened(self, level: int = 0) -> None:
        """A block begins: what was said right before it holds in it."""
        self._here[level] = self._next.pop(level, ())

    def closed(self, level: int = 0) -> None:
        """A block ends, and with it what was said for a next one in it."""
        self._here.pop(level, None)
        self._next.pop(level + 1, None)

    @property
    def ignored(self) -> tuple[str, ...]:
        """The rules that are to say nothing here: names, folders, patterns."""
        return ALL if self._off else tuple(name for level in sorted(self._here) for name in self._here[level])
