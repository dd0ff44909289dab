"""Keeps the rules of unchanged files ready to use between runs, in the user's cache folder, so that a lint starts at once.

What is kept is found by the contents of the rule files and of the modules that read them; nobody has to clear it. Where it
cannot be read or written, the rules are read from their files as ever.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from reviewer import model
from reviewer.checks.phrase import clues, index, inflection, notation, pattern
from reviewer.model import Rule

_READERS = [Path(str(module.__file__)) for module in (model, clues, index, inflection, notation, pattern)]
_KEPT = 4  # sets of rules; the oldest goes
Entry = tuple[tuple[Rule, ...], index.Index, dict[index.Flag, bytes]]


def key(folders: Sequence[Path], files: Iterable[Path]) -> str:
    """A name for the contents of these files, as read by this version of the program."""
    digest = hashlib.sha256(f"{sys.version}\0{[str(folder) for folder in folders]}".encode())
    for file in (*_READERS, *sorted(Path(__file__).parent.glob("*.py")), *files):
        digest.update(str(file).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:32]


def get(name: str) -> tuple[Rule, ...] | None:
    """The rules kept under a name, without their examples, their patterns already read; None where there are none."""
    collecting = gc.isenabled()
    gc.disable()  # half the time of reading thousands of rules would go into looking for rubbish among them
    try:
        rules, found, patterns = pickle.loads((_folder() / name).read_bytes())
        index.KEPT[:] = [found]
        pattern.KEPT.update(patterns)
    except (OSError, pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError, TypeError, ValueError):
        return None
    finally:
        if collecting:
            gc.enable()
    return tuple(rules)


def put(name: str, rules: Sequence[Rule]) -> None:
    """Keeps rules under a name, whole or not at all."""
    bare = tuple(replace(rule, bad=(), good=(), known_gaps=()) for rule in rules)
    flags = {(rule.flag, rule.match_case) for rule in rules if rule.flag}
    used = flags | {(some, False) for rule in rules for some in (rule.unless, rule.needs) if some}
    patterns = {flag: pickle.dumps(pattern.parse(flag[0], match_case=flag[1]), protocol=5) for flag in sorted(used)}
    entry: Entry = (bare, index.Index.of(sorted(flags)), patterns)
    with contextlib.suppress(OSError):
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in sorted(folder.iterdir(), key=lambda one: -one.stat().st_mtime)[_KEPT - 1 :]:
            old.unlink(missing_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(pickle.dumps(entry, protocol=5))
        os.replace(file.name, folder / name)


def _folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("reviewer") / "rules"
