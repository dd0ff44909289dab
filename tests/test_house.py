"""The house rules that tools can check: types, style, the import contract, what lies where, what the wheel holds."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
ALLOWED = {"pyproject.toml", "README.md", "reviewer", "rules", "db", "tests", "LICENSE", "CHANGELOG.md", "docs"}


def run(*command: str) -> str:
    """The output of a tool, which has to succeed."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=TOP, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_types_are_strict() -> None:
    assert "no issues found" in run("mypy")


def test_style_is_clean() -> None:
    assert "All checks passed" in run("ruff", "check", ".")


def test_code_is_formatted() -> None:
    assert "would reformat" not in run("ruff", "format", "--check", ".")


def test_imports_go_one_way() -> None:
    done = subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_the_top_level_holds_only_what_it_should() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=TOP, capture_output=True, text=True, check=False).stdout.split("\n")
    names = {line.split("/")[0] for line in listed if line}
    assert {name for name in names if not name.startswith(".")} <= ALLOWED


@pytest.mark.parametrize("folder", ["rules", "db"])
def test_data_folders_hold_no_python(folder: str) -> None:
    assert list((TOP / folder).rglob("*.py")) == []


def test_the_wheel_holds_the_program_and_its_data_and_lints_by_itself(tmp_path: Path) -> None:
    run("build", "--wheel", "--no-isolation", "--outdir", str(tmp_path))
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"reviewer/cli/__init__.py", "reviewer/rules/calques/policy.yaml", "reviewer/db/schema.sql"} <= names
    assert {f"reviewer/report/page/{file}" for file in ("page.html", "document.html", "rows.html", "page.css", "page.js")} <= names
    rules = {path.relative_to(TOP / "rules").as_posix() for path in (TOP / "rules").rglob("*.yaml")}
    packed = {name.removeprefix("reviewer/rules/") for name in names if name.startswith("reviewer/rules/")}
    assert {name for name in packed if name.endswith(".yaml")} == rules
    manual = "reviewer-0.1.0.data/data/share/man/man1/reviewer.1"
    assert not [name for name in names - {manual} if name.split("/")[0] not in ("reviewer", "reviewer-0.1.0.dist-info")]
    assert manual in names
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    (tmp_path / "a.txt").write_text('A "combined fist" of tax policy.\n')
    done = subprocess.run(
        [sys.executable, "-m", "reviewer", "lint", "--format", "jsonl", "a.txt"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "site"), "PATH": "", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert "combination-fists" in done.stdout
    assert (tmp_path / "review.db").exists()
    assert not (tmp_path / ".cache").exists(), "the rules of the wheel had to be read anew: they were not ready to use"
