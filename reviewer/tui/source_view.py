"""Shows the Chinese of the current paragraph, with the words that the current finding rests on made to stand out."""

from __future__ import annotations

from textual.content import Content

from reviewer.store import StoredFinding
from reviewer.tui.columns import source_runs
from reviewer.tui.lines import Lines
from reviewer.tui.manuscript import Manuscript


class SourceView(Lines):
    """A few lines; out of sight where there is no source."""

    def show(self, manuscript: Manuscript, current: StoredFinding | None) -> None:
        """Shows the source of the paragraph that holds a finding. Raises ReviewerError where it cannot be read."""
        source = manuscript.segment(current.position).source if current else None
        self.display = source is not None
        if source is not None and current is not None:
            runs = source_runs(source, manuscript.findings_at(current.position), current.id)
            self.put(Content.assemble(*((run.text, run.style) for run in runs)))
