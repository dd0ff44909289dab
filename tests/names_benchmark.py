"""Measures the ledger: time and peak memory to gather the names of many documents and to pair the spellings that are alike.

Not a test: figures depend on the machine. Run it as `python -m tests.names_benchmark [DOCUMENTS] [NAMES]`.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from reviewer.checks.names import alike
from reviewer.checks.pinyin import SURNAMES, SYLLABLES
from reviewer.cli.naming import gather
from reviewer.model import Document, Segment
from reviewer.store import Store

_KINDS = ("Institute", "University", "Association", "Commission", "Foundation", "Committee", "Museum", "Forum")
_FIELDS = ("Marine", "Rural", "Digital", "Medical", "Harbour", "Forest", "Legal", "Music", "Energy", "Youth")
_PLACES = 12  # names in a document


def made_up(count: int, seed: int = 1) -> list[str]:
    """That many different names: people, places, institutions."""
    dice = random.Random(seed)
    surnames, syllables = sorted(SURNAMES), sorted(SYLLABLES)
    found: dict[str, None] = {}
    while len(found) < count:
        person = f"{dice.choice(surnames)} {''.join(dice.choices(syllables, k=2)).capitalize()}"
        place = "".join(dice.choices(syllables, k=3)).capitalize()
        found[dice.choice((person, person, place, f"{place} {dice.choice(_FIELDS)} {dice.choice(_KINDS)}"))] = None
    return list(found)


def documents(count: int, names: list[str], seed: int = 2) -> Iterator[Document]:
    """Documents that mention a dozen names each, every name in one of them at least."""
    dice = random.Random(seed)
    for number in range(count):
        chosen = names[number * len(names) // count : (number + 1) * len(names) // count]
        chosen += dice.choices(names, k=max(0, _PLACES - len(chosen)))
        lines = [
            f"The board met {one} on Monday, and {other} said no." for one, other in zip(chosen[::2], chosen[1::2], strict=False)
        ]
        yield Document(Path(f"{number}.txt"), "text", tuple(Segment(str(at), line) for at, line in enumerate(lines)))


def measure(count: int, distinct: int) -> None:
    """Prints what gathering and pairing take."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder, "review.db")) as store:
        run = store.start_run("lint")
        for document in documents(count, made_up(distinct)):
            store.record(document, (), run, sha256=str(document.path), encoding="utf-8")
        store.finish_run(run)
        start = time.perf_counter()
        gather(store, store.ledger())
        gathered = time.perf_counter()
        weights = store.ledger().weights()
        pairs = sum(1 for _ in alike.pairs(weights))
        paired = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count:,} documents: {gathered - start:.1f} s to gather {len(weights):,} spellings")
    print(f"{pairs:,} pairs alike: {paired - gathered:.1f} s; {memory:.0f} MB at most")


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, int(sys.argv[2]) if len(sys.argv) > 2 else 200_000)
