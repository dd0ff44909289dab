"""`reviewer export`: files and the decisions on them to corrected text."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import click

from reviewer import export as correcting
from reviewer import formats
from reviewer.cli import delivering, linted, options, review_record, streams
from reviewer.config import Config
from reviewer.formats import encoding
from reviewer.formats.decoding import Encoding
from reviewer.formats.reading import from_json
from reviewer.model import ReviewerError, Verdict
from reviewer.printable import printable
from reviewer.store import Store

DECIDED = (Verdict.ACCEPT, Verdict.EDIT)


@click.command(short_help="Write the corrected text.")
@options.files(required=False)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write the corrected files to this folder; with --as, to this file.",
)
@click.option("--diff", is_flag=True, help="Print what would change, as a unified diff.")
@click.option("--in-place", is_flag=True, help="Correct the files themselves; each is kept beside as FILE.orig.")
@click.option(
    "--tracked", is_flag=True, help="DOCX with tracked changes and comments, XLIFF with notes and states, PO with comments."
)
@click.option(
    "--as", "kind", type=click.Choice(review_record.KINDS), help="Write a record of the review rather than corrected text."
)
@click.option("--system", metavar="NAME", help=f"With --as mqm: what translated the texts.  [{review_record.SYSTEM}]")
@options.database
def export(
    files: tuple[Path, ...],
    output: Path | None,
    diff: bool,
    in_place: bool,
    tracked: bool,
    kind: str | None,
    system: str | None,
    db: Path | None,
) -> int:
    """Write the corrected text of FILE..., by default of all files in the database. A folder or a pattern stands for those of
    them that lie in it or are like it.

    Only accepted and edited findings change anything: every other byte, the encoding and the line ends stay as they are.
    Without an option the corrected text goes to standard output; with --output the files of several folders keep the folders
    that they have below the one they share. With --tracked the file also shows who changed what, and why;
    a format that has no means of showing it is only corrected.

    With --as nothing is corrected; what is in the database goes to other programs: tmx is a translation memory of the corrected
    paragraphs, with their Chinese where that is known; mqm the errors as in the MQM data of WMT, a TSV with <v>...</v> around the
    words at fault; decisions the whole log of decisions, a JSON object a line.
    """
    if sum([output is not None, diff, in_place]) > 1:
        raise click.UsageError("--output, --diff and --in-place exclude each other")
    if kind and (diff or in_place or tracked):
        raise click.UsageError("--as goes with --output alone")
    if system is not None and kind != "mqm":
        raise click.UsageError("--system goes with --as mqm")
    if kind:
        _hand_over(kind, files, output, system or review_record.SYSTEM, options.settings(db=db))
        return 0
    with Store.open(options.settings(db=db).db, create=False) as store:
        chosen = linted.files(files, store) if files else _all_files(store)
        gone = [file for file in chosen if file not in files and not file.exists()]
        chosen = [file for file in chosen if file not in gone]
        if len(chosen) > 1 and not (output or diff or in_place):
            raise click.UsageError("several files need --output, --diff or --in-place")
        if not (output or diff or in_place) and sys.stdout.isatty():
            _refuse_to_show(chosen)
        targets = _targets(chosen, gone, output) if output else {}
        texts = [corrected(file, store, tracked=tracked) for file in chosen]
    for text in texts:  # all are sound before the first is written
        correcting.rehearse(text.file, text.format, text.encoding, text.changes)
    for file in gone:
        streams.say(f"reviewer: {file}: no longer there, so it is left out")
    _write(texts, targets, diff=diff, in_place=in_place)
    return 2 if gone else 0


def _refuse_to_show(files: Sequence[Path]) -> None:
    """Raises click.UsageError for files whose bytes are nothing that a terminal can show."""
    for file in files:
        if formats.FORMATS[formats.format_of(file)].zipped:
            raise click.UsageError(f"{file} is no text that a terminal can show; give --output, --diff or --in-place")


def _hand_over(kind: str, files: Sequence[Path], output: Path | None, system: str, chosen: Config) -> None:
    """Writes a record of the review."""
    with Store.open(chosen.db, create=False) as store:
        files = linted.files(files, store) if files else []
        if output:
            delivering.refuse_to_overwrite(output, files or [one.path for one in store.documents()], chosen, what="record")
        delivering.deliver(review_record.chunks(kind, store, files, system), output)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A file and what is to change in it. `decisions` is how many change it: one may change several places, with markup between."""

    file: Path
    format: str
    encoding: Encoding
    changes: list[correcting.Change]
    decisions: int


