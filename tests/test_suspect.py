"""Suspect spans: what is reported and why, what stays silent, and what is said of a model that cannot be used."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from reviewer import assets, engine, rulepack
from reviewer.checks import suspect
from reviewer.checks.suspect import features, forest, model, spans, words
from reviewer.model import Document, Finding, ReviewerError, Rule, Segment, Span

STIFF = "The relevant departments vigorously carried out the construction of spiritual civilization, and the masses reacted."


def rules(least: str = "0.2", **options: str) -> list[Rule]:
    some = {**dict.fromkeys(suspect.LIMITS, least), **options}
    return [
        Rule(id=f"suspects/spans/{reason}", why="A reason.", kind="suspect", detect=reason, options=some)
        for reason in ("unsupported", "unusual-pair", "often-marked", "rare-word", "in-context", "mark")
    ]


def found(*texts: str, source: str | None = None, least: str = "0.2") -> list[Finding]:
    segments = tuple(Segment(str(n), text, source) for n, text in enumerate(texts))
    return list(suspect.compile(rules(least))(Document(Path("t"), "text", segments)))


def test_a_stiff_sentence_is_suspect_and_says_why() -> None:
    some = found(STIFF)
    assert some
    assert all(one.message.endswith("A reason.") and 0.2 <= one.confidence <= 1 for one in some)
    assert all(STIFF[one.span.start : one.span.end] == one.text for one in some)


def test_a_higher_limit_reports_a_part_of_the_spans() -> None:
    assert len(found(STIFF, least="0.6")) <= len(found(STIFF, least="0.2"))
    assert found(STIFF, least="1") == []


def test_no_span_begins_or_ends_with_a_small_word() -> None:
    for one in found(STIFF, "In the view of the masses, it is of great significance to the cause of the people of the county."):
        assert one.text.lower().split()[0] not in spans.EDGE or one.text.lower() in spans.EDGE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "…",
        "THE RELEVANT DEPARTMENTS VIGOROUSLY CARRIED OUT THE CONSTRUCTION OF SPIRITUAL CIVILIZATION.",
        "Les services compétents ont vigoureusement entrepris la construction de la civilisation spirituelle.",
        "有关部门大力开展精神文明建设，群众反响热烈。",
    ],
)
def test_what_the_model_cannot_judge_stays_silent(text: str) -> None:
    assert found(text) == []


def test_a_traditional_source_is_as_good_as_none() -> None:
    assert found(STIFF, source="有關部門大力開展精神文明建設，羣眾反響熱烈，國務院總理聽匯報後對該縣幹部進行了慰問。") == found(
        STIFF
    )


def test_a_very_long_segment_takes_linear_time() -> None:
    found(STIFF)
    start = time.process_time()
    found(STIFF * 40)
    short = time.process_time() - start
    start = time.process_time()
    found(STIFF * 400)
    assert time.process_time() - start < 25 * short + 0.5


def test_a_rule_keeps_its_place_and_grows_surer() -> None:
    phrase = Rule(id="a/b/c", why="Because.", flag="vigorously carried out", confidence=0.02)
    document = Document(Path("t"), "text", (Segment("0", STIFF),))
    alone = list(engine.review(document, engine.compile([phrase])))
    both = [one for one in engine.review(document, engine.compile([phrase, *rules("0.05")])) if one.rule == "a/b/c"]
    assert len(alone) == len(both) == 1
    assert both[0].span == alone[0].span
    assert alone[0].confidence < both[0].confidence < 1
    assert both[0].also[0].startswith("suspects/")


def test_no_two_findings_lie_on_one_word() -> None:
    document = Document(Path("t"), "text", (Segment("0", STIFF),))
    some = list(engine.review(document, engine.compile([*rulepack.load_to_run(), *rules("0.05")])))
    assert all(not one.span.overlaps(other.span) for one in some for other in some if one is not other)


def test_the_model_is_small_and_says_what_it_learnt_from() -> None:
    file = assets.folder("rules") / suspect.FILE
    assert file.stat().st_size < 5_000_000
    assert model.read(file).card["files"]


def test_a_model_survives_being_written(tmp_path: Path) -> None:
    file = tmp_path / "again.npz"
    one = model.read(assets.folder("rules") / suspect.FILE)
    file.write_bytes(model.write(one))
    again = model.read(file)
    assert again.tables.words == one.tables.words
    assert np.array_equal(again.with_source.leaves, one.with_source.leaves)


@pytest.mark.parametrize(("content", "said"), [(None, "no such model"), (b"", "damaged"), (b"PK\x03\x04 cut off", "damaged")])
def test_a_bad_model_is_named(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "model.npz"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ReviewerError, match=said) as error:
        list(suspect.compile(rules(model=str(file)))(Document(Path("t"), "text", (Segment("0", STIFF),))))
    assert str(file) in str(error.value)


def test_damage_to_what_only_a_source_needs_is_named_when_there_is_one(tmp_path: Path) -> None:
    file = tmp_path / "model.npz"
    with zipfile.ZipFile(assets.folder("rules") / suspect.FILE) as whole, zipfile.ZipFile(file, "w") as part:
        for name in whole.namelist():
            if name != "tables.stems.npy":
                part.writestr(name, whole.read(name))
    check = suspect.compile(rules(model=str(file)))
    assert list(check(Document(Path("t"), "text", (Segment("0", STIFF),))))
    with pytest.raises(ReviewerError, match=r"model\.npz: no model, or a damaged one"):
        list(check(Document(Path("t"), "text", (Segment("0", STIFF, "有关部门大力开展精神文明建设。"),))))


def test_a_model_for_other_features_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "model.npz"
    file.write_bytes(model.write(model.read(assets.folder("rules") / suspect.FILE)))
    monkeypatch.setattr(features, "ENGLISH", ("other",))
    with pytest.raises(ReviewerError, match="another version"):
        model.read(file)


@pytest.mark.parametrize("least", ["", "high", "2", "nan"])
def test_a_limit_that_is_no_probability_is_named(least: str) -> None:
    with pytest.raises(ReviewerError, match="least"):
        suspect.compile(rules(least))


def test_an_unknown_reason_is_named() -> None:
    with pytest.raises(ReviewerError, match="unsupported"):
        suspect.compile([Rule(id="a/b/c", why="", kind="suspect", detect="mood")])


def test_words_beside_stop_at_the_edges_of_sentences() -> None:
    read = words.read([Document(Path("t"), "text", (Segment("0", "One two. Three four."),))])
    assert read.forms == ("one", "two", ".", "three", "four")
    assert read.beside(np.array([1, 2, 3, 4, 5, 6]), -1, 0).tolist() == [0, 1, 2, 0, 4, 5]
    assert read.beside(np.array([1, 2, 3, 4, 5, 6]), 2, 0).tolist() == [3, 0, 0, 6, 0, 0]


def test_a_long_run_is_parted_and_a_phrase_trimmed() -> None:
    read = words.read([Document(Path("t"), "text", (Segment("0", "of the " + "big " * 20 + "house of"),))])
    parts = list(spans.joined(read, np.ones(len(read), np.float32), 0.5))
    assert max(end - first for first, end in parts) <= spans.LONGEST
    assert spans.trimmed(read, 0, 4) == (2, 4)
    assert spans.trimmed(read, 0, 2) == (0, 2)


@pytest.mark.parametrize(
    ("text", "suspect", "found"),
    [
        ("cold noodles, dumplings sold", "cold noodles , dumplings", ["cold noodles", "dumplings"]),
        ("cold noodles、dumplings sold", "cold noodles 、 dumplings", ["cold noodles", "dumplings"]),
        (
            "a so-called “rich second generation” (rich) man",
            "so-called “ rich second generation ” ( rich",
            ["so-called", "rich second generation", "rich"],
        ),
        ("the U.S. - China trade", "U.S . - China trade", ["U.S. - China trade"]),
        ("it came , he said", ", he", ["he"]),
        ('it came. " he', '"', ['"']),
        ("it came ,, he", ", ,", [",,"]),
    ],
)
def test_a_phrase_goes_across_no_mark_that_parts(text: str, suspect: str, found: list[str]) -> None:
    read = words.read([Document(Path("t"), "text", (Segment("0", text),))])
    named = suspect.lower().split()
    value = np.array([float(read.forms[form] in named) for form in read.form], np.float32)
    assert [text[read.start[first] : read.end[end - 1]] for first, end in spans.joined(read, value, 0.5)] == found


def test_a_forest_asks_and_adds() -> None:
    asked, limits = np.array([[1, 0, 1]], np.int32), np.full((1, 3), 0.5, np.float32)  # a first, then b on either side
    first, end = np.array([[0, 0, 2]], np.uint8), np.array([[2, 4, 4]], np.uint8)
    one = forest.Forest(("a", "b"), 0.5, asked, limits, first, end, np.array([[0, 1, 2, 3]], np.float32), np.zeros(2, np.float32))
    columns = np.array([[0, 0, 1, 1], [0, 1, 0, 1]], np.float32)
    assert one.value(columns).tolist() == [0.5, 1.5, 2.5, 3.5]
    assert one.shares(columns, [0, 1], 2).tolist() == [[-1, -1, 1, 1], [-0.5, 0.5, -0.5, 0.5]]


def test_a_question_that_is_not_asked_moves_nothing_and_a_slope_adds() -> None:
    asked, limits = np.array([[1, 0]], np.int32), np.array([[0.5, forest.NEVER]], np.float32)
    first, end = np.array([[0, 0]], np.uint8), np.array([[2, 0]], np.uint8)
    one = forest.Forest(("a", "b"), 0, asked, limits, first, end, np.array([[1, 2, 9]], np.float32), np.array([0.5, 0], np.float32))
    columns = np.array([[8, 8], [0, 1]], np.float32)
    assert one.value(columns).tolist() == [5, 6]  # half of a is added
    assert one.shares(columns, [0, 1], 2).tolist() == [[0, 0], [-0.5, 0.5]]


def test_starting_the_program_does_not_load_numpy() -> None:
    code = "import sys, reviewer.engine, reviewer.cli; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_spans_count_code_points() -> None:
    text = "🙂🙂 " + STIFF
    assert all(text[one.span.start : one.span.end] == one.text for one in found(text))
    assert all(isinstance(one.span, Span) for one in found(text))


def test_a_text_that_rules_find_nothing_in_needs_surer_suspicions() -> None:
    some = [rule._replace(options={**rule.options, "least": "1", "least-in-translation": "1"}) for rule in rules("0.1")]
    document = Document(Path("t"), "text", tuple(Segment(str(number), STIFF) for number in range(4)))
    assert list(engine.review(document, engine.compile(some))) == []
    often = [Rule(id=f"a/b/{word}", why="Because.", flag=word) for word in ("relevant", "vigorously", "masses")]
    assert any(one.rule.startswith("suspects/") for one in engine.review(document, engine.compile([*some, *often])))


def columns(text: str, source: str) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float32]]]:
    one = model.read(assets.folder("rules") / suspect.FILE)
    read = words.read([Document(Path("t"), "text", (Segment("0", text, source),))])
    found = features.plain(read, one.tables, with_source=True)
    return {name: found[name] for name in ("pinyin", "reading", "mark_balance", "zipf")}


def test_a_name_in_pinyin_is_known_by_the_source() -> None:
    found = columns("Ouyang praised Chongyang.", "欧阳称赞了他。")
    assert found["pinyin"].tolist() == [2, 0, 2, 0]
    assert found["reading"].tolist() == [2, 0, 0, 0]


def test_marks_are_weighed_against_those_of_the_source() -> None:
    found = columns('He said, "no", and left, twice.', "他说“不”，走了两次。")
    quotation, comma, stop = (found["mark_balance"][at] for at in (3, 2, -1))
    assert (quotation, comma, stop) == (0, 2, 0)


def test_common_words_are_common() -> None:
    zipf = columns("the reservoir qqzzxxj", "水库")["zipf"]
    assert zipf[0] > 6 > zipf[1] > 3 > zipf[2] == 0


@pytest.mark.parametrize(
    ("count", "option"), [(0, "least"), (9, "least"), (10, "least-in-translation"), (30, "least-in-poor-translation")]
)
def test_the_more_rules_find_the_lower_is_the_limit(count: int, option: str) -> None:
    document = Document(Path("t"), "text", (Segment("0", "word " * 599 + "word"),))
    one = Rule(id="a/b/c", why="").finding(document.segments[0], Span(0, 4))
    assert suspect.limit(document, {"0": [one] * count}) == option
    assert suspect.limit(document, None) == "least"


def test_no_limit_is_passed_before_the_model_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "read", lambda file: pytest.fail("the model was read"))
    never = [rule._replace(options={**rule.options, "least": "1"}) for rule in rules("0.1")]
    assert list(engine.review(Document(Path("t"), "text", (Segment("0", STIFF),)), engine.compile(never))) == []


def test_a_long_document_is_judged_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    read = words.read
    sizes: list[int] = []

    def counted(documents: Sequence[Document]) -> words.Words:
        sizes.append(sum(len(one.segments) for one in documents))
        return read(documents)

    monkeypatch.setattr(words, "read", counted)
    segments = tuple(Segment(str(number), STIFF) for number in range(2000))
    found = list(engine.review(Document(Path("t"), "text", segments), engine.compile(rules("0.1"))))
    assert len(sizes) > 1
    assert sum(sizes) == 2000
    assert {one.segment for one in found} == {one.key for one in segments}


def beside_chinese(number: int) -> Document:
    source = "有关部门大力开展精神文明建设，群众反应热烈。"
    segments = (Segment("0", STIFF, source), Segment("1", STIFF), Segment("2", f"It was the {number}th time.", "这是第几次？"))
    return Document(Path("t"), "text", segments, name=str(number))


def test_documents_that_are_looked_at_together_have_the_same_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    some = [beside_chinese(0), Document(Path("t"), "text", (Segment("0", STIFF),)), Document(Path("t"), "text", ())]
    some += [Document(Path("t"), "text", (Segment("0", STIFF.upper(), "有关部门"),)), beside_chinese(1), beside_chinese(2)]
    checker = engine.compile(rules("0.1"))
    alone = [list(engine.review(one, checker)) for one in some]
    read, sizes = words.read, list[int]()

    def counted(documents: Sequence[Document]) -> words.Words:
        sizes.append(len(documents))
        return read(documents)

    monkeypatch.setattr(words, "read", counted)
    engine.ahead(some, checker)
    assert [list(engine.review(one, checker)) for one in some] == alone
    assert any(one.segment == "0" for one in alone[-1])
    assert max(sizes) == 4  # all that have a source
    sizes.clear()
    assert list(engine.review(some[0], checker)) == alone[0]  # what was looked at ahead is told once
    assert sizes == [1, 1]


def test_a_long_document_is_not_looked_at_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suspect, "BLOCK", len(STIFF))
    checker = engine.compile(rules("0.1"))
    read: list[Document] = []
    monkeypatch.setattr(words, "read", read.extend)
    engine.ahead([beside_chinese(0), beside_chinese(1)], checker)
    assert read == []


def test_what_goes_wrong_ahead_is_told_with_the_document() -> None:
    checker = engine.compile(rules("0.1", model="nowhere.npz"))
    some = [beside_chinese(0), beside_chinese(1)]
    engine.ahead(some, checker)
    with pytest.raises(ReviewerError, match=r"nowhere\.npz: no such model"):
        list(engine.review(some[0], checker))
