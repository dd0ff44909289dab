"""Lines and columns of a file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reviewer.report.place import Lines


def test_lf_cr_lf_and_cr_end_a_line_each_once() -> None:
    lines = Lines(iter(["one\r\ntwo\rthree\n\r", "\n", "\r", "six"]))
    text = "one\r\ntwo\rthree\n\r\n\rsix"
    assert [lines.at(text.index(word)) for word in ("one", "two", "three", "six")] == [(1, 1), (2, 1), (3, 1), (6, 1)]
    assert lines.at(len(text)) == (6, 4)


@given(st.lists(st.text("ab\r\n", max_size=4), max_size=6))
def test_a_place_is_the_same_however_the_file_comes(chunks: list[str]) -> None:
    text = "".join(chunks)
    lines = Lines(iter([chunk for chunk in chunks if chunk]))
    for offset, character in enumerate(text):
        place = lines.at(offset)
        if character in "ab":
            before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
            assert place == (before.count("\n") + 1, len(before) - before.rfind("\n"))
