"""The program among others: pipes whose reader leaves, streams that are closed or full, signals."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reviewer.store import Store
from tests.test_cli_lint import BAD, GOOD


@pytest.fixture(autouse=True)
def in_a_folder_with_two_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.txt").write_text(f"{BAD}\n" * 3000)
    Path("good.txt").write_text(GOOD)


def shell(line: str) -> tuple[int, str, str]:
    """(exit code of the reviewer, standard output, standard error) of a shell line."""
    command = f'{line.replace("reviewer", f"{sys.executable} -m reviewer", 1)}; exit "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("call", ["lint --no-db bad.txt", "lint bad.txt", "lint --format jsonl --no-db bad.txt", "rules list"])
def test_a_reader_that_stops_early_is_no_error(call: str) -> None:
    code, out, err = shell(f"reviewer {call} | head -1")
    assert (code, out.count("\n"), err) == (0, 1, "")


def test_the_record_is_complete_though_the_reader_stops_early() -> None:
    assert shell("reviewer lint --select calques bad.txt missing.txt | head -1")[0] == 2
    with Store.open(Path("review.db"), create=False) as store:
        (document,) = store.documents()
        assert (document.total, document.sha256 != "") == (3000, True)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("reviewer lint --no-db bad.txt >&-", 1),
        ("reviewer lint --no-db good.txt <&- >&- 2>&-", 0),
        ("reviewer lint --no-db missing.txt 2>&-", 2),
        ("reviewer rules list calques/policy >&- 2>&-", 0),
    ],
)
def test_a_closed_stream_takes_what_it_gets(line: str, code: int) -> None:
    assert shell(line) == (code, "", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_said_where_anybody_can_hear_it() -> None:
    assert shell("reviewer lint --no-db good.txt > /dev/full") == (2, "", "reviewer: standard output: No space left on device\n")
    assert shell("reviewer lint --no-db missing.txt 2> /dev/full") == (2, "", "")


HEARD = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from reviewer.__main__ import main
main()
"""
"""The program as where nobody has told it to pass over an interrupt, as shells tell what they run in the background."""


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_leaves_no_trace_and_no_half_of_a_report(number: signal.Signals, code: int) -> None:
    Path("bad.txt").write_text(f"{BAD}\n" * 100_000)
    command = [sys.executable, "-c", HEARD, "lint", "--no-db", "--output", "report.txt", "bad.txt"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        while not list(Path().glob(".reviewer-*")):  # the report has been begun
            time.sleep(0.02)
        program.send_signal(number)
        out, err = program.communicate(timeout=60)
    assert (program.returncode, out, err.strip()) == (code, "", "")
    assert sorted(path.name for path in Path().iterdir()) == ["bad.txt", "good.txt"]


def test_an_interrupt_while_the_program_loads_leaves_no_trace() -> None:
    interrupted = """
import sys
class Interrupt:
    def find_spec(self, name, path, target=None):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupt())
from reviewer.__main__ import main
main()
"""
    done = subprocess.run([sys.executable, "-c", interrupted], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "")
