"""Comments in a file that switch rules off and on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.corrected import FISTS, segments
from tests.test_cli_lint import run

MARKDOWN = f"""<!-- reviewer: off -->
# Off

Off, too.

<!-- reviewer: on -->

On.

<!-- reviewer: ignore {FISTS} -->
- One of the list.
- Another.

On again. <!-- a comment -->

Here only. <!-- reviewer: ignore calques/*, names -->

<!-- Reviewer: IGNORE names
calques -->
<!-- reviewer: please look at this -->

| a | b |
|---|---|
| c | d |

> Quoted.
>
> <!-- reviewer: ignore names -->
>
> Next in it.
>
> After it.

<!-- reviewer: ignore names -->

```
code
```

The end.
"""


@pytest.mark.cell("markdown", "comments", "`<!-- -->`")
def test_comments_of_markdown_hold_for_the_next_block_or_until_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(MARKDOWN)
    assert [(one.target, one.ignored) for one in segments(path)] == [
        ("Off", ("*",)),
        ("Off, too.", ("*",)),
        ("On.", ()),
        ("One of the list.", (FISTS,)),
        ("Another.", (FISTS,)),
        ("On again. ", ()),
        ("Here only. ", ("calques/*", "names")),
        *[(cell, ("names", "calques")) for cell in "abcd"],
        ("Quoted.", ()),
        ("Next in it.", ("names",)),
        ("After it.", ()),
        ("The end.", ()),
    ]


@pytest.mark.cell("po", "comments", "`#`")
def test_comments_of_po_hold_for_their_entry_or_until_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    entry = '{0}msgid "m{1}"\nmsgstr "t{1}"\n\n'
    comments = [
        "",
        "# reviewer: ignore names, calques/\n",
        "",
        "# reviewer: off\n#: a.c:1\n",
        "",
        "#. reviewer: on\n",
        "# reviewer: off\n#~ x\n",
    ]
    path.write_text("".join(entry.format(comment, number) for number, comment in enumerate(comments)))
    assert [one.ignored for one in segments(path)] == [(), ("names", "calques/"), (), ("*",), ("*",), (), ()]


HTML = f"""<!DOCTYPE html><title>Seen</title>
<!-- reviewer: off --><h1>Off</h1><p>Off <img alt="too">
<!-- reviewer: on -->
<p>On.
<!-- reviewer: ignore {FISTS} -->
<ul title="Of the list"><li>One<li>Two</ul>
<p>On again. <!-- a comment --></p>
<p>Here <b>only. <!-- reviewer: ignore calques/*, names --></b></p>
<!-- reviewer: ignore names --> <b>Bare</b> words <div>A div <!-- reviewer: ignore names --> <p>in it</p> after</div>
<table><tr><td><!-- reviewer: ignore names --></td><td>Cell</td><td><!-- reviewer: ignore names -->Cell</td></table>
<!-- reviewer: ignore names --><script>"<!-- reviewer: off -->"</script><p>End.</p>
"""


@pytest.mark.cell("html", "comments", "`<!-- -->`")
@pytest.mark.cell("epub", "comments", "`<!-- -->`")
def test_comments_of_html_hold_for_the_next_block_or_the_text_they_stand_in(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(HTML)
    assert [(one.target, one.ignored) for one in segments(path)] == [
        ("Seen", ()),
        ("Off", ("*",)),
        ("Off", ("*",)),
        ("too", ("*",)),
        ("On.", ()),
        ("Of the list", (FISTS,)),
        ("One", (FISTS,)),
        ("Two", (FISTS,)),
        ("On again.", ()),
        ("Here only.", ("calques/*", "names")),
        ("Bare words", ("names",)),
        ("A div", ()),
        ("in it", ("names",)),
        ("after", ()),
        ("Cell", ()),
        ("Cell", ("names",)),
        ("End.", ("names",)),
    ]


VTT = """WEBVTT

NOTE reviewer: off

00:01.000 --> 00:02.000
Off

NOTE
reviewer: on

NOTE reviewer: ignore names,
calques

00:03.000 --> 00:04.000
Some

NOTES reviewer: off

00:05.000 --> 00:06.000
NOTE reviewer: off
"""
EVENT = "{0}: 0,0:00:0{1}.00,0:00:0{1}.90,Default,,0,0,0,,{2}\n"
ASS = (
    "[Events]\nComment: before the format\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    + "".join(
        EVENT.format(*event)
        for event in [
            ("Comment", 1, "reviewer: off"),
            ("Dialogue", 1, "Off"),
            ("Comment", 2, "reviewer: on"),
            ("Comment", 2, "reviewer: ignore names, calques"),
            ("Dialogue", 2, "Some"),
            ("Dialogue", 3, "NOTE reviewer: off"),
        ]
    )
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("a.vtt", VTT, marks=pytest.mark.cell("vtt", "comments", "`NOTE`")),
        pytest.param("a.ass", ASS, marks=pytest.mark.cell("ass", "comments", "`Comment:`")),
        pytest.param("a.ass", re.sub("Comment: 0.*,,", ";", ASS), marks=pytest.mark.cell("ass", "comments", "`;`")),
    ],
)
def test_comments_of_subtitles_hold_for_the_next_cue_or_until_the_next(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    assert [(one.target, one.ignored) for one in segments(path)] == [
        ("Off", ("*",)),
        ("Some", ("names", "calques")),
        ("NOTE reviewer: off", ()),
    ]


UNIT_1 = '<trans-unit id="{0}"><source>x</source><target>{0}</target>{1}</trans-unit>'
UNIT_2 = '<unit id="{0}">{1}<segment><source>x</source><target>{0}</target></segment></unit>'
NOTES = [
    "",
    "<note>reviewer: ignore names</note>",
    "<note>reviewer: off</note>",
    "<note>Mind the tone.</note>",
    "<note>reviewer: on</note>",
]


@pytest.mark.parametrize(
    ("head", "unit", "tail"),
    [
        ('<xliff version="1.2"><file original="a"><body>', UNIT_1, "</body></file></xliff>"),
        ('<xliff version="2.0"><file id="a">', UNIT_2, "</file></xliff>"),
    ],
)
@pytest.mark.cell("xliff", "comments", "`<note>`")
def test_notes_of_xliff_hold_for_the_element_that_they_stand_in(tmp_path: Path, head: str, unit: str, tail: str) -> None:
    path = tmp_path / "a.xlf"
    units = [
        unit.format(number, f"<notes>{note}</notes>" if unit is UNIT_2 and note else note) for number, note in enumerate(NOTES)
    ]
    group = f'<group id="g"><note>reviewer: ignore calques</note>{unit.format(5, "")}</group>'
    path.write_text(head + "".join(units) + group + unit.format(6, "") + tail)
    assert [one.ignored for one in segments(path)] == [(), ("names",), ("*",), ("*",), (), ("calques",), ()]


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        ("", 1),
        ("reviewer: off", 0),
        (f"reviewer: ignore {FISTS}", 0),
        ("reviewer: ignore calques/policy", 0),
        ("reviewer: ignore c*", 0),
        ("reviewer: ignore names", 1),
        ("reviewer: of", 1),
    ],
)
def test_what_a_comment_silences_is_not_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], comment: str, found: int
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(f"<!-- {comment} -->\n\nOfficials threw a combination punch at the quay.\n")
    Path("a.po").write_text(f'# {comment}\nmsgid "x"\nmsgstr "Officials threw a combination punch at the quay."\n')
    Path("a.html").write_text(f"<!--{comment}--><p>Officials threw a combination punch at the quay.</p>")
    for name in ("a.md", "a.po", "a.html"):
        assert run(capsys, "lint", name)[0] == found
        assert run(capsys, "lint", "--no-db", name)[0] == found
