"""Word documents: paragraphs, tables, headers and notes; a correction keeps runs, members, dates, and every other byte."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest

from reviewer import formats
from reviewer.model import ReviewerError
from tests.mended import DATA, mend, segments, targets

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN = "word/document.xml"
FOOTNOTES = "word/footnotes.xml"
BOLD = "<w:rPr><w:b/></w:rPr>"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Written by pandoc."""
    return Path(shutil.copy(DATA / "news.docx", tmp_path))


def word(folder: Path, body: str, replaced: Mapping[str, str | None] | None = None) -> Path:
    """A document with this body; the other members are pandoc's, but for those that are replaced or left out."""
    path = folder / "made.docx"
    texts: dict[str, str | None] = {
        MAIN: f"<w:document {W}><w:body>{body}</w:body></w:document>",
        FOOTNOTES: f"<w:footnotes {W}/>",
        **(replaced or {}),
    }
    with zipfile.ZipFile(DATA / "news.docx") as old, zipfile.ZipFile(path, "w") as new:
        for member in old.infolist():
            text = texts.pop(member.filename, old.read(member).decode())
            if text is not None:
                new.writestr(member, text)
        for name, text in texts.items():
            new.writestr(name, text or "")
    return path


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def run(text: str, look: str = "") -> str:
    return f'<w:r w:rsidR="00AB12CD">{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def member(path: Path, name: str = MAIN) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def body(path: Path) -> str:
    return member(path).partition("<w:body>")[2].removesuffix("</w:body></w:document>")


@pytest.mark.cell("docx", "read", "pandoc")
def test_a_document_from_pandoc_is_read_in_the_order_of_its_parts(news: Path) -> None:
    text, notes = formats.read(news)
    assert (text.name, notes.name) == (MAIN, "word/footnotes.xml")
    assert [(segment.kind, segment.target) for segment in text.segments] == [
        ("heading", "Harbour news"),
        ("heading", "A combination fist for the harbour"),
        ("paragraph", "Officials threw a combination punch at the queue of boats & more. See combination punches."),
        ("item", "The pier is old."),
        ("item", "A combined fist."),
        ("cell", "Pier"),
        ("cell", "Boats"),
        ("cell", "East"),
        ("cell", "A combination punch"),
        ("heading", "Second chapter"),
        ("paragraph", "The ferry 渡轮 sails with a combination punch\nand a line break."),
    ]
    assert [segment.target for segment in notes.segments] == ["The combined fist of 2019."]


def test_headers_and_tables_of_python_docx_are_read_and_corrected(tmp_path: Path) -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "A combined fist"
    made.sections[0].footer.paragraphs[0].text = "Page"
    made.add_heading("The combined fist", 1)
    made.add_table(1, 1).cell(0, 0).text = "combined fist\tand\nmore"
    path = tmp_path / "made.docx"
    made.save(str(path))
    assert sorted(targets(path)) == ["A combined fist", "Page", "The combined fist", "combined fist\tand\nmore"]
    copy = mend(path, ("combined fist", "policy mix"))
    again = docx.Document(str(copy))
    assert again.sections[0].header.paragraphs[0].text == "A policy mix"
    assert again.tables[0].cell(0, 0).text == "policy mix\tand\nmore"
    assert again.paragraphs[0].style is not None
    assert (again.paragraphs[0].text, again.paragraphs[0].style.name) == ("The policy mix", "Heading 1")


@pytest.mark.cell("docx", "export", "pandoc")
def test_only_the_corrected_members_change_and_all_keep_their_order_dates_and_packing(news: Path) -> None:
    with zipfile.ZipFile(news, "a") as archive:
        archive.writestr(zipfile.ZipInfo("word/vbaProject.bin", (1999, 12, 31, 23, 59, 58)), b"macro" * 9)
        archive.comment = b"of the editor"
    copy = mend(news, ("combination punch", "measure"))
    with zipfile.ZipFile(news) as before, zipfile.ZipFile(copy) as after:
        assert before.comment == after.comment
        for old, new in zip(before.infolist(), after.infolist(), strict=True):
            assert [getattr(old, key) for key in ("filename", "date_time", "compress_type", "external_attr")] == [
                getattr(new, key) for key in ("filename", "date_time", "compress_type", "external_attr")
            ]
            assert (before.read(old) == after.read(new)) == (old.filename != MAIN)
    assert copy.read_bytes() == mend(news, ("combination punch", "measure")).read_bytes()


def test_runs_that_word_split_keep_their_looks(tmp_path: Path) -> None:
    path = word(tmp_path, paragraph(run("They threw a com"), run("bination", BOLD), run(" pun"), run("ch &amp; ran.")))
    assert targets(path) == ["They threw a combination punch & ran."]
    copy = mend(path, ("combination punch", "package of measures"))
    assert body(copy) == paragraph(run("They threw a package of measures"), run("", BOLD), run(""), run(" &amp; ran."))
    copy = mend(path, ("threw a combination punch & ran", "took a combination punch & left"))
    assert body(copy) == paragraph(run("They took a com"), run("bination", BOLD), run(" pun"), run("ch &amp; left."))


