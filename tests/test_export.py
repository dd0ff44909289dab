"""Decisions to corrected files: every accepted word changes, and no other byte."""

from __future__ import annotations

import json
import os
import re
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer import export
from reviewer.export import Change, Decided
from reviewer.formats import format_of, lines, read
from reviewer.formats.decoding import Encoding
from reviewer.formats.detecting import detect
from reviewer.formats.encoding import open_text
from reviewer.model import Document, Piece, ReviewerError, Segment, Span

LINE_ENDS = ["\n", "\r\n", "\r"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "gb18030"]


def written(folder: Path, name: str, content: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content.encode(encoding))
    return path


def decide(document: Document, words: str, replacement: str) -> Decided:
    """A decision on the first place where these words stand."""
    segment = next(segment for segment in document.segments if words in segment.target)
    start = segment.target.index(words)
    return segment.key, Span(start, start + len(words)), replacement


def correct(path: Path, *replaced: tuple[str, str]) -> str:
    """The corrected text of a file, with words and what replaces them."""
    changes: list[Change] = []
    for document in read(path):
        here = [pair for pair in replaced if any(pair[0] in segment.target for segment in document.segments)]
        changes += export.changes_for(document, [decide(document, *pair) for pair in here])
    return "".join(export.corrected(path, format_of(path), changes))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("line_end", LINE_ENDS)
def test_only_the_accepted_words_change(tmp_path: Path, encoding: str, line_end: str) -> None:
    content = f"The ferry 渡轮 sails.{line_end}{line_end}  Combination fists 😀 for the pier,{line_end}and a boat"
    path = written(tmp_path, "news.txt", content, encoding)
    known = detect(path)
    [document] = read(path)
    decided = [
        decide(document, "Combination fists", "A package of measures"),
        decide(document, "boat", "bus"),
        decide(document, "ferry", "ship"),
    ]
    changes = export.changes_for(document, decided)
    export.save(path, "text", known, changes, tmp_path / "out.txt")
    expected = content.replace("Combination fists", "A package of measures").replace("boat", "bus").replace("ferry", "ship")
    assert (tmp_path / "out.txt").read_bytes() == expected.encode(encoding)
    assert path.read_bytes() == content.encode(encoding)


def test_several_fixes_on_one_line_land_where_they_belong(tmp_path: Path) -> None:
    path = written(tmp_path, "news.txt", "one two three four")
    assert correct(path, ("three", "3"), ("one", "first"), ("four", ""), ("two", "second of them")) == "first second of them 3 "


def test_a_fix_in_json_touches_only_its_words(tmp_path: Path) -> None:
    line = r'{"id":1,  "target": "The \"caf\u00e9\" \ud83d\ude00 is\nred", "source": "\u7ea2"}'
    path = written(tmp_path, "units.jsonl", line)
    assert correct(path, ('"café"', 'tea "house"'), ("red", "green")) == (
        r'{"id":1,  "target": "The tea \"house\" \ud83d\ude00 is\ngreen", "source": "\u7ea2"}'
    )


def test_keeping_the_words_keeps_how_the_file_writes_them(tmp_path: Path) -> None:
    line = r'{"id":1, "target": "A caf\u00e9."}'
    assert correct(written(tmp_path, "units.jsonl", line), ("café", "café")) == line


@pytest.mark.parametrize(
    ("content", "words", "replacement", "expected"),
    [
        ("A **combination** punch.", "combination punch", "package", "A **package**."),
        ("A combination **punch**.", "combination punch", "combination blow", "A combination **blow**."),
        ("A big **red** bus.", "big red bus", "boat", "A boat."),
        ("A **red** and *blue* bus.", "red and blue", "grey", "A **grey** bus."),
        ("A **red** **blue** bus.", "red blue", "grey", "A **grey** bus."),
        ("An **old** bus.", "old ", "", "An bus."),
        ("An ***old*** bus.", "old", "", "An  bus."),
        ("An **_old_** bus.", "old", "", "An  bus."),
        ("A \\*old\\* bus.", "old", "", "A \\*\\* bus."),
        ("A [red bus](u) stop.", "bus stop", "tram stop", "A [red tram](u) stop."),
        ("> The red\n> bus.", "red\nbus", "boat", "> The boat."),
        ("Salt &amp; rice.", "Salt & rice", "Rice", "Rice."),
        ("| a \\| b | c |\n|---|---|", "a | b", "x", "| x | c |\n|---|---|"),
        ("| a | c |\n|---|---|", "a", "x|y \\| z\n1", "| x\\|y \\| z<br>1 | c |\n|---|---|"),
        ("# A bus\n\nA boat|bus", "A bus", "Two\nbuses", "# Two<br>buses\n\nA boat|bus"),
        ("A `bus` and a boat", "A bus and a boat", "A bus and two ships", "A `bus` and two ships"),
    ],
)
def test_markdown_keeps_its_markup(tmp_path: Path, content: str, words: str, replacement: str, expected: str) -> None:
    assert correct(written(tmp_path, "page.md", content), (words, replacement)) == expected


