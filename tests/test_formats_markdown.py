"""Markdown to segments: what a reader sees is reviewed, and each piece of it points exactly into the file."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.formats import markdown, read
from reviewer.model import Segment, Span

PAGE = """\
---
title: Not reviewed
---

# The *old* pier #

A ferry &amp; a bus, 2 \\* 3 boats, ~~one~~ **two** [timetables](https://pier.example "tip") and
![a grey boat](boat.png) by `code`.

> The quoted office said
> that it *had
> no* boats.

1. First
   - nested 渡轮 😀
     goes on

```
code is not reviewed
```

    nor is this

<div>nor this</div>

| Pier | Boats |
|------|-------|
| north \\| south | **12** |

Setext heading
===

[pier]: https://pier.example 'not reviewed'
See [the pier][pier] or <https://pier.example>.
"""


def found(content: str) -> list[Segment]:
    return list(markdown.segments(content))


def in_file(segment: Segment, words: str, content: str) -> str:
    """What the file writes for some words of a segment."""
    start = segment.target.index(words)
    span = segment.in_file(Span(start, start + len(words)))
    return span.of(content) if span else ""


def test_what_a_reader_sees_is_what_is_reviewed() -> None:
    assert [(segment.kind, segment.target) for segment in found(PAGE)] == [
        ("heading", "The old pier"),
        ("paragraph", "A ferry & a bus, 2 * 3 boats, one two timetables and\na grey boat by code."),
        ("paragraph", "The quoted office said\nthat it had\nno boats."),
        ("item", "First"),
        ("item", "nested 渡轮 😀\ngoes on"),
        ("cell", "Pier"),
        ("cell", "Boats"),
        ("cell", "north | south"),
        ("cell", "12"),
        ("heading", "Setext heading"),
        ("paragraph", "See the pier or https://pier.example."),
    ]


def test_code_and_addresses_are_opaque() -> None:
    assert [[span.of(segment.target) for span in segment.opaque] for segment in found(PAGE) if segment.opaque] == [
        ["code"],
        ["https://pier.example"],
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_piece_points_to_what_the_file_writes(line_end: str) -> None:
    content = PAGE.replace("\n", line_end)
    for segment in found(content):
        assert sum(piece.length for piece in segment.pieces) == len(segment.target)
        assert_pieces(segment, content)


def test_escapes_entities_and_marked_line_breaks_are_single_characters() -> None:
    segments = found(PAGE)
    assert in_file(segments[1], "&", PAGE) == "&amp;"
    assert in_file(segments[1], "*", PAGE) == "\\*"
    assert in_file(segments[2], "\n", PAGE) == "\n> "
    assert in_file(segments[2], "had\nno", PAGE) == "had\n> no"
    assert in_file(segments[4], "\n", PAGE) == "\n     "
    assert in_file(segments[7], "|", PAGE) == "\\|"


def test_hard_breaks_are_line_breaks_with_their_signs() -> None:
    content = "One pier  \nTwo boats\\\nThree crews<br>Four"
    [segment] = found(content)
    assert segment.target == "One pier\nTwo boats\nThree crews\nFour"
    assert [in_file(segment, f"{word}\n", content) for word in ("pier", "boats", "crews")] == ["pier  \n", "boats\\\n", "crews<br>"]


def test_a_closing_sign_of_a_heading_is_not_its_text() -> None:
    content = "# # #\n\n## C# #\n"
    assert [(segment.target, segment.pieces[0].file_start) for segment in found(content)] == [("#", 2), ("C#", 10)]


@pytest.mark.parametrize(("lead", "next_lead"), [("", ""), ("> ", "> "), ("- One\n\n  ", "  "), ("1. > ", "   > ")])
def test_table_rows_are_found_behind_quote_marks_and_without_outer_pipes(lead: str, next_lead: str) -> None:
    content = f"{lead}Pier | Boats\n{next_lead}--- | ---\n"
    assert [in_file(segment, segment.target, content) for segment in found(content)[-2:]] == ["Pier", "Boats"]


def test_a_character_that_the_pieces_cannot_say_has_none() -> None:
    content = "Piers &NotEqualTilde; boats"
    [segment] = found(content)
    assert segment.target == "Piers \u2242\u0338 boats"
    assert segment.in_file(Span(6, 8)) is None
    assert in_file(segment, "boats", content) == "boats"


def test_a_segment_whose_place_is_not_certain_has_no_pieces() -> None:
    content = "> \u3000\n> Behind a line of an ideographic space"
    [segment] = found(content)
    assert segment.target == "Behind a line of an ideographic space"
    assert segment.pieces == ()


def test_an_empty_file_and_one_of_code_have_no_segments(tmp_path: Path) -> None:
    for content in ("", "```\ncode\n```\n"):
        path = tmp_path / "page.md"
        path.write_text(content)
        [document] = read(path)
        assert (document.format, document.segments) == ("markdown", ())


def assert_pieces(segment: Segment, content: str) -> None:
    """Pieces stand in order; equal lengths mean equal text; the others are one escaped character or a line break."""
    at = file_at = 0
    for piece in segment.pieces:
        assert piece.start >= at
        assert piece.file_start >= file_at
        at, file_at = piece.start + piece.length, piece.file_start + piece.file_length
        shown, written = segment.target[piece.start : at], content[piece.file_start : file_at]
        if piece.length == piece.file_length:
            assert shown == written
        else:
            assert len(shown) == 1
            assert shown in (html.unescape(written), written[1:], written[2:]) or (shown == "\n" and set(written) & set("\r\n>"))


SIGNS = "* ** _ ~~ ~ ` `` [ ] ( ) ![ ](u) [r] [r]: <http://a.b> <b> <br> &amp; &#20320; \\* \\| \\ # ## > - 1. | --- === & < !"
SPACES = [" ", "    ", "\t", "\n", "\n\n", "\r\n", "\r", "  \n", "\n> ", "\n  ", "\u3000", "\u00a0", "\u2028"]
BLOCKS = ["\n|a|b|\n|-|-|\n|", "```\n", "pier", "boats", "渡轮", "😀", "e\u0301"]
FRAGMENTS = st.sampled_from([*SIGNS.split(), *SPACES, *BLOCKS])


@given(content=st.lists(FRAGMENTS, max_size=25).map("".join))
def test_no_markup_however_broken_is_misplaced(content: str) -> None:
    for segment in found(content):
        assert_pieces(segment, content)
