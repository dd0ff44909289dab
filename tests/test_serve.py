"""`reviewer review --serve`: who has the URL reviews in a browser, nobody else sees anything, and nothing is left running."""

from __future__ import annotations

import asyncio
import re
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, WSMsgType, WSServerHandshakeError
from aiohttp.test_utils import TestClient, TestServer

from reviewer.cli import main
from reviewer.model import Verdict
from reviewer.store import Store
from reviewer.tui import serving
from tests import browser
from tests.browser import SECONDS, until
from tests.reviewed import article, record

TOP = Path(__file__).resolve().parent.parent
ROUTES = ("/", "/ws", "/static/js/textual.js", "/static/", "/download/1", "/nowhere")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a linted article that Ana is about to review."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REVIEWER_NAME", "Ana")
    monkeypatch.setenv("PYTHONPATH", str(TOP))
    with Store.open(Path("review.db")) as store:
        record(store, article(tmp_path))
        store.keep_habit("Ana", "looks", {"toured": True})
    return tmp_path


def accepted() -> list[tuple[str, str]]:
    """The words that were accepted, and the rest of the decision."""
    with Store.open(Path("review.db"), create=False) as store:
        (document,) = store.documents()
        found = store.findings(document.id, states={Verdict.ACCEPT})
        return [(one.finding.text, one.decision_text or "") for one in found]


@asynccontextmanager
async def client() -> AsyncIterator[TestClient]:  # type: ignore[type-arg]
    """A client of a server whose token is "secret"."""
    with serving.listen(serving.HOST, 0) as listening:
        server = serving.ReviewServer([sys.executable, "-c", "pass"], listening, "secret")
        async with TestClient(TestServer(await server.app()), cookie_jar=CookieJar(unsafe=True)) as opened:
            yield opened


@asynccontextmanager
async def served(*arguments: str) -> AsyncIterator[tuple[Process, str]]:
    """`reviewer review --serve` and the URL it tells."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "reviewer", "review", "--serve", "--port", "0", *arguments, stdin=pipe, stdout=pipe, stderr=pipe
    )
    try:
        assert process.stderr
        async with asyncio.timeout(SECONDS):
            said = (await process.stderr.readline()).decode()
        url = re.search(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{32,}", said)
        assert url, said
        yield process, url[0]
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[ClientWebSocketResponse]:
    """What a browser does with the URL, without a browser: the websocket of the page, when the screen has been drawn."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        async with session.get(url) as answer:
            page = await answer.text()
        address = re.search(r'data-session-websocket-url="(ws://[^"]+)"', page)
        assert address, page
        async with session.ws_connect(f"{address[1]}?width=80&height=24") as websocket:
            async with asyncio.timeout(SECONDS):
                while "Accept" not in str((await websocket.receive()).data):
                    pass
            yield websocket


def children(process: Process) -> list[int]:
    """The processes that a process started."""
    found = [(path.parent.name, path.read_text().rpartition(")")[2].split()) for path in Path("/proc").glob("[0-9]*/stat")]
    return [int(name) for name, (_, parent, *_) in found if parent == str(process.pid)]


def call(*arguments: str) -> int:
    with pytest.raises(SystemExit) as done:
        main(arguments)
    return int(done.value.code or 0)


@pytest.mark.parametrize("route", ROUTES)
async def test_nothing_opens_without_the_token(route: str) -> None:
    async with client() as opening:
        for path in (route, f"{route}?token=", f"{route}?token=secre", f"{route}?token=s%C3%A9cret"):
            async with opening.get(path) as answer:
                assert (answer.status, "Set-Cookie" in answer.headers) == (403, False)


async def test_the_token_counts_only_in_the_url_of_the_page() -> None:
    async with client() as opening, opening.get("/static/js/textual.js?token=secret") as answer:
        assert answer.status == 403


async def test_the_token_opens_the_page_and_the_cookie_of_the_page_opens_the_rest() -> None:
    async with client() as opening:
        async with opening.get("/?token=secret") as answer:
            assert answer.status == 200
            (cookie,) = answer.headers.getall("Set-Cookie")
            assert "HttpOnly" in cookie
            assert "SameSite=Strict" in cookie
            assert f"ws://{answer.url.host}:{answer.url.port}/ws" in await answer.text()
        for route, status in (("/", 200), ("/static/js/textual.js", 200), ("/download/1", 404), ("/nowhere", 404)):
            async with opening.get(route) as answer:
                assert answer.status == status


async def test_a_websocket_without_the_cookie_is_refused() -> None:
    async with client() as opening:
        with pytest.raises(WSServerHandshakeError, match="403"):
            await opening.ws_connect("/ws")


async def test_a_page_of_another_server_on_this_machine_is_refused_though_its_browser_sends_the_cookie() -> None:
    async with client() as opening:
        await opening.get("/?token=secret")
        with pytest.raises(WSServerHandshakeError, match="403"):
            await opening.ws_connect("/ws", headers={"Origin": "http://127.0.0.1:3000"})


