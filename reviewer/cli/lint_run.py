"""One lint of several files: reads, reviews and records each, and gives the findings that are open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer import baseline, formats
from reviewer.cli import language_models, linted, resuming, workers
from reviewer.cli.progress import Progress
from reviewer.config import Config
from reviewer.formats import encoding
from reviewer.formats.columns import Columns
from reviewer.formats.decoding import Encoding
from reviewer.formats.reading import Reading, from_json
from reviewer.model import Document, Finding, ReviewerError, Rule
from reviewer.printable import encodable, on_one_line
from reviewer.report import place
from reviewer.report.tally import Tally

if TYPE_CHECKING:
    from reviewer.checks.suspect.language_model import LanguageModel
    from reviewer.store import Store


UTF8 = Encoding("utf-8")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of a file before it is linted; of one that cannot be read, only the error. `stamp` changes with the file."""

    file: Path
    chosen: Config
    reading: Reading = formats.AS_IT_IS
    encoding: Encoding = UTF8
    sha256: str = ""
    stamp: tuple[int, int] = (0, 0)
    is_current: bool = False
    error: str = ""


class Run:
    """One lint of several files: compiles the rules once, records what it finds, and counts.

    Where the call asks for some rules only, findings of the others stay in the store as they are. `settings_of` gives the
    settings of a folder, `chosen` without one. `source` has the Chinese of the one file. With `as_last_time` each file is read
    as it was then. What is `known` is not reported; where `accepted` is a list, nothing is: all findings go there as lines of
    a baseline. The `reader` is the language model that suspicions ask, if they do; it is one for all folders.
    """

    def __init__(
        self,
        chosen: Config,
        store: Store | None,
        *,
        settings_of: Callable[[Path], Config] | None = None,
        source: Path | None = None,
        as_last_time: bool = False,
        jobs: int = 1,
        reader: LanguageModel | None = None,
    ) -> None:
        self.chosen = chosen
        self._linters = workers.Linters(reader)
        self._rules = {rule.id: rule for rule in self._linters.of(chosen).checker.rules}
        self.store = store
        self.run = store.start_run("lint") if store else 0
        self.errors: list[str] = []
        self.tally = Tally()
        self.known: baseline.Baseline | None = None
        self.accepted: list[str] | None = None
        self._settings_of = settings_of
        self._folders: dict[Path, Config | ReviewerError] = {}
        self._source = source
        self._as_last_time = as_last_time
        self._jobs = 1 if reader else jobs  # the language model takes all cores
        self._asked = language_models.stamp(reader.file) if reader else ""
        self._settings: dict[tuple[object, ...], str] = {}  # for what a lint depends on, the hash of it

    def places(self, files: Iterable[Path], progress: Progress) -> Iterator[place.Place]:
        """The findings of all files that are still open, in order; a file that cannot be read goes to `errors`."""
        named = list(dict.fromkeys(files))
        progress.expect(named)
        unread = []
        with ExitStack() as stack:
            for plan, future in self._planned(named, stack):
                try:
                    yield from self._file(plan, future, progress)
                except ReviewerError as error:
                    said = str(error).replace(str(plan.file), on_one_line(str(plan.file)))
                    if said not in self.errors:  # settings at fault are those of many files
                        self.errors.append(said)
                    unread.append(plan.file)
                progress.passed(plan.file, self.tally.words, self.tally.shown.total())
        if self.store:
            self.store.finish_run(self.run, unread=unread)

    def rules(self) -> dict[str, Rule]:
        """The rules of this lint by their ids."""
        return self._rules

    def _planned(
        self, files: Sequence[Path], stack: ExitStack
    ) -> Iterator[tuple[Plan, Future[list[workers.Reviewed] | str] | None]]:
        """The plan of each file and, where another process lints it, what will become of that."""
        if self._jobs == 1 or len(files) == 1:
            yield from ((self._plan(file), None) for file in files)
            return
        pool = stack.enter_context(workers.Workers(self._linters, min(self._jobs, len(files))))
        plans: list[Plan] = []

        def jobs() -> Iterator[workers.Job | None]:
            for file in files:
                plans.append(self._plan(file))
                yield None if plans[-1].error or plans[-1].is_current else workers.Job(file, plans[-1].reading, plans[-1].chosen)

        for future in pool.ahead(jobs()):
            yield plans.pop(0), future

    def _plan(self, file: Path) -> Plan:
        chosen = self.chosen
        try:
            if self.store:
                linted.check_name(file, self.store)
            chosen = self._chosen_for(file)
            known = formats.encoding_of(file)
            stamp = _stamp(file)
            digest = encoding.sha256(file) if self.store else ""
            reading = formats.prepared(file, self._reading(file, chosen))
            current = (
                self.store is not None
                and not self.chosen.narrowed
                and self.store.is_current(file, reading.as_json(), _with_source(digest, reading), self._hash(chosen))
            )
            return Plan(file, chosen, reading, known, digest, stamp, current)
        except ReviewerError as error:
            return Plan(file, chosen, error=str(error))

    def _chosen_for(self, file: Path) -> Config:
        """The settings that hold for a file. Raises ReviewerError for those at fault, and for rules that they name."""
        if self._settings_of is None:
            return self.chosen
        folder = file.parent
        if folder not in self._folders:
            try:
                found = self._settings_of(folder)
                if found.lints != self.chosen.lints:
                    self._rules = {rule.id: rule for rule in self._linters.of(found).checker.rules} | self._rules
                self._folders[folder] = found
            except ReviewerError as error:
                self._folders[folder] = error
        kept = self._folders[folder]
        if isinstance(kept, ReviewerError):
            raise kept
        return kept

    def _hash(self, chosen: Config) -> str:
        if chosen.lints not in self._settings:
            self._settings[chosen.lints] = resuming.settings(chosen, self._asked)
        return self._settings[chosen.lints]

    def _reading(self, file: Path, chosen: Config) -> Reading:
        said = self.store.reading(file) if self.store and self._as_last_time else "{}"
        return from_json(said) if said != "{}" else Reading(Columns(chosen.columns, chosen.source_column), self._source)

    def _file(self, plan: Plan, future: Future[list[workers.Reviewed] | str] | None, progress: Progress) -> Iterator[place.Place]:
        if plan.error:
            raise ReviewerError(plan.error)
        file = plan.file
        name = encodable(str(file))
        lines = place.Lines(encoding.open_text(file, plan.encoding))
        begun = False
        for document, findings in self._reviewed(plan, future):
            if self.store and not plan.is_current and not begun:  # not before: what cannot be read so is as it was read last
                self.store.begin_file(file, plan.reading.as_json())
                begun = True
            self.tally.read(name, document.name, sum(len(segment.target.split()) for segment in document.segments))
            progress.at(file, self.tally.words, self.tally.shown.total())
            if self.store and not plan.is_current:
                self.store.record(
                    document, findings, self.run, sha256=plan.sha256, encoding=plan.encoding.name, whole=not self.chosen.narrowed
                )
            new = self._new(name, document, findings)
            shown = list(self.store.open_only(document, new) if self.store else new)
            in_lines = lines if formats.FORMATS[document.format].linear else None
            yield from place.places(name, document, shown, in_lines)
        if _stamp(file) != plan.stamp:
            raise ReviewerError(f"{file}: it was changed while it was read; lint it again")
        if self.store and not plan.is_current:
            settings = "" if self.chosen.narrowed else self._hash(plan.chosen)
            digest = _with_source(plan.sha256, plan.reading)
            self.store.end_file(file, plan.reading.as_json(), digest, settings, self.run)
        self.tally.files.add(str(file))

    def _reviewed(self, plan: Plan, future: Future[list[workers.Reviewed] | str] | None) -> Iterator[workers.Reviewed]:
        """The documents of a file with their findings: from another process, from the store, or from a lint here and now."""
        if future:
            return iter(workers.result(future, plan.file))
        if plan.is_current and self.store:
            store = self.store
            return ((document, store.found_before(document)) for document in formats.read(plan.file, plan.reading))
        return self._linters.of(plan.chosen).reviewed(plan.file, plan.reading)

    def _new(self, file: str, document: Document, findings: Iterable[Finding]) -> Iterable[Finding]:
        """The findings that no baseline knows; decided or not, each counts there."""
        if self.accepted is not None:
            self.accepted += [baseline.line(file, document, finding) for finding in findings]
            return []
        return self.known.new(findings) if self.known else findings


def _with_source(digest: str, reading: Reading) -> str:
    """The hash of a file and of its source, if it has one."""
    return f"{digest} {encoding.sha256(reading.source)}" if reading.source else digest


def _stamp(file: Path) -> tuple[int, int]:
    """What changes with nearly every change of a file: when it was written, its bytes."""
    try:
        found = file.stat()
    except OSError as error:
        raise ReviewerError(f"{file}: cannot be read ({error.strerror}); check the name and the disk") from None
    return found.st_mtime_ns, found.st_size
