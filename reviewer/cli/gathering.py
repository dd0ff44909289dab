"""Turns the arguments of a call into files: folders are gone through as git would, patterns are filled in."""

from __future__ import annotations

import glob
import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reviewer import config
from reviewer.config import Config
from reviewer.formats import FORMATS
from reviewer.model import ReviewerError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE = ".gitignore"
STANDARD_OUTPUT = 1


class Ignored(NamedTuple):
    """Patterns as in .gitignore, and the folder they count from."""

    folder: Path
    patterns: GitIgnoreSpec


class Gathered(NamedTuple):
    """The files of a call, each once, and what is wrong with the arguments that stand for none."""

    files: list[Path]
    errors: list[str]


def files(
    arguments: Sequence[Path], chosen: Config, *, changed_since: str | None = None, beside: Iterable[Path | None] = ()
) -> Gathered:
    """The files of a call, in the order of the arguments and then of the names.

    A folder stands for the files of known kinds in it and below; hidden ones, those that .gitignore names and those that the
    `exclude` of its settings names are left out. So are names that are settled, what is `beside`, such as a baseline, and the
    file that standard output goes to (`reviewer lint . > report.txt`). A file that is named itself is always taken. With
    `changed_since`, only what differs from that revision of git, or is new. Raises ReviewerError where git does not know it.
    """
    changed = None if changed_since is None else _changed(changed_since)
    found: dict[Path, None] = {}
    errors: list[str] = []
    no_text = {_inode(file) for file in (STANDARD_OUTPUT, *chosen.names, *beside) if file is not None} - {None}
    for argument in arguments:
        try:
            for file in _filled_in(argument, chosen, errors):
                if file != argument and _inode(file) in no_text:
                    continue
                if changed is None or file.resolve() in changed:
                    found[file] = None
        except ReviewerError as error:
            errors.append(str(error))
    return Gathered(list(found), errors)


def _filled_in(argument: Path, chosen: Config, errors: list[str]) -> Iterator[Path]:
    """The files that one argument stands for; what is wrong with a folder below it goes to `errors`. Raises ReviewerError."""
    if argument.is_dir():
        here = Path(os.path.abspath(argument))
        above = [folder for folder in _up_to_repository(here) if (folder / IGNORE).is_file()]
        nearest = config.load(here)
        own = _excluded(nearest if nearest.files else chosen)
        known = len(errors)
        below = list(_below(argument, here, [*map(_read, above), own], errors))
        yield from below
        if not below and len(errors) == known:
            raise ReviewerError(f"{argument}: no file in this folder is of a known kind; name the files to read")
    elif not os.path.lexists(argument) and glob.has_magic(str(argument)):
        matching = [path for path in map(Path, sorted(glob.glob(str(argument), recursive=True))) if path.is_file()]
        if not matching:
            raise ReviewerError(f"{argument}: no file is called like this; check the pattern")
        yield from matching
    else:
        yield argument


def _below(folder: Path, whole: Path, ignored: list[Ignored], errors: list[str]) -> Iterator[Path]:
    """The files of known kinds in a folder and below; `whole` is its absolute path. What cannot be read goes to `errors`."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        errors.append(f"{folder}: this folder cannot be read ({error.strerror}); change its rights or leave it out")
        return
    for entry in entries:
        path = whole / entry.name
        is_folder = entry.is_dir(follow_symlinks=False)  # a link to a folder above would go round in circles
        if entry.name.startswith(".") or _is_ignored(path, is_folder, ignored):
            continue
        if is_folder:
            try:
                inner = _inside(path, ignored)
            except ReviewerError as error:
                errors.append(str(error))
            else:
                yield from _below(folder / entry.name, path, inner, errors)
        elif entry.is_file() and _is_known(path):
            yield folder / entry.name


def _inside(folder: Path, ignored: list[Ignored]) -> list[Ignored]:
    """What is left out in a folder, by what is around it and by files of its own. Raises ReviewerError for one of these."""
    read = [_read(folder)] if (folder / IGNORE).is_file() else []
    own = _excluded(config.load(folder)) if config.of_folder(folder) else ignored[-1]
    return [*ignored[:-1], *read, own]


def _is_known(path: Path) -> bool:
    return any(path.suffix.lower() in format.suffixes for format in FORMATS.values())


def _inode(file: Path | int) -> tuple[int, int] | None:
    """What is the same for all names of a file; None where there is none."""
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_ignored(path: Path, is_folder: bool, ignored: Iterable[Ignored]) -> bool:
    """Whether the last of the patterns that say something of a path leave it out."""
    for one in reversed(list(ignored)):
        if path.is_relative_to(one.folder):
            said = one.patterns.check_file(path.relative_to(one.folder).as_posix() + "/" * is_folder).include
            if said is not None:
                return said
    return False


def _up_to_repository(folder: Path) -> list[Path]:
    """The folders from the top of the repository of git down to this one; this one alone where it lies in none."""
    above = [folder, *folder.parents]
    top = next((number for number, one in enumerate(above) if (one / ".git").exists()), 0)
    return above[top::-1]


def _read(folder: Path) -> Ignored:
    file = folder / IGNORE
    try:
        return _ignored(folder, file.read_text(encoding="utf-8", errors="replace").splitlines(), file)
    except OSError as error:
        raise ReviewerError(f"{file}: cannot be read ({error.strerror}); change its rights") from None


def _excluded(chosen: Config) -> Ignored:
    """What the settings leave out; it stays the last and counts most."""
    file = chosen.places.get("exclude", Path.cwd() / config.OWN)
    return _ignored(file.parent, chosen.exclude, file)


def _ignored(folder: Path, lines: Iterable[str], file: Path) -> Ignored:
    from pathspec import GitIgnoreSpec

    try:
        return Ignored(folder, GitIgnoreSpec.from_lines(lines))
    except ValueError as error:
        raise ReviewerError(f"{file}: a pattern that git would not understand: {error}") from None


def _changed(revision: str) -> set[Path]:
    """The files, by their whole path, that differ from a revision, and those that git does not know yet."""
    top = Path(_git("rev-parse", "--show-toplevel").rstrip("\n"))
    try:
        commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
    except ReviewerError:
        raise ReviewerError(f"--changed-since {revision}: git knows no such revision; `git log` lists them") from None
    names = _git("-C", str(top), "diff", "--name-only", "--no-ext-diff", "-z", "--diff-filter=d", commit, "--")
    names += _git("-C", str(top), "ls-files", "--others", "--exclude-standard", "-z")
    return {(top / name).resolve() for name in names.split("\0") if name}


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=True)
    except FileNotFoundError:
        raise ReviewerError("--changed-since needs git, which is not installed; name the files instead") from None
    except subprocess.CalledProcessError as error:
        said = " ".join(os.fsdecode(error.stderr).split()) or f"exit code {error.returncode}"
        raise ReviewerError(f"--changed-since: git says: {said}") from None
    return os.fsdecode(done.stdout)
