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
from array import array
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate
from mmap import ACCESS_READ, mmap
from pathlib import Path

from reviewer import assets, model
from reviewer.checks.phrase import bytecode, clues, index, inflection, notation, pattern
from reviewer.model import Rule

_READERS = [Path(str(module.__file__)) for module in (model, bytecode, clues, index, inflection, notation, pattern)]
_KEPT = 4  # sets of rules; the oldest goes
SHIPPED = "ready"
"""The folder, among the rules that come with the program, in which they lie ready to use."""


def key(folders: Sequence[Path], files: Iterable[Path]) -> str:
    """A name for the contents of these files, as read by this version of the program; the program's own may lie anywhere.

    What comes before its hyphen tells the version.
    """
    readers = _digest(b"", (*_READERS, *sorted(Path(__file__).parent.glob("*.py"))))
    return f"{readers[:8]}-{_digest(chr(0).join(map(str, folders)).encode(), files)[:24]}"


def _digest(first: bytes, files: Iterable[Path]) -> str:
    digest = hashlib.sha256(first)
    for file in files:
        digest.update(_short(file).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def get(name: str) -> tuple[Rule, ...] | None:
    """The rules kept under a name, without their examples, their patterns already read; None where there are none."""
    return _first(folder / name for folder in _folders())


def borrow(name: str) -> None:
    """Has at hand the patterns of the rules that this version of the program kept last: most of them are those of any others."""
    with contextlib.suppress(OSError):
        version = name.partition("-")[0]
        kept = [file for folder in _folders() if folder.is_dir() for file in folder.glob(f"{version}-*")]
        _first(sorted(kept, key=lambda file: -file.stat().st_mtime))


def _folders() -> tuple[Path, Path]:
    return assets.folder("rules") / SHIPPED, _folder()


def _first(files: Iterable[Path]) -> tuple[Rule, ...] | None:
    """What the first of some files holds that can be read."""
    collecting = gc.isenabled()
    gc.disable()  # half the time of reading thousands of rules would go into looking for rubbish among them
    try:
        for file in files:
            with contextlib.suppress(
                OSError, pickle.UnpicklingError, AttributeError, EOFError, ImportError, LookupError, TypeError, ValueError
            ):
                return _read(file)
    finally:
        if collecting:
            gc.enable()
    return None


def _read(kept: Path) -> tuple[Rule, ...]:
    with kept.open("rb") as file:
        columns, found, notations, cases, ends = pickle.load(file)
        start, pickles = file.tell(), mmap(file.fileno(), 0, access=ACCESS_READ)
    rows = zip(*(map(_whole, columns[name]) if name == "file" else columns[name] for name in Rule._fields), strict=True)
    rules = tuple(Rule(*row) for row in rows)
    flags = [*zip(notations.split("\0"), cases, strict=True)] if cases else []
    index.KEPT[:] = [found]
    pattern.KEPT[:] = [pattern.Kept(flags, pickles, start, ends)]
    return rules


def put(name: str, rules: Sequence[Rule]) -> None:
    """Keeps rules under a name in the user's cache folder, whole or not at all."""
    import tempfile

    with contextlib.suppress(OSError):
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in sorted(folder.iterdir(), key=lambda one: -one.stat().st_mtime)[_KEPT - 1 :]:
            old.unlink(missing_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(packed(rules))
        os.replace(file.name, folder / name)


def packed(rules: Sequence[Rule]) -> bytes:
    """Rules without their examples, and their patterns, as `get` reads them.

    Fields are in columns, which is quickest to read; the patterns follow, each by itself, to be read when it is asked for.
    """
    bare = [rule._replace(bad=(), good=(), known_gaps=()) for rule in rules]
    columns = {name: [_short(rule.file) if name == "file" else getattr(rule, name) for rule in bare] for name in Rule._fields}
    flags = {(rule.flag, rule.match_case) for rule in rules if rule.flag}
    used = flags | {(some, False) for rule in rules for some in (rule.unless, rule.needs) if some}
    patterns = [pickle.dumps(pattern.parse(notation, match_case=cased), protocol=5) for notation, cased in sorted(used)]
    notations, cases = "\0".join(notation for notation, _ in sorted(used)), bytes(cased for _, cased in sorted(used))
    ends = array("I", accumulate(map(len, patterns)))
    head = pickle.dumps((columns, index.Index.of(sorted(flags)), notations, cases, ends), protocol=5)
    return head + b"".join(patterns)


def _short(file: Path) -> str:
    """A file of the program as seen from its rules, any other in full: an installation may lie anywhere."""
    whole = str(file)
    for home in (str(assets.folder("rules")), str(assets.PACKAGE)):
        if whole.startswith(home + os.sep):  # thousands of times: three times as fast as with paths
            return whole[len(home) + 1 :].replace(os.sep, "/")
    return whole


@cache
def _whole(short: str) -> Path:
    return assets.folder("rules") / short


def _folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("reviewer") / "rules"
