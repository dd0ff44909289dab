"""One card a place, fingerprints that last, checks that name themselves when they fail."""

from __future__ import annotations

import time
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


def test_what_is_not_reviewed_has_no_findings_and_lies_within_none() -> None:
    assert [one.span.start for one in review("soup soup", SOUP, opaque=(Span(0, 4),))] == [5]
    for opaque in (Span(7, 9), Span(0, 7), Span(10, 19), Span(0, 19)):
        assert review("A bowl of soup, hot", BOWL, opaque=(opaque,)) == []


def test_what_is_said_of_a_whole_segment_may_hold_what_is_not_reviewed_but_does_not_mend_it() -> None:
    mending = Rule(id="test/all", why="All of it.", flag="bowl of soup", use=("broth",))
    assert [fix.text for fix in review("bowl of soup", mending)[0].fixes] == ["broth"]
    (card,) = review("bowl of soup", mending, opaque=(Span(5, 7),))
    assert (card.text, card.fixes) == ("bowl of soup", ())


def test_a_fingerprint_survives_moved_text_and_changed_neighbours() -> None:
    before = review("He ate the hot soup slowly.\nNobody else did.", SOUP)
    after = review("A new paragraph.\nNobody did this.\nHe  ate the hot soup slowly.", SOUP)
    assert [one.fingerprint for one in before] == [one.fingerprint for one in after]


def test_the_same_words_twice_have_two_fingerprints() -> None:
    found = review("Hot soup.\nHot soup.\nCold soup.", SOUP)
    assert len({one.fingerprint for one in found}) == 3


def test_the_longest_of_several_cards_on_one_finding_lists_its_rule_on_the_surest() -> None:
    whole = Rule(id="test/menu", why="A menu.", flag="fish and soup, fish and soup", confidence=0.1)
    found = review("fish and soup, fish and soup!", SOUP, FISH, whole)
    assert [(one.text, one.also) for one in found] == [
        ("fish", ()),
        ("soup", ("test/menu",)),
        ("fish", ()),
        ("soup", ()),
    ]


def test_a_loop_is_one_finding_however_sure_the_rules_are_of_its_words() -> None:
    loop = Rule(id="test/loop", why="A loop.", flag="soup(?:, soup)+", confidence=0.1)
    assert [(one.rule, one.also) for one in review("Then soup, soup, soup, soup!", SOUP, loop)] == [("test/loop", (SOUP.id,))]
    assert [one.rule for one in review("Then soup, soup, soup!", SOUP, loop)] == [SOUP.id] * 3


def test_twenty_thousand_findings_in_one_paragraph_are_sorted_out_in_seconds() -> None:
    started = time.process_time()
    found = review("A bowl of soup, and a fish that is eaten by the cook of the old inn. " * 20_000, SOUP, BOWL, FISH)
    assert len(found) == 40_000
    assert time.process_time() - started < 8.0


def test_thousands_of_words_that_are_found_again_and_again_are_sorted_out_in_seconds() -> None:
    dish = Rule(id="test/dish", why="A dish.", flag=r"dish\w+")
    started = time.process_time()
    found = review(" ".join(f"dish{number % 4_000}, soup" for number in range(16_000)), dish, SOUP)
    assert len(found) == 32_000
    assert time.process_time() - started < 8.0


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
