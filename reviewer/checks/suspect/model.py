"""Reads and writes the model of the check: tables, forests and the confidence that their values stand for, in one file."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from functools import cache, cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from reviewer.checks.suspect import features, packing, surprisal
from reviewer.checks.suspect.forest import Forest, all_limits
from reviewer.checks.suspect.network import Network
from reviewer.checks.suspect.scoring import Probe
from reviewer.checks.suspect.surprisal import Probes
from reviewer.checks.suspect.tables import Renderings, Tables
from reviewer.checks.suspect.web import Web
from reviewer.checks.suspect.words import Floats
from reviewer.model import ReviewerError

FORMAT = 5
_HALF = {"odds", "translated", "machine", "pair_marked", "marked", "pair_seen", "seen", "null", "pair_counts"}  # precise enough
_BYTE = {"left", "right"}
_KEYS = {"pair_keys", "marked_keys"}
_TEXT = {"words", "names", "chinese"}


@dataclass(frozen=True)
class Scale:
    """What a forest's value (`values`, rising log-odds) means: the probability that a professional marks the span."""

    values: Floats
    confidence: Floats

    def of(self, value: Floats) -> Floats:
        """The probability of each value."""
        return np.interp(value, self.values, self.confidence).astype(np.float32)


@dataclass(frozen=True)
class Deep:
    """Forests that also look at what a language model says, with their scales; the card names the one they learnt beside."""

    english: Forest
    with_source: Forest
    english_scale: Scale
    source_scale: Scale
    card: dict[str, Any]
    probes: Probes = field(default_factory=Probes)


@dataclass(frozen=True)
class Model:
    """`english` needs no source, `with_source` does; each has the scale of its values. `card` says what it was learnt from.

    The `priors`, without and with a source, were learnt from other texts, of one rater; their values are features, and so are
    those of the `network`, which learnt from the same texts what a language model makes of them. `deep` takes the place of the
    forests where a language model is asked; `probes` are then what is read in its states, and there is no network.
    """

    tables: Tables
    priors: features.Priors
    network: Network | None
    english: Forest
    with_source: Forest
    english_scale: Scale
    source_scale: Scale
    card: dict[str, Any]
    probes: Probes = field(default_factory=Probes)
    deep: Deep | None = None

    @cached_property
    def limits(self) -> dict[str, Floats]:
        """Those of all forests that are asked one after the other."""
        return all_limits((*self.priors, self.english, self.with_source))

    @cached_property
    def asking(self) -> Model:
        """The model that takes part where a language model is asked; itself where none taught it."""
        one = self.deep
        if one is None:
            return self
        return replace(
            self,
            network=None,
            english=one.english,
            with_source=one.with_source,
            english_scale=one.english_scale,
            source_scale=one.source_scale,
            probes=one.probes,
        )


def write(model: Model) -> bytes:
    """The model as a file."""
    arrays: dict[str, Any] = {}
    for kind, one in ((Tables, model.tables), (Renderings, model.tables.renderings())):
        for part in fields(kind):
            if part.name != "renderings":  # its own fields stand beside
                arrays |= _packed(f"tables.{part.name}", part.name, getattr(one, part.name))
    if model.network:
        for part in fields(Network):
            arrays |= _bytewise(f"network.{part.name}", getattr(model.network, part.name))
    arrays |= _judging("", model)
    for name, forest in zip(("prior", "source_prior"), model.priors, strict=True):
        arrays |= _grown(name, forest)
    head = {"format": FORMAT, "english": model.english.names, "with_source": model.with_source.names, "card": model.card}
    if model.deep:
        arrays |= _judging("deep.", model.deep)
        for name, probe in model.deep.probes._asdict().items():
            if probe:
                arrays |= {f"deep.probe.{name}.{part.name}": getattr(probe, part.name) for part in fields(Probe)}
        head["deep"] = {"with_source": model.deep.with_source.names, "card": model.deep.card}
    arrays["head"] = np.frombuffer(json.dumps(head).encode(), np.uint8)
    made = BytesIO()
    np.savez_compressed(made, **arrays)
    return made.getvalue()


def _judging(place: str, one: Model | Deep) -> dict[str, Any]:
    """The arrays of the forests that judge, and of their scales."""
    arrays = {**_grown(f"{place}english", one.english), **_grown(f"{place}with_source", one.with_source)}
    for name, scale in ((f"{place}english_scale", one.english_scale), (f"{place}source_scale", one.source_scale)):
        arrays |= {f"{name}.values": scale.values, f"{name}.confidence": scale.confidence}
    return arrays


def _grown(place: str, forest: Forest) -> dict[str, Any]:
    parts = {f"{place}.{part}": getattr(forest, part) for part in ("limits", "first", "end", "leaves", "slopes")}
    return {**parts, f"{place}.features": forest.features.astype(np.uint8), f"{place}.base": np.float32(forest.base)}


def deepened(model: Model, file: Path) -> Model:
    """The model that takes part where a language model is asked. Raises ReviewerError where there is none."""
    if model.deep is None:
        raise ReviewerError(
            f"{file}: this model was learnt without a language model; leave out --lm, or let one teach it with "
            "`reviewer suspect train --lm GGUF FILE...`"
        )
    return model.asking


