"""Finds texts that stop too early: on an open word, without an end mark, where a web page cut them off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from reviewer.checks.shape import sentences
from reviewer.model import Check, Document, Finding, Rule, Segment, Span

# No English text ends on one of these, be it a headline: they open what never comes.
_ALWAYS_OPEN = frozenset(
    "a an the and or nor of than my your its our their every whose whereas although unless because per via into onto upon"
    " toward towards among amongst between during despite regarding concerning including especially very".split()
)
# A sentence does not end on these without a mark after them, though a headline or a question may ("What Are Friends For").
_OPEN = _ALWAYS_OPEN | frozenset(
    "but to in on at by for with from about as against through without within under over that which who whom who where when"
    " while if whether since until is are was were be been being am has have had do does did will would can could may might"
    " shall should must not also only such his her this".split()
)
_INNER_END = re.compile(r"[a-z0-9%)\"”’][.!?][\"”’)]*\s+[\"“‘(]*[A-Z]")
_BORDER = re.compile(
    r"[,;:—–(\"“]\s*|\b(?:of|by|with|from|to|in|on|at|for|into|and|or|as|than|that|which|is|are|was|were|has|have|had|will|be)\s+"
)
_FEW, _MANY, _HEADLINE = 8, 25, 300
"""Words below which a text may be a title or a label; words a paragraph has at least; characters a headline has at most."""

# "Read the full text" and the like have phrase rules of their own.
_CUT_OFF = re.compile(
    r"(?:\[(?:\.{3}|…|more|read more|continued)\]|\((?:more|continued|read more|to be continued)\)"
    r"|\b(?:(?:read|see|view|learn|show) more|continue reading))\s*(?:\.{3}|…|>+|»|→)*\s*\Z",
    re.IGNORECASE,
)
_BEFORE_CUT = re.compile(r"(?:[.!?…,;:\"”)]|\.{3})\s*\Z")
_ELLIPSIS = re.compile(r"(?:(?<=[\w,)\"”])\s)?(?:\.{3,}|…+)\Z")


def mid_sentence(rule: Rule) -> Check:
    """A text that ends on a comma, or on a word that opens what never comes: since childhood, she has"""

    def check(document: Document) -> Iterator[Finding]:
        for segment, following in pairwise((*document.segments, None)):
            if segment is None or segment.kind == "cell" or _source_is_open(segment):
                continue
            span = _open_end(segment)
            if span and not _goes_on(following):
                yield rule.finding(segment, span)

    return check


def _open_end(segment: Segment) -> Span | None:
    """The words to mark at the end of a text that stops in mid-sentence; None where it does not."""
    text = segment.target.rstrip()
    last = text[-1:]
    if not (last.isalpha() or last in (",", "，", "-")) or text.count(" ") < _FEW - 1:
        return None
    is_prose = text.count(" ") >= _MANY or bool(_INNER_END.search(text))
    if last in (",", "，"):
        return _last_token(text) if is_prose and segment.kind != "item" else None
    if last == "-":
        cut = _last_token(text)
        return cut if cut.of(text)[:-1].isalpha() and cut.of(text).islower() else None
    word = _last_token(text).of(text)
    if word in _ALWAYS_OPEN or (word in _OPEN and is_prose):
        return _open_words(text)
    return None


def no_end_mark(rule: Rule) -> Check:
    """A paragraph of finished sentences whose last one has no end mark.

    Names that sign a text, captions and site tags have none, nor have headlines of two sentences: short, and on top of more text.
    """

    def check(document: Document) -> Iterator[Finding]:
        for segment, following in pairwise((*document.segments, None)):
            if (
                segment is None
                or segment.kind != "paragraph"
                or not _is_unfinished(segment.target.rstrip())
                or _source_is_open(segment)
            ):
                continue
            is_headline = (
                len(segment.target) <= _HEADLINE and following is not None and len(following.target) >= len(segment.target)
            )
            if not is_headline:
                yield rule.finding(segment, _last_words(segment.target.rstrip()))

    return check


def _is_unfinished(text: str) -> bool:
    """Whether a text of several sentences breaks off inside the last: on a letter or digit, with words that no name is made of."""
    if not text[-1:].isalnum() or text.count(" ") < _MANY - 1 or not _INNER_END.search(text):
        return False
    final = sentences(text)[-1]
    words = final.of(text).split()
    if words[-1] in _OPEN or final.start == 0 or len(words) < 5:
        return False
    return sum(word[0].islower() for word in words) * 2 >= len(words) and not re.search(r"[|｜@#]|\.com\b", final.of(text))


def lost_end_mark(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A sentence that the Chinese closes with an end mark and the English leaves open."""
    text, source = segment.target.rstrip(), segment.source
    if not source or not (text[-1:].isalnum() or text[-1:] in (",", ";")) or segment.kind == "cell" or text.count(" ") < _FEW - 1:
        return
    if source.rstrip().endswith(("。", "！", "？")):
        yield rule.finding(segment, _last_token(text))


