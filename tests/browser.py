"""A headless Chromium, driven over its DevTools protocol: opens a page, asks it questions, presses keys."""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",  # it has no rights to make one in a container, and sees only what the tests serve
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
    "--window-size=1200,800",
)
SECONDS = 30.0
"""How long anything may take."""


def found() -> str | None:
    """The Chromium of this machine."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


async def until(true: Callable[[], bool], seconds: float = SECONDS) -> None:
    """Waits until something is true. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not true():
            await asyncio.sleep(0.05)


class Page:
    """A page of the browser."""

    def __init__(self, devtools: ClientWebSocketResponse) -> None:
        self._devtools = devtools
        self._numbers = itertools.count(1)

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """What a method of the protocol gives."""
        number = next(self._numbers)
        await self._devtools.send_json({"id": number, "method": method, "params": parameters})
        while True:
            answer: dict[str, Any] = await self._devtools.receive_json(timeout=SECONDS)
            if answer.get("id") == number:
                assert "error" not in answer, answer
                return dict(answer["result"])

    async def value(self, script: str) -> object:
        """What an expression of JavaScript gives."""
        result = await self.call("Runtime.evaluate", expression=script)
        return result["result"].get("value")

    async def until(self, script: str) -> None:
        """Waits until an expression of JavaScript is true. Raises TimeoutError."""
        async with asyncio.timeout(SECONDS):
            while not await self.value(script):
                await asyncio.sleep(0.1)

    async def press(self, key: str) -> None:
        """Presses a key that writes a character."""
        await self.call("Input.dispatchKeyEvent", type="keyDown", key=key, text=key, windowsVirtualKeyCode=ord(key.upper()))
        await self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=ord(key.upper()))


@asynccontextmanager
async def page(program: str, folder: Path) -> AsyncIterator[Page]:
    """A new page in a new browser that keeps what it must in a folder, and is gone afterwards with all its processes."""
    port = folder / "DevToolsActivePort"
    process = await asyncio.create_subprocess_exec(
        program,
        *FLAGS,
        f"--user-data-dir={folder}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        await until(lambda: port.exists() and "\n" in port.read_text())
        address = f"http://127.0.0.1:{port.read_text().split()[0]}"
        async with ClientSession() as session:
            async with session.get(f"{address}/json/list") as answer:
                (target,) = [one for one in await answer.json() if one["type"] == "page"]
            async with session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as devtools:
                yield Page(devtools)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
