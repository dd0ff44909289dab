"""Text from a document cannot steer the terminal."""

from __future__ import annotations

import os

from reviewer.printable import on_one_line, printable, without_controls


def test_control_characters_become_visible() -> None:
    assert printable("a\x1b[31mb\x07\x7f\x9b\r") == "a␛[31mb␇<007F><009B>␍"


def test_marks_of_direction_become_visible() -> None:
    assert printable("a\u202eb\u200f\u2066") == "a<202E>b<200F><2066>"


def test_tabs_line_feeds_and_letters_stay() -> None:
    assert printable("Pears\t梨\n🍐 café") == "Pears\t梨\n🍐 café"


def test_a_byte_of_a_file_name_that_is_no_utf_8_is_spelled_out() -> None:
    assert printable(os.fsdecode(b"caf\xe9.txt")) == r"caf\xe9.txt"
    assert printable("half \ud83d") == "half <D83D>"


def test_a_name_stands_on_one_line() -> None:
    assert on_one_line("a\r\nb\tc\u2028d") == "a␍␊b␉c<2028>d"


def test_a_person_edits_text_without_control_characters() -> None:
    assert without_controls("a\x1b[31mb\u202e\tc\n") == "a[31mb\tc\n"
