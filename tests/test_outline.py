"""Folds and headings: every paragraph and every finding has its line, and none has two."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reviewer.tui.headings import headings
from reviewer.tui.outline import CONTEXT, SHORTEST, Block, Outline, folded

LENGTHS = st.integers(0, 60)


@st.composite
def documents(draw: st.DrawFn) -> tuple[int, list[int], list[int]]:
    """The length of a document, its paragraphs with findings, and paragraphs at which a fold may have been opened."""
    length = draw(LENGTHS)
    some = st.lists(st.integers(0, max(length - 1, 0)), unique=True, max_size=length)
    return length, sorted(draw(some)), draw(some)


@given(documents())
def test_the_blocks_are_the_document_in_order(document: tuple[int, list[int], list[int]]) -> None:
    length, marked, opened = document
    outline = folded(length, marked, opened)
    blocks = [outline.block(number) for number in range(outline.length)]
    assert [position for block in blocks for position in range(block.first, block.first + block.count)] == list(range(length))


@given(documents())
def test_a_paragraph_is_found_in_its_block(document: tuple[int, list[int], list[int]]) -> None:
    outline = folded(*document)
    for position in range(document[0]):
        block = outline.block(outline.number(position))
        assert block.first <= position < block.first + block.count


@given(documents())
def test_what_has_findings_is_never_folded_nor_is_what_stands_beside_it(document: tuple[int, list[int], list[int]]) -> None:
    length, marked, opened = document
    outline = folded(length, marked, opened)
    for position in marked:
        for near in range(max(0, position - CONTEXT), min(length, position + CONTEXT + 1)):
            assert outline.block(outline.number(near)).count == 1
    folds = [block for number in range(outline.length) if (block := outline.block(number)).count > 1]
    assert all(block.count >= SHORTEST and block.first not in opened for block in folds)


def test_an_opened_fold_stays_open_and_the_others_stay_folded() -> None:
    both = folded(20, [10])
    assert [both.block(0), both.block(both.length - 1)] == [Block(0, 9), Block(12, 8)]
    one = folded(20, [10], [0])
    assert [one.block(0), one.block(one.length - 1)] == [Block(0), Block(12, 8)]


def test_without_folds_a_block_is_a_paragraph() -> None:
    outline = Outline(3)
    assert (outline.length, outline.block(2), outline.number(2)) == (3, Block(2), 2)


@given(st.lists(st.sampled_from(["a", "b", None]), max_size=40))
def test_every_finding_has_a_line_and_every_heading_counts_what_stands_under_it(labels: list[str | None]) -> None:
    made = headings(labels)
    lines = [made.at(line) for line in range(made.lines)]
    assert [place for place, heading in lines if heading is None] == list(range(len(labels)))
    assert all(lines[made.line_of(place)] == (place, None) for place in range(len(labels)))
    for place, heading in lines:
        if heading is not None:
            assert heading.place == place
            assert labels[place : place + heading.count] == [heading.label] * heading.count
            assert place == 0 or labels[place - 1] != heading.label
    assert sum(heading.count for _, heading in lines if heading) == sum(label is not None for label in labels)