def _write(texts: Sequence[Corrected], targets: Mapping[Path, Path], *, diff: bool, in_place: bool) -> None:
    """Prints corrected texts, or what they change, or writes them: each to its target, if they have some."""
    with _folders(target.parent for target in targets.values()):
        for text in texts:
            if diff:
                _print_diff(text)
            elif targets:
                _save(text, targets[text.file])
            elif in_place:
                _save_in_place(text)
            else:
                _print(text)


def _print_diff(text: Corrected) -> None:
    lines = correcting.preview(text.file, text.format, text.encoding, text.changes)
    sys.stdout.writelines(printable(line) if sys.stdout.isatty() else line for line in lines)


def _print(text: Corrected) -> None:
    for blob in correcting.blobs(text.file, text.format, text.encoding, text.changes):
        sys.stdout.buffer.write(blob)


def _save(text: Corrected, target: Path) -> None:
    correcting.save(text.file, text.format, text.encoding, text.changes, target)
    streams.say(f"{target}: {_count(text)}")


def _save_in_place(text: Corrected) -> None:
    kept = correcting.save_in_place(text.file, text.format, text.encoding, text.changes) if text.changes else None
    streams.say(f"{text.file}: {_count(text)}" + (f"; the original is {kept}" if kept else ""))


def _count(text: Corrected) -> str:
    return f"{text.decisions} change{'s' * (text.decisions != 1)}"


def _all_files(store: Store) -> list[Path]:
    """All files in the database, by the path from the current folder where they lie below it."""
    here = Path.cwd()
    paths = dict.fromkeys(document.path for document in store.documents())
    return [path.relative_to(here) if path.is_relative_to(here) else path for path in paths]


def corrected(file: Path, store: Store, *, tracked: bool = False) -> Corrected:
    """A file with the changes that its accepted and edited findings make, and with their notes if they are to be tracked.

    Raises ReviewerError where the file is not as linted.
    """
    stored = {document.name: document for document in linted.documents(file, store)}
    if any(document.sha256 != encoding.sha256(file) for document in stored.values()):
        raise ReviewerError(f"{file}: changed since it was linted; run `reviewer lint {file}` again: decisions are kept")
    decided = {name: _replacements(store, document.id) for name, document in stored.items()}
    changes: list[correcting.Change] = []
    decisions = 0
    reading = replace(from_json(store.reading(file)), source=None)  # which may have changed; what is corrected has not
    for document in formats.read(file, reading):
        targets = {segment.key: segment.target for segment in document.segments}
        wanted = {one: note for one, note in decided.get(document.name, {}).items() if one[0] in targets}
        decisions += sum(span.of(targets[key]) != text for key, span, text in wanted)
        changes += correcting.changes_for(document, wanted, wanted if tracked else correcting.NO_NOTES)
    changes.sort(key=lambda change: change.span)
    return Corrected(file, formats.format_of(file), formats.encoding_of(file), changes, decisions)


def _replacements(store: Store, document_id: int) -> dict[correcting.Decided, correcting.Note]:
    """What was accepted or edited, and by whom and why: the reviewer's own words, or else what the rule says."""
    return {
        (one.finding.segment, one.finding.span, one.decision_text): correcting.Note(
            one.reviewer, one.at, one.note or one.finding.message
        )
        for one in store.findings(document_id, states=DECIDED)
        if one.decision_text is not None
    }


def _targets(files: Sequence[Path], gone: Sequence[Path], output: Path) -> dict[Path, Path]:
    """Where each file is written to: those of several folders as they lie below the one that all are in, those too that are gone.

    Refuses to let one file overwrite another, or its own original.
    """
    shared = os.path.commonpath([os.path.abspath(file.parent) for file in (*files, *gone)]) if files else ""
    targets: dict[Path, Path] = {}
    taken: set[Path] = set()
    for file in files:
        target = output / Path(os.path.abspath(file)).relative_to(shared)
        if target in taken:
            raise ReviewerError(f"{file}: another name of a file that would be written to {target} too; name it once")
        if target.exists() and target.samefile(file):
            raise ReviewerError(f"{file}: {output} is its own folder; use --in-place to correct the file itself")
        targets[file] = target
        taken.add(target)
    return targets


@contextmanager
def _folders(wanted: Iterable[Path]) -> Iterator[None]:
    """Makes folders for what is written inside; takes those away again that are empty where it fails."""
    missing = {one for folder in wanted for one in (folder, *folder.parents) if not one.is_dir()}
    in_order = sorted(missing, key=lambda folder: len(folder.parts))
    try:
        for folder in in_order:
            folder.mkdir(exist_ok=True)
    except OSError as error:
        raise ReviewerError(f"{folder}: this folder cannot be made ({error.strerror}); give --output another name") from None
    try:
        yield
    except BaseException:
        for folder in reversed(in_order):
            with suppress(OSError):  # something was written
                folder.rmdir()
        raise
