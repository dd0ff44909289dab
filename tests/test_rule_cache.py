"""Rules kept between runs."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from reviewer import assets, rulepack
from reviewer.checks.phrase import pattern
from reviewer.model import ReviewerError, Rule
from reviewer.rulepack import cache

ROOT = Path(__file__).parent.parent
SOUP = "soup: {flag: 'hot <soup>', why: A name., unless: '<eat>'}\n"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def soup(folder: Path, text: str = SOUP) -> Rule:
    folder.mkdir(exist_ok=True)
    (folder / "own.yaml").write_text(text)
    return rulepack.choose(rulepack.load_to_run([folder]), ["own/soup"])[0]


def test_kept_rules_are_those_of_the_files_without_examples(tmp_path: Path) -> None:
    first, second = soup(tmp_path / "own"), soup(tmp_path / "own")
    assert first == second
    assert {rule.id for rule in rulepack.load_to_run()} == {rule.id for rule in rulepack.load()}
    assert not any(rule.bad for rule in rulepack.load_to_run())


def test_kept_patterns_need_not_be_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    soup(tmp_path / "own")
    monkeypatch.setattr(pattern, "KNOWN", {})
    monkeypatch.setattr(pattern, "Parser", None)
    rule = soup(tmp_path / "own")
    assert [match.words for match in pattern.parse(rule.flag).matches("Hot soups")] == ["Hot soups"]


def test_patterns_of_other_rules_need_not_be_read_again_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    soup(tmp_path / "own")
    monkeypatch.setattr(pattern, "KNOWN", {})
    monkeypatch.setattr(pattern, "_read", lambda notation, match_case: pytest.fail(f"{notation} was kept"))
    assert soup(tmp_path / "own", SOUP.replace("A name", "Another name")).why == "Another name."


def test_the_rules_of_the_program_are_kept_wherever_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(assets.folder("rules"), tmp_path / "reviewer" / "rules")
    here = rulepack.kept_as()
    monkeypatch.setattr(assets, "folder", lambda name: tmp_path / "reviewer" / name)
    assert rulepack.kept_as() == here
    ready = tmp_path / "reviewer" / "rules" / cache.SHIPPED
    ready.mkdir()
    (ready / here).write_bytes(
        cache.packed([Rule("own/soup", "A name.", flag="soup", file=assets.folder("rules") / "own.yaml", line=3)])
    )
    assert [(rule.id, rule.file, rule.line) for rule in rulepack.load_to_run()] == [
        ("own/soup", tmp_path / "reviewer" / "rules" / "own.yaml", 3)
    ]


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    assert soup(tmp_path / "own").why == "A name."
    assert soup(tmp_path / "own", SOUP.replace("A name", "Another name")).why == "Another name."


def test_an_error_is_never_kept(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ReviewerError, match="unknown key"):
            soup(tmp_path / "own", "soup: {flg: soup, why: A name.}\n")


def test_a_broken_or_forbidden_cache_is_no_error(tmp_path: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = soup(tmp_path / "own")
    for kept in (own_cache / "reviewer" / "rules").iterdir():
        for broken in (b"\x80broken", kept.read_bytes()[:-1]):
            kept.write_bytes(broken)
            assert soup(tmp_path / "own") == rule
            assert kept.read_bytes() != broken
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert soup(tmp_path / "own") == rule


def test_old_sets_of_rules_are_thrown_away(tmp_path: Path, own_cache: Path) -> None:
    for number in range(6):
        soup(tmp_path / "own", SOUP.replace("A name", f"Name {number}"))
    assert len(list((own_cache / "reviewer" / "rules").iterdir())) == 4


def test_rules_are_made_ready_with_what_a_build_has() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    build, run = (
        {requirement.split(">")[0].lower() for requirement in project[table][name]}
        for table, name in (("build-system", "requires"), ("project", "dependencies"))
    )
    modules = packages_distributions().items()
    missing = [module for module, homes in modules if any(home.lower().replace("_", "-") in run - build for home in homes)]
    assert "numpy" in missing
    code = f"""
import sys
sys.modules |= dict.fromkeys({missing})
from pathlib import Path
from reviewer import rulepack
from reviewer.rulepack import cache, rulefile
assert rulepack.kept_as()
rules = [*rulefile.parse({SOUP!r}, Path("own.yaml"), "own")]
assert cache.packed([one for one in rules if not isinstance(one, str)])
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
