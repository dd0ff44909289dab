"""Tells what findings depend on beside the file: where that has not changed either, it need not be linted again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import reviewer
from reviewer import rulepack
from reviewer.config import Config

LINTS = ("checks", "formats", "rulepack", "engine.py", "fingerprints.py", "model.py")
"""The parts of the program that findings depend on."""


def settings(chosen: Config, asked: str = "") -> str:
    """A hash of all that findings depend on beside the file: rules, settled names, options, the program, and
    the language model that is `asked`.
    """
    digest = hashlib.sha256()
    digest.update(repr((rulepack.kept_as(chosen.rules), *chosen.lints[2:], asked)).encode())
    top = Path(str(reviewer.__file__)).parent
    code = [file for name in LINTS for file in (sorted((top / name).rglob("*.py")) if (top / name).is_dir() else [top / name])]
    for file in (*code, *chosen.names):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:32]
