"""`reviewer rules`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_cli_lint import run


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_rules_are_listed_with_their_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "rules", "list", "calques/policy")
    assert code == 0
    assert any(line.split()[0] == "calques/policy/combination-fists" and line.endswith("组合拳") for line in out.splitlines())
    assert "rules: " in err


def test_a_rule_is_shown_with_its_examples(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "rules", "show", "calques/policy/combination-fists")
    assert "boxing metaphor" in out
    assert "[[combination punch]]" in out
    assert "policy.yaml:" in out


def test_a_new_rule_starts_as_a_skeleton_that_is_tested(capsys: pytest.CaptureFixture[str]) -> None:
    Path("reviewer.toml").write_text('rules = ["own"]\n')
    Path("own").mkdir()
    code, out, _ = run(capsys, "rules", "new", "food/names/soup", "--flag", "soup", "--folder", "own")
    assert code == 0
    assert "reviewer rules test food/names/soup" in out
    code, out, err = run(capsys, "rules", "test", "food/names/soup")
    assert "1 rules" in err
    assert run(capsys, "rules", "new", "food/names/soup", "--folder", "own")[0] == 2
    assert run(capsys, "rules", "new", "Soup", "--folder", "own")[0] == 2


def test_a_failing_example_is_named_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("reviewer.toml").write_text('rules = ["own"]\n')
    Path("own").mkdir()
    Path("own/mine.yaml").write_text(
        "soup:\n  flag: soup\n  why: A name.\n  bad:\n    - She wrote [[soups]].\n    - The [[soup]] won.\n"
        "  good:\n    - Eat it.\n    - Eat soup.\n"
    )
    code, out, err = run(capsys, "rules", "test", "mine")
    assert code == 1
    assert "mine.yaml:5: Missing: mine/soup" in out
    assert "mine.yaml:9: Noisy: mine/soup" in out
    assert "2 failed" in err
