"""Whatever is wrong with a database file is said in one line that names it, and nothing in it is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from reviewer.model import ReviewerError, Verdict
from reviewer.store import Store
from tests.stored import LINES, document, lint

NOBODY = 65534


@contextmanager
def refused(path: Path, saying: str) -> Iterator[None]:
    """Expects a ReviewerError of one line that begins with the file and goes on to say what is wrong."""
    with pytest.raises(ReviewerError, match=saying) as raised:
        yield
    assert str(raised.value).startswith(f"{path}: ")
    assert "\n" not in str(raised.value)


@contextmanager
def without_rights() -> Iterator[None]:
    """Gives up the rights of root for a while, which no file mode holds back."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a database of three findings, which everybody may read: pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name).resolve()
        place.chmod(0o755)
        with Store.open(place / "review.db") as store:
            lint(store, document(place / "pears.txt"))
        yield place
        place.chmod(0o755)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Pears, plums and cherries.")
    with refused(path, "no SQLite database; name another file"):
        Store.open(path)
    assert path.read_text() == "Pears, plums and cherries."


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "pears.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("create table pears (name text)")
    with refused(path, "another program"):
        Store.open(path)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("select name from sqlite_master").fetchall() == [("pears",)]


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    (tmp_path / "review.db").touch()
    with Store.open(tmp_path / "review.db") as store:
        assert store.documents() == []


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with refused(tmp_path, "this is a folder"):
        Store.open(tmp_path)


def test_a_device_is_no_database() -> None:
    with refused(Path("/dev/null"), "no SQLite database"):
        Store.open(Path("/dev/null"))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "review.db"
    with refused(path, "there is no folder .*missing; make it first"):
        Store.open(path)


def test_a_missing_database_is_made_only_where_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "review.db"
    with refused(path, "there is no such database; `reviewer lint"):
        Store.open(path, create=False)
    assert not path.exists()


def test_a_database_from_a_newer_version_asks_for_an_upgrade(folder: Path) -> None:
    path = folder / "review.db"
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("insert into _sqlite_migrations (migration_set, name, applied_at) values ('reviewer', '0999_moods', '')")
        newer.commit()
    with refused(path, r"newer reviewer \(0999_moods\); upgrade reviewer"):
        Store.open(path)


def test_a_damaged_database_is_called_damaged(folder: Path) -> None:
    path = folder / "review.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    with refused(path, "damaged|no SQLite database"):
        Store.open(path)


def test_damage_further_in_is_met_when_it_is_read(folder: Path) -> None:
    path = folder / "review.db"
    with closing(sqlite3.connect(path)) as plain:
        size = plain.execute("pragma page_size").fetchone()[0]
        root = plain.execute("select rootpage from sqlite_master where name = 'findings'").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with Store.open(path) as store, refused(path, "damaged"):
        store.findings(1)


def test_a_table_that_somebody_dropped_is_no_riddle(folder: Path) -> None:
    path = folder / "review.db"
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("drop table segments")
    with Store.open(path) as store, refused(path, "no such table: .*segments"):
        store.segments(1)


def test_a_locked_database_is_waited_for_and_then_named(folder: Path) -> None:
    path = folder / "review.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other, Store.open(path, wait=0.1) as store:
        other.execute("begin immediate")
        with refused(path, "another program has it locked"):
            store.decide(1, Verdict.REJECT, reviewer="Ana")
        assert len(store.findings(1)) == 3  # to read needs no lock
        other.execute("rollback")
        assert store.decide(1, Verdict.REJECT, reviewer="Ana").verdict is Verdict.REJECT


def test_a_full_disk_loses_nothing_that_was_saved(folder: Path) -> None:
    path = folder / "review.db"
    with Store.open(path) as store:
        store.decide(1, Verdict.ACCEPT, reviewer="Ana")
        pages = store._db.execute("pragma page_count").fetchone()[0]
        store._db.execute(f"pragma max_page_count = {pages}")
        with refused(path, "disk is full"):
            lint(store, document(folder / "pears.txt", LINES * 2000))
        assert len(store.segments(1)) == 3
        assert [one.state.value for one in store.findings(1)] == ["accept", "open", "open"]
        store._db.execute(f"pragma max_page_count = {pages * 1000}")
        lint(store, document(folder / "pears.txt", LINES[:1]))
        assert [one.state.value for one in store.findings(1)] == ["accept"]


def test_a_read_only_file_can_be_reported_from_but_not_decided_in(folder: Path) -> None:
    path = folder / "review.db"
    path.chmod(0o444)
    folder.chmod(0o555)
    with without_rights():
        with refused(path, "cannot be written to; make the file and its folder writable"):
            Store.open(path)
        with Store.open(path, create=False) as store:
            assert len(store.findings(store.documents()[0].id)) == 3
            with refused(path, "cannot be written to"):
                store.decide(1, Verdict.REJECT, reviewer="Ana")
            assert store.undo("Ana") is None


def test_a_read_only_folder_counts_as_read_only(folder: Path) -> None:
    path = folder / "review.db"
    path.chmod(0o666)
    folder.chmod(0o555)
    with without_rights(), Store.open(path, create=False) as store:
        assert len(store.documents()) == 1


def test_a_folder_without_rights_is_named(folder: Path) -> None:
    folder.chmod(0o555)
    with without_rights(), refused(folder / "new.db", "cannot be opened; check the rights"):
        Store.open(folder / "new.db")
    folder.chmod(0o000)
    with without_rights(), refused(folder / "review.db", "cannot be read"):
        Store.open(folder / "review.db")


def test_an_old_database_that_cannot_be_brought_up_to_date_says_so(folder: Path) -> None:
    path = folder / "review.db"
    path.unlink()
    path.touch(0o444)
    with without_rights(), refused(path, "older reviewer"):
        Store.open(path, create=False)


def test_a_sqlite_that_is_too_old_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with refused(tmp_path / "review.db", "needs 3.37 or newer"):
        Store.open(tmp_path / "review.db")


def test_a_copied_database_opens_through_a_link(folder: Path) -> None:
    shutil.copy(folder / "review.db", folder / "copy.db")
    (folder / "link.db").symlink_to("copy.db")
    with Store.open(folder / "link.db") as store:
        assert [one.label for one in store.documents()] == ["pears.txt"]
