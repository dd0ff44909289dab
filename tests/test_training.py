"""Learning where professionals mark errors: folds, trees, the scale, the command."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from reviewer import assets
from reviewer.checks import suspect
from reviewer.checks.suspect import model
from reviewer.checks.suspect import web as suspect_web
from reviewer.cli import reviewer
from reviewer.model import Document, ReviewerError, Rule, Segment, Span, Verdict
from reviewer.store import Store
from reviewer.training import corpus, counting, distilling, figures, glosses, growing, house, judging, learning, scaling, web
from reviewer.training.distilling import Teacher
from reviewer.training.growing import Growth, Taught

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


def kept() -> Teacher:
    """What gives models the network of the one that ships."""
    return distilling.kept(model.read(assets.folder("rules") / suspect.FILE))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dictionary and counts of the web as small as the texts, in place of those that take seconds to read."""
    counts = np.array([90], np.uint8)
    words, pairs = suspect_web.spellings(["town"]), suspect_web.paired(*map(suspect_web.spellings, (["the"], ["town"])))
    monkeypatch.setattr(web, "counted", lambda: suspect_web.Web(words, counts, pairs, counts))
    monkeypatch.setattr(counting, "glosses", lambda: [(["市"], ["town"])])


def taught(columns: np.ndarray[tuple[int, int], np.dtype[np.float32]], wanted: growing.Doubles) -> Taught:
    """Words of ten texts that count alike."""
    return Taught(columns, wanted, np.ones(len(wanted)), np.arange(len(wanted)) % 10)


def test_trees_find_the_feature_that_tells() -> None:
    rng = np.random.default_rng(0)
    columns = rng.random((5, 3000)).astype(np.float32)
    wanted = (columns[3] > 0.7).astype(float)
    grown = growing.grow(taught(columns, wanted), tuple("abcde"), 0, Growth(trees=40, rate=0.3))
    value = grown.value(columns)
    assert value[wanted == 1].min() > value[wanted == 0].mean() + 1


def test_a_seed_gives_the_same_trees() -> None:
    columns = np.random.default_rng(0).random((4, 500)).astype(np.float32)
    wanted = (columns[0] > 0.5).astype(float)
    one, other = (growing.grow(taught(columns, wanted), tuple("abcd"), 7, Growth(trees=5)) for _ in range(2))
    assert np.array_equal(one.leaves, other.leaves)
    assert np.array_equal(one.limits, other.limits)


@pytest.mark.parametrize("leaves", [2, 7, 16])
def test_the_arrays_answer_as_the_library_does(leaves: int) -> None:
    rng = np.random.default_rng(3)
    columns = rng.random((9, 3000)).astype(np.float32)
    columns[3], columns[4], columns[5] = np.round(columns[3] * 4), -1, columns[5] - np.float32(0.5)
    wanted = ((columns[3] / 4 + columns[0] * columns[1] + columns[5] ** 2) / 3).astype(float)
    growth = Growth(forests=1, trees=30, leaves=leaves, rate=0.2, texts=1.0)
    lesson = replace(taught(columns, wanted), start=np.full(3000, -0.7))
    arrays = growing.grow(lesson, tuple("abcdefghi"), 5, growth)
    library = growing.trained(lesson.shown(growth), 6, growth).predict(columns.T, raw_score=True)
    assert arrays.value(columns) == pytest.approx(library, abs=1e-6)
    moved = arrays.shares(columns, [0] * 9, 1)[0]
    assert np.std(arrays.value(columns) - moved) < 1e-5  # what all questions move is all that parts words


def test_a_scale_is_fitted_and_never_falls() -> None:
    values = np.linspace(-3, 3, 2000)
    wanted = 1 / (1 + np.exp(-(0.5 + 2 * values)))
    assert scaling.fitted(values, wanted, (0.0, 1.0), (10.0, 10.0)) == pytest.approx((0.5, 2.0), abs=0.02)
    assert scaling.fitted(values, 1 - wanted, (0.0, 1.0), (10.0, 10.0))[1] == 0


def test_raters_who_mark_less_do_not_flatten_the_scale() -> None:
    values = np.linspace(-2, 2, 2000)
    strict = np.arange(2000) % 2
    values = values + 3 * strict  # where raters mark little, the values are greater
    wanted = 1 / (1 + np.exp(-(values - 5 * strict)))
    shift, slope = scaling.fitted(values, wanted, (0.0, 1.0), (10.0, 10.0), strict)
    assert (shift, slope) == pytest.approx((-2.5, 1.0), abs=0.02)
    assert scaling.fitted(values, wanted, (0.0, 1.0), (10.0, 10.0))[1] < 0.5


