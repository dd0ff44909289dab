"""Every rule's examples hold."""

from __future__ import annotations

import pytest

from reviewer import examples, rulepack
from reviewer.model import Example, Rule
from reviewer.rulepack import example

EVERYTHING = rulepack.load()


def test_all_examples_hold() -> None:
    assert [str(failure) for failure in examples.failures(EVERYTHING, EVERYTHING)] == []


@pytest.mark.parametrize("folder", sorted({rule.id.split("/")[0] for rule in EVERYTHING}))
def test_every_rule_of_a_folder_says_why_in_a_sentence(folder: str) -> None:
    for rule in rulepack.choose(EVERYTHING, [folder]):
        assert not rule.why[0].islower(), rule.id
        assert rule.why.endswith((".", "?", "!", ")", '"')), rule.id


def twice(text: str, *, marked: bool = True) -> tuple[Example, Example]:
    """A text as the two examples a rule needs."""
    return (example.read(text, marked=marked),) * 2


def kinds(rule: Rule) -> list[str]:
    """The kinds of failure of a rule's examples."""
    return [failure.kind for failure in examples.failures([rule], EVERYTHING)]


FISTS = next(rule for rule in EVERYTHING if rule.id == "calques/policy/combination-fists")


def test_a_pattern_that_is_no_regular_expression_is_unreadable() -> None:
    odd = "soups{3,2}"
    for rule in (FISTS._replace(flag=odd), FISTS._replace(unless=odd), FISTS._replace(needs=odd)):
        assert kinds(rule) == ["Unreadable"]


def test_many_rules_are_tested_in_several_processes_with_the_same_outcome() -> None:
    rules = [FISTS] * examples.MANY + [FISTS._replace(good=twice("They threw combination punches.", marked=False))]
    assert [failure.kind for failure in examples.failures(rules, [FISTS])] == ["Noisy", "Noisy"]


def test_a_bad_example_that_is_not_found_is_missing() -> None:
    assert "Missing" in kinds(FISTS._replace(bad=twice("Officials used [[fists]] to steady exports.")))


def test_a_bad_example_found_at_other_words_is_not_found() -> None:
    assert kinds(FISTS._replace(bad=twice("Officials threw [[a combination punch]] to steady exports.")))


def test_a_good_example_that_is_found_is_noisy() -> None:
    good = twice("Officials threw combination punches to steady exports.", marked=False)
    assert "Noisy" in kinds(FISTS._replace(good=good))


def test_a_mended_sentence_that_no_fix_makes_is_a_wrong_fix() -> None:
    assert "Wrong fix" in kinds(FISTS._replace(bad=twice("They threw [[combination punches]] at it. => They did nothing.")))


def test_a_known_gap_that_is_found_is_closed() -> None:
    assert "Closed gap" in kinds(FISTS._replace(known_gaps=twice("They threw [[combination punches]] at it.")))
