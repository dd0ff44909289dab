"""Draws docs/report-page.png, the HTML report of the sample article: `python -m tests.page_picture`."""

from __future__ import annotations

import asyncio
import base64
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import browser

DOCS = Path(__file__).parent.parent / "docs"
WIDTH, HEIGHT = 1200, 1350


async def picture(folder: Path) -> bytes:
    """The first screen of the report in a browser, as PNG."""
    page = folder / "report.html"
    lint = ["lint", "--no-db", "--format", "html", "--output", str(page), "news.txt"]
    subprocess.run([sys.executable, "-m", "reviewer", *lint], cwd=DOCS / "sample", check=False)
    program = browser.found()
    assert program, "a Chromium is needed to draw the page"
    async with browser.page(program, folder) as opened:
        await opened.call("Emulation.setDeviceMetricsOverride", width=WIDTH, height=HEIGHT, deviceScaleFactor=1, mobile=True)
        await opened.call("Page.navigate", url=page.as_uri())
        await opened.until("document.readyState === 'complete' && location.protocol === 'file:'")
        return base64.b64decode((await opened.call("Page.captureScreenshot", format="png"))["data"])


if __name__ == "__main__":
    with TemporaryDirectory(ignore_cleanup_errors=True) as made:
        (DOCS / "report-page.png").write_bytes(asyncio.run(picture(Path(made))))
