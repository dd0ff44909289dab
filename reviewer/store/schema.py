"""Writes db/schema.sql, what the migrations add up to, for people to read: `python -m reviewer.store.schema [--print]`."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from reviewer import assets
from reviewer.store.connection import migrations

HEAD = "-- Generated from db/migrations by `python -m reviewer.store.schema`. To change it, add a migration.\n\n"


def path() -> Path:
    """Where the schema is kept."""
    return assets.folder("db") / "schema.sql"


def schema() -> str:
    """The SQL of a database all migrations were applied to, in the order it was made."""
    from sqlite_utils import Database

    db = Database(sqlite3.connect(":memory:"), execute_plugins=False)
    migrations().apply(db)
    made = "select sql from sqlite_master where sql is not null and tbl_name not like '%sqlite%' order by rowid"
    text = "".join(f"{sql};\n\n" for (sql,) in db.execute(made).fetchall())
    db.close()
    return HEAD + text.rstrip("\n") + "\n"


if __name__ == "__main__":
    if sys.argv[1:] == ["--print"]:
        sys.stdout.buffer.write(schema().encode())
    else:
        path().write_text(schema(), "utf-8")
