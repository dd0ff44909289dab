"""Tells the keys and the signs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from textual.content import Content

from reviewer.tui.keys import KEYS, shown
from reviewer.tui.looks import QUIET, SEVERITY_STYLES, SIGNS, WEIGHTS, WORDS


def help_text(changed: Mapping[str, str]) -> Content:
    """All keys, as settings have them, by section; and what the signs mean."""
    return Content("\n").join(_rows(changed))


def _rows(changed: Mapping[str, str]) -> Iterator[Content]:
    for section, keys in groupby(KEYS, key=lambda key: key.section):
        yield Content.styled(section, "bold")
        for key in keys:
            if not key.name.startswith("accept-") or key.name in changed:
                yield Content.assemble((f"  {shown(key, changed):<12}", "bold"), key.said)
            elif key.name == "accept-1":
                yield Content.assemble((f"  {'1 to 9':<12}", "bold"), "accept the fix of that number")
    signs = [f"{SIGNS[state]} {WORDS[state]}" for state in SIGNS]
    weights = [Content.styled(f"{WEIGHTS[severity]} {severity}", style) for severity, style in SEVERITY_STYLES.items()]
    yield Content("\n" + "   ".join(signs))
    yield Content("   ").join(weights)
    yield Content.styled("Ctrl+P finds any of these by name, and changes the theme. Every decision is saved as it is made.", QUIET)
