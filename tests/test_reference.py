"""The generated pages are fresh."""

from __future__ import annotations

import pytest

from reviewer import reference


@pytest.mark.parametrize("page", reference.PAGES)
def test_a_reference_page_is_fresh(page: str) -> None:
    written = (reference.DOCS / page).read_text(encoding="utf-8")
    assert written == reference.PAGES[page](), "run: python -m reviewer.reference"
