"""Turns an XLIFF file, 1.2 or 2.x, into documents, one for each `<file>` in it, and segments with their source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from reviewer.formats.control import Controls
from reviewer.formats.encoding import open_text
from reviewer.formats.inline_codes import Content
from reviewer.formats.markup.tokens import Token, attribute
from reviewer.formats.markup.xml import tokens
from reviewer.formats.parts import documents
from reviewer.model import Document, ReviewerError, Segment

UNITS = ("trans-unit", "unit")
PASSED_OVER = frozenset("alt-trans seg-source matches glossary header internal-file originalData metadata".split())
"""What holds text, sources and targets beside those of the unit."""


def read(path: Path) -> Iterator[Document]:
    """The documents of an XLIFF file: one where it has one `<file>`, in parts if very long, else one each, named by its `original`.

    Units without a target, and what is not to be translated, are left out. Raises ReviewerError.
    """
    found = files("".join(open_text(path)), path)
    if len(found) == 1:
        yield from documents(path, "xliff", found[0].segments)
        return
    seen: Counter[str] = Counter()
    for number, file in enumerate(found, 1):
        name = file.name or f"file {number}"
        seen[name] += 1
        yield Document(path, "xliff", tuple(file.segments), name if seen[name] == 1 else f"{name} ({seen[name]})")


@dataclass(slots=True)
class File:
    """One `<file>` of an XLIFF file."""

    name: str
    segments: list[Segment] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)


def files(text: str, path: Path | str) -> list[File]:
    """What the decoded text of an XLIFF file holds; at least one. Raises ReviewerError that names `path`."""
    reader = _Reader(text)
    for token in tokens(text, str(path)):
        if not reader.version and token.kind == "start":
            reader.version = attribute(text, token, "version") if token.name == "xliff" else ""
            if reader.version[:2] not in ("1.", "2."):
                raise ReviewerError(f"{path}: this is not XLIFF 1.x or 2.x (its first element is <{token.name}>); check the file")
        reader.take(token)
    return reader.files or [File("")]


class _Reader:
    """Follows the elements that are open."""

    def __init__(self, text: str) -> None:
        self.files: list[File] = []
        self.version = ""
        self._text = text
        self._kept: list[bool] = [True]  # for each open element that may say `translate`, whether it is to be translated
        self._passed: Token | None = None
        self._depth = 0
        self._unit = self._segment = ""
        self._found: dict[str, Content] = {}  # source and target of the segment
        self._in = ""  # which of them is open
        self._of_unit: list[tuple[str, Segment]] = []  # the segments of the unit, with their own ids
        self._note: list[str] | None = None  # what the note says that is open
        self._controls = Controls()  # notes are the comments, the elements they stand in the blocks

    def take(self, token: Token) -> None:
        """The next token of the file."""
        if self._passed:
            if token.name == self._passed.name:
                self._depth += {"start": 1, "end": -1}[token.kind]
                self._passed = self._passed if self._depth else None
        elif self._in and (token.kind == "text" or token.name != self._in):
            self._found[self._in].add(token)
        elif self._note is not None and token.kind == "text":
            self._note.append(token.text)
        elif token.kind == "start":
            self._start(token)
        elif token.kind == "end":
            self._end(token)

    def _start(self, token: Token) -> None:
        name = token.name
        if name in PASSED_OVER:
            self._passed, self._depth = token, 1
        elif name == "file":
            self.files.append(File(attribute(self._text, token, "original") or attribute(self._text, token, "id")))
        elif name in UNITS:
            self._unit, self._of_unit, self._found = attribute(self._text, token, "id"), [], {}
        elif name == "segment":
            self._segment, self._found = attribute(self._text, token, "id"), {}
        elif name in ("source", "target"):
            self._in = name
            self._found[name] = Content(self._text)
        elif name == "note":
            self._note = []
        if name in ("file", "group", *UNITS):
            said = attribute(self._text, token, "translate")
            self._kept.append(said == "yes" or (said != "no" and self._kept[-1]))
            self._controls.opened(len(self._kept))

    def _end(self, token: Token) -> None:
        name = token.name
        if name == self._in:
            self._in = ""
        elif name == "note" and self._note is not None:
            self._controls.read("".join(self._note), len(self._kept), inside=True)
            self._note = None
        elif name in ("segment", "trans-unit"):
            self._finish()
        if name in UNITS and self.files:
            self.files[-1].segments += self._named()
        if name in ("file", "group", *UNITS):
            self._controls.closed(len(self._kept))
            self._kept.pop()

    def _finish(self) -> None:
        """Takes the source and target of the segment that ends, if there are both and they are to be translated."""
        target, source = self._found.get("target"), self._found.get("source")
        segment = target.flow.segment("", source=source.flow.text() if source else None) if target and self._kept[-1] else None
        if segment:
            self._of_unit.append((self._segment, segment))
        self._found, self._segment = {}, ""

    def _named(self) -> Iterator[Segment]:
        """The segments of the unit with their keys: its id and, where it has several, their own or their number."""
        keys = self.files[-1].keys
        for number, (own, segment) in enumerate(self._of_unit, 1):
            key = self._unit if len(self._of_unit) == 1 else f"{self._unit}/{own or number}"
            while key in keys:
                key += "'"
            keys.add(key)
            yield replace(segment, key=key, ignored=self._controls.ignored)
