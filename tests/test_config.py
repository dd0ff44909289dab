"""Settings of a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer import config
from reviewer.levels import USUAL
from reviewer.model import ReviewerError, Severity


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert config.load(tmp_path) == config.Config()


def test_settings_are_found_upwards_and_paths_count_from_their_file(tmp_path: Path) -> None:
    (tmp_path / "reviewer.toml").write_text(
        'min-severity = "major"\nrules = ["own"]\nnames = ["n.csv"]\ndb = "work/review.db"\nmin-confidence = 1\n'
    )
    (tmp_path / "news" / "today").mkdir(parents=True)
    found = config.load(tmp_path / "news" / "today")
    assert (found.min_severity, found.min_confidence) == (Severity.MAJOR, 1.0)
    assert (found.rules, found.db) == ((tmp_path / "own",), tmp_path / "work" / "review.db")
    assert found.names == (tmp_path / "n.csv",)


def test_a_pyproject_without_a_table_of_ours_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.reviewer]\nignore = ["names"]\n')
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "pyproject.toml").write_text("[tool.other]\n")
    assert config.load(tmp_path / "sub").ignore == ("names",)


def test_levels_are_laid_over_those_that_are_usual(tmp_path: Path) -> None:
    (tmp_path / "reviewer.toml").write_text(
        'fail-on = "major"\nmax-per-thousand = 3\nmax-annotations = 0\n'
        '[levels.junit]\nminor = "skipped"\n[levels.sarif]\nmajor = "none"\n'
    )
    found = config.load(tmp_path)
    assert (found.fail_on, found.max_per_thousand, found.max_annotations) == (Severity.MAJOR, 3, 0)
    assert found.levels["junit"] == {**USUAL["junit"], Severity.MINOR: "skipped"}
    assert found.levels["sarif"] == {**USUAL["sarif"], Severity.MAJOR: "none"}
    assert found.levels["github"] == USUAL["github"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("min-severty = 'major'", "unknown setting 'min-severty'"),
        ("min-severity = 'huge'", "min-severity is one of critical, major, minor"),
        ("min-confidence = nan", "min-confidence is a number from 0 to 1"),
        ("min-confidence = 3", "min-confidence is a number from 0 to 1"),
        ("fail-on = 'awful'", "fail-on is one of critical, major, minor"),
        ("max-per-thousand = -1", "max-per-thousand is a number, 0 or more"),
        ("max-per-thousand = nan", "max-per-thousand is a number, 0 or more"),
        ("max-annotations = 2.5", "max-annotations is a whole number, 0 or more"),
        ("max-annotations = true", "max-annotations is a whole number, 0 or more"),
        ("levels = 'error'", "levels is a table of tables, as in"),
        ("levels.junit = 'error'", "levels.junit is a table, as in"),
        ("levels.teamcity.minor = 'error'", "levels.teamcity: there is no such report; there are sarif, junit, github, gitlab"),
        ("levels.junit.awful = 'error'", "levels.junit.awful: there is no such severity; there are critical, major, minor"),
        ("levels.github.minor = 'warn'", "levels.github.minor is one of error, warning, notice, none"),
        ("levels.github.minor = ['error']", "levels.github.minor is one of error, warning, notice, none"),
        ("select = 'calques'", "select is a list of texts"),
        ("reviewer = 3", "reviewer is a text"),
        ("x = = 1", "cannot be read"),
    ],
)
def test_a_wrong_setting_names_the_file_and_the_key(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "reviewer.toml").write_text(text)
    with pytest.raises(ReviewerError, match=complaint):
        config.load(tmp_path)


def test_all_wrong_settings_are_named_at_once(tmp_path: Path) -> None:
    file = tmp_path / "reviewer.toml"
    file.write_text("select = 3\nmin-severity = ['minor']\ncolour = 1\nsize = 2\n")
    with pytest.raises(ReviewerError) as error:
        config.load(tmp_path)
    assert [line.removeprefix(f"{file}: ").split()[:3] for line in str(error.value).splitlines()] == [
        ["unknown", "setting", "'colour';"],
        ["unknown", "setting", "'size';"],
        ["select", "is", "a"],
        ["min-severity", "is", "one"],
    ]


def test_the_nearest_file_wins_key_by_key(tmp_path: Path) -> None:
    inner = tmp_path / "news" / "today"
    inner.mkdir(parents=True)
    (tmp_path / "reviewer.toml").write_text('ignore = ["names"]\nrules = ["own"]\nmin-confidence = 0.5\n[keys]\naccept = "x"\n')
    (inner / "pyproject.toml").write_text('[tool.reviewer]\nmin-confidence = 0.0\nignore = []\nnames = ["n.csv"]\n')
    found = config.load(inner)
    assert (found.ignore, found.rules, found.min_confidence, found.keys) == ((), (tmp_path / "own",), 0.0, {"accept": "x"})
    assert found.names == (inner / "n.csv",)
    assert found.files == (inner / "pyproject.toml", tmp_path / "reviewer.toml")
    assert (found.places["ignore"], found.places["rules"]) == found.files
    assert config.load(tmp_path / "news").ignore == ("names",)


def test_above_the_repository_settings_count_only_where_it_has_none(tmp_path: Path) -> None:
    (tmp_path / "reviewer.toml").write_text('ignore = ["names"]\n')
    (tmp_path / "project" / ".git").mkdir(parents=True)
    assert config.load(tmp_path / "project").ignore == ("names",)
    (tmp_path / "project" / "reviewer.toml").write_text("min-confidence = 0.5\n")
    assert config.load(tmp_path / "project").ignore == ()


def test_what_is_wrong_in_several_files_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "reviewer.toml").write_text("select = 3\n")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "reviewer.toml").write_text("colour = 1\n")
    with pytest.raises(ReviewerError, match=r"reviewer\.toml: select is a list.*\n.*sub/reviewer\.toml: unknown setting"):
        config.load(tmp_path / "sub")


def test_a_value_where_the_table_should_be_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool]\nreviewer = 5\n")
    with pytest.raises(ReviewerError, match=r"pyproject.toml: \[tool.reviewer\] is a table"):
        config.load(tmp_path)


def test_a_folder_of_the_name_of_the_settings_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "reviewer.toml").mkdir()
    with pytest.raises(ReviewerError, match=r"reviewer.toml: settings are read from a file of this name; give this folder another"):
        config.load(tmp_path)


def test_the_reviewer_is_named_by_the_environment_then_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(config.REVIEWER_VARIABLE, "Li")
    assert config.reviewer_name(config.Config(reviewer="Wang")) == "Li"
    monkeypatch.delenv(config.REVIEWER_VARIABLE)
    assert config.reviewer_name(config.Config(reviewer="Wang")) == "Wang"
