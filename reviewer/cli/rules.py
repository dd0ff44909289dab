"""`reviewer rules`: lists, shows, tests and starts rules."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import click

from reviewer import assets, config, examples, export, rulepack
from reviewer.cli import starting, streams, trying
from reviewer.model import Example, ReviewerError, Rule
from reviewer.rulepack import record
from reviewer.rulepack.record import Record


@click.group(short_help="Look at rules, test them, start a new one.")
def rules() -> None:
    """Look at rules, test their examples, start a new one.

    A rule is named by the path of its file and its key, as in calques/policy/combination-fists. Wherever RULE is asked
    for, a folder (calques), a file (calques/policy) or a pattern (*/policy/*) stands for all rules it covers.
    """


def _all() -> tuple[Rule, ...]:
    return rulepack.load(config.load(Path.cwd()).rules)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


@rules.command("list")
@click.argument("names", metavar="[RULE]...", nargs=-1)
def list_rules(names: tuple[str, ...]) -> None:
    """List rules: id, severity, category, confidence, how often professionals agreed, Chinese."""
    chosen, records = rulepack.choose(_all(), names), rulepack.records()
    width = max((len(rule.id) for rule in chosen), default=0)
    for rule in chosen:
        agreed = records.get(rule.id, Record()).agreed
        zh = " ".join(rule.zh)
        sure = " off" if rule.off else f"{rule.confidence:4.0%}"
        click.echo(f"{rule.id:{width}}  {rule.severity:8}  {rule.category:28}  {sure}  {agreed:>9}  {zh}".rstrip())
    kinds = Counter(rule.kind for rule in chosen)
    streams.say(f"{_counted(len(chosen), 'rule')}: " + ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()))


@rules.command()
@click.argument("names", metavar="RULE...", nargs=-1, required=True)
def show(names: tuple[str, ...]) -> None:
    """Show rules in full, with their examples and their record."""
    records = rulepack.records()
    for rule in rulepack.choose(_all(), names):
        click.secho(rule.id, bold=True)
        click.echo(f"  {rule.severity}, {rule.category}, confidence {rule.confidence:.0%}, kind {rule.kind}")
        click.echo(f"  {_record(records.get(rule.id, Record()))}")
        click.echo(f"  {rule.why}")
        for name, value in (
            ("zh", ", ".join(rule.zh)),
            ("flag", rule.flag),
            ("detect", rule.detect),
            ("use", " | ".join(rule.use)),
            ("unless", rule.unless),
            ("needs", rule.needs),
            ("source", rule.when_source),
            ("off", rule.off),
        ):
            if value:
                click.echo(f"  {name + ':':8} {value}")
        for name, some in (("bad", rule.bad), ("good", rule.good), ("gap", rule.known_gaps)):
            for example in some:
                click.echo(f"  {name + ':':8} {_marked(example)}")
        click.echo(f"  {rule.file}:{rule.line}\n")


def _record(record: Record) -> str:
    if record == Record():
        return "record: found nothing yet in annotated text, nor in good English"
    two = f"{record.confirmed:.1f} of {record.hits} confirmed by two raters"
    one = f"{record.confirmed_one:.0f} of {record.hits_one} by one"
    return f"record: {two}, {one}, {_counted(record.english, 'false alarm')} in good English"


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
    silent under every rule. What fails is named Missing, Noisy, Wrong fix, Closed gap or Unreadable, with file and line.
    """
    everything = _all()
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


@rules.command("try")
@click.argument("sentence")
@click.option("--source", help="The Chinese it was translated from.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave out this rule, folder of rules, or pattern with *.")
def try_rules(sentence: str, source: str | None, ignore: tuple[str, ...]) -> int:
    """Tell which rules fire on SENTENCE, why, and what they would write; and which keep silent because of `unless` or `needs`."""
    return trying.report(sentence, source, rulepack.choose(_all(), (), ignore))


@rules.command()
@click.option("--annotated", multiple=True, type=click.Path(path_type=Path), help="Text with MQM annotations, as .jsonl.")
@click.option("--english", multiple=True, type=click.Path(path_type=Path), help="Good English: each finding is a false alarm.")
@click.option("--output", type=click.Path(path_type=Path), help="The file to write.  [record.tsv among the rules]")
def measure(annotated: tuple[Path, ...], english: tuple[Path, ...], output: Path | None) -> None:
    """Measure all rules against professionals: how often each found something, and how often raters had marked it.

    An annotated file has a segment a line: {"id", "system", "doc", "target", "source", "raters": {"name": [[start, end,
    severity, category], ...]}}, as in the data of the WMT metrics tasks. The figures go to one file among the rules, from
    which the rules take their confidence.
    """
    from reviewer import measuring

    if not annotated and not english:
        raise click.UsageError("name files with --annotated, with --english, or both")
    everything = _all()
    found = measuring.measure(everything, annotated, english)
    file = output or assets.folder("rules") / record.FILE
    export.write_text(file, [record.written(found)])
    hits = sum(one.hits + one.hits_one for one in found.values())
    fired = sum(one != Record() for one in found.values())
    streams.say(f"{file}: {_counted(hits, 'hit')} of {fired} of {_counted(len(everything), 'rule')}")


@rules.command()
def schema() -> None:
    """Print the JSON schema of rule files, for completion and checks in editors."""
    click.echo(json.dumps(rulepack.schema(), indent=2, ensure_ascii=False))
