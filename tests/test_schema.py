"""db/schema.sql is what the migrations make, and the migrations can meet a database twice."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

from sqlite_utils import Database

from reviewer import assets
from reviewer.store import Store, schema
from reviewer.store.connection import migrations


def test_the_schema_file_is_what_the_migrations_make() -> None:
    stale = "db/schema.sql is stale: run `python -m reviewer.store.schema`"
    assert schema.path().read_text("utf-8") == schema.schema(), stale


def test_the_schema_file_makes_the_same_database_as_the_migrations(tmp_path: Path) -> None:
    plain = sqlite3.connect(":memory:")
    plain.executescript(schema.path().read_text("utf-8"))
    Store.open(tmp_path / "review.db").close()
    opened = sqlite3.connect(tmp_path / "review.db")
    ours = "select type, name, sql from sqlite_master where sql is not null and tbl_name not like '%sqlite%' order by rowid"
    assert plain.execute(ours).fetchall() == opened.execute(ours).fetchall()
    opened.close()
    plain.close()


def test_the_schema_is_written_by_the_command_it_names(tmp_path: Path) -> None:
    before = schema.path().stat().st_mtime_ns
    printed = subprocess.run(
        [sys.executable, "-m", "reviewer.store.schema", "--print"], capture_output=True, check=True, cwd=assets.PACKAGE.parent
    )
    assert printed.stdout.decode() == schema.schema()
    assert schema.path().stat().st_mtime_ns == before


def test_migrations_applied_twice_change_nothing_the_second_time() -> None:
    db = Database(memory=True)
    migrations().apply(db)
    before = db.schema
    migrations().apply(db)
    assert db.schema == before
    assert [one.name for one in migrations().applied(db)] == [one.stem for one in sorted(assets.folder("db").rglob("0*.sql"))]
    db.close()


def test_every_table_is_strict() -> None:
    db = Database(memory=True)
    migrations().apply(db)
    assert [table.name for table in db.tables if not table.strict] == ["_sqlite_migrations"]
    db.close()
