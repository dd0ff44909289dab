"""Turns rules/**/*.yaml into rules; every error names the file, the line and what to do, and all errors come at once."""

from __future__ import annotations

import difflib
import fnmatch
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from reviewer import assets
from reviewer.checks.pattern import PatternError, parse
from reviewer.model import Example, ReviewerError, Rule, Severity, Span

DEFAULTS = "defaults"  # the key of a file under which stands what all its rules share
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_CATEGORY = r"^[a-z]+(/[a-z-]+)?$"


class _RuleFields(BaseModel):
    """What may stand under a rule's key."""

    model_config = ConfigDict(extra="forbid", strict=True)

    why: str = Field(min_length=1)
    kind: str = "phrase"
    zh: list[str] = []
    flag: str = ""
    detect: str = ""
    use: list[str] = []
    safe: bool = False
    severity: Literal["critical", "major", "minor"] = "minor"
    category: str = Field("accuracy/mistranslation", pattern=_CATEGORY)
    confidence: float = Field(0.6, ge=0, le=1)
    unless: str = ""
    needs: str = ""
    when_source: str = ""
    without_source: Literal["silent", "weaker"] = "silent"
    match_case: bool = False
    options: dict[str, str] = {}
    bad: list[str | dict[str, str]] = []
    good: list[str | dict[str, str]] = []
    known_gaps: list[str | dict[str, str]] = []

    @field_validator("zh", "use", mode="before")
    @classmethod
    def one_or_many(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value


def load(folders: Sequence[Path] = (), *, compile_patterns: bool = False) -> tuple[Rule, ...]:
    """All rules of the given folders, by default those that come with the program; a later folder overrides an earlier one.

    `compile_patterns` compiles every regular expression now rather than when its words are met. Raises ReviewerError with
    one line an error.
    """
    rules: dict[str, Rule] = {}
    errors: list[str] = []
    for folder in folders or (assets.folder("rules"),):
        if not folder.is_dir():
            raise ReviewerError(f"{folder}: no such folder of rules")
        for file in sorted([*folder.rglob("*.yaml"), *folder.rglob("*.yml")]):
            for outcome in _file(file, file.relative_to(folder).with_suffix("").as_posix(), compile_patterns):
                if isinstance(outcome, Rule):
                    rules[outcome.id] = outcome
                else:
                    errors.append(outcome)
    if errors:
        raise ReviewerError("\n".join(errors))
    return tuple(rules.values())


def choose(rules: Sequence[Rule], select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules whose id is, lies under, or matches (`*`) one of `select` (all, if empty) and none of `ignore`.

    Raises ReviewerError for a name that no rule answers to.
    """

    def answers(rule: Rule, name: str) -> bool:
        return rule.id == name or rule.id.startswith(name.rstrip("/") + "/") or fnmatch.fnmatchcase(rule.id, name)

    for name in (*select, *ignore):
        if not any(answers(rule, name) for rule in rules):
            near = difflib.get_close_matches(name, [rule.id for rule in rules], 1, 0.5)
            raise ReviewerError(f"no rule is called {name!r}" + (f"; did you mean {near[0]}?" if near else ""))
    return tuple(
        rule
        for rule in rules
        if (not select or any(answers(rule, name) for name in select)) and not any(answers(rule, name) for name in ignore)
    )


def _file(file: Path, stem: str, compile_patterns: bool) -> Iterator[Rule | str]:
    """The rules of one file, and a line for each error in it."""
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), Loader=_Loader)
    except UnicodeDecodeError as error:
        yield f"{file}: not UTF-8 at byte {error.start}: save it as UTF-8"
        return
    except OSError as error:
        yield f"{file}: {error.strerror}"
        return
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        yield f"{file}:{mark.line + 1 if mark else 1}: not YAML: {getattr(error, 'problem', None) or error}"
        return
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        yield f"{file}:1: a rule file is a mapping from rule keys to rules"
        return
    defaults: dict[str, Any] = {}
    seen: set[str] = set()
    for key, node in root.value:
        line = key.start_mark.line + 1
        if key.value in seen:
            yield f"{file}:{line}: the key {key.value!r} stands twice"
        elif not _KEY.match(key.value):
            yield f"{file}:{line}: the key {key.value!r} is not lower-case words joined by hyphens"
        elif not isinstance(node, yaml.MappingNode):
            yield f"{file}:{line}: {key.value} is not a mapping of a rule's keys"
        elif twice := _twice(node):
            yield f"{file}:{twice.start_mark.line + 1}: {key.value}: the key {twice.value!r} stands twice"
        elif key.value == DEFAULTS:
            defaults = _plain(node)
        else:
            yield from _rule(f"{stem}/{key.value}", defaults, node, file, line, compile_patterns)
        seen.add(key.value)


def _twice(node: yaml.MappingNode) -> yaml.Node | None:
    seen = set()
    for key, _ in node.value:
        if key.value in seen:
            return key  # type: yaml.Node
        seen.add(key.value)
    return None


def _item_lines(node: yaml.Node) -> list[int]:
    return [item.start_mark.line + 1 for item in node.value] if isinstance(node, yaml.SequenceNode) else []


def _plain(node: yaml.Node) -> Any:
    """The node as plain Python values."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    if node.tag == "tag:yaml.org,2002:bool":
        return node.value.lower() in ("true", "yes", "on")
    if node.tag in ("tag:yaml.org,2002:float", "tag:yaml.org,2002:int"):
        return float(node.value)
    return node.value


def _rule(id: str, defaults: dict[str, Any], node: yaml.MappingNode, file: Path, line: int, compile_patterns: bool) -> Iterator[Rule | str]:
    name = id.rsplit("/", 1)[1]
    lines = {key.value: key.start_mark.line + 1 for key, _ in node.value}
    try:
        fields = _RuleFields.model_validate({**defaults, **_plain(node)})
    except ValidationError as invalid:
        for error in invalid.errors():
            key = str(error["loc"][0])
            yield f"{file}:{lines.get(key, line)}: {name}: {_complaint(key, error['type'], error['msg'])}"
        return
    problems = list(_problems(fields, compile_patterns))
    examples: dict[str, list[Example]] = {}
    for group in ("bad", "good", "known_gaps"):
        item_lines = {key.value: _item_lines(value) for key, value in node.value}
        examples[group] = []
        for number, text in enumerate(getattr(fields, group)):
            at = item_lines.get(group, [])[number : number + 1] or [line]
            try:
                examples[group].append(example(text, at[0], marked=group != "good"))
            except ReviewerError as error:
                problems.append((group, str(error)))
                lines[group] = at[0]
    for key, problem in problems:
        yield f"{file}:{lines.get(key, line)}: {name}: {problem}"
    if not problems:
        plain = fields.model_dump(exclude={"bad", "good", "known_gaps", "zh", "use", "severity"})
        yield Rule(
            id=id,
            **plain,
            zh=tuple(fields.zh),
            use=tuple(fields.use),
            severity=Severity(fields.severity),
            **{group: tuple(some) for group, some in examples.items()},
            file=file,
            line=line,
        )


def _complaint(key: str, kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(key, _RuleFields.model_fields, 1)
        return f"unknown key {key!r}" + (f"; did you mean {near[0]!r}?" if near else "")
    if kind == "missing":
        return f"the key {key!r} is missing"
    return f"{key}: {message[0].lower() + message[1:]}"


def _problems(fields: _RuleFields, compile_patterns: bool) -> Iterator[tuple[str, str]]:
    """(key, what is wrong with it) beyond the types of the values."""
    if fields.kind == "phrase" and not fields.flag:
        yield "flag", "a phrase rule needs a 'flag'"
    if fields.kind != "phrase" and not fields.detect:
        yield "detect", f"a rule of the kind {fields.kind!r} needs a 'detect'"
    for key in ("flag", "unless", "needs"):
        notation = getattr(fields, key)
        try:
            pattern = parse(notation, match_case=key == "flag" and fields.match_case) if notation else None
            if pattern and compile_patterns:
                _ = pattern.compiled
            if pattern and key == "flag" and not pattern.anchors:
                yield key, "the flag holds no whole word of three letters to look for"
        except PatternError as error:
            yield key, f"{key}: {error}"
    try:
        re.compile(fields.when_source)
    except re.error as error:
        yield "when_source", f"when_source: {error}"


def example(text: str | dict[str, str], line: int = 0, *, marked: bool = True) -> Example:
    """Reads an example: lines are segments, [[...]] the marked words, `=>` comes before the mended text.

    As a mapping, `en` is that text and `zh` the Chinese beside it, a line a segment. Raises ReviewerError.
    """
    if isinstance(text, dict):
        if set(text) - {"en", "zh"} or "en" not in text:
            raise ReviewerError("an example is a text, or a mapping with 'en' and 'zh'")
        english, chinese = text["en"], text.get("zh", "").strip("\n").split("\n")
    else:
        english, chinese = text, []
    before, arrow, after = english.strip("\n").partition("=>")
    targets, spans = [], []
    for row in before.rstrip(" " if arrow else "").split("\n"):
        target, found = _marks(row)
        targets.append(target)
        spans.append(found)
    if marked and not any(spans):
        raise ReviewerError(f"a bad example marks no [[words]]: {english[:60]!r}")
    sources = [*chinese, *[""] * len(targets)][: len(targets)]
    fixed = after.strip() if arrow else None
    return Example(tuple(targets), tuple(source or None for source in sources), tuple(spans), fixed, line)


def _marks(row: str) -> tuple[str, tuple[Span, ...]]:
    """A line without its [[ and ]], and the spans between them."""
    pieces = re.split(r"\[\[|\]\]", row)
    if len(pieces) % 2 == 0 or row.count("[[") != row.count("]]"):
        raise ReviewerError(f"[[ and ]] do not pair up: {row[:60]!r}")
    text, spans = "", []
    for number, piece in enumerate(pieces):
        if number % 2:
            spans.append(Span(len(text), len(text) + len(piece)))
        text += piece
    return text, tuple(spans)
