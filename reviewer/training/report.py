"""Makes a model and says how it does on texts that it has not seen: best spans, characters, calibration, beside the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from reviewer import engine, measuring, rulepack
from reviewer.checks import suspect
from reviewer.checks.suspect import features, model
from reviewer.checks.suspect.language_model import LanguageModel
from reviewer.model import Document, Finding, Rule, Span
from reviewer.training import corpus, distilling, judging, learning
from reviewer.training.corpus import Corpus
from reviewer.training.distilling import Teacher
from reviewer.training.growing import Growth
from reviewer.training.learning import Learnt, Setting, Told


def made(
    before: Path,
    files: Sequence[Path],
    english: Sequence[Path],
    seed: int,
    trees: int | None,
    teacher: LanguageModel | None,
    say: Told,
) -> tuple[bytes, list[str]]:
    """The model as a file, its card inside, and the lines of its report. Raises ReviewerError.

    Its network is one that the language model teaches, or, where none does, that of the model before.
    """
    names = [file.name for file in files]
    if teacher:
        texts, learnt = _learnt(files, english, seed, trees, (), distilling.taught(teacher, seed), say)
        network = {"files": names, "language_model": teacher.file.name, "sha256": teacher.name}
    else:
        old = model.read(before)
        texts, learnt = _learnt(files, english, seed, trees, (), distilling.kept(old), say)
        network = old.card["network"]
    lines = [*alone(texts, learnt)]
    card = {"files": names, "english": [file.name for file in english], "seed": seed, "network": network, "figures": lines}
    return model.write(replace(learnt.model, card=card)), lines


def measured(
    before: Path, files: Sequence[Path], english: Sequence[Path], seed: int, trees: int | None, without: Sequence[str], say: Told
) -> Iterator[str]:
    """The lines of the report, rules included; the network is that of the model before. Raises ReviewerError."""
    texts, learnt = _learnt(files, english, seed, trees, without, distilling.kept(model.read(before)), say)
    yield from alone(texts, learnt)
    yield from _together(texts, learnt)


def _learnt(
    files: Sequence[Path],
    english: Sequence[Path],
    seed: int,
    trees: int | None,
    without: Sequence[str],
    teacher: Teacher,
    say: Told,
) -> tuple[Corpus, Learnt]:
    texts = corpus.read(files)
    say(f"{len(texts.words)} words read, {int(texts.several.sum())} of them to learn from")
    left_out = frozenset(name for name in features.WITH_SOURCE if name.startswith(tuple(without)))
    setting = Setting(left_out if without else frozenset(), growth=Growth(trees=trees or Growth.trees), seed=seed)
    return texts, learning.learn(texts, corpus.english(english), teacher, setting, say)


def alone(texts: Corpus, learnt: Learnt) -> Iterator[str]:
    """The lines of the report without rules."""
    for name, value, scale in (
        ("English only", learnt.english, learnt.model.english_scale),
        ("with source", learnt.with_source, learnt.model.source_scale),
    ):
        one = judging.judged(texts, value, learnt.fold_of >= 0)
        sure = scale.of(one.most)
        yield (
            f"{name}: the best {len(one.most)} spans confirmed {one.agreed.mean():.3f}; best character F1 {one.f1:.3f}; "
            f"calibration error {judging.calibration_error(sure, one.agreed):.3f}"
        )


def _together(texts: Corpus, learnt: Learnt) -> Iterator[str]:
    """Rules and suspicions at their default settings, each document under the model that has not seen it."""
    rules = rulepack.running(rulepack.load_to_run())
    for name, with_source in (("English only", False), ("with source", True)):
        for label, some in (("rules alone", [rule for rule in rules if rule.kind != suspect.KIND]), ("together", rules)):
            sure, agreed = [], []
            for finding, spans in _findings(texts, learnt, some, with_source):
                sure.append(finding.confidence)
                agreed.append(measuring.confirmed(finding.span, spans) or 0.0)
            error = judging.calibration_error(np.array(sure), np.array(agreed))
            yield f"{name}, {label}: {len(sure)} findings, confirmed {np.mean(agreed or [0]):.3f}, calibration error {error:.3f}"


def _findings(
    texts: Corpus, learnt: Learnt, rules: Sequence[Rule], with_source: bool
) -> Iterator[tuple[Finding, Sequence[Sequence[Span]]]]:
    """Findings with what each rater marked in their segment."""
    raters: dict[int, dict[str, Sequence[Sequence[Span]]]] = {}
    for number, segment in enumerate(texts.words.segments):
        raters.setdefault(texts.document_of[number], {})[segment.key] = texts.raters[number]
    plain = engine.compile([rule for rule in rules if rule.kind != suspect.KIND])
    by_reason = {rule.detect: rule for rule in rules if rule.kind == suspect.KIND}
    for number, fold_model in learning.fold_models(texts, learnt):
        document = texts.documents[number]
        if not with_source:
            document = replace(document, segments=tuple(replace(segment, source=None) for segment in document.segments))

        def check(one: Document, found: suspect.Found | None = None, fold_model: model.Model = fold_model) -> Iterator[Finding]:
            return suspect.suspicions(one, by_reason, fold_model, found)

        checks = (*plain.checks, *([(suspect.KIND, check)] if by_reason else []))
        for finding in engine.review(document, engine.Checker(tuple(rules), checks)):
            yield finding, raters[number][finding.segment]
