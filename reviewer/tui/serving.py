"""Serves the review to a browser: a page on one socket, behind a secret token, and a review of its own for each who opens it."""

from __future__ import annotations

import asyncio
import errno
import hmac
import ipaddress
import os
import socket
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import redirect_stdout, suppress

from aiohttp import web  # what textual-serve is built on
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager
from textual_serve.server import Server, to_int

from reviewer.model import ReviewerError

HOST = "127.0.0.1"
PORT = 8000

DRIVER = "reviewer.tui.web_driver:ServedDriver"
PATIENCE = 5.0
"""Seconds that a review may take to end before it is killed."""

# The page asks a font service on the internet for its font. A review is nobody else's business, and works without a network.
POLICY = "default-src 'self' data: 'unsafe-inline'; frame-ancestors 'none'"
HEADERS = {"Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}

# Textual's page leaves its keys to whoever clicks into it first, and the token in the address bar, for all to see who see the
# screen. The terminal takes the focus when it has been drawn: what comes earlier does not reach the review.
SCRIPT = """<script>
const address = new URL(location);
address.searchParams.delete("token");
history.replaceState(null, "", address);
document.title = "reviewer";
const drawn = setInterval(() => {
  if (document.body.classList.contains("-first-byte")) {
    clearInterval(drawn);
    document.querySelector(".xterm-helper-textarea").focus();
  }
}, 50);
</script>"""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 stands for any free one. Raises ReviewerError where that cannot be."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address, family=family)
    except (socket.gaierror, UnicodeError):
        raise ReviewerError(f"--host {host}: no such host") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ReviewerError(f"port {port} is in use; choose another with --port, or any free one with --port 0") from None
        raise ReviewerError(f"cannot listen on {host}, port {port}: {os.strerror(error.errno or 0)}") from None


def url(listening: socket.socket, token: str) -> str:
    """What a person opens."""
    host, port = listening.getsockname()[:2]
    if ipaddress.ip_address(host).is_unspecified:  # every address of this machine: its name is the one that others know
        host = socket.gethostname()
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/?token={token}"


def is_private(listening: socket.socket) -> bool:
    """Whether only this machine can reach it."""
    return ipaddress.ip_address(listening.getsockname()[0]).is_loopback


def serve(command: Sequence[str], listening: socket.socket, token: str) -> None:
    """Serves what `command` shows until SIGINT or SIGTERM, then ends all reviews."""
    server = ReviewServer(command, listening, token)
    with redirect_stdout(sys.stderr):  # textual-serve prints there what a review left on its stderr
        web.run_app(server.app(), sock=listening, print=None, access_log=None, shutdown_timeout=2 * PATIENCE)


class ReviewServer(Server):
    """Textual's server, closed to all who do not have the token."""

    def __init__(self, command: Sequence[str], listening: socket.socket, token: str) -> None:
        host, port = listening.getsockname()[:2]
        super().__init__(command[0], host, port, title="reviewer")
        self.arguments = tuple(command)
        self.token = token
        self.cookie = f"reviewer-{port}"  # cookies are told apart by host only, and another review may be on another port
        self._opened: set[web.WebSocketResponse] = set()

    def app(self) -> Awaitable[web.Application]:
        """The application, for aiohttp to run."""
        return self._make_app()

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        return app

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Refuses whoever has neither the URL nor the cookie, and pages of other servers: to a cookie all ports are one site."""
        given = [request.cookies.get(self.cookie, "")]
        if request.path == "/":
            given.append(request.query.get("token", ""))
        origin = request.headers.get("Origin", request.host)
        if not any(self._is_token(one) for one in given) or origin.rpartition("://")[2] != request.host:
            raise web.HTTPForbidden(text="403: open the URL that reviewer printed when it was started\n")
        return await handler(request)

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """The page, which from here on may come back with a cookie."""
        # The name that the browser knows the server by, be it localhost or the end of a tunnel, is the one its cookie goes to.
        self.public_url = f"{request.scheme}://{request.host}"
        response = await super().handle_index(request)
        assert isinstance(response, web.Response)
        response.text = f"{response.text}{SCRIPT}"
        response.headers.update(HEADERS)
        response.set_cookie(self.cookie, self.token, httponly=True, samesite="Strict")
        return response

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """One review, for as long as its page is open."""
        websocket = web.WebSocketResponse(timeout=2, heartbeat=15)
        await websocket.prepare(request)
        self._opened.add(websocket)
        review = ServedReview(self.arguments, websocket, self.download_manager)
        try:
            await review.start(to_int(request.query.get("width", ""), 80), to_int(request.query.get("height", ""), 24))
            await self._process_messages(websocket, review)
        finally:
            self._opened.discard(websocket)
            await review.stop()
        return websocket

    async def on_startup(self, app: web.Application) -> None:
        """Says nothing: the command line has."""

    async def on_shutdown(self, app: web.Application) -> None:
        """Closes the pages, which ends their reviews."""
        await asyncio.gather(*(websocket.close() for websocket in self._opened))


class ServedReview(AppService):
    """The process of one review, between its page and the store."""

    def __init__(self, arguments: Sequence[str], websocket: web.WebSocketResponse, downloads: DownloadManager) -> None:
        async def close() -> None:
            await websocket.close()

        super().__init__(
            arguments[0],
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=close,
            download_manager=downloads,
        )
        self.arguments = tuple(arguments)

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        return {**super()._build_environment(width, height), "TEXTUAL_DRIVER": DRIVER}

    async def _open_app_process(self, width: int = 80, height: int = 24) -> asyncio.subprocess.Process:
        """Starts it without a shell, which would read the names of files, and away from the Ctrl-C that is for the server."""
        pipe = asyncio.subprocess.PIPE
        environment = self._build_environment(width, height)
        self._process = await asyncio.create_subprocess_exec(
            *self.arguments, stdin=pipe, stdout=pipe, stderr=pipe, env=environment, start_new_session=True
        )
        self._stdin = self._process.stdin
        return self._process

    async def run(self) -> None:
        """Shows what the process draws; when it ends, by itself too, the page says so."""
        await super().run()
        await self.remote_close()

    async def stop(self) -> None:
        """Asks the process to end, and kills it where it does not."""
        if self._process is None:
            return
        _, late = await asyncio.wait([asyncio.create_task(self._end(self._process))], timeout=PATIENCE)
        if late:
            with suppress(ProcessLookupError):
                self._process.kill()

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        await super().stop()
        self.stdin.close()
        _, told = await process.communicate()  # it cannot end while nobody reads what it writes
        sys.stderr.write(told.decode("utf-8", "replace"))
