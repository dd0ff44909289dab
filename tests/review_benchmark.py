"""Measures the review screen on a large database, from outside: first paint, key press to repainted screen, memory.

Not a test: figures depend on the machine. Run it as `python -m tests.review_benchmark [KEYS]`. It makes a database of 500
documents, 100,000 findings and one document of 20,000 paragraphs, and drives `reviewer review` in a pseudo-terminal.
"""

from __future__ import annotations

import fcntl
import os
import pty
import random
import select
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

from reviewer.store import Store
from tests.large_store import make

ROOT = Path(__file__).parent.parent
SIZE = (50, 160)
QUIET = 0.1
"""Seconds without output after which a screen counts as painted."""
KEYS = b"aaaarrssnnppjku1"
REVIEWER = "Ana"


class Terminal:
    """`reviewer review` in a pseudo-terminal."""

    def __init__(self, database: Path) -> None:
        self.pid, self.fd = pty.fork()
        if not self.pid:
            os.chdir(database.parent)
            os.environ |= {"TERM": "xterm-256color", "REVIEWER_NAME": REVIEWER, "PYTHONPATH": str(ROOT)}
            os.execv(sys.executable, [sys.executable, "-m", "reviewer", "review", "--db", str(database)])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))

    def painted(self, marker: bytes = b"", longest: float = 30.0) -> float:
        """Waits until the screen has been painted; gives the seconds until its last byte came. `marker` has to be in it."""
        start = last = time.perf_counter()
        seen = b""
        while time.perf_counter() - start < longest:
            ready, _, _ = select.select([self.fd], [], [], QUIET)
            if ready:
                seen += os.read(self.fd, 1 << 16)
                last = time.perf_counter()
            elif seen and marker in seen:
                return last - start
        return last - start

    def press(self, key: bytes) -> float:
        """Presses a key; gives the seconds until the screen was repainted."""
        os.write(self.fd, key)
        return self.painted()

    def quit(self) -> float:
        """Quits; gives the peak memory of the process in MB."""
        os.write(self.fd, b"q")
        end = time.perf_counter() + 5
        while time.perf_counter() < end:
            try:
                if select.select([self.fd], [], [], 1)[0] and not os.read(self.fd, 1 << 16):
                    break
            except OSError:
                break
        _, _, usage = os.wait4(self.pid, 0)
        return usage.ru_maxrss / 1024


def quantile(times: list[float], share: float) -> float:
    """The time that such a share of the presses did not exceed, in milliseconds."""
    return 1000 * sorted(times)[min(len(times) - 1, int(share * len(times)))]


def _time(where: str, terminal: Terminal, presses: int) -> None:
    dice = random.Random(1)
    times = [terminal.press(bytes([dice.choice(KEYS)])) for _ in range(presses)]
    middle, most, worst = quantile(times, 0.5), quantile(times, 0.95), 1000 * max(times)
    print(f"{where}: {presses} keys, median {middle:.0f} ms, 95% {most:.0f} ms, worst {worst:.0f} ms")


def measure(database: Path, presses: int) -> None:
    """Prints the figures."""
    with Store.open(database) as store:
        store.keep_habit(REVIEWER, "looks", {"toured": True})
    paints = []
    for _ in range(3):
        start = time.perf_counter()
        terminal = Terminal(database)
        terminal.painted(b"decided")
        paints.append(time.perf_counter() - start - QUIET)
        terminal.quit()
    print(f"first paint: {sorted(paints)[1]:.2f} s (median of 3, start-up included)")
    terminal = Terminal(database)
    terminal.painted(b"decided")
    terminal.painted(longest=3)  # the other documents are read now
    _time("among 500 documents", terminal, presses)
    for key in (b"d", b"\x1b[F", b"\r"):  # the last of all documents
        terminal.press(key)
    _time("in the document of 20,000 paragraphs", terminal, presses)
    print(f"memory: {terminal.quit():.0f} MB at most")


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "large.db")
        make(file)
        measure(file, wanted)
