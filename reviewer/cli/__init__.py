"""The command line: parses, calls, prints, exits."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from reviewer.model import ReviewerError

CLEAN, FINDINGS, WRONG = 0, 1, 2
"""Exit codes: no findings; findings; the call or the input is wrong."""

COMMANDS = {"lint": "linting", "review": "reviewing", "report": "reporting", "export": "exporting", "rules": "rules"}
"""The commands, and the module of each: imported when it is called, so that none waits for the libraries of the others."""


class Commands(click.Group):
    """Imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"reviewer.cli.{COMMANDS[cmd_name]}"), cmd_name)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="reviewer", message="%(prog)s %(version)s")
def reviewer() -> None:
    """Find likely mistranslations in English that was machine-translated from Chinese, and mend them.

    \b
    The usual way:
      reviewer review news.txt           decide on each finding in the terminal
      reviewer export news.txt --diff    see what the decisions change
      reviewer export news.txt --output corrected/

    \b
    In a script:
      reviewer lint --no-db news.txt     a report; exit code 1 where there are findings
      reviewer lint --format jsonl --no-db pairs.jsonl

    Files are plain text, Markdown (.md), or segments with or without their Chinese source (.jsonl: one object a line with
    "id", "target" and, if wanted, "source" and "doc"). A file is never changed except by `export --in-place`, which
    keeps a copy. Findings and decisions live in one SQLite file, review.db in the current folder unless --db says otherwise.

    \b
    Exit codes:
      0  clean          1  findings          2  the call or the input is wrong

    Settings are read from [tool.reviewer] in pyproject.toml, or from reviewer.toml: select, ignore, min-severity,
    min-confidence, rules (folders of your own rules), db, reviewer (your name; also the variable REVIEWER_NAME).
    The command line wins.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line and exits. Whatever a person can mend becomes one line on stderr and exit code 2."""
    try:
        code = reviewer.main(arguments, prog_name="reviewer", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG)
    except ReviewerError as error:
        for line in str(error).splitlines():
            click.echo(f"reviewer: {line}", err=True)
        sys.exit(WRONG)
    except BrokenPipeError:  # the reader has seen enough: `reviewer lint ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(CLEAN)
    except OSError as error:
        click.echo(f"reviewer: {error.filename or 'standard output'}: {error.strerror}", err=True)
        sys.exit(WRONG)
    sys.exit(code if isinstance(code, int) else CLEAN)