@pytest.mark.parametrize(("name", "content"), [("page.md", "A `bus stop` and a boat"), ("news.txt", "See www.bus.org, a boat")])
def test_code_and_addresses_are_never_changed(tmp_path: Path, name: str, content: str) -> None:
    [document] = read(written(tmp_path, name, content))
    [(start, end)] = [(opaque.start, opaque.end) for opaque in document.segments[0].opaque]
    for span in (
        Span(start, end),
        Span(start - 2, start + 1),
        Span(end - 1, end + 2),
        Span(0, end + 2),
        Span(start + 1, start + 1),
    ):
        with pytest.raises(ReviewerError, match=rf"{name}: segment 1: .* holds code or an address"):
            export.changes_for(document, [("1", span, "x")])
    for span in (Span(start, start), Span(end, end), Span(0, start), Span(end, end + 2)):
        assert export.changes_for(document, [("1", span, "x")])


@pytest.mark.parametrize("line_end", LINE_ENDS)
@pytest.mark.parametrize("name", ["news.txt", "page.md"])
def test_a_line_break_in_an_edit_is_written_as_the_file_writes_its_own(tmp_path: Path, name: str, line_end: str) -> None:
    path = written(tmp_path, name, f"A bus.{line_end}{line_end}A boat.{line_end}")
    assert correct(path, ("boat", "ship\nor\r\ntwo")) == f"A bus.{line_end}{line_end}A ship{line_end}or{line_end}two.{line_end}"


def test_the_line_end_of_a_text_is_its_first_one_however_the_text_is_cut() -> None:
    for chunks, end in ((["a\r", "\nb\n"], "\r\n"), (["a\r", "b\n"], "\r"), (["a", "\r"], "\r"), (["a", "b"], "\n")):
        assert lines.line_end(chunks) == end


def test_a_control_character_in_an_edit_is_refused_unless_the_words_had_it(tmp_path: Path) -> None:
    path = written(tmp_path, "news.txt", "A bus\x1bstop.")
    with pytest.raises(ReviewerError, match=r'segment 1: what replaces "A" has a control character, U\+0000'):
        correct(path, ("A", "No\0"))
    assert correct(path, ("bus\x1bstop", "tram\x1bstop")) == "A tram\x1bstop."


def test_an_insertion_stands_where_the_two_words_meet(tmp_path: Path) -> None:
    path = written(tmp_path, "page.md", "The **bus** &amp; the boat")
    [document] = read(path)
    for at, expected in ((0, "+The **bus**"), (4, "The +**bus**"), (14, "&amp; the +boat")):
        changes = export.changes_for(document, [("1", Span(at, at), "+")])
        assert expected in "".join(export.corrected(path, "markdown", changes))
    end = len(document.segments[0].target)
    changes = export.changes_for(document, [("1", Span(end, end), " now")])
    assert "".join(export.corrected(path, "markdown", changes)) == "The **bus** &amp; the boat now"


def test_overlapping_decisions_are_refused_and_both_are_named(tmp_path: Path) -> None:
    path = written(tmp_path, "news.txt", "A combination punch.")
    with pytest.raises(ReviewerError) as error:
        correct(path, ("combination punch", "package"), ("punch", "blow"))
    assert str(error.value) == (
        f'{path}: segment 1: "combination punch" -> "package" and "punch" -> "blow" overlap; take one of the two back'
    )
    with pytest.raises(ReviewerError, match="overlap"):
        correct(path, ("punch", "blow"), ("punch", "hit"))
    with pytest.raises(ReviewerError, match="overlap at character 5"):
        list(export.correct(["0123456789"], [Change(Span(3, 6), "x"), Change(Span(5, 7), "y")]))


