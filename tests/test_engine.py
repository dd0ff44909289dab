"""One card a place, fingerprints that last, checks that name themselves when they fail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer import engine
from reviewer.model import Document, Finding, ReviewerError, Rule, Segment, Severity, Span

SOUP = Rule(id="test/food/soup", why="A name read as a word.", flag="soup", use=("Tang",), confidence=0.5)
BOWL = Rule(id="test/food/bowl", why="A bowl.", flag="bowl of soup", confidence=0.7, severity=Severity.MAJOR)
FISH = Rule(id="test/food/fish", why="A fish.", flag="fish", confidence=0.3)


def review(
    text: str, *rules: Rule, opaque: tuple[Span, ...] = (), least: float = 0.0, worst: Severity = Severity.MINOR
) -> list[Finding]:
    segments = tuple(Segment(str(n), line, opaque=opaque) for n, line in enumerate(text.split("\n")))
    document = Document(Path("a.txt"), "text", segments)
    return list(engine.review(document, engine.compile(rules), least=least, worst=worst))


def test_findings_come_in_reading_order_with_their_words() -> None:
    found = review("Fish and soup.\nMore soup, more fish.", SOUP, FISH)
    assert [(one.segment, one.text) for one in found] == [("0", "Fish"), ("0", "soup"), ("1", "soup"), ("1", "fish")]


def test_two_rules_on_the_same_words_make_one_card() -> None:
    (card,) = review("A bowl of soup.", SOUP, BOWL)
    assert (card.rule, card.also) == ("test/food/bowl", ("test/food/soup",))


def test_what_is_said_of_the_whole_segment_leads() -> None:
    (card,) = review("Hot soup", SOUP, Rule(id="test/all", why="All of it.", flag="hot soup", confidence=0.2))
    assert card.rule == "test/all"


def test_milder_and_less_sure_findings_can_be_left_out() -> None:
    assert [one.rule for one in review("A bowl of fish soup, a bowl of soup.", BOWL, FISH, least=0.6)] == ["test/food/bowl"]
    assert [one.rule for one in review("Fish in a bowl of soup.", BOWL, FISH, worst=Severity.MAJOR)] == ["test/food/bowl"]


def test_what_is_not_reviewed_has_no_findings_but_may_lie_within_one() -> None:
    assert [one.span.start for one in review("soup soup", SOUP, opaque=(Span(0, 4),))] == [5]
    assert [one.text for one in review("bowl of soup", BOWL, opaque=(Span(5, 7),))] == ["bowl of soup"]


def test_a_fingerprint_survives_moved_text_and_changed_neighbours() -> None:
    before = review("He ate the hot soup slowly.\nNobody else did.", SOUP)
    after = review("A new paragraph.\nNobody did this.\nHe  ate the hot soup slowly.", SOUP)
    assert [one.fingerprint for one in before] == [one.fingerprint for one in after]


def test_the_same_words_twice_have_two_fingerprints() -> None:
    found = review("Hot soup.\nHot soup.\nCold soup.", SOUP)
    assert len({one.fingerprint for one in found}) == 3


def test_an_unknown_kind_is_named_with_its_rule() -> None:
    with pytest.raises(ReviewerError, match="test/food/odd: no kind is called 'smell'"):
        engine.compile([Rule(id="test/food/odd", why="Odd.", kind="smell", detect="nose")])


def test_a_check_that_fails_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def compile(rules: object) -> object:
        def check(document: Document) -> Iterator[Finding]:
            raise KeyError("lost")
            yield

        return check

    monkeypatch.setitem(engine.KINDS, "phrase", compile)
    with pytest.raises(ReviewerError, match=r"a.txt: the check 'phrase' failed: KeyError: 'lost'"):
        review("Soup.", SOUP)
