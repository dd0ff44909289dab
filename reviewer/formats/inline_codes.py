"""Reads the content of a source, target or segment of XLIFF and TMX: text among inline codes."""

from __future__ import annotations

import html

from reviewer.formats.markup.flow import Flow
from reviewer.formats.markup.tokens import Token, attribute
from reviewer.model import Span

NATIVE = frozenset("bpt ept it ut".split())
"""Codes of XLIFF 1.2 and TMX 1.4b whose content is the markup of another format: the opening or the end of something."""
ALONE = frozenset("x ph cp".split())
"""Codes that stand for a thing: a picture, a variable, a line break, a character that XML cannot hold."""
BREAKS = ("lb", "xlf:lb")
"""How XLIFF 1.2 (`ctype`) and 2.x (`subType`) call a line break."""


def escape(text: str, kind: str = "paragraph") -> str:
    """The text as it is written between tags, whatever the kind of segment."""
    return html.escape(text, quote=False)


class Content:
    """The text of an element that is being read, token by token. Tags around text (`g`, `pc`, `mrk`, `hi`) leave no trace in it."""

    def __init__(self, file: str) -> None:
        self.flow = Flow()
        self._file = file
        self._code: Token | None = None  # the code whose content is passed over, and how many of its name are open in it
        self._depth = 0
        self._marks: list[bool] = []  # for each open `mrk`, whether its text is to stay as it is

    def add(self, token: Token) -> None:
        """The next token inside the element."""
        if self._code:
            self._inside_code(token)
        elif token.kind == "text":
            self.flow.add(token, opaque=any(self._marks))
        elif token.name == "mrk":
            if token.kind == "start":
                said = [attribute(self._file, token, name) for name in ("translate", "mtype")]
                self._marks.append(said[0] == "no" or said[1] == "protected")
            else:
                self._marks.pop()
        elif token.kind == "start" and token.name in NATIVE | ALONE:
            self._code, self._depth = token, 1

    def _inside_code(self, token: Token) -> None:
        if not self._code or token.name != self._code.name:
            return
        self._depth += {"start": 1, "end": -1}[token.kind]
        if self._depth:
            return
        place = Span(self._code.start, token.end)
        if self._code.name in ALONE:
            kinds = [attribute(self._file, self._code, name) for name in ("ctype", "subType")]
            is_break = any(kind in BREAKS for kind in kinds)
            (self.flow.add_break if is_break else self.flow.add_hole)(place.start, place.end)
        self._code = None
