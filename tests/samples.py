"""A file of each format with ten calques, written by another program or as one writes it, with any words in their place."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import polib
import pysubs2
import xlsxwriter

from tests.mended import DATA

FISTS, MEASURES = "combination punch", "package of measures"
QUAYS = range(1, 11)

Writer = Callable[[Path, str], Path]


def english(quay: int, words: str) -> str:
    """The line of a quay."""
    return f"Officials threw a {words} at quay {quay}, they said."


def chinese(quay: int) -> str:
    """What it was translated from."""
    return f"官员说，{quay}号码头打出组合拳。"


def plain(folder: Path, words: str) -> Path:
    return _put(folder / "a.txt", "\r\n\r\n".join(english(quay, words) for quay in QUAYS))


def markdown(folder: Path, words: str) -> Path:
    return _put(folder / "a.md", "# News\n\n" + "".join(f"- **Quay {quay}:** {english(quay, words)}\n" for quay in QUAYS))


def pandoc_html(folder: Path, words: str) -> Path:
    return _put(folder / "a.html", (DATA / "news.html").read_text().replace("</body>", f"{_paragraphs(words)}</body>"))


def pandoc_epub(folder: Path, words: str) -> Path:
    chapter = "EPUB/text/ch002.xhtml"
    path = folder / "a.epub"
    with zipfile.ZipFile(DATA / "news.epub") as old, zipfile.ZipFile(path, "w") as new:
        for member in old.infolist():
            text = old.read(member)
            new.writestr(member, text.replace(b"</section>", _paragraphs(words).encode()) if member.filename == chapter else text)
    return path


def python_docx(folder: Path, words: str) -> Path:
    made = docx.Document()
    made.add_heading("Quays", 1)
    for quay in QUAYS:
        made.add_paragraph("").add_run(english(quay, words)).bold = True
    path = folder / "a.docx"
    made.save(str(path))
    return path


def okapi_xliff_1(folder: Path, words: str) -> Path:
    unit = '<trans-unit id="{0}"><source>{1}</source><target state="translated">{2}</target></trans-unit>\n'
    units = "".join(unit.format(f"q{quay}", chinese(quay), english(quay, words)) for quay in QUAYS)
    return _put(
        folder / "a.xlf",
        (DATA / "news-1.2.xlf").read_text().replace("</body>\n</file>\n</xliff>", f"{units}</body></file></xliff>"),
    )


def okapi_xliff_2(folder: Path, words: str) -> Path:
    unit = '<unit id="{0}"><segment state="translated"><source>{1}</source><target>{2}</target></segment></unit>\n'
    units = "".join(unit.format(f"q{quay}", chinese(quay), english(quay, words)) for quay in QUAYS)
    return _put(folder / "a.xliff", (DATA / "news-2.0.xlf").read_text().replace("</file>", f"{units}</file>"))


def tmx(folder: Path, words: str) -> Path:
    unit = '<tu><tuv xml:lang="zh-CN"><seg>{0}</seg></tuv><tuv xml:lang="en-US"><seg>{1}</seg></tuv></tu>\n'
    units = "".join(unit.format(chinese(quay), english(quay, words)) for quay in QUAYS)
    return _put(folder / "a.tmx", (DATA / "memory.tmx").read_text().replace("</body>", f"{units}</body>"))


def polib_po(folder: Path, words: str) -> Path:
    made = polib.POFile(wrapwidth=200)
    made.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    for quay in QUAYS:
        made.append(polib.POEntry(msgid=chinese(quay), msgstr=english(quay, words), flags=["fuzzy"], comment="on a sign"))
    made.save(str(folder / "a.po"))
    return folder / "a.po"


def subtitles(suffix: str) -> Writer:
    """Written by pysubs2: the Chinese in the first line of a cue, the English in the second."""

    def write(folder: Path, words: str) -> Path:
        made = pysubs2.SSAFile()
        for quay in QUAYS:
            made.append(
                pysubs2.SSAEvent(quay * 1000, quay * 1000 + 900, text=f"{chinese(quay)}\\N{{\\i1}}{english(quay, words)}{{\\i0}}")
            )
        made.save(str(folder / f"a.{suffix}"))
        return folder / f"a.{suffix}"

    return write


def table(suffix: str, delimiter: str) -> Writer:
    """Written by the csv module of Python, as Excel writes it."""

    def write(folder: Path, words: str) -> Path:
        with (folder / f"a.{suffix}").open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file, delimiter=delimiter)
            rows.writerow(["id", "原文", "Target", "note"])
            rows.writerows([quay, chinese(quay), english(quay, words), '=1+1, "quoted"'] for quay in QUAYS)
        return folder / f"a.{suffix}"

    return write


def openpyxl_xlsx(folder: Path, words: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["id", "原文", "Target", "note"])
    for quay in QUAYS:
        sheet.append([quay, chinese(quay), english(quay, words), "=1+1"])
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def xlsxwriter_xlsx(folder: Path, words: str) -> Path:
    with xlsxwriter.Workbook(str(folder / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "原文", "Target", "note"])
        for quay in QUAYS:
            sheet.write_row(quay, 0, [quay, chinese(quay), english(quay, words), "=1+1"])
    return folder / "a.xlsx"


def segments_jsonl(folder: Path, words: str) -> Path:
    units = [{"id": quay, "source": chinese(quay), "target": english(quay, words), "x": words} for quay in QUAYS]
    return _put(folder / "a.jsonl", "".join(json.dumps({**unit, "x": FISTS}) + "\n" for unit in units))


def _put(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def _paragraphs(words: str) -> str:
    return "".join(f"<p>{english(quay, words)}</p>\n" for quay in QUAYS)


WRITERS: dict[str, list[tuple[str, Writer]]] = {
    "text": [("any editor", plain)],
    "markdown": [("any editor", markdown)],
    "html": [("pandoc", pandoc_html)],
    "epub": [("pandoc", pandoc_epub)],
    "docx": [("python-docx", python_docx)],
    "xliff": [("as Okapi (1.2)", okapi_xliff_1), ("as Okapi (2.0)", okapi_xliff_2)],
    "tmx": [("as Okapi", tmx)],
    "po": [("polib", polib_po)],
    "srt": [("pysubs2", subtitles("srt"))],
    "vtt": [("pysubs2", subtitles("vtt"))],
    "ass": [("pysubs2", subtitles("ass"))],
    "csv": [("Python's csv", table("csv", ","))],
    "tsv": [("Python's csv", table("tsv", "\t"))],
    "xlsx": [("openpyxl", openpyxl_xlsx), ("XlsxWriter", xlsxwriter_xlsx)],
    "jsonl": [("Python's json", segments_jsonl)],
}
"""For each format, programs and what they write."""
