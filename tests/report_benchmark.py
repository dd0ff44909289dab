"""Reports 100,000 findings in every form, each in a process of its own, and says how long and how much memory it took:
`python -m tests.report_benchmark`."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from reviewer.report.forms import FORMS
from tests import large_store


def measure(form: str, folder: Path) -> str:
    """A line with the seconds, the peak of memory and the size of the report."""
    output = folder / f"report.{form}"
    call = ["-m", "reviewer", "report", "--db", str(folder / "review.db"), "--format", form, "--output", str(output)]
    begun = time.perf_counter()
    process = os.posix_spawn(sys.executable, [sys.executable, *call], os.environ)
    _, status, used = os.wait4(process, 0)
    assert os.waitstatus_to_exitcode(status) == 1, "there are findings, so a report ends with 1"
    seconds = time.perf_counter() - begun
    return f"{form:10}{seconds:6.1f} s {used.ru_maxrss / 1024:6.0f} MB {output.stat().st_size / 1e6:7.1f} MB written"


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        large_store.make(Path(made) / "review.db")
        for name in FORMS:
            print(measure(name, Path(made)), flush=True)
