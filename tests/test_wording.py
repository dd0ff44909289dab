"""Fixes in their place: inflection, capitals, articles."""

from __future__ import annotations

import pytest

from reviewer.checks.phrase import wording
from reviewer.checks.phrase.pattern import parse


def mend(flag: str, use: str, text: str) -> str:
    pattern = parse(flag)
    match = next(pattern.matches(text))
    span, (fix,) = wording.fit([wording.render(use, match, pattern.lemmas)], text, match.span)
    return text[: span.start] + fix + text[span.end :]


@pytest.mark.parametrize(
    ("flag", "use", "text", "mended"),
    [
        (
            "<break> through (the )?<bottleneck>",
            r"<overcome> \1<bottleneck=2>",
            "They broke through the bottlenecks.",
            "They overcame the bottlenecks.",
        ),
        ("<take> the lead", "<lead> the way", "It is taking the lead.", "It is leading the way."),
        ("<build> a platform", "<write> a platform", "He had built a platform.", "He had written a platform."),
        ("combination <punch>", "<package> of measures", "Combination punches help.", "Packages of measures help."),
        ("<turn> to be", "<become>", "It had become so, and turned to be so.", "It had become so, and became so."),
        ("<become> to be", "<grow>", "It has become to be so.", "It has grown so."),
        ("<take> aim|<make> an aim", "<aim>", "They made an aim.", "They aimed."),
        ("<be> guaranteed to study", "<be> admitted", "They were guaranteed to study.", "They were admitted."),
    ],
)
def test_a_fix_takes_the_form_of_the_words_it_replaces(flag: str, use: str, text: str, mended: str) -> None:
    assert mend(flag, use, text) == mended


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("combination punch works", "set of measures works"),
        ("It ended. Combination punch works", "It ended. Set of measures works"),
        ("New Combination Punch", "New Set of Measures"),
        ("he said. Combination Punch for all", "he said. Set of measures for all"),
        ("NEW COMBINATION PUNCH", "NEW SET OF MEASURES"),
        ('He said, "Combination punch works."', 'He said, "Set of measures works."'),
    ],
)
def test_capitals_follow_the_place(text: str, mended: str) -> None:
    assert mend("combination punch", "set of measures", text) == mended


@pytest.mark.parametrize(
    ("use", "text", "mended"),
    [
        ("package of measures", "It is a combination punch.", "It is a package of measures."),
        ("array of measures", "It is a combination punch.", "It is an array of measures."),
        ("a package of measures", "It is a combination punch.", "It is a package of measures."),
        ("a package of measures", "It is the combination punch.", "It is the package of measures."),
        ("a package of measures", "It is China's combination punch.", "It is China's package of measures."),
        ("coordinated measures", "It is a combination punch.", "It is coordinated measures."),
        ("the measures", "A combination punch came.", "The measures came."),
        ("array of measures", "A combination punch came.", "An array of measures came."),
    ],
)
def test_the_article_before_the_words_follows_the_fix(use: str, text: str, mended: str) -> None:
    assert mend("combination punch", use, text) == mended


def test_a_fix_that_deletes_takes_a_space_along() -> None:
    assert mend("relevant", "", "All relevant departments met.") == "All departments met."
    assert mend("etc", "", "Tea, rice etc") == "Tea, rice"
