"""Finds what web pages glue to a headline: tag bars (Spring in Norfolk | Travel | Norfolk) and the name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.checks import detectors, shape
from reviewer.checks.detectors import Detector
from reviewer.model import Check, Finding, Rule, Segment, Span

_BAR = re.compile(r"\s*[|︱｜丨]\s*")
_BEFORE_TAG = re.compile(r"[.!?]\s+(?:[A-Z]\w*\s?){1,3}\Z")
_LONGEST_TAG = 6  # words
_SHORTEST_HEADLINE = 5


def _tags(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A headline with short tags behind bars. Rows of a table and menus of equals are left alone."""
    text = segment.target.rstrip()
    bars = list(_BAR.finditer(text)) if any(bar in text for bar in "|︱｜丨") else []
    if not bars or text[0] in "|" or text[-1] in "|" or "\n" in text or not shape.is_headline(segment):
        return
    head, *tags = (len(piece.split()) for piece in _BAR.split(text))
    if not all(0 < tag <= _LONGEST_TAG for tag in tags) or head < max(_SHORTEST_HEADLINE, *(tag + 2 for tag in tags)):
        return
    # the first tag may have run into the headline: ... by the sea. Norfolk | Travel
    first = _BEFORE_TAG.search(text, 0, bars[0].start())
    yield rule.finding(segment, Span(first.start() + 1 if first else bars[0].start(), len(text)), fixes=("",))


def _site(rule: Rule) -> Check:
    """A headline that ends with the name of one of the rule's `sites`: `... - Xinhua Net`."""
    sites = sorted(detectors.entries(rule, "sites"), key=len, reverse=True)
    names = "|".join(re.escape(name).replace(r"\ ", r"\s?") for name in sites)
    section = r"(?:[A-Z][\w'’]*\s){0,4}"
    tail = re.compile(
        rf"(?:\s?[-–—_|]+\s?|\s-\s){section}(?:{names})(?:\.com|\.cn|\.net)?(?:\s?[-–—_|]+\s?(?:[A-Z][\w'’]*\s?){{1,5}})?[.\s]*\Z",
        re.IGNORECASE,
    )

    def scan(rule: Rule, segment: Segment) -> Iterator[Finding]:
        text = segment.target
        if len(text) > 300 or not re.search(r"[-–—_|]", text[-90:]):
            return
        found = tail.search(text, 12)
        if found and len(text[: found.start()].split()) >= 3:
            yield rule.finding(segment, Span(found.start(), len(text.rstrip())), fixes=("",))

    return detectors.by_segment(scan)(rule)


DETECTORS: dict[str, Detector] = {"title-tags": detectors.by_segment(_tags), "site-tail": _site}
