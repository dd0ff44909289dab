"""Starts a rule: appends a skeleton to its file, in a folder that is meant for it, and only if the file can be read back."""

from __future__ import annotations

import sys
from pathlib import Path

from reviewer import assets, export
from reviewer.config import Config
from reviewer.model import ReviewerError, Rule

# The placeholders do not hold, so that `reviewer rules test` reports the rule until its examples are written.
SKELETON = """{key}:
  zh: {zh}
  flag: {flag}
  use: []
  why: What the Chinese says, and what an English reader understands instead.
  severity: minor
  bad:
    - {bad}
    - 'A second sentence with the error, its words in another form in [[...]].'
  # Two good ones at least: the same words where they are right, and what a good translator would have written.
  good: []
"""
PLACEHOLDER = "A sentence with the error, its words in [[...]]. => The same sentence as it should be."


def folder_for(asked: Path | None, settings: Config, name: str) -> Path:
    """The folder to write to: that asked for, the project's own, or that of the checkout we stand in; else ReviewerError."""
    here = Path("rules")
    if asked or settings.rules:
        return asked or settings.rules[0]
    if _is_checkout(Path.cwd()):
        return here
    raise ReviewerError(
        f"{name}: there is no folder of your own rules; name one with --folder, or by a line such as "
        f'rules = ["{here}"] in reviewer.toml'
    )


def _is_checkout(folder: Path) -> bool:
    return all((folder / part).is_file() for part in ("pyproject.toml", "rules/README.md", "reviewer/rulepack/rulefile.py"))


def start(folder: Path, name: str, *, flag: str, zh: str, bad: str) -> Path:
    """The file to which the skeleton of a rule was appended. Raises ReviewerError, the file as it was, where it would not read."""
    from reviewer import examples
    from reviewer.rulepack import rulefile

    stem, key = name.rsplit("/", 1)
    file = folder / f"{stem}.yaml"
    before = _text(file)
    skeleton = SKELETON.format(key=key, flag=_quoted(flag), zh=_quoted(zh) if zh else "[]", bad=_quoted(bad or PLACEHOLDER))
    text = before + ("\n" if before.endswith("\n") else "\n\n" if before else "") + skeleton
    if "\r\n" in before:
        text = before + text[len(before) :].replace("\n", "\r\n")
    read = list(rulefile.parse(text, file, stem))
    problems = [one for one in read if isinstance(one, str)]
    problems += [str(failure) for one in read if isinstance(one, Rule) for failure in examples.unreadable(one)]
    if not problems and not any(isinstance(one, Rule) and (one.id, one.flag) == (name, flag) for one in read):
        problems = [f"{file}: {key!r} cannot be the key of a rule"]
    if problems:
        raise ReviewerError("\n".join(f"{problem}; nothing was written" for problem in problems))
    file.parent.mkdir(parents=True, exist_ok=True)
    export.write_text(file, [text])
    return file


def is_read(folder: Path, settings: Config) -> bool:
    """Whether this installation of the program reads the rules of a folder."""
    return any(one.is_dir() and one.samefile(folder) for one in (assets.folder("rules"), *settings.rules))


def _text(file: Path) -> str:
    """What the file holds, line ends as they are; nothing where it is not there."""
    if not file.exists():
        return ""
    try:
        return file.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise ReviewerError(f"{file}: not UTF-8 at byte {error.start}: save it as UTF-8") from None


def _quoted(text: str) -> str:
    """The text as a YAML value on one line that stands for it and nothing else."""
    import yaml

    style = '"' if "\n" in text else "'"
    return str(yaml.safe_dump(text, default_style=style, allow_unicode=True, width=sys.maxsize)).removesuffix("\n")