def test_the_same_decision_twice_and_neighbours_are_fine(tmp_path: Path) -> None:
    path = written(tmp_path, "news.txt", "A combination punch.")
    assert correct(path, ("punch", "blow"), ("punch", "blow"), ("combination ", "")) == "A blow."


def test_a_segment_that_is_not_in_the_file_cannot_be_corrected() -> None:
    document = Document(Path("page.md"), "markdown", (Segment("1", "A bus"), Segment("2", "A&B bus", pieces=(Piece(0, 0, 1, 1),))))
    for key, span in (("1", Span(2, 5)), ("2", Span(0, 3))):
        with pytest.raises(ReviewerError, match=f"page.md: segment {key}: .* cannot be placed"):
            export.changes_for(document, [(key, span, "boat")])
    for key, span in (("1", Span(2, 9)), ("3", Span(0, 1))):
        with pytest.raises(ReviewerError, match=f"segment {key}: the text is not the one that was reviewed"):
            export.changes_for(document, [(key, span, "boat")])


def test_a_file_that_became_shorter_is_refused() -> None:
    with pytest.raises(ReviewerError, match="shorter"):
        list(export.correct(["short"], [Change(Span(3, 9), "x")]))
    with pytest.raises(ReviewerError, match="shorter"):
        list(export.correct(["short"], [Change(Span(9, 9), "x")]))


def test_without_changes_even_a_file_that_cannot_be_encoded_back_is_copied(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_bytes(b"ferry \x87\x90 pier")
    known = Encoding("cp932")
    export.save(path, "text", known, [], tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == path.read_bytes()
    with pytest.raises(ReviewerError, match="two spellings"):
        export.save(path, "text", known, [Change(Span(0, 5), "boat")], tmp_path / "out2.txt")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["news.txt", "out.txt"]


def test_words_that_the_encoding_lacks_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    path = written(tmp_path, "news.txt", "The café is shut for good.", "cp1252")
    with pytest.raises(ReviewerError) as error:
        export.save(path, "text", detect(path), [Change(Span(4, 8), "茶 house")], path)
    assert str(error.value).startswith(f'{path}: its encoding cp1252 has no 茶 (U+8336), which "茶 house" needs')
    assert path.read_bytes() == "The café is shut for good.".encode("cp1252")
    assert [file.name for file in tmp_path.iterdir()] == ["news.txt"]


def test_a_curly_quote_fits_into_a_gb2312_file(tmp_path: Path) -> None:
    path = written(tmp_path, "news.txt", "渡轮 sails at noon.", "gb2312")
    export.save(path, "text", detect(path), [Change(Span(3, 8), "“sails” –")], path)
    assert path.read_bytes().decode("gb18030") == "渡轮 “sails” – at noon."


def test_in_place_keeps_permissions_and_a_link_keeps_pointing(tmp_path: Path) -> None:
    path = written(tmp_path, "news.txt", "one")
    path.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(path)
    export.write(link, Encoding("utf-8"), ["two"], link)
    assert link.is_symlink()
    assert path.read_text() == "two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_gets_the_permissions_of_the_original_and_a_report_the_usual_ones(tmp_path: Path) -> None:
    path = written(tmp_path, "news.txt", "one")
    path.chmod(0o600)
    export.write(path, Encoding("utf-8"), ["two"], tmp_path / "new.txt")
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o600
    export.write_text(tmp_path / "report.txt", ["渡轮\n"])
    (tmp_path / "plain").touch()
    assert (tmp_path / "report.txt").stat().st_mode == (tmp_path / "plain").stat().st_mode
    assert (tmp_path / "report.txt").read_bytes() == "渡轮\n".encode()


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), OSError(28, "No space left on device"), ReviewerError("broken")])
def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(tmp_path: Path, interruption: BaseException) -> None:
    path = written(tmp_path, "news.txt", "old")

    def chunks() -> Iterator[str]:
        yield "new"
        raise interruption

    with pytest.raises(ReviewerError if isinstance(interruption, OSError) else type(interruption)):
        export.write(path, Encoding("utf-8"), chunks(), path)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["news.txt"]


def test_a_place_that_cannot_be_written_is_refused_in_one_line(tmp_path: Path) -> None:
    path = written(tmp_path, "news.txt", "old")
    for destination in (tmp_path / "no" / "such" / "folder.txt", tmp_path, path / "inside"):
        with pytest.raises(ReviewerError, match=f"^{destination}: "):
            export.write(path, Encoding("utf-8"), ["new"], destination)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    path = written(tmp_path, "news.txt", "old")
    path.chmod(0o444)
    with pytest.raises(ReviewerError, match="read-only"):
        export.write(path, Encoding("utf-8"), ["new"], path)