def test_space_at_an_end_is_kept_only_where_it_is_needed(tmp_path: Path) -> None:
    path = word(tmp_path, "<w:p><w:r><w:t>old pier</w:t></w:r><w:r><w:t> bus </w:t></w:r><w:r><w:t>end</w:t></w:r></w:p>")
    assert targets(path) == ["old pierbusend"]
    assert '<w:r><w:t xml:space="preserve">old </w:t></w:r><w:r><w:t> bus <' in body(mend(path, ("old pier", "old ")))
    assert "<w:r><w:t>new pier</w:t></w:r><w:r><w:t> bus <" in body(mend(path, ("old", "new")))


def test_breaks_and_tabs_are_elements_and_may_come_and_go(tmp_path: Path) -> None:
    line = "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r></w:p>"
    path = word(tmp_path, line)
    assert targets(path) == ["one\ntwo\tthree"]
    assert body(mend(path, ("one\ntwo", "one and two"))) == line.replace("<w:br/>", '<w:t xml:space="preserve"> and </w:t>')
    broken = line.replace("two", 'x</w:t><w:br/><w:t xml:space="preserve">y</w:t><w:tab/><w:t xml:space="preserve">z')
    assert body(mend(path, ("two", "x\ny\tz"))) == broken
    path = word(tmp_path, "<w:p><w:r><w:t>one</w:t><w:br/><w:br/></w:r><w:r><w:t>two</w:t></w:r></w:p>")
    assert targets(path) == ["one\n\ntwo"]
    assert "<w:t>one</w:t></w:r><w:r><w:t>two</w:t>" in body(mend(path, ("\n\n", "")))
    assert "<w:t>1</w:t><w:br/><w:br/></w:r><w:r><w:t>2<" in body(mend(path, ("one\n\ntwo", "1\n\n2")))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            run("a ") + "<w:ins w:id='1'>" + run("new ") + "</w:ins><w:del w:id='2'><w:r><w:delText>old</w:delText></w:r></w:del>",
            "a new",
        ),
        ("<w:moveFrom w:id='1'>" + run("moved ") + "</w:moveFrom><w:moveTo w:id='2'>" + run("moved") + "</w:moveTo>", "moved"),
        (
            run("seen") + run(" secret", "<w:rPr><w:vanish/></w:rPr>") + run(" too", "<w:rPr><w:vanish w:val='0'/></w:rPr>"),
            "seen too",
        ),
        ("<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs><w:rPr><w:del w:id='3'/></w:rPr></w:pPr>" + run("text"), "text"),
        (run("at ") + "<m:oMath xmlns:m='m'><m:r><m:t>x</m:t></m:r></m:oMath>" + run(" high"), "at \ufffc high"),
        ("<w:r><w:instrText> PAGE </w:instrText></w:r>" + run("7"), "7"),
        ("<w:hyperlink w:anchor='x'>" + run("link") + "</w:hyperlink>" + run(" and"), "link and"),
        ("<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>stop</w:t></w:r>", "non\u2011stop"),
        ("<w:r><w:ruby><w:rt>" + run("bei") + "</w:rt><w:rubyBase>" + run("北") + "</w:rubyBase></w:ruby></w:r>", "北"),
    ],
)
def test_what_a_reader_sees_is_text(tmp_path: Path, content: str, expected: str) -> None:
    assert targets(word(tmp_path, paragraph(content))) == [expected]