def test_what_is_less_suspect_than_any_span_of_a_scale_is_less_likely(tmp_path: Path) -> None:
    texts = corpus.read([annotated(tmp_path)])
    rng = np.random.default_rng(0)
    value = rng.normal(-3, 1, len(texts.words)).astype(np.float32)
    value[texts.marked > 0] += 2
    chosen = np.ones(len(value), bool)
    least = scaling.least(value, chosen)
    for bent in (False, True):
        sure = scaling.scale(texts, value, chosen, bent=bent).of(np.array([value.min(), least - 2, least, least + 1], np.float32))
        assert (np.diff(sure) > 0).all()
        assert sure[0] < sure[2] / 4


def test_a_bent_scale_is_no_surer_of_the_most_suspect_than_they_deserve(tmp_path: Path) -> None:
    texts = corpus.read([annotated(tmp_path, 60)])
    rng = np.random.default_rng(0)
    value = rng.normal(-3, 2, len(texts.words)).astype(np.float32)
    right = rng.random(len(value)) < 1 / (1 + np.exp(-np.minimum(value, 0)))  # from some value on, words are no more often right
    raters: list[list[list[Span]]] = [[[], []] for _ in texts.raters]
    for at in np.flatnonzero(right):
        for rater in raters[texts.words.segment[at]]:
            rater.append(Span(int(texts.words.start[at]), int(texts.words.end[at])))
    texts, chosen = replace(texts, raters=tuple(raters)), np.ones(len(value), bool)
    straight, bent = (float(scaling.scale(texts, value, chosen, bent=one).of(np.array([2.5]))[0]) for one in (False, True))
    assert abs(bent - 0.5) < 0.03 < abs(straight - 0.5)


def test_the_calibration_error_is_the_mean_distance() -> None:
    assert judging.calibration_error(np.full(100, 0.8), np.full(100, 0.5)) == pytest.approx(0.3)


@pytest.mark.usefixtures("few")
def test_no_text_is_in_two_folds(tmp_path: Path) -> None:
    texts = corpus.read([annotated(tmp_path)])
    setting = learning.Setting(growth=Growth(trees=3), folds=3)
    learnt = learning.learn(texts, corpus.english([native(tmp_path)]), kept(), setting, lambda _: None)
    folds = {(int(text), int(fold)) for text, fold in zip(texts.text, learnt.fold_of, strict=True)}
    assert len(folds) == len({text for text, _ in folds}) == 6
    assert len(learnt.fold_models) == 3


@pytest.mark.usefixtures("few")
def test_the_command_learns_what_raters_mark(tmp_path: Path) -> None:
    output = tmp_path / "made.npz"
    call = ["suspect", "train", str(annotated(tmp_path)), "--english", str(native(tmp_path)), "--trees", "60"]
    done = CliRunner().invoke(reviewer, [*call, "--output", str(output)])
    assert done.exit_code == 0, done.output
    assert "confirmed 1.000" in done.stdout or "confirmed 0.9" in done.stdout
    assert model.read(output).card["files"] == ["marked.jsonl"]


@pytest.mark.usefixtures("few")
def test_the_same_files_and_seed_give_the_same_model_byte_for_byte(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    command = ["suspect", "train", str(annotated(tmp_path, texts=3)), "--english", str(native(tmp_path)), "--trees", "2"]
    made = []
    for name in ("one.npz", "other.npz"):
        assert CliRunner().invoke(reviewer, [*command, "--output", str(tmp_path / name)]).exit_code == 0
        assert "[Fatal]" not in "".join(capfd.readouterr())  # the library finds nothing amiss with so few words
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


def test_text_that_nobody_marked_teaches_nothing(tmp_path: Path) -> None:
    file = tmp_path / "unmarked.jsonl"
    file.write_text('{"id": "1", "target": "A road.", "raters": {"a": []}}\n')
    with pytest.raises(ReviewerError, match="nobody marked"):
        corpus.read([file])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReviewerError, match=r"missing\.jsonl"):
        corpus.read([tmp_path / "missing.jsonl"])


def test_the_mean_of_forests_is_a_forest() -> None:
    columns = np.random.default_rng(0).random((4, 300)).astype(np.float32)
    grown = [
        growing.grow(taught(some, (some[0] > 0.5).astype(float)), names, 1, Growth(forests=2, trees=5))
        for some, names in ((columns[:2], ("a", "b")), (columns, tuple("abcd")))
    ]
    mean = growing.averaged(grown, tuple("abcd"))
    assert mean.value(columns) == pytest.approx((grown[0].value(columns[:2]) + grown[1].value(columns)) / 2, abs=1e-5)