@lru_cache(maxsize=2)
def read(file: Path) -> Model:
    """The model of a file. Raises ReviewerError where it is missing, damaged, or made for other features.

    What Chinese gives which English is read when a source asks for it; only then is damage to it found.
    """
    with _named(file):
        arrays = np.load(BytesIO(file.read_bytes()), allow_pickle=False)
        head = json.loads(arrays["head"].tobytes())
        if (
            head["format"] != FORMAT
            or tuple(head["english"]) != features.ENGLISH
            or tuple(head["with_source"]) != features.WITH_SOURCE
            or ("deep" in head and tuple(head["deep"]["with_source"]) not in (surprisal.WITH_SOURCE, surprisal.WITH_CHINESE))
        ):
            raise ReviewerError(f"{file}: a model of another version of reviewer; make it anew with `reviewer suspect train`")
        return _model(file, arrays, head)


@contextmanager
def _named(file: Path) -> Iterator[None]:
    """Says of a model that cannot be read which it is and what to do."""
    try:
        yield
    except FileNotFoundError:
        raise ReviewerError(f"{file}: no such model; install reviewer again, or make one with `reviewer suspect train`") from None
    except OSError as error:
        raise ReviewerError(f"{file}: the model cannot be read: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, EOFError, IndexError, zipfile.BadZipFile, zlib.error) as error:
        raise ReviewerError(f"{file}: no model, or a damaged one ({error}); install reviewer again") from None


def _packed(place: str, name: str, value: Any) -> dict[str, Any]:
    """The arrays that keep one field of the tables."""
    if isinstance(value, Web):
        kept = {f"{place}.{part}": packing.differences(getattr(value, part)) for part in ("words", "pairs")}
        return {**kept, f"{place}.often": value.often, f"{place}.together": value.together}
    if name in _BYTE:
        return _bytewise(place, value)
    if name in _HALF:
        return {place: np.minimum(value, 6e4).astype(np.float16)}
    return {place: packing.text(value) if name in _TEXT else packing.differences(value) if name in _KEYS else value}


def _bytewise(place: str, value: Floats) -> dict[str, Any]:
    return {place + part: array for part, array in packing.bytewise(value).items()}


def _whole(place: str, arrays: Mapping[str, Any]) -> Any:
    return arrays[place] * arrays[f"{place}.step"]


def _unpacked(place: str, name: str, arrays: Mapping[str, Any]) -> Any:
    if name == "web":
        words, pairs = (packing.keys(arrays[f"{place}.{part}"]) for part in ("words", "pairs"))
        return Web(words, arrays[f"{place}.often"], pairs, arrays[f"{place}.together"])
    value = arrays[place]
    if name in _BYTE:
        return _whole(place, arrays)
    if name in _HALF:
        return value.astype(np.float32)
    return packing.words(value) if name in _TEXT else packing.keys(value) if name in _KEYS else value


def _model(file: Path, arrays: Mapping[str, Any], head: dict[str, Any]) -> Model:
    @cache
    def renderings() -> Renderings:
        with _named(file):
            return Renderings(**_fields(Renderings, arrays))

    tables = Tables(**_fields(Tables, arrays), renderings=renderings)
    return Model(
        tables,
        (_forest(arrays, "prior", features.PRIOR[False]), _forest(arrays, "source_prior", features.PRIOR[True])),
        _network(arrays, tables),
        *_judges(arrays, "", features.ENGLISH, features.WITH_SOURCE),
        head["card"],
        deep=_deep(arrays, **head["deep"]) if "deep" in head else None,
    )


def _network(arrays: Mapping[str, Any], known: Tables) -> Network:
    network = Network(*(_whole(f"network.{part.name}", arrays) for part in fields(Network)))
    if len(network.words) != len(known.words) + 2:
        raise ValueError("its network knows other words")
    return network


def _deep(arrays: Mapping[str, Any], with_source: Sequence[str], card: dict[str, Any]) -> Deep:
    probes = Probes(*(_probe(arrays, f"deep.probe.{name}") for name in Probes._fields))
    return Deep(*_judges(arrays, "deep.", surprisal.ENGLISH, tuple(with_source)), card, probes)


def _probe(arrays: Mapping[str, Any], place: str) -> Probe | None:
    if f"{place}.weights" not in arrays:
        return None
    return Probe(*(arrays[f"{place}.{part.name}"] for part in fields(Probe)))


def _judges(
    arrays: Mapping[str, Any], place: str, english: tuple[str, ...], with_source: tuple[str, ...]
) -> tuple[Forest, Forest, Scale, Scale]:
    """The forests that judge, and their scales."""

    def scale(name: str) -> Scale:
        return Scale(arrays[f"{place}{name}.values"], arrays[f"{place}{name}.confidence"])

    forests = _forest(arrays, f"{place}english", english), _forest(arrays, f"{place}with_source", with_source)
    return *forests, scale("english_scale"), scale("source_scale")


def _fields(kind: type[Tables | Renderings], arrays: Mapping[str, Any]) -> dict[str, Any]:
    """What the arrays keep of a kind of tables."""
    names = [part.name for part in fields(kind) if part.name != "renderings"]
    return {name: _unpacked(f"tables.{name}", name, arrays) for name in names}


def _forest(arrays: Mapping[str, Any], name: str, names: tuple[str, ...]) -> Forest:
    asked = arrays[f"{name}.features"].astype(np.int32)
    others = (arrays[f"{name}.{part}"] for part in ("limits", "first", "end", "leaves", "slopes"))
    return Forest(names, float(arrays[f"{name}.base"]), asked, *others)
