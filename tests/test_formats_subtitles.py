"""SRT, WebVTT and ASS subtitles, in and out."""

from __future__ import annotations

from pathlib import Path

import pysubs2
import pytest

from reviewer.formats import read
from reviewer.formats.reading import Reading
from reviewer.model import ReviewerError
from tests.corrected import check_places, mended, refused, segments

SRT = (
    '1\r\n00:00:01,000 --> 00:00:02,500 X1:40\r\n<i>Officials</i> met\r\n{\\an8}at the <font color="#fff">pier</font>.\r\n\r\n'
    "2\n00:00:03,000 --> 00:00:04,000\n\n\n3\n00:00:05,000-->00:00:06,000\n3 < 4 & so on\\Nhe\\hsaid\n\nafter an empty line\n\n\n"
    "00:00:07.5 --> 00:00:08\nNo number, 5 boats\n42\n5\n00:00:09,000 --> 00:00:10,000\nNo empty line before"
)
VTT = (
    "WEBVTT - a title\n\nSTYLE\n::cue { color: red }\n\nNOTE\nNot --> a cue\n\nintro\n00:01.000 --> 00:02.000 line:0\n"
    "<v Bob &amp; Li>Fish &amp; chips&nbsp;&lt;now&gt;</v>\n- <c.loud>Yes!</c> <00:01.500>Go\n\n00:03.000 --> 00:04.000\nThe end\n"
)
ASS = (
    "[Script Info]\n; a comment\nTitle: x\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n[Events]\n"
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    "Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,Not read\n"
    "Dialogue: 0,0:00:01.00,0:00:02.00,Default,Li,0,0,0,,{\\pos(1,2)\\b1}Well,{\\b0} he said,\\Nand\\hleft.\n"
    "Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\\p1}m 0 0 l 10 0{\\p0}Drawn {\\k20}ka{\\k30}rao\\nke\n"
    "Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,\n"
)


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_an_untidy_srt_file_is_read_as_players_read_it(tmp_path: Path, encoding: str) -> None:
    text = SRT.replace("Officials", "Officials 官员")
    path = written(tmp_path, "a.srt", text, encoding)
    found = segments(path)
    assert [(one.key, one.target) for one in found] == [
        ("1", "Officials 官员 met\nat the pier."),
        ("2", "3 < 4 & so on\nhe\xa0said\n\nafter an empty line"),
        ("3", "No number, 5 boats\n42"),
        ("4", "No empty line before"),
    ]
    check_places(path, text, found)


def test_webvtt_is_read_without_notes_styles_and_voices(tmp_path: Path) -> None:
    path = written(tmp_path, "a.vtt", VTT)
    found = segments(path)
    assert [(one.key, one.target) for one in found] == [("1", "Fish & chips\xa0<now>\n- Yes! Go"), ("2", "The end")]
    check_places(path, VTT, found)


def test_ass_is_read_without_tags_drawings_and_comments(tmp_path: Path) -> None:
    path = written(tmp_path, "a.ass", ASS.replace("\n", "\r\n"), "utf-16")
    found = segments(path)
    assert [(one.key, one.target) for one in found] == [("1", "Well, he said,\nand\xa0left."), ("2", "Drawn karao\nke")]
    check_places(path, ASS.replace("\n", "\r\n"), found)


@pytest.mark.parametrize("suffix", ["srt", "vtt", "ass", "ssa"])
def test_what_pysubs2_writes_comes_back_and_only_the_accepted_words_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    monkeypatch.chdir(tmp_path)
    made = pysubs2.SSAFile()
    for number in range(5):
        made.append(
            pysubs2.SSAEvent(number * 1000, number * 1000 + 900, text=f"Line {number}, then\\Na {{\\i1}}combination{{\\i0}} punch.")
        )
    name = f"a.{suffix}"
    made.save(name)
    before = Path(name).read_text(encoding="utf-8")
    after = mended(capsys, Path(name)).decode()
    words = "<i>combination</i> punch" if suffix in ("srt", "vtt") else "{\\i1}combination{\\i0} punch"
    assert before.count(words) == 5
    assert after == before.replace(words, words.replace("combination", "package of measures").replace(" punch", ""))
    texts = [event.plaintext for event in pysubs2.load(f"out/{name}")]
    assert texts == [f"Line {number}, then\na package of measures." for number in range(5)]


