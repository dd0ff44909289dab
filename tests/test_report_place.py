"""Lines and columns of a file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reviewer.model import Span
from reviewer.report.place import Lines, Position


def test_lf_cr_lf_and_cr_end_a_line_each_once() -> None:
    lines = Lines(iter(["one\r\ntwo\rthree\n\r", "\n", "\r", "six"]))
    text = "one\r\ntwo\rthree\n\r\n\rsix"
    begins = [lines.at(Span(text.index(word), text.index(word)))[0] for word in ("one", "two", "three", "six")]
    assert begins == [(1, 1, 1), (2, 1, 1), (3, 1, 1), (6, 1, 1)]
    assert lines.at(Span(len(text), len(text))) == ((6, 4, 4), (6, 4, 4))


def test_a_column_counts_code_points_and_utf_16_units() -> None:
    text = "😀 北京 𠮷 old\n😀new"
    lines = Lines(iter([text[:3], text[3:7], text[7:]]))
    assert lines.at(Span(7, 10)) == (Position(1, 8, 10), Position(1, 11, 13))
    assert lines.at(Span(7, 13)) == (Position(1, 8, 10), Position(2, 3, 4))
    assert lines.at(Span(12, 15)) == (Position(2, 2, 3), Position(2, 5, 6))


@given(st.lists(st.text("ab𠮷\r\n", max_size=4), max_size=6), st.integers(0, 3))
def test_a_place_is_the_same_however_the_file_comes(chunks: list[str], length: int) -> None:
    text = "".join(chunks)
    lines = Lines(iter([chunk for chunk in chunks if chunk]))
    for offset, character in enumerate(text):
        begin, end = lines.at(Span(offset, offset + length))
        if character not in "\r\n":
            assert begin == place_of(text[:offset])
        if text[offset + length : offset + length + 1] not in ("\r", "\n", ""):
            assert end == place_of(text[: offset + length])


def place_of(before: str) -> Position:
    """Where a file stands after a text."""
    *ended, line = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Position(len(ended) + 1, len(line) + 1, len(line.encode("utf-16-le")) // 2 + 1)
