"""`reviewer suspect`: makes and measures the model that finds suspect spans."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer import assets, export
from reviewer.checks.suspect import FILE
from reviewer.cli import options, streams
from reviewer.cli.options import Command

if TYPE_CHECKING:
    from reviewer.checks.suspect.language_model import LanguageModel

_PATHS = click.Path(path_type=Path)


@click.group(short_help="Make and measure the model of suspect spans.")
def suspect() -> None:
    """Make and measure the model that marks suspect spans, from what professionals marked.

    A FILE has a segment a line: {"id", "system", "doc", "target", "source", "raters": {"name": [[start, end, severity,
    category], ...]}}, as in the data of the WMT metrics tasks. Trees learn from segments that three raters
    looked at, if there are any; marks in others are counted, and make a prior. Figures are out of fold: each text is judged by a
    model that has not seen it.
    """


def _options(command: Command) -> Command:
    for option in (
        click.option("--english", multiple=True, type=_PATHS, help="Native English: examples of what nobody marks."),
        click.option("--seed", default=0, show_default=True, help="The seed of all that is drawn by chance."),
        click.option(
            "--trees",
            type=click.IntRange(1, 1000),
            help="How many trees a forest has.  [default: 90, beside a language model 120]",
        ),
    ):
        command = option(command)
    return command


@suspect.command()
@click.argument("files", metavar="[FILE...]", nargs=-1, type=_PATHS)
@_options
@click.option("--from-db", is_flag=True, help="Adapt the model to the decisions in the database instead of learning from FILE...")
@options.database
@click.option("--lm", type=_PATHS, metavar="GGUF", help="Let the present model learn, from FILE..., to ask this language model.")
@click.option("--given-chinese", is_flag=True, help="Show the language model the Chinese, too; it has to know that language.")
@click.option("--teacher", type=_PATHS, metavar="GGUF", help="Let this language model teach a network that is asked without it.")
@click.option("--output", type=_PATHS, metavar="F", help="The file to write.  [suspect.npz among the rules]")
def train(
    files: tuple[Path, ...],
    english: tuple[Path, ...],
    seed: int,
    trees: int | None,
    from_db: bool,
    db: Path | None,
    lm: Path | None,
    given_chinese: bool,
    teacher: Path | None,
    output: Path | None,
) -> None:
    """Learn a model from FILE... and write it; print how it does out of fold.

    Among what its trees look at is a small network that foretells what a language model makes of a word. It is that of the present
    model; with --teacher, a language model teaches another one, which takes some forty minutes for half a million words.

    With --from-db, the present model is moved by what was accepted, edited and rejected: as far as there are decisions, no
    further. It is printed how it does on decisions that were held out, before and after.

    With --lm, the present model stays as it is, and gets trees beside its own that also look at what a language model says, and a
    probe of that one's states; they judge where `reviewer lint --lm` asks it.
    """
    from reviewer.training import deepening, house, report

    if from_db == bool(files):
        raise click.UsageError("name annotated files to learn from, or --from-db to learn from decisions: one of the two")
    if (from_db and (lm or teacher)) or (given_chinese and not lm):
        raise click.UsageError("--lm and --teacher go with annotated files, and --given-chinese with --lm")
    if lm and teacher:
        raise click.UsageError("--lm leaves the present model as it is, --teacher makes another: first the one, then the other")
    base = _present()
    written = output or base
    if from_db:
        learnt, lines = house.made(base, options.settings(db=db).db)
    elif lm:
        with _opened(lm) as reader:
            learnt, lines = deepening.made(base, files, english, seed, trees, reader, given=given_chinese, say=streams.say)
    else:
        with _opened(teacher) if teacher else nullcontext() as reader:
            learnt, lines = report.made(base, files, english, seed, trees, reader, streams.say)
    export.write_bytes(written, learnt)
    for line in lines:
        click.echo(line)
    streams.say(f"{written}: {len(learnt) / 1e6:.1f} MB")


def _present() -> Path:
    return assets.folder("rules") / FILE


@contextmanager
def _opened(file: Path) -> Iterator[LanguageModel]:
    from reviewer.cli import language_models
    from reviewer.cli.progress import Progress

    with Progress() as progress, language_models.opened(file, None, progress.scored) as reader:
        yield reader


@suspect.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_PATHS)
@_options
@click.option("--without", multiple=True, metavar="NAME", help="Leave out the features whose names begin so, as in an ablation.")
def measure(files: tuple[Path, ...], english: tuple[Path, ...], seed: int, trees: int | None, without: tuple[str, ...]) -> None:
    """Print how a model learnt from FILE... does out of fold, alone and together with the rules; write nothing."""
    from reviewer.training import report

    for line in report.measured(_present(), files, english, seed, trees, without, streams.say):
        click.echo(line)


@suspect.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_PATHS)
@_options
@click.option("--page", required=True, type=_PATHS, metavar="F", help="The page whose tables are made anew.")
def figures(files: tuple[Path, ...], english: tuple[Path, ...], seed: int, trees: int | None, page: Path) -> None:
    """Write into a page what each group of features is worth, what more texts are, and how far confidence can be believed."""
    from reviewer.training import figures as tables

    made = tables.written(_present(), files, english, seed, trees, page, streams.say)
    export.write_bytes(page, made.encode())
