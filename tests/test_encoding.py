"""Files in all the encodings that newsrooms use, and files that are not text."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.formats import decoding
from reviewer.formats.decoding import Encoding
from reviewer.formats.detecting import detect
from reviewer.formats.encoding import open_text
from reviewer.model import ReviewerError

MIXED = "The reservoir (水库) opened in “Luzhou” on 3 May.\r\n新的水库已经启用，市民表示欢迎。\n"


def written(folder: Path, content: bytes) -> Path:
    path = folder / "news.txt"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (MIXED.encode(), Encoding("utf-8")),
        (codecs.BOM_UTF8 + MIXED.encode(), Encoding("utf-8", codecs.BOM_UTF8)),
        (codecs.BOM_UTF16_LE + MIXED.encode("utf-16-le"), Encoding("utf-16-le", codecs.BOM_UTF16_LE)),
        (codecs.BOM_UTF16_BE + MIXED.encode("utf-16-be"), Encoding("utf-16-be", codecs.BOM_UTF16_BE)),
        (MIXED.encode("utf-16-le"), Encoding("utf-16-le")),
        (MIXED.encode("utf-16-be"), Encoding("utf-16-be")),
        (MIXED.encode("gb2312"), Encoding("gb18030")),
        (MIXED.encode("gbk"), Encoding("gb18030")),
        ((MIXED + "𠮷㐀").encode("gb18030"), Encoding("gb18030")),
        ("The ferry to 基隆 runs daily; 渡輪每天開航，歡迎搭乘。\n".encode("big5"), Encoding("big5")),
        ("中文的測試內容很多，今天天氣不錯。".encode("big5"), Encoding("big5")),
        ("Open all day.\n中文的測試內容很多，今天天氣不錯。\n".encode("big5"), Encoding("big5")),
        ("朱镕基".encode("gbk"), Encoding("gb18030")),
        ("It’s a café, and “naïve” it isn’t.\n".encode("cp1252"), Encoding("cp1252")),
        (b"Plain words.\n", Encoding("utf-8")),
        (b"", Encoding("utf-8")),
    ],
)
def test_the_encoding_of_a_file_is_found(tmp_path: Path, content: bytes, expected: Encoding) -> None:
    path = written(tmp_path, content)
    assert detect(path) == expected
    assert "".join(open_text(path, exact=True)).encode(expected.name) == content[len(expected.bom) :]


def test_chinese_far_behind_the_opening_of_a_gb_file_is_found(tmp_path: Path) -> None:
    content = b"The harbour is quiet.\n" * 60_000 + "渔船回港了。\n".encode("gb18030")
    assert detect(written(tmp_path, content)).name == "gb18030"


def test_a_curly_apostrophe_alone_is_not_taken_for_a_rare_chinese_character(tmp_path: Path) -> None:
    path = written(tmp_path, "The town’s only bridge is closed.\n".encode("cp1252"))
    assert "".join(open_text(path)) == "The town’s only bridge is closed.\n"


def test_characters_cut_in_two_by_the_reading_come_out_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "CHUNK", 3)
    for name in ("utf-8", "gb18030", "utf-16-le"):
        bom = codecs.BOM_UTF16_LE if name == "utf-16-le" else b""
        path = written(tmp_path, bom + ("水库😀" * 7).encode(name))
        assert "".join(open_text(path, Encoding(name, bom), exact=True)) == "水库😀" * 7


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (("“Quoted” 水库 " * 40).encode() + b"\xff and on", "byte 800: not valid utf-8"),
        (("水库 " * 400).encode() + "水".encode()[:2], "byte 2800: not valid utf-8"),
        (codecs.BOM_UTF8 + b"good \xe4\xb8 bad", "byte 8: not valid utf-8"),
        (codecs.BOM_UTF16_LE + "abc".encode("utf-16-le") + b"d", "byte 8: not valid utf-16-le"),
        (("水库已经启用，" * 60).encode("gb18030") + b"\xff and on", "byte 840: not valid gb18030"),
        (b"%PDF-1.7\n\x00\x01\x02", "byte 9: a control character"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "byte 8: a control character"),
        (b"\x1f\x8b\x08\x08" + bytes(range(1, 256)), "byte 0: a control character"),
        (codecs.BOM_UTF16_LE + "ab\0c".encode("utf-16-le"), "byte 6: a control character"),
        (b"\x01\x02\x03\x04", "byte 0: a control character"),
    ],
    ids=[
        "broken utf-8",
        "cut utf-8",
        "broken after a BOM",
        "half a unit",
        "broken gb",
        "pdf",
        "png",
        "gzip",
        "wide nul",
        "controls",
    ],
)
def test_what_is_not_text_is_refused_with_its_place(tmp_path: Path, content: bytes, place: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(ReviewerError) as error:
        detect(path)
    assert str(error.value).startswith(f"{path}: {place}")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32_is_named_and_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReviewerError, match="this is UTF-32, which is not read; save the file as UTF-8"):
        detect(written(tmp_path, MIXED.encode(name)))


def test_colour_codes_of_a_terminal_are_text(tmp_path: Path) -> None:
    text = "\x1b[31mRed tide\x1b[0m off the coast.\a\n"
    assert "".join(open_text(written(tmp_path, text.encode()))) == text


def test_a_missing_file_a_folder_and_a_pipe_are_refused_in_one_line(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, reason in (("none.txt", "no such file"), (".", "a folder"), ("pipe", "not a regular file")):
        with pytest.raises(ReviewerError, match=reason):
            detect(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, b"secret")
    path.chmod(0)
    with pytest.raises(ReviewerError, match="no permission"):
        detect(path)


def test_a_file_with_two_spellings_of_one_character_is_not_exact(tmp_path: Path) -> None:
    content = "円 ".encode("cp932") + b"\x87\x90 and \x81\xe0"  # both are U+2252 in cp932, and only one is written
    path = written(tmp_path, content)
    known = Encoding("cp932")
    assert "".join(open_text(path, known)) == "円 ≒ and ≒"
    with pytest.raises(ReviewerError, match="two spellings"):
        list(open_text(path, known, exact=True))


WORDS = st.lists(st.sampled_from(["reservoir", " ", "水库", "。", "“", "”", "\n", "\r\n", "\r", "\t", "\x1b[1m", "é"])).map("".join)


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@given(text=WORDS)
def test_decoding_and_encoding_gives_every_byte_back(tmp_path_factory: pytest.TempPathFactory, name: str, text: str) -> None:
    content = text.encode(name)
    path = written(tmp_path_factory.mktemp("round"), content)
    known = detect(path) if name != "gb18030" else Encoding(name)
    decoded = "".join(open_text(path, known, exact=True))
    assert known.bom + decoded.encode(known.name) == content
