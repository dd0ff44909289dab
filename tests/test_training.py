"""Learning where professionals mark errors: folds, trees, the scale, the command."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from reviewer.checks.suspect import model
from reviewer.cli import reviewer
from reviewer.model import ReviewerError
from reviewer.training import boosting, corpus, judging, learning, scaling
from reviewer.training.boosting import Growth

PLAIN = "the council met in the town on monday and talked about the new road to the market".split()


def annotated(folder: Path, texts: int = 6) -> Path:
    """Translations of a few texts by two systems, in which both raters mark the word `vigorously` wherever it stands."""
    rng = random.Random(1)
    lines = []
    for system in ("one", "two"):
        for text in range(texts):
            for number in range(12):
                words = rng.choices(PLAIN, k=12)
                words.insert(rng.randrange(12), "vigorously")
                target = " ".join(words) + "."
                start = target.index("vigorously")
                mark = [start, start + 10, "minor", "Style"]
                row = {"id": f"{system}{text}.{number}", "system": system, "doc": f"d{text}", "target": target}
                lines.append({**row, "source": "市政府大力开展工作。", "raters": {"a": [mark], "b": [mark]}})
    file = folder / "marked.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return file


def native(folder: Path) -> Path:
    """Paragraphs in which nobody would mark anything."""
    rng = random.Random(2)
    file = folder / "native.txt"
    file.write_text("\n\n".join(" ".join(rng.choices(PLAIN, k=14)).capitalize() + "." for _ in range(80)), encoding="utf-8")
    return file


def test_trees_find_the_feature_that_tells() -> None:
    rng = np.random.default_rng(0)
    columns = rng.random((5, 3000)).astype(np.float32)
    wanted = (columns[3] > 0.7).astype(float)
    grown = boosting.grow(columns, wanted, np.ones(3000), tuple("abcde"), 0, Growth(trees=40, levels=2, rate=0.3, tries=5))
    value = grown.value(columns)
    assert value[wanted == 1].min() > value[wanted == 0].mean() + 1


def test_a_seed_gives_the_same_trees() -> None:
    columns = np.random.default_rng(0).random((4, 500)).astype(np.float32)
    one, other = (
        boosting.grow(columns, (columns[0] > 0.5).astype(float), np.ones(500), tuple("abcd"), 7, Growth(trees=5)) for _ in range(2)
    )
    assert np.array_equal(one.leaves, other.leaves)


def test_a_scale_never_falls() -> None:
    assert scaling.rising(np.array([0.1, 0.4, 0.2, 0.6])).tolist() == pytest.approx([0.1, 0.3, 0.3, 0.6])


def test_the_calibration_error_is_the_mean_distance() -> None:
    assert judging.calibration_error(np.full(100, 0.8), np.full(100, 0.5)) == pytest.approx(0.3)


def test_no_text_is_in_two_folds(tmp_path: Path) -> None:
    texts = corpus.read([annotated(tmp_path)])
    setting = learning.Setting(growth=Growth(trees=3), folds=3)
    learnt = learning.learn(texts, corpus.english([native(tmp_path)]), setting, lambda _: None)
    folds = {(int(text), int(fold)) for text, fold in zip(texts.text, learnt.fold_of, strict=True)}
    assert len(folds) == len({text for text, _ in folds}) == 6
    assert len(learnt.fold_models) == 3


def test_the_command_learns_what_raters_mark(tmp_path: Path) -> None:
    output = tmp_path / "made.npz"
    call = ["suspect", "train", str(annotated(tmp_path)), "--english", str(native(tmp_path)), "--trees", "60"]
    done = CliRunner().invoke(reviewer, [*call, "--output", str(output)])
    assert done.exit_code == 0, done.output
    assert "confirmed 1.000" in done.stdout or "confirmed 0.9" in done.stdout
    assert model.read(output).card["files"] == ["marked.jsonl"]


def test_text_that_nobody_marked_teaches_nothing(tmp_path: Path) -> None:
    file = tmp_path / "unmarked.jsonl"
    file.write_text('{"id": "1", "target": "A road.", "raters": {"a": []}}\n')
    with pytest.raises(ReviewerError, match="nobody marked"):
        corpus.read([file])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReviewerError, match=r"missing\.jsonl"):
        corpus.read([tmp_path / "missing.jsonl"])
