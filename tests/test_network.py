"""The network that foretells what is read in a language model: what it says of words, and how it is taught."""

from __future__ import annotations

import importlib.util
import json
import multiprocessing
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.typing import NDArray

from reviewer import assets
from reviewer.checks import suspect
from reviewer.checks.suspect import model, network, words
from reviewer.checks.suspect.language_model import LanguageModel
from reviewer.checks.suspect.network import Network
from reviewer.checks.suspect.passages import Passage
from reviewer.checks.suspect.scoring import Reading
from reviewer.checks.suspect.tables import Tables
from reviewer.checks.suspect.words import Floats, Words
from reviewer.cli import reviewer
from reviewer.model import Document, ReviewerError, Segment
from reviewer.training import corpus, distilling, probing
from reviewer.training.distilling import Lessons
from tests.test_language_model import Fixed, document, gguf, with_the_extra
from tests.test_suspect import rules
from tests.test_training import annotated, few, native

__all__ = ["few"]  # a fixture

SMALL = Lessons(width=8, layers=2, seen=3, epochs=20, batch=4, stretch=32, rate=0.02)


@pytest.fixture(scope="module")
def known() -> Tables:
    """The tables that ship."""
    return model.read(assets.folder("rules") / suspect.FILE).tables


def drawn(known: Tables, lessons: Lessons) -> dict[str, NDArray[np.float32]]:
    """Weights by chance, those of the last layer for two values."""
    rng = np.random.default_rng(2)
    begun = distilling.begun(known, 2, 1, lessons)
    return {name: one + rng.normal(0, 0.1, one.shape).astype(np.float32) for name, one in begun.items()}


def some(known: Tables) -> Network:
    """A network that nobody taught."""
    return distilling.built(drawn(known, SMALL))


TEXTS = ("The masses reacted with warmth. All of them!", "Nobody qzzrt came, not one of them.", "The masses went home.")


