"""Finds the language model that a call or the settings name."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer.config import SMOLLM2, Config
from reviewer.model import ReviewerError

if TYPE_CHECKING:
    from reviewer.checks.suspect.language_model import LanguageModel, Told
    from reviewer.store import Store


def installed() -> Path:
    """Where that model lies, or would."""
    from platformdirs import user_data_path

    return user_data_path("reviewer") / f"{SMOLLM2}.gguf"


def asked(chosen: Config, store: Store | None, told: Told) -> AbstractContextManager[LanguageModel | None]:
    """The language model that the settings name, if they name one, for a `with` block. Raises ReviewerError as `opened` does."""
    return opened(chosen.lm, store, told) if chosen.lm else nullcontext()


def opened(file: Path, store: Store | None, told: Told) -> LanguageModel:
    """The language model of a file, for a `with` block. Raises ReviewerError where it cannot be asked."""
    from reviewer.checks.suspect.language_model import LanguageModel

    return LanguageModel(_found(file), store, told)


def stamp(file: Path) -> str:
    """What changes with nearly every change of a model's file. Raises ReviewerError where there is none."""
    here = _found(file)
    try:
        found = here.stat()
    except OSError as error:
        raise ReviewerError(f"{here}: the language model cannot be read: {error.strerror or error}") from None
    return f"{here.resolve()} {found.st_size} {found.st_mtime_ns}"


def _found(file: Path) -> Path:
    return installed() if file == SMOLLM2 else file
