"""`reviewer lint`: files to findings, recorded in the store and printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer import baseline
from reviewer.cli import delivering, gathering, language_models, limits, options, streams
from reviewer.cli.lint_run import Run
from reviewer.cli.progress import Progress
from reviewer.config import Config
from reviewer.model import ReviewerError
from reviewer.report import forms

if TYPE_CHECKING:
    from reviewer.store import Store


@click.command(short_help="Report likely mistranslations in files.")
@options.files(required=False)
@click.option("--changed-since", metavar="REV", help="Only files that differ from this revision of git, or are new to it.")
@click.option(
    "--jobs", type=click.IntRange(min=0), default=1, show_default=True, metavar="N", help="Lint N files at once; 0: one a core."
)
@options.reading
@delivering.form_and_output
@options.database
@click.option("--no-db", is_flag=True, help="Keep no record; report what was decided before, too.")
@options.choice_of_rules
@click.option("--baseline", "known", type=click.Path(path_type=Path), metavar="F", help="Leave out the findings that F knows.")
@click.option(
    "--write-baseline", type=click.Path(path_type=Path), metavar="F", help="Write all findings to F, to be known from now on."
)
@options.language_model
@limits.limits
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors: the exit code tells the outcome.")
@click.option("--verbose", "-v", is_flag=True, help="Tell of each file, on standard error, when it is done.")
def lint(
    files: Sequence[Path],
    changed_since: str | None,
    jobs: int,
    columns: tuple[str, ...],
    source_column: str | None,
    source: Path | None,
    form: str,
    output: Path | None,
    db: Path | None,
    no_db: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    min_severity: str | None,
    min_confidence: float | None,
    known: Path | None,
    write_baseline: Path | None,
    lm: Path | None,
    fail_on: str | None,
    max_per_thousand: float | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Report likely mistranslations in FILE..., which may be a folder, or a pattern such as 'news/**/*.md'.

    In a folder the files of known kinds are read, without hidden ones and those that .gitignore or `exclude` in the settings
    leave out. What the database knows of unchanged files is not worked out again: a batch that was interrupted goes on
    where it stopped.

    Findings are recorded in the database, and those decided on before are left out: what is rejected once does not come
    back. With --no-db nothing is recorded. Exit code 1 where findings are reported, 0 where none, 2 where a file could not
    be read; the other files are reported all the same.

    A baseline holds findings to live with, by their words and those around them, without line numbers. --write-baseline F
    takes all that there are; with --baseline F only what has come since is reported and counts.
    """
    settings = partial(
        options.settings,
        db=db,
        select=select,
        ignore=ignore,
        min_severity=min_severity,
        min_confidence=min_confidence,
        columns=columns,
        source_column=source_column,
        lm=lm,
        fail_on=fail_on,
        max_per_thousand=max_per_thousand,
    )
    chosen = settings()
    if not files and changed_since is None:
        raise click.MissingParameter(param_hint="'FILE...'", param_type="argument")
    if quiet and verbose:
        raise click.UsageError("--quiet and --verbose ask for opposite things; give one of them.")
    options.check_source(files, source)
    beside = (output, known, write_baseline, source)
    files, wrong = gathering.files(files or (Path(),), chosen, changed_since=changed_since, beside=beside)
    _refuse_to_overwrite(output, write_baseline, known, files, chosen)
    kept = baseline.read(known) if known else None
    with ExitStack() as stack:
        store = stack.enter_context(_store(chosen.db)) if not no_db else None
        progress = stack.enter_context(Progress(silent=quiet, each=verbose))
        reader = stack.enter_context(language_models.asked(chosen, store, progress.scored))
        run = Run(chosen, store, settings_of=settings, source=source, jobs=jobs or os.cpu_count() or 1, reader=reader)
        run.errors += wrong
        run.known, run.accepted = kept, [] if write_baseline else None
        manner = delivering.manner(chosen, for_file=output is not None)
        chunks = forms.written(form, run.places(files, progress), run.tally, run.rules, manner)
        seen = True
        if output:
            from reviewer import export  # brings all that formats ask of a correction along

            export.write_text(output, _of_something(chunks, run))
        elif quiet:
            for _ in chunks:
                pass
        else:
            seen = _print(chunks, run, progress)
    for error in run.errors:
        streams.say(f"reviewer: {error}")
    if write_baseline:
        _write_baseline(write_baseline, run)
    elif kept and kept.left_out and not quiet:
        streams.say(f"reviewer: {known}: findings known from there and left out: {kept.left_out}")
    return 2 if run.errors else int(limits.failed(run.tally, chosen) and seen)


def _refuse_to_overwrite(
    output: Path | None, write_baseline: Path | None, known: Path | None, files: Sequence[Path], chosen: Config
) -> None:
    """Raises ReviewerError where a report or baseline would take the place of what is read, or one that of the other."""
    if output:
        delivering.refuse_to_overwrite(output, (*files, *([known] if known else [])), chosen)
    if write_baseline:  # over the old baseline, if need be
        delivering.refuse_to_overwrite(write_baseline, files, chosen, what="baseline", name="--write-baseline")
    if output and write_baseline and realpath(output) == realpath(write_baseline):
        raise ReviewerError(f"{output}: the report and the baseline cannot be one file; give --output another name")


def _store(db: Path) -> Store:
    from reviewer.store import Store

    return Store.open(db)


def _write_baseline(file: Path, run: Run) -> None:
    """Writes what was found; not where a file could not be read: its findings would be missing."""
    if run.errors:
        raise ReviewerError(f"{file}: not written, as a file could not be read; mend or leave out that file")
    lines = run.accepted or []
    from reviewer import export

    export.write_text(file, lines)
    streams.say(f"reviewer: {file}: findings that are known from now on: {len(lines)}")


def _of_something(chunks: Iterator[str], run: Run) -> Iterator[str]:
    """The same report; ReviewerError where no file could be read, so that an older report of them is not replaced by nothing."""
    yield from chunks
    if run.errors and not run.tally.files:
        raise ReviewerError("\n".join(run.errors))


def _print(chunks: Iterator[str], run: Run, progress: Progress) -> bool:
    """Prints the report; false where its reader left before the end. The record in the database is complete all the same."""
    try:
        for chunk in chunks:
            progress.clear()
            sys.stdout.write(chunk)
        sys.stdout.flush()
    except BrokenPipeError:
        streams.discard(sys.stdout)
        if run.store:
            for _ in chunks:
                pass
        return False
    return True
