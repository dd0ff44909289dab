"""A kill of the review screen at any moment: what the screen has acknowledged is in the database, and nothing twice.

`python -m tests.test_tui_kill 100` kills it a hundred times and prints the figures.
"""

from __future__ import annotations

import os
import random
import re
import select
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from reviewer.store import Store
from tests.large_store import make
from tests.review_benchmark import REVIEWER, Terminal

TIMES = 5
FINDINGS = 60
VERDICTS = {b"a": "accept", b"r": "reject"}
COUNTER = re.compile(rb"([\d,]+) decided, [\d,]+ open")
PATIENCE = 30.0
"""Seconds to wait for an acknowledgement before the screen counts as hung."""


class Screen(Terminal):
    """The review screen in a pseudo-terminal, and how many decisions it says there are."""

    def __init__(self, database: Path) -> None:
        super().__init__(database)
        self.decided = -1

    def acknowledged(self, count: int, longest: float = PATIENCE) -> bool:
        """Waits until the counter shows so many decisions; false where it does not in time."""
        end = time.perf_counter() + longest
        seen = b""
        while self.decided < count and (left := end - time.perf_counter()) > 0:
            if select.select([self.fd], [], [], left)[0]:
                seen = seen[-200:] + os.read(self.fd, 1 << 16)
                self.decided = max([self.decided, *(int(found.replace(b",", b"")) for found in COUNTER.findall(seen))])
        return self.decided >= count

    def end(self, how: signal.Signals) -> int:
        """Sends a signal, for SIGHUP by closing the terminal; gives the exit code, less than 0 where the signal killed it."""
        if how is signal.SIGHUP:
            os.close(self.fd)
        else:
            os.kill(self.pid, how)
        end = time.perf_counter() + PATIENCE
        while time.perf_counter() < end:
            if how is not signal.SIGHUP:  # what it still says has to be read, or it would wait for ever to say it
                self._hear()
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.01)
        raise AssertionError(f"{how.name} did not end it")

    def _hear(self) -> None:
        with suppress(OSError):  # the process has gone, and its end of the terminal with it
            if select.select([self.fd], [], [], 0.01)[0]:
                os.read(self.fd, 1 << 16)


class Kept(NamedTuple):
    """What a kill left: the decisions that the screen had acknowledged, those in the database, whether a key was in flight."""

    acknowledged: list[str]
    kept: list[str]
    in_flight: bool


def kill(folder: Path, dice: random.Random, how: signal.Signals = signal.SIGKILL) -> Kept:
    """Decides some findings, a key at a time, ends the process at a random moment, and checks the database."""
    database = folder / "review.db"
    make(database, documents=1, findings=FINDINGS, longest=2 * FINDINGS, seed=dice.randrange(1000))
    with Store.open(database) as store:
        store.keep_habit(REVIEWER, "looks", {"toured": True})
    screen = Screen(database)
    assert screen.acknowledged(0), "it did not start"
    sent: list[str] = []
    last = dice.randint(1, 15)
    for number in range(1, last + 1):
        key = dice.choice((b"a", b"r", b"r", b"s", b"a"))
        os.write(screen.fd, key)
        if key in VERDICTS:
            sent.append(VERDICTS[key])
        if number < last:
            assert screen.acknowledged(len(sent)), f"key {number} of {last} was not acknowledged"
    screen.acknowledged(len(sent), dice.uniform(0, 0.12))  # a key takes about 0.05 s: before, in the middle of it, after
    assert screen.end(how) == (-how if how is signal.SIGKILL else 0)
    return Kept(sent[: screen.decided], checked(database, sent, screen.decided), len(sent) > screen.decided)


def checked(database: Path, sent: list[str], acknowledged: int) -> list[str]:
    """The verdicts in the database, in order: all that were acknowledged, none twice, at most the key in flight more."""
    with closing(sqlite3.connect(database)) as plain:
        assert plain.execute("pragma integrity_check").fetchall() == [("ok",)]
        rows = plain.execute("select finding, verdict from decisions order by id").fetchall()
    kept = [verdict for _, verdict in rows]
    assert kept == sent[: len(kept)], f"{kept} is not what was pressed: {sent}"
    assert acknowledged <= len(kept) <= acknowledged + 1, f"{acknowledged} were acknowledged, {len(kept)} are kept"
    assert len({finding for finding, _ in rows}) == len(rows), "a finding was decided twice"
    with Store.open(database) as store:
        assert store.documents()[0].open == FINDINGS - len(kept)
    return kept


@pytest.mark.parametrize("seed", range(TIMES))
def test_a_kill_at_any_moment_keeps_every_decision_that_was_acknowledged(tmp_path: Path, seed: int) -> None:
    kill(tmp_path, random.Random(seed))


@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGTERM], ids=lambda how: how.name)
def test_a_closed_terminal_keeps_the_decisions_and_ends_the_program_quietly(tmp_path: Path, how: signal.Signals) -> None:
    kill(tmp_path, random.Random(7), how)


def main(times: int) -> None:
    """Kills it so many times; prints the figures."""
    found = []
    for seed in range(times):
        with tempfile.TemporaryDirectory() as folder:
            found.append(kill(Path(folder), random.Random(1000 + seed)))
    acknowledged, kept = (sum(map(len, some)) for some in ([one.acknowledged for one in found], [one.kept for one in found]))
    in_flight = sum(one.in_flight for one in found)
    print(f"{times} kills: {acknowledged} decisions acknowledged, {kept} kept, 0 lost, 0 doubled")
    print(f"a key was in flight at {in_flight} kills, and saved though not yet acknowledged at {kept - acknowledged}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
