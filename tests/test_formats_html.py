"""HTML: what a browser shows is reviewed, and a correction changes no other byte."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.formats import html
from reviewer.formats.detecting import detect
from reviewer.formats.markup import html as markup
from reviewer.model import ReviewerError
from tests.mended import DATA, mend, segments, targets

PAGE = """<!DOCTYPE html>
<html><head><title>A combination fist</title><style>p { content: "combined fist" }</style>
<script>if (a < b && c) document.write("<p>combined fist</p>");</script></head>
<body><!-- combined fist --><p>Officials threw <b>combination</b>
   punches &amp; a <em>combined</em> <i>fist</i> of caf&eacute; policy.<br>Next&nbsp;line
<p translate=no>Combined Fist Ltd.</p>
<ul><li>one<li>two <code>combined fist</code>, see <a href="x?a=1&b=2" title="It's a &quot;combined fist&quot;">here</a></ul>
<table><tr><td>The combined fist's<td>CO<sub>2</sub></table><img alt='a combined fist' src=pier.png>
<pre>  kept   as
it is</pre><textarea>combined fist</textarea><svg><text>combined fist</text></svg></body></html>
"""


def page(folder: Path, content: str, encoding: str = "utf-8", name: str = "page.html") -> Path:
    path = folder / name
    path.write_bytes(content.encode(encoding))
    return path


def body(folder: Path, content: str) -> list[str]:
    return targets(page(folder, content))


def test_what_a_browser_shows_is_read_and_nothing_else(tmp_path: Path) -> None:
    found = segments(page(tmp_path, PAGE))
    assert [(segment.kind, segment.target) for segment in found] == [
        ("cell", "A combination fist"),
        ("paragraph", "Officials threw combination punches & a combined fist of café policy.\nNext\u00a0line"),
        ("item", "one"),
        ("item", "two combined fist, see here"),
        ("cell", 'It\'s a "combined fist"'),
        ("cell", "The combined fist's"),
        ("cell", "CO2"),
        ("cell", "a combined fist"),
        ("paragraph", "kept   as\nit is"),
        ("paragraph", "combined fist"),
    ]
    assert [span.of(found[3].target) for span in found[3].opaque] == ["combined fist"]


def test_a_correction_keeps_the_tags_and_every_other_byte(tmp_path: Path) -> None:
    copy = mend(page(tmp_path, PAGE), ("combined fist", "package & plan"), ("combination punches", "measures"))
    expected = (
        PAGE.replace("<b>combination</b>\n   punches", "<b>measures</b>")
        .replace("<em>combined</em> <i>fist</i>", "<em>package &amp; plan</em><i></i>")
        .replace("The combined fist's", "The package &amp; plan's")
        .replace("&quot;combined fist&quot;", "&quot;package &amp; plan&quot;")
        .replace("alt='a combined fist'", "alt='a package &amp; plan'")
        .replace("<textarea>combined fist", "<textarea>package &amp; plan")
    )
    assert copy.read_text() == expected


def test_words_that_stay_keep_their_tags_in_the_middle_of_a_span(tmp_path: Path) -> None:
    path = page(tmp_path, "<p>The <b>old</b> <i>bus</i> goes <u>here</u>.</p>")
    assert mend(path, ("The old bus goes here", "An old coach comes here")).read_text() == (
        "<p>An <b>old</b> <i>coach</i> comes <u>here</u>.</p>"
    )


def test_a_replacement_is_never_markup(tmp_path: Path) -> None:
    path = page(tmp_path, """<p>one</p><img alt="two"><img alt='six'>""")
    hostile = "<script>\"'&lt;\n"
    copy = mend(path, ("one", hostile), ("two", hostile), ("six", hostile))
    assert "<script" not in copy.read_text()
    assert [target.rstrip() for target in targets(copy)] == [hostile.rstrip(), *[hostile.replace("\n", " ").rstrip()] * 2]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>one<p>two<div>three</div>four", ["one", "two", "three", "four"]),
        ("<p>one <b>two</p><p>three</b> four", ["one two", "three four"]),
        ("a < b && c &lt; d &nosuch; &copy2026", ["a < b && c < d &nosuch; ©2026"]),
        ("one <!-- two --> three", ["one three"]),
        ("one<br/>two <br> three", ["one\ntwo\nthree"]),
        ("<p>one <x-mark>two</x-mark> three", ["one two three"]),
        ("<![if !supportLists]>one<![endif]> two<![odd[ x ]]>", ["one two"]),
        ("</p>one</b></div> two", ["one", "two"]),
        ("one <script>never closed", ["one"]),
        ("", []),
        ("<p>one<script>'<!DOCTYPE x [<!ENTITY y'</script> two", ["one two"]),
        ("<p> &nbsp; </p>", []),
        ("<p><code>only()</code></p>", []),
        ('<p class="notranslate">Fist <b>Ltd</b></p>x', ["x"]),
        ("<dl><dt translate=no>a<dd>b</dl>", ["b"]),
    ],
)
def test_html_as_people_write_it(tmp_path: Path, content: str, expected: list[str]) -> None:
    assert body(tmp_path, content) == expected


@given(
    st.lists(
        st.sampled_from(
            "< > & ; / = \" ' b p <p> </p> <b> </b> <br/> &amp; &#233; <!-- --> <![CDATA[ ]]> <script> é \r\n".split(" ")
        )
    )
)
def test_what_is_read_stands_where_it_says(parts: list[str]) -> None:
    file = "".join(parts)
    for token in markup.tokens(file, "page"):
        assert 0 <= token.start <= token.end <= len(file)
        if token.kind == "text" and len(token.text) == token.end - token.start:
            assert file[token.start : token.end] == token.text
    for segment in html.segments(file, "page"):
        for piece in segment.pieces:
            if piece.length == piece.file_length:
                shown = segment.target[piece.start : piece.start + piece.length]
                assert shown.split() == file[piece.file_start : piece.file_start + piece.file_length].split()


@pytest.mark.parametrize(
    ("head", "codec", "known"),
    [
        ('<meta charset="gb2312">', "gb18030", "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=Big5">', "big5", "big5hkscs"),
        ("<meta charset=iso-8859-1>", "cp1252", "cp1252"),
        ('<meta charset="utf-8">', "utf-8", "utf-8"),
        ('<meta charset="nonsense">', "utf-8", "utf-8"),
        ('<meta charset="utf-16">', "utf-8", "utf-8"),
    ],
)
def test_the_declared_encoding_holds_also_for_what_is_written(tmp_path: Path, head: str, codec: str, known: str) -> None:
    path = page(tmp_path, f"<html>{head}<p>A combined fist.</p>", codec)
    assert detect(path).name == known
    copy = mend(path, ("combined fist", "“plan”"))
    assert copy.read_bytes() == f"<html>{head}<p>A “plan”.</p>".encode(codec)


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    path = page(tmp_path, '<!DOCTYPE html [\n<!ENTITY lol "ha">]><p>&lol;</p>', name="page.xhtml")
    with pytest.raises(ReviewerError, match=r'page.xhtml: line 2: it declares the entity "lol"'):
        targets(path)


@pytest.mark.parametrize(
    "part", ["<a ", "<!--", "<", "&#", "</", "<div>", "<b>", "</i>", "<![CDATA[", "<?", '<p a="', "<script>", "<a b='"]
)
def test_a_hostile_page_does_not_keep_a_reader_waiting(part: str) -> None:
    start = time.process_time()
    list(html.segments("<b>" * 5000 + part * 5000, "page"))
    assert time.process_time() - start < 5


def test_a_page_from_pandoc_round_trips(tmp_path: Path) -> None:
    path = Path(shutil.copy(DATA / "news.html", tmp_path))
    found = targets(path)
    assert "Officials threw a combination punch at the queue of boats & more1. See combination punches." in found
    assert "The ferry 渡轮 sails with a combination punch\nand a line break." in found
    text = path.read_text()
    assert mend(path, ("combination punch", "set of measures")).read_text() == (
        text.replace("<strong>combination</strong> punch", "<strong>set of measures</strong>")
        .replace("<td>A combination punch", "<td>A set of measures")
        .replace("a combination punch<br />", "a set of measures<br />")
    )
