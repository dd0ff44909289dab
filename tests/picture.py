"""Draws docs/review-screen.svg from the sample article: `python -m tests.picture`."""

from __future__ import annotations

import asyncio
import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from reviewer import engine, formats
from reviewer.cli.options import rules_of, settings
from reviewer.formats.encoding import sha256
from reviewer.store import Store
from reviewer.tui import ReviewApp

DOCS = Path(__file__).parent.parent / "docs"
SIZE = (120, 36)
KEYS = ("a", "a", "a", "2", "r", "a")


async def picture(folder: Path) -> str:
    """The screen after a few decisions, as SVG."""
    os.environ.pop("NO_COLOR", None)
    os.environ["COLORTERM"] = "truecolor"
    file = Path(shutil.copy(DOCS / "sample" / "news.txt", folder))
    with Store.open(folder / "review.db") as store:
        checker = engine.compile(rules_of(settings()))
        run = store.start_run("lint")
        for document in formats.read(file):
            store.record(document, engine.review(document, checker), run, sha256=sha256(file), encoding="utf-8")
        store.finish_run(run)
        store.keep_habit("Ana", "looks", {"toured": True})
        app = ReviewApp(store, [document.id for document in store.documents()], "Ana")
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press(*KEYS)
            await pilot.pause()
            return app.export_screenshot(title="reviewer review news.txt")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        drawn = asyncio.run(picture(Path(folder)))
    (DOCS / "review-screen.svg").write_text(drawn, encoding="utf-8")