def test_where_most_cues_have_both_languages_the_chinese_is_the_source(tmp_path: Path) -> None:
    cue = "{0}\n00:00:0{0},000 --> 00:00:0{0},900\n{1}\n\n"
    both = [cue.format(1, "船来了。\nThe ship is here."), cue.format(2, "Go!\n走吧！\n快走！"), cue.format(3, "没有翻译")]
    found = segments(written(tmp_path, "a.srt", "".join(both)))
    assert [(one.target, one.source) for one in found] == [
        ("The ship is here.", "船来了。"),
        ("Go!", "走吧！\n快走！"),
        ("没有翻译", None),
    ]
    mostly_english = [cue.format(number, "The ship is here.") for number in range(1, 5)]
    found = segments(written(tmp_path, "b.srt", "".join([*both[:1], *mostly_english])))
    assert (found[0].target, found[0].source) == ("船来了。\nThe ship is here.", None)


def test_a_source_file_goes_beside_cue_by_cue_or_is_refused(tmp_path: Path) -> None:
    cue = "00:0{0}.000 --> 00:0{0}.900\n{1}\n\n"
    english = written(tmp_path, "en.vtt", "WEBVTT\n\n" + cue.format(1, "One.") + cue.format(2, "Two."))
    chinese = written(tmp_path, "zh.vtt", "WEBVTT\n\n" + cue.format(1, "一。") + cue.format(2, "二。"))
    assert [one.source for one in segments(english, Reading(source=chinese))] == ["一。", "二。"]
    shorter = written(tmp_path, "short.vtt", "WEBVTT\n\n" + cue.format(1, "一。"))
    with pytest.raises(ReviewerError, match=r"en\.vtt: segment 2: .*short\.vtt ends before it"):
        segments(english, Reading(source=shorter))
    with pytest.raises(ReviewerError, match=r"short\.vtt: it ends before segment 2 of"):
        segments(shorter, Reading(source=chinese))


@pytest.mark.parametrize(
    ("name", "text", "edit", "wanted"),
    [
        (
            "a.vtt",
            "WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nA combination punch.\r\n",
            "a <b> & c\n\nd --> e",
            "A a &lt;b&gt; &amp; c\r\nd --&gt; e.\r\n",
        ),
        ("a.srt", "1\r\n00:00:01,000 --> 00:00:02,000\r\nA combination punch.\r\n", "a < b\n\n\nc", "A a < b\r\nc.\r\n"),
        ("a.ass", "[Events]\nFormat: Text\nDialogue: A combination punch.\n", "a, b\nc", "Dialogue: A a, b\\Nc.\n"),
    ],
)
def test_a_replacement_stays_text_in_its_cue(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    text: str,
    edit: str,
    wanted: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, name, text)
    assert mended(capsys, Path(name), edits=[edit]).decode().endswith(wanted)


@pytest.mark.parametrize(
    ("name", "text", "edit"),
    [
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nA combination punch.\n", "a <i>"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nA combination punch.\n", "a\n00:00:01,000 --> 00:00:02,000"),
        ("a.ass", "[Events]\nFormat: Text\nDialogue: A combination punch.\n", "a {\\b1} b"),
        ("a.ass", "[Events]\nFormat: Text\nDialogue: A combination punch.\n", "a \\N b"),
    ],
)
def test_a_replacement_that_would_be_taken_for_markup_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, text: str, edit: str
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, name, text)
    assert f"{name}: segment 1: subtitles" in refused(capsys, Path(name), edit)


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("a.srt", "Hello\n", "no line of times"),
        ("a.vtt", "1\n00:01.000 --> 00:02.000\nHi\n", "line 1: a WebVTT file begins with WEBVTT"),
        ("a.ass", "Hello\n", r"no section such as \[Events\]"),
        ("a.ass", "[Events]\nDialogue: 1\n", "line 2: a dialogue before the Format line"),
        ("a.ass", "[Events]\nFormat: Text, Start\n", "line 2: the last field"),
        ("a.ass", "[Events]\nFormat: Start, Text\nDialogue: 1\n", "line 3: a dialogue with 1 fields"),
    ],
)
def test_what_is_no_such_file_is_refused_with_its_line(tmp_path: Path, name: str, text: str, what: str) -> None:
    path = written(tmp_path, name, text)
    with pytest.raises(ReviewerError, match=f"^{path}: {what}"):
        list(read(path))
