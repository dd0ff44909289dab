"""Measures batches: small files a second with one process and with two, an interruption at half, and the memory of large files.

Not a test: figures depend on the machine. Run it as `python -m tests.batch_benchmark [FILES] [MEGABYTES]...`.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.benchmark import varied

LINES = 2  # of a small file
FOUND = """
    select d.path, f.part, f.ordinal, f."start", f."end", f.rule, f.fingerprint
    from findings f join documents d on d.id = f.document
"""


def small_files(folder: Path, count: int) -> None:
    """Writes that many files of a few lines, a hundred in a folder."""
    dice = random.Random(1)
    lines = [line for line in varied(200_000).split("\n") if line]
    for number in range(count):
        file = folder / f"{number // 100:03}" / f"{number:05}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(dice.choices(lines, k=LINES)) + "\n", encoding="utf-8")


def large_file(file: Path, megabytes: int) -> None:
    """Writes a text of that many MB, whose names differ from one million bytes to the next."""
    left = megabytes * 1_000_000
    with file.open("wb") as out:
        for seed in range(megabytes + 1):
            left -= out.write(varied(180_000, seed).encode()[: min(left, 1_000_000)])


def lint(*arguments: str) -> Sequence[str]:
    """The command line of a lint whose report goes nowhere, measured by GNU time."""
    return ("/usr/bin/time", "-f", "%U %S %M", sys.executable, "-m", "reviewer", "lint", "--format", "jsonl", *arguments)


class Measured(NamedTuple):
    """What a lint took, start-up included: seconds, those of all its processes, and the peak memory in MB of the largest one."""

    seconds: float
    busy: float
    memory: float

    def __str__(self) -> str:
        return f"{self.seconds:.0f} s ({self.busy:.0f} s of processors), {self.memory:.0f} MB at most"


def measured(*arguments: str) -> Measured:
    """What a lint takes."""
    start = time.perf_counter()
    done = subprocess.run(lint(*arguments), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    seconds = time.perf_counter() - start
    assert done.returncode in (0, 1), done.stderr
    user, system, memory = map(float, done.stderr.split()[-3:])
    return Measured(seconds, user + system, memory / 1024)


def interrupted(seconds: float, *arguments: str) -> int:
    """The exit code of a lint that is interrupted, as by Ctrl-C, after some seconds."""
    process = subprocess.Popen(lint(*arguments)[3:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)
    return process.wait()


def found(db: Path) -> list[tuple[object, ...]]:
    """All findings of a database, in order."""
    with sqlite3.connect(db) as connection:
        return sorted(connection.execute(FOUND).fetchall())


def batch(folder: Path, count: int) -> None:
    """Prints how fast a batch of small files is, and whether one that was interrupted ends as one that was not."""
    small_files(folder / "news", count)
    os.chdir(folder)
    for jobs in ("1", "2"):
        took = measured("--db", f"{jobs}.db", "--jobs", jobs, "news")
        print(f"{count:,} small files, --jobs {jobs}: {count / took.seconds:.0f} files/s, {took}", flush=True)
    code = interrupted(took.seconds / 2, "--db", "half.db", "--jobs", "2", "news")
    with sqlite3.connect("half.db") as connection:
        (done,) = connection.execute("select count(*) from documents").fetchone()
    rest = measured("--db", "half.db", "--jobs", "2", "news")
    same = found(Path("half.db")) == found(Path("2.db")) == found(Path("1.db"))
    as_in_one_go = "the same findings" if same else "DIFFERENT FINDINGS"
    print(f"interrupted at {done:,} files (exit code {code}), the rest in {rest}: {as_in_one_go}")
    again = measured("--db", "half.db", "news")
    print(f"once more with nothing changed: {count / again.seconds:.0f} files/s, {again}")


def large(folder: Path, megabytes: int) -> None:
    """Prints the time and memory of one large text, recorded in a database."""
    file = folder / "large.txt"
    large_file(file, megabytes)
    print(f"one text of {megabytes} MB: {measured('--db', str(folder / 'large.db'), str(file))}", flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background ignores it, and so would its children
    numbers = [int(argument) for argument in sys.argv[1:]] or [10_000, 100]
    with tempfile.TemporaryDirectory() as place:
        for each in numbers[1:]:
            large(Path(place), each)
        if numbers[0]:
            batch(Path(place), numbers[0])
