"""Keeps compiled regular expressions between runs: to compile those that an article needs takes longer than to lint it.

Python has no way to keep them, so they are taken apart and put together as its own `re.compile` does it. What another Python took
apart is not put together, and nothing is taken apart where its inner parts are not as they are known: then all are compiled.
"""

from __future__ import annotations

import pickle
import platform
import re
import sys
import zlib
from array import array
from typing import Any

_COMPILER: Any = vars(re).get("_compiler")
_PYTHON = zlib.crc32(repr((sys.version, sys.byteorder, platform.machine())).encode()).to_bytes(4, "big")
"""What a kept expression begins with: the compiled form belongs to one version of Python on one kind of machine."""


def kept(regex: str) -> bytes:
    """A valid expression, compiled, to be kept; empty where this Python does not let it be taken apart."""
    try:
        read = _COMPILER._parser.parse(regex)
        code = array("I", _COMPILER._code(read, 0)).tobytes()
        parts = read.state.flags, code, read.state.groups - 1, dict(read.state.groupdict)
    except (AttributeError, TypeError, OverflowError):
        return b""
    return _PYTHON + zlib.compress(pickle.dumps(parts, protocol=5))


def compiled(regex: str, kept: bytes) -> re.Pattern[str]:
    """The compiled expression, from what is kept of it if that is of any use. Raises re.error."""
    if not kept.startswith(_PYTHON):
        return re.compile(regex)
    flags, code, groups, numbers = pickle.loads(zlib.decompress(kept[len(_PYTHON) :]))
    names = {number: name for name, number in numbers.items()}
    in_order = tuple(names.get(number) for number in range(groups + 1))
    pattern: re.Pattern[str] = _COMPILER._sre.compile(regex, flags, array("I", code).tolist(), groups, numbers, in_order)
    return pattern
