"""Measures linting: words a second and peak memory over a million words, and the time of one short file.

Not a test: figures depend on the machine. Run it as `python -m tests.benchmark [WORDS]`.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLE = Path(__file__).resolve().parent.parent / "docs" / "sample" / "news.txt"
NAMES = ("Qinglan", "Haibei", "Nanwan", "Shangping", "Haisheng", "Haishen", "Dashan", "Da Shan", "Lanying", "Baibai")
SYLLABLES = "bai cheng dong feng gao hai jing kang lin ming ning ping qing rong shan tao wen xing yun zhen".split()


def varied(words: int, seed: int = 1) -> str:
    """The sample again and again, under other names, until it has that many words."""
    sample, dice = SAMPLE.read_text(encoding="utf-8"), random.Random(seed)
    copies: list[str] = []
    for _ in range(1 + words // len(sample.split())):
        copy = sample
        for name in NAMES:
            copy = copy.replace(name, "".join(dice.choices(SYLLABLES, k=2)).title())
        copies.append(copy)
    return "\n\n".join(copies)


def lint(text: str) -> tuple[float, float]:
    """(seconds, peak memory in MB) of one `reviewer lint` process, start-up included."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "text.txt")
        file.write_text(text, encoding="utf-8")
        start = time.perf_counter()
        options = ["--no-db", "--format", "jsonl", "--output", str(Path(folder, "out"))]
        done = subprocess.run([sys.executable, "-m", "reviewer", "lint", *options, str(file)], check=False)
        seconds = time.perf_counter() - start
    assert done.returncode in (0, 1), "the lint failed"
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    short = " ".join(SAMPLE.read_text(encoding="utf-8").split()[:100])
    lint(short)  # the first run reads all rules from their files, the next ones from the cache
    times = sorted(lint(short)[0] for _ in range(5))
    print(f"100 words: {times[2]:.2f} s (median of 5, start-up included)")
    long = varied(wanted)
    count = len(long.split())
    seconds, memory = lint(long)
    print(f"{count:,} words: {seconds:.1f} s, {count / seconds:,.0f} words/s, {memory:.0f} MB at most")
