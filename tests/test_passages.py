"""A document is parted into passages, and a language model's tokens are scored in them and read by a probe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import compress, pairwise

import numpy as np
import pytest

from reviewer.checks.suspect import passages, scoring
from reviewer.checks.suspect.forest import Forest
from reviewer.checks.suspect.passages import Passage, Text, parted
from reviewer.checks.suspect.scoring import PROBED, RANK, START, SURPRISAL, Probe, States
from reviewer.checks.suspect.words import Floats
from reviewer.training import growing


class Letters:
    """A model whose tokens are single bytes, and which expects every byte but `z` alike. Its state is the byte and one more."""

    start = (2,)

    def __init__(self, context: int = 10_000) -> None:
        self.context = context
        self.read_so_far: list[str] = []

    def tokens(self, text: str) -> list[int]:
        return list(text.encode())

    def piece(self, token: int) -> str:
        return bytes([token]).decode(errors="replace")

    def read(self, tokens: Sequence[int], wanted: Sequence[bool], *, logits: bool) -> Iterator[tuple[Floats, Floats]]:
        self.read_so_far.append(bytes(tokens[1:]).decode())
        row = np.zeros(256, np.float32)
        row[ord("z")] = -3
        for token in compress(tokens, wanted):
            yield row[: 256 * logits], np.array([token, 1], np.float32)


def alone(*texts: Text) -> Passage:
    return Passage((), texts)


def test_surprisal_rank_and_entropy_are_those_of_the_softmax() -> None:
    (found,) = scoring.scores(Letters(), [alone(Text("a z"))])
    total = 255 + np.exp(-3)
    assert found[START].tolist() == [0, 0, 2, 2]
    assert found[SURPRISAL] == pytest.approx([np.log(total)] * 3 + [np.log(total) + 3], abs=1e-4)
    assert found[RANK] == pytest.approx([0, 0, 0, np.log(256)], abs=1e-4)


def test_tokens_start_where_their_characters_do() -> None:
    text = "  Naïve 𝕏 — “so”"
    (found,) = scoring.scores(Letters(), [alone(Text(text))])
    starts = found[START].astype(int)
    assert (np.diff(starts) >= 0).all()
    assert {text[at] for at in starts} == set("Navïeso𝕏”")  # each part of a character stands with the first of its kind


def test_texts_are_read_after_each_other_and_start_where_they_stand_in_all_of_them() -> None:
    engine_of_bytes = Letters()
    (found,) = scoring.scores(engine_of_bytes, [Passage((Text("Cats purr."),), (Text("Dogs bark."), Text(""), Text("Birds.")))])
    assert engine_of_bytes.read_so_far == ["English: Cats purr.\n Dogs bark.\n \n Birds."]
    assert found.shape == (4, len(" Dogs bark.  Birds."))
    assert (found[START].min(), found[START].max()) == (0, len("Dogs bark.Birds.") - 1)


def test_white_space_at_the_end_of_a_text_is_no_part_of_the_next() -> None:
    with_space, without = (
        scoring.scores(Letters(), [alone(Text(f"Cats purr.{space}"), Text("Dogs bark."))])[0] for space in (" \n", "")
    )
    assert with_space[SURPRISAL].tolist() == without[SURPRISAL].tolist()
    assert with_space[START, -1] == without[START, -1] + 2


def test_a_passage_that_is_a_little_too_long_is_read_without_what_stands_before() -> None:
    engine_of_bytes = Letters(40)
    scoring.scores(engine_of_bytes, [Passage((Text("Cats purr all day."),), (Text("Dogs."), Text("Birds.")))])
    assert engine_of_bytes.read_so_far == ["English: Dogs.\n Birds."]


def test_white_space_before_a_long_paragraph_goes_with_it() -> None:
    (first, *_) = parted([Text("  " + "word " * 1000, "中")])
    assert first.texts[0].english.startswith("  word")


def test_each_text_is_given_its_chinese() -> None:
    engine_of_bytes = Letters()
    scoring.scores(engine_of_bytes, [Passage((Text("Cats.", "猫。"),), (Text("Dogs.", "狗。"), Text("Birds.")))])
    assert engine_of_bytes.read_so_far == [
        "Chinese: 猫。\nEnglish: Cats.\n\nChinese: 狗。\nEnglish: Dogs.\n\nEnglish: Birds.",
    ]


def test_a_passage_longer_than_the_context_is_read_in_parts() -> None:
    engine_of_bytes = Letters(64)
    (found,) = scoring.scores(engine_of_bytes, [Passage((Text("Cats purr."),), (Text("word " * 2000), Text("So.")))])
    assert found.shape == (4, 10_000 + 4)
    assert all(one.startswith("English: ") and len(one) < 64 for one in engine_of_bytes.read_so_far)
    assert found[START, -1] == 10_002


def test_a_source_that_leaves_no_room_is_left_out() -> None:
    engine_of_bytes = Letters(64)
    scoring.scores(engine_of_bytes, [alone(Text("Cats sleep.", "猫")), alone(Text("Cats sleep.", "猫睡觉。" * 50))])
    assert engine_of_bytes.read_so_far == ["Chinese: 猫\nEnglish: Cats sleep.", "English: Cats sleep."]


def test_a_probe_reads_in_the_states_of_the_model_that_it_was_made_for() -> None:
    probe = Probe(np.array([[2, 0], [0, 1]], np.float32), np.array([0, 5], np.float32), np.array([ord("."), 1], np.float32))
    (found,) = scoring.scores(Letters(), [alone(Text("a"))], probe)
    assert found[PROBED:].tolist() == [[2 * ord(" "), 2 * ord("a")], [6, 6]]
    for other in (np.array([-1, 1], np.float32), np.ones(3, np.float32)):
        (found,) = scoring.scores(Letters(), [alone(Text("a"))], replace(probe, sign=other))
        assert len(found) == PROBED
    (found,) = scoring.scores(Letters(), [alone(Text("a"))], States())
    assert found[PROBED:].tolist() == [[ord(" "), ord("a")], [1, 1]]
    (quick,) = scoring.scores(Letters(), [alone(Text("a"))], States(scored=False))
    assert np.array_equal(quick[PROBED:], found[PROBED:])
    assert (quick[START].tolist(), quick[SURPRISAL].tolist()) == ([0, 0], [0, 0])


def test_what_is_kept_comes_back() -> None:
    found = np.arange(12, dtype=np.float32).reshape(6, 2)
    assert np.array_equal(scoring.unpacked(scoring.packed(found)), found)


def test_a_document_is_parted_into_passages_and_nothing_is_lost() -> None:
    texts = [Text(f"Paragraph {number}. " + "It goes on and on. " * 20, f"第{number}段") for number in range(30)]
    found = [*parted(texts)]
    assert [text for passage in found for text in passage.texts] == texts
    assert found[0].before == ()
    for passage, earlier in pairwise(found):
        assert passage.texts[-len(earlier.before) :] == earlier.before  # the paragraphs just before it
        assert 0 < sum(passages.estimated(text.english) for text in earlier.before) <= passages.BEFORE


@pytest.mark.parametrize("paragraphs", [*range(1, 40), 333])
def test_two_processes_read_passages_in_the_same_time(paragraphs: int) -> None:
    found = [*parted([Text("word " * 60)] * paragraphs)]
    assert (len(found) == 1) == (60 * paragraphs <= passages.AT_ONCE)
    assert max(passage.size for passage in found) <= 1.75 * passages.USUAL
    done = [0, 0]
    for passage in sorted(found, key=lambda one: -one.size):
        done[done.index(min(done))] += passage.size
    assert len(found) == 1 or max(done) <= 1.2 * min(done)


def test_words_digits_and_marks_are_about_as_many_as_tokens() -> None:
    assert passages.estimated("In 2023, Shanghai's “GDP” rose by 5%.") == len(
        "In 2 0 2 3 , Shanghai ' s “ GDP ” rose by 5 % .".split()
    )
    assert passages.estimated("Zhang Wei (张伟) said so") == 8


@pytest.mark.parametrize("text", ["One sentence stands here. Another one follows it. ", "word ", "字"])
def test_a_long_paragraph_is_parted_between_sentences_or_words(text: str) -> None:
    found = [*parted([Text("A start."), Text(text * 5000, "中文"), Text("An end.")])]
    assert "".join(passage.english for passage in found) == f"A start.{text * 5000}An end."
    assert all(len(passage.english) <= 2 * passages.LONGEST for passage in found)
    pieces = [piece for passage in found for piece in passage.texts[:]][1:-1]
    assert {piece.chinese for piece in pieces} == {"中文"}
    assert all(piece.english.startswith((text.split(maxsplit=1)[0], "Another")) for piece in pieces)
    assert all(passage.before and passage.before[0].english for passage in found[1:])


def test_what_a_forest_adds_of_features_as_they_are_is_told_by_their_names() -> None:
    forest: Forest = growing.sloped(growing.empty(("count", "probe", "prior")), {"probe": 2, "prior": 1})
    columns = np.array([[1, 1], [3, -1], [10, 10]], np.float32)
    assert forest.added(columns, ("probe", "count")).tolist() == [6, -2]
    assert forest.added(columns, ("none",)).tolist() == [0, 0]
    assert forest.value(columns).tolist() == [16, 8]
