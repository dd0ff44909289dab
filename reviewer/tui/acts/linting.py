"""The key that lints the current file again, where it has changed on disk: decisions are kept."""

from __future__ import annotations

from pathlib import Path

from reviewer.model import ReviewerError
from reviewer.printable import printable
from reviewer.tui.acts.base import ReviewBase


class Linting(ReviewBase):
    """Lint again."""

    def action_lint_again(self) -> None:
        """Lints the file of the current document beside the screen; the keys go on working."""
        lint, path = self.settings.lint, self.session.document.path
        if lint is None or path == Path("-"):
            self.notify("This file cannot be linted from here; run `reviewer lint` on it.", severity="warning", timeout=5)
            return

        def work() -> None:
            try:
                lint(path)
            except ReviewerError as error:
                self.app.call_from_thread(self._failed, str(error))
            else:
                self.app.call_from_thread(self._linted, path)

        self.say(f"Linting {path.name} ...")
        self.run_worker(work, thread=True, exclusive=True, group="lint")

    def _linted(self, path: Path) -> None:
        with self.telling():
            self.session.catch_up()
            self.show(said=f"{path.name} is linted again; all decisions were kept.")

    def _failed(self, error: str) -> None:
        self.notify(printable(error), title="Not linted", severity="error", markup=False, timeout=10)
