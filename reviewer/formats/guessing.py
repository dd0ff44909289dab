"""Guesses, from a sample of bytes, the encodings that a text of English and Chinese may be in where it is no Unicode."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

OTHERS = ("big5hkscs", "cp932", "euc_kr", "cp1251", "cp1250", "cp1252", "latin_1")
"""What charset-normalizer may choose from, where the bytes themselves point to nothing likelier."""

GB_PAIR = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]|[\x81-\xfe][\x40-\x7e\x80-\xfe]")

GB2312_PAIR = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")

BIG5_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\xa1-\xfe]")

GB_EVERYDAY = re.compile(rb"[\xb0-\xd7][\xa1-\xfe]")
"""Level 1 of GB 2312: the 3,755 characters in common use, sorted by their sound; the rarer ones follow."""

BIG5_EVERYDAY = re.compile(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]")
"""Level 1 of Big5: the 5,401 characters in common use, sorted by their strokes."""

LONE_HIGH_BYTE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")


def candidates(sample: bytes) -> Iterator[str]:
    """Encodings to try, likeliest first, for a file of English and Chinese that is not Unicode.

    Most Chinese in a GB encoding is GB2312, where both bytes of a character are high. In Western text a high byte (an accent,
    a curly quote) stands alone between ASCII letters; GBK would read it and the next letter as a rare character. Of GB and Big5
    the one that reads more everyday characters comes first. Big5 comes before what charset-normalizer ranks: on a few words it
    cannot tell Chinese from Japanese.
    """
    pairs = GB_PAIR.findall(sample)
    common = _count(GB2312_PAIR, pairs)
    is_gb = _count(GB_EVERYDAY, pairs) >= _count(BIG5_EVERYDAY, BIG5_PAIR.findall(sample))
    if is_gb and pairs and common > 0.7 * len(pairs):
        yield "gb18030"
    high = sum(byte >= 0x80 for byte in sample)
    if len(LONE_HIGH_BYTE.findall(sample)) > 0.8 * high:
        yield "cp1252"
    if is_gb and pairs and common >= 0.5 * len(pairs):
        yield "gb18030"
    yield "big5"
    from charset_normalizer import from_bytes

    for match in from_bytes(sample, cp_isolation=list(OTHERS)):
        yield match.encoding


def _count(wanted: re.Pattern[bytes], pairs: Iterable[bytes]) -> int:
    return sum(wanted.fullmatch(pair) is not None for pair in pairs)
