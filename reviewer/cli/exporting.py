"""`reviewer export`: files and the decisions on them to corrected text."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from reviewer import export as correcting
from reviewer import formats
from reviewer.cli import linted, options, streams
from reviewer.cli.linting import sha256
from reviewer.formats import encoding
from reviewer.model import ReviewerError, Span, Verdict
from reviewer.printable import printable
from reviewer.store import Store

DECIDED = (Verdict.ACCEPT, Verdict.EDIT)


@click.command(short_help="Write the corrected text.")
@options.files(required=False)
@click.option("--output", type=click.Path(path_type=Path), metavar="DIR", help="Write the corrected files to this folder.")
@click.option("--diff", is_flag=True, help="Print what would change, as a unified diff.")
@click.option("--in-place", is_flag=True, help="Correct the files themselves; each is kept beside as FILE.orig.")
@options.database
def export(files: tuple[Path, ...], output: Path | None, diff: bool, in_place: bool, db: Path | None) -> None:
    """Write the corrected text of FILE..., by default of all files in the database.

    Only accepted and edited findings change anything: every other byte, the encoding and the line ends stay as they are.
    Without an option the corrected text goes to standard output.
    """
    if sum([output is not None, diff, in_place]) > 1:
        raise click.UsageError("--output, --diff and --in-place exclude each other")
    with Store.open(options.settings(db=db).db, create=False) as store:
        chosen = list(dict.fromkeys(files or (document.path for document in store.documents())))
        if len(chosen) > 1 and not (output or diff or in_place):
            raise click.UsageError("several files need --output, --diff or --in-place")
        changes = {file: changes_of(file, store) for file in chosen}  # all are sound before the first is written
        if output:
            _no_two_alike(chosen, output)
    for file, changed in changes.items():
        known, form = encoding.detect(file), formats.format_of(file)
        if diff:
            after = correcting.corrected(file, form, changed, known)
            lines = correcting.diff(file, encoding.open_text(file, known), after)
            sys.stdout.writelines(printable(line) if sys.stdout.isatty() else line for line in lines)
        elif output or in_place:
            kept = correcting.backup(file) if in_place and changed else None
            target = output / file.name if output else file
            if output or changed:
                correcting.save(file, form, known, changed, target)
            count = f"{len(changed)} change{'s' * (len(changed) != 1)}"
            streams.say(f"{target}: {count}" + (f"; the original is {kept}" if kept else ""))
        else:
            for blob in correcting.encoded(file, known, correcting.corrected(file, form, changed, known)):
                sys.stdout.buffer.write(blob)


def changes_of(file: Path, store: Store) -> list[correcting.Change]:
    """The changes that the accepted and edited findings of a file make. Raises ReviewerError where the file is not as linted."""
    stored = {document.name: document for document in linted.documents(file, store)}
    if any(document.sha256 != sha256(file) for document in stored.values()):
        raise ReviewerError(f"{file}: changed since it was linted; run `reviewer lint {file}` again: decisions are kept")
    decided = {name: _replacements(store, document.id) for name, document in stored.items()}
    changes: list[correcting.Change] = []
    for document in formats.read(file):
        keys = {segment.key for segment in document.segments}
        wanted = [one for one in decided.get(document.name, ()) if one[0] in keys]
        changes += correcting.changes_for(document, wanted)
    return sorted(changes, key=lambda change: change.span)


def _replacements(store: Store, document_id: int) -> list[tuple[str, Span, str]]:
    """(segment key, span of its target, replacement) of what was accepted or edited."""
    found = store.findings(document_id, states=DECIDED)
    return [(one.finding.segment, one.finding.span, one.decision_text) for one in found if one.decision_text is not None]


def _no_two_alike(files: list[Path], output: Path) -> None:
    """Makes the folder; refuses to let one file overwrite another, or its own original."""
    output.mkdir(parents=True, exist_ok=True)
    names: dict[str, Path] = {}
    for file in files:
        if file.name in names:
            raise ReviewerError(f"{file}: {names[file.name]} would be written to {output / file.name} too; export them apart")
        if (output / file.name).exists() and (output / file.name).samefile(file):
            raise ReviewerError(f"{file}: {output} is its own folder; use --in-place to correct the file itself")
        names[file.name] = file
