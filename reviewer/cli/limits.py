"""Says whether the findings of a lint are enough to fail it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from reviewer.cli import options, streams
from reviewer.config import Config
from reviewer.model import Severity
from reviewer.report.tally import Tally

Command = TypeVar("Command", bound=Callable[..., object])


def limits(command: Command) -> Command:
    """--fail-on, --max-per-thousand."""
    for option in (
        click.option(
            "--max-per-thousand",
            type=options.Number(min=0),
            metavar="N",
            help="Exit with 1 only where there are more than N findings a thousand words.",
        ),
        click.option("--fail-on", type=options.SEVERITIES, help="Exit with 1 only for findings at least as severe as this."),
    ):
        command = option(command)
    return command


def failed(tally: Tally, chosen: Config) -> bool:
    """Whether any finding is as severe as `fail_on`, or there are more than so many a thousand words; without both, any finding."""
    fail_on, most = chosen.fail_on, chosen.max_per_thousand
    if most is not None and tally.shown.total() and (tally.density is None or tally.density > most):
        dense = f"{tally.density:.1f} findings a thousand words" if tally.density else "findings, but no words"
        streams.say(f"reviewer: {dense}: more than {most:g}")
        return True
    if fail_on is None:
        return most is None and bool(tally.shown.total())
    return any(tally.shown[severity] for severity in Severity if severity.rank <= fail_on.rank)
