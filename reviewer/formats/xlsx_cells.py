"""Reads the XML of an Excel workbook: its shared strings, and the cells of a sheet that hold text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.formats.columns import number_of
from reviewer.formats.markup.flow import Flow
from reviewer.formats.markup.tokens import Token, attribute
from reviewer.formats.markup.xml import tokens

NAME = re.compile(r"([A-Z]{1,3})([1-9]\d*)")
PART = re.compile(r"_x([0-9a-fA-F]{4})_|[^_]+|_")
"""ECMA-376 part 1, 22.9.2.19: what XML cannot hold is written as its code between such marks."""


@dataclass(frozen=True, slots=True)
class String:
    """A shared string: its runs in the member that holds them, and what it reads as."""

    flow: Flow
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds text: its row and column from 0, and the number of its shared string or else the text in itself."""

    row: int
    column: int
    shared: int | None = None
    flow: Flow | None = None


def strings(file: str, place: str) -> Iterator[String]:
    """The shared strings of a workbook, in order; `file` is the decoded XML."""
    flow = Flow()
    for token, inside in _with_texts(file, place):
        if token.kind == "start" and token.name == "si":
            flow = Flow()
        elif token.kind == "end" and token.name == "si":
            yield String(flow, "".join(run.text for run in flow.runs))
        elif inside:
            _add(flow, token)


def cells(file: str, place: str) -> Iterator[Cell]:
    """The cells of a sheet with text, in order; not those that are worked out by a formula. `file` is the decoded XML."""
    row = column = -1
    kind = value = ""
    flow = Flow()
    is_formula = in_value = False
    for token, inside in _with_texts(file, place):
        match token.kind, token.name:
            case "start", "row":
                written = attribute(file, token, "r")
                row, column = int(written) - 1 if written.isdecimal() else row + 1, -1
            case "start", "c":
                named = NAME.fullmatch(attribute(file, token, "r"))
                column = number_of(named[1]) if named else column + 1
                kind, value, flow, is_formula = attribute(file, token, "t"), "", Flow(), False
            case "start", "f":
                is_formula = True
            case _, "v":
                in_value = token.kind == "start"
            case "end", "c" if not is_formula and kind == "s" and value.strip().isdecimal():
                yield Cell(row, column, shared=int(value))
            case "end", "c" if not is_formula and kind == "inlineStr":
                yield Cell(row, column, flow=flow)
            case "text", _ if inside:
                _add(flow, token)
            case "text", _ if in_value:
                value += token.text
            case _:
                pass


def _with_texts(file: str, place: str) -> Iterator[tuple[Token, bool]]:
    """The tokens, and of each whether it is text in a `<t>` that people see; how the characters are read aloud (`<rPh>`) is not."""
    in_text = aloud = False
    for token in tokens(file, place):
        if token.name == "t" and token.kind != "text":
            in_text = token.kind == "start"
        elif token.name == "rPh" and token.kind != "text":
            aloud = token.kind == "start"
        yield token, token.kind == "text" and in_text and not aloud


def _add(flow: Flow, token: Token) -> None:
    """Adds a run of text, in which some characters may be written by their code."""
    if len(token.text) != token.end - token.start or "_x" not in token.text:
        flow.add(token)
        return
    for match in PART.finditer(token.text):
        text = chr(int(match[1], 16)) if match[1] else match[0]
        flow.add(token._replace(start=token.start + match.start(), end=token.start + match.end(), text=text))
