"""The whole job on the sample that ships with the project: lint, decide in the screen, lint again, export."""

from __future__ import annotations

import difflib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from reviewer.cli import main
from reviewer.model import Verdict
from reviewer.store import Store, StoredFinding
from reviewer.tui import ReviewApp
from tests.test_sample import SAMPLE

DB = Path("review.db")


def call(*arguments: str) -> int:
    with pytest.raises(SystemExit) as done:
        main(arguments)
    return int(done.value.code or 0)


def findings() -> list[StoredFinding]:
    with Store.open(DB, create=False) as store:
        (document,) = store.documents()
        return store.findings(document.id)


async def press(keys: Sequence[str]) -> None:
    """Opens the screen on the database, presses the keys and quits."""
    with Store.open(DB, create=False) as store:
        store.keep_habit("Li", "looks", {"toured": True})
        app = ReviewApp(store, [document.id for document in store.documents()], "Li")
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            for key in keys:
                await pilot.press(key)
            await pilot.press("q")


async def accept(count: int) -> None:
    """Accepts the first fix of the next findings that have one, skipping those that need words of one's own."""
    keys: list[str] = []
    for found in findings():
        if keys.count("a") == count:
            break
        keys.append("a" if found.finding.fixes else "s")
    await press(keys)


async def test_the_sample_is_reviewed_and_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(SAMPLE, "news.txt")
    assert call("lint", "news.txt") == 1
    await accept(10)
    await press(["e", *"!?", "enter", "r", "r", "r", "u"])
    decided = [one for one in findings() if one.state is not Verdict.OPEN]
    states = [one.state.value for one in decided]
    assert (states.count("accept"), states.count("edit"), states.count("reject")) == (10, 1, 2)

    capsys.readouterr()
    assert call("lint", "--format", "jsonl", "news.txt") == 1
    reported = {json.loads(line)["fingerprint"] for line in capsys.readouterr().out.splitlines()}
    assert not reported & {one.finding.fingerprint for one in decided}
    assert len(reported) == len(findings()) - len(decided)
    assert [one for one in findings() if one.state is not Verdict.OPEN] == decided

    assert call("export", "--output", "out", "news.txt") == 0
    original, mended = Path("news.txt").read_text(encoding="utf-8"), Path("out/news.txt").read_text(encoding="utf-8")
    wanted = original
    for one in sorted(decided, key=lambda one: one.in_file.start if one.in_file else 0, reverse=True):
        if one.decision_text is not None and one.in_file:
            wanted = wanted[: one.in_file.start] + one.decision_text + wanted[one.in_file.end :]
    assert mended == wanted != original

    capsys.readouterr()
    assert call("export", "--diff", "news.txt") == 0
    shown = [line for line in capsys.readouterr().out.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    real = [line for line in difflib.ndiff(original.splitlines(), mended.splitlines()) if line[:2] in ("+ ", "- ")]
    assert sorted(line[1:] for line in shown) == sorted(line[2:] for line in real)


async def test_fifty_decisions_on_the_sample_take_21_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("reviewer.toml").write_text('ignore = ["suspects"]\n')  # a suspicion has no fix to accept
    shutil.copy(SAMPLE, "news.txt")
    assert call("lint", "news.txt") == 1
    left = [one.finding for one in findings() if not (one.finding.fixes and one.finding.fixes[0].safe)]
    one_by_one = ["a" if one.fixes else "r" for one in left[:19]]
    await press(["b", "enter", *one_by_one])  # all safe fixes, looked through in one list; then the others
    assert [one.state is not Verdict.OPEN for one in findings()].count(True) == 50
