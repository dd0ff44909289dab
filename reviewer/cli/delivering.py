"""Where a report goes: the options for its form and file, and what it must not overwrite."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from os.path import realpath
from pathlib import Path
from typing import TypeVar

import click

from reviewer.config import Config
from reviewer.model import ReviewerError
from reviewer.report.forms import FORMS, Manner

Command = TypeVar("Command", bound=Callable[..., object])


def form_and_output(command: Command) -> Command:
    """--format, --output."""
    for option in (
        click.option(
            "--output", type=click.Path(path_type=Path), metavar="F", help="Write the report to F rather than to standard output."
        ),
        click.option(
            "--format", "form", type=click.Choice(list(FORMS)), default="text", show_default=True, help="The form of the report."
        ),
    ):
        command = option(command)
    return command


def manner(chosen: Config, *, for_file: bool) -> Manner:
    """How the settings want a report."""
    return Manner(for_file, chosen.levels, chosen.max_annotations)


def deliver(chunks: Iterator[str], output: Path | None) -> None:
    """Writes a report to a file, whole or not at all, or to standard output."""
    if output:
        from reviewer import export

        export.write_text(output, chunks)
    else:
        sys.stdout.writelines(chunks)


def refuse_to_overwrite(
    output: Path, files: Iterable[Path], chosen: Config, *, what: str = "report", name: str = "--output"
) -> None:
    """ReviewerError where what is written would take the place of something that this call reads or keeps."""
    ours = [("the input", file) for file in files]
    ours += [("the database", Path(f"{chosen.db}{end}")) for end in ("", "-wal", "-shm")]
    ours += [("the settings in", file) for file in chosen.files]
    for kind, path in ours:
        # Hard links have other names, and the database of a first lint is not there yet.
        if path.samefile(output) if path.exists() and output.exists() else realpath(path) == realpath(output):
            raise ReviewerError(f"{output}: the {what} would overwrite {kind} {path}; give {name} another name")