def test_a_backup_never_overwrites_an_older_one(tmp_path: Path) -> None:
    path = written(tmp_path, "news.txt", "first")
    path.chmod(0o640)
    names = []
    for content in ("second", "third", "fourth"):
        names.append(export.backup(path).name)
        path.write_text(content)
    assert names == ["news.txt.orig", "news.txt.orig.1", "news.txt.orig.2"]
    assert [(tmp_path / name).read_text() for name in names] == ["first", "second", "third"]
    assert stat.S_IMODE((tmp_path / names[0]).stat().st_mode) == 0o640


def test_a_backup_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ReviewerError, match="no such file"):
        export.backup(tmp_path / "news.txt")
    assert list(tmp_path.iterdir()) == []


def in_place(path: Path, text: str) -> Path:
    return export.save_in_place(path, "text", detect(path), [Change(Span(0, 3), text)])


def test_in_place_keeps_the_old_file_as_a_backup(tmp_path: Path) -> None:
    path = written(tmp_path, "news.txt", "old news")
    copy = in_place(path, "new")
    assert (copy.name, copy.read_text(), path.read_text()) == ("news.txt.orig", "old news", "new news")


@pytest.mark.parametrize("failing", ["write", "replace", "fsync"])
def test_in_place_leaves_no_backup_where_the_new_file_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    path = written(tmp_path, "news.txt", "old café", "cp1252")
    full = OSError(28, "No space left on device")

    def fail(*_: object) -> None:
        raise full

    def fail_on_the_file(self: Path, target: Path) -> Path:
        if target == path:
            raise full
        os.rename(self, target)
        return target

    if failing == "replace":
        monkeypatch.setattr(Path, "replace", fail_on_the_file)
    elif failing == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ReviewerError, match="has no 😀" if failing == "write" else "No space left"):
        in_place(path, "😀" if failing == "write" else "new")
    assert [file.name for file in tmp_path.iterdir()] == ["news.txt"]
    assert path.read_bytes() == "old café".encode("cp1252")


def test_a_rehearsal_meets_every_error_of_a_real_writing(tmp_path: Path) -> None:
    path = written(tmp_path, "news.txt", "old café", "cp1252")
    export.rehearse(path, "text", detect(path), [Change(Span(0, 3), "new")])
    export.rehearse(path, "text", detect(path), [])
    with pytest.raises(ReviewerError, match="has no 😀"):
        export.rehearse(path, "text", detect(path), [Change(Span(0, 3), "😀")])
    assert [file.name for file in tmp_path.iterdir()] == ["news.txt"]


def test_many_decisions_on_a_paragraph_of_many_pieces_are_placed_in_a_second(tmp_path: Path) -> None:
    [document] = read(written(tmp_path, "page.md", "Salt &amp; rice " * 12_000))
    found = re.finditer("rice", document.segments[0].target)
    started = time.process_time()
    changes = export.changes_for(document, [("1", Span(*match.span()), "fish") for match in found])
    assert len(changes) == 12_000
    assert time.process_time() - started < 1.5


def test_a_diff_shows_three_lines_around_each_change() -> None:
    old = [f"line {i}\n" for i in range(1, 31)]
    new = [line.replace("line 5\n", "line five\n").replace("line 25\n", "line 25a\nline 25b\n") for line in old]
    assert list(export.diff(Path("news.txt"), old, new)) == [
        "--- news.txt\n",
        "+++ news.txt\n",
        "@@ -2,7 +2,7 @@\n",
        *(f" line {i}\n" for i in (2, 3, 4)),
        "-line 5\n",
        "+line five\n",
        *(f" line {i}\n" for i in (6, 7, 8)),
        "@@ -22,7 +22,8 @@\n",
        *(f" line {i}\n" for i in (22, 23, 24)),
        "-line 25\n",
        "+line 25a\n",
        "+line 25b\n",
        *(f" line {i}\n" for i in (26, 27, 28)),
    ]


def test_equal_texts_have_no_diff_and_a_missing_line_end_is_told() -> None:
    assert list(export.diff(Path("a"), ["one\n", "two"], ["one", "\ntwo"])) == []
    assert list(export.diff(Path("a"), ["one"], ["two\n"]))[2:] == [
        "@@ -1,1 +1,1 @@\n",
        "-one\n",
        "\\ No newline at end of file\n",
        "+two\n",
    ]


