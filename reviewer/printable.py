"""Makes text safe to show: control characters in, visible ones out, so that nothing in a document can steer the terminal."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BREAK = re.compile(r"[\t\n\u2028\u2029]")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BYTES = range(0xDC80, 0xDD00)  # how Python holds the bytes of a file name that is no UTF-8


def printable(text: str) -> str:
    """The text with its control characters, tab and line feed apart, made visible: one sign or `<HEX>` for each."""
    return encodable(_CONTROL.sub(_shown, text))


def encodable(text: str) -> str:
    """The text with what UTF-8 cannot hold spelled out: a byte of a file name that is no UTF-8 as `\\xff`, as shells do."""
    return _SURROGATE.sub(_shown, text)


def on_one_line(text: str) -> str:
    """The text as a name stands in a line: printable, its tabs and line ends visible too."""
    return _BREAK.sub(_shown, printable(text))


def as_cell(text: str) -> str:
    """The text as a cell of a table: printable, and with a leading ' where a spreadsheet would take it for a formula."""
    shown = printable(text)
    return f"'{shown}" if _FORMULA.match(shown) else shown


def in_xml(text: str) -> str:
    """The text with U+FFFD for what no XML can hold."""
    return _NO_XML.sub("\ufffd", text)


def without_controls(text: str) -> str:
    """The text without its control characters, tab and line feed apart, for a person to edit."""
    return _CONTROL.sub("", text)


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code in _BYTES:
        return f"\\x{code - 0xDC00:02x}"
    return chr(0x2400 + code) if code < 0x20 else f"<{code:04X}>"
