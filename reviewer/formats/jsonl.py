"""Turns a .jsonl file, one segment a line, into documents: lines with the same `doc` belong together wherever they stand."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.formats.addresses import addresses
from reviewer.formats.decoding import Encoding, opened
from reviewer.formats.detecting import detect
from reviewer.formats.encoding import lf_lines, open_text
from reviewer.formats.parts import documents
from reviewer.model import Document, Piece, ReviewerError, Segment

ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")
HALF_A_PAIR = re.compile(r"[\ud800-\udfff]")
KEYS = ("id", "target", "source", "doc")
SPACE = " \t\n\r"  # what JSON calls white space
DECODER = json.JSONDecoder()
OBJECTS = json.JSONDecoder(object_pairs_hook=tuple)  # with every key, also one that stands twice


@dataclass(frozen=True, slots=True)
class Index:
    """Where the lines of a file begin, in bytes and in code points, and which lines (from 0) each `doc` owns, in file order."""

    byte_starts: array[int] = field(default_factory=lambda: array("Q"))
    character_starts: array[int] = field(default_factory=lambda: array("Q"))
    docs: dict[str, array[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One line, read and found good."""

    id: str
    target: str
    source: str | None
    doc: str


def read(path: Path) -> Iterator[Document]:
    """The documents of a .jsonl file in order of first appearance; every error in the file is raised before the first of them.

    Lines without a `doc` are the document with the empty name, in parts where it is very long. Memory holds an index (24 bytes
    a line, and while it is made the ids) and one document. Raises ReviewerError with the line number.
    """
    encoding = detect(path)
    index = _index(path, encoding)
    if not index.docs:
        yield Document(path, "jsonl", ())
    for name, owned in index.docs.items():
        segments = _segments(path, encoding, index, owned)
        if name:
            yield Document(path, "jsonl", tuple(segments), name)
        else:
            yield from documents(path, "jsonl", segments)


def escape(text: str, kind: str = "paragraph") -> str:
    """The text as it is written inside a JSON string literal, whatever the kind of segment."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _index(path: Path, encoding: Encoding) -> Index:
    """Reads and checks every line once, keeping only where it stands."""
    index = Index()
    ids: dict[str, dict[str, int]] = {}
    at_byte, at_character = len(encoding.bom), 0
    for number, line in enumerate(lf_lines(open_text(path, encoding))):
        index.byte_starts.append(at_byte)
        index.character_starts.append(at_character)
        at_byte += len(line.encode(encoding.name))
        at_character += len(line)
        if not line.strip(SPACE):
            continue
        try:
            row = _row(line)
            earlier = ids.setdefault(row.doc, {}).setdefault(row.id, number)
            if earlier != number:
                name = json.dumps(row.id, ensure_ascii=False)
                raise ReviewerError(f"id {name} stands in line {earlier + 1} too; ids must be unique within a doc")
        except ReviewerError as error:
            raise ReviewerError(f"{path}: line {number + 1}: {error}") from None
        index.docs.setdefault(row.doc, array("Q")).append(number)
    index.byte_starts.append(at_byte)
    return index


def _row(line: str) -> Row:
    """The fields of a line; ReviewerError without the file and the line, which the caller knows."""
    try:
        row: object = OBJECTS.decode(line)
    except (ValueError, RecursionError) as error:
        place = f" (column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
        what = error.msg if isinstance(error, json.JSONDecodeError) else "too deep or too long a value"
        raise ReviewerError(f"this is not JSON: {what}{place}; write one object a line") from None
    if not isinstance(row, tuple):
        raise ReviewerError('this is not an object; write {"id": ..., "target": ...}')
    fields: dict[str, object] = dict(row)
    if len(fields) < len(row) and (twice := [key for key in KEYS if sum(key == other for other, _ in row) > 1]):
        raise ReviewerError(f'"{twice[0]}" stands twice; write it once, so that it is clear which one counts')
    target, source = fields.get("target"), fields.get("source")
    if not isinstance(target, str):
        raise ReviewerError(f'"target" {"must be text" if "target" in fields else "is missing"}; it is the English to review')
    if source is not None and not isinstance(source, str):
        raise ReviewerError('"source" must be text or null; it is the Chinese of the target')
    if fields.get("id") is None:
        raise ReviewerError('"id" is missing; every segment needs one')
    doc = "" if fields.get("doc") is None else _name("doc", fields["doc"])
    found = Row(_name("id", fields["id"]), target, source, doc)
    if HALF_A_PAIR.search(f"{found.id}{target}{source}{doc}"):
        raise ReviewerError("half a surrogate pair (\\ud800 to \\udfff) is no character; write both halves or the character")
    return found


def _name(key: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ReviewerError(f'"{key}" must be text or a number')
    return str(value)


def _segments(path: Path, encoding: Encoding, index: Index, owned: Iterable[int]) -> Iterator[Segment]:
    """The segments of one document, read from their places in the file."""
    with opened(path) as file:
        for number in owned:
            begin, end = index.byte_starts[number], index.byte_starts[number + 1]
            file.seek(begin)
            try:
                line = file.read(end - begin).decode(encoding.name)
                row, start, stop = _row(line), *_literal(line)
            except (OSError, ValueError, ReviewerError):
                raise ReviewerError(f"{path}: line {number + 1}: the file was changed while it was read; try again") from None
            yield Segment(
                key=row.id,
                target=row.target,
                source=row.source,
                opaque=addresses(row.target),
                pieces=tuple(_pieces(line[start:stop], index.character_starts[number] + start)),
            )


def _literal(line: str) -> tuple[int, int]:
    """Where the text of the top-level "target" stands in the line, between its quotes."""
    span = (0, 0)
    at = _past(line, 0, "{")
    while line[at] != "}":
        key, at = _value(line, at)
        start = _past(line, at, ":")
        _, at = _value(line, start)
        if key == "target":
            span = (start + 1, at - 1)
        at = _past(line, at, ",")
    return span


def _value(line: str, at: int) -> tuple[object, int]:
    """The JSON value at a place and where it ends."""
    value, end = DECODER.raw_decode(line, at)
    return value, end


def _past(line: str, at: int, mark: str) -> int:
    """The place after white space, after `mark` where it comes next, and after white space again."""
    at = _past_space(line, at)
    return _past_space(line, at + 1) if line.startswith(mark, at) else at


def _past_space(line: str, at: int) -> int:
    while line[at] in SPACE:
        at += 1
    return at


def _pieces(literal: str, at: int) -> Iterator[Piece]:
    """Runs of a string literal that stands at code point `at` of the file; every escape is a piece one character long."""
    target = end = 0
    for match in ESCAPE.finditer(literal):
        if plain := match.start() - end:
            yield Piece(target, at + end, plain, plain)
            target += plain
        yield Piece(target, at + match.start(), 1, len(match[0]))
        target += 1
        end = match.end()
    if rest := len(literal) - end:
        yield Piece(target, at + end, rest, rest)
