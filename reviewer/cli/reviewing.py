"""`reviewer review`: lints files into the store and opens the review screen on them, in the terminal or in a browser."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from reviewer import config
from reviewer.cli import gathering, language_models, options, streams
from reviewer.cli.progress import Progress
from reviewer.config import Config
from reviewer.model import ReviewerError
from reviewer.store import Store


@click.command(short_help="Decide on findings in the terminal or in a browser.")
@options.files(required=False)
@options.database
@options.choice_of_rules
@options.reading
@click.option("--serve", is_flag=True, help="Review in a browser: print a secret URL, and serve it until Ctrl-C.")
@click.option("--host", metavar="H", help="With --serve: the address to listen on.  [127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), metavar="N", help="With --serve: the port, 0 for any free one.  [8000]")
@click.option("--as-linted", is_flag=True, hidden=True)  # what --serve starts for each page: the files are linted already
def review(
    files: Sequence[Path],
    db: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    min_severity: str | None,
    min_confidence: float | None,
    columns: tuple[str, ...],
    source_column: str | None,
    source: Path | None,
    serve: bool,
    host: str | None,
    port: int | None,
    as_linted: bool,
) -> None:
    """Decide on findings in the terminal: FILE... is linted first; without one, go on with what the database holds.

    FILE may be a folder or a pattern, as for lint. Without --column, --source-column and --source a file is read as the last
    lint read it.

    Every decision is saved as it is made. Quit at any time and start again to go on. Press ? for the keys.

    With --serve the same screen opens in a browser (pip install 'reviewer[serve]'). Only this machine can reach it unless
    --host says otherwise, and only who has the URL can open it.
    """
    if not serve:
        _check_screen(host, port)
    settings = partial(
        options.settings,
        db=db,
        select=select,
        ignore=ignore,
        min_severity=min_severity,
        min_confidence=min_confidence,
        columns=columns,
        source_column=source_column,
    )
    chosen = settings()
    options.check_source(files, source)
    files, wrong = gathering.files(files, chosen)
    if wrong:
        raise ReviewerError("\n".join(wrong))
    with ExitStack() as stack:
        listening = stack.enter_context(_listen(host, port)) if serve else None
        with Store.open(chosen.db, create=bool(files) and not as_linted) as store:
            if files and not as_linted:
                with Progress() as progress:
                    said = bool(columns or source_column or source)
                    _lint(files, chosen, settings, store, progress, source=source, as_last_time=not said)
            documents = [one for file in files for one in store.document_ids(file)] if files else store.document_ids()
            if not documents:
                raise ReviewerError(f"{chosen.db}: holds no documents yet; name the files to review")
            if not listening:
                rules = [*select, *(f"-{name}" for name in ignore)]
                _open(store, documents, chosen, rules=rules if chosen.narrowed else None)
        if listening:
            narrowing = _narrowing(select, ignore, min_severity, min_confidence)
            _serve(listening, ["--db", str(chosen.db), *narrowing, "--", *map(str, files)])


def _check_screen(host: str | None, port: int | None) -> None:
    """Raises where there is nothing to draw the screen on, and where an option asks for a browser."""
    if host is not None or port is not None:
        raise click.UsageError("--host and --port go with --serve")
    # The screen is drawn on stderr, unless Textual is told to draw it elsewhere, as for a browser.
    if not os.environ.get("TEXTUAL_DRIVER") and not all(one.isatty() for one in (sys.stdin, sys.stdout, sys.stderr)):
        raise ReviewerError(
            "review needs a terminal; without one use `reviewer review --serve`, or `reviewer lint`, `reviewer report` "
            "and `reviewer export`"
        )


def _lint(
    files: Sequence[Path],
    chosen: Config,
    settings_of: Callable[[Path], Config],
    store: Store,
    progress: Progress,
    *,
    source: Path | None = None,
    as_last_time: bool = True,
) -> None:
    from reviewer.cli import lint_run  # loads every kind of check: only where there is something to lint

    with language_models.asked(chosen, store, progress.scored) as reader:
        run = lint_run.Run(chosen, store, settings_of=settings_of, source=source, as_last_time=as_last_time, reader=reader)
        for _ in run.places(files, progress):
            pass
    if run.errors:
        raise ReviewerError("\n".join(run.errors))


def _linter(chosen: Config) -> Callable[[Path], None]:
    """What lints one file from the screen, with all rules of the project and a connection of its own."""
    everything = replace(options.settings(), db=chosen.db)

    def lint(file: Path) -> None:
        with Store.open(chosen.db) as store:
            _lint([file], everything, options.settings, store, Progress(silent=True))

    return lint


def _open(store: Store, documents: Sequence[int], chosen: Config, *, rules: Sequence[str] | None) -> None:
    """The screen; `rules` are those the call asks for, None where it asks for nothing and the view of last time stays."""
    from reviewer.tui import ReviewApp, Settings, View

    view = View(severity=chosen.min_severity, confidence=chosen.min_confidence, rule=", ".join(rules or ()))
    app = ReviewApp(
        store,
        documents,
        config.reviewer_name(chosen),
        settings=Settings(chosen.rules, chosen.keys, chosen.theme, _linter(chosen)),
        view=None if rules is None else view,
    )
    app.run()


def _listen(host: str | None, port: int | None) -> socket.socket:
    """The socket, before the files are linted: that may take long, and would be for nothing where the port is in use."""
    try:
        from reviewer.tui import serving
    except ImportError:
        raise ReviewerError("--serve needs textual-serve: pip install 'reviewer[serve]'") from None
    return serving.listen(serving.HOST if host is None else host, serving.PORT if port is None else port)


def _serve(listening: socket.socket, arguments: Sequence[str]) -> None:
    from reviewer.tui import serving

    token = secrets.token_urlsafe()
    if not serving.is_private(listening):
        click.echo(
            "reviewer: warning: other machines can reach this; anybody with the URL can read and decide, unencrypted", err=True
        )
    streams.say(f"reviewer: the review is at {serving.url(listening, token)} until Ctrl-C")
    # Started as this process was, be that by the script, python -m or a zip file.
    program = [sys.executable, *sys.orig_argv[1 : len(sys.orig_argv) - len(sys.argv) + 1]]
    serving.serve([*program, "review", "--as-linted", *arguments], listening, token)


def _narrowing(select: Sequence[str], ignore: Sequence[str], severity: str | None, confidence: float | None) -> list[str]:
    """The options of a call that leave findings out, as they were given."""
    given = [("--select", one) for one in select] + [("--ignore", one) for one in ignore]
    given += [("--min-severity", severity)] if severity else []
    given += [("--min-confidence", str(confidence))] if confidence is not None else []
    return [word for option in given for word in option]
