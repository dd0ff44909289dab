"""Adds the comments of reviewers to a Word document: their texts, and where those are missing the member that holds them."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from itertools import count
from posixpath import basename, dirname, join

from reviewer.export.changes import Change, Note
from reviewer.export.docx_changes import clean, in_quotes, signature
from reviewer.formats.docx import TYPES, parts
from reviewer.formats.markup.xml import tokens
from reviewer.formats.zipped import Container

ID = re.compile(r'<w:comment\w*\s[^>]*?\bw:id="(\d+)"')
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
COMMENTS = f'{DECLARATION}<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"></w:comments>'
RELATIONS = f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


def comments(file: Container, changes: dict[str, list[Change]]) -> dict[str, str]:
    """The texts of the members that hold or name comments, as they are to be written; none where no change has a note.

    Gives the first change of each decision in the text of the document, in `changes` by member, the number of its comment. Word
    has no comments in headers, footers and notes.
    """
    found = parts(file)
    main = found["main"][0]
    member = next(iter(found.get("comments", [])), "")
    old = file.text(member)[0] if member else COMMENTS
    numbers = count(1 + max((int(number) for text in (old, file.text(main)[0]) for number in ID.findall(text)), default=-1))
    notes: list[Note] = []
    numbered: list[Change] = []
    said: Note | None = None
    for change in sorted(changes.get(main, [])):
        note = change.note
        if note and note.words and change.text and note is not said:
            notes.append(replace(note, comment=next(numbers)))
            numbered.append(replace(change, note=notes[-1]))
        else:
            numbered.append(change)
        said = note
    if not notes:
        return {}
    changes[main] = numbered
    written = "".join(map(_comment, notes))
    if member:
        return {member: _with(file, member, old, written)}
    member = next(name for name in (join(dirname(main), f"comments{i or ''}.xml") for i in count()) if name not in file.names)
    return {**_announced(file, main, member), member: _with(file, member, old, written)}


def _comment(note: Note) -> str:
    initials = "".join(word[0] for word in clean(note.author).split())
    lines = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line, quote=False)}</w:t></w:r></w:p>'
        for line in clean(note.words).splitlines()
    )
    return f'<w:comment w:id="{note.comment}" {signature(note)} w:initials="{in_quotes(initials)}">{lines}</w:comment>'


def _announced(file: Container, main: str, member: str) -> dict[str, str]:
    """The two members that say what the new one is: its type, and that the document refers to it."""
    relations = join(dirname(main), "_rels", f"{basename(main)}.rels")
    known = file.text(relations)[0] if relations in file.names else RELATIONS
    name = next(name for name in (f"rIdComments{i or ''}" for i in count()) if f'"{name}"' not in known)
    return {
        TYPES: _with(file, TYPES, file.text(TYPES)[0], f'<Override PartName="/{member}" ContentType="{CONTENT_TYPE}"/>'),
        relations: _with(file, relations, known, f'<Relationship Id="{name}" Type="{RELATION}" Target="/{member}"/>'),
    }


def _with(file: Container, member: str, text: str, added: str) -> str:
    """The XML text of a member with something added as the last thing in its outermost element."""
    *_, last = (token for token in tokens(text, f"{file.path}: {member}") if token.kind == "end")
    if last.end > last.start:
        return text[: last.start] + added + text[last.start :]
    opened = text.rindex("/>", 0, last.start)  # it is closed in its own tag
    name = text[text.rindex("<", 0, opened) + 1 : opened].split(maxsplit=1)[0]
    return f"{text[:opened]}>{added}</{name}>{text[last.start :]}"
