"""A marked error in the store: a finding of the reviewer's own, for as long as its words stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer.model import Piece, ReviewerError, Severity, Span, Verdict
from reviewer.store import OWN, Mark, Said, Store
from tests.stored import LINES, document, lint

AGAIN = (LINES[0], "The pears, the pears and the pears.", LINES[2])


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "review.db")
    lint(store, document(tmp_path / "pears.txt"))
    return store


def mark(store: Store, span: Span, position: int = 0, text: str | None = "town", words: str = "") -> None:
    store.settle([], [Mark(position, span, text, "terminology/wrong-term", words=words)], document_id=1, reviewer="Ana")


def marks(store: Store) -> list[tuple[int, int, str, str | None]]:
    return [(one.position, one.finding.span.start, one.finding.text, one.decision_text) for one in store.findings(1, rule=OWN)]


def test_a_mark_is_a_finding_like_others(store: Store) -> None:
    piece = Piece(0, 100, len(LINES[0]), len(LINES[0]))
    made = Mark(0, Span(4, 10), "town", "terminology/wrong-term", Severity.CRITICAL, "A town.", (piece,), "county")
    store.settle([], [made], document_id=1, reviewer="Ana", note="see the map")
    (found,) = store.findings(1, rule=OWN)
    assert (found.finding.text, found.finding.severity, found.finding.message) == ("county", Severity.CRITICAL, "A town.")
    assert [fix.text for fix in found.finding.fixes] == ["town"]
    assert (found.state, found.decision_text, found.reviewer, found.note) == (Verdict.EDIT, "town", "Ana", "see the map")
    assert found.in_file == Span(104, 110)
    assert store.documents()[0].edited == 1


def test_each_place_of_the_same_words_is_a_mark_of_its_own(store: Store, tmp_path: Path) -> None:
    lint(store, document(tmp_path / "pears.txt", AGAIN))
    starts = [start for start in range(len(AGAIN[1])) if AGAIN[1].startswith("the pears", start)]
    for start in starts[::-1]:
        mark(store, Span(start, start + 9), 1, f"fruit {start}")
    assert marks(store) == [(1, start, "the pears", f"fruit {start}") for start in starts]
    lint(store, document(tmp_path / "pears.txt", ("New.", *AGAIN)))
    assert marks(store) == [(2, start, "the pears", f"fruit {start}") for start in starts]


@pytest.mark.parametrize("span", [Span(0, 0), Span(5, 4), Span(-1, 3), Span(0, 999), Span(999, 1000)])
def test_a_place_that_is_not_in_the_text_is_refused(store: Store, span: Span) -> None:
    with pytest.raises(ReviewerError, match="no longer in the document; lint it again"):
        mark(store, span)
    assert marks(store) == []


@pytest.mark.parametrize("position", [3, 999])
def test_a_paragraph_that_is_not_there_is_refused(store: Store, position: int) -> None:
    with pytest.raises(ReviewerError, match="no longer in the document"):
        mark(store, Span(0, 3), position)


def test_words_that_are_not_those_the_reviewer_saw_are_refused(store: Store) -> None:
    with pytest.raises(ReviewerError, match="no longer in the document; lint it again"):
        mark(store, Span(4, 10), words="city of")
    assert marks(store) == []
    mark(store, Span(4, 10), words="county")
    assert marks(store) == [(0, 4, "county", "town")]


def test_a_mark_that_overlaps_what_is_changed_already_is_refused_with_all_that_came_with_it(store: Store) -> None:
    store.decide(1, Verdict.ACCEPT, reviewer="Ana")
    with pytest.raises(ReviewerError, match="overlaps 'combination punches', which becomes 'a package of measures'"):
        store.settle(
            [Said(2, Verdict.REJECT)],
            [Mark(1, Span(0, 8), "Mr Chen", "x/y"), Mark(0, Span(11, 24), "made", "x/y")],
            document_id=1,
            reviewer="Ana",
        )
    assert marks(store) == []
    assert store.history(2) == []


def test_an_open_mark_may_overlap_and_then_only_one_of_the_two_can_be_accepted(store: Store) -> None:
    mark(store, Span(11, 24), text=None)
    store.decide(1, Verdict.ACCEPT, reviewer="Ana")
    (own,) = store.findings(1, rule=OWN)
    with pytest.raises(ReviewerError, match="overlaps"):
        store.decide(own.id, Verdict.EDIT, text="made", reviewer="Ana")


def test_the_same_words_marked_again_are_one_finding_with_the_last_word_said(store: Store) -> None:
    mark(store, Span(4, 10))
    mark(store, Span(4, 10), text="district")
    assert marks(store) == [(0, 4, "county", "district")]
    assert store.undo("Ana") is not None
    assert marks(store) == [(0, 4, "county", "town")]
    assert store.undo("Ana") is not None
    assert marks(store) == []
    mark(store, Span(4, 10), text="region")
    assert marks(store) == [(0, 4, "county", "region")]


def test_a_mark_goes_with_its_words_and_counts_for_nothing_meanwhile(store: Store, tmp_path: Path) -> None:
    mark(store, Span(4, 10))
    lint(store, document(tmp_path / "pears.txt", ("The town threw combination punches.", *LINES[1:])))
    assert marks(store) == []
    assert store.documents()[0].edited == 0
    lint(store, document(tmp_path / "pears.txt", (*LINES[1:], LINES[0])))
    assert marks(store) == [(2, 4, "county", "town")]


def test_a_mark_in_a_part_of_a_long_file_stays_in_its_part(store: Store, tmp_path: Path) -> None:
    parts = [document(tmp_path / "long.txt", LINES, part=part, first=3 * part) for part in range(2)]
    lint(store, *parts)
    store.settle([], [Mark(3, Span(4, 10), "town", "x/y", words="county")], document_id=2, reviewer="Ana")
    for _ in range(2):
        (own,) = store.findings(2, rule=OWN)
        assert (own.position, own.finding.segment) == (3, "p3")
        lint(store, *parts)
