"""Turns one YAML file into rules, and into a line for each error in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from reviewer.model import Example, ReviewerError, Rule, Severity
from reviewer.rulepack import example, fields

DEFAULTS = "defaults"  # the key under which stands what all rules of a file share
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class _Written:
    """A rule as it stands in its file."""

    file: Path
    line: int
    id: str
    node: yaml.MappingNode

    def line_of(self, key: str, item: int = -1) -> int:
        """The line, from 1, of a key or of an item of the list under it."""
        for name, value in self.node.value:
            if _name(name) == key:
                listed = item >= 0 and isinstance(value, yaml.SequenceNode)
                return int((value.value[item] if listed else name).start_mark.line) + 1
        return self.line

    def error(self, line: int, problem: str) -> str:
        return f"{self.file}:{line}: {self.id.rsplit('/', 1)[1]}: {problem}"


def read(file: Path, stem: str) -> Iterator[Rule | str]:
    """The rules of a file whose ids begin with `stem`, and a line for each error."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        yield f"{file}: not UTF-8 at byte {error.start}: save it as UTF-8"
    except OSError as error:
        yield f"{file}: {error.strerror}"
    else:
        yield from parse(text, file, stem)


def parse(text: str, file: Path, stem: str) -> Iterator[Rule | str]:
    """The same of the text of a file."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        yield f"{file}:{mark.line + 1 if mark else 1}: not YAML: {getattr(error, 'problem', None) or error}"
        return
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        yield f"{file}:1: a rule file is a mapping from rule keys to rules"
        return
    yield from _entries(file, stem, root)


def _entries(file: Path, stem: str, root: yaml.MappingNode) -> Iterator[Rule | str]:
    defaults: dict[str, object] = {}
    seen: set[str] = set()
    for node, value in root.value:
        key, line = _name(node), node.start_mark.line + 1
        if key in seen:
            yield f"{file}:{line}: the key {key!r} stands twice"
        elif not _KEY.match(key):
            yield f"{file}:{line}: the key {key!r} is not lower-case words joined by hyphens"
        elif not isinstance(value, yaml.MappingNode):
            yield f"{file}:{line}: {key} is not a mapping of a rule's keys"
        else:
            try:
                if key == DEFAULTS:
                    defaults = _mapping(value)
                else:
                    yield from _rule(_Written(file, line, f"{stem}/{key}", value), defaults)
            except RecursionError:
                yield f"{file}:{line}: {key}: it holds itself by an alias (*), or its lists are too deep; write it out"
        seen.add(key)


def _rule(written: _Written, defaults: dict[str, object]) -> Iterator[Rule | str]:
    keys = [(_name(key), key.start_mark.line + 1) for key, _ in written.node.value]
    errors = [
        written.error(line, f"the key {key!r} stands twice")
        for number, (key, line) in enumerate(keys)
        if key in [earlier for earlier, _ in keys[:number]]
    ]
    try:
        rule = fields.RuleFields.model_validate({**defaults, **_mapping(written.node)})
    except ValidationError as invalid:
        yield from errors
        yield from (written.error(written.line_of(key), problem) for key, problem in fields.complaints(invalid))
        return
    errors += [written.error(written.line_of(key), problem) for key, problem in fields.problems(rule)]
    bad = _examples(written, "bad", rule.bad, errors)
    good = _examples(written, "good", rule.good, errors)
    gaps = _examples(written, "known_gaps", rule.known_gaps, errors)
    if errors:
        yield from errors
        return
    yield Rule(
        id=written.id,
        why=" ".join(rule.why.split()),
        kind=rule.kind,
        zh=tuple(rule.zh),
        flag=rule.flag,
        detect=rule.detect,
        use=tuple(rule.use),
        safe=rule.safe,
        severity=Severity(rule.severity),
        category=rule.category,
        confidence=rule.confidence,
        unless=rule.unless,
        needs=rule.needs,
        when_source=rule.when_source,
        without_source=rule.without_source,
        off=rule.off,
        match_case=rule.match_case,
        options=rule.options,
        bad=bad,
        good=good,
        known_gaps=gaps,
        file=written.file,
        line=written.line,
    )


def _examples(written: _Written, key: str, texts: list[str | dict[str, str]], errors: list[str]) -> tuple[Example, ...]:
    read = []
    for number, text in enumerate(texts):
        line = written.line_of(key, number)
        try:
            read.append(example.read(text, line, marked=key != "good"))
        except ReviewerError as error:
            errors.append(written.error(line, str(error)))
    return tuple(read)


def _mapping(node: yaml.MappingNode) -> dict[str, object]:
    return {_name(key): _plain(value) for key, value in node.value}


def _name(key: yaml.Node) -> str:
    """A key as people see it, also where it is no word: YAML allows lists as keys."""
    return key.value if isinstance(key, yaml.ScalarNode) else "[...]"


def _plain(node: yaml.Node) -> object:
    """The node as plain Python values."""
    if isinstance(node, yaml.MappingNode):
        return _mapping(node)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    if node.tag == "tag:yaml.org,2002:bool":
        return node.value.lower() in ("true", "yes", "on")
    if node.tag in ("tag:yaml.org,2002:float", "tag:yaml.org,2002:int"):
        with suppress(ValueError):  # YAML has numbers that Python has not, such as 0x1f and .inf
            return float(node.value)
    return str(node.value)
