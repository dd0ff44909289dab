"""The examples of docs/ci.md do what they say: their calls are made in a repository with one bad line that is new."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.test_cli_lint import run

TOP = Path(__file__).resolve().parent.parent
OLD, NEW = "The city threw a combination punch.\n", "Officials want a “combination fist” of tax policy.\n"
GIT = ("git", "-c", "user.name=Li", "-c", "user.email=li@example.org", "-c", "init.defaultBranch=main")


def example(name: str) -> dict[str, Any]:
    """The YAML of an example on the page."""
    page = (TOP / "docs" / "ci.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"(?s)<!-- {name} -->\n```yaml\n(.*?)```", page)
    read: dict[str, Any] = yaml.safe_load(found)
    return read


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository in which a branch adds a bad line; old.txt, which has one too, is as it was."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "reviewer.toml").write_text('select = ["calques/policy/combination-fists"]\n')  # a few rules are soon read
    (folder / "old.txt").write_text(OLD)
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "old"], ["update-ref", "refs/remotes/origin/main", "HEAD"]):
        subprocess.run([*GIT, *command], check=True)
    (folder / "new.txt").write_text(NEW)
    subprocess.run([*GIT, "add", "."], check=True)
    subprocess.run([*GIT, "commit", "-qm", "new"], check=True)
    return folder


def calls(script: str, code: int, **variables: str) -> tuple[int, list[list[str]]]:
    """The exit code of a script under bash that stops at an error, and its calls of the program, had each ended with a code."""
    function = f"reviewer() {{ printf '%s\\0' \"$@\" $'\\n' >> ../calls; return {code}; }}\n"
    Path("../calls").write_text("")
    done = subprocess.run(["bash", "-eo", "pipefail", "-c", function + script], env={**os.environ, **variables}, check=False)
    lines = Path("../calls").read_text(encoding="utf-8").split("\n\0")
    return done.returncode, [line.split("\0")[:-1] for line in lines[:-1]]


def test_the_github_example_marks_what_is_new_and_fails_the_check(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (job,) = example("github")["jobs"].values()
    scripts = {step["name"]: step["run"] for step in job["steps"] if "name" in step}
    assert list(scripts) == ["Install", "Report", "Check"]
    variables = {"GITHUB_BASE_REF": "main", "GITHUB_STEP_SUMMARY": os.devnull}
    assert calls(scripts["Report"], 2, **variables)[0] == 1, "a file that cannot be read fails the job"
    code, (sarif, markdown) = calls(scripts["Report"], 1, **variables)
    assert code == 0, "findings do not: the check comes later"
    assert run(capsys, *sarif) == (1, "", "")
    (uploaded,) = [step["with"]["sarif_file"] for step in job["steps"] if "upload-sarif" in step.get("uses", "")]
    (result,) = json.loads(Path(uploaded).read_text(encoding="utf-8"))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "new.txt"}
    assert run(capsys, *markdown)[1].startswith("# 1 finding in 1 document\n")
    code, (check,) = calls(scripts["Check"], 1, **variables)
    assert code == 1
    code, out, _ = run(capsys, *check)
    assert (code, out.split(",")[:2]) == (1, ["::warning file=new.txt", "line=1"])


def test_the_gitlab_example_writes_both_reports_and_fails(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    job = example("gitlab")["translations"]
    script = "\n".join(job["script"])
    variables = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": "origin/main"}
    assert calls(script, 2, **variables)[0] == 1
    code, (quality, junit, check) = calls(script, 1, **variables)
    assert code == 1
    assert run(capsys, *quality) == run(capsys, *junit) == (1, "", "")
    assert run(capsys, *check)[0] == 1
    reports = job["artifacts"]["reports"]
    (issue,) = json.loads(Path(reports["codequality"]).read_text(encoding="utf-8"))
    assert issue["location"]["path"] == "new.txt"
    assert 'failures="1"' in Path(reports["junit"]).read_text(encoding="utf-8")
