"""What language models said of texts: asked for once, read again at the next lint."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

FIND = "select text, scores from surprisals where model = ? and text in (select value from json_each(?))"

KEEP = "insert or replace into surprisals (model, text, scores) values (?, ?, ?)"


def find(db: Database, model: str, texts: Sequence[str]) -> dict[str, bytes]:
    """The scores that are kept, by the hash of their text."""
    return dict(db.conn.execute(FIND, (model, json.dumps(list(texts)))).fetchall())


def keep(db: Database, model: str, found: Mapping[str, bytes]) -> None:
    """Keeps scores, inside the caller's transaction."""
    db.conn.executemany(KEEP, [(model, text, scores) for text, scores in found.items()])
