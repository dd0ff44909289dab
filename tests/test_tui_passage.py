"""Paragraphs become styled lines: nothing is lost, nothing is too wide, decisions show as they will read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reviewer.model import Finding, Fix, Segment, Severity, Span, Verdict
from reviewer.store import StoredFinding
from reviewer.tui import window
from reviewer.tui.looks import quoted
from reviewer.tui.passage import Line, broken, excerpt, lines, runs, sentence
from reviewer.tui.window import Place

TEXT = "The band threw combination punches, and the pears were fragrant."


def found(words: str, key: int = 1, text: str = TEXT, state: Verdict = Verdict.OPEN, put: str | None = None) -> StoredFinding:
    start = text.index(words)
    span = Span(start, start + len(words))
    finding = Finding("calques/x", "p0", span, words, "Why.", "style/awkward", Severity.MAJOR, 0.7, (Fix(span, "?"),))
    return StoredFinding(key, 1, 0, finding, None, state, put, "Ana", "", "", None)


def plain(shown: list[Line]) -> list[str]:
    return ["".join(run.text for run in line) for line in shown]


def read(text: str, *findings: StoredFinding, current: int | None = None, width: int = 200) -> str:
    return "".join(plain(lines(Segment("p0", text), findings, current, width)))


def test_an_open_finding_leaves_the_words_as_they_are() -> None:
    assert read(TEXT, found("fragrant")) == TEXT


def test_an_accepted_fix_shows_as_it_will_read_with_a_sign() -> None:
    assert read(TEXT, found("fragrant", state=Verdict.ACCEPT, put="sweet")).endswith("the pears were sweet✓.")


def test_rejected_words_stay_and_carry_a_sign() -> None:
    assert read(TEXT, found("fragrant", state=Verdict.REJECT)).endswith("were fragrant✗.")


def test_a_deletion_is_seen() -> None:
    assert read(TEXT, found(", and", state=Verdict.ACCEPT, put="")).startswith("The band threw combination punches⌫✓ the")


def test_the_current_finding_stands_out_without_colour() -> None:
    shown = list(runs(Segment("p0", TEXT), [found("fragrant", 7), found("threw", 8)], 7))
    assert [run.text for run in shown if "reverse" in run.style] == ["fragrant"]
    assert [run.text for run in shown if "underline" in run.style] == ["threw"]


def test_overlapping_findings_do_not_double_words() -> None:
    wide, narrow = found("combination punches", 1), found("punches, and", 2)
    assert read(TEXT, wide, narrow) == TEXT
    assert [run.finding for run in runs(Segment("p0", TEXT), [wide, narrow], 2) if run.finding] == [2]
    same = [found("threw", key, state=Verdict.ACCEPT, put="used") for key in (1, 2)]
    assert read(TEXT, *same).startswith("The band used✓ combination")


def test_several_overlaps_around_the_current_one_are_all_left_out() -> None:
    current, inside, apart = found("combination punches, and the", 1), found("punches", 2), found("band", 3)
    shown = [run.finding for run in runs(Segment("p0", TEXT), [inside, apart, current], 1) if run.finding]
    assert shown == [3, 1]


def test_control_codes_and_markup_are_shown_as_they_are() -> None:
    assert read("\x1b[31mred\x1b[0m [bold]x[/bold] a\u202eb") == "␛[31mred␛[0m [bold]x[/bold] a<202E>b"


def test_a_hard_wrapped_paragraph_flows() -> None:
    assert read("one line\r\n  and another\tend") == "one line and another end"


def test_white_space_on_its_own_is_seen() -> None:
    assert quoted("  ") == "␣␣"
    assert quoted("") == "⌫ (delete)"


def test_wide_characters_count_as_two_cells() -> None:
    assert plain(lines(Segment("p0", "梨花开了又谢"), [], None, 5)) == ["梨花", "开了", "又谢"]
    assert all(cell_len(line.rstrip()) <= 10 for line in plain(lines(Segment("p0", "pears 🍐🍐🍐🍐🍐🍐🍐 ok"), [], None, 10)))


def test_a_long_address_is_cut() -> None:
    assert plain(lines(Segment("p0", "https://example.org/pears"), [], None, 10)) == ["https://ex", "ample.org/", "pears"]


@given(st.text(), st.integers(2, 30))
def test_breaking_keeps_every_character_and_the_width(text: str, width: int) -> None:
    spans = broken(text, width)
    assert "".join(span.of(text) for span in spans) == text
    assert all(cell_len(span.of(text).rstrip()) <= width for span in spans)


def test_the_sentence_around_a_span() -> None:
    text = "First one. The second, here! A third? 第四句。"
    assert sentence(text, Span(15, 21)).of(text) == "The second, here! "
    assert sentence(text, Span(5, 15)).of(text) == "First one. The second, here! "


def test_an_excerpt_is_the_sentence_as_it_reads() -> None:
    text = "It rained. The pears were fragrant. We left."
    shown = list(runs(Segment("p0", text), [found("fragrant", 3, text, Verdict.OPEN, "sweet")], 3))
    assert "".join(run.text for run in excerpt(shown, 3)) == "The pears were sweet. "


def layout(position: int) -> list[Line]:
    return [()] * (position % 3 + 1)


MOVES = [(0, Place(4, 1)), (1, Place(5, 0)), (-2, Place(3, 0)), (-99, Place()), (99, Place(9, 0))]


@pytest.mark.parametrize(("by", "place"), MOVES)
def test_places_move_over_paragraphs_and_stop_at_the_ends(by: int, place: Place) -> None:
    assert window.moved(Place(4, 1), by, layout, 10) == place


def test_distance_counts_lines_down() -> None:
    assert window.distance(Place(2, 1), Place(4, 1), layout, 50) == 4
    assert window.distance(Place(4, 1), Place(2, 1), layout, 50) is None
    assert window.distance(Place(0, 0), Place(9, 0), layout, 5) is None


def test_a_window_ends_where_the_document_does() -> None:
    top = window.around(Place(9, 0), 6, layout, 10)
    assert len(list(window.following(top, 6, layout, 10))) == 6
    assert window.around(Place(0, 0), 6, layout, 10) == Place()
    assert list(window.following(Place(), 6, layout, 0)) == []
