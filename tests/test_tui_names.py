"""Names under several spellings: one choice settles all places, one undo takes it back, another choice settles them anew."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from reviewer.model import Document, Finding, Fix, Related, Severity, Span
from reviewer.store import OWN, Store
from reviewer.tui import naming
from reviewer.tui.dialogs.names import Names
from tests.driven import LARGE, SMALL, review, screen, seen, told
from tests.reviewed import article

LINES = (
    "Li Xiaoming opened the market.",
    "Later Li Xiao Ming spoke, and Li Xiaoming sang.",
    "They thanked Li Xiao Ming and Lee Xiaoming.",
    "It rained.",
)
ODD = {"Li Xiao Ming": 1, "Lee Xiaoming": 2}
"""The spellings that are flagged, at their first place from this paragraph on; the second "Li Xiao Ming" no finding stands on."""
READ = {
    "1": tuple(line.replace("Li Xiao Ming", "Li Xiaoming").replace("Lee X", "Li X") for line in LINES),
    "2": tuple(line.replace("Li Xiaoming", "Li Xiao Ming").replace("Lee Xiaoming", "Li Xiao Ming") for line in LINES),
}
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x50"])


def found(document: Document) -> list[Finding]:
    made = []
    for words, number in ODD.items():
        segment = document.segments[number]
        span = Span(segment.target.index(words), segment.target.index(words) + len(words))
        made.append(
            Finding(
                rule="names/spelling",
                segment=segment.key,
                span=span,
                text=words,
                message="Another spelling elsewhere.",
                category="terminology/inconsistent",
                severity=Severity.MINOR,
                confidence=0.7,
                fixes=(Fix(span, "Li Xiaoming"),),
                related=(Related("p0", Span(0, 11), "Li Xiaoming"),),
                fingerprint=words,
            )
        )
    return made


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "review.db")
    for name in ("other.txt", "pears.txt"):  # one without findings comes first
        document = article(tmp_path, name, LINES if name == "pears.txt" else ("It rained.",))
        run = store.start_run("lint")
        digest = hashlib.sha256(document.path.read_bytes()).hexdigest()
        store.record(document, found(document) if name == "pears.txt" else [], run, sha256=digest, encoding="utf-8")
        store.finish_run(run)
    return store


def read(store: Store) -> tuple[str, ...]:
    """The paragraphs as the export would write them."""
    lines = [segment.target for segment in store.segments(2)]
    for one in reversed(store.findings(2)):
        if one.decision_text is not None:
            line = lines[one.position]
            lines[one.position] = line[: one.finding.span.start] + one.decision_text + line[one.finding.span.end :]
    return tuple(lines)


@SIZES
@pytest.mark.parametrize("choice", ["1", "2"])
async def test_a_choice_settles_all_places_in_one_act(store: Store, size: tuple[int, int], choice: str, tmp_path: Path) -> None:
    async with review(store, size) as pilot:
        await pilot.press("N")
        assert isinstance(pilot.app.screen, Names)
        assert "1 name under several spellings in pears.txt" in seen(pilot)
        assert "Li Xiao Ming x2  /  Li Xiaoming x2  /  Lee Xiaoming x1" in seen(pilot)
        await pilot.press("enter", "2" if choice == "1" else "1")
        assert len(pilot.app.screen_stack) == 2
        assert read(store) == READ[choice]
        assert "u takes it back" in told(pilot)
        await pilot.press("u")
        assert read(store) == LINES
        assert len(store.findings(2)) == 2
        await pilot.press("ctrl+r")
        assert read(store) == READ[choice]
    store.close()
    with Store.open(tmp_path / "review.db") as again:
        async with review(again, size) as pilot:
            await pilot.press("u")
        assert read(again) == LINES
        assert {one.state.value for one in again.findings(2)} == {"open"}


async def test_a_name_settled_one_way_can_be_settled_the_other_way(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("N", "enter", "1")
        assert read(store) == READ["2"]
        await pilot.press("N", "enter", "2")
        assert read(store) == READ["1"]
        await pilot.press("N", "enter", "1")
        assert read(store) == READ["2"]
        await pilot.press("u", "u")
        assert read(store) == READ["2"]


async def test_another_spelling_can_be_typed(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("N", "enter", "o")
        await pilot.press("ctrl+u", *"Li Ming", "enter")
        assert read(store)[2] == "They thanked Li Ming and Li Ming."
        assert sum(line.count("Li Ming") for line in read(store)) == 5


async def test_leaving_at_any_step_changes_nothing(store: Store) -> None:
    async with review(store) as pilot:
        for presses in (["escape"], ["q"], ["N"], ["enter", "escape", "escape"], ["enter", "o", "escape", "escape"]):
            await pilot.press("N", *presses)
            assert pilot.app.screen is screen(pilot)
        assert read(store) == LINES
        assert store.history(1) == []


async def test_in_a_document_without_such_names_it_says_so(store: Store) -> None:
    async with review(store) as pilot:
        await pilot.press("left_square_bracket", "N")
        assert "No name in this document stands under two spellings." in told(pilot)


def test_a_place_that_a_finding_overlaps_is_left_to_it(store: Store) -> None:
    findings, segments = store.findings(2), store.segments(2)
    (name,) = naming.names(findings, segments)
    decisions, marks = naming.settled(name, "Li Xiaoming", findings)
    assert [one.text for one in decisions] == ["Li Xiaoming", "Li Xiaoming"]
    assert [(mark.position, mark.span.start) for mark in marks] == [(2, LINES[2].index("Li Xiao Ming"))]
    assert all(mark.words == "Li Xiao Ming" for mark in marks)


async def test_a_name_settled_stays_settled_after_another_lint(store: Store, tmp_path: Path) -> None:
    async with review(store) as pilot:
        await pilot.press("N", "enter", "2")
    document = article(tmp_path, "pears.txt", ("A new paragraph.", *LINES))
    run = store.start_run("lint")
    moved = Document(document.path, "text", document.segments[1:])
    findings = found(moved)
    store.record(document, findings, run, sha256="new", encoding="utf-8")
    store.finish_run(run)
    assert read(store) == ("A new paragraph.", *READ["1"])
    assert [one.finding.rule for one in store.findings(2)].count(OWN) == 1
