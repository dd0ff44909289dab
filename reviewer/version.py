"""Says which version of the program this is."""

from __future__ import annotations

from importlib import metadata


def version() -> str:
    """The version that is installed; empty in a bare checkout."""
    try:
        return metadata.version("reviewer")
    except metadata.PackageNotFoundError:
        return ""