def test_counts_of_the_web_are_found_by_spelling() -> None:
    counts = web.counted()
    the, town, nothing = suspect_web.sightings(counts.words, counts.often, suspect_web.spellings(["the", "town", "qqzzxxj"]))
    assert the > town > nothing == 0
    pair = suspect_web.paired(*(suspect_web.spellings([word]) for word in ("of", "the")))
    assert suspect_web.sightings(counts.pairs, counts.together, pair)[0] > 20


def test_glosses_are_stems_without_what_stands_aside() -> None:
    found = {units[0]: stems for units, stems in glosses.glosses() if len(units) == 1}
    assert "horse" in found["马"]
    assert not any("(" in stem for stem in found["马"])


@pytest.mark.usefixtures("few")
def test_tables_are_written_between_their_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Before.\n{figures.BEGIN}\nold\n{figures.END}\nAfter.\n")
    call = ["suspect", "figures", str(annotated(tmp_path)), "--english", str(native(tmp_path)), "--trees", "3", "--page", str(page)]
    done = CliRunner().invoke(reviewer, call)
    assert done.exit_code == 0, done.output
    made = page.read_text()
    assert made.startswith("Before.")
    assert made.endswith("After.\n")
    assert "old" not in made
    assert "| the source |" in made


def test_a_page_without_marks_is_named(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Nothing here.")
    with pytest.raises(ReviewerError, match=r"page\.md"):
        figures.written(assets.folder("rules") / suspect.FILE, [annotated(tmp_path)], [], 0, 3, page, lambda _: None)


def decided(folder: Path, wrong: str, right: str, documents: int = 6) -> Path:
    """A database in which a team rejected every finding on `right` and edited every one on `wrong`."""
    file = folder / "review.db"
    with Store.open(file) as store:
        run = store.start_run("test")
        for number in range(documents):
            text = f"The council {wrong} the new road. The people {right} the market in the town."
            document = Document(folder / f"{number}.txt", "text", (Segment("0", text),))
            rule = Rule(id="suspects/spans/rare-word", why="Rare.", kind="suspect")
            spans = [Span(text.index(word), text.index(word) + len(word)) for word in (wrong, right)]
            found = [rule.finding(document.segments[0], span) for span in spans]
            store.record(
                document, [one._replace(fingerprint=f"{number}.{one.text}") for one in found], run, sha256="", encoding="utf-8"
            )
        store.finish_run(run)
        for one in (some for document in store.documents() for some in store.findings(document.id)):
            verdict = Verdict.EDIT if one.finding.text == wrong else Verdict.REJECT
            store.decide(one.id, verdict, text="x" if verdict is Verdict.EDIT else None, reviewer="a")
    return file


def test_decisions_of_a_team_move_the_model(tmp_path: Path) -> None:
    before = model.read(assets.folder("rules") / suspect.FILE)
    some = house.read(decided(tmp_path, "promoted", "visited"))
    after = house.adapted(before, some)
    wrong, right = before.tables.number["promoted"], before.tables.number["visited"]
    assert after.tables.marked[wrong] - before.tables.marked[wrong] > 0 > after.tables.marked[right] - before.tables.marked[right]
    assert after.tables.seen[wrong] > before.tables.seen[wrong]
    assert np.all(np.diff(after.english_scale.confidence) >= 0)
    said = list(house.compared(before, some))
    assert "12 decisions in 6 documents, 6 of them accepted or edited" in said[0]
    assert said[1].startswith("before: ")
    assert said[2].startswith("after: ")


def test_no_decisions_leave_the_model_as_it_is(tmp_path: Path) -> None:
    before = model.read(assets.folder("rules") / suspect.FILE)
    after = house.adapted(before, [])
    assert after.english_scale.confidence == pytest.approx(before.english_scale.confidence, abs=1e-5)
    with Store.open(tmp_path / "empty.db"):
        pass
    with pytest.raises(ReviewerError, match="reviewer review"):
        house.read(tmp_path / "empty.db")


def test_training_needs_files_or_a_database(tmp_path: Path) -> None:
    for call in (["suspect", "train"], ["suspect", "train", str(annotated(tmp_path)), "--from-db"]):
        done = CliRunner().invoke(reviewer, call)
        assert done.exit_code == 2
        assert "--from-db" in done.output
