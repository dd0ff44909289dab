"""Whatever is replaced by whatever in marked-up text: a reader sees exactly that afterwards, and the tags are still there."""

from __future__ import annotations

import re
from html import escape

from hypothesis import example, given
from hypothesis import strategies as st

from reviewer import formats
from reviewer.export import Change, Note, changes_for, correct
from reviewer.export.settling import settled
from reviewer.formats import html, xliff
from reviewer.formats.docx_paragraphs import paragraphs
from reviewer.formats.markup.flow import HOLE
from reviewer.model import Document, Segment, Span
from tests.mended import DATA

WORDS = st.sampled_from(["old", "pier", "bus", "a", "&", "<b>", "渡轮", "😀", ".", " ", " ", " "])
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map("".join)
NEW = st.lists(WORDS, max_size=5).map("".join)
NOTE = Note("Ana", "2026-01-02T03:04:05+00:00", "Why")


def mended(file: str, format: str, segment: Segment, span: Span, new: str, *, tracked: bool = False) -> str:
    """The decoded file with one decision carried out."""
    document = Document(DATA, format, (segment,))
    decided = (segment.key, span, new)
    changes: list[Change] = changes_for(document, [decided], {decided: NOTE} if tracked else {})
    return "".join(correct([file], settled(format, file, changes)))


def spans(text: str, start: float, end: float) -> Span:
    """A span of a text by two shares of its length."""
    first, last = sorted((round(start * len(text)), round(end * len(text))))
    return Span(first, last)


SHARES = st.floats(0, 1)
RUNS = st.lists(
    st.tuples(TEXTS, st.sampled_from(["", "<w:rPr><w:b/></w:rPr>"]), st.sampled_from(["", "<w:tab/>", "<w:br/>"])),
    min_size=1,
    max_size=5,
)


@given(RUNS, SHARES, SHARES, NEW, st.booleans())
def test_in_word(runs: list[tuple[str, str, str]], start: float, end: float, new: str, tracked: bool) -> None:
    inner = "".join(f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t>{sign}</w:r>' for text, look, sign in runs)
    file = f'<w:document xmlns:w="w"><w:p>{inner}</w:p></w:document>'
    for segment in paragraphs(file, "file", {}):
        span = spans(segment.target, start, end)
        expected = segment.target[: span.start] + new + segment.target[span.end :]
        after = mended(file, "docx", segment, span, new, tracked=tracked)
        assert [one.target for one in paragraphs(after, "file", {})] == [expected.strip()] * bool(expected.strip())
        if tracked:
            before = re.sub(r"<w:ins .*?</w:ins>", "", after).replace("w:del>", "w:ins>").replace("<w:del ", "<w:ins ")
            assert [one.target for one in paragraphs(before.replace("w:delText", "w:t"), "file", {})] == [segment.target]
        elif span.end > span.start:
            assert after.count("<w:rPr>") == file.count("<w:rPr>")


@given(
    st.lists(
        st.tuples(TEXTS, st.sampled_from(["{}", "<b>{}</b>", "<i>{}</i>\n ", "{}<br>", "<code>{}</code>"])), min_size=1, max_size=5
    ),
    SHARES,
    SHARES,
    NEW,
)
def test_in_html(parts: list[tuple[str, str]], start: float, end: float, new: str) -> None:
    file = "<p>" + "".join(around.format(escape(text)) for text, around in parts) + "</p>"
    for segment in html.segments(file, "file"):
        span = spans(segment.target, start, end)
        if segment.touches_opaque(span):
            continue
        kept = [at for at in range(len(segment.target)) if not segment.touches_opaque(Span(at, at + 1))]
        if not (new + "".join(segment.target[at] for at in kept if not span.start <= at < span.end)).strip():
            continue  # nothing but code is left, which is no text to review
        after = mended(file, "html", segment, span, new)
        expected = segment.target[: span.start] + new + segment.target[span.end :]
        seen = " ".join(one.target for one in html.segments(after, "file"))
        assert "".join(seen.split()) == "".join(expected.split())
        assert re.findall(r"</?[bi]>|</?code>", after) == re.findall(r"</?[bi]>|</?code>", file)


CODES = st.sampled_from(["{}", '<g id="1">{}</g>', '<bpt id="2">x</bpt>{}', '{}<x id="3"/>', "<![CDATA[{}]]>"])


def tags(file: str) -> list[str]:
    """The tags with attributes, outside CDATA, where a sign that looks like one is text."""
    return re.findall(r"<\w+ .*?>", re.sub(r"<!\[CDATA\[.*?\]\]>", "", file, flags=re.DOTALL))


@given(st.lists(st.tuples(TEXTS, CODES), min_size=1, max_size=5), SHARES, SHARES, NEW)
@example([("a", '{}<x id="3"/>')], 0.0, 0.5, "")
def test_in_xliff(parts: list[tuple[str, str]], start: float, end: float, new: str) -> None:
    content = "".join(around.format(text if "CDATA" in around else escape(text)) for text, around in parts)
    file = f'<xliff version="1.2"><file><trans-unit id="1"><target>{content}</target></trans-unit></file></xliff>'
    for segment in xliff.files(file, "file")[0].segments:
        span = spans(segment.target, start, end)
        if segment.touches_opaque(span):
            continue
        after = mended(file, "xliff", segment, span, new)
        expected = segment.target[: span.start] + new + segment.target[span.end :]
        read = bool(expected.replace(HOLE, "").strip())  # where nothing but a tag is left, there is no text to review
        assert [one.target for one in xliff.files(after, "file")[0].segments] == [expected.strip()] * read
        assert tags(after) == tags(file)


def test_every_format_that_is_read_says_how_it_is_written() -> None:
    assert {name for name, format in formats.FORMATS.items() if format.zipped} == {"docx", "epub", "xlsx"}
