"""What other tools call the severities: what their reports may say, and say unless the settings want something else."""

from __future__ import annotations

from collections.abc import Mapping

from reviewer.model import Severity

NONE = "none"
"""The level of what a report leaves out."""

KNOWN = {
    "sarif": ("error", "warning", "note"),
    "junit": ("failure", "error", "skipped"),
    "github": ("error", "warning", "notice"),
    "gitlab": ("blocker", "critical", "major", "minor", "info"),
}
"""The levels of each report, beside NONE."""

MOST = 10
"""Annotations of a level that GitHub shows of one step of a workflow."""

Levels = Mapping[str, Mapping[Severity, str]]
"""By the name of a report, the level of each severity."""

USUAL: Levels = {
    "sarif": {Severity.CRITICAL: "error", Severity.MAJOR: "warning", Severity.MINOR: "note"},
    "junit": dict.fromkeys(Severity, "failure"),
    "github": {Severity.CRITICAL: "error", Severity.MAJOR: "warning", Severity.MINOR: "notice"},
    "gitlab": {Severity.CRITICAL: "critical", Severity.MAJOR: "major", Severity.MINOR: "minor"},
}


def read(value: object, others: Levels, errors: list[str]) -> Levels:
    """The levels that a table of the settings wants, such as {"junit": {"minor": "skipped"}}, over `others`.

    What is wrong with it goes to `errors`, in words that name the key.
    """
    if not isinstance(value, dict):
        errors.append('levels is a table of tables, as in [levels.junit] minor = "skipped"')
        return others
    found = dict(others)
    for report, table in value.items():
        if report not in KNOWN:
            errors.append(f"levels.{report}: there is no such report; there are {', '.join(KNOWN)}")
        elif not isinstance(table, dict):
            errors.append(f'levels.{report} is a table, as in [levels.{report}] minor = "{KNOWN[report][-1]}"')
        else:
            said = {name: level for name, level in table.items() if _is_sound(report, name, level, errors)}
            found[report] = {**found[report], **{Severity(name): level for name, level in said.items()}}
    return found


def _is_sound(report: str, name: str, level: object, errors: list[str]) -> bool:
    if name not in list(Severity):
        errors.append(f"levels.{report}.{name}: there is no such severity; there are {', '.join(Severity)}")
        return False
    if level not in (*KNOWN[report], NONE):
        errors.append(f"levels.{report}.{name} is one of {', '.join((*KNOWN[report], NONE))}")
        return False
    return True