def _open_words(text: str) -> Span:
    """The open words at the end of a text, with the word before where it is one alone: she has; and the."""
    words = list(re.finditer(r"\S+", text[-200:]))
    first = len(words) - 1
    while first > 1 and words[first - 1][0] in _OPEN:
        first -= 1
    if first == len(words) - 1 > 0:
        first -= 1
    return Span(max(0, len(text) - 200) + words[first].start(), len(text))


def _last_token(text: str) -> Span:
    """The last word of a text with the mark that clings to it."""
    return Span(max(text.rfind(" "), text.rfind("\n")) + 1, len(text))


def _last_words(text: str) -> Span:
    """The words of a text after its last preposition, verb or comma: two to four; three where there is none."""
    offset = max(0, len(text) - 200)
    starts = [offset + found.start() for found in re.finditer(r"\S+", text[offset:])][-4:]
    latest = starts[-2:][0]
    inside = [offset + found.end() for found in _BORDER.finditer(text[offset:]) if starts[0] <= offset + found.end() <= latest]
    return Span(inside[-1] if inside else starts[-3:][0], len(text))


def _goes_on(following: Segment | None) -> bool:
    """Whether the next segment goes on with the sentence, or is the list, table or quotation that this one leads up to."""
    return following is not None and (following.kind in ("item", "cell") or not following.target.lstrip()[:1].isupper())


def _source_is_open(segment: Segment) -> bool:
    """Whether the Chinese itself ends without an end mark: then it was cut off before it was translated."""
    return segment.source is not None and not segment.source.rstrip(" \n”’』」》）)】\"'").endswith(tuple("。！？!?.…"))


def cut_off(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """What a web page puts where it cuts a text off: Read more, [...], Click to view the full text."""
    tail = segment.target[-80:].rstrip()
    if tail.endswith((".", "!", "?", '"', "”")) and not tail.endswith("..."):
        return
    offset = max(0, len(segment.target) - 80)
    found = _CUT_OFF.search(tail)
    if (
        found
        and segment.kind != "cell"
        and segment.target.count(" ") >= _FEW
        and (found[0][0] in "[(" or _BEFORE_CUT.search(tail, 0, found.start()))
    ):
        yield rule.finding(segment, Span(offset + found.start(), offset + len(tail)), fixes=("",))


def trailing_ellipsis(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A paragraph of finished sentences that trails off in dots, which may be where a web page cut it."""
    text = segment.target.rstrip()
    if not text.endswith(("...", "…")) or text.count(" ") < _MANY or not _INNER_END.search(text):
        return
    if segment.source is None or not segment.source.rstrip("”’」』 \n").endswith(("…", "...")):
        found = _ELLIPSIS.search(text, len(text) - 20)
        if found:
            yield rule.finding(segment, Span(*found.span()))
