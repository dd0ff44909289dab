"""Tells what a finding's rule is about: why, its Chinese, its examples, and how often reviewers agreed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from textual.content import Content

from reviewer.model import Example, Rule
from reviewer.store import OWN, StoredFinding
from reviewer.tui.looks import CHANGED_STYLE, QUIET, flowing

MOST = 6
"""Examples of each kind; the rest is in `reviewer rules show`."""


def rule_text(stored: StoredFinding, folders: Sequence[Path], agreed: int, judged: int) -> Content:
    """The rule of a finding, as a page. Raises ReviewerError where its file cannot be read."""
    from reviewer import rulepack  # reads patterns too: not before a rule is looked at

    finding = stored.finding
    rule = rulepack.load_one(finding.rule, folders)
    measured = rulepack.records().get(finding.rule)
    return Content("\n").join(_rows(stored, rule, agreed, judged, measured.agreed if measured else ""))


def _rows(stored: StoredFinding, rule: Rule | None, agreed: int, judged: int, measured: str) -> Iterator[Content]:
    finding = stored.finding
    yield Content.styled(flowing(finding.rule), "bold")
    yield Content(f"{finding.severity} · {flowing(finding.category)} · {finding.confidence:.0%} probable here")
    yield Content(
        f"Reviewers agreed {agreed:,} of {judged:,} times in this database."
        if judged
        else "No finding of this rule has been accepted, edited or rejected in this database yet."
    )
    if measured:
        yield Content(f"In annotated translations, professionals had marked {measured} of its findings.")
    yield Content("")
    if finding.rule == OWN:
        yield Content("A reviewer marked these words; no rule did. `reviewer rules new` makes a rule of them.")
    elif rule is None:
        yield Content("The rule is no longer among the rules; its finding is from an earlier lint.")
    else:
        yield from _rule(rule)
    if finding.also:
        yield Content.styled("Also flagged by " + ", ".join(flowing(one) for one in finding.also), QUIET)


def _rule(rule: Rule) -> Iterator[Content]:
    yield Content(flowing(rule.why))
    if rule.zh:
        yield Content.assemble(("Chinese: ", QUIET), "、".join(map(flowing, rule.zh)))
    if rule.unless:
        yield Content.assemble(("Silent where the sentence has: ", QUIET), flowing(rule.unless))
    for title, examples in (("Wrong", rule.bad), ("Right, and left alone", rule.good)):
        if examples:
            yield Content.assemble("\n", (title, "bold"))
        for example in examples[:MOST]:
            yield from _example(example)
    yield Content.styled(f"\nreviewer rules show {rule.id} has all of it.", QUIET)


def _example(example: Example) -> Iterator[Content]:
    for text, spans in zip(example.targets, example.spans, strict=True):
        content = Content(flowing(text))
        if len(flowing(text)) == len(text):
            for span in spans:
                content = content.stylize("bold underline", span.start, span.end)
        yield Content.assemble("  · ", content)
    if example.fixed is not None:
        yield Content.assemble("    ", (flowing(example.fixed), CHANGED_STYLE))
