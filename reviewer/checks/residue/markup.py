"""Finds what belongs to the machine and not to the text: HTML, escape codes, placeholders and tokens of translation engines."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from reviewer.model import Finding, Rule, Segment, Span

_ENTITY = re.compile(
    r"&(?:amp;)*(?:nbsp|quot|amp|lt|gt|apos|[lr][ds]quo|[lr]aquo|[mn]dash|hellip|middot|bull|copy|reg|trade|deg|times|e[nm]sp|thinsp|zwnj|shy"
    r"|#\d{2,6}|#[xX][0-9a-fA-F]{2,6});(?:&nbsp;|&#160;)*|&nbsp(?![a-z;])"
)
_TAG = re.compile(
    r"(?:<(?:/?(?:p|br|hr|b|i|u|s|em|strong|span|div|a|img|font|table|tbody|tr|td|th|ul|ol|li|h[1-6]|script|style|sub|sup|center|blockquote"
    r"|section|article|figure|iframe|input|button|video|strike|mark|small|big|code|pre)(?:\s[^<>]{0,300})?/?|!--[^<>]{0,300}--)>)+",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"</?(?:p|br|hr|div|tr|td|th|li|h[1-6]|table|section|article|blockquote)\b", re.IGNORECASE)
_ESCAPE = re.compile(r"(?:\\u[0-9a-fA-F]{4})+|_x000[aAdD]_|(?<=[.!?\"”,;:])\\[nrt](?=\\|\s|$|[A-Z\"“])|\\x[89a-fA-F][0-9a-fA-F]")
_PLACEHOLDER = re.compile(
    r"_{2}[A-Z][A-Z0-9_]{2,30}?_{2}|@@?[A-Z]*\d+@@?|\[(?:PLACEHOLDER|NAME|URL|NUM|ENTITY)(?:[_ ]?\d+)?\]|\{\{[^{}\n]{1,40}\}\}"
    r"|\$\{[\w.]{1,40}\}|\{\d{1,2}\}|%\d?\$?[sd](?![\w%])|%\([a-z_]+\)[sd]|⟦[^⟧\n]{0,20}⟧|⟪[^⟫\n]{0,20}⟫"
)
_UNKNOWN = re.compile(
    r"<(?:unk|UNK|pad|s|mask)>|</s>|\[(?:UNK|PAD|MASK|CLS|SEP|EOS|BOS)\]|⁇|<\|[a-z_]{2,20}\|>|<(?:2|to_)[a-z]{2}>|__(?:en|zh|eng|zho)(?:_[A-Z][A-Za-z]{1,3})?__"
    r"|(?<=\w)@@(?: (?=\w)|$)|(?<!▁)▁+(?=\w)|(?<=\w) ##(?=[a-z])|(?<=\w)￭ ?| ?￭(?=\w)"
)
_LOST_WORDS = frozenset(("⁇", "<unk>", "<UNK>", "[UNK]", "<mask>", "[MASK]"))


def entities(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """HTML character references that should have become characters: &nbsp; &quot; &#39;."""
    text = segment.target
    if "&" in text:
        for found in _ENTITY.finditer(text):
            character = html.unescape(html.unescape(found[0]))
            plain = re.sub("[\u00a0\u2002\u2003\u2009]+", " ", character).replace("\u00ad", "").replace("\u200c", "")
            yield rule.finding(segment, Span(*found.span()), fixes=(plain,))


def tags(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Tags of a web page in plain text. Those that the source has as well were carried over on purpose."""
    text = segment.target
    for found in _TAG.finditer(text) if "<" in text else ():
        if segment.source is None or found[0] not in segment.source:
            before, after = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
            end = found.end() + (after == " " and before in ("", " "))  # one of the two spaces around it goes too
            parts_words = bool(_BREAKS.search(found[0])) and bool(before.strip()) and bool(after.strip())
            yield rule.finding(segment, Span(found.start(), end), fixes=(" " if parts_words else "",))


def escapes(rule: Rule, segment: Segment) -> Iterator[Finding]:
    r"""Escape codes of a programming language that were never resolved: \u4e2d, \n, _x000D_."""
    text = segment.target
    if "\\" in text or "_x000" in text:
        for found in _ESCAPE.finditer(text):
            yield rule.finding(segment, Span(*found.span()), fixes=(_resolved(text, found),))


def _resolved(text: str, found: re.Match[str]) -> str:
    if found[0].startswith("\\u"):
        units = bytes.fromhex(found[0].replace("\\u", ""))
        return units.decode("utf-16-be", "replace")
    if found[0].startswith("\\x"):
        return bytes.fromhex(found[0][2:]).decode("latin-1")
    return " " if text[found.end() : found.end() + 1].isalnum() else ""


def placeholders(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Slots of a template or of a translation engine that were never filled, unless the source has the same."""
    text = segment.target
    if any(mark in text for mark in "_@{[%⟦⟪"):
        for found in _PLACEHOLDER.finditer(text):
            if segment.source is None or found[0] not in segment.source:
                yield rule.finding(segment, Span(*found.span()))


def unknown_tokens(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Tokens that only a translation model knows: unknown words, sentence ends, pieces of words. Pieces are joined again."""
    text = segment.target
    for found in _UNKNOWN.finditer(text) if any(mark in text for mark in "<[⁇@▁#_￭") else ():
        if found[0] in _LOST_WORDS:
            yield rule.finding(segment, Span(*found.span()))
        else:
            starts_word = found[0][0] == "▁" and text[max(0, found.start() - 1) : found.start()].isalnum()
            yield rule.finding(segment, Span(*found.span()), fixes=(" " if starts_word else "",))
