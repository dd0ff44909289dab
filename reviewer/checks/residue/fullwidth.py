"""Finds what Chinese typesetting left among English words: its marks, brackets and quotation marks, wide letters and digits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from reviewer.checks.residue.scripts import HAN_RUN, mostly_foreign
from reviewer.model import Finding, Rule, Segment, Span

_STOPS = dict(zip("，、；：。．？！｡､﹐﹑﹔﹕﹒﹖﹗", ",,;:..?!.,,,;:.?!", strict=True))
_OPENERS = dict(zip("（【〔〖［｛﹙", "([[[[{(", strict=True))
_CLOSERS = dict(zip("）】〕〗］｝﹚", ")]]]]})", strict=True))
_SIGNS = {"～": "~", "〜": "~", "｜": "|", "︱": "|", "〝": '"', "〞": '"'}
_ENGLISH = {**_STOPS, **_OPENERS, **_CLOSERS}
_STOP = f"[{''.join(_STOPS)}]"
_MARK = f"[{re.escape(''.join(_ENGLISH))}]"
_ALNUM = "[０-９Ａ-Ｚａ-ｚ](?:[．，：／－＋＆＿＠]?[０-９Ａ-Ｚａ-ｚ])*％?"
# Letters and digits with the wide marks inside them, signs, Roman numerals, and units of measurement squeezed into one cell.
_WIDE = re.compile(
    rf"{HAN_RUN.pattern}|(?P<found>{_ALNUM}|[＋＝＆／＄＃＠＊＿＜＞￥￡￠＂＇－％]|[\u2160-\u217f\u3371-\u337a\u3380-\u33df])"
)
_RAISED = {"2": "²", "3": "³"}  # NFKC lowers them: ㎡ is m²
# A Latin stop that says the same beside a Chinese one goes with it: "wait，,"
_MARKS = re.compile(
    rf"{HAN_RUN.pattern}|{_ALNUM}|(?P<found>(?:[.,;:!?](?={_STOP}))?{_MARK}+(?:(?<={_STOP})[.,;:!?])?"
    r"|——+|(?<=\d)\s?[～〜]\s?(?=\d)|[～〜｜︱〝〞])"
)
_SPACED_BEFORE = ".,;:?!)]}"
_PAIRS = {"《": "》", "〈": "〉", "「": "」", "『": "』", "｢": "｣", "﹁": "﹂", "﹃": "﹄"}
_PAIR = "|".join(rf"{opened}[^{opened}{closed}\n]{{1,60}}{closed}" for opened, closed in _PAIRS.items())
_QUOTES = re.compile(rf"{HAN_RUN.pattern}|(?P<found>{_PAIR}|[{''.join(_PAIRS)}{''.join(_PAIRS.values())}])")
_ENGLISH_QUOTES = tuple("\"“”'‘’")
_INTERPUNCT = re.compile(r"(?<=[^\W\d_][^\W\d_])(\s?)[·・•‧](\s?)(?=[A-Z][^\W\d_])")


def punctuation(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Chinese stops, brackets and dashes among English words, adjacent ones together; the fix sets the spaces English wants."""
    for span in _in_english(segment.target, _MARKS):
        yield _rendered(rule, segment, span)


def quotation_marks(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """《》「」『』 around English words: the pair with the title in it where that is short, since the two change together."""
    for span in _in_english(segment.target, _QUOTES):
        fix = _quoted(segment.target, span) if len(span) > 1 else '"'
        yield rule.finding(segment, span, fixes=(fix,))


def letters(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Letters, digits and signs as wide as a Chinese character, Roman numerals and units of one cell: １２, ＡＢ, Ⅲ, ㎡."""
    for span in _in_english(segment.target, _WIDE):
        plain = unicodedata.normalize("NFKC", span.of(segment.target))
        if "\u3380" <= segment.target[span.start] <= "\u33df":
            after_digit = segment.target[max(0, span.start - 1) : span.start].isdigit()
            plain = (" " if after_digit else "") + plain[:-1] + _RAISED.get(plain[-1], plain[-1])
        yield rule.finding(segment, span, fixes=(plain,))


def interpunct(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """The dot that parts the names of foreigners in Chinese: Karl·Marx.

    With spaces around it the dot may part the items of a menu too, so it counts only once and in a sentence.
    """
    text = segment.target
    if text.isascii():
        return
    dots = list(_INTERPUNCT.finditer(text))
    spaced = sum(bool(dot[1] or dot[2]) for dot in dots)
    for dot in dots:
        if not (dot[1] or dot[2]) or (spaced == 1 and len(text.split()) >= 8):
            yield rule.finding(segment, Span(*dot.span()), fixes=(" ",))


def _in_english(text: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    """Where the group `found` of a pattern is found outside Chinese words; nothing in a text that is mostly Chinese."""
    if text.isascii():
        return
    spans = [Span(*hit.span()) for hit in pattern.finditer(text) if hit["found"] is not None]
    if spans and not mostly_foreign(text):
        yield from spans


def _rendered(rule: Rule, segment: Segment, span: Span) -> Finding:
    """The finding on Chinese marks: with the space before a stop, and a fix that has a space after it where English wants one."""
    text, marks = segment.target, span.of(segment.target).strip()
    head = text[max(0, span.start - 8) : span.start]
    before, after = head.rstrip(" \t"), text[span.end : span.end + 1]
    if marks in ("～", "〜") and after.isdigit() and before[-1:].isdigit():
        return rule.finding(segment, span, fixes=("–",))
    if marks in _SIGNS or marks.startswith("——"):
        return rule.finding(segment, span, fixes=(_SIGNS.get(marks, "—"),))
    fix = re.sub(r"([.,;:?!])\1+", r"\1", "".join(_ENGLISH.get(mark, mark) for mark in marks))
    if fix[0] in _SPACED_BEFORE:
        span = Span(span.start - len(head) + len(before), span.end)
    elif head[-1:].isalnum():
        fix = f" {fix}"
    between_digits = fix in (",", ".", ":") and after.isdigit() and before[-1:].isdigit()
    if fix[-1] in _SPACED_BEFORE and not between_digits and (after.isalnum() or after in tuple('"“([')):
        fix = f"{fix} "
    return rule.finding(segment, span, fixes=(fix,))


def _quoted(text: str, span: Span) -> str:
    """The words between Chinese quotation marks in English ones; bare where English ones stand around them already."""
    inner = span.of(text)[1:-1].strip()
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    if before in _ENGLISH_QUOTES and after in _ENGLISH_QUOTES:
        return inner
    opened, closed = "“”" if "“" in text else '""'
    return (" " if before.isalnum() else "") + opened + inner + closed + (" " if after.isalnum() else "")
