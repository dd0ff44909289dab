"""Several reviewers on one database, and a kill at any moment: nothing blocks, nothing is overwritten, nothing is lost."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from reviewer.model import Verdict
from reviewer.store import Store
from tests.stored import LINES, document, lint

ROOT = Path(__file__).parent.parent
OPENING = """
import os, signal, sys
from pathlib import Path
from reviewer.model import Verdict
from reviewer.store import Store
from tests.stored import LINES, document, findings, lint
path = Path(sys.argv[1])
store = Store.open(path)
"""


def start(path: Path, script: str, *arguments: str) -> subprocess.Popen[str]:
    """Another process with the database open as `store`, running a script."""
    code = OPENING + textwrap.dedent(script)
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path), *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )


def sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as plain:
        return (
            plain.execute("pragma integrity_check").fetchall() == [("ok",)]
            and not plain.execute("pragma foreign_key_check").fetchall()
        )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "review.db") as store:
        lint(store, document(tmp_path / "pears.txt"))
    return tmp_path / "review.db"


def test_reviewers_see_each_other_s_decisions(path: Path) -> None:
    with Store.open(path) as ana, Store.open(path) as bo:
        before = bo.changes()
        ana.decide(1, Verdict.ACCEPT, reviewer="Ana")
        assert bo.changes() != before
        assert (bo.finding(1).state, bo.finding(1).reviewer) == (Verdict.ACCEPT, "Ana")
        bo.decide(1, Verdict.REJECT, reviewer="Bo")
        assert [one.reviewer for one in ana.history(1)] == ["Ana", "Bo"]


def test_processes_that_decide_at_once_lose_no_decision(path: Path) -> None:
    script = """
        for _ in range(40):
            for finding in (1, 2, 3):
                store.decide(finding, Verdict.REJECT, reviewer=sys.argv[2])
            store.undo(sys.argv[2])
    """
    others = [start(path, script, name) for name in ("Ana", "Bo", "Cy")]
    assert [(other.communicate()[1], other.returncode) for other in others] == [("", 0)] * 3
    with Store.open(path) as store:
        said = Counter(one.reviewer for finding in (1, 2, 3) for one in store.history(finding))
    assert all(120 <= said[name] <= 160 for name in ("Ana", "Bo", "Cy"))
    assert sound(path)


def test_processes_that_make_one_database_at_once_all_succeed(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    others = [start(path, f"lint(store, document(path.parent / 'pears{number}.txt'))") for number in range(4)]
    assert [(other.communicate()[1], other.returncode) for other in others] == [("", 0)] * 4
    with Store.open(path) as store:
        assert len(store.documents()) == 4


def test_a_kill_loses_no_decision_that_was_made(path: Path) -> None:
    script = """
        number = 0
        while True:
            number += 1
            store.decide(1, Verdict.EDIT, text=str(number), reviewer="Ana")
            print(number, flush=True)
    """
    other = start(path, script)
    assert other.stdout is not None
    for _ in range(20):
        seen = int(other.stdout.readline())
    other.kill()
    rest = other.communicate()[0].split()
    assert other.returncode == -signal.SIGKILL
    last = int(rest[-1]) if rest else seen
    with Store.open(path) as store:
        kept = [int(one.text or 0) for one in store.history(1)]
        assert kept == list(range(1, len(kept) + 1))
        assert last <= len(kept) <= last + 1
        assert store.undo("Ana") is not None
    assert sound(path)


def test_a_kill_in_the_middle_of_recording_leaves_the_last_lint_whole(path: Path) -> None:
    with Store.open(path) as store:
        store.decide(1, Verdict.ACCEPT, reviewer="Ana")
    script = """
        from reviewer.store import recording
        whole = recording._segment_rows

        def broken(*arguments):
            for number, row in enumerate(whole(*arguments)):
                if number == 1500:
                    os.kill(os.getpid(), signal.SIGKILL)
                yield row

        recording._segment_rows = broken
        lint(store, document(path.parent / "pears.txt", LINES[1:] * 1000), sha256="bb22")
    """
    other = start(path, script)
    other.communicate()
    assert other.returncode == -signal.SIGKILL
    with Store.open(path) as store:
        (found,) = store.documents()
        assert (found.sha256, found.segments, found.total, found.accepted) == ("aa11", 3, 3, 1)
        assert [one.target for one in store.segments(1)] == list(LINES)
    assert sound(path)


@pytest.mark.parametrize("lints", [3, 7])
def test_a_kill_at_any_moment_leaves_one_lint_or_the_other(path: Path, lints: int) -> None:
    script = """
        while True:
            for lines, sha256 in ((LINES[:1] * 400, "one"), (LINES[1:] * 400, "two")):
                lint(store, document(path.parent / "pears.txt", lines), sha256=sha256)
                print(sha256, flush=True)
    """
    other = start(path, script)
    assert other.stdout is not None
    for _ in range(lints):
        other.stdout.readline()
    other.kill()
    other.communicate()
    with Store.open(path) as store:
        (found,) = store.documents()
        words = {one.finding.text for one in store.findings(1)}
        first = store.segments(1, 0, 1)[0].target
    assert (found.sha256, found.segments, words, first) in [
        ("one", 400, {"combination punches"}, LINES[0]),
        ("two", 800, {"fragrant", "three-wheeled car"}, LINES[1]),
    ]
    assert sound(path)