def test_a_text_box_is_read_once_and_does_not_cut_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph(run('boxed'))}</w:txbxContent>"
    content = (
        "<w:r><mc:AlternateContent xmlns:mc='mc'><mc:Choice><w:drawing>"
        f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert targets(word(tmp_path, paragraph(run("before "), content, run("after")))) == ["boxed", "before after"]


def test_a_replacement_is_never_markup(tmp_path: Path) -> None:
    copy = mend(word(tmp_path, paragraph(run("one"))), ("one", "</w:t>&amp;<w:br/>"))
    assert targets(copy) == ["</w:t>&amp;<w:br/>"]


def test_the_styles_of_a_chinese_word_are_known_by_their_names(tmp_path: Path) -> None:
    named = {"1": "heading 1", "a3": "toc 1"}
    styles = "".join(f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>' for key, name in named.items())
    lines = [f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run("x")}</w:p>' for style in ("1", "a3", "9")]
    path = word(tmp_path, "".join(lines), {"word/styles.xml": f"<w:styles {W}>{styles}</w:styles>"})
    assert [segment.kind for segment in segments(path)] == ["heading", "cell", "paragraph"]


def test_a_document_with_macros_is_read_and_they_are_left_alone(tmp_path: Path) -> None:
    types = member(DATA / "news.docx", "[Content_Types].xml")
    old = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert old in types
    macros = {
        "[Content_Types].xml": types.replace(old, "application/vnd.ms-word.document.macroEnabled.main+xml"),
        "word/vbaProject.bin": "Sub",
    }
    path = word(tmp_path, paragraph(run("one")), macros).rename(tmp_path / "made.docm")
    copy = mend(path, ("one", "two"))
    assert (body(copy), member(copy, "word/vbaProject.bin")) == (paragraph(run("two")), "Sub")


def test_broken_relations_and_missing_parts_are_passed_over(tmp_path: Path) -> None:
    lost = {"word/_rels/document.xml.rels": None, FOOTNOTES: None, "word/styles.xml": None}
    path = word(tmp_path, paragraph(run("one")), lost)
    assert body(mend(path, ("one", "two"))) == paragraph(run("two"))


def test_what_a_comment_needs_and_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = word(tmp_path, paragraph(run("one")), {"word/comments.xml": "<w:comments><"})
    with pytest.raises(ReviewerError, match=r"made\.docx: word/comments\.xml: line 1, column"):
        mend(path, ("one", "two"), note="Why")


TRACKED = re.compile(r'<w:(ins|del) w:id="(\d+)" w:author="Li &lt;&amp;&gt; Ana" w:date="2026-01-02T03:04:05Z">')


def accepted(xml: str) -> str:
    """The text of a part once all that is tracked in it is accepted."""
    root = ElementTree.fromstring(re.sub(r"<w:del .*?</w:del>", "", xml))
    return "".join(root.itertext())


def rejected(xml: str) -> str:
    return "".join(ElementTree.fromstring(re.sub(r"<w:ins .*?</w:ins>", "", xml)).itertext())


def test_tracked_changes_can_be_accepted_and_rejected_in_word(tmp_path: Path) -> None:
    path = word(tmp_path, paragraph(run("They threw a "), "<w:r><w:rPr><w:b/></w:rPr><w:t>combined fist.</w:t></w:r>"))
    copy = mend(path, ("combined fist", "package & plan"), note="Too <literal>.")
    assert body(copy) == paragraph(
        run("They threw a "),
        f'<w:r>{BOLD}<w:t xml:space="preserve"></w:t></w:r><w:commentRangeStart w:id="0"/>'
        '<w:del w:id="1" w:author="Li &lt;&amp;&gt; Ana" w:date="2026-01-02T03:04:05Z">'
        f'<w:r>{BOLD}<w:delText xml:space="preserve">combined fist</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="Li &lt;&amp;&gt; Ana" w:date="2026-01-02T03:04:05Z">'
        f'<w:r>{BOLD}<w:t xml:space="preserve">package &amp; plan</w:t></w:r></w:ins>'
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
        f'<w:r>{BOLD}<w:t xml:space="preserve">.</w:t></w:r>',
    )
    assert accepted(member(copy)) == "They threw a package & plan."
    assert rejected(member(copy)) == "They threw a combined fist."
    assert targets(copy) == ["They threw a package & plan."]
    [comment] = docx.Document(str(copy)).comments
    assert (comment.author, comment.text) == ("Li <&> Ana", "Too <literal>.")


@pytest.mark.cell("docx", "tracked", "pandoc")
@pytest.mark.cell("docx", "notes", "pandoc")
def test_tracked_changes_over_runs_and_breaks_and_in_notes(news: Path) -> None:
    copy = mend(
        news, ("combination punch\nand", "plan and"), ("a combination punch at", "the plan at"), ("2019", "2020"), note="Why"
    )
    for name in (MAIN, FOOTNOTES):
        old, new = member(news, name), member(copy, name)
        assert rejected(new) == rejected(old)
        numbers = [found[2] for found in TRACKED.finditer(new)]
        assert len(numbers) == len(set(numbers)) > 1
    assert "comment" not in member(copy, FOOTNOTES)
    assert member(copy).count("<w:commentReference ") == 2
    assert "The ferry 渡轮 sails with a plan and a line break." in targets(copy)
    assert (
        copy.read_bytes()
        == mend(
            news, ("combination punch\nand", "plan and"), ("a combination punch at", "the plan at"), ("2019", "2020"), note="Why"
        ).read_bytes()
    )


def test_comments_are_made_where_a_document_has_none(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("A combined fist and a combined fist.")
    path = tmp_path / "made.docx"
    made.save(str(path))
    with zipfile.ZipFile(path) as archive:
        assert "word/comments.xml" not in archive.namelist()
    copy = mend(path, ("combined fist", "plan"), note="One.\nTwo.")
    found = list(docx.Document(str(copy)).comments)
    assert [comment.text for comment in found] == ["One.\nTwo."] * 2
    assert copy.read_bytes() == mend(path, ("combined fist", "plan"), note="One.\nTwo.").read_bytes()
    again = mend(copy, ("plan", "policy"), note="Three.")
    assert [comment.comment_id for comment in docx.Document(str(again)).comments] == [0, 1, 2, 3]
    assert targets(again) == ["A policy and a policy."]
