"""A plain file with its Chinese in another."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.formats.reading import Reading, from_json
from reviewer.model import ReviewerError
from tests.corrected import mended, segments
from tests.test_cli_lint import run


def pair(folder: Path, english: str, chinese: str) -> list[tuple[str, str, str | None]]:
    (folder / "en.txt").write_bytes(english.encode())
    (folder / "zh.txt").write_bytes(chinese.encode("gb18030"))
    return [(one.key, one.target, one.source) for one in segments(folder / "en.txt", Reading(source=folder / "zh.txt"))]


def test_files_with_empty_lines_in_the_same_places_align_by_line(tmp_path: Path) -> None:
    assert pair(tmp_path, "A pier\r\n\r\n  One.\rTwo.\n\n\n", "码头\n\n一。\r\n二。") == [
        ("1", "A pier", "码头"),
        ("3", "One.", "一。"),
        ("4", "Two.", "二。"),
    ]


def test_wrapped_paragraphs_align_with_those_of_one_line(tmp_path: Path) -> None:
    english = "The ship that came\ninto port is old.\n\n\nIt sank.\n"
    assert pair(tmp_path, english, "进港的船很旧。\n\n它沉了。\n") == [
        ("1", "The ship that came\ninto port is old.", "进港的船很旧。"),
        ("2", "It sank.", "它沉了。"),
    ]


def test_lines_align_also_where_one_file_has_empty_ones_between(tmp_path: Path) -> None:
    assert pair(tmp_path, "One.\nTwo.\nThree.\n", "一。\n\n二。\n\n三。\n") == [
        ("1", "One.", "一。"),
        ("2", "Two.", "二。"),
        ("3", "Three.", "三。"),
    ]


def test_a_line_that_is_not_translated_yet_leaves_the_others_in_step(tmp_path: Path) -> None:
    assert pair(tmp_path, "One.\n\nThree.\n", "一。\n二。\n三。\n") == [("1", "One.", "一。"), ("3", "Three.", "三。")]


LONG = ["The first paragraph is a long one, about ships and about harbours.", "Short.", "The last one is of some length again."]
ZH = ["第一段很长，说的是船只和港口的事情，很长。", "中间漏掉的一段话，也有一定的长度呢。", "短。", "最后一段又有一定的长度了。"]


def test_files_that_do_not_align_are_refused_where_they_part(tmp_path: Path) -> None:
    with pytest.raises(ReviewerError) as refused:
        pair(tmp_path, "\n\n".join(LONG), "\n\n".join(ZH))
    assert str(refused.value).startswith(f"{tmp_path}/en.txt: it has 3 paragraphs and {tmp_path}/zh.txt 4; neither lines")
    assert f"part at line 3, which is line 3 of {tmp_path}/zh.txt" in str(refused.value)
    with pytest.raises(ReviewerError, match=r"it has 3 lines and .*zh.txt 4; .*part at line 2, which is line 2 of"):
        pair(tmp_path, "\n".join(LONG), "\n".join(ZH))
    with pytest.raises(ReviewerError, match=r"part at its end, which is line 4 of"):
        pair(tmp_path, "\n".join(LONG), "\n".join([ZH[0], *ZH[2:], "后记，也很长的一段话，说的是别的。"]))


def test_a_pair_is_mended_and_its_source_may_change_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("zh.txt").write_text("组合拳。\n二。\n", encoding="utf-8")
    Path("en.txt").write_text("A combination punch.\nTwo.\n", newline="")
    assert mended(capsys, Path("en.txt"), "--source", "zh.txt") == b"A package of measures.\nTwo.\n"
    Path("zh.txt").unlink()
    assert run(capsys, "export", "en.txt")[:2] == (0, "A package of measures.\nTwo.\n")


def test_a_source_needs_one_file_of_its_own_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt", "c.md", "d.csv"):
        Path(name).write_text("en\nx\n")
    assert "--source goes with one FILE" in run(capsys, "lint", "--no-db", "--source", "a.txt", "a.txt", "b.txt")[2]
    assert "c.md: a file of the same kind" in run(capsys, "lint", "--no-db", "--source", "c.md", "a.txt")[2]
    assert (
        "d.csv: leave out --source; only files of other kinds have their Chinese beside them: .txt, .md"
        in run(capsys, "lint", "--no-db", "--source", "a.txt", "d.csv")[2]
    )
    assert "gone.txt: there is no such file" in run(capsys, "lint", "--no-db", "--source", "gone.txt", "a.txt")[2]


def test_how_a_file_is_read_comes_back_from_its_line() -> None:
    assert from_json(Reading().as_json()) == Reading()
    assert from_json(Reading(source=Path("/a/zh.txt"), way="line").as_json()) == Reading(source=Path("/a/zh.txt"), way="line")
