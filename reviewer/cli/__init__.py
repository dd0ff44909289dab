"""The command line: parses, calls, prints, exits."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

import click

from reviewer.cli import streams
from reviewer.model import ReviewerError
from reviewer.printable import on_one_line

CLEAN, FINDINGS, WRONG, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: no findings; findings; the call or the input is wrong; Ctrl-C."""

COMMANDS = {
    "lint": "linting",
    "review": "reviewing",
    "report": "reporting",
    "export": "exporting",
    "names": "naming",
    "rules": "rules",
    "suspect": "suspects",
    "lm": "installing",
}
"""The commands, and the module of each: imported when it is called, so that none waits for the libraries of the others."""


class ReaderGoneError(Exception):
    """The reader of standard output has seen enough: `reviewer lint ... | head`."""


class Commands(click.Group):
    """Imports a command when it is called."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        """The context of a call; a help page is printed in here."""
        with _leaving_told():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command that is called."""
        with _leaving_told():
            return super().invoke(ctx)

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

    Files are plain text, Markdown (.md), HTML, Word documents (.docx), books (.epub), translations with their source (XLIFF 1.2
    and 2.x, TMX, gettext PO), subtitles (SRT, WebVTT, ASS), tables (CSV, TSV, XLSX: by their columns), or segments with or
    without their Chinese source (.jsonl: one object a line with "id", "target" and, if wanted, "source" and "doc"). A file is
    never changed except by `export --in-place`, which keeps a copy. Findings and decisions live in one SQLite file, review.db
    in the current folder unless --db says otherwise.

    \b
    Exit codes:
      0  clean          1  findings          2  the call or the input is wrong

    Settings are read from [tool.reviewer] in pyproject.toml, or from reviewer.toml, and hold for the files below; the nearest
    file wins, key by key: select, ignore, min-severity,
    min-confidence, fail-on, max-per-thousand, levels and max-annotations (of reports), rules (folders of your own rules), names
    (CSV files of settled names), columns and source-column (of tables), exclude (what is passed over in folders), db, reviewer
    (your name; also the variable REVIEWER_NAME). The command line wins.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line and exits. Whatever a person can mend becomes one line on stderr and exit code 2."""
    streams.open_closed()
    code = CLEAN
    try:
        code = _code(arguments)
        sys.stdout.flush()
    except (ReaderGoneError, BrokenPipeError):
        streams.discard(sys.stdout)
        code = WRONG if code == WRONG else CLEAN
    except OSError as error:
        streams.say(f"reviewer: {error.filename or 'standard output'}: {error.strerror}")
        if not error.filename:
            streams.discard(sys.stdout)
        code = WRONG
    sys.exit(code)


def _code(arguments: Sequence[str] | None) -> int:
    """The exit code of a call, whose complaints have been said."""
    try:
        code = reviewer.main(arguments, prog_name="reviewer", standalone_mode=False)
    except click.exceptions.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        streams.say(_complaint(error))
        return WRONG
    except ReviewerError as error:
        said = str(error)
        for name in arguments or sys.argv[1:]:
            said = said.replace(name, on_one_line(name)) if "\n" in name else said  # a name is no end of a line
        for line in said.split("\n"):
            streams.say(f"reviewer: {line}")
        return WRONG
    return code if isinstance(code, int) else CLEAN


def _complaint(error: click.ClickException) -> str:
    """What is wrong with the call, in one line; the help page where there was no call."""
    if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
        return error.format_message()
    said = re.sub(r"\.? Did you mean (.*)\?", r" (did you mean \1?)", " ".join(error.format_message().split())).rstrip(".")
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "reviewer"
    return f"reviewer: {said[:1].lower()}{said[1:]}; see {command} --help"


@contextmanager
def _leaving_told() -> Iterator[None]:
    """Names a closed pipe for what it is, as click would make exit code 1 of it before anybody could say otherwise."""
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderGoneError from error
