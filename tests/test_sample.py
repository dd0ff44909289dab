"""The sample that ships with the project, and the findings expected in it.

`pytest tests/test_sample.py --regenerate` writes docs/sample/news.findings anew; read the difference before it is committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer import engine, formats, rulepack
from reviewer.report.place import Lines, places

SAMPLE = Path(__file__).resolve().parent.parent / "docs" / "sample" / "news.txt"
EXPECTED = SAMPLE.with_suffix(".findings")


def found() -> Iterator[str]:
    """A line a finding: where, which rule, the words, the first fix."""
    checker = engine.compile(rulepack.running(rulepack.load()))
    for document in formats.read(SAMPLE):
        findings = list(engine.review(document, checker))
        for place in places(SAMPLE.name, document, findings, Lines(iter([SAMPLE.read_text(encoding="utf-8")]))):
            fix = f" -> {place.finding.fixes[0].text!r}" if place.finding.fixes else ""
            assert place.begin
            yield f"{place.begin.line}:{place.begin.column} {place.finding.rule} {place.finding.text!r}{fix}\n"


def test_the_sample_has_the_findings_expected_of_it(request: pytest.FixtureRequest) -> None:
    lines = list(found())
    if request.config.getoption("--regenerate"):
        EXPECTED.write_text("".join(lines), encoding="utf-8")
    assert lines == EXPECTED.read_text(encoding="utf-8").splitlines(keepends=True)


@pytest.mark.parametrize("kind", engine.KINDS)
def test_the_sample_shows_every_kind_of_check(kind: str) -> None:
    rules = {rule.id: rule.kind for rule in rulepack.load()}
    assert kind in {rules[line.split()[1]] for line in EXPECTED.read_text(encoding="utf-8").splitlines()}
