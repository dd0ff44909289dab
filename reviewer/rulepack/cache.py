"""Keeps the rules of unchanged files ready to use between runs, in the user's cache folder, so that a lint starts at once.

The rules that come with the program lie ready to use in its wheel. What is kept is found by the contents of the rule files and
of the modules that read them; nobody has to clear it. Where it cannot be read or written, the rules are read from their files.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pickle
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from functools import cache
from pathlib import Path

from reviewer import assets, model
from reviewer.checks.phrase import clues, index, inflection, notation, pattern
from reviewer.model import Rule

_READERS = [Path(str(module.__file__)) for module in (model, clues, index, inflection, notation, pattern)]
_KEPT = 4  # sets of rules; the oldest goes
SHIPPED = "ready"
"""The folder, among the rules that come with the program, in which they lie ready to use."""


def key(folders: Sequence[Path], files: Iterable[Path]) -> str:
    """A name for the contents of these files, as read by this version of the program; the program's own may lie anywhere."""
    digest = hashlib.sha256("\0".join(map(str, folders)).encode())
    for file in (*_READERS, *sorted(Path(__file__).parent.glob("*.py")), *files):
        digest.update(_short(file).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:32]


def get(name: str) -> tuple[Rule, ...] | None:
    """The rules kept under a name, without their examples, their patterns already read; None where there are none."""
    collecting = gc.isenabled()
    gc.disable()  # half the time of reading thousands of rules would go into looking for rubbish among them
    try:
        for folder in (assets.folder("rules") / SHIPPED, _folder()):
            with contextlib.suppress(
                OSError, pickle.UnpicklingError, AttributeError, EOFError, ImportError, LookupError, TypeError, ValueError
            ):
                return _read((folder / name).read_bytes())
    finally:
        if collecting:
            gc.enable()
    return None


def _read(kept: bytes) -> tuple[Rule, ...]:
    columns, found, patterns = pickle.loads(kept)
    rows = zip(*(map(_whole, columns[name]) if name == "file" else columns[name] for name in _FIELDS), strict=True)
    rules = tuple(Rule(*row) for row in rows)
    index.KEPT[:] = [found]
    pattern.KEPT.update(patterns)
    return rules


def put(name: str, rules: Sequence[Rule]) -> None:
    """Keeps rules under a name in the user's cache folder, whole or not at all."""
    with contextlib.suppress(OSError):
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in sorted(folder.iterdir(), key=lambda one: -one.stat().st_mtime)[_KEPT - 1 :]:
            old.unlink(missing_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(packed(rules))
        os.replace(file.name, folder / name)


def packed(rules: Sequence[Rule]) -> bytes:
    """Rules without their examples, and their patterns, as `get` reads them; fields in columns, which is quickest to read."""
    bare = [replace(rule, bad=(), good=(), known_gaps=()) for rule in rules]
    columns = {name: [_short(rule.file) if name == "file" else getattr(rule, name) for rule in bare] for name in _FIELDS}
    flags = {(rule.flag, rule.match_case) for rule in rules if rule.flag}
    used = flags | {(some, False) for rule in rules for some in (rule.unless, rule.needs) if some}
    patterns = {flag: pickle.dumps(pattern.parse(flag[0], match_case=flag[1]), protocol=5) for flag in sorted(used)}
    return pickle.dumps((columns, index.Index.of(sorted(flags)), patterns), protocol=5)


_FIELDS = tuple(one.name for one in fields(Rule))


def _short(file: Path) -> str:
    """A file of the program as seen from its rules, any other in full: an installation may lie anywhere."""
    for home in (assets.folder("rules"), assets.PACKAGE):
        if file.is_relative_to(home):
            return file.relative_to(home).as_posix()
    return str(file)


@cache
def _whole(short: str) -> Path:
    return assets.folder("rules") / short


def _folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("reviewer") / "rules"
