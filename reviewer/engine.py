"""Runs all checks over a document and yields one finding a place, in reading order: the only place where rules meet text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from reviewer.checks import doubled, gazetteer, hyphens, names, numbers, phrase, punctuation, residue, truncated
from reviewer.fingerprints import fingerprint
from reviewer.model import Check, Document, Finding, ReviewerError, Rule, Segment, Severity, Span

KINDS: dict[str, Callable[[Sequence[Rule]], Check]] = {
    "phrase": phrase.compile,
    "punctuation": punctuation.compile,
    "hyphens": hyphens.compile,
    "numbers": numbers.compile,
    "residue": residue.compile,
    "doubled": doubled.compile,
    "truncated": truncated.compile,
    "names": names.compile,
    "gazetteer": gazetteer.compile,
}


@dataclass(frozen=True)
class Checker:
    """The checks of a set of rules, each compiled once."""

    rules: tuple[Rule, ...]
    checks: tuple[tuple[str, Check], ...]


def compile(rules: Sequence[Rule]) -> Checker:
    """Groups rules by kind and compiles each kind. Raises ReviewerError for a kind or detector that does not exist."""
    by_kind: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        if rule.kind not in KINDS:
            raise ReviewerError(
                f"{rule.file}:{rule.line}: {rule.id}: no kind is called {rule.kind!r}; there are {', '.join(KINDS)}"
            )
        by_kind[rule.kind].append(rule)
    return Checker(tuple(rules), tuple((kind, KINDS[kind](some)) for kind, some in by_kind.items()))


def review(document: Document, checker: Checker, *, least: float = 0.0, worst: Severity = Severity.MINOR) -> Iterator[Finding]:
    """All findings of a document in reading order, fingerprinted; never two on the same words.

    `least` is the confidence and `worst` the mildest severity that a finding needs to take part.
    """
    found: dict[str, list[Finding]] = defaultdict(list)
    for kind, check in checker.checks:
        for finding in _run(kind, check, document):
            if finding.confidence >= least and finding.severity.rank <= worst.rank:
                found[finding.segment].append(finding)
    seen: Counter[str] = Counter()
    for segment in document.segments:
        if segment.key in found:
            for finding in _one_a_place(segment, found.pop(segment.key)):
                name = fingerprint(finding.rule, segment, finding.span, document.part, seen)
                yield replace(finding, fingerprint=name)


def _run(kind: str, check: Check, document: Document) -> Iterator[Finding]:
    try:
        yield from check(document)
    except ReviewerError:
        raise
    except Exception as error:  # whatever a check stumbles over, the message has to name it
        raise ReviewerError(f"{document.path}: the check {kind!r} failed: {type(error).__name__}: {error}") from error


def _one_a_place(segment: Segment, findings: list[Finding]) -> list[Finding]:
    """The leading finding of each place, the rules of the others listed on it.

    What is said of the whole segment (it stands there twice) leads; then the more confident; of two equally sure the one with
    a fix, then the longer.
    """
    whole = Span(0, len(segment.target))
    findings.sort(key=lambda one: (one.span != whole, -one.confidence, not one.fixes, -len(one.span), one.rule, one.span))
    kept: list[Finding] = []
    for finding in findings:
        if any(_lies_in(finding.span, opaque) for opaque in segment.opaque):
            continue
        lead = next((n for n, other in enumerate(kept) if other.span.overlaps(finding.span) or other.span == finding.span), None)
        if lead is None:
            kept.append(finding)
        elif finding.rule not in (kept[lead].rule, *kept[lead].also):
            kept[lead] = replace(kept[lead], also=(*kept[lead].also, finding.rule))
    return sorted(kept, key=lambda one: one.span)


def _lies_in(span: Span, opaque: Span) -> bool:
    """Whether a finding begins or ends inside text that is not reviewed; one that holds all of it may stand."""
    return span.overlaps(opaque) and (span == opaque or not span.covers(opaque))
