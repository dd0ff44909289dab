"""The whole way of a translator's files: lint, accept in the screen, export, and the same again."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from reviewer import formats
from reviewer.model import Verdict
from reviewer.store import Store
from tests.driven import review
from tests.mended import DATA, targets
from tests.test_cli_lint import run

RULE = "calques/policy/combination-fists"
FILES = ("news.html", "news-1.2.xlf", "news-2.0.xlf", "memory.tmx", "news.docx", "news.epub")


@pytest.fixture(autouse=True)
def in_a_folder_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in FILES:
        shutil.copy(DATA / name, tmp_path)


async def accept_all() -> int:
    """Accepts the first fix of each finding in the review screen; gives their number."""
    with Store.open(Path("review.db"), create=False) as store:
        async with review(store) as pilot:
            count = sum(document.open for document in store.documents())
            for _ in range(count):
                await pilot.press("a")
        assert sum(document.open for document in store.documents()) == 0
    return count


@pytest.mark.parametrize("name", FILES)
async def test_what_is_accepted_in_the_screen_is_written_into_the_file(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = targets(Path(name))
    code, out, err = run(capsys, "lint", "--select", RULE, "--format", "jsonl", name)
    assert (code, err) == (1, "")
    found = [json.loads(line) for line in out.splitlines()]
    zipped = formats.FORMATS[formats.format_of(Path(name))].zipped
    assert all((one["file_start"] is None) == zipped for one in found)
    assert await accept_all() == len(found) >= 1
    assert run(capsys, "export", "--output", "out", name)[0] == 0
    after = targets(Path("out", name))
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert 1 <= len(changed) <= len(found)
    assert all("comb" in old and "measures" in new for old, new in changed)
    again = run(capsys, "lint", "--select", RULE, "--no-db", "--format", "jsonl", f"out/{name}")[1]
    assert again == ""
    shown = run(capsys, "export", "--diff", name)[1]
    added = [line for line in shown.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert sum("measures" in line for line in added) >= (len(added) if zipped else 1) >= 1
    assert run(capsys, "export", "--in-place", name)[0] == 0
    assert Path(name).read_bytes() == Path("out", name).read_bytes()
    assert targets(Path(shutil.copy(f"{name}.orig", f"orig-{name}"))) == before


@pytest.mark.parametrize("name", FILES)
def test_with_nothing_accepted_the_export_is_the_input_byte_for_byte(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "lint", "--select", RULE, name)
    assert run(capsys, "export", "--output", "out", name)[0] == 0
    assert run(capsys, "export", "--tracked", "--output", "tracked", name)[0] == 0
    assert Path("out", name).read_bytes() == Path("tracked", name).read_bytes() == Path(name).read_bytes()
    assert run(capsys, "export", "--diff", name)[1] == ""


async def test_a_tracked_export_is_signed_and_the_same_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "lint", "--select", RULE, "news.docx", "news-1.2.xlf", "news.html")
    await accept_all()
    for folder in ("one", "two"):
        assert run(capsys, "export", "--tracked", "--output", folder)[0] == 0
    run(capsys, "export", "--output", "plain")
    for name in ("news.docx", "news-1.2.xlf", "news.html"):
        assert Path("one", name).read_bytes() == Path("two", name).read_bytes()
        assert targets(Path("one", name)) == targets(Path("plain", name))
    with zipfile.ZipFile("one/news.docx") as archive:
        assert archive.read("word/document.xml").count(b'<w:ins w:id="') == 6
        assert b'w:author="Ana"' in archive.read("word/comments.xml")
    assert "<note>Ana: A boxing metaphor" in Path("one/news-1.2.xlf").read_text()
    assert Path("one/news.html").read_bytes() == Path("plain/news.html").read_bytes()


def test_the_note_of_a_reviewer_is_the_comment(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "lint", "--select", RULE, "news-2.0.xlf")
    with Store.open(Path("review.db"), create=False) as store:
        (document,) = store.documents()
        for found in store.findings(document.id):
            store.decide(found.id, Verdict.ACCEPT, reviewer="Ana", note="A calque of 组合拳.")
    run(capsys, "export", "--tracked", "--in-place", "news-2.0.xlf")
    assert "<note>Ana: A calque of 组合拳.</note>" in Path("news-2.0.xlf").read_text()


def test_a_broken_file_does_not_stop_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.docx").write_bytes(Path("news.docx").read_bytes()[:4000])
    Path("bad.xlf").write_text("<xliff version='1.2'><file>")
    code, out, err = run(capsys, "lint", "--select", RULE, "bad.docx", "news.docx", "bad.xlf", "news-1.2.xlf")
    assert code == 2
    assert "news.docx [word/document.xml]" in out
    assert "news-1.2.xlf" in out
    assert [line.split(": ")[1] for line in err.splitlines()] == ["bad.docx", "bad.xlf"]


def test_the_report_of_a_zip_file_names_its_parts(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "lint", "--select", RULE, "news.docx")
    code, out, _ = run(capsys, "report")
    assert code == 1
    assert "news.docx#word/footnotes.xml: 0 of 1 decided" in out
    lines = [json.loads(line) for line in run(capsys, "report", "--format", "jsonl")[1].splitlines()]
    assert {line["file_start"] for line in lines} == {None}
