"""`reviewer suspect`: makes and measures the model that finds suspect spans."""

from __future__ import annotations

from pathlib import Path

import click

from reviewer import assets, export
from reviewer.cli import streams
from reviewer.cli.options import Command

_PATHS = click.Path(path_type=Path)


@click.group(short_help="Make and measure the model of suspect spans.")
def suspect() -> None:
    """Make and measure the model that marks suspect spans, from what professionals marked.

    A FILE has a segment a line: {"id", "system", "doc", "target", "source", "raters": {"name": [[start, end, severity,
    category], ...]}}, as in the data of the WMT metrics tasks. Trees learn from segments that two raters or more looked at;
    those of one rater are only counted. Figures are out of fold: each text is judged by a model that has not seen it.
    """


def _options(command: Command) -> Command:
    for option in (
        click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_PATHS),
        click.option("--english", multiple=True, type=_PATHS, help="Native English: examples of what nobody marks."),
        click.option("--seed", default=0, show_default=True, help="The seed of all that is drawn by chance."),
        click.option("--trees", default=350, show_default=True, type=click.IntRange(1, 2000), help="How many trees to grow."),
    ):
        command = option(command)
    return command


@suspect.command()
@_options
@click.option("--output", type=_PATHS, metavar="F", help="The file to write.  [suspect.npz among the rules]")
def train(files: tuple[Path, ...], english: tuple[Path, ...], seed: int, trees: int, output: Path | None) -> None:
    """Learn a model from FILE... and write it; print how it does out of fold."""
    from reviewer.training import report

    learnt, lines = report.made(files, english, seed, trees, streams.say)
    written = output or assets.folder("rules") / "suspect.npz"
    export.write_bytes(written, learnt)
    for line in lines:
        click.echo(line)
    streams.say(f"{written}: {len(learnt) / 1e6:.1f} MB")


@suspect.command()
@_options
@click.option("--without", multiple=True, metavar="NAME", help="Leave out the features whose names begin so, as in an ablation.")
def measure(files: tuple[Path, ...], english: tuple[Path, ...], seed: int, trees: int, without: tuple[str, ...]) -> None:
    """Print how a model learnt from FILE... does out of fold, alone and together with the rules; write nothing."""
    from reviewer.training import report

    for line in report.measured(files, english, seed, trees, without, streams.say):
        click.echo(line)
