"""Textual's driver for a browser; the review ends when the server that started it is gone, however that came about."""

from __future__ import annotations

from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp


class ServedDriver(WebDriver):
    """Takes the end of its input for the end of the review, so that a killed server leaves no process behind."""

    def run_input_thread(self) -> None:
        """Reads the keys until there are no more."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(ExitApp())
