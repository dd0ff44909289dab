"""`reviewer report`: findings and their states from the store, printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import click

from reviewer import formats
from reviewer.cli import delivering, linted, options
from reviewer.config import Config
from reviewer.formats import encoding
from reviewer.model import Document, ReviewerError, Rule, Verdict
from reviewer.printable import on_one_line
from reviewer.report import forms, place
from reviewer.report.tally import Tally
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
@delivering.form_and_output
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice([*STATES, "all"]),
    help="Findings in this state.  [open; for html all]",
)
@options.database
def report(files: tuple[Path, ...], form: str, output: Path | None, states: tuple[str, ...], db: Path | None) -> int:
    """Report what the database knows of FILE..., by default of all files: findings by state, and how far the review has come.
    A folder or a pattern stands for those of the files that lie in it or are like it.

    sarif, junit, github and gitlab are for tools that show what is still to be done: they hold open findings only. Exit code 1
    where there are open findings.
    """
    if forms.FORMS[form].to_do and set(states) - {"open"}:
        raise click.UsageError(f"{form} holds open findings only; leave out --state, or take another --format")
    asked = states or ("all" if form == "html" else "open",)
    wanted = set(STATES.values()) if "all" in asked else {STATES[state] for state in asked}
    chosen = options.settings(db=db)
    with Store.open(chosen.db, create=False) as store:
        named = linted.files(files, store)
        documents = [one for file in named for one in linted.documents(file, store)] if files else store.documents()
        if not documents:
            raise ReviewerError(f"{store.path}: holds no documents yet; run `reviewer lint FILE` first")
        if output:
            delivering.refuse_to_overwrite(output, [document.path for document in documents], chosen)
        delivering.deliver(_report(store, documents, wanted, form, chosen, for_file=output is not None), output)
        return int(any(document.open for document in documents))


def _report(
    store: Store, documents: Sequence[StoredDocument], states: set[Verdict], form: str, chosen: Config, *, for_file: bool
) -> Iterator[str]:
    """The report in pieces of text."""
    tally = Tally({str(document.path) for document in documents})
    for document in documents:
        tally.read(linted.as_called(document.path), document.name, document.words)
    places = (found for document in documents for found in _places(store, document, states))
    manner = delivering.manner(chosen, for_file=for_file)
    yield from forms.written(form, places, tally, lambda: _rules(chosen, documents), manner)
    if form == "text":
        for document in documents:
            yield _progress(document) + "\n"


def _rules(chosen: Config, documents: Sequence[StoredDocument]) -> dict[str, Rule]:
    """The rules that the settings here and those of the folders of documents know, by their ids, also what they leave out now."""
    loaded: dict[tuple[Path, ...], tuple[Rule, ...]] = {}
    found = {rule.id: rule for rule in options.rules_of(replace(chosen, select=(), ignore=()), loaded)}
    seen = {(chosen.rules, chosen.names)}
    for folder in dict.fromkeys(document.path.parent for document in documents):
        with suppress(ReviewerError):  # the next lint says it; the report does without
            here = options.settings(folder)
            if (here.rules, here.names) not in seen:
                seen.add((here.rules, here.names))
                found = {rule.id: rule for rule in options.rules_of(replace(here, select=(), ignore=()), loaded)} | found
    return found


def _places(store: Store, document: StoredDocument, states: set[Verdict]) -> Iterator[place.Place]:
    found = store.findings(document.id, states=states)
    if not found:
        return
    segments = store.segments(document.id)
    lines = _lines(document)
    file = linted.as_called(document.path)
    whole = Document(document.path, document.format, tuple(segments), document.name)
    linear = formats.FORMATS[document.format].linear
    for one in found:
        span = one.in_file if linear else None
        begin, end = lines.at(span) if lines and span else (None, None)
        segment = segments[one.position]
        yield place.Place(file, whole, segment, one.finding, span, begin, end, one.state, one.decision_text)


def _lines(document: StoredDocument) -> place.Lines | None:
    """Lines of the file, where it still is what was linted and people read it as text."""
    zipped = formats.FORMATS[document.format].zipped
    if zipped or not document.path.is_file() or encoding.sha256(document.path) != document.sha256:
        return None
    return place.Lines(encoding.open_text(document.path))


def _progress(document: StoredDocument) -> str:
    decided = document.total - document.open
    parts = [f"{getattr(document, state)} {state}" for state in STATES if getattr(document, state)]
    return on_one_line(f"{document.label}: {decided} of {document.total} decided" + (f" ({', '.join(parts)})" if parts else ""))
