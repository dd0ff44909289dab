"""XLIFF and TMX: targets with their sources; inline codes, notes and states stay, and say what a reviewer did if asked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reviewer import formats
from reviewer.model import ReviewerError
from tests.mended import DATA, mend, segments, targets

HOLE = "\ufffc"
HEAD = '<xliff version="1.2"><file original="a"><body>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("news-1.2.xlf", "news-2.0.xlf", "memory.tmx"):
        shutil.copy(DATA / name, tmp_path)
    return tmp_path


def unit(folder: Path, target: str) -> Path:
    path = folder / "unit.xlf"
    path.write_text(f'{HEAD}<trans-unit id="1"><source>x</source><target>{target}</target></trans-unit></body></file></xliff>')
    return path


def test_xliff_1_2_gives_targets_with_their_sources(folder: Path) -> None:
    text, notes = formats.read(folder / "news-1.2.xlf")
    assert (text.name, notes.name) == ("word/document.xml", "word/footnotes.xml")
    first, third = text.segments
    assert (first.key, first.target) == ("NFDBB2FA9-tu1", f"Officials threw a combination punch at 3 < 4 queues.{HOLE}")
    assert first.source == f"官员打出组合拳。{HOLE}"
    assert third.target == f"The {HOLE} pier\nis a combined fist & a combined fist."
    assert [span.of(third.target) for span in third.opaque] == [HOLE, "combined fist"]
    assert [(segment.key, segment.source) for segment in notes.segments] == [("1", "2019年的组合拳。")]


def test_xliff_2_gives_segments_with_their_sources(folder: Path) -> None:
    [document] = formats.read(folder / "news-2.0.xlf")
    assert [(segment.key, segment.target, segment.source) for segment in document.segments] == [
        ("u1/s1", "A combined fist é worked.", "打出组合拳。"),
        ("u1/s2", f"The second{HOLE} combined fist, {HOLE}a combined fist.", f"第二{HOLE}句。"),
        ("u3", "The combined fist.", "码头。"),
    ]


def test_a_memory_gives_the_english_with_the_chinese(folder: Path) -> None:
    assert [(one.key, one.target, one.source) for one in segments(folder / "memory.tmx")] == [
        ("a1", "They threw a combined fist.", "打出组合拳。"),
        ("2", f"The pier{HOLE} & a combined fist.", "码头。"),
    ]


def test_a_correction_keeps_inline_codes_and_every_other_byte(folder: Path) -> None:
    path = folder / "news-1.2.xlf"
    copy = mend(path, ("combination punch", "package of <measures>"), ("combined fist", "plan & more"))
    assert copy.read_text() == (
        path.read_text()
        .replace("combination<ept id=", "package of &lt;measures&gt;<ept id=")
        .replace('<ept id="1">&lt;/run1></ept> <g id="3">punch</g>', '<ept id="1">&lt;/run1></ept><g id="3"></g>')
        .replace("&amp; a combined fist.</target>", "&amp; a plan &amp; more.</target>")
        .replace("<![CDATA[The combined fist of", "<![CDATA[The plan & more of")
    )


def test_a_correction_in_xliff_2_and_in_a_memory_keeps_the_rest_too(folder: Path) -> None:
    path = folder / "news-2.0.xlf"
    assert mend(path, ("combined fist", "policy mix")).read_text() == (
        path.read_text()
        .replace('<pc id="1">combined</pc> <sc id="2"/>fist', '<pc id="1">policy</pc> <sc id="2"/>mix')
        .replace('<cp hex="0007"/>a combined fist', '<cp hex="0007"/>a policy mix')
        .replace("<target>The combined fist", "<target>The policy mix")
    )
    path = folder / "memory.tmx"
    assert mend(path, ("combined fist", "set of measures")).read_text() == (
        path.read_text()
        .replace("combined<ept", "set of measures<ept")
        .replace("</ept> fist.", "</ept>.")
        .replace("combined fist", "set of measures")
    )


def test_a_code_that_a_replacement_leaves_out_is_an_error(folder: Path) -> None:
    with pytest.raises(ReviewerError, match="which stays as it is"):
        mend(unit(folder, 'See <x id="1"/> here.'), (f"{HOLE} here", "there"))
    copy = mend(unit(folder, 'See <x id="1"/> here.'), (f"See {HOLE} here", f"Look at {HOLE} now"))
    assert '<target>Look at <x id="1"/> now.</target>' in copy.read_text()


def test_nothing_ends_a_cdata_section_early(folder: Path) -> None:
    copy = mend(unit(folder, "<![CDATA[a <b> fist]]>"), ("fist", "plan ]]> & <i>"))
    assert "<![CDATA[a <b> plan ]]]]><![CDATA[> & <i>]]>" in copy.read_text()
    assert targets(copy) == ["a <b> plan ]]> & <i>"]


def test_codes_that_overlap_are_read_and_kept(folder: Path) -> None:
    codes = 'A <bpt id="1">b</bpt>combined <bpt id="2">i</bpt>fist<ept id="1">/b</ept> worked<ept id="2">/i</ept>.'
    path = unit(folder, codes)
    assert targets(path) == ["A combined fist worked."]
    assert codes.replace("combined ", "policy ").replace("fist", "mix") in mend(path, ("combined fist", "policy mix")).read_text()


def test_units_of_one_id_are_told_apart(tmp_path: Path) -> None:
    one = '<trans-unit id="1"><source>x</source><target>y</target></trans-unit>'
    path = tmp_path / "a.xlf"
    path.write_text(f"{HEAD}{one}{one}</body></file></xliff>")
    assert [segment.key for segment in segments(path)] == ["1", "1'"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (
            "a.xlf",
            f"{HEAD}<g>a<b></g></b></body></file></xliff>",
            r"line 1, column \d+: this is not well-formed XML \(mismatched tag\)",
        ),
        ("a.xlf", "<xliff version='1.2'>\n<file>", r"line 2, column 7: this is not well-formed XML \(no element found\)"),
        ("a.xlf", "", r"not well-formed XML"),
        ("a.xlf", "<html/>", "this is not XLIFF"),
        ("a.xlf", "<xliff/>", "this is not XLIFF"),
        ("a.tmx", "<xliff version='1.2'/>", "this is not TMX"),
        ("a.tmx", '<!DOCTYPE tmx [\n<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><tmx/>', 'line 2: it declares the entity "a"'),
        ("a.xlf", '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xliff>&f;</xliff>', 'declares the entity "f"'),
        ("a.xlf", '<!DOCTYPE x [<!ENTITY % f SYSTEM "http://x/y">%f;]><xliff/>', 'declares the entity "f"'),
        ("a.xlf", "<xliff version='1.2'>&undefined;</xliff>", r"not well-formed XML \(undefined entity\)"),
        ("a.xlf", f"<xliff version='1.2'>\x01{' ' * 100}</xliff>", "not well-formed XML"),
    ],
)
def test_what_is_broken_or_hostile_is_a_clear_error(tmp_path: Path, name: str, content: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(ReviewerError, match=said) as told:
        targets(path)
    assert str(told.value).startswith(str(path))
    assert "\n" not in str(told.value)


def test_empty_files_of_units_have_no_segments(tmp_path: Path) -> None:
    (tmp_path / "a.xlf").write_text('<xliff version="2.1"/>')
    (tmp_path / "a.tmx").write_text("<tmx/>")
    assert targets(tmp_path / "a.xlf") == targets(tmp_path / "a.tmx") == []


def test_a_declared_encoding_and_line_ends_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    content = (
        f'<?xml version="1.0" encoding="GB2312"?>\r\n{HEAD}\r\n<trans-unit id="1"><source>组合拳</source>'
        "<target>A combined\r\nfist 😀.</target></trans-unit></body></file></xliff>\r\n"
    )
    path.write_bytes(content.encode("gb18030"))
    assert targets(path) == ["A combined\nfist 😀."]
    expected = content.replace("combined\r\nfist", "“plan”")
    assert mend(path, ("combined\nfist", "“plan”")).read_bytes() == expected.encode("gb18030")
    path.write_bytes(content.encode("utf-16"))
    assert mend(path, ("combined\nfist", "“plan”")).read_bytes() == expected.encode("utf-16")


def test_tracked_xliff_says_who_why_and_that_it_was_reviewed(folder: Path) -> None:
    text = mend(
        folder / "news-1.2.xlf", ("combination punch", "plan"), ("combined fist", "plan"), note="Too <literal>."
    ).read_text()
    note = "<note>Li &lt;&amp;&gt; Ana: Too &lt;literal&gt;.</note>"
    assert '<target xml:lang="en-US" state="signed-off">' in text
    assert f'</target>{note}\n<note from="Mei">' in text
    assert '<target state="final">The' in text
    assert f"</target>{note}</trans-unit></body>" in text
    assert text.count("<note>Li") == 3


def test_tracked_xliff_2_has_notes_before_its_segments_and_states_on_them(folder: Path) -> None:
    text = mend(folder / "news-2.0.xlf", ("combined fist", "policy mix"), note="Calque.").read_text()
    note = "<note>Li &lt;&amp;&gt; Ana: Calque.</note>"
    assert f"</mtc:matches>\n   <notes>{note}{note}</notes><originalData>" in text
    assert '<segment id="s1" state="reviewed">' in text
    assert '<segment id="s2" state="final">' in text
    assert f'<notes><note id="n1">Mind the tone.</note>{note}</notes><segment state="reviewed"><source>码头' in text
    assert targets(folder / "mended-news-2.0.xlf") == [
        target.replace("combined fist", "policy mix")
        if "second" not in target
        else target.replace("a combined fist", "a policy mix")
        for target in targets(folder / "news-2.0.xlf")
    ]
