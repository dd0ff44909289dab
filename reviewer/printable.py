"""Makes text safe to show: control characters in, visible ones out, so that nothing in a document can steer the terminal."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """The text with its control characters, tab and line feed apart, made visible: one sign or `<HEX>` for each."""
    return _CONTROL.sub(_shown, text)


def without_controls(text: str) -> str:
    """The text without its control characters, tab and line feed apart, for a person to edit."""
    return _CONTROL.sub("", text)


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else f"<{code:04X}>"
