"""Opens the HTML report of 100,000 findings in a browser, and says how large it is, how soon it can be used, and how soon a filter
has done its work: `python -m tests.page_benchmark`."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import browser, large_store

DRAWN = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
FILTERS = {"severity": "critical", "rule": "terms/water/safety", "only": "on"}


async def measure(page: Path, folder: Path) -> list[str]:
    """A line for each thing that was waited for."""
    program = browser.found()
    assert program, "a Chromium is needed to open the page"
    lines = [f"size {page.stat().st_size / 1e6:.1f} MB"]
    async with browser.page(program, folder) as opened:
        begun = time.perf_counter()
        await opened.call("Page.navigate", url=page.as_uri())
        while not await opened.value("document.readyState === 'complete' && document.getElementById('count')?.value"):
            await asyncio.sleep(0.02)
        await opened.call("Runtime.evaluate", expression=DRAWN, awaitPromise=True)
        lines.append(f"opened in {time.perf_counter() - begun:.2f} s")
        for name, value in FILTERS.items():
            setting = "checked = true" if name == "only" else f"value = {value!r}"
            begun = time.perf_counter()
            await opened.value(f"form.elements.{name}.{setting}; form.dispatchEvent(new Event('change'))")
            await opened.call("Runtime.evaluate", expression=DRAWN, awaitPromise=True)
            count = await opened.value("document.getElementById('count').value")
            lines.append(f"{name} {value}: {count} in {time.perf_counter() - begun:.2f} s")
        heap = await opened.value("Math.round(performance.memory.usedJSHeapSize / 1e6)")
        lines.append(f"{await opened.value('document.querySelectorAll(`*`).length')} elements, {heap} MB of script memory")
    return lines


if __name__ == "__main__":
    with TemporaryDirectory(ignore_cleanup_errors=True) as made:
        store, output = Path(made) / "review.db", Path(made) / "report.html"
        large_store.make(store)
        call = ["report", "--db", str(store), "--format", "html", "--output", str(output)]
        subprocess.run([sys.executable, "-m", "reviewer", *call], check=False)
        print(*asyncio.run(measure(output, Path(made))), sep="\n")
