"""Says which keys a rule may have and of what type, and checks what types cannot say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from reviewer.checks.phrase.notation import PatternError
from reviewer.checks.phrase.pattern import parse


class RuleFields(BaseModel):
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
    category: str = Field("accuracy/mistranslation", pattern=r"^[a-z]+(/[a-z-]+)?$")
    confidence: float = Field(0.6, ge=0, le=1)
    unless: str = ""
    needs: str = ""
    when_source: str = ""
    without_source: Literal["silent", "weaker"] = "silent"
    match_case: bool = False
    off: str = ""
    options: dict[str, str] = {}
    bad: list[str | dict[str, str]] = []
    good: list[str | dict[str, str]] = []
    known_gaps: list[str | dict[str, str]] = []

    @field_validator("zh", "use", mode="before")
    @classmethod
    def one_or_many(cls, value: object) -> object:
        """A single text stands for a list of one."""
        return [value] if isinstance(value, str) else value


def complaints(invalid: ValidationError) -> Iterator[tuple[str, str]]:
    """(key, what is wrong with it) for each error of the types."""
    for error in invalid.errors():
        key, kind, message = str(error["loc"][0]), error["type"], error["msg"]
        if kind == "extra_forbidden":
            from difflib import get_close_matches  # only for somebody who mistyped

            near = get_close_matches(key, RuleFields.model_fields, 1)
            help = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(RuleFields.model_fields)}"
            yield key, f"unknown key {key!r}; {help}"
        elif kind == "missing":
            yield key, f"the key {key!r} is missing"
        else:
            yield key, f"{key}: {message[0].lower() + message[1:]}"


def problems(rule: RuleFields) -> Iterator[tuple[str, str]]:
    """(key, what is wrong with it) beyond the types of the values."""
    if rule.kind == "phrase" and not rule.flag:
        yield "flag", "a phrase rule needs a 'flag'"
    if rule.kind != "phrase" and not rule.detect:
        yield "detect", f"a rule of the kind {rule.kind!r} needs a 'detect'"
    for key, notation in (("flag", rule.flag), ("unless", rule.unless), ("needs", rule.needs)):
        try:
            pattern = parse(notation, match_case=key == "flag" and rule.match_case) if notation else None
            if pattern and key == "flag" and pattern.says_nothing:
                yield key, "every alternative of the flag needs a whole word to look for"
        except PatternError as error:
            yield key, f"{key}: {error}"
    try:
        re.compile(rule.when_source)
    except re.error as error:
        yield "when_source", f"when_source: {error}"
