"""Every rule's examples hold."""

from __future__ import annotations

import pytest

from reviewer import examples, rulepack
from reviewer.model import Rule

EVERYTHING = rulepack.load(compile_patterns=True)


def test_all_examples_hold() -> None:
    assert [str(failure) for failure in examples.failures(EVERYTHING, EVERYTHING)] == []


@pytest.mark.parametrize("folder", sorted({rule.id.split("/")[0] for rule in EVERYTHING}))
def test_every_rule_of_a_folder_says_why_in_a_sentence(folder: str) -> None:
    for rule in rulepack.choose(EVERYTHING, [folder]):
        assert rule.why[0].isupper() or not rule.why[0].isalpha(), rule.id
        assert rule.why.endswith((".", "?", "!", ")", '"')), rule.id


def changed(rule: Rule, **bad: str) -> list[str]:
    """The kinds of failure of a copy of a rule with another example."""
    from dataclasses import replace

    from reviewer.rulepack import example

    one = replace(rule, **{key: (example.read(text, marked=key != "good"),) * 2 for key, text in bad.items()})
    return [failure.kind for failure in examples.failures([one], EVERYTHING)]


FISTS = next(rule for rule in EVERYTHING if rule.id == "calques/policy/combination-fists")


def test_a_bad_example_that_is_not_found_is_missing() -> None:
    assert "Missing" in changed(FISTS, bad="Officials used [[fists]] to steady exports.")


def test_a_bad_example_found_at_other_words_is_not_found() -> None:
    assert changed(FISTS, bad="Officials threw [[a combination punch]] to steady exports.")


def test_a_good_example_that_is_found_is_noisy() -> None:
    assert "Noisy" in changed(FISTS, good="Officials threw combination punches to steady exports.")


def test_a_mended_sentence_that_no_fix_makes_is_a_wrong_fix() -> None:
    assert "Wrong fix" in changed(FISTS, bad="They threw [[combination punches]] at it. => They did nothing.")


def test_a_known_gap_that_is_found_is_closed() -> None:
    assert "Closed gap" in changed(FISTS, known_gaps="They threw [[combination punches]] at it.")
