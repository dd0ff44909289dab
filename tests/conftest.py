"""Options of the test suite, and what all of its processes share."""

from __future__ import annotations

import pytest

from reviewer import rulepack


def pytest_addoption(parser: pytest.Parser) -> None:
    """--regenerate writes the expected findings of the sample anew."""
    parser.addoption("--regenerate", action="store_true", help="write expected findings anew")


def pytest_configure(config: pytest.Config) -> None:
    """Reads the rules once, so that they are kept: else each worker, and each program that a test starts, would do it."""
    if not hasattr(config, "workerinput"):
        rulepack.load_to_run()
