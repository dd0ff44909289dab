"""Turns the text of a gettext PO file into entries: their strings, where each stands in the file, their flags and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reviewer.formats.lines import lines
from reviewer.model import ReviewerError, Span

FIELD = re.compile(r"[ \t]*(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?|(?=\"))[ \t]*(?=\"|$)")
LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"[ \t]*')
ESCAPE = re.compile(r"(?:\\[0-7]{1,3}|\\x[0-9a-fA-F]{2})+|\\.")
NAMED = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
ORDER = ("msgctxt", "msgid", "msgid_plural", "msgstr")


@dataclass(slots=True)
class Entry:
    """One entry. `strings` are those of each field (`msgctxt`, `msgid`, `msgid_plural`, `msgstr`, `msgstr[0]` ...), line by line:
    where each stands in the file, without its quotes. `comments` are those of translators and of the program, without the mark.
    `place` is where in the file one more comment of a translator goes: the beginning of the line after those there are.
    """

    line: int
    place: int | None = None
    strings: dict[str, list[Span]] = field(default_factory=dict)
    flags: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)

    def text(self, file: str, name: str) -> str:
        """What a field reads as; "" where the entry has none of that name."""
        return "".join(unescaped(span.of(file)) for span in self.strings.get(name, ()))

    @property
    def is_complete(self) -> bool:
        """Whether it has a text and its translation, empty or not."""
        return "msgid" in self.strings and any(name.startswith("msgstr") for name in self.strings)


def entries(file: str, place: str) -> Iterator[Entry]:
    """The entries that are in use, in order, the heading (which has the empty msgid) among them; obsolete ones (`#~`) are left out.

    Raises ReviewerError with the line, after `place`, where this is no PO file.
    """
    entry = Entry(1)
    last = ""
    for number, span in enumerate(lines(file), 1):
        line = span.of(file)
        words = line.strip()
        if words.startswith("#"):
            if entry.strings:
                yield _whole(entry, place)
                entry, last = Entry(number), ""
            _note(entry, words, span.start)
            continue
        if not words:
            continue
        found = FIELD.match(line)
        name = (found[1] or last) if found else ""
        if not found or not name:
            raise ReviewerError(f"{place}: line {number}: this is no line of a PO file; write msgid, msgstr, a string or a comment")
        if found[1] and _begins_another(name, entry):
            yield _whole(entry, place)
            entry = Entry(number)
        if entry.place is None:
            entry.place = span.start
        if found[1] and name in entry.strings:
            raise ReviewerError(f"{place}: line {number}: {name} stands twice in one entry; delete one of the two")
        entry.strings.setdefault(name, []).extend(_literals(file, span, found.end(), f"{place}: line {number}"))
        last = name
    if entry.strings:
        yield _whole(entry, place)


def unescaped(written: str) -> str:
    """What is between the quotes of a string, read as the programs of gettext read it."""
    return ESCAPE.sub(lambda match: character(match[0]), written)


def character(escape: str) -> str:
    """The character that an escape stands for; several, where it is the bytes of several."""
    if escape[1] in "01234567x":
        codes = re.findall(r"x[0-9a-fA-F]{2}|[0-7]{1,3}", escape)
        return bytes(int(code[1:], 16) if code[0] == "x" else int(code, 8) & 0xFF for code in codes).decode(errors="replace")
    return NAMED.get(escape[1], escape[1])


def _note(entry: Entry, words: str, at: int) -> None:
    """Takes down a comment; those that say where a text stands, or what it was before, and obsolete entries count for nothing."""
    kind = words[1:2]
    if kind not in (".", ":", ",", "|"):
        entry.place = None  # after this line
    elif entry.place is None:
        entry.place = at
    if kind == "~":  # what was said before it is said of it
        entry.flags.clear()
        entry.comments.clear()
    elif kind == ",":
        entry.flags |= {flag.strip() for flag in words[2:].split(",")}
    elif kind not in ("|", ":"):
        entry.comments.append(words.lstrip("#.").strip())


def _begins_another(name: str, entry: Entry) -> bool:
    """Whether a field is the first of the next entry: entries need no empty line between them."""
    return entry.is_complete and ORDER.index(name.partition("[")[0]) < ORDER.index("msgid_plural")


def _whole(entry: Entry, place: str) -> Entry:
    if not entry.is_complete:
        raise ReviewerError(f"{place}: line {entry.line}: the entry here has no msgid or no msgstr; add what is missing")
    return entry


def _literals(file: str, line: Span, at: int, place: str) -> Iterator[Span]:
    """The strings of a line from a place in it on, at least one."""
    at += line.start
    while at < line.end:
        found = LITERAL.match(file, at, line.end)
        if not found:
            raise ReviewerError(f'{place}: a string is not closed, or something follows it; end it with " and write \\" inside')
        yield Span(*found.span(1))
        at = found.end()
