"""Options that several commands share, and the settings they are laid over."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click

from reviewer import config
from reviewer.model import ReviewerError, Rule, Severity

Command = TypeVar("Command", bound=Callable[..., object])
SEVERITIES = click.Choice([severity.value for severity in Severity])


class Number(click.FloatRange):
    """A number in a range; `nan` is in none, though no comparison says so."""

    def convert(self, value: float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number. Raises click.BadParameter."""
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"{value} is no number", param, ctx)
        return number


def files(required: bool) -> Callable[[Command], Command]:
    """FILE..., as paths; whether they can be read is for the formats to say."""
    return click.argument(
        "files", metavar="FILE..." if required else "[FILE]...", nargs=-1, required=required, type=click.Path(path_type=Path)
    )


def database(command: Command) -> Command:
    """--db."""
    return click.option(
        "--db", type=click.Path(path_type=Path), metavar="F", help="The database of findings and decisions.  [review.db]"
    )(command)


def reading(command: Command) -> Command:
    """--column, --source-column, --source."""
    for option in (
        click.option(
            "--source",
            type=click.Path(path_type=Path),
            metavar="F",
            help="The Chinese of FILE: the same lines, paragraphs, cues, or PO entries.",
        ),
        click.option("--source-column", metavar="C", help="In a table, the column with the Chinese.  [source, zh ...]"),
        click.option(
            "--column",
            "columns",
            multiple=True,
            metavar="C",
            help="In a table, a column with the English: its name, or its number or letter.  [target, en ...]",
        ),
    ):
        command = option(command)
    return command


def check_source(files: Sequence[Path], source: Path | None) -> None:
    """Raises click.UsageError where a source cannot be that of all the files of a call."""
    if source and (len(files) != 1 or files[0].is_dir()):
        raise click.UsageError("--source goes with one FILE, whose Chinese it is")


def language_model(command: Command) -> Command:
    """--lm."""
    return click.option(
        "--lm",
        type=click.Path(path_type=Path),
        metavar="GGUF",
        help="A language model that suspicions ask: a file, or smollm2 (see `reviewer lm install`).",
    )(command)


def choice_of_rules(command: Command) -> Command:
    """--select, --ignore, --min-severity, --min-confidence."""
    for option in (
        click.option("--min-confidence", type=Number(0, 1), metavar="P", help="Leave out findings less probable than P, 0 to 1."),
        click.option("--min-severity", type=SEVERITIES, help="Leave out findings milder than this."),
        click.option("--ignore", multiple=True, metavar="RULE", help="Leave out this rule, folder of rules, or pattern with *."),
        click.option("--select", multiple=True, metavar="RULE", help="Only this rule, folder of rules, or pattern with *."),
    ):
        command = option(command)
    return command


def settings(
    folder: Path | None = None,
    *,
    db: Path | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    min_severity: str | None = None,
    min_confidence: float | None = None,
    columns: Sequence[str] = (),
    source_column: str | None = None,
    lm: Path | None = None,
    fail_on: str | None = None,
    max_per_thousand: float | None = None,
) -> config.Config:
    """The settings of a folder, else of the current one, with those of the command line over them."""
    found = config.load(Path.cwd() if folder is None else folder)
    if folder is not None and not found.files:  # a file from elsewhere is linted as those here
        found = config.load(Path.cwd())
    return replace(
        found,
        db=db or found.db,
        select=tuple(select) or found.select,
        ignore=(*found.ignore, *ignore),
        called=frozenset((*select, *ignore)),
        narrowed=bool(select or ignore or min_severity or min_confidence is not None),
        columns=tuple(columns) or found.columns,
        source_column=source_column or found.source_column,
        lm=lm or found.lm,
        min_severity=Severity(min_severity) if min_severity else found.min_severity,
        fail_on=Severity(fail_on) if fail_on else found.fail_on,
        max_per_thousand=found.max_per_thousand if max_per_thousand is None else max_per_thousand,
        min_confidence=found.min_confidence if min_confidence is None else min_confidence,
    )


def rules_of(chosen: config.Config, loaded: dict[tuple[Path, ...], tuple[Rule, ...]] | None = None) -> tuple[Rule, ...]:
    """The rules that the settings leave switched on; `loaded` keeps those of their folders for the next settings."""
    from reviewer import rulepack  # loads the reading of patterns: not where a command needs no rules

    rules = (loaded or {}).get(chosen.rules) or rulepack.load_to_run(chosen.rules)
    if loaded is not None:
        loaded[chosen.rules] = rules
    slips = dict(rulepack.slips(rules, (*chosen.select, *chosen.ignore)))
    if slips:
        raise ReviewerError("\n".join(_placed(chosen, name) + slip for name, slip in slips.items()))
    return rulepack.running((*rules, *settled_names(chosen.names)), chosen.select, chosen.ignore)


def _placed(chosen: config.Config, name: str) -> str:
    """The file in which the name of a rule stands; one of the command line is before the user's eyes."""
    file = chosen.places.get("select" if name in chosen.select else "ignore")
    return "" if name in chosen.called or not file else f"{file}: "


def settled_names(files: Sequence[Path]) -> tuple[Rule, ...]:
    """A rule for each file of names, that finds what is to become another name. Raises ReviewerError for a file at fault."""
    from reviewer import names_file
    from reviewer.checks.names import known

    rules = []
    for file in files:
        spellings = {one.form: (one.name, one.allowed) for one in names_file.read(file)}
        for name, _ in list(spellings.values()):
            spellings.setdefault(name, (name, True))
        rules.append(
            Rule(
                id=f"names/settled/{file.stem}",
                why="The project has settled how to write this name.",
                kind="names",
                detect=known.DETECT,
                category="terminology/inconsistent",
                severity=Severity.MAJOR,
                confidence=0.95,
                options=known.options(spellings),
                file=file,
            )
        )
    return tuple(rules)
