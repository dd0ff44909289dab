"""`reviewer rules`."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer import rulepack
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


@pytest.fixture
def own() -> Path:
    """A folder of the project's own rules."""
    Path("reviewer.toml").write_text('rules = ["own"]\n')
    Path("own").mkdir()
    return Path("own")


def test_a_new_rule_starts_as_a_skeleton_that_fails_until_it_is_written(capsys: pytest.CaptureFixture[str], own: Path) -> None:
    code, out, _ = run(capsys, "rules", "new", "food/names/soup", "--flag", "hot soup")
    assert code == 0
    assert "reviewer rules test food/names/soup" in out
    code, out, err = run(capsys, "rules", "test", "food/names/soup")
    assert (code, err) == (1, "1 rule, 2 examples, 3 failed\n")
    assert [line.split()[1] for line in out.splitlines()] == ["Missing:"] * 3
    assert run(capsys, "rules", "new", "food/names/soup")[0] == 2
    assert run(capsys, "rules", "new", "Soup")[0] == 2


@pytest.mark.parametrize(
    "options",
    [("--zh", "[x"), ("--zh", "'"), ("--zh", "a: b #"), ("--flag", "the cook's <soup>"), ("--bad", 'An "old" [[soup]]: #1 => x')],
)
def test_a_new_rule_says_what_was_asked_for_whatever_yaml_thinks_of_it(
    capsys: pytest.CaptureFixture[str], own: Path, options: tuple[str, str]
) -> None:
    assert run(capsys, "rules", "new", "food/names/soup", *options)[0] == 0
    (rule,) = rulepack.choose(rulepack.load([own]), ["food"])
    said = {"--zh": "".join(rule.zh), "--flag": rule.flag, "--bad": 'An "old" [[soup]]: #1 => x'}
    assert said[options[0]] == options[1]
    assert rule.bad[0].fixed == ("x" if options[0] == "--bad" else "The same sentence as it should be.")


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("soup", "--flag", "(soup"), "a bracket that is never closed"),
        (("soup", "--bad", "Nothing marked."), "marks no [[words]]"),
        (("bread",), "the key 'bread' stands twice"),
        (("defaults",), "'defaults' cannot be the key of a rule"),
    ],
)
def test_a_new_rule_that_could_not_be_read_back_is_not_written(
    capsys: pytest.CaptureFixture[str], options: tuple[str, ...], complaint: str
) -> None:
    before = b"bread: {flag: bread, why: A name.}\r\n"
    Path("own/food").mkdir(parents=True)
    Path("own/food/names.yaml").write_bytes(before)
    code, _, err = run(capsys, "rules", "new", f"food/names/{options[0]}", "--folder", "own", *options[1:])
    assert (code, err.count("\n")) == (2, 1)
    assert complaint in err
    assert err.endswith("; nothing was written\n")
    assert Path("own/food/names.yaml").read_bytes() == before
    assert len(list(Path("own/food").iterdir())) == 1


def test_a_new_rule_keeps_what_its_file_holds(capsys: pytest.CaptureFixture[str], own: Path) -> None:
    before = "# 食物\r\nbread: {flag: bread, why: A name.}".encode()
    Path("own/food.yaml").write_bytes(before)
    assert run(capsys, "rules", "new", "food/soup")[0] == 0
    after = Path("own/food.yaml").read_bytes()
    assert after.startswith(before + b"\r\n\r\nsoup:\r\n")
    assert {rule.id for rule in rulepack.load([own])} >= {"food/bread", "food/soup"}


def test_a_new_rule_goes_to_the_folder_asked_for_then_the_project_s_then_the_checkout_s(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "rules", "new", "food/names/soup")
    assert (code, err.count("\n")) == (2, 1)
    assert "--folder" in err
    assert list(Path().iterdir()) == []
    for part in ("pyproject.toml", "rules/README.md", "reviewer/rulepack/rulefile.py"):
        Path(part).parent.mkdir(parents=True, exist_ok=True)
        Path(part).touch()
    assert run(capsys, "rules", "new", "food/names/soup")[1].startswith("rules/food/names.yaml: ")
    Path("reviewer.toml").write_text('rules = ["own", "more"]\n')
    Path("own").mkdir()
    Path("more").mkdir()
    assert Path("own/food/names.yaml").samefile(run(capsys, "rules", "new", "food/names/soup")[1].split(":")[0])
    out = run(capsys, "rules", "new", "food/names/tea", "--folder", "other")[1]
    assert out.startswith("other/food/names.yaml: ")
    assert "name other in reviewer.toml" in out  # this program does not read it yet


@pytest.mark.usefixtures("own")
def test_a_failing_example_is_named_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("own/mine.yaml").write_text(
        "soup:\n  flag: soup\n  why: A name.\n  bad:\n    - She wrote [[soups]].\n    - The [[soup]] won.\n"
        "  good:\n    - Eat it.\n    - Eat soup.\n"
    )
    code, out, err = run(capsys, "rules", "test", "mine")
    assert code == 1
    assert "mine.yaml:5: Missing: mine/soup" in out
    assert "mine.yaml:9: Noisy: mine/soup" in out
    assert "2 failed" in err
