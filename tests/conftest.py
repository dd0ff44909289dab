"""Options of the test suite."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """--regenerate writes the expected findings of the sample anew."""
    parser.addoption("--regenerate", action="store_true", help="write expected findings anew")
