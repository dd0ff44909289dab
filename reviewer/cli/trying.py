"""Tells what the rules make of one sentence: what fires and why, and what would have fired but for its context."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from reviewer import engine
from reviewer.model import Document, Finding, Rule, Segment
from reviewer.printable import printable


def report(sentence: str, source: str | None, rules: Sequence[Rule]) -> int:
    """Prints the findings, and the rules that keep silent only because of the sentence around; gives 1 where something fires."""
    document = Document(Path("sentence"), "text", (Segment("1", sentence, source),))
    found = list(engine.review(document, engine.compile(rules)))
    for finding in found:
        _print(finding)
    for rule, without in _silenced(document, rules, {name for one in found for name in (one.rule, *one.also)}):
        click.echo(f"silent: {rule.id}: {without}")
    if not found:
        click.echo("Nothing fires.")
    return int(bool(found))


def _print(finding: Finding) -> None:
    click.secho(f"{finding.rule}  {finding.severity}, {finding.category}, {finding.confidence:.0%}", bold=True)
    click.echo(f"  {printable(finding.text)!r} at {finding.span.start}-{finding.span.end}: {finding.message}")
    for fix in finding.fixes:
        click.echo(f"  -> {printable(fix.text)!r}" + ("  (safe)" if fix.safe else ""))
    for other in finding.related:
        click.echo(f"  see {printable(other.text)!r} in the {other.side}")
    if finding.also:
        click.echo(f"  also {', '.join(finding.also)}")


def _silenced(document: Document, rules: Sequence[Rule], fired: set[str]) -> list[tuple[Rule, str]]:
    """The rules whose flag is there, and what keeps each silent."""
    conditional = [rule for rule in rules if rule.kind == "phrase" and rule.id not in fired]
    conditional = [rule for rule in conditional if rule.unless or rule.needs or rule.when_source]
    bare = engine.compile([rule._replace(unless="", needs="", when_source="", without_source="weaker") for rule in conditional])
    would = {name for one in engine.review(document, bare) for name in (one.rule, *one.also)}
    silenced = []
    for rule in conditional:
        if rule.id in would:
            causes = [f"{key} {value!r}" for key, value in _conditions(rule) if not _fires(document, rule, key)]
            silenced.append((rule, ", ".join(causes) or "its context"))
    return silenced


def _conditions(rule: Rule) -> list[tuple[str, str]]:
    pairs = [("unless", rule.unless), ("needs", rule.needs), ("when_source", rule.when_source)]
    return [(key, value) for key, value in pairs if value]


def _fires(document: Document, rule: Rule, key: str) -> bool:
    """Whether a rule would fire if it had this condition alone."""
    alone = rule._replace(unless="", needs="", when_source="")
    alone = alone._replace(**{key: getattr(rule, key)})
    return any(True for _ in engine.review(document, engine.compile([alone])))
