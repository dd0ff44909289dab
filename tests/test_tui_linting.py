"""A file that changed under the review is linted again from the screen: its decisions stay, and nothing stalls."""

from __future__ import annotations

from pathlib import Path

from reviewer.model import ReviewerError, Verdict
from reviewer.store import Store
from reviewer.tui import Settings
from tests.driven import review, seen, session, told
from tests.reviewed import ARTICLE, article, record


async def test_shift_l_lints_the_file_again_and_keeps_decisions(tmp_path: Path) -> None:
    with Store.open(tmp_path / "review.db") as store:
        record(store, article(tmp_path))
        store.decide(2, Verdict.ACCEPT, reviewer="Ana")
        linted: list[Path] = []

        def lint(path: Path) -> None:
            linted.append(path)
            with Store.open(tmp_path / "review.db") as own:  # a thread of its own needs a connection of its own
                record(own, article(tmp_path, lines=("A new first paragraph.", *ARTICLE)))

        article(tmp_path, lines=("A new first paragraph.", *ARTICLE))
        async with review(store, settings=Settings(lint=lint)) as pilot:
            assert "has changed since it was linted; L lints it again" in told(pilot)
            await pilot.press("L")
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            assert "all decisions were kept" in told(pilot)
            assert "A new first paragraph." in seen(pilot)
            assert [one.state for one in session(pilot).findings].count(Verdict.ACCEPT) == 1
        assert linted == [tmp_path / "pears.txt"]


async def test_a_lint_that_fails_is_told_and_changes_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "review.db") as store:
        record(store, article(tmp_path))

        def lint(path: Path) -> None:
            raise ReviewerError(f"{path.name}: no such [b]file[/b]")

        async with review(store, settings=Settings(lint=lint)) as pilot:
            await pilot.press("L")
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            assert "Not linted pears.txt: no such [b]file[/b]" in told(pilot)
            assert "1 of 16" in seen(pilot)
