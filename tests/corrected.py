"""Lints, accepts and exports a file through the command line, for tests of formats from end to end."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from reviewer import formats
from reviewer.formats.reading import Reading
from reviewer.model import Segment, Verdict
from reviewer.store import Store
from tests.test_cli_lint import run

FISTS = "calques/policy/combination-fists"
"""A rule whose first fix for "combination punch" is "package of measures"."""


def segments(path: Path, reading: Reading = formats.AS_IT_IS) -> list[Segment]:
    """All segments of a file."""
    return [segment for document in formats.read(path, formats.prepared(path, reading)) for segment in document.segments]


def check_places(path: Path, decoded: str, found: Sequence[Segment]) -> None:
    """Every unescaped character of every target stands where its piece says."""
    for segment in found:
        for piece in segment.pieces:
            if piece.length == piece.file_length > 1:
                written = decoded[piece.file_start : piece.file_start + piece.length]
                assert segment.target[piece.start : piece.start + piece.length] == written, path


def mended(capsys: pytest.CaptureFixture[str], file: Path, *options: str, edits: Sequence[str] = ()) -> bytes:
    """The bytes of a file after its fists were accepted, or replaced by `edits` in order, in the current folder."""
    assert run(capsys, "lint", "--select", FISTS, *options, str(file))[0] == 1
    with Store.open(Path("review.db")) as store:
        found = [one for document in store.documents(file) for one in store.findings(document.id)]
        for number, one in enumerate(found):
            if edits:
                store.decide(one.id, Verdict.EDIT, text=edits[number], reviewer="Li")
            else:
                store.decide(one.id, Verdict.ACCEPT, reviewer="Li")
    code, _, err = run(capsys, "export", "--output", "out", str(file))
    assert code == 0, err
    return (Path("out") / file.name).read_bytes()


def refused(capsys: pytest.CaptureFixture[str], file: Path, edit: str) -> str:
    """What an export says that does not let the first finding become these words."""
    assert run(capsys, "lint", "--select", FISTS, str(file))[0] == 1
    with Store.open(Path("review.db")) as store:
        (document,) = store.documents(file)
        store.decide(store.findings(document.id)[0].id, Verdict.EDIT, text=edit, reviewer="Li")
    code, out, err = run(capsys, "export", str(file))
    assert (code, out, err.count("\n")) == (2, "", 1)
    return err