def test_a_document_is_read_alike_beside_others_and_in_parts(known: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    one = some(known)
    apart = np.concatenate([one.read(words.read([document(text)]), known) for text in TEXTS])
    beside = words.read([document(text) for text in TEXTS])
    assert np.ptp(apart) > 0.1
    assert one.read(beside, known) == pytest.approx(apart, abs=1e-5)
    monkeypatch.setattr(network, "_AT_ONCE", 3)
    assert one.read(beside, known) == pytest.approx(apart, abs=1e-5)
    together = one.read(words.read([document(*TEXTS)]), known)
    assert together[:3] == pytest.approx(apart[:3], abs=1e-5)
    assert np.abs(together - apart).max() > 0.01  # a word that returns, and what stands in the paragraph before


def test_a_document_without_words_has_none_to_read(known: Tables) -> None:
    assert some(known).read(words.read([document("", " ")]), known).shape == (0,)


def test_a_word_is_seen_with_how_often_it_stood_before_and_how_it_is_written(known: Tables) -> None:
    seen = network.rows(words.read([document("The cat, THE the.", "the"), document("the")]), known, 2)
    the = seen.told[seen.of][[0, 3, 4, 6, 7]]
    assert np.expm1(2 * the[:, 3]).tolist() == pytest.approx([0, 1, 2, 3, 0], abs=1e-5)
    assert the[:, :3].tolist() == [[1, 0, 1], [0, 1, 0], [0, 0, 0], [0, 0, 1], [0, 0, 1]]
    assert seen.of.tolist() == [3, 4, 5, 6, 7, 8, 10, 14]
    assert len(seen.word) == 17
    outside = np.setdiff1d(np.arange(17), seen.of)
    assert set(seen.word[outside].tolist()) == {len(known.words) + 1}
    assert not seen.told[outside].any()


def test_it_says_the_same_as_while_it_was_taught(known: Tables) -> None:
    read = words.read([document(text) for text in TEXTS])
    seen = network.rows(read, known, network.reach(SMALL.layers, SMALL.seen))
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:  # the library starts threads
        said = pool.submit(said_in_training, drawn(known, SMALL), [*(part[None] for part in seen[:4])]).result()
    assert some(known).read(read, known) == pytest.approx(said[0, seen.of, -1], abs=1e-5)


def said_in_training(weights: dict[str, NDArray[np.float32]], seen: list[NDArray[Any]]) -> NDArray[np.float32]:
    import jax

    given = ({name: jax.numpy.asarray(one) for name, one in weights.items()}, [jax.numpy.asarray(part) for part in seen])
    return np.asarray(distilling.said(*given, jax.random.PRNGKey(0), replace(SMALL, unseen=0.0, dropped=0.0)))


def told(count: int, seed: int) -> tuple[Words, NDArray[np.float16], NDArray[np.float64]]:
    """Words, states in which it shows that a word stands after `vigorously`, and marks of those that do."""
    rng = random.Random(seed)
    texts = [" ".join(rng.choices("the council met vigorously in town today".split(), k=25)) for _ in range(count)]
    read = words.read([document(text) for text in texts])
    forms = np.array(read.forms)[read.form]
    after = np.append(False, forms[:-1] == "vigorously") & (read.place > 0)
    rng2 = np.random.default_rng(seed)
    states = rng2.normal(0, 0.3, (len(read), 20))
    states[:, 5] += after
    return read, states.astype(np.float16), after.astype(float)


def test_it_learns_what_a_probe_reads_and_says_it_of_other_texts(known: Tables) -> None:
    read, states, after = told(60, 1)
    taught = distilling.learnt(read, known, states, after - after.mean(), 0, SMALL)
    others, _, truth = told(20, 2)
    said = taught.read(others, known)
    assert np.corrcoef(said, truth)[0, 1] > 0.9
    again = distilling.learnt(read, known, states, after - after.mean(), 0, SMALL)
    assert np.array_equal(said, again.read(others, known))  # a seed gives the same network


def test_a_network_is_kept_for_other_tables(known: Tables) -> None:
    before = replace(model.read(assets.folder("rules") / suspect.FILE), network=some(known))
    texts = words.read([document("The masses reacted.")])
    other, less = (replace(known, words=some_words) for some_words in (known.words[:1] + known.words[:0:-1], known.words[:1]))
    corpus_of_none = corpus.Corpus(
        texts, (), (), (), np.zeros(4), np.zeros(4), np.zeros(4, np.int64), np.zeros(4, bool), np.zeros(4, bool)
    )
    assert before.network
    moved, shorter = (distilling.kept(before)(corpus_of_none, tables) for tables in (other, less))
    assert np.array_equal(moved.words[other.numbers(["masses"])], before.network.words[known.numbers(["masses"])])
    assert np.array_equal(shorter.words[-2:], before.network.words[-2:])
    assert len(shorter.words) == 3


def test_states_are_read_document_by_document(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["The masses reacted.", "Nobody came, not one.", "", "The end of masses."]
    read, reader = words.read([document(text) for text in texts]), Fixed()
    whole = probing.states(read, reader, given=False)
    assert whole.shape == (len(read), 2)
    assert sorted(set(whole[:, 0].tolist())) == [1, 9]
    asked = len(reader.asked)
    monkeypatch.setattr(probing, "PORTION", 2)
    assert np.array_equal(probing.states(read, reader, given=False), whole)
    assert len(reader.asked) == 2 * asked == 6


def test_a_probe_is_fitted_alike_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    read, states, after = told(20, 3)
    seen = probing.Seen(states, np.ones(20, np.float32))
    learnt = np.arange(len(read)) % 3 > 0
    whole = probing.fitted(seen, read, after, learnt)
    values = probing.read(whole, seen, read)
    monkeypatch.setattr(probing, "PORTION", 7)
    parts = probing.fitted(seen, read, after, learnt)
    assert parts.weights == pytest.approx(whole.weights, abs=1e-4)
    assert probing.read(whole, seen, read) == pytest.approx(values, abs=1e-5)


def single(folder: Path) -> Path:
    """Other texts, which one rater has looked at."""
    lines = [json.loads(line) for line in annotated(folder).read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["doc"] = f"other {line['doc']}"
        del line["raters"]["b"]
    file = folder / "single.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return file


@pytest.mark.usefixtures("few")
def test_a_language_model_teaches_the_network_of_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_the_extra(monkeypatch)
    monkeypatch.setattr(distilling, "LESSONS", SMALL)
    reader = Fixed("vigorously")

    def scores(_: LanguageModel, passages: Sequence[Passage], probe: Reading | None) -> list[Floats]:
        assert probe
        assert not probe.scored
        return reader.scores(passages, probe)

    monkeypatch.setattr(LanguageModel, "scores", scores)
    output = tmp_path / "made.npz"
    files = [str(annotated(tmp_path)), str(single(tmp_path))]
    call = ["suspect", "train", *files, "--english", str(native(tmp_path)), "--trees", "4", "--output", str(output)]
    done = CliRunner().invoke(reviewer, [*call, "--teacher", str(gguf(tmp_path)), "--db", str(tmp_path / "review.db")])
    assert done.exit_code == 0, done.output
    made = model.read(output)
    assert made.card["network"]["language_model"] == "some.gguf"
    assert made.network
    read = words.read([document("The council met vigorously in the town on monday.")])
    said = made.network.read(read, made.tables)
    assert int(np.argmax(said)) == 3
    again = tmp_path / "again.npz"
    again.write_bytes(model.write(made))
    kept = model.read(again).network
    assert kept
    assert np.array_equal(kept.read(read, made.tables), said)  # the file keeps all of it


@pytest.mark.usefixtures("few")
def test_texts_of_several_raters_alone_teach_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_the_extra(monkeypatch)
    call = ["suspect", "train", str(annotated(tmp_path)), "--teacher", str(gguf(tmp_path)), "--output", str(tmp_path / "made.npz")]
    done = CliRunner().invoke(reviewer, [*call, "--db", str(tmp_path / "review.db")])
    assert isinstance(done.exception, ReviewerError)
    assert "that one rater looked at" in str(done.exception)
    assert not (tmp_path / "made.npz").exists()


def test_what_teaches_is_looked_for_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "optax" else find(name, *rest))
    with pytest.raises(ReviewerError, match=r"optax; install it with: pip install 'reviewer\[train\]'"):
        distilling.taught(Fixed(), 0)


def test_a_teacher_goes_with_files_and_without_another_language_model(tmp_path: Path) -> None:
    for call in (["--teacher", "x.gguf", "--from-db"], ["--teacher", "x.gguf", "--lm", "x.gguf", "x.jsonl"]):
        done = CliRunner().invoke(reviewer, ["suspect", "train", *call, "--output", str(tmp_path / "made.npz")])
        assert done.exit_code == 2
        assert "--teacher" in done.output


def test_a_network_of_another_shape_is_damage(tmp_path: Path) -> None:
    one = model.read(assets.folder("rules") / suspect.FILE)
    assert one.network
    file = tmp_path / "model.npz"
    file.write_bytes(model.write(replace(one, network=replace(one.network, words=one.network.words[:9]))))
    with pytest.raises(ReviewerError, match=r"model\.npz: no model, or a damaged one"):
        model.read(file)


def test_suspicions_listen_to_it() -> None:
    one = model.read(assets.folder("rules") / suspect.FILE)
    assert one.network
    silent = replace(one.network, last=np.zeros_like(one.network.last))
    text = Document(
        Path("t"), "text", (Segment("0", "The masses vigorously developed their spiritual civilization construction."),)
    )
    some = {rule.detect: rule for rule in rules("0.01")}
    sure = [
        [each.confidence for each in suspect.suspicions(text, some, some_model)]
        for some_model in (one, replace(one, network=silent))
    ]
    assert sure[0] != sure[1]


@pytest.mark.parametrize(("said", "threads"), [(None, "1"), ("3", "3")])
def test_a_lint_does_its_sums_in_one_thread_if_nobody_says_otherwise(said: str | None, threads: str) -> None:
    told = "atexit.register(lambda: print(os.environ['OPENBLAS_NUM_THREADS']))"
    script = f"import atexit, os; {told}; from reviewer import __main__ as m; m.main()"
    others = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", script, "--version"],
        env=others | ({"OPENBLAS_NUM_THREADS": said} if said else {}),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split()[-1] == threads
