"""The data folders are found in a checkout and in an installed package."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer import assets
from reviewer.model import ReviewerError


def test_a_checkout_has_both_folders() -> None:
    assert list((assets.folder("db") / "migrations").glob("0001_*.sql"))
    assert list(assets.folder("rules").rglob("*.yaml"))


def test_the_folder_inside_the_package_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (tmp_path / "reviewer" / "rules", tmp_path / "rules"):
        place.mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(assets, "PACKAGE", tmp_path / "reviewer")
    assert assets.folder("rules") == tmp_path / "reviewer" / "rules"


def test_a_stranger_s_folder_beside_an_installed_package_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules").mkdir()
    monkeypatch.setattr(assets, "PACKAGE", tmp_path / "reviewer")
    with pytest.raises(ReviewerError, match=r"'rules' is missing .*install reviewer again"):
        assets.folder("rules")
