"""Text on the screen that has everything laid out anew only where it needs another number of lines: a layout costs a frame."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static


class Lines(Static):
    """Lines of text, as high as they are, but no lower than its parent where `fills` says so."""

    fills = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id)
        self._height = 0

    def put(self, content: Content) -> None:
        """Shows other lines."""
        self.update(content, layout=False)
        self.clear_cached_dimensions()
        height = self.visual.get_height(self.styles.get_rules(), self.size.width) if self.size.width else 0
        if self.fills and isinstance(self.parent, Widget):
            height = max(height, self.parent.size.height)
        if not height or height != self._height:
            self.refresh(layout=True)
        self._height = height