LINES = st.lists(st.sampled_from(["pier\n", "boat\n", "\n", "渡轮\r\n"]), max_size=60)


@given(old=LINES, new=LINES, last=st.sampled_from(["", "end"]))
def test_a_diff_turns_the_old_text_into_the_new_one(old: list[str], new: list[str], last: str) -> None:
    before, after = "".join(old), "".join(new) + last
    lines = list(export.diff(Path("news.txt"), [before], [after]))
    assert bool(lines) == (before != after)
    assert patched(old, lines[2:]) == after


def patched(old: list[str], diff: list[str]) -> str:
    """The old lines with a unified diff applied, as patch does it without any fuzz."""
    new: list[str] = []
    at = 0
    for i, row in enumerate(diff):
        sign, line = row[0], row[1:]
        if i + 1 < len(diff) and diff[i + 1].startswith("\\"):
            line = line.removesuffix("\n")
        if sign == "@":
            start, length = map(int, row.split()[1][1:].split(","))
            begin = start - 1 if length else start
            assert begin >= at
            new += old[at:begin]
            at = begin
        elif sign in " -":
            assert old[at] == line
            at += 1
        if sign in " +":
            new.append(line)
    return "".join(new + old[at:])


WORDS = st.lists(st.sampled_from(["pier ", "渡轮", "😀", "“", "boat", " ", "\n", "\r\n", "\r", "\n\n", "\u2028", "é"]), max_size=40)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(words=WORDS)
def test_without_changes_every_byte_comes_back(tmp_path_factory: pytest.TempPathFactory, encoding: str, words: list[str]) -> None:
    folder = tmp_path_factory.mktemp("same")
    for name in ("news.txt", "page.md"):
        path = written(folder, name, "".join(words), encoding)
        known = Encoding(encoding) if encoding == "gb18030" else detect(path)
        before = path.read_bytes()
        export.write(path, known, export.correct(open_text(path, known, exact=True), []), path)
        assert path.read_bytes() == before


@given(data=st.data(), words=WORDS, size=st.integers(1, 9))
def test_random_fixes_change_exactly_their_places(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, words: list[str], size: int
) -> None:
    content = "".join(words)
    path = written(tmp_path_factory.mktemp("fixes"), "news.txt", content)
    [document] = read(path)
    decided = [row for segment in document.segments for row in _decisions(data, segment)]
    changes = export.changes_for(document, decided)
    chunks = [content[i : i + size] for i in range(0, len(content), size)]
    expected, at = "", 0
    for key, span, text in decided:
        place = next(segment for segment in document.segments if segment.key == key).in_file(span)
        assert place
        expected += content[at : place.start] + text
        at = place.end
    assert "".join(export.correct(chunks, changes)) == expected + content[at:]


@given(data=st.data(), rows=st.lists(st.tuples(st.text(st.sampled_from('a"\\\n渡😀é '), max_size=12), st.booleans()), max_size=5))
def test_random_fixes_in_json_change_exactly_their_targets(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, rows: list[tuple[str, bool]]
) -> None:
    lines = [json.dumps({"id": i, "target": row[0], "source": row[0]}, ensure_ascii=row[1]) for i, row in enumerate(rows)]
    path = written(tmp_path_factory.mktemp("fixes"), "units.jsonl", "\n".join(lines))
    [document] = read(path)
    decided = [row for segment in document.segments for row in _decisions(data, segment)]
    after = "".join(export.corrected(path, "jsonl", export.changes_for(document, decided)))
    targets = [segment.target for segment in document.segments]
    for key, span, text in reversed(decided):
        target = targets[int(key)]
        targets[int(key)] = target[: span.start] + text + target[span.end :]
    expected = [{"id": i, "target": target, "source": rows[i][0]} for i, target in enumerate(targets)]
    assert [json.loads(line) for line in after.split("\n") if line] == expected
    assert [line.split('"source"')[1] for line in after.split("\n") if line] == [line.split('"source"')[1] for line in lines]


def _decisions(data: st.DataObject, segment: Segment) -> list[Decided]:
    """Fixes on a segment that do not overlap, in order, with something to replace."""
    cuts = sorted(data.draw(st.sets(st.integers(0, len(segment.target)), max_size=6)))
    spans = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    return [(segment.key, span, data.draw(st.sampled_from(["", "bus", '“q” "\\', "船\n"]))) for span in spans]
