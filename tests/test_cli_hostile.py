"""Files that are out to harm, or harmed, in one batch: each is one clear line or read rightly, and the others go on."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reviewer import engine, formats
from reviewer.formats import parts
from reviewer.model import Document, Finding, ReviewerError
from tests.corrected import FISTS, mended
from tests.mended import DATA
from tests.test_cli_lint import BAD, run

HUGE = 500_000_000
ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
RELS = "word/_rels/document.xml.rels"
RELATION = '<Relationship Id="{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{1}" Target="{2}"{3}/>'


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def sparse(head: bytes = b"") -> Callable[[Path], None]:
    """A file of 500 MB that takes none on the disk."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.write(head)
            file.truncate(HUGE)

    return write


def holding(text: str) -> Callable[[Path], None]:
    """A file with this text."""

    def write(path: Path) -> None:
        path.write_text(text)

    return write


def word_with(member: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """A document of Word, one member of which was changed, or is new."""

    def write(path: Path) -> None:
        with zipfile.ZipFile(DATA / "news.docx") as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for info in old.infolist():
                new.writestr(info, change(old.read(info)) if info.filename == member else old.read(info))
            if member not in old.namelist():
                new.writestr(member, change(b""))

    return write


REFUSED: dict[str, tuple[Callable[[Path], None], str]] = {
    "bomb.docx": (word_with("word/media/a.bin", lambda _: bytes(3 << 20)), "unpacks to 3,145,728 bytes"),
    "bomb.xlf": (holding(f'{ENTITIES}<xliff version="1.2">&c;</xliff>'), 'it declares the entity "a"'),
    "bomb.tmx": (holding(f"{ENTITIES}<tmx>&c;</tmx>"), 'it declares the entity "a"'),
    "bomb.html": (holding(f"{ENTITIES}<p>&c;"), 'it declares the entity "a"'),
    "inside.docx": (word_with("word/document.xml", lambda text: OUTSIDE.encode() + text[text.index(b"<w:document") :]), '"secret"'),
    "outside.xlf": (holding(f'{OUTSIDE}<xliff version="1.2">&secret;</xliff>'), 'it declares the entity "secret"'),
    "crossed.xlf": (holding('<xliff version="1.2"><file><g id="1">a<mrk>b</g></mrk></file></xliff>'), "not well-formed XML"),
    "huge.csv": (sparse(b"en,zh\n"), "byte 6: a control character"),
    "huge.docx": (sparse(b"PK\x03\x04"), "this is not a sound zip file"),
    "huge.md": (sparse(b"# News\n"), "byte 7: a control character"),
    "huge.txt": (sparse(), "byte 0: a control character"),
}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_one_line_for_each_and_the_others_are_reported(capsys: pytest.CaptureFixture[str], jobs: str) -> None:
    Path("news").mkdir()
    for name, (write, _) in REFUSED.items():
        write(Path("news", name))
    for name in ("news/a-first.txt", "news/z-last.txt"):
        Path(name).write_text(BAD)
    code, out, err = run(capsys, "lint", "--no-db", "--select", FISTS, "--format", "jsonl", "--jobs", jobs, "news")
    assert code == 2
    assert [json.loads(line)["file"] for line in out.splitlines()] == ["news/a-first.txt", "news/z-last.txt"]
    said = err.splitlines()
    assert [line.split(": ")[1] for line in said] == [f"news/{name}" for name in sorted(REFUSED)]
    for line, name in zip(said, sorted(REFUSED), strict=True):
        assert REFUSED[name][1] in line


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", " \r\n\t"])
def test_a_file_with_nothing_in_it_is_read_or_refused(tmp_path: Path, text: str) -> None:
    refused = set()
    for suffix in (suffix for format in formats.FORMATS.values() for suffix in format.suffixes):
        path = tmp_path / f"a{suffix}"
        path.write_text(text)
        try:
            found = [document.segments for document in formats.read(path)]
        except ReviewerError:
            refused.add(suffix)
        else:
            assert found in ([], [()])
    assert refused.isdisjoint({".txt", ".md", ".html", ".srt", ".jsonl"})


@pytest.mark.parametrize(
    ("kind", "target", "mode"),
    [
        ("header", "lost.xml", ""),
        ("header", "../../../etc/passwd", ""),
        ("footnotes", "file:///etc/passwd", ' TargetMode="External"'),
        ("header", "", ""),
    ],
)
def test_a_relation_to_nowhere_or_outside_is_passed_over(
    capsys: pytest.CaptureFixture[str], kind: str, target: str, mode: str
) -> None:
    relation = RELATION.format("rId99", kind, target, mode).encode()
    word_with(RELS, lambda text: text.replace(b"</Relationships>", relation + b"</Relationships>"))(Path("a.docx"))
    shutil.copy(DATA / "news.docx", "b.docx")
    code, out, err = run(capsys, "lint", "--no-db", "--select", FISTS, "--format", "jsonl", "a.docx", "b.docx")
    assert (code, err) == (1, "")
    files = [json.loads(line)["file"] for line in out.splitlines()]
    assert files.count("a.docx") == files.count("b.docx") > 0


@pytest.mark.parametrize(
    "suffix", [".md", ".html", ".xlf", ".tmx", ".po", ".srt", ".vtt", ".ass", ".csv", ".tsv", ".txt", ".jsonl"]
)
def test_what_is_held_in_memory_has_a_limit_and_what_is_not_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setattr(parts, "LARGEST_TEXT", 9)
    path = tmp_path / f"a{suffix}"
    path.write_text('{"id": 1, "target": "A pier."}\n')
    if suffix in (".txt", ".jsonl"):
        assert list(formats.read(path))
    else:
        with pytest.raises(ReviewerError, match=r"31 bytes, more than the 9 .* split it"):
            formats.read(path)


def test_subtitles_in_gb_18030_stay_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    cue = "{0}\r\n00:00:0{0},000 --> 00:00:0{0},900\r\n他们在码头打出组合拳。\r\nThey threw a {1}.\r\n\r\n"
    text = "".join(cue.format(number, "combination punch") for number in (1, 2, 3))
    Path("a.srt").write_bytes(text.encode("gb18030"))
    assert mended(capsys, Path("a.srt")) == text.replace("combination punch", "package of measures").encode("gb18030")


@pytest.mark.parametrize("sign", list("=+-@"))
def test_a_cell_that_reads_as_a_formula_stays_as_it_was_and_is_none_in_a_report(
    capsys: pytest.CaptureFixture[str], sign: str
) -> None:
    cells = f"{sign}1+1,{sign}2,plain\n"
    Path("a.csv").write_text(f"id,x,en\n{cells}1,{sign}cmd|'/c calc'!A0,They threw a combination punch.\n")
    assert mended(capsys, Path("a.csv")).decode() == Path("a.csv").read_text().replace("combination punch", "package of measures")
    Path("b.csv").write_text(f"en\n{sign}a combination punch\n")
    out = run(capsys, "lint", "--no-db", "--select", FISTS, "--format", "csv", "b.csv")[1]
    assert f",{sign}" not in out.replace(f",'{sign}", "")


@pytest.mark.parametrize("name", ["a\nb.txt", "\x1b[31mred\x1b[0m.txt", "a\r\x07\x9b2J.md", "--output=x.txt"])
def test_a_name_cannot_steer_the_terminal_nor_make_lines(capsys: pytest.CaptureFixture[str], name: str) -> None:
    Path(name).write_text(BAD)
    Path(f"bad-{name}").write_bytes(bytes(99))
    code, out, err = run(capsys, "lint", "--select", FISTS, "--", name, f"bad-{name}")
    assert (code, err.count("\n")) == (2, 1)
    assert out.count("combined fist") == 1
    out += run(capsys, "report")[1] + run(capsys, "export", "--diff")[1]
    assert not {"\x1b", "\x07", "\x9b", "\r"} & set(out + err)
    assert [line for line in out.splitlines() if line in ("b.txt", "b.txt: 0 of 1 decided (1 open)")] == []
    assert run(capsys, "export", "--", f"bad-{name}")[2].count("\n") == 1
    assert run(capsys, "export", "--output", "out", "--", name)[0] == 0
    assert Path("out", name).read_text() == BAD


def test_a_file_that_vanishes_while_it_is_linted_is_an_error_and_the_others_go_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        Path(f"{name}.md").write_text(BAD)
    review = engine.review

    def vanishing(document: Document, checker: engine.Checker, **limits: Any) -> Iterator[Finding]:
        if document.path.name == "b.md":
            document.path.unlink()
        return review(document, checker, **limits)

    monkeypatch.setattr(engine, "review", vanishing)
    code, out, err = run(capsys, "lint", "--select", FISTS, "a.md", "b.md", "c.md")
    assert (code, err.count("\n"), err.startswith("reviewer: b.md: ")) == (2, 1, True)
    assert ("a.md" in out, "c.md" in out) == (True, True)
