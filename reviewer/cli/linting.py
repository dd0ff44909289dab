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

from reviewer import baseline, engine, export, formats
from reviewer.cli import delivering, limits, linted, options, streams
from reviewer.cli.progress import Progress
from reviewer.config import Config
from reviewer.formats import encoding
from reviewer.model import Document, Finding, ReviewerError, Rule
from reviewer.printable import encodable
from reviewer.report import forms, place
from reviewer.report.tally import Tally

if TYPE_CHECKING:
    from reviewer.store import Store


@click.command(short_help="Report likely mistranslations in files.")
@options.files(required=True)
@delivering.form_and_output
@options.database
@click.option("--no-db", is_flag=True, help="Keep no record; report what was decided before, too.")
@options.choice_of_rules
@click.option("--baseline", "known", type=click.Path(path_type=Path), metavar="F", help="Leave out the findings that F knows.")
@click.option(
    "--write-baseline", type=click.Path(path_type=Path), metavar="F", help="Write all findings to F, to be known from now on."
)
@limits.limits
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
    known: Path | None,
    write_baseline: Path | None,
    fail_on: str | None,
    max_per_thousand: float | None,
) -> int:
    """Report likely mistranslations in FILE....

    Findings are recorded in the database, and those decided on before are left out: what is rejected once does not come
    back. With --no-db nothing is recorded. Exit code 1 where findings are reported, 0 where none, 2 where a file could not
    be read; the other files are reported all the same.

    A baseline holds findings to live with, by their words and those around them, without line numbers. --write-baseline F
    takes all that there are; with --baseline F only what has come since is reported and counts.
    """
    chosen = options.settings(db=db, select=select, ignore=ignore, min_severity=min_severity, min_confidence=min_confidence)
    narrowed = bool(select or ignore or min_severity or min_confidence is not None)
    for path, what, name in ((output, "report", "--output"), (write_baseline, "baseline", "--write-baseline")):
        if path:
            delivering.refuse_to_overwrite(path, files, chosen, what=what, name=name)
    if output and write_baseline and realpath(output) == realpath(write_baseline):
        raise ReviewerError(f"{output}: the report and the baseline cannot be one file; give --output another name")
    with ExitStack() as stack:
        run = Run(chosen, stack.enter_context(_store(chosen.db)) if not no_db else None, narrowed=narrowed)
        run.known = baseline.read(known) if known else None
        run.accepted = [] if write_baseline else None
        progress = stack.enter_context(Progress())
        chunks = forms.written(form, run.places(files, progress), run.tally, run.rules, for_file=output is not None)
        seen = True
        if output:
            export.write_text(output, _of_something(chunks, run))
        else:
            seen = _print(chunks, run, progress)
    for error in run.errors:
        streams.say(f"reviewer: {error}")
    if write_baseline:
        _write_baseline(write_baseline, run)
    elif run.known and run.known.left_out:
        streams.say(f"reviewer: {known}: findings known from there and left out: {run.known.left_out}")
    return 2 if run.errors else int(limits.failed(run.tally, fail_on, max_per_thousand) and seen)


class Run:
    """One lint of several files: compiles the rules once, records what it finds, and counts.

    `narrowed`: the call asks for some rules only, so findings of the others stay in the store as they are. What is `known` is
    not reported; where `accepted` is a list, nothing is: all findings go there as lines of a baseline.
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
        self.tally = Tally()
        self.known: baseline.Baseline | None = None
        self.accepted: list[str] | None = None

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
        name = encodable(str(file))
        lines = place.Lines(encoding.open_text(file, known))
        for document in formats.read(file):
            findings = list(self._findings(document))
            self.tally.read(name, document.name, sum(len(segment.target.split()) for segment in document.segments))
            progress.at(file, self.tally.words, self.tally.shown.total())
            if self.store:
                self.store.record(document, findings, self.run, sha256=digest, encoding=known.name, whole=not self.narrowed)
            new = self._new(name, document, findings)
            findings = list(self.store.open_only(document, new) if self.store else new)
            in_lines = lines if formats.FORMATS[document.format].linear else None
            yield from place.places(name, document, findings, in_lines)
        self.tally.files.add(str(file))

    def _findings(self, document: Document) -> Iterator[Finding]:
        return engine.review(document, self.checker, least=self.chosen.min_confidence, worst=self.chosen.min_severity)

    def _new(self, file: str, document: Document, findings: Iterable[Finding]) -> Iterable[Finding]:
        """The findings that no baseline knows; decided or not, each counts there."""
        if self.accepted is not None:
            self.accepted += [baseline.line(file, document, finding) for finding in findings]
            return []
        return self.known.new(findings) if self.known else findings

    def rules(self) -> dict[str, Rule]:
        """The rules of this lint by their ids."""
        return {rule.id: rule for rule in self.checker.rules}


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


def _write_baseline(file: Path, run: Run) -> None:
    """Writes what was found; not where a file could not be read: its findings would be missing."""
    if run.errors:
        raise ReviewerError(f"{file}: not written, as a file could not be read; mend or leave out that file")
    lines = run.accepted or []
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
