"""Runs one detector over a few lines of text, for the tests of checks."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from reviewer.model import Check, Document, Finding, Rule, Segment


def findings(
    compile_check: Callable[[Sequence[Rule]], Check],
    detect: str,
    *texts: str,
    sources: Sequence[str | None] = (),
    kind: str = "paragraph",
    options: Mapping[str, str] | None = None,
) -> list[Finding]:
    """What a detector finds in a document with a segment a text; `sources` is the Chinese beside the first of them."""
    rule = Rule(id="test/rule/one", why="A test.", detect=detect, confidence=0.8, options=options or {"min_letters": "40"})
    beside = [*sources, *[None] * len(texts)]
    segments = (Segment(str(n), text, beside[n], kind) for n, text in enumerate(texts))
    return list(compile_check([rule])(Document(Path("test"), "text", tuple(segments))))


def mended(text: str, found: Sequence[Finding]) -> str:
    """A text with the first fix of every finding applied, right to left."""
    for one in sorted(found, key=lambda one: -one.span.start):
        if one.fixes:
            text = text[: one.span.start] + one.fixes[0].text + text[one.span.end :]
    return text


def seconds(compile_check: Callable[[Sequence[Rule]], Check], detectors: Sequence[str], *texts: str) -> float:
    """How long a processor takes for all detectors over the texts, one after another."""
    start = time.process_time()
    for detect in detectors:
        findings(compile_check, detect, *texts)
    return time.process_time() - start


UGLY = (
    "",
    " ",
    "\r\n",
    "。",
    "...",
    "\"'”)]}",
    "([{“",
    "😀👨\u200d👩\u200d👧",
    "e\u0301a\u0300\u0301",
    "\u202eabc\u202c",
    "שלום עולם",
    "\ud7ff\ue000\ufffe",
)
"""Texts that break careless code."""

LONG = tuple(
    unit * (100_000 // len(unit))
    for unit in ("the cat sat on a mat, ", "aa aa bb bb ", "word，", "(", '"a ', "a. ", "《", "1 2 ", "ab\n", "中 a ")
)
"""Paragraphs of 100,000 characters that make every search start over and over."""
