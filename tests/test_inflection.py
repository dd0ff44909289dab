"""The forms of words."""

from __future__ import annotations

import pytest
from lemminflect import getAllInflections

from reviewer import rulepack
from reviewer.checks.phrase import inflection
from reviewer.checks.phrase.pattern import parse

TAGS = {"VBZ": inflection.S, "VBD": inflection.PAST, "VBN": inflection.PARTICIPLE, "VBG": inflection.ING, "NNS": inflection.S}
# words the dictionary has in a form nobody writes ("broadcasted" is a slip), or as another word (lie, lied)
DISPUTED = {"blend", "broadcast", "can", "dial", "equal", "fit", "lie", "login", "program", "redo", "relay", "will"}


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("take", "take takes took taken taking"),
        ("carry", "carry carries carried carried carrying"),
        ("commit", "commit commits committed committed committing"),
        ("visit", "visit visits visited visited visiting"),
        ("panic", "panic panics panicked panicked panicking"),
        ("tie", "tie ties tied tied tying"),
        ("agree", "agree agrees agreed agreed agreeing"),
        ("quiz", "quiz quizzes quizzed quizzed quizzing"),
        ("echo", "echo echoes echoed echoed echoing"),
        ("have", "have has had had having"),
    ],
)
def test_a_lemma_has_its_five_forms(lemma: str, forms: str) -> None:
    assert [inflection.inflect(lemma, kind) for kind in inflection.FORMS] == forms.split()


@pytest.mark.parametrize(
    ("one", "many"), [("policewoman", "policewomen"), ("human", "humans"), ("leaf", "leaves"), ("child", "children")]
)
def test_nouns_have_their_plural(one: str, many: str) -> None:
    assert inflection.inflect(one, inflection.S) == many


def test_british_and_american_spellings_are_both_found() -> None:
    assert {"travelled", "traveled"} <= set(inflection.forms("travel"))
    assert {"organised", "organized"} <= set(inflection.forms("organize"))


def test_a_form_is_known_by_the_words_before_it() -> None:
    assert inflection.form_of("built", "build", "The firm ") == inflection.PAST
    assert inflection.form_of("built", "build", "It has recently ") == inflection.PARTICIPLE
    assert inflection.form_of("building", "build") == inflection.ING


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("hour", "an"),
        ("university", "a"),
        ("uninformed", "an"),
        ("European", "a"),
        ("MP", "an"),
        ("UNESCO", "a"),
        ("one-off", "a"),
        ("FBI", "an"),
        ("11-year", "an"),
        ("80s", "an"),
        ("110th", "a"),
    ],
)
def test_the_article_goes_by_sound(word: str, wanted: str) -> None:
    assert inflection.article(word) == wanted


def test_the_forms_that_rules_use_are_those_of_a_dictionary() -> None:
    lemmas = {
        word
        for rule in rulepack.load()
        if rule.flag
        for words in parse(rule.flag).lemmas.values()
        for word in words
        if word.isalpha() and word != "be"
    }
    assert len(lemmas) > 50
    wrong = []
    for lemma in sorted(lemmas - DISPUTED):
        ours = inflection.paradigm(lemma)
        for tag, theirs in getAllInflections(lemma).items():
            uncounted = tag == "NNS" and theirs == (lemma,)  # a mass noun: its plural is met only in mistakes
            if tag in TAGS and not uncounted and not set(theirs) & set(ours[TAGS[tag]]):
                wrong.append((lemma, tag, theirs, ours[TAGS[tag]]))
    assert not wrong
