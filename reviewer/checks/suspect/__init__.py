"""Reads a document and yields the spans that a model, learnt from what professionals marked, thinks they would mark here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from reviewer import assets
from reviewer.checks import detectors
from reviewer.model import Check, Document, Finding, ReviewerError, Rule, Segment, Span

if TYPE_CHECKING:
    from reviewer.checks.suspect.model import Model
    from reviewer.checks.suspect.surprisal import Reader
    from reviewer.checks.suspect.words import Words

KIND = "suspect"
FILE = "suspect.npz"
LEAST, IN_TRANSLATION, IN_POOR, WITH_SOURCE = LIMITS = (
    "least",
    "least-in-translation",
    "least-in-poor-translation",
    "least-with-source",
)
Found = Mapping[str, Sequence[Finding]]  # findings by segment
EVIDENT = 5.0  # findings of rules in a thousand words; in native English there is one in two thousand
POOR = 50.0  # the same: one word in twenty
EVIDENT_AT_LEAST = 10  # so few may be chance; and a short text is not worth reading the model for
NEVER = 1.0  # a limit that no suspicion passes
BLOCK = 40_000  # code points that are judged at once
KNOWN = 0.6  # of a segment's words, how many have to be English that the tables list


def compile(rules: Sequence[Rule]) -> Check:
    """One check over the rules of the kind, each of which names a reason in `detect`. Raises ReviewerError for an unknown one.

    The model is read when the first document comes.
    """
    from_model = [rule for rule in rules if "model" in rule.options]
    file = Path(from_model[0].options["model"]) if from_model else assets.folder("rules") / FILE
    by_reason = {rule.detect: rule for rule in rules}
    known = ("unsupported", "unusual-pair", "often-marked", "rare-word", "unexpected", "in-context", "mark")
    for rule in rules:
        if rule.detect not in known:
            there = f"there are {', '.join(known)}"
            raise ReviewerError(f"{rule.file}:{rule.line}: {rule.id}: no detector is called {rule.detect!r}; {there}")
        for name in LIMITS:
            _probability(rule, name)
    return Suspecting(by_reason, file)


@dataclass(frozen=True)
class Suspecting:
    """The check. `reader` is the language model that it asks what it makes of each word, if there is one."""

    by_reason: dict[str, Rule]
    file: Path
    reader: Reader | None = None
    _known: dict[int, tuple[Document, list[Finding]]] = field(default_factory=dict)
    """What was found ahead beside sources, by the identity of the document, which stands beside it so that no other has it."""

    def __call__(self, document: Document, found: Found | None = None) -> Iterator[Finding]:
        """The suspicions of a document, in which others found something."""
        _, known = self._known.pop(id(document), (document, None))
        sourced = any(segment.source for segment in document.segments)
        if not sourced and _least(self.by_reason, limit(document, found)) >= NEVER:
            return  # before numpy and the model are read
        from reviewer.checks.suspect import model

        read = model.read(self.file)
        if self.reader:
            read = model.deepened(read, self.file)
        yield from suspicions(document, self.by_reason, read, found, self.reader, known)

    def ahead(self, documents: Sequence[Document]) -> None:
        """Looks at what stands beside sources in all of them at once, which takes less time than one after the other.

        Those that are judged in blocks are not among them. A language model, which reads them one by one, opens meanwhile.
        """
        if self.reader:
            self.reader.begin()
            return
        small = [one for one in documents if sum(len(segment.target) for segment in one.segments) < BLOCK]
        wanted = [one for one in small if any(segment.source for segment in one.segments)]
        if not wanted or _least(self.by_reason, WITH_SOURCE) >= NEVER:
            return
        from reviewer.checks.suspect import model, words

        read = model.read(self.file)
        parts = [replace(one, segments=_chosen(one, read, with_source=True)) for one in wanted]
        found: list[list[Finding]] = [[] for _ in wanted]
        for number, finding in _found(words.read(parts), self.by_reason, read, True, WITH_SOURCE, None):
            found[number].append(finding)
        for one, its in zip(wanted, found, strict=True):
            self._known[id(one)] = one, its


def ahead(check: Check, documents: Sequence[Document]) -> None:
    """Lets the check look at several documents, each of which it will soon be asked for."""
    plain = cast("Suspecting", check)  # that which `compile` gave
    plain.ahead(documents)


def beside(check: Check, found: Found) -> Check:
    """The check, told what other checks found in the document, by segment: see `limit`."""
    told: Callable[..., Iterator[Finding]] = check  # that which `compile` gave
    return partial(told, found=found)


def asking(check: Check, reader: Reader | None) -> Check:
    """The check, which asks a language model what it makes of each word, if there is one."""
    plain = cast("Suspecting", check)  # that which `compile` gave
    return replace(plain, reader=reader)


def limit(document: Document, found: Found | None) -> str:
    """The option that says how sure a suspicion of English without a source has to be.

    That the text is a translation shows in what rules, each of which knows a way of translating badly, find again and again; where
    they find very much, more than the model can know is wrong.
    """
    others = sum(map(len, found.values())) if found else 0
    words = sum(segment.target.count(" ") + 1 for segment in document.segments)
    if others < EVIDENT_AT_LEAST or others < EVIDENT * words / 1000:
        return LEAST
    return IN_TRANSLATION if others < POOR * words / 1000 else IN_POOR


def suspicions(
    document: Document,
    by_reason: dict[str, Rule],
    model: Model,
    found: Found | None = None,
    reader: Reader | None = None,
    known: list[Finding] | None = None,
) -> Iterator[Finding]:
    """The findings of one document under a model; a reason that has no rule is not reported. `found` is what others found.

    A model that looks at what a language model says needs its `reader`. What is `known` are the findings beside sources.
    """
    from reviewer.checks.suspect import words

    for with_source in (False, True):
        option = WITH_SOURCE if with_source else limit(document, found)
        if with_source and known is not None:
            yield from known
        elif _least(by_reason, option) < NEVER:
            for block in _blocks(_chosen(document, model, with_source=with_source)):
                part = Document(document.path, document.format, block, document.name, document.part)
                for _, finding in _found(words.read([part]), by_reason, model, with_source, option, reader):
                    yield finding


def _chosen(document: Document, model: Model, *, with_source: bool) -> tuple[Segment, ...]:
    """The segments to be looked at that have a source which can be read, or those that have none."""
    from reviewer.checks.suspect import source

    return tuple(
        segment for segment in document.segments if source.readable(segment.source, model.tables) == with_source and _prose(segment)
    )


def _blocks(segments: Sequence[Segment]) -> Iterator[tuple[Segment, ...]]:
    """Segments in turn, so many that memory stays bounded however long a document is."""
    block: list[Segment] = []
    size = 0
    for segment in segments:
        block.append(segment)
        size += len(segment.target)
        if size >= BLOCK:
            yield tuple(block)
            block, size = [], 0
    if block:
        yield tuple(block)


def _least(by_reason: Mapping[str, Rule], option: str) -> float:
    return min((_probability(rule, option) for rule in by_reason.values()), default=NEVER)


def _found(
    words: Words, by_reason: dict[str, Rule], model: Model, with_source: bool, option: str, reader: Reader | None
) -> Iterator[tuple[int, Finding]]:
    """Findings, each with the number of its document."""
    from reviewer.checks.suspect import features, reasons, spans, surprisal
    from reviewer.checks.suspect.forest import Places

    places = Places(model.limits)
    forest, scale = (model.with_source, model.source_scale) if with_source else (model.english, model.english_scale)
    named = features.columns(words, model.tables, model.priors, model.network, with_source=with_source, places=places)
    if reader:
        named |= surprisal.columns(words, reader, forest.names, model.probes)
    columns = features.stacked(named, forest.names)
    value = forest.value(columns, places)
    sure = scale.of(value)
    for segment in _strange(words, model):
        sure[words.segment == segment] = 0
    least = _least(by_reason, option)
    groups = reasons.groups(forest.names)
    fit = forest.names.index("fit_before")
    found = [
        (float(sure[first:end].max()), *spans.trimmed(words, first, end))
        for first, end in spans.joined_where(words, value, sure >= least)
    ]
    inside = columns[:, [place for _, start, stop in found for place in range(start, stop)]]
    moved = forest.shares(inside, groups, len(reasons.REASONS))  # all at once: one span takes as long as a hundred
    moved[reasons.REASONS.index(reasons.UNEXPECTED)] += forest.added(inside, surprisal.PROBES)
    done = 0
    for most, start, stop in found:
        shares = moved[:, done : done + stop - start]
        done += stop - start
        reason = reasons.of(words, start, stop, shares)
        rule = by_reason.get(reason)
        if rule and most >= _probability(rule, option):
            segment = words.segments[words.segment[start]]
            message = reasons.message(reason, rule.why, words, start, stop, columns[fit, start:stop], segment.target)
            span = Span(int(words.start[start]), int(words.end[stop - 1]))
            yield int(words.document[start]), rule.finding(segment, span, message=message, confidence=round(most, 3))


def _prose(segment: Segment) -> bool:
    """Whether a segment is written in small letters, mostly: the model has seen nothing else."""
    letters = sum(map(str.isalpha, segment.target))
    return letters > 0 and sum(map(str.isupper, segment.target)) <= letters / 2


def _strange(words: Words, model: Model) -> list[int]:
    """The numbers of the segments most of whose words no English text has: another language, or a list of names."""
    import numpy as np

    spelt = np.array([form[0].isalpha() for form in words.forms])[words.form]
    listed = model.tables.numbers(words.forms)[words.form] < len(model.tables.words)
    count = np.bincount(words.segment, spelt, minlength=len(words.segments))
    known = np.bincount(words.segment, spelt & listed, minlength=len(words.segments))
    return [int(number) for number in np.flatnonzero(known < KNOWN * count)]


def _probability(rule: Rule, name: str) -> float:
    try:
        value = float(detectors.option(rule, name))
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ReviewerError(f"{rule.file}:{rule.line}: {rule.id}: the option {name!r} is a probability, 0 to 1")
    return value
