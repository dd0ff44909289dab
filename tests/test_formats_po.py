"""Gettext PO files, in and out."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.export import Change, Note
from reviewer.export.correcting import correct
from reviewer.export.po_notes import with_comments
from reviewer.formats import po, read
from reviewer.formats.po_entries import entries
from reviewer.formats.reading import Reading
from reviewer.model import ReviewerError, Span
from tests.corrected import check_places, mended, segments
from tests.mended import mend

HEAD = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'

UGLY = (
    HEAD
    + r"""# 译者的话
#. shown on the pier
#: src/pier.c:12
#, c-format, fuzzy
#| msgid "旧"
msgctxt "menu"
msgid "第 %d 艘船"
msgstr ""
"The %d-th ship <b>leaves</b> the \"north\"\tpier "
"at % d o'clock.\n"
"<a href=\"https://example.org/\" "
"\n"
"title='a'>Read</a> more<br />now, caf\303\251 \\ done."
msgid "没有空行"
msgid_plural "许多船"
msgstr[0] "One {ship} is 100% sure."
msgstr[1]  "Many"  " ships."   

#~ msgid "旧的"
#~ msgstr "Old and gone."

#, fuzzy
#~ msgid "x"
#~ msgstr "Gone too."

msgid "未翻译"
msgstr ""

msgid "key.of.a.text"
msgstr "A text under a key."
"""
)


def written(folder: Path, text: str, name: str = "a.po", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_translations_in_use_are_read_with_their_places(tmp_path: Path, encoding: str, end: str) -> None:
    text = UGLY.replace("\n", end)
    path = written(tmp_path, text, encoding=encoding)
    found = segments(path)
    assert [(one.key, one.target, one.source) for one in found] == [
        (
            "6",
            'The %d-th ship leaves the "north"\tpier at % d o\'clock.\nRead more\nnow, café \\ done.',
            "第 %d 艘船",
        ),
        ("19[0]", "One {ship} is 100% sure.", "没有空行"),
        ("19[1]", "Many ships.", "许多船"),
        ("34", "A text under a key.", None),
    ]
    check_places(path, text, found)
    assert [[span.of(one.target) for span in one.opaque] for one in found] == [["%d", "% d"], ["{ship}"], [], []]


@given(st.lists(st.text(alphabet='ab"\\\\\n\t\r é船 ', min_size=1, max_size=60), min_size=1, max_size=4), st.integers(10, 40))
def test_what_polib_writes_reads_the_same(texts: list[str], width: int) -> None:
    made = polib.POFile(wrapwidth=width)
    for number, text in enumerate(texts):
        made.append(polib.POEntry(msgid=f"船 {number}", msgstr=text))
    file = str(made)
    assert [entry.text(file, "msgstr") for entry in entries(file, "a.po")][1:] == texts
    for segment in po.segments(file, "a.po", {}):
        assert segment.target in [text.strip() for text in texts]


def test_what_polib_writes_comes_back_and_only_the_accepted_words_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    file = polib.POFile(wrapwidth=40)
    file.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    for number in range(6):
        file.append(
            polib.POEntry(
                msgid=f"组合拳 {number}",
                msgstr=f'On day {number} the "office" threw a combination punch at the quay\nand then it rested for a while.',
                flags=["fuzzy"] if number % 2 else [],
                comment="a comment",
                occurrences=[("a.c", "1")],
            )
        )
    file.save("a.po")
    before = polib.pofile("a.po")
    Path("b.po").write_bytes(mended(capsys, Path("a.po")))
    after = polib.pofile("b.po")
    assert [entry.msgstr.replace("package of measures", "combination punch") for entry in after] == [one.msgstr for one in before]
    for entry, old in zip(after, before, strict=True):
        assert "package of measures" in entry.msgstr
        entry.msgstr = old.msgstr
    assert str(after) == str(before)


def test_quotes_line_ends_and_backslashes_of_a_replacement_are_escaped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.po").write_text('msgid "组合拳"\r\nmsgstr "A combination punch."\r\n', newline="")
    assert mended(capsys, Path("a.po"), edits=['say "x\\y"\nthen\tgo']).decode() == (
        'msgid "组合拳"\r\nmsgstr "A say \\"x\\\\y\\"\\nthen\\tgo."\r\n'
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_notes_of_tracked_changes_follow_the_comments_of_translators(tmp_path: Path, end: str) -> None:
    path = written(tmp_path, UGLY.replace("\n", end))
    after = mend(path, ("ship", "boat"), ("A text", "Words"), note="Not\nthis 船.").read_bytes().decode()
    note = f"# Li <&> Ana: Not this 船.{end}"
    assert f"# 译者的话{end}{note}#. shown on the pier{end}" in after
    assert f'done."{end}{note}msgid "没有空行"' in after  # once, though both plurals changed
    assert f'{end}{end}{note}msgid "key.of.a.text"' in after  # and not after what is obsolete
    assert after.count(note) == 3
    plain = mend(path, ("ship", "boat"), ("A text", "Words")).read_bytes().decode()
    assert after.replace(note, "") == plain


def test_a_note_that_the_encoding_cannot_hold_is_not_in_the_way(tmp_path: Path) -> None:
    head = HEAD.replace("UTF-8", "ISO-8859-1")
    path = written(tmp_path, f'{head}msgid "a"\nmsgstr "A bateau à moteur and a bateau."\n', encoding="latin-1")
    after = mend(path, ("bateau", "boat"), note="It is 船, à mon avis.").read_bytes().decode("latin-1")
    assert after == f'{head}# Li <&> Ana: It is ?, à mon avis.\nmsgid "a"\nmsgstr "A boat à moteur and a boat."\n'


def test_a_note_does_not_tell_the_linter_what_to_do(tmp_path: Path) -> None:
    path = written(tmp_path, 'msgid "a"\nmsgstr "One boat"\n')
    after = with_comments(path.read_text(), [Change(Span(19, 22), "A", note=Note("Reviewer", "", "ignore this"))])
    path.write_text("".join(correct([path.read_text()], after)))
    assert path.read_text().startswith("# note by Reviewer: ignore this\n")
    assert segments(path)[0].ignored == ()


def test_a_source_is_found_by_its_key_in_another_po_file(tmp_path: Path) -> None:
    english = written(
        tmp_path,
        HEAD + 'msgid "pier.open"\nmsgstr "The pier opens."\n\nmsgid "ships"\nmsgid_plural "ships"\n'
        'msgstr[0] "a ship"\nmsgstr[1] "ships"\n',
    )
    chinese = written(
        tmp_path, HEAD + 'msgid "ships"\nmsgid_plural "ships"\nmsgstr[0] "船"\n\nmsgid "pier.open"\nmsgstr "码头开放。"\n', "zh.po"
    )
    assert [one.source for one in segments(english, Reading(source=chinese))] == ["码头开放。", "船", "船"]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('msgid "a"\nmsgstr "b\n', 2, "not closed"),
        ('msgid "a"\nmsgstr "b" c\n', 2, "follows"),
        ('msgid "a"\n\nHello there\n', 3, "no line of a PO file"),
        ('\nmsgid "a"\n# b\nmsgid "c"\nmsgstr ""\n', 1, "no msgid or no msgstr"),
        ('"lost"\n', 1, "no line of a PO file"),
        ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 3, "twice"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str, line: int, what: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ReviewerError, match=rf"^{path}: line {line}: .*{what}"):
        list(read(path))


def test_a_file_without_entries_is_a_document_without_segments(tmp_path: Path) -> None:
    [document] = read(written(tmp_path, "# nothing yet\n"))
    assert document.segments == ()
