"""Runs the examples that rules carry through the engine and says which are Missing, Noisy or Wrong fix."""

from __future__ import annotations

import gc
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from reviewer import engine
from reviewer.checks import suspect
from reviewer.checks.phrase.notation import PatternError
from reviewer.checks.phrase.pattern import parse
from reviewer.model import Document, Example, Finding, Rule, Segment, Span


@dataclass(frozen=True, slots=True)
class Failure:
    """What does not hold: whose it is, where it stands, and why.

    The kinds are `Missing`, `Noisy`, `Wrong fix`, `Closed gap`, and `Unreadable` for a pattern that is no regular expression.
    """

    rule: Rule
    line: int
    kind: str
    detail: str

    def __str__(self) -> str:
        return f"{self.rule.file}:{self.line}: {self.kind}: {self.rule.id}: {self.detail}"


def document(example: Example) -> Document:
    """The example as a document, a line a segment."""
    pairs = zip(example.targets, example.sources, strict=True)
    return Document(Path("example"), "text", tuple(Segment(str(n), en, zh) for n, (en, zh) in enumerate(pairs)))


MANY = 200
"""Rules, from which on their examples are spread over the processors."""
_shared: list[engine.Checker] = []  # in a process that tests some of many rules: all of them, compiled


def failures(rules: Sequence[Rule], everything: Sequence[Rule]) -> Iterator[Failure]:
    """What is wrong with the examples of `rules`; their good examples have to be silent under all of `everything`.

    Many rules are tested in as many processes as there are processors. Raises ReviewerError where a rule breaks the run.
    """
    every = [rule for rule in everything if rule.kind != suspect.KIND]
    processes = os.cpu_count() or 1
    if len(rules) < MANY or processes == 1:
        yield from _failures(rules, engine.compile(every))
        return
    size = max(1, len(rules) // (8 * processes))
    parts = [rules[start : start + size] for start in range(0, len(rules), size)]
    with ProcessPoolExecutor(processes, initializer=_share, initargs=(every,)) as pool:
        for found in pool.map(_some, parts):
            yield from found


def _share(everything: Sequence[Rule]) -> None:
    _shared[:] = [engine.compile(everything)]
    gc.freeze()  # thousands of rules stay: they need not be looked through again and again


def _some(rules: Sequence[Rule]) -> list[Failure]:
    return list(_failures(rules, _shared[0]))


def unreadable(rule: Rule) -> Iterator[Failure]:
    """The patterns of a rule that are no regular expressions."""
    for key, notation in (("flag", rule.flag), ("unless", rule.unless), ("needs", rule.needs)):
        try:
            _ = parse(notation, match_case=key == "flag" and rule.match_case).compiled if notation else None
        except PatternError as error:
            yield Failure(rule, rule.line, "Unreadable", f"{key}: {error}")


def _failures(rules: Sequence[Rule], every: engine.Checker) -> Iterator[Failure]:
    for rule in rules:
        if rule.kind == suspect.KIND:
            continue  # what is learnt has figures, on texts it has not seen, in place of examples
        if broken := list(unreadable(rule)):
            yield from broken
            continue
        alone = engine.compile([rule])
        for example in rule.bad:
            yield from _bad(rule, alone, example)
        for example in rule.known_gaps:
            if not any(_bad(rule, alone, example)):
                yield Failure(rule, example.line, "Closed gap", f"found now, move it to bad: {_text(example)!r}")
        for example in rule.good:
            for finding in engine.review(document(example), every):
                yield Failure(rule, example.line, "Noisy", f"{finding.rule} marks {finding.text!r} in {_text(example)!r}")
        for group, some in (("bad", rule.bad), ("good", rule.good)):
            if len(some) < 2:
                yield Failure(rule, rule.line, "Missing", f"two {group} examples at least, here {len(some)}")


def _bad(rule: Rule, checker: engine.Checker, example: Example) -> Iterator[Failure]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in engine.review(document(example), checker):
        found[finding.segment].append(finding)
    for number, (text, marked) in enumerate(zip(example.targets, example.spans, strict=True)):
        got = found[str(number)]
        if [_trim(text, one.span) for one in got] != [_trim(text, span) for span in marked]:
            missed = [span.of(text) for span in marked] or ["nothing"]
            kind = "Missing" if len(got) <= len(marked) else "Noisy"
            yield Failure(rule, example.line, kind, f"marks {[one.text for one in got]}, not {missed}, in {text!r}")
            return
    yield from _fixes(rule, checker, example, found)


def _fixes(rule: Rule, checker: engine.Checker, example: Example, found: dict[str, list[Finding]]) -> Iterator[Failure]:
    offered = max((len(one.fixes) for some in found.values() for one in some), default=0)
    mended = [[_apply(text, found[str(n)], choice) for n, text in enumerate(example.targets)] for choice in range(offered)]
    if example.fixed is not None:
        wanted = example.fixed.split("\n")
        if wanted not in [[line.rstrip() for line in lines] for lines in mended]:
            offers = [" / ".join(lines) for lines in mended]
            yield Failure(rule, example.line, "Wrong fix", f"{offers} is not {example.fixed!r}")
        mended = [wanted]
    for lines in mended:
        fixed = Example(tuple(lines), (example.sources + (None,) * len(lines))[: len(lines)], ((),) * len(lines))
        for again in engine.review(document(fixed), checker):
            yield Failure(rule, example.line, "Wrong fix", f"still marks {again.text!r} in {_text(fixed)!r}")


def _apply(text: str, findings: Sequence[Finding], choice: int) -> str:
    """The text with each finding's fix number `choice` (its last, where it has fewer), right to left."""
    for finding in sorted(findings, key=lambda one: -one.span.start):
        if finding.fixes:
            fix = finding.fixes[min(choice, len(finding.fixes) - 1)]
            text = text[: fix.span.start] + fix.text + text[fix.span.end :]
    return text


def _trim(text: str, span: Span) -> Span:
    """The span without white space at its ends: a fix that deletes words takes a space along."""
    words = span.of(text)
    lead = len(words) - len(words.lstrip())
    return Span(span.start + lead, span.start + lead + len(words.strip())) if words.strip() else span


def _text(example: Example) -> str:
    return "\n".join(example.targets)