async def test_the_page_loads_nothing_from_elsewhere() -> None:
    async with client() as opening, opening.get("/?token=secret") as answer:
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
        assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_a_review_that_cannot_start_closes_its_page_and_says_why_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    with serving.listen(serving.HOST, 0) as listening:
        server = serving.ReviewServer([sys.executable, "-c", "raise SystemExit('no database')"], listening, "secret")
        async with TestClient(TestServer(await server.app()), cookie_jar=CookieJar(unsafe=True)) as opening:
            await opening.get("/?token=secret")
            websocket = await opening.ws_connect("/ws")
            assert (await websocket.receive(SECONDS)).type is WSMsgType.CLOSE
    assert "no database" in "".join(capsys.readouterr())


async def test_a_key_pressed_on_the_page_decides_and_sigterm_ends_all_processes(folder: Path) -> None:
    async with served() as (process, url):
        async with opened(url) as websocket:
            await websocket.send_json(["stdin", "a"])
            await until(lambda: bool(accepted()))
            started = children(process) if sys.platform == "linux" else []
            process.terminate()
            assert await asyncio.wait_for(process.wait(), SECONDS) == 0
        assert process.stdout
        assert process.stderr
        assert (await process.stdout.read(), await process.stderr.read()) == (b"", b"")
    assert len(started) == (sys.platform == "linux")
    assert not [pid for pid in started if Path(f"/proc/{pid}").exists()]


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc what is running")
async def test_a_review_ends_when_its_server_was_killed(folder: Path) -> None:
    async with served() as (process, url), opened(url):
        (started,) = children(process)
        process.kill()
        await until(lambda: not Path(f"/proc/{started}").exists() or "\nState:\tZ" in Path(f"/proc/{started}/status").read_text())


async def test_files_are_linted_once_and_narrowing_options_reach_the_screen(folder: Path) -> None:
    Path("-a b.txt").write_text('A "combined fist" of tax policy.\nHe ate bitterness, and a sea of people came.\n')
    async with served("--select", "calques/policy", "--min-confidence", "0.1", "--", "-a b.txt") as (_, url):
        Path("-a b.txt").unlink()  # a second lint would fail
        async with opened(url) as websocket:
            await websocket.send_json(["stdin", "a"])

            def decided() -> bool:
                with Store.open(Path("review.db"), create=False) as store:
                    (document,) = store.documents(Path("-a b.txt"))
                    return bool(document.accepted)

            await until(decided)


async def test_a_review_in_a_real_browser(folder: Path) -> None:
    program = browser.found()
    if not program:
        pytest.skip(f"no browser: none of {', '.join(browser.NAMES)} is installed")
    async with served() as (_, url), browser.page(program, folder / "browser") as page:
        await page.call("Page.navigate", url=url)
        await page.until("document.activeElement.tagName == 'TEXTAREA'")  # the terminal has the focus without a click
        await page.press("a")
        await until(lambda: bool(accepted()))
        assert accepted() == [("Plays a Good Chess Game of Pears", "Does Well with Pears")]
        assert not await page.value("location.search")
        await page.press("q")
        await page.until("document.body.classList.contains('-closed')")


def test_a_port_in_use_is_told_in_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert call("review", "--serve", "--port", str(port)) == 2
    said = f"reviewer: port {port} is in use; choose another with --port, or any free one with --port 0\n"
    assert capsys.readouterr() == ("", said)


def test_an_unknown_host_is_told_in_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("review", "--serve", "--host", "nowhere..invalid") == 2
    assert capsys.readouterr() == ("", "reviewer: --host nowhere..invalid: no such host\n")


@pytest.mark.parametrize("options", [("--port", "0"), ("--host", "127.0.0.1")])
def test_host_and_port_go_with_serve(options: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert call("review", *options) == 2
    assert "go with --serve" in capsys.readouterr().err


def test_without_textual_serve_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "reviewer.tui.serving", None)
    monkeypatch.delattr("reviewer.tui.serving")
    assert call("review", "--serve") == 2
    assert capsys.readouterr() == ("", "reviewer: --serve needs textual-serve: pip install 'reviewer[serve]'\n")


@pytest.mark.parametrize(("host", "alone"), [("127.0.0.1", True), ("localhost", True), ("0.0.0.0", False)])
def test_only_this_machine_reaches_it_unless_told_otherwise(host: str, alone: bool) -> None:
    with serving.listen(host, 0) as listening:
        assert serving.is_private(listening) is alone
        assert "0.0.0.0" not in serving.url(listening, "secret")


def test_who_opens_it_to_other_machines_is_warned(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serving, "serve", lambda *_: None)
    assert call("review", "--serve", "--host", "0.0.0.0", "--port", "0") == 0
    warning, url = capsys.readouterr().err.splitlines()
    assert "anybody with the URL can read and decide" in warning
    assert "/?token=" in url
