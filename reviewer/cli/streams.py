"""Keeps standard output and standard error usable where they are closed, full, or left by their reader."""

from __future__ import annotations

import os
import sys
from typing import TextIO

import click

from reviewer.printable import printable


def open_closed() -> None:
    """Lets a stream that is closed (`>&-`) be one to nowhere, so that no file we open takes its number and its text."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def say(line: str) -> None:
    """Writes one line to standard error; where that cannot be written to, the exit code has to say it all."""
    try:
        click.echo(printable(line), err=True)
    except OSError:
        discard(sys.stderr)


def discard(stream: TextIO) -> None:
    """Sends to nowhere what a stream still holds: Python would stumble over it again when it exits."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
