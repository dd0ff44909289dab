"""`reviewer rules`: lists, shows, tests and starts rules."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import click

from reviewer import config, examples, rulepack
from reviewer.cli import starting, streams
from reviewer.model import Example, ReviewerError, Rule


@click.group(short_help="Look at rules, test them, start a new one.")
def rules() -> None:
    """Look at rules, test their examples, start a new one.

    A rule is named by the path of its file and its key, as in calques/policy/combination-fists. Wherever RULE is asked
    for, a folder (calques), a file (calques/policy) or a pattern (*/policy/*) stands for all rules it covers.
    """


def _all(compile_patterns: bool = False) -> tuple[Rule, ...]:
    return rulepack.load(config.load(Path.cwd()).rules, compile_patterns=compile_patterns)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


@rules.command("list")
@click.argument("names", metavar="[RULE]...", nargs=-1)
def list_rules(names: tuple[str, ...]) -> None:
    """List rules: id, severity, category, Chinese."""
    chosen = rulepack.choose(_all(), names)
    width = max((len(rule.id) for rule in chosen), default=0)
    for rule in chosen:
        click.echo(f"{rule.id:{width}}  {rule.severity:8}  {rule.category:28}  {' '.join(rule.zh)}".rstrip())
    kinds = Counter(rule.kind for rule in chosen)
    streams.say(f"{_counted(len(chosen), 'rule')}: " + ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()))


@rules.command()
@click.argument("names", metavar="RULE...", nargs=-1, required=True)
def show(names: tuple[str, ...]) -> None:
    """Show rules in full, with their examples."""
    for rule in rulepack.choose(_all(), names):
        click.secho(rule.id, bold=True)
        click.echo(f"  {rule.severity}, {rule.category}, confidence {rule.confidence:.0%}, kind {rule.kind}")
        click.echo(f"  {rule.why}")
        for name, value in (
            ("zh", ", ".join(rule.zh)),
            ("flag", rule.flag),
            ("detect", rule.detect),
            ("use", " | ".join(rule.use)),
            ("unless", rule.unless),
            ("needs", rule.needs),
            ("source", rule.when_source),
        ):
            if value:
                click.echo(f"  {name + ':':8} {value}")
        for name, some in (("bad", rule.bad), ("good", rule.good), ("gap", rule.known_gaps)):
            for example in some:
                click.echo(f"  {name + ':':8} {_marked(example)}")
        click.echo(f"  {rule.file}:{rule.line}\n")


def _marked(example: Example) -> str:
    """The example as it was written."""
    lines = []
    for text, spans in zip(example.targets, example.spans, strict=True):
        marked = text
        for span in reversed(spans):
            marked = f"{marked[: span.start]}[[{span.of(text)}]]{marked[span.end :]}"
        lines.append(marked)
    return " / ".join(lines) + (f" => {example.fixed}" if example.fixed is not None else "")


@rules.command()
@click.argument("names", metavar="[RULE]...", nargs=-1)
def test(names: tuple[str, ...]) -> int:
    """Test the examples of rules, all of them by default.

    A bad example has to be found at exactly its marked words, and its mended sentence to be silent; a good one has to be
    silent under every rule. What fails is named Missing, Noisy, Wrong fix or Closed gap, with file and line.
    """
    everything = _all(compile_patterns=True)
    chosen = rulepack.choose(everything, names)
    failed = 0
    for failure in examples.failures(chosen, everything):
        failed += 1
        click.echo(str(failure))
    count = sum(len(rule.bad) + len(rule.good) + len(rule.known_gaps) for rule in chosen)
    streams.say(f"{_counted(len(chosen), 'rule')}, {_counted(count, 'example')}, {failed} failed")
    return int(failed > 0)


@rules.command()
@click.argument("name", metavar="RULE")
@click.option("--flag", default="words to find", show_default=True, help="The words to flag.")
@click.option("--zh", default="", help="The Chinese they come from.")
@click.option("--bad", default="", help="A sentence with the error, its words in [[ ]].")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    help="The folder of rules to write to.  [the first that the settings name, or rules in a checkout of reviewer]",
)
def new(name: str, flag: str, zh: str, bad: str, folder: Path | None) -> None:
    """Start a rule: append a skeleton named RULE, as in calques/policy/dragon-head, to its file.

    `reviewer rules test` reports the rule until its examples are written.
    """
    if not re.fullmatch(r"[a-z0-9-]+(?:/[a-z0-9-]+)+", name):
        raise ReviewerError(
            f"{name}: a rule is named folder/file/key, in lower case with hyphens, as in calques/policy/dragon-head"
        )
    settings = config.load(Path.cwd())
    chosen = starting.folder_for(folder, settings, name)
    if any(rule.id == name for rule in rulepack.load(settings.rules)):
        raise ReviewerError(f"{name}: there is a rule of this name; see `reviewer rules show {name}`")
    file = starting.start(chosen, name, flag=flag, zh=zh, bad=bad)
    wanted = "" if starting.is_read(chosen, settings) else f"name {chosen} in reviewer.toml (rules = [...]), "
    click.echo(f"{file}: write its examples, {wanted}then run: reviewer rules test {name}")
