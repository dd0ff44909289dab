"""Turns a gettext PO file into segments, one a translation; a msgid in Chinese is its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from reviewer.formats.chinese import HAN
from reviewer.formats.control import Controls
from reviewer.formats.encoding import open_text
from reviewer.formats.markup.flow import Flow
from reviewer.formats.markup.tokens import Token
from reviewer.formats.parts import documents
from reviewer.formats.po_entries import ESCAPE, Entry, character, entries
from reviewer.model import Document, Segment, Span

STYLING = r"</?(?:a|abbr|b|big|code|del|em|font|i|ins|kbd|li|ol|p|s|small|span|strong|sub|sup|tt|u|ul)\b(?:\\.|[^<>\\])*>"
"""Tags that a reader never sees: they stand around words. They are no part of a target."""
BREAK = r"<br\b(?:\\.|[^<>\\])*>"
OTHER_TAG = r"</?[A-Za-z](?:\\.|[^<>\\])*>"
FORMATTED = r"%(?:\(\w+\)|\d+\$)?[-+#0 ']*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh|h|ll|l|q|j|z|t|L)?[diouxXeEfFgGaAcrspn@%]"
SURE = r"%(?:\(\w+\)|\d+\$)?(?:\.\d+)?[dsifu](?![a-zA-Z])|%%"
"""What stands for a value whether or not the entry says that it has such; "100% sure" has none."""
NAMED = r"\$?\{\{?[\w.:!\[\]-]*\}\}?|\$\w+"
ADD_STRING = re.compile(r"\r\n|\r|\n|[\"\\\t]")
WRITTEN = {"\t": r"\t", '"': r"\"", "\\": r"\\"}


def read(path: Path, source: Path | None = None) -> Iterator[Document]:
    """The documents of a PO file: one, or several parts where it is very long. Raises ReviewerError with the line.

    The source is that of the same msgid (and context) in the PO file `source`, if there is one, else the msgid where it is Chinese.
    """
    sources = {} if source is None else _translations("".join(open_text(source)), str(source))
    return documents(path, "po", segments("".join(open_text(path)), str(path), sources))


def escape(text: str, kind: str = "paragraph") -> str:
    """The text as it is written between the quotes of a string."""
    return ADD_STRING.sub(lambda match: WRITTEN.get(match[0], r"\n"), text)


def segments(file: str, place: str, sources: Mapping[tuple[str, str, str], str]) -> Iterator[Segment]:
    """The translations in use, fuzzy ones too, without the heading; `12` is that of the entry in line 12, `12[1]` a plural.

    The tags of HTML are left out of a target; other tags, and what stands for a value, are opaque.
    """
    controls = Controls()
    for entry in entries(file, place):
        for comment in entry.comments:
            controls.read(comment)
        controls.opened()
        msgid = entry.text(file, "msgid")
        if not msgid:
            continue
        for name in sorted(one for one in entry.strings if one.startswith("msgstr")):
            number = name.removeprefix("msgstr")
            own = entry.text(file, "msgid_plural" if number not in ("", "[0]") else "msgid")
            source = sources.get(_key(entry, file, number)) or (own if HAN.search(own) else None)
            found = _flow(entry, file, entry.strings[name]).segment(f"{entry.line}{number}", source=source)
            if found:
                yield replace(found, ignored=controls.ignored)


def _translations(file: str, place: str) -> dict[tuple[str, str, str], str]:
    """The translations of another PO file."""
    found: dict[tuple[str, str, str], str] = {}
    for entry in entries(file, place):
        for name in entry.strings:
            if name.startswith("msgstr"):
                found[_key(entry, file, name.removeprefix("msgstr"))] = entry.text(file, name)
    # Chinese has one form where English has two
    return found | {(*key[:2], "[1]"): text for key, text in found.items() if key[2] == "[0]" and (*key[:2], "[1]") not in found}


def _key(entry: Entry, file: str, number: str) -> tuple[str, str, str]:
    return entry.text(file, "msgctxt"), entry.text(file, "msgid"), number


def _flow(entry: Entry, file: str, strings: list[Span]) -> Flow:
    """The text of a translation, which may be wrapped anywhere, also inside a tag."""
    written = "".join(span.of(file) for span in strings)
    begins = list(accumulate(map(len, strings), initial=0))
    flow = Flow()
    for match in _pattern(entry).finditer(written):
        if match.lastgroup == "styling":
            continue
        here = [
            Span(max(match.start(), begin) - begin + span.start, min(match.end(), begin + len(span)) - begin + span.start)
            for begin, span in zip(begins, strings, strict=False)
            if begin < match.end() and match.start() < begin + len(span)
        ]
        if match.lastgroup == "br":
            flow.add_break(here[0].start, here[-1].end)
        elif match.lastgroup == "escape":
            flow.add(Token("text", here[0].start, here[-1].end, text=character(match[0])))
        else:
            for part in here:
                flow.add(Token("text", part.start, part.end, text=part.of(file)), opaque=match.lastgroup == "value")
    return flow


def _pattern(entry: Entry) -> re.Pattern[str]:
    """What a translation is made of: no flag needs to say that `%s` is no word, but `% d` is only one where a flag says so."""
    formatted = any(flag.endswith("-format") and not flag.startswith("no-") for flag in entry.flags)
    value = "|".join([OTHER_TAG, FORMATTED if formatted else SURE, NAMED])
    return re.compile(
        rf"(?P<br>{BREAK})|(?P<styling>{STYLING})|(?P<value>{value})|(?P<escape>{ESCAPE.pattern})|(?P<text>[^<%{{$\\]+|.)",
        re.DOTALL,
    )
