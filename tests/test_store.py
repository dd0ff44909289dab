"""What a lint saw comes back as it was, and a second lint keeps what people decided."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from reviewer.model import Document, Finding, ReviewerError, Segment, Severity, Span, Verdict
from reviewer.store import Store, rows
from tests.stored import LINES, document, findings, lint


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "review.db")


def words_of(store: Store, path: Path, name: str = "") -> list[str]:
    found = store.document(path, name)
    return [one.finding.text for one in store.findings(found.id)] if found else []


def test_a_finding_comes_back_exactly_as_it_was_recorded(store: Store, tmp_path: Path) -> None:
    article = document(tmp_path / "pears.txt")
    lint(store, article)
    (found,) = store.documents()
    assert [one.finding for one in store.findings(found.id)] == findings(article)


def test_a_finding_knows_its_segment_and_its_place_in_the_file(store: Store, tmp_path: Path) -> None:
    article = document(tmp_path / "pears.txt")
    lint(store, article)
    last = store.findings(1)[-1]
    text = "\n".join(LINES)
    assert last.in_file == Span(text.index("three-wheeled"), text.index("three-wheeled") + len("three-wheeled car"))
    assert last.position == 2
    assert store.segments(1)[last.position].key == last.finding.segment


def test_a_format_without_linear_text_has_no_place_in_the_file(store: Store, tmp_path: Path) -> None:
    article = document(tmp_path / "pears.docx")
    bare = tuple(Segment(one.key, one.target) for one in article.segments)
    lint(store, Document(article.path, "docx", bare))
    assert [one.in_file for one in store.findings(1)] == [None] * 3


def test_segments_come_in_order_and_by_the_page(store: Store, tmp_path: Path) -> None:
    lint(store, document(tmp_path / "pears.txt"))
    assert [one.target for one in store.segments(1)] == list(LINES)
    assert [one.target for one in store.segments(1, 1, 1)] == [LINES[1]]
    assert store.segments(1, 3, 10) == []


def test_chinese_source_and_kind_are_kept(store: Store, tmp_path: Path) -> None:
    segment = Segment("h1", "Pear season 🍐", "梨子季节 🍐", "heading")
    lint(store, Document(tmp_path / "pears.xlf", "xliff", (segment,)))
    assert store.segments(1) == [segment]


def test_a_document_counts_its_words_and_findings_by_state(store: Store, tmp_path: Path) -> None:
    lint(store, document(tmp_path / "pears.txt"))
    first, second, _ = store.findings(1)
    store.decide(first.id, Verdict.ACCEPT, reviewer="Ana")
    store.decide(second.id, Verdict.REJECT, reviewer="Ana")
    found = store.document(tmp_path / "pears.txt")
    assert found is not None
    assert (found.words, found.segments) == (sum(len(line.split()) for line in LINES), 3)
    assert (found.total, found.open, found.accepted, found.edited, found.rejected, found.ignored) == (3, 1, 1, 0, 1, 0)


def test_a_clean_document_is_listed_with_nothing_to_do(store: Store, tmp_path: Path) -> None:
    lint(store, document(tmp_path / "clean.txt", ("The orchard had a good year.",)))
    (found,) = store.documents()
    assert (found.total, found.open, found.words) == (0, 0, 6)


def test_findings_are_chosen_by_state_and_rule(store: Store, tmp_path: Path) -> None:
    lint(store, document(tmp_path / "pears.txt"))
    store.decide(2, Verdict.EDIT, text="tasty", reviewer="Ana")
    assert [one.id for one in store.findings(1, states=[Verdict.OPEN])] == [1, 3]
    assert [one.decision_text for one in store.findings(1, states={Verdict.EDIT, Verdict.ACCEPT})] == ["tasty"]
    assert [one.id for one in store.findings(1, rule="calques/food/fragrant")] == [2]


def test_moved_text_keeps_its_decisions_on_a_second_lint(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "pears.txt"
    lint(store, document(path))
    store.decide(2, Verdict.EDIT, text="tasty", reviewer="Ana")
    lint(store, document(path, ("A new opening paragraph.", LINES[2], LINES[1])), sha256="bb22")
    moved = store.finding(2)
    assert (moved.state, moved.decision_text, moved.finding.segment, moved.position) == (Verdict.EDIT, "tasty", "p2", 2)
    assert [one.finding.text for one in store.findings(1)] == ["three-wheeled car", "fragrant"]
    assert [one.target for one in store.segments(1)] == ["A new opening paragraph.", LINES[2], LINES[1]]


def test_a_finding_out_of_sight_comes_back_with_its_decisions(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "pears.txt"
    lint(store, document(path))
    store.decide(1, Verdict.REJECT, reviewer="Ana")
    lint(store, document(path, LINES[1:]))
    assert words_of(store, path) == ["fragrant", "three-wheeled car"]
    assert not store.finding(1).present
    lint(store, document(path))
    assert [(one.id, one.state.value) for one in store.findings(1)] == [(1, "reject"), (2, "open"), (3, "open")]


def test_a_lint_with_some_rules_leaves_the_rest_in_sight_while_the_file_is_the_same(store: Store, tmp_path: Path) -> None:
    article = document(tmp_path / "pears.txt")
    lint(store, article)
    only = findings(article)[:1]
    store.record(article, only, store.start_run("lint"), sha256="aa11", encoding="utf-8", whole=False)
    assert len(store.findings(1)) == 3
    store.record(article, only, store.start_run("lint"), sha256="changed", encoding="utf-8", whole=False)
    assert [one.finding for one in store.findings(1)] == only


def test_parts_of_a_long_file_make_one_document(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    lint(store, document(path, LINES[:2]), document(path, LINES[2:], part=1, first=2))
    (found,) = store.documents()
    assert (found.segments, found.total, found.sha256) == (3, 3, "aa11")
    assert [one.target for one in store.segments(found.id)] == list(LINES)
    assert [one.position for one in store.findings(found.id)] == [0, 1, 2]
    assert [one.key for one in store.segments(found.id, 1, 2)] == ["p1", "p2"]


def test_a_file_that_got_shorter_loses_its_last_parts_when_the_run_ends(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    lint(store, document(path, LINES[:2]), document(path, LINES[2:], part=1, first=2))
    lint(store, document(path, LINES[:2]), sha256="bb22")
    assert words_of(store, path) == ["combination punches", "fragrant"]
    assert len(store.segments(1)) == 2


def test_a_lint_cut_short_between_parts_shows_that_no_offset_can_be_trusted(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    lint(store, document(path, LINES[:2]), document(path, LINES[2:], part=1, first=2))
    lint(store, document(path, LINES[:1]), sha256="bb22", finish=False)
    (found,) = store.documents()
    assert found.sha256 == ""
    assert words_of(store, path) == ["combination punches", "three-wheeled car"]


def test_documents_of_one_file_are_told_apart_by_name(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    lint(store, document(path, LINES[:1], name="a1"), document(path, LINES[1:], name="a2"))
    assert [(one.name, one.label) for one in store.documents(path)] == [("a1", "articles.jsonl#a1"), ("a2", "articles.jsonl#a2")]
    assert words_of(store, path, "a2") == ["fragrant", "three-wheeled car"]
    assert store.document(path) is None


def test_a_document_gone_from_its_file_is_gone_from_the_list_until_it_is_back(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    lint(store, document(path, LINES[:1], name="a1"), document(path, LINES[1:], name="a2"))
    store.decide(1, Verdict.IGNORE, reviewer="Ana")
    lint(store, document(path, LINES[1:], name="a2"))
    assert [one.name for one in store.documents()] == ["a2"]
    lint(store, document(path, LINES[:1], name="a1"), document(path, LINES[1:], name="a2"))
    assert store.finding(1).state is Verdict.IGNORE


def test_a_file_that_broke_off_keeps_what_was_seen_in_it_before(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    lint(store, document(path, LINES[:1], name="a1"), document(path, LINES[1:], name="a2"))
    run = lint(store, document(path, LINES[:1], name="a1"), finish=False)
    store.finish_run(run, unread=[path])
    assert [one.name for one in store.documents()] == ["a1", "a2"]


def test_a_lint_of_one_file_leaves_the_others_alone(store: Store, tmp_path: Path) -> None:
    lint(store, document(tmp_path / "pears.txt"), document(tmp_path / "plums.txt"))
    lint(store, document(tmp_path / "pears.txt", LINES[:1]))
    assert len(words_of(store, tmp_path / "plums.txt")) == 3


def test_open_only_leaves_out_what_was_decided(store: Store, tmp_path: Path) -> None:
    article = document(tmp_path / "pears.txt")
    assert list(store.open_only(article, findings(article))) == findings(article)
    lint(store, article)
    store.decide(1, Verdict.REJECT, reviewer="Ana")
    store.decide(2, Verdict.REJECT, reviewer="Ana")
    store.decide(2, Verdict.OPEN, reviewer="Ana")
    assert [one.text for one in store.open_only(article, findings(article))] == ["fragrant", "three-wheeled car"]


def test_of_a_long_file_only_the_part_that_is_asked_for_is_read_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.txt"
    parts = [document(path, LINES[number : number + 1], part=number, first=number) for number in range(3)]
    lint(store, *parts)
    read: list[str] = []
    finding_of = rows.finding_of

    def counted(row: rows.Row) -> rows.StoredFinding:
        read.append(str(row["text"]))
        return finding_of(row)

    monkeypatch.setattr(rows, "finding_of", counted)
    assert [one.text for one in store.found_before(parts[1])] == read == ["fragrant"]
    assert [one.text for one in store.open_only(parts[1], findings(parts[1]))] == ["fragrant"]


def test_paths_below_the_database_move_with_it(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    (before / "articles").mkdir(parents=True)
    with Store.open(before / "review.db") as store:
        lint(store, document(before / "articles" / "pears.txt"), document(tmp_path / "elsewhere.txt"))
    before.rename(after)
    with Store.open(after / "review.db") as store:
        assert [one.label for one in store.documents()] == [(tmp_path / "elsewhere.txt").as_posix(), "articles/pears.txt"]
        assert [one.path for one in store.documents()] == [tmp_path / "elsewhere.txt", after / "articles" / "pears.txt"]
        assert store.document(after / "articles" / "pears.txt") is not None


def test_one_file_has_one_name_through_links_and_from_any_folder(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pears.txt").touch()
    (tmp_path / "link.txt").symlink_to("pears.txt")
    monkeypatch.chdir(tmp_path)
    lint(store, document(tmp_path / "link.txt"))
    lint(store, document(Path("pears.txt")))
    assert [one.label for one in store.documents()] == ["pears.txt"]


def test_standard_input_is_no_file(store: Store) -> None:
    lint(store, document(Path("-")))
    assert [(one.label, one.path) for one in store.documents()] == [("-", Path("-"))]


def test_a_finding_in_no_segment_names_its_rule(store: Store, tmp_path: Path) -> None:
    astray = Finding("test/rule", "p9", Span(0, 1), "T", "why", "style/awkward", Severity.MINOR, 0.5, fingerprint="x")
    with pytest.raises(ReviewerError, match=r"test/rule.*'p9'"):
        store.record(document(tmp_path / "pears.txt"), [astray], store.start_run("lint"), sha256="", encoding="utf-8")
    assert store.documents() == []


def test_half_an_emoji_is_refused_in_one_line_and_nothing_is_half_written(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ReviewerError, match=r"review\.db: .*no valid Unicode") as raised:
        lint(store, document(tmp_path / "pears.txt", (*LINES, "Pears \ud83c for sale.")))
    assert "\n" not in str(raised.value)
    assert store.documents() == []


def test_an_unknown_finding_is_an_error(store: Store) -> None:
    with pytest.raises(ReviewerError, match="no finding 7"):
        store.finding(7)


def test_ten_thousand_findings_are_recorded_in_a_second(store: Store, tmp_path: Path) -> None:
    article = document(tmp_path / "long.txt", tuple(f"Pear {number} is fragrant." for number in range(10_000)))
    many = [
        Finding("r", one.key, Span(0, 4), "Pear", "why", "style/awkward", Severity.MINOR, 0.5, fingerprint=one.key)
        for one in article.segments
    ]
    run = store.start_run("lint")
    began = time.process_time()
    store.record(article, many, run, sha256="aa", encoding="utf-8")
    assert time.process_time() - began < 1.0
    assert len(store.findings(1)) == 10_000


def test_the_views_can_be_read_without_the_program(store: Store, tmp_path: Path) -> None:
    lint(store, document(tmp_path / "pears.txt"))
    store.decide(1, Verdict.ACCEPT, reviewer="Ana")
    store.decide(2, Verdict.REJECT, reviewer="Ana")
    store.close()
    plain = sqlite3.connect(tmp_path / "review.db")
    assert plain.execute("select path, rule, text from open_findings").fetchall() == [
        ("pears.txt", "calques/transport/three-wheeler", "three-wheeled car")
    ]
    assert plain.execute("select state, text, decision_text, reviewer from decided_findings").fetchall() == [
        ("accept", "combination punches", "a package of measures", "Ana"),
        ("reject", "fragrant", None, "Ana"),
    ]
    assert plain.execute("select path, total, open, accepted, rejected from progress").fetchall() == [("pears.txt", 3, 1, 1, 1)]
    assert plain.execute("select rule, findings, accepted, share_agreed from rule_record order by rule").fetchall() == [
        ("calques/food/fragrant", 1, 0, 0.0),
        ("calques/policy/combination-fists", 1, 1, 1.0),
        ("calques/transport/three-wheeler", 1, 0, None),
    ]
    plain.close()


def test_a_run_notes_its_command_and_when_it_finished(store: Store, tmp_path: Path) -> None:
    lint(store, document(tmp_path / "pears.txt"))
    lint(store, document(tmp_path / "pears.txt"), finish=False)
    store.close()
    plain = sqlite3.connect(tmp_path / "review.db")
    assert plain.execute("select command, finished is null from runs").fetchall() == [("lint", 0), ("lint", 1)]
    plain.close()
