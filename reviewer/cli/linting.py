"""`reviewer lint`: files to findings, recorded in the store and printed."""

from __future__ import annotations

import gc
import hashlib
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reviewer import engine, export, formats
from reviewer.cli import linted, options, streams
from reviewer.cli.progress import Progress
from reviewer.config import Config
from reviewer.formats import encoding
from reviewer.model import Document, Finding, ReviewerError
from reviewer.printable import encodable
from reviewer.report import place, records, text

if TYPE_CHECKING:
    from reviewer.store import Store

FORMATS = ("text", "json", "jsonl")


@click.command(short_help="Report likely mistranslations in files.")
@options.files(required=True)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="The form of the report.")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="F", help="Write the report to F rather than to standard output."
)
@options.database
@click.option("--no-db", is_flag=True, help="Keep no record; report what was decided before, too.")
@options.choice_of_rules
def lint(
    files: tuple[Path, ...],
    form: str,
    output: Path | None,
    db: Path | None,
    no_db: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    min_severity: str | None,
    min_confidence: float | None,
) -> int:
    """Report likely mistranslations in FILE....

    Findings are recorded in the database, and those decided on before are left out: what is rejected once does not come
    back. With --no-db nothing is recorded. Exit code 1 where findings are reported, 0 where none, 2 where a file could not
    be read; the other files are reported all the same.
    """
    chosen = options.settings(db=db, select=select, ignore=ignore, min_severity=min_severity, min_confidence=min_confidence)
    narrowed = bool(select or ignore or min_severity or min_confidence is not None)
    if output:
        _refuse_to_overwrite(output, files, chosen)
    with ExitStack() as stack:
        run = Run(chosen, stack.enter_context(_store(chosen.db)) if not no_db else None, narrowed=narrowed)
        progress = stack.enter_context(Progress())
        chunks = _report(run.places(files, progress), form, run, for_file=output is not None)
        if output:
            export.write_text(output, _of_something(chunks, run))
            seen = True
        else:
            seen = _print(chunks, run, progress)
    for error in run.errors:
        streams.say(f"reviewer: {error}")
    return 2 if run.errors else int(bool(run.reported) and seen)


class Run:
    """One lint of several files: compiles the rules once, records what it finds, and counts.

    `narrowed`: the call asks for some rules only, so findings of the others stay in the store as they are.
    """

    def __init__(self, chosen: Config, store: Store | None, *, narrowed: bool = False) -> None:
        self.chosen = chosen
        self.narrowed = narrowed
        gc.disable()  # rules are many objects, and stay: to look through them again and again takes as long as to read them
        self.checker = engine.compile(options.rules_of(chosen))
        gc.freeze()
        gc.enable()
        self.store = store
        self.run = store.start_run("lint") if store else 0
        self.errors: list[str] = []
        self.reported = 0
        self.tally = text.Tally()

    def places(self, files: Iterable[Path], progress: Progress) -> Iterator[place.Place]:
        """The findings of all files that are still open, in order; a file that cannot be read goes to `errors`."""
        unread = []
        for file in dict.fromkeys(files):
            try:
                yield from self._file(file, progress)
            except ReviewerError as error:
                self.errors.append(str(error))
                unread.append(file)
        if self.store:
            self.store.finish_run(self.run, unread=unread)

    def _file(self, file: Path, progress: Progress) -> Iterator[place.Place]:
        if self.store:
            linted.check_name(file, self.store)
        known = formats.encoding_of(file)
        digest = sha256(file) if self.store else ""
        lines = place.Lines(encoding.open_text(file, known))
        for document in formats.read(file):
            findings = list(self._findings(document))
            self.tally.words += sum(segment.target.count(" ") + 1 for segment in document.segments)
            progress.at(file, self.tally.words, self.reported)
            if self.store:
                self.store.record(document, findings, self.run, sha256=digest, encoding=known.name, whole=not self.narrowed)
                findings = list(self.store.open_only(document, findings))
            self.reported += len(findings)
            in_lines = lines if formats.FORMATS[document.format].linear else None
            yield from place.places(encodable(str(file)), document, findings, in_lines)
        self.tally.files.add(str(file))

    def _findings(self, document: Document) -> Iterator[Finding]:
        return engine.review(document, self.checker, least=self.chosen.min_confidence, worst=self.chosen.min_severity)


def sha256(file: Path) -> str:
    """The hash of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with encoding.opened(file) as opened:
        while block := opened.read(encoding.CHUNK):
            digest.update(block)
    return digest.hexdigest()


def _store(db: Path) -> Store:
    from reviewer.store import Store

    return Store.open(db)


def _refuse_to_overwrite(output: Path, files: Iterable[Path], chosen: Config) -> None:
    """ReviewerError where the report would take the place of something that this call reads or keeps."""
    ours = [("the input", file) for file in files]
    ours += [("the database", Path(f"{chosen.db}{end}")) for end in ("", "-wal", "-shm")]
    ours += [("the settings in", chosen.file)] if chosen.file else []
    for what, path in ours:
        # Hard links have other names, and the database of a first lint is not there yet.
        if path.samefile(output) if path.exists() and output.exists() else realpath(path) == realpath(output):
            raise ReviewerError(f"{output}: the report would overwrite {what} {path}; give --output another name")


def _report(places: Iterator[place.Place], form: str, run: Run, *, for_file: bool) -> Iterator[str]:
    """The report in pieces of text."""
    if form == "jsonl":
        yield from records.jsonl(places)
    elif form == "json":
        yield from records.as_json(places)
    else:
        yield from text.rendered(places, run.tally, for_file=for_file)


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
