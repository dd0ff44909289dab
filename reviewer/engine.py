"""Runs all checks over a document and yields one finding a place, in reading order: the only place where rules meet text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reviewer.checks import doubled, gazetteer, hyphens, names, numbers, phrase, punctuation, residue, suspect, truncated
from reviewer.fingerprints import fingerprints, place
from reviewer.model import Check, Document, Finding, ReviewerError, Rule, Segment, Severity, Span
from reviewer.rulepack import answers

if TYPE_CHECKING:
    from reviewer.checks.suspect.surprisal import Reader

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
    suspect.KIND: suspect.compile,  # last: it asks what the others found
}


@dataclass(frozen=True)
class Checker:
    """The checks of a set of rules, each compiled once."""

    rules: tuple[Rule, ...]
    checks: tuple[tuple[str, Check], ...]
    """In the order of `KINDS`."""

    @cached_property
    def suspects(self) -> frozenset[str]:
        """The ids of the rules for suspicions, which give way to the others."""
        return frozenset(rule.id for rule in self.rules if rule.kind == suspect.KIND)


def compile(rules: Sequence[Rule], reader: Reader | None = None) -> Checker:
    """Groups rules by kind and compiles each kind. Raises ReviewerError for a kind or detector that does not exist.

    `reader` is the language model that suspicions ask, if they are to ask one.
    """
    by_kind: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        if rule.kind not in KINDS:
            raise ReviewerError(
                f"{rule.file}:{rule.line}: {rule.id}: no kind is called {rule.kind!r}; there are {', '.join(KINDS)}"
            )
        by_kind[rule.kind].append(rule)
    compiled = {kind: KINDS[kind](by_kind[kind]) for kind in KINDS if kind in by_kind}
    checks = tuple((kind, suspect.asking(one, reader) if kind == suspect.KIND else one) for kind, one in compiled.items())
    return Checker(tuple(rules), checks)


def ahead(documents: Sequence[Document], checker: Checker) -> None:
    """Tells the checks which documents are reviewed next: some get ready, or look at several in less time than at one.

    What goes wrong is met again, and told, where the document is reviewed.
    """
    for kind, check in checker.checks:
        if kind == suspect.KIND:
            with suppress(Exception):
                suspect.ahead(check, documents)


def review(document: Document, checker: Checker, *, least: float = 0.0, worst: Severity = Severity.MINOR) -> Iterator[Finding]:
    """All findings of a document in reading order, fingerprinted; never two on the same words.

    `least` is the confidence and `worst` the mildest severity that a finding needs to take part.
    """
    found: dict[str, list[Finding]] = defaultdict(list)
    for kind, check in checker.checks:
        told = suspect.beside(check, found) if kind == suspect.KIND else check
        for finding in list(_run(kind, told, document)):
            found[finding.segment].append(finding)
    reviewed = [(segment, list(_sparing(segment, found[segment.key]))) for segment in document.segments if segment.key in found]
    names = _names(document, reviewed)
    for segment, every in reviewed:
        findings = _seconded(every, checker.suspects)
        wanted = [one for one in findings if one.confidence >= least and one.severity.rank <= worst.rank]
        for finding in _one_a_place(segment, wanted):
            yield finding._replace(fingerprint=names[segment.key, finding.rule, finding.span])


def _run(kind: str, check: Check, document: Document) -> Iterator[Finding]:
    try:
        yield from check(document)
    except ReviewerError:
        raise
    except Exception as error:  # whatever a check stumbles over, the message has to name it
        raise ReviewerError(f"{document.path}: the check {kind!r} failed: {type(error).__name__}: {error}") from error


def _sparing(segment: Segment, findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings of rules that no comment silences, and that leave alone what is not reviewed.

    What is said of the whole segment may hold it, but then has no fix.
    """
    lead = len(segment.target) - len(segment.target.lstrip())
    whole = Span(lead, len(segment.target.rstrip()))
    for finding in findings:
        if any(answers(finding.rule, name) for name in segment.ignored):
            continue
        if not segment.touches_opaque(finding.span):
            yield finding
        elif finding.span.covers(whole) and not any(opaque.covers(whole) for opaque in segment.opaque):
            yield finding._replace(fixes=())


