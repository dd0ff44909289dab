"""Puts the rules into the wheel ready to use: so that nobody waits, at the first lint, for thousands of patterns to be read."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ReadyRules(BuildHookInterface[Any]):
    """What hatchling calls when it builds a wheel; an editable installation keeps its rules in the user's cache folder."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the rules, as read by the program of this very tree. Raises ReviewerError where a rule has an error."""
        if version != "standard":
            return
        sys.path.insert(0, self.root)
        from reviewer import rulepack
        from reviewer.rulepack import cache

        self._made = tempfile.TemporaryDirectory()
        file = Path(self._made.name, rulepack.kept_as())
        file.write_bytes(cache.packed(rulepack.load()))
        build_data["force_include"][str(file)] = f"reviewer/rules/{cache.SHIPPED}/{file.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Clears up."""
        if version == "standard":
            self._made.cleanup()
