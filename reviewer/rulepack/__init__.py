"""Turns rules/**/*.yaml into rules; every error names the file, the line and what to do, and all errors come at once."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from reviewer import assets
from reviewer.model import ReviewerError, Rule
from reviewer.rulepack import cache, record
from reviewer.rulepack.record import Record


def load(folders: Sequence[Path] = ()) -> tuple[Rule, ...]:
    """All rules that come with the program and of the given folders; a later rule takes the place of an earlier one of its id.

    A pattern becomes a regular expression only when its words are met. Raises ReviewerError with one line an error.
    """
    from reviewer.rulepack import rulefile  # brings pydantic and yaml along: a tenth of a second that a cached start saves

    name = kept_as(folders)
    if cache.get(name) is None:  # what is kept has the patterns of these files: reading those is most of the work
        cache.borrow(name)
    rules: dict[str, Rule] = {}
    errors: list[str] = []
    for folder, file in _files(folders):
        for outcome in rulefile.read(file, file.relative_to(folder).with_suffix("").as_posix()):
            if isinstance(outcome, Rule):
                rules[outcome.id] = outcome
            else:
                errors.append(outcome)
    if errors:
        raise ReviewerError("\n".join(errors))
    return record.confident(tuple(rules.values()), records())


def records() -> dict[str, Record]:
    """How professionals judged what the rules of the program find, by rule; rules of a project have no records."""
    return record.read(assets.folder("rules") / record.FILE)


def load_one(name: str, folders: Sequence[Path] = ()) -> Rule | None:
    """One rule with its examples, from the last of the folders that has it; None where none has. Reads one file a folder."""
    from reviewer.rulepack import rulefile

    stem, _, _ = name.rpartition("/")
    found = None
    for folder in (assets.folder("rules"), *folders):
        for file in (folder / f"{stem}.yaml", folder / f"{stem}.yml"):
            if stem and file.is_file():
                read = rulefile.read(file, stem)
                found = next((rule for rule in read if isinstance(rule, Rule) and rule.id == name), found)
    return found


def load_to_run(folders: Sequence[Path] = ()) -> tuple[Rule, ...]:
    """The same rules without their examples; read from their files only where one of these has changed since the last time."""
    name = kept_as(folders)
    kept = cache.get(name)
    if kept is None:
        kept = load(folders)
        cache.put(name, kept)
    return kept


def kept_as(folders: Sequence[Path] = ()) -> str:
    """What the rules of these folders are kept under."""
    measured = assets.folder("rules") / record.FILE
    return cache.key(folders, [*(file for _, file in _files(folders)), *([measured] if measured.is_file() else [])])


def _files(folders: Sequence[Path]) -> list[tuple[Path, Path]]:
    """(folder, file) for every rule file."""
    found = []
    for folder in (assets.folder("rules"), *folders):
        if not folder.is_dir():
            raise ReviewerError(f"{folder}: no such folder of rules")
        found += [(folder, file) for file in sorted(folder.rglob("*.y*ml")) if file.suffix in (".yaml", ".yml")]
    if strange := [file for _, file in found if not file.is_file()]:  # reading a pipe would wait for ever
        raise ReviewerError("\n".join(f"{file}: this is not a regular file; move it out of the rules" for file in strange))
    return found


def schema() -> dict[str, object]:
    """The JSON schema of a rule file: its keys are rules, but for `defaults`, which holds what all of them share."""
    from reviewer.rulepack.fields import RuleFields

    rule = RuleFields.model_json_schema()
    shared = {**rule, "required": []}
    pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "reviewer rule file",
        "type": "object",
        "properties": {"defaults": shared},
        "patternProperties": {pattern: rule},
        "additionalProperties": False,
    }


def choose(rules: Sequence[Rule], select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules whose id is, lies under, or matches (`*`) one of `select` (all, if empty) and none of `ignore`.

    Raises ReviewerError for a name that no rule answers to.
    """
    if wrong := [slip for _, slip in slips(rules, (*select, *ignore))]:
        raise ReviewerError("\n".join(wrong))
    return tuple(
        rule
        for rule in rules
        if (not select or any(answers(rule.id, name) for name in select)) and not any(answers(rule.id, name) for name in ignore)
    )


def running(rules: Sequence[Rule], select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules of that choice that run: those that are off only where `select` has their whole name."""
    return tuple(rule for rule in choose(rules, select, ignore) if not rule.off or rule.id in select)


def slips(rules: Sequence[Rule], names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(name, what to do about it) for each name that no rule answers to."""
    for name in names:
        if not any(answers(rule.id, name) for rule in rules):
            from difflib import get_close_matches  # only for somebody who mistyped

            near = get_close_matches(name, [rule.id for rule in rules], 1, 0.5)
            help = f"did you mean {near[0]}?" if near else "`reviewer rules list` lists them"
            yield name, f"no rule is called {name!r}; {help}"


def answers(rule: str, name: str) -> bool:
    """Whether the rule of that id is meant by a name: its own, that of a folder of rules, or a pattern with `*`."""
    return rule == name or rule.startswith(name.rstrip("/") + "/") or fnmatch.fnmatchcase(rule, name)
