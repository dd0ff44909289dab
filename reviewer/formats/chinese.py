"""Says whether a text is Chinese, by its characters."""

from __future__ import annotations

import re

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
LETTER = re.compile(r"[^\W\d_]")


def is_chinese(text: str) -> bool:
    """Whether most letters of a text are Chinese characters."""
    return len(HAN.findall(text)) * 2 > len(LETTER.findall(text))
