"""Arrays as the model file keeps them: small numbers in few bytes, texts as one, rising keys as their differences."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect.words import Floats

EIGHT = 127  # the greatest number of a signed byte


def rounded(values: NDArray[np.floating]) -> Floats:
    """The values that a byte each can keep: multiples of a 127th of the greatest of those with the same last index."""
    whole, step = _bytes(values)
    kept: Floats = (whole * step).astype(np.float32)
    return kept


def bytewise(values: NDArray[np.floating]) -> dict[str, NDArray[Any]]:
    """Rounded values as bytes, and their step."""
    whole, step = _bytes(values)
    return {"": whole.astype(np.int8), ".step": step}


def _bytes(values: NDArray[np.floating]) -> tuple[NDArray[np.floating], Floats]:
    step = (np.maximum(np.abs(values).max(axis=tuple(range(values.ndim - 1)), initial=0), 1e-9) / EIGHT).astype(np.float32)
    return np.round(values / step), step


def differences(keys: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """(4, keys): the bytes of the differences of rising keys, the same bytes together, so that they take little room."""
    return np.ascontiguousarray(np.diff(keys, prepend=np.uint32(0)).astype("<u4").view(np.uint8).reshape(-1, 4).T)


def keys(planes: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """The keys again."""
    return np.cumsum(np.ascontiguousarray(planes.T).view("<u4").ravel(), dtype=np.uint32)


def text(words: tuple[str, ...]) -> NDArray[np.uint8]:
    """Words as one array."""
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def words(kept: NDArray[np.uint8]) -> tuple[str, ...]:
    """The words again."""
    return tuple(kept.tobytes().decode().split("\n")) if len(kept) else ()