def _names(document: Document, reviewed: Iterable[tuple[Segment, Sequence[Finding]]]) -> dict[tuple[str, str, Span], str]:
    """The fingerprint of every place of every rule, by the segment's key, the rule and the span.

    All places count, also those that another finding will hide: then a lint with other rules or limits gives the same names.
    """
    places = {
        (segment.key, rule, span): place(rule, segment, span, document.part)
        for segment, findings in reviewed
        for span, rule in sorted({(one.span, one.rule) for one in findings})
    }
    return dict(zip(places, fingerprints([*places.values()]), strict=True))


def _seconded(findings: Sequence[Finding], suspects: Set[str]) -> list[Finding]:
    """The findings, those of rules at least as sure as a suspicion on their words, which then only stands on their card."""
    suspicions = [one for one in findings if one.rule in suspects]
    if not suspicions:
        return [*findings]
    certain = [one for one in findings if one.rule not in suspects]
    kept = [one for one in suspicions if not any(one.span.overlaps(other.span) for other in certain)]
    for number, finding in enumerate(certain):
        met = [one for one in suspicions if one.span.overlaps(finding.span)]
        if met:
            most = max(one.confidence for one in met)
            also = tuple(dict.fromkeys((*finding.also, *(one.rule for one in met))))
            certain[number] = finding._replace(confidence=max(finding.confidence, most), also=also)
    return [*certain, *kept]


_MANY = 4
"""Places of one rule with the same words, from which on they are one thing to decide if something stands around them all."""


def _loops(findings: Sequence[Finding]) -> set[tuple[Span, str]]:
    """Those that hold many places of another rule with the same words, by span and rule."""
    if len(findings) <= _MANY:
        return set()
    ordered = sorted(findings, key=lambda one: one.span.start)
    starts = [one.span.start for one in ordered]
    loops = set()
    for finding in findings:
        inside = ordered[bisect_left(starts, finding.span.start) : bisect_left(starts, finding.span.end)]
        if len(inside) >= _MANY:
            again = Counter((one.rule, one.text) for one in inside if one.rule != finding.rule)
            if max(again.values(), default=0) >= _MANY:
                loops.add((finding.span, finding.rule))
    return loops


def _one_a_place(segment: Segment, findings: list[Finding]) -> list[Finding]:
    """The leading finding of each place, the rules of the others listed on it.

    What is said of the whole segment (it stands there twice) leads; then what stands around many places of one rule with the
    same words (a loop is one thing to decide, not a hundred); then the more confident; of two equally sure the one with a fix,
    then the longer.
    """
    whole = Span(0, len(segment.target))
    loops = _loops(findings)
    findings.sort(
        key=lambda one: (
            one.span != whole,
            (one.span, one.rule) not in loops,
            -one.confidence,
            not one.fixes,
            -len(one.span),
            one.rule,
            one.span,
        )
    )
    spans: list[Span] = []  # of the cards, in order; as none lies over another, their ends are in order too
    cards: dict[Span, tuple[int, Finding]] = {}
    for rank, finding in enumerate(findings):
        begin = bisect_right(spans, finding.span.start, key=lambda span: span.end)
        end = bisect_left(spans, finding.span.end, key=lambda span: span.start)
        met = [cards[span] for span in spans[begin:end]] or [cards[span] for span in (finding.span,) if span in cards]
        if not met:
            spans.insert(begin, finding.span)
            cards[finding.span] = rank, finding
            continue
        first, lead = min(met, key=lambda card: card[0])
        if finding.rule not in (lead.rule, *lead.also):
            cards[lead.span] = first, lead._replace(also=(*lead.also, finding.rule))
    return [cards[span][1] for span in spans]
