"""What a lint asks of the store: runs, files, findings in; what was found before, and what is open, out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from reviewer.model import Document, Finding, Verdict
from reviewer.store import marking, readings, recording, rows, surprisals
from reviewer.store.connection import plain_errors
from reviewer.store.lookup import Lookup
from reviewer.store.opened import now

# A file of 100 MB has a million findings, and parts that are asked for one by one.
STATES = "select fingerprint, state from finding_states where document = ? and fingerprint in (select value from json_each(?))"

OF_PART = 'select * from finding_states where document = ? and part = ? and present order by ordinal, "start", "end", id'

HIDING = """
select id from active_suppressions
where coalesce(words, :words) = :words and coalesce(rule, :rule) = :rule and coalesce(document, :document) is :document
"""


class Recorder(Lookup):
    """Records what lints find, and tells them what need not be worked out or said again."""

    def start_run(self, command: str) -> int:
        """Notes that a lint begins, by which command and version; gives the id of the run."""
        with self._writing():
            return recording.start(self._db, command, now())

    def finish_run(self, run: int, *, unread: Iterable[Path] = ()) -> None:
        """Notes that a lint is complete: parts and documents of its files that it did not see are now out of sight.

        `unread` are files that could not be read to their end: what earlier lints saw in them stays.
        """
        paths = [recording.stored_path(path, self.folder) for path in unread]
        with self._writing():
            recording.finish(self._db, run, now(), paths)

    def record(
        self,
        document: Document,
        findings: Iterable[Finding],
        run: int,
        *,
        sha256: str,
        encoding: str,
        whole: bool = True,
    ) -> None:
        """Writes one part of a document with its findings, in one transaction; `sha256` and `encoding` are the file's.

        A finding whose fingerprint the document already has keeps its id and its decisions; one that is not among
        `findings` goes out of sight, and comes back with its decisions when a later lint finds it again. `whole` is false
        where only some rules took part: then what an earlier lint found in the same bytes stays in sight.
        """
        found = list(recording.finding_rows(document, findings))  # the checks run here, before the database is locked
        path = recording.stored_path(document.path, self.folder)
        with self._writing(durable=False):  # a lint can be run again, and a wait for the disk at each document adds up
            key = recording.record(self._db, path, document, found, run, sha256=sha256, encoding=encoding, whole=whole)
            recording.add(self._db, key, document.part, run, marking.kept(self._db, key, document.part, document.segments))

    def begin_file(self, path: Path, reading: str) -> None:
        """Notes how a file is read (`Reading.as_json`), and that what is recorded of it is not complete until `end_file`."""
        with self._writing(durable=False):
            readings.put(self._db, recording.stored_path(path, self.folder), reading, "", "")

    def end_file(self, path: Path, reading: str, sha256: str, settings: str, run: int) -> None:
        """Notes that a file with these bytes was recorded to its end, with these `settings`: a hash of rules and options.

        Parts and documents that the run did not see in it are now out of sight.
        """
        stored = recording.stored_path(path, self.folder)
        with self._writing(durable=False):
            readings.put(self._db, stored, reading, sha256, settings)
            readings.drop_unseen(self._db, stored, run)

    def surprisals(self, model: str, texts: Sequence[str]) -> dict[str, bytes]:
        """What a language model said of texts, as far as it is kept; both are named by hashes."""
        with plain_errors(self.path):
            return surprisals.find(self._db, model, texts)

    def keep_surprisals(self, model: str, found: Mapping[str, bytes]) -> None:
        """Keeps what a language model said of texts."""
        with self._writing(durable=False):
            surprisals.keep(self._db, model, found)

    def is_current(self, path: Path, reading: str, sha256: str, settings: str) -> bool:
        """Whether these bytes were recorded to their end, read like this, with these settings."""
        return self._reading(path) == (reading, sha256, settings)

    def reading(self, path: Path) -> str:
        """How a file was read by its last lint, for `reading.from_json`."""
        return self._reading(path)[0]

    def _reading(self, path: Path) -> tuple[str, str, str]:
        with plain_errors(self.path):
            return readings.of(self._db, recording.stored_path(path, self.folder))

    def open_only(self, document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Those of a document's findings that nobody has decided and no suppression hides, recorded or not."""
        document_id = self._document_id(document.path, document.name)
        asked = list(findings)
        names = json.dumps([finding.fingerprint for finding in asked])
        known = {row["fingerprint"]: row["state"] for row in self._query(STATES, [document_id, names])}
        for finding in asked:
            state = known.get(finding.fingerprint)
            if state == Verdict.OPEN or (state is None and not self._suppressed(finding, document_id)):
                yield finding

    def found_before(self, document: Document) -> list[Finding]:
        """What the last lint found in a document or part of one, in order, decided or not; without what reviewers marked."""
        document_id = self._document_id(document.path, document.name)
        keys = {segment.key for segment in document.segments}
        found = [rows.finding_of(row).finding for row in self._query(OF_PART, [document_id, document.part])]
        return [finding for finding in found if finding.rule != rows.OWN and finding.segment in keys]

    def _suppressed(self, finding: Finding, document_id: int | None) -> bool:
        """Whether a suppression hides a finding that was never recorded; the view knows of the others."""
        values = {"words": rows.comparable(finding.text), "rule": finding.rule, "document": document_id}
        return bool(self._query(HIDING, values))
