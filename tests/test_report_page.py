"""The HTML report: hostile text stays text, findings are marked in the paragraph, filters work in a browser."""

from __future__ import annotations

import asyncio
import re
import zlib
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reviewer.model import Severity, Verdict
from reviewer.report import page
from reviewer.report.forms import Manner, written
from reviewer.report.page import passage, plots
from reviewer.report.page.passage import Card, pieces
from reviewer.report.place import Place
from reviewer.report.tally import Tally
from tests import browser
from tests.hostile import EVIL, TARGETS, hostile_places

ELEMENTS = {
    *("html head meta title style body header main section article form details summary".split()),
    *("h1 h2 small p b a q ins span div dl dt dd ul li code output button label select option input".split()),
    *("noscript figure figcaption svg g text rect table thead tbody tr th td script".split()),
}


class Elements(HTMLParser):
    """What elements and attributes a page has, and the text of some of them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("meta", "input"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self._open[-1] if self._open else "", []).append(data)


def html(found: list[Place], words: int = 1000) -> str:
    """The page of some findings, in documents of 1,000 words each."""
    tally = Tally()
    for file, name in dict.fromkeys((place.file, place.document.name) for place in found):
        tally.read(file, name, words)
    return "".join(written("html", found, tally, dict, Manner(for_file=True)))


def everything() -> list[Place]:
    """Findings in three documents, in three states."""
    return [*hostile_places(Verdict.EDIT), *hostile_places(file="ok.txt", name=""), *hostile_places(Verdict.REJECT, file="z.txt")]


def test_hostile_text_is_text_and_the_page_needs_nothing_else() -> None:
    page = Elements(html(everything()))
    assert set(page.tags) <= ELEMENTS
    assert page.tags.count("script") == page.tags.count("style") == 1
    assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("src", "style", "srcset", "action")]
    assert {value[0] for name, value in page.attributes if name == "href"} == {"#"}
    assert any(EVIL in text for text in page.texts["p"])
    (policy,) = [value for name, value in page.attributes if name == "content" and "default-src" in value]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert html(everything()) == html(everything())


def unpacked(page: str) -> str:
    """The page with its packed sections open, as the script would open them."""

    def opened(packed: re.Match[str]) -> str:
        return packed[1] + packed[3] + zlib.decompress(b64decode(packed[2])).decode() + "</section>"

    return re.sub(r'(?s)(<section class="document"[^>]*?) data-packed="([^"]*)"(.*?)</section>', opened, page)


def test_what_is_packed_is_what_would_stand_open(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = html(everything())
    assert 'data-packed="' not in whole
    monkeypatch.setattr(page, "AT_ONCE", 1)
    monkeypatch.setattr(passage, "LONGEST", 2)
    packed = html(everything())
    assert packed == html(everything())
    assert packed.count('<section class="document"') == 6
    assert packed.count('data-packed="') == 5
    assert "shows the first findings only; 17 more need them." in packed
    texts = [re.findall(r"(?s)<div class=\"row.*?(?=<div class=\"row|</section>)", one) for one in (whole, unpacked(packed))]
    assert texts[0] == texts[1]
    assert [found.split() for found in re.findall(r'data-kinds="([ \d]*)"', packed)] == [
        *(["0", "0", "1", "1"], ["2", "2", "2"], ["3", "3", "4", "4"], ["5", "5", "5"], ["6", "6", "7", "7"], ["8", "8", "8"])
    ]


def test_every_link_leads_somewhere_and_back() -> None:
    page = Elements(html(everything()))
    ids = [value for name, value in page.attributes if name == "id"]
    assert len(set(ids)) == len(ids)
    assert {value[1:] for name, value in page.attributes if name == "href"} <= set(ids)
    assert {f"{kind}{number}" for kind in "fm" for number in range(21)} <= set(ids)


def test_the_words_of_a_paragraph_are_cut_at_findings_and_none_is_lost() -> None:
    found = hostile_places()
    cards = [Card(number, place) for number, place in enumerate(found) if place.segment == found[-1].segment]
    cut = list(pieces(TARGETS[2], cards))
    assert "".join(piece.text for piece in cut) == TARGETS[2]
    assert [piece.cards for piece in cut] == [(4,), (4, 5), (4,), (), (6,)]
    assert [piece.begins for piece in cut] == [(4,), (5,), (), (), (6,)]
    assert (cut[-1].text, cut[-1].severity) == ("", "minor")
    assert [one.text for one in pieces("plain", [])] == ["plain"]
    assert list(pieces("", [])) == []


def test_the_score_is_shown_with_its_formula_and_rejected_findings_do_not_count() -> None:
    page = html(everything(), words=30)
    assert "= 1,000 × (25 × critical + 5 × major + 1 × minor) ÷ words = 1,000 × 126 ÷ 90 = 1,400.0" in page
    assert re.search(r"the same with the decisions carried out</dt><dd>700\.0", page)
    assert re.search(r"ok\.txt</a></td><td>30</td><td>2</td><td>2</td><td>3</td><td>2,100\.0</td><td>2,100\.0</td>", page)
    assert re.search(r"z\.txt \[&lt;i&gt;\]</a></td><td>30</td><td>0</td>", page)


def test_a_chart_has_the_longest_bars_first_and_cuts_long_names_in_the_middle() -> None:
    counted = [(f"folder/{'x' * 60}/{number}.txt", {Severity.MINOR: number, Severity.CRITICAL: 1}) for number in range(12)]
    chart = plots.chart(counted)
    assert (len(chart.bars), chart.rest, chart.bars[0].total) == (8, 4, 12)
    assert [(one.severity, one.x, one.width) for one in chart.bars[0].stretches] == [
        (Severity.CRITICAL, 0.0, round(plots.WIDTH / 12, 2)),
        (Severity.MINOR, round(plots.WIDTH / 12, 2), round(11 * plots.WIDTH / 12, 2)),
    ]
    assert chart.bars[0].label.startswith("folder/xxx")
    assert chart.bars[0].label.endswith("x/11.txt")
    assert len(chart.bars[0].label) <= 44
    assert plots.chart([]).bars == ()


@asynccontextmanager
async def opened(tmp_path: Path, page: str, width: int) -> AsyncIterator[browser.Page]:
    """A page in a browser window so many pixels wide, which counts the errors that its console shows."""
    file = tmp_path / "report.html"
    file.write_text(page, encoding="utf-8")
    program = browser.found()
    assert program
    (tmp_path / "browser").mkdir()
    watch = "window.failed = 0; for (const kind of ['error', 'securitypolicyviolation']) addEventListener(kind, () => failed++)"
    console = "console.error = console.warn = () => failed++"
    async with browser.page(program, tmp_path / "browser") as one:
        await one.call("Page.enable")
        await one.call("Page.addScriptToEvaluateOnNewDocument", source=f"{watch}; {console}")
        await one.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        await one.call("Page.navigate", url=file.as_uri())
        await one.until("document.readyState === 'complete' && location.protocol === 'file:'")
        yield one


async def chosen(page: browser.Page, **values: str) -> tuple[object, object]:
    """What the page counts, and how many cards it shows, once filters are set to these values and the others to all."""
    settings = ";".join(f"form.elements[{name!r}].value = {value!r}" for name, value in values.items())
    await page.value(f"form.reset(); {settings}; form.dispatchEvent(new Event('change'))")
    await asyncio.sleep(0.05)  # a reset filters after its event
    await page.value(f"{settings}; form.dispatchEvent(new Event('change'))")
    shown = "[...document.querySelectorAll('.card')].filter((card) => card.checkVisibility()).length"
    return await page.value("document.getElementById('count').value"), await page.value(shown)


@pytest.mark.skipif(not browser.found(), reason="no Chromium on this machine")
async def test_a_long_page_unpacks_what_the_reader_comes_to_and_filters_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "AT_ONCE", 1)
    many = [place for number in range(16) for place in hostile_places(file=f"{number}.txt")]
    packed = "document.querySelectorAll('[data-packed]').length"
    async with opened(tmp_path, html(many), 1400) as one:
        await one.until(f"{packed} < 15")
        assert await one.value(f"{packed} > 5")
        assert (await chosen(one))[0] == "112 findings"
        assert (await chosen(one, severity="critical"))[0] == "32 findings"
        await one.value("location.hash = '#f111'")  # the last, a minor one
        await one.until("document.getElementById('f111')?.checkVisibility() === false")
        assert await one.value("document.getElementById('f105').checkVisibility()")
        await one.until(f"scrollTo(0, (scrollY + 2000) % document.body.scrollHeight), {packed} === 0")
        assert await chosen(one) == ("112 findings", 112)
        assert await one.value("failed") == 0


@pytest.mark.skipif(not browser.found(), reason="no Chromium on this machine")
@pytest.mark.parametrize("width", [360, 1400])
async def test_the_page_works_in_a_browser(tmp_path: Path, width: int) -> None:
    async with opened(tmp_path, html(everything()), width) as page:
        assert await page.value("document.title") == "21 findings in 3 documents"
        assert await page.value("document.documentElement.scrollWidth <= innerWidth")
        assert await chosen(page) == ("21 findings", 21)
        assert await chosen(page, severity="critical") == ("6 findings", 6)
        assert await chosen(page, state="edit") == ("7 findings", 7)
        assert await chosen(page, severity="minor", state="open") == ("3 findings", 3)
        category = await page.value("form.elements.category.options[1].value")
        assert await chosen(page, category=str(category)) == ("6 findings", 6)
        rule = await page.value("form.elements.rule.options[3].value")
        assert (await chosen(page, rule=str(rule)))[0] == "9 findings"
        file = await page.value("form.elements.file.options[2].value")
        assert await chosen(page, file=str(file)) == ("7 findings", 7)
        assert await chosen(page, file=str(file), state="edit") == ("0 findings", 0)
        await page.value("form.elements.only.checked = true; form.dispatchEvent(new Event('change'))")
        assert not await page.value("[...document.querySelectorAll('.row')].some((row) => row.checkVisibility())")
        await chosen(page, severity="critical")
        assert await page.value("document.querySelectorAll('a.mark.minor:not(.off)').length") == 0
        assert await page.value("document.querySelector('a.mark.critical').getAttribute('href')") == "#f0"
        assert await page.value("failed") == 0
