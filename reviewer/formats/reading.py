"""How a file is to be read, where it does not say so itself: the columns of a table, the file with the Chinese."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.formats.columns import Columns


@dataclass(frozen=True, slots=True)
class Reading:
    """`columns` count for tables only. `source` is a file with the Chinese; `way`, for plain text, how the two align."""

    columns: Columns = field(default_factory=Columns)
    source: Path | None = None
    way: str = ""

    def as_json(self) -> str:
        """Itself, as one line."""
        said = {
            "columns": self.columns.targets,
            "source_column": self.columns.source,
            "source": str(self.source.resolve()) if self.source else None,
            "way": self.way,
        }
        return json.dumps({key: value for key, value in said.items() if value}, ensure_ascii=False)


def from_json(line: str) -> Reading:
    """What `as_json` wrote."""
    said = json.loads(line)
    columns = Columns(tuple(said.get("columns", ())), said.get("source_column", ""))
    return Reading(columns, Path(said["source"]) if "source" in said else None, said.get("way", ""))
