"""Finds characters that nobody sees or that say nothing: zero-width ones, odd spaces, lost ones, letters of another alphabet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from reviewer.checks.residue.scripts import mostly_foreign
from reviewer.model import Finding, Rule, Segment, Span

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffb\x00-\x08\x0e-\x1b\x7f\U000e0000-\U000e007f]+"
)
_LOST = re.compile("[\ufffd\ufffe\uffff\ue000-\uf8ff\x80-\x84\x86-\x9f\U000f0000-\U0010fffd]+")
_IDEOGRAPHIC_SPACE = re.compile(r"[ \t]{0,8}\u3000[\u3000 \t]*")
# Emoji and symbols, and the scripts whose letters join or combine: there joiners and selectors do their work.
_JOINING = re.compile(
    "[\u00a9\u00ae\u0600-\u08ff\u0900-\u0dff\u0e80-\u109f\u1780-\u18af\u200d\u20e3\u2100-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f") | frozenset(map(chr, range(0xE0020, 0xE0080)))
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LOOKALIKES = dict(zip("аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijshdqwABEKMHOPCTYXIJSoABEZHIKMNOPTYX", strict=True))
_MIXED = re.compile(rf"[A-Za-z{''.join(_LOOKALIKES)}]{{3,}}")


def characters(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Zero-width characters, soft hyphens, byte order marks and direction marks that serve no purpose where they stand."""
    text = segment.target
    if text.isascii() and text.isprintable():
        return
    right_to_left = bool(_RIGHT_TO_LEFT.search(text))
    for found in _INVISIBLE.finditer(text):
        if not _serves(text, found, right_to_left):
            message = f"{_names(found[0])}: nobody sees it, but searches and spell checkers stumble over it."
            yield rule.finding(segment, Span(*found.span()), fixes=("",), message=message)


def lost(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Characters that a conversion lost: replacement characters, private use, stray control codes."""
    if not segment.target.isascii():
        for found in _LOST.finditer(segment.target):
            yield rule.finding(segment, Span(*found.span()))


def ideographic_space(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """The space as wide as a Chinese character, with the spaces around it; where it only indents, nothing replaces it."""
    text = segment.target
    if text.isascii() or "\u3000" not in text or mostly_foreign(text):
        return
    for found in _IDEOGRAPHIC_SPACE.finditer(text):
        before, after = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
        at_edge = before in ("", "\n") or after in ("", "\r", "\n")
        yield rule.finding(segment, Span(*found.span()), fixes=("" if at_edge else " ",))


def lookalike_letters(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Cyrillic or Greek letters inside an English word that look like Latin ones. Units and symbols (μm, kΩ) use others."""
    text = segment.target
    if text.isascii():
        return
    for found in _MIXED.finditer(text):
        plain = "".join(_LOOKALIKES.get(letter, letter) for letter in found[0])
        if plain != found[0] and any(map(str.isascii, found[0])):
            yield rule.finding(segment, Span(*found.span()), fixes=(plain,))


def _serves(text: str, found: re.Match[str], right_to_left: bool) -> bool:
    """Whether invisible characters do their work: in emoji, keycaps and joining scripts, in text that runs from right to left."""
    characters = set(found[0])
    around = text[max(0, found.start() - 1) : found.start()] + text[found.end() : found.end() + 1]
    if characters <= _JOINERS:
        return bool(_JOINING.search(around))
    if characters <= _DIRECTION:
        return right_to_left
    return all(0xFE00 <= ord(character) <= 0xFE0F for character in characters) and not around[:1].isascii()


def _names(characters: str) -> str:
    """The Unicode names of characters, each once: zero width space (U+200B)."""
    return ", ".join(
        f"{unicodedata.name(one, 'control character').lower()} (U+{ord(one):04X})" for one in dict.fromkeys(characters)
    )
