"""Plain text to segments: what is a paragraph, and where it stands in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.formats import format_of, parts, read, text
from reviewer.model import Segment, Span

MAIL = """\
Dear all,

the harbour office has looked at the new timetable of the ferries to
Lantern Island and found three mistakes. Mr. Qiu wrote to the owners in
April. Harbour staff will put up corrected tables at both piers before
the holiday.

Best wishes,
Qiu Bo
"""


def targets(content: str) -> list[str]:
    return [segment.target for segment in text.segments([content])]


def test_every_line_of_a_news_text_is_a_segment() -> None:
    assert targets("A headline\nThe first paragraph ends here.\n\nThe second one.\n") == [
        "A headline",
        "The first paragraph ends here.",
        "The second one.",
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_hard_wrapped_mail_is_joined_with_its_line_ends_kept(line_end: str) -> None:
    found = targets(MAIL.replace("\n", line_end))
    assert len(found) == 4
    assert found[1].startswith("the harbour office")
    assert found[1].endswith("the holiday.")
    assert found[1].count(line_end) == 3
    assert found[2:] == ["Best wishes,", "Qiu Bo"]


@pytest.mark.parametrize(
    "lines",
    [
        ["Lantern Island gets a second pier for its ferries", "Lantern Island gets a second pier for its ferries"],
        ["Lantern Island gets a second pier for its ferries", "Lantern Island given a second pier for the ferries"],
        ["- Two more ferries from the first of October this year", "- A night ferry on Fridays"],
        ["1. Two more ferries from the first of October this year", "2. A night ferry on Fridays"],
        ["（一）Two more ferries from the first of October this year", "（二）A night ferry on Fridays and on Saturdays"],
        ["From: Qiu Bo <qiu@harbour.example>", "To: Lin Yue <lin@harbour.example>", "Subject: ferries in the autumn"],
        ["The old pier", "is closed", "for good"],
        ["港务局公布了新的轮渡时刻表，市民可以在码头查询，也可以在网上查询相关信息以及票价变动情况", "港务局提醒市民注意安全"],
        ["Pier\tBoats\tPassengers a day in the summer season", "north\t12\t4,000 in a good year, fewer in the rain"],
        ["The ferry left the north pier on Monday evening and reached the island. " * 8, "the crew went home"],
    ],
    ids=[
        "copies",
        "near copies",
        "bullets",
        "numbers",
        "Chinese numbers",
        "mail head",
        "verse",
        "Chinese",
        "table",
        "one long line",
    ],
)
def test_lines_that_nobody_wrapped_stay_apart(lines: list[str]) -> None:
    assert targets("\n".join(lines)) == [line.strip() for line in lines]


def test_a_wrapped_list_item_keeps_its_second_line_and_is_an_item() -> None:
    found = list(text.segments(["- The office will print new tables for both of the piers\n  before the holiday.\n- Done.\n"]))
    assert [segment.target for segment in found] == [
        "- The office will print new tables for both of the piers\n  before the holiday.",
        "- Done.",
    ]
    assert {segment.kind for segment in found} == {"item"}


def test_an_indent_opens_a_paragraph_in_wrapped_text() -> None:
    content = (
        "    The harbour office has looked at the new timetable of the ferries\nto the island. Nobody was pleased at all.\n"
        "    The owners were asked for another one, and they sent it in within\na week.\n"
    )
    assert [target.split()[:2] for target in targets(content)] == [["The", "harbour"], ["The", "owners"]]


def test_a_headline_in_title_case_is_not_joined_to_the_wrapped_text_below() -> None:
    headline = "Harbour Office Finds Mistakes in Timetable of the Island Ferries Again"
    assert targets(headline + "\n" + MAIL.split("\n\n")[1].capitalize())[0] == headline


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\f", "\n\n \t\n"])
def test_all_line_ends_end_a_line_and_the_last_may_lack_it(line_end: str) -> None:
    assert targets(f"One pier.{line_end}Two boats.") == ["One pier.", "Two boats."]


def test_a_cr_and_an_lf_in_different_chunks_are_one_line_end() -> None:
    assert list(text.lines(["One.\r", "\nTwo.\r", "Three."])) == ["One.\r\n", "Two.\r", "Three."]


def test_addresses_are_opaque_up_to_the_punctuation_of_the_sentence() -> None:
    [segment] = text.segments(["See https://pier.example/a_(b)?c=1, www.pier.example或qiu.bo@pier.example."])
    assert [span.of(segment.target) for span in segment.opaque] == [
        "https://pier.example/a_(b)?c=1",
        "www.pier.example",
        "qiu.bo@pier.example",
    ]


def test_keys_count_on_and_pieces_point_into_the_decoded_file(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_bytes("\ufeff  渡轮 😀 sails.\r\n\r\n\u3000\u3000Twice a day.".encode())
    [document] = read(path)
    assert (document.format, document.name, document.part) == ("text", "", 0)
    assert [(segment.key, segment.target) for segment in document.segments] == [("1", "渡轮 😀 sails."), ("2", "Twice a day.")]
    assert document.segments[1].in_file(Span(0, 5)) == Span(19, 24)


def test_an_empty_file_is_a_document_without_segments(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    [document] = read(path)
    assert document.segments == ()


def test_the_suffix_tells_the_format_and_text_is_the_default() -> None:
    assert [format_of(Path(name)) for name in ("a.TXT", "a.md", "a.markdown", "a.jsonl", "a.log", "README")] == [
        "text",
        "markdown",
        "markdown",
        "jsonl",
        "text",
        "text",
    ]


def test_a_long_file_comes_in_parts_cut_between_segments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 100)
    path = tmp_path / "long.txt"
    path.write_text("".join(f"Ferry number {i} sails.\n" for i in range(20)))
    documents = list(read(path))
    assert [document.part for document in documents] == list(range(len(documents)))
    assert len(documents) == 5
    assert [segment.key for document in documents for segment in document.segments] == [str(i) for i in range(1, 21)]


def test_a_line_without_end_is_cut_after_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "LONGEST_LINE", 100)
    content = "The ferry sails at noon. " * 50
    found = list(text.segments([content]))
    assert all(segment.target.endswith("noon.") and len(segment.target) <= 100 for segment in found)
    assert " ".join(segment.target for segment in found) == content.strip()


def test_a_block_longer_than_what_is_held_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "LARGEST_BLOCK", 6)
    whole = MAIL.split("\n\n")[1]
    assert targets("\n".join([whole, "Another line.", whole])) == [whole, "Another line.", whole]


LINES = st.lists(
    st.sampled_from(
        [
            "the harbour office has looked at the timetable again",
            "- item",
            "渡轮。",
            "Ferry",
            " ",
            "\n",
            "\r\n",
            "\r",
            "\t",
            "\u2028",
            "a " * 99,
        ]
    )
).map("".join)


@given(content=LINES, cut=st.integers(1, 40))
def test_the_segments_are_the_words_of_the_file_however_it_is_chunked(content: str, cut: int) -> None:
    found = list(text.segments([content]))
    assert found == list(text.segments(content[i : i + cut] for i in range(0, len(content), cut)))
    assert "".join("".join(segment.target.split()) for segment in found) == "".join(content.split())
    assert all(_stands(segment, content) for segment in found)


def _stands(segment: Segment, content: str) -> bool:
    return all(
        content[piece.file_start : piece.file_start + piece.file_length] == segment.target[piece.start : piece.start + piece.length]
        for piece in segment.pieces
    )
