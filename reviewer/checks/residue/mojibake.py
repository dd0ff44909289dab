"""Finds text whose bytes were read in the wrong encoding, and repairs it where the repair is certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reviewer.model import Finding, Rule, Segment, Span

# What the bytes 80 to BF look like when they are read as Windows-1252; five of them have no character there.
_TAIL = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ\u017d‘’“”•–—˜™š›œ\u017eŸ]"
_UTF8 = f"(?:[\u00c2-\u00df]{_TAIL}|[\u00e0-\u00ef]{_TAIL}{{2}}|[\u00f0-\u00f4]{_TAIL}{{3}})+"
_LOST_TAIL = "â€(?=[?\ufffd\\s.,;:!)]|$)[?\ufffd]?"  # a closing quotation mark whose last byte was dropped
_GBK = "(?:[\u00b0-\u00f7][\u00a1-\u00fe]){2,}"
# UTF-8 read as GBK: the first two bytes of ’ “ ” … come out as 鈥, of ™ as 鈩, and the two of an accented letter as one.
_ACCENTS = "谩脿芒茫盲氓忙莽茅猫锚毛铆矛卯茂帽贸貌么玫枚酶煤霉没眉每脽"
_READ_AS_GBK = "|".join((
    "[鈥鈩][\u4e00-\u9fff\ue000-\uf8ff?\ufffd]?",
    f"(?<=[A-Za-z])[{_ACCENTS}](?![\u4e00-\u9fff])",
    "(?:锟斤拷)+锟?斤?|烫{3,}|屯{3,}",
))  # fmt: skip
_GARBLED = re.compile(f"(?P<utf8>{_UTF8})|(?P<tail>{_LOST_TAIL})|(?P<gbk>{_GBK})|(?P<han>{_READ_AS_GBK})")
_ACCENTED = re.compile("[A-Za-z\u00c0-\u024f\u2000-\u206f™]+")


def mojibake(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Garbled runs, each with its repair where there is one: â€™, Ã©, ä¸­æ–‡, ÖÐ¹ú, 鈥檚, 锟斤拷."""
    text = segment.target
    if text.isascii():
        return
    for found in _GARBLED.finditer(text):
        repaired = _REPAIRS[found.lastgroup or ""](found)
        if repaired is not None:
            yield rule.finding(segment, Span(*found.span()), fixes=() if "\ufffd" in repaired else (repaired,))


def _from_utf8(found: re.Match[str]) -> str | None:
    """UTF-8 that was read as Latin-1 or Windows-1252; None where ftfy is not sure, as in CAFÉ…"""
    from ftfy import fix_encoding  # a tenth of a second to load

    repaired = fix_encoding(found[0])
    if repaired == found[0]:
        return _from_gbk(found) if re.fullmatch(_GBK, found[0]) else None
    return repaired.replace("\ufeff", "")


def _closing_quote(found: re.Match[str]) -> str | None:
    return "”" if "â€œ" in found.string else None


def _from_gbk(found: re.Match[str]) -> str | None:
    """GBK that was read as Latin-1, if it makes common Chinese characters (level 1 of GB 2312: lead bytes B0 to D7)."""
    raw = found[0].encode("latin-1")
    if any(lead > 0xD7 for lead in raw[::2]) or all(letter.islower() for letter in found[0]):
        return None
    try:
        return raw.decode("gb2312")
    except UnicodeDecodeError:
        return None


def _to_utf8(found: re.Match[str]) -> str | None:
    """UTF-8 that was read as GBK. The replacement character itself becomes 锟斤拷: nothing can be repaired there."""
    if found[0][0] in "锟斤烫屯":
        return "\ufffd"
    try:
        repaired = found[0].encode("gb18030").decode("utf-8")
    except UnicodeDecodeError:
        repaired = ""
    if _ACCENTED.fullmatch(repaired):
        return repaired
    return "\ufffd" if found[0][0] in "鈥鈩" else None


_REPAIRS: dict[str, Callable[[re.Match[str]], str | None]] = {
    "utf8": _from_utf8,
    "tail": _closing_quote,
    "gbk": _from_gbk,
    "han": _to_utf8,
}
