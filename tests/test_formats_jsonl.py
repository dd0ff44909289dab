"""Translation units, one a line, to documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.formats import escape, parts, read
from reviewer.model import ReviewerError, Span


def written(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "units.jsonl"
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def test_lines_with_one_doc_are_one_document_wherever_they_stand(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '{"id": "1", "target": "A pier.", "doc": "north"}',
        "",
        '{"doc": "south", "id": "1", "target": "A boat.", "source": "一艘船。"}',
        '{"id": 2, "target": "Two piers.", "doc": "north", "source": null}\r',
    )
    north, south = read(path)
    assert (north.name, south.name, north.format) == ("north", "south", "jsonl")
    assert [(segment.key, segment.target, segment.source) for segment in north.segments] == [
        ("1", "A pier.", None),
        ("2", "Two piers.", None),
    ]
    assert south.segments[0].source == "一艘船。"


def test_without_doc_the_file_is_one_document_in_parts_where_it_is_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, *(json.dumps({"id": i, "target": "A long pier."}) for i in range(10)))
    [whole] = read(path)
    assert (whole.name, len(whole.segments)) == ("", 10)
    monkeypatch.setattr(parts, "PART", 50)
    assert [(document.name, document.part, len(document.segments)) for document in read(path)] == [
        ("", 0, 4),
        ("", 1, 4),
        ("", 2, 2),
    ]


def test_an_empty_file_is_a_document_without_segments(tmp_path: Path) -> None:
    [document] = read(written(tmp_path, "", "  ", ""))
    assert document.segments == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_pieces_reach_through_escapes_into_the_decoded_file(tmp_path: Path, encoding: str) -> None:
    line = r'{"id": "甲", "x": {"target": "no"}, "target" : "Say \"caf\u00e9\" \ud83d\ude00 twice\n"}'
    path = written(tmp_path, '{"id": 0, "target": "渡轮😀"}', line, encoding=encoding)
    content = path.read_bytes().decode(encoding)
    [document] = read(path)
    segment = document.segments[1]
    assert segment.target == 'Say "café" 😀 twice\n'
    written_as = {'"café"': r"\"caf\u00e9\"", "😀": r"\ud83d\ude00", "twice": "twice", "\n": r"\n"}
    for words, expected in written_as.items():
        start = segment.target.index(words)
        place = segment.in_file(Span(start, start + len(words)))
        assert place
        assert place.of(content) == expected


def test_a_key_that_is_not_ours_may_stand_twice(tmp_path: Path) -> None:
    line = '{"x": 1, "id": 1, "x": {"target": "a", "target": "b"}, "target": "A pier."}'
    [document] = read(written(tmp_path, line))
    assert document.segments[0].target == "A pier."


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": 1, "target": "cut', "not JSON"),
        ('{"id": 1, "target": "a\tb"}', "not JSON"),
        ("[" * 100_000, "not JSON: too deep"),
        ('["id", "target"]', "not an object"),
        ('{"target": "A pier."}', '"id" is missing'),
        ('{"id": null, "target": "A pier."}', '"id" is missing'),
        ('{"id": true, "target": "A pier."}', '"id" must be text or a number'),
        ('{"id": 1}', '"target" is missing'),
        ('{"id": 1, "target": null}', '"target" must be text'),
        ('{"id": 1, "target": "A pier.", "source": 3}', '"source" must be text or null'),
        ('{"id": 1, "target": "A pier.", "doc": []}', '"doc" must be text or a number'),
        ('{"id": 1, "target": "A \\ud83d pier."}', "half a surrogate pair"),
        ('{"id": "7", "target": "A pier."}', 'id "7" stands in line 1 too'),
        ('{"id": 1, "target": "A pier.", "target": "A boat."}', '"target" stands twice'),
        ('{"id": 1, "id": 1, "target": "A pier."}', '"id" stands twice'),
    ],
)
def test_a_bad_line_is_named_before_any_document_is_read(tmp_path: Path, line: str, reason: str) -> None:
    path = written(tmp_path, '{"id": 7, "target": "A boat."}', "", line)
    with pytest.raises(ReviewerError) as error:
        next(read(path))
    assert str(error.value).startswith(f"{path}: line 3: ")
    assert reason in str(error.value)
    assert "\n" not in str(error.value)


def test_an_id_with_a_line_end_is_named_on_one_line(tmp_path: Path) -> None:
    with pytest.raises(ReviewerError, match=r'line 2: id "a\\nb" stands in line 1 too'):
        next(read(written(tmp_path, *[r'{"id": "a\nb", "target": "A pier."}'] * 2)))


def test_one_id_in_two_documents_is_no_error(tmp_path: Path) -> None:
    path = written(tmp_path, '{"id": 1, "target": "A", "doc": "x"}', '{"id": 1, "target": "B", "doc": "y"}')
    assert [document.segments[0].target for document in read(path)] == ["A", "B"]


def test_a_file_that_changes_while_it_is_read_is_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, '{"id": 1, "target": "A", "doc": "x"}', '{"id": 1, "target": "B", "doc": "y"}')
    documents = read(path)
    next(documents)
    path.write_text("something else")
    with pytest.raises(ReviewerError, match="line 2: the file was changed"):
        next(documents)


def test_a_replacement_is_escaped_for_its_literal_only() -> None:
    assert escape("jsonl", '"Ferry"\n渡轮\\') == r"\"Ferry\"\n渡轮\\"
    assert escape("text", '"Ferry"\n') == '"Ferry"\n'


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(rows=st.lists(st.tuples(TEXTS, st.sampled_from(["", "甲", "b"]), st.booleans()), max_size=8))
def test_targets_and_pieces_agree_with_json_for_any_text(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, bool]]
) -> None:
    lines = [json.dumps({"id": i, "target": row[0], "doc": row[1]}, ensure_ascii=row[2]) for i, row in enumerate(rows)]
    path = written(tmp_path_factory.mktemp("units"), *lines)
    content = "\n".join(lines)
    segments = {segment.key: segment for document in read(path) for segment in document.segments}
    assert [segments[str(i)].target for i in range(len(rows))] == [row[0] for row in rows]
    for segment in segments.values():
        literal = "".join(content[piece.file_start : piece.file_start + piece.file_length] for piece in segment.pieces)
        assert json.loads(f'"{literal}"') == segment.target
        assert sum(piece.length for piece in segment.pieces) == len(segment.target)
