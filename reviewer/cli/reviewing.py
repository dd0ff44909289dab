"""`reviewer review`: lints files into the store and opens the review screen on them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from reviewer import config
from reviewer.cli import options
from reviewer.cli.progress import Progress
from reviewer.model import ReviewerError
from reviewer.store import Store


@click.command(short_help="Decide on findings in the terminal.")
@options.files(required=False)
@options.database
@options.choice_of_rules
def review(
    files: tuple[Path, ...],
    db: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    min_severity: str | None,
    min_confidence: float | None,
) -> None:
    """Decide on findings in the terminal: FILE... is linted first; without one, go on with what the database holds.

    Every decision is saved as it is made. Quit at any time and start again to go on. Press ? for the keys.
    """
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):  # the screen is drawn on stderr
        raise ReviewerError("review needs a terminal; without one use `reviewer lint`, `reviewer report` and `reviewer export`")
    chosen = options.settings(db=db, select=select, ignore=ignore, min_severity=min_severity, min_confidence=min_confidence)
    narrowed = bool(select or ignore or min_severity or min_confidence is not None)
    with Store.open(chosen.db, create=bool(files)) as store:
        if files:
            with Progress() as progress:
                _lint(files, chosen, store, progress, narrowed=narrowed)
        documents = [one for file in files for one in store.document_ids(file)] if files else store.document_ids()
        if not documents:
            raise ReviewerError(f"{chosen.db}: holds no documents yet; name the files to review")
        from reviewer.tui import ReviewApp, Settings, View

        view = View(
            severity=chosen.min_severity,
            confidence=chosen.min_confidence,
            rule=", ".join([*select, *(f"-{name}" for name in ignore)]),
        )
        app = ReviewApp(
            store,
            documents,
            config.reviewer_name(chosen),
            settings=Settings(chosen.rules, chosen.keys, chosen.theme, _linter(chosen)),
            view=view if narrowed else None,
        )
        app.run()


def _lint(files: Sequence[Path], chosen: config.Config, store: Store, progress: Progress, *, narrowed: bool) -> None:
    from reviewer.cli import linting  # loads every kind of check: only where there is something to lint

    run = linting.Run(chosen, store, narrowed=narrowed)
    for _ in run.places(files, progress):
        pass
    if run.errors:
        raise ReviewerError("\n".join(run.errors))


def _linter(chosen: config.Config) -> Callable[[Path], None]:
    """What lints one file from the screen, with all rules of the project and a connection of its own."""
    everything = replace(options.settings(), db=chosen.db)

    def lint(file: Path) -> None:
        with Store.open(chosen.db) as store:
            _lint([file], everything, store, Progress(silent=True), narrowed=False)

    return lint
