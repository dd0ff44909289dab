"""The sentences the review screen says: that all is decided, that a file has changed, what was hidden."""

from __future__ import annotations

import hashlib
import shlex
from pathlib import Path

from textual.content import Content

from reviewer.printable import printable
from reviewer.store import Scope, StoredDocument, StoredFinding
from reviewer.tui.looks import QUIET, flowing, quoted, short
from reviewer.tui.session import Session

LONGEST = 40


def named(stored: StoredFinding) -> str:
    """A finding in few words."""
    return f"“{short(quoted(stored.finding.text), LONGEST)}”"


def cut(text: str) -> str:
    """A text in few words."""
    return short(quoted(text), LONGEST)


def hidden(stored: StoredFinding, scope: Scope, count: int) -> str:
    """What ignoring words or a rule did."""
    what = named(stored) if scope in (Scope.WORDS, Scope.WORDS_IN_FILE) else f"the rule {flowing(stored.finding.rule)}"
    where = "in this file" if scope in (Scope.WORDS_IN_FILE, Scope.RULE_IN_FILE) else "everywhere"
    others = f", {count:,} open findings" if count > 1 else ""
    return f"Ignored {where}: {what}{others}. u brings it back."


def finished(session: Session) -> Content:
    """That nothing is open, and what the export would do."""
    documents = session.documents
    accepted, edited = sum(one.accepted for one in documents), sum(one.edited for one in documents)
    left = sum(one.rejected + one.ignored for one in documents)
    if session.open and session.view.filters:
        said = "Nothing in view is open any more." if session.current else "Nothing of this document is in view."
        more = f"\n{session.open:,} findings are open in all. Escape shows everything again, f changes what is in view."
        return Content.assemble((said, "bold"), more)
    if session.open:
        return Content.assemble(("There are no findings in this document.", "bold"), "\n] and [ go to other documents.")
    if not accepted + edited + left:
        return Content.assemble(("There is nothing to decide: no findings.", "bold"), "\nq quits.")
    where = "this document" if len(documents) == 1 else f"these {len(documents):,} documents"
    files = list(dict.fromkeys(str(one.path) for one in documents))
    names = " ".join(shlex.quote(printable(file)) for file in files) if len(files) == 1 else "--output FOLDER"
    command = f"reviewer export --db {shlex.quote(printable(str(session.store.path)))} {names}"
    return Content.assemble(
        (f"Nothing is open in {where}.", "bold $text-success"),
        f"\nThe corrected text will have {_changes(accepted + edited)}: {accepted:,} accepted, {edited:,} edited; "
        f"{left:,} rejected or ignored stay as they are. Nothing is written to the file by this screen; to write it:\n",
        (command, "bold"),
        ("\nAdd --diff to see the changes first. u takes the last decision back, n and p look at findings again, q quits.", QUIET),
    )


def staleness(document: StoredDocument) -> str | None:
    """What is wrong where a document's file is not the one that was linted; None where it is, or came from standard input."""
    if document.path == Path("-"):
        return None
    name, again = printable(document.path.name), "L lints it again: decisions are kept"
    if not document.sha256:
        return f"The last lint of {name} was cut short; {again}."
    try:
        with document.path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == document.sha256
    except OSError as error:
        return f"{name} cannot be read ({error.strerror}); export will need it."
    return None if same else f"{name} has changed since it was linted; {again}."


def _changes(count: int) -> str:
    return f"{count:,} change{'s' * (count != 1)}"
