"""How a reviewer likes the screen: settings come from the project, looks are kept in the store and read at the next start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path

from reviewer.store import Store

NAME = "looks"


class Source(StrEnum):
    """Where the Chinese stands."""

    BELOW = "below"
    BESIDE = "beside"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the project says: folders of its own rules, keys by the name of what they do, a theme ("" for the usual one).

    `lint` lints a file into the database; it is called in a thread of its own and raises ReviewerError.
    """

    rules: tuple[Path, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    theme: str = ""
    lint: Callable[[Path], None] | None = None


@dataclass(frozen=True, slots=True)
class Looks:
    """`fold`: stretches without findings are folded; `theme`: the name of a colour theme, "" for the usual one."""

    source: Source = Source.BELOW
    fold: bool = False
    theme: str = ""
    toured: bool = False

    @classmethod
    def kept(cls, store: Store, reviewer: str) -> Looks:
        """What a reviewer kept, or the usual. Raises ReviewerError where the store cannot be read."""
        kept = store.habit(reviewer, NAME)
        if not isinstance(kept, Mapping):
            return cls()
        source = kept.get("source")
        return cls(
            source=Source(source) if source in list(Source) else Source.BELOW,
            fold=kept.get("fold") is True,
            theme=str(kept.get("theme") or ""),
            toured=kept.get("toured") is True,
        )

    def keep(self, store: Store, reviewer: str) -> None:
        """Keeps them. Raises ReviewerError where the store cannot be written."""
        store.keep_habit(reviewer, NAME, asdict(self))
