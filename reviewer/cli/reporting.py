"""`reviewer report`: findings and their states from the store, printed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from reviewer import formats
from reviewer.cli import linted, options
from reviewer.cli.linting import FORMATS, sha256
from reviewer.formats import encoding
from reviewer.model import Document, ReviewerError, Verdict
from reviewer.printable import on_one_line
from reviewer.report import place, records, text
from reviewer.store import Store, StoredDocument

STATES = {
    "accepted": Verdict.ACCEPT,
    "edited": Verdict.EDIT,
    "rejected": Verdict.REJECT,
    "ignored": Verdict.IGNORE,
    "open": Verdict.OPEN,
}


@click.command(short_help="Report what the database knows.")
@options.files(required=False)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="The form of the report.")
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice([*STATES, "all"]),
    default=["open"],
    show_default=True,
    help="Findings in this state.",
)
@options.database
def report(files: tuple[Path, ...], form: str, states: tuple[str, ...], db: Path | None) -> int:
    """Report what the database knows of FILE..., by default of all files: findings by state, and how far the review has come.

    Exit code 1 where there are open findings.
    """
    wanted = set(STATES.values()) if "all" in states else {STATES[state] for state in states}
    with Store.open(options.settings(db=db).db, create=False) as store:
        chosen = dict.fromkeys(files)
        documents = [one for file in chosen for one in linted.documents(file, store)] if files else store.documents()
        if not documents:
            raise ReviewerError(f"{store.path}: holds no documents yet; run `reviewer lint FILE` first")
        tally = text.Tally({str(document.path) for document in documents}, words=sum(document.words for document in documents))
        places = (found for document in documents for found in _places(store, document, wanted))
        if form == "text":
            sys.stdout.writelines(text.rendered(places, tally))
            for document in documents:
                click.echo(_progress(document))
        else:
            sys.stdout.writelines(records.jsonl(places) if form == "jsonl" else records.as_json(places))
        return int(any(document.open for document in documents))


def _places(store: Store, document: StoredDocument, states: set[Verdict]) -> Iterator[place.Place]:
    segments = store.segments(document.id)
    lines = _lines(document)
    whole = Document(document.path, document.format, tuple(segments), document.name)
    for stored in store.findings(document.id, states=states):
        in_file = None if formats.FORMATS[document.format].zipped else stored.in_file
        line, column = lines.at(in_file.start) if lines and in_file else (0, 0)
        yield place.Place(document.label, whole, segments[stored.position], stored.finding, in_file, line, column)


def _lines(document: StoredDocument) -> place.Lines | None:
    """Lines of the file, where it still is what was linted and people read it as text."""
    zipped = formats.FORMATS[document.format].zipped
    if zipped or not document.path.is_file() or sha256(document.path) != document.sha256:
        return None
    return place.Lines(encoding.open_text(document.path))


def _progress(document: StoredDocument) -> str:
    decided = document.total - document.open
    parts = [f"{getattr(document, state)} {state}" for state in STATES if getattr(document, state)]
    return on_one_line(f"{document.label}: {decided} of {document.total} decided" + (f" ({', '.join(parts)})" if parts else ""))
