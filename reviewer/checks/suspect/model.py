"""Reads and writes the model of the check: tables, forests and the confidence that their values stand for, in one file."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, fields
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from reviewer.checks.suspect import features, packing
from reviewer.checks.suspect.forest import Forest
from reviewer.checks.suspect.tables import Tables
from reviewer.checks.suspect.web import Web
from reviewer.checks.suspect.words import Floats
from reviewer.model import ReviewerError

FORMAT = 2
_HALF = {"odds", "translated", "machine", "pair_marked", "marked", "pair_seen", "seen", "null", "pair_counts"}  # precise enough
_BYTE = {"left", "right"}
_KEYS = {"pair_keys", "marked_keys"}
_TEXT = {"words", "stem_names", "chinese"}


@dataclass(frozen=True)
class Scale:
    """What a forest's value (`values`, rising log-odds) means: the probability that a professional marks the span."""

    values: Floats
    confidence: Floats

    def of(self, value: Floats) -> Floats:
        """The probability of each value."""
        return np.interp(value, self.values, self.confidence).astype(np.float32)


@dataclass(frozen=True)
class Model:
    """`english` needs no source, `with_source` does; each has the scale of its values. `card` says what it was learnt from.

    The `priors`, without and with a source, were learnt from other texts, of one rater; their values are features.
    """

    tables: Tables
    priors: features.Priors
    english: Forest
    with_source: Forest
    english_scale: Scale
    source_scale: Scale
    card: dict[str, Any]


def write(model: Model) -> bytes:
    """The model as a file."""
    arrays: dict[str, Any] = {}
    for field in fields(Tables):
        arrays |= _packed(f"tables.{field.name}", field.name, getattr(model.tables, field.name))
    forests = (model.english, model.with_source, *model.priors)
    for name, forest in zip(("english", "with_source", "prior", "source_prior"), forests, strict=True):
        arrays |= {f"{name}.features": forest.features.astype(np.uint8), f"{name}.limits": forest.limits}
        arrays |= {f"{name}.leaves": forest.leaves, f"{name}.base": np.float32(forest.base)}
    for name, scale in (("english_scale", model.english_scale), ("source_scale", model.source_scale)):
        arrays |= {f"{name}.values": scale.values, f"{name}.confidence": scale.confidence}
    head = {"format": FORMAT, "english": model.english.names, "with_source": model.with_source.names, "card": model.card}
    arrays["head"] = np.frombuffer(json.dumps(head).encode(), np.uint8)
    made = BytesIO()
    np.savez_compressed(made, **arrays)
    return made.getvalue()


@lru_cache(maxsize=2)
def read(file: Path) -> Model:
    """The model of a file. Raises ReviewerError where it is missing, damaged, or made for other features."""
    try:
        with np.load(file, allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
        head = json.loads(arrays["head"].tobytes())
        if (
            head["format"] != FORMAT
            or tuple(head["english"]) != features.ENGLISH
            or tuple(head["with_source"]) != features.WITH_SOURCE
        ):
            raise ReviewerError(f"{file}: a model of another version of reviewer; make it anew with `reviewer suspect train`")
        return _model(arrays, head["card"])
    except FileNotFoundError:
        raise ReviewerError(f"{file}: no such model; install reviewer again, or make one with `reviewer suspect train`") from None
    except OSError as error:
        raise ReviewerError(f"{file}: the model cannot be read: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, EOFError, IndexError, zipfile.BadZipFile) as error:
        raise ReviewerError(f"{file}: no model, or a damaged one ({error}); install reviewer again") from None


def _packed(place: str, name: str, value: Any) -> dict[str, Any]:
    """The arrays that keep one field of the tables."""
    if isinstance(value, Web):
        kept = {f"{place}.{part}": packing.differences(getattr(value, part)) for part in ("words", "pairs")}
        return {**kept, f"{place}.often": value.often, f"{place}.together": value.together}
    if name in _BYTE:
        return {place + part: array for part, array in packing.bytewise(value).items()}
    if name in _HALF:
        return {place: np.minimum(value, 6e4).astype(np.float16)}
    return {place: packing.text(value) if name in _TEXT else packing.differences(value) if name in _KEYS else value}


def _unpacked(place: str, name: str, arrays: dict[str, Any]) -> Any:
    if name == "web":
        words, pairs = (packing.keys(arrays[f"{place}.{part}"]) for part in ("words", "pairs"))
        return Web(words, arrays[f"{place}.often"], pairs, arrays[f"{place}.together"])
    value = arrays[place]
    if name in _BYTE:
        return value * arrays[f"{place}.step"]
    if name in _HALF:
        return value.astype(np.float32)
    return packing.words(value) if name in _TEXT else packing.keys(value) if name in _KEYS else value


def _model(arrays: dict[str, Any], card: dict[str, Any]) -> Model:
    tables = {field.name: _unpacked(f"tables.{field.name}", field.name, arrays) for field in fields(Tables)}
    return Model(
        Tables(**tables),
        (_forest(arrays, "prior", features.PRIOR[False]), _forest(arrays, "source_prior", features.PRIOR[True])),
        _forest(arrays, "english", features.ENGLISH),
        _forest(arrays, "with_source", features.WITH_SOURCE),
        Scale(arrays["english_scale.values"], arrays["english_scale.confidence"]),
        Scale(arrays["source_scale.values"], arrays["source_scale.confidence"]),
        card,
    )


def _forest(arrays: dict[str, Any], name: str, names: tuple[str, ...]) -> Forest:
    asked = arrays[f"{name}.features"].astype(np.int32)
    return Forest(names, float(arrays[f"{name}.base"]), asked, arrays[f"{name}.limits"], arrays[f"{name}.leaves"])
