"""`reviewer names`: the names of all documents, which spellings are one, and what is to be written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from reviewer import config, export, names_file
from reviewer.checks.names import alike, gathering
from reviewer.cli import linted, options, streams
from reviewer.model import Document
from reviewer.names_file import Spelling
from reviewer.store import Store
from reviewer.store.ledger import Entry, Ledger

_BATCH = 200  # documents written in one transaction


@click.group(short_help="Look at the names of all documents, and settle how to write them.")
def names() -> None:
    """Look at the names of all documents, and settle how to write them.

    Names are read from the documents that were linted. A decision holds for every document; `reviewer names export` writes
    what was settled to a file that the setting names = ["names.csv"] makes known to every later lint.
    """


@names.command("list")
@options.files(required=False)
@click.option("--several", is_flag=True, help="Only names with several spellings.")
@click.option("--settled", is_flag=True, help="Only names that a person has settled.")
@options.database
def list_names(files: tuple[Path, ...], several: bool, settled: bool, db: Path | None) -> None:
    """List names, of FILE... or of all documents: the form to use, the other spellings, and how often each stands."""
    with _ledger(db) as (store, ledger):
        documents = [one.id for file in linted.files(files, store) for one in linted.documents(file, store)]
        found = ledger.entries(several=several, settled=settled, documents=documents)
    for entry in found:
        click.echo(_line(entry))
    streams.say(f"{len(found):,} name{'s' * (len(found) != 1)}")


@names.command("alike")
@options.database
def alike_names(db: Path | None) -> None:
    """List pairs of spellings, across all documents, that are likely one name: the rarer, the usual, and why."""
    with _ledger(db) as (_, ledger):
        weights = ledger.weights()
        name_of = {form.text: entry.canonical for entry in ledger.entries(several=True) for form in entry.forms}
    count = 0
    for pair in alike.pairs(weights):
        if name_of.get(pair.rarer, pair.rarer) != name_of.get(pair.usual, pair.usual):
            click.echo(f"{pair.rarer}\t{pair.usual}\t{pair.why}")
            count += 1
    streams.say(f"{count:,} pair{'s' * (count != 1)}; `reviewer names merge` makes one name of two spellings")


@names.command()
@click.argument("forms", metavar="FORM FORM...", nargs=-1, required=True)
@options.database
def merge(forms: tuple[str, ...], db: Path | None) -> None:
    """Make one name of several spellings. The form to use is the one that was settled before, or else the most frequent."""
    if len(set(forms)) < 2:
        raise click.UsageError("name two spellings or more, each in quotation marks")
    with _ledger(db) as (_, ledger):
        click.echo(_line(ledger.merge(list(dict.fromkeys(forms)), reviewer=_reviewer())))


@names.command()
@click.argument("form")
@options.database
def split(form: str, db: Path | None) -> None:
    """Make a spelling a name of its own: it and the name it stood under stay apart."""
    with _ledger(db) as (_, ledger):
        click.echo(_line(ledger.split(form, reviewer=_reviewer())))


@names.command()
@click.argument("form")
@options.database
def prefer(form: str, db: Path | None) -> None:
    """Settle a spelling as the form of its name."""
    with _ledger(db) as (_, ledger):
        click.echo(_line(ledger.prefer(form, reviewer=_reviewer())))


@names.command()
@click.argument("form")
@click.argument("name")
@options.database
def alias(form: str, name: str, db: Path | None) -> None:
    """Let FORM, such as an acronym, stand beside the form of NAME."""
    with _ledger(db) as (_, ledger):
        click.echo(_line(ledger.alias(form, name, reviewer=_reviewer())))


@names.command("export")
@click.option("--output", type=click.Path(path_type=Path), metavar="F", help="Write to F rather than to standard output.")
@options.database
def export_names(output: Path | None, db: Path | None) -> None:
    """Write the settled names as CSV, a row a spelling: name, form, allowed."""
    with _ledger(db) as (_, ledger):
        text = names_file.write(_spellings(ledger.entries(settled=True)))
    if output:
        export.write_text(output, [text])
    else:
        sys.stdout.write(text)


@names.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@options.database
def import_names(file: Path, db: Path | None) -> None:
    """Take over settled names from a CSV file; they win over what the database says of the same spellings."""
    found = names_file.read(file)
    with _ledger(db) as (_, ledger):
        count = ledger.adopt(((one.name, one.form, one.allowed) for one in found), reviewer=_reviewer())
    streams.say(f"{file}: {count:,} spelling{'s' * (count != 1)} taken over")


@contextmanager
def _ledger(db: Path | None) -> Iterator[tuple[Store, Ledger]]:
    """The store and its ledger, with the names of all documents as they were last linted."""
    with Store.open(options.settings(db=db).db, create=False) as store:
        ledger = store.ledger()
        gather(store, ledger)
        yield store, ledger


def gather(store: Store, ledger: Ledger) -> int:
    """Reads the names of the documents whose names are not in the ledger as they are now; gives how many documents."""
    pending = ledger.pending()
    for start in range(0, len(pending), _BATCH):
        found = {}
        for document, sha256 in pending[start : start + _BATCH]:
            segments = tuple(store.segments(document))
            spelled = gathering.spellings(Document(Path(), "", segments))
            found[document] = (
                sha256,
                [
                    (one.text, len(one.mentions), one.weight, segments[one.mentions[0].segment].key, one.mentions[0].span.start)
                    for one in spelled
                ],
            )
        ledger.gather(found)
    return len(pending)


def _reviewer() -> str:
    return config.reviewer_name(config.load(Path.cwd()))


def _spellings(entries: list[Entry]) -> Iterator[Spelling]:
    for entry in entries:
        for form in entry.forms:
            yield Spelling(entry.canonical, form.text, form.allowed)


def _line(entry: Entry) -> str:
    """A name in one line: the form to use with its places and documents, `=` what may stand beside it, `<` what is to become it."""
    told = [f"{form.text} x{form.places:,} in {form.documents:,}" for form in entry.forms if form.text == entry.canonical]
    told += [f"= {form.text} x{form.places:,}" for form in entry.forms if form.allowed]
    told += [f"< {form.text} x{form.places:,}" for form in entry.forms if not form.allowed and form.text != entry.canonical]
    return "  ".join(told) + (f"  ({entry.chosen_by})" if entry.chosen_by else "")
