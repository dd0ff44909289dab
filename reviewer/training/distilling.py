"""Teaches a small network what a language model makes of words, and what of that tells that raters mark them.

The network then says so in texts that no language model is asked about (distillation: Hinton, Vinyals, Dean 2015).
"""

from __future__ import annotations

import importlib.util
import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reviewer.checks.suspect import network, packing
from reviewer.checks.suspect.model import Model
from reviewer.checks.suspect.network import HASHED, TOLD, Network, Rows
from reviewer.checks.suspect.surprisal import Reader
from reviewer.checks.suspect.tables import Tables
from reviewer.checks.suspect.words import Floats, Words
from reviewer.model import ReviewerError
from reviewer.training import corpus, probing
from reviewer.training.corpus import Corpus
from reviewer.training.probing import Seen

if TYPE_CHECKING:
    import jax

Weights = dict[str, "jax.Array"]
Batch = tuple[NDArray[Any], ...]
Teacher = Callable[[Corpus, Tables], Network]

COMPONENTS = 16  # of the states that are foretold: without them less is learnt from as many words
_OUTLIER = 6.0  # standard deviations that a number of a state is taken to be from its mean at most
_LEAST = 1e-6  # of a spread
_WARMING = 100  # steps in which the rate rises


@dataclass(frozen=True)
class Lessons:
    """How to teach: `width` of the `layers`, each of which sees `seen` words; `hashed` numbers of an ending, and of a beginning.

    It sees every word `epochs` times, in batches of `batch` stretches of `stretch` rows. `rate` is the greatest step, `decay`
    what draws layers to 0; `unseen` is the share of words, and `dropped` that of what layers say, that is left out at a time. What
    a probe reads counts `probed` times as much as all components together.
    """

    width: int = 64
    layers: int = 4
    seen: int = 5
    hashed: int = 16
    epochs: int = 12
    batch: int = 16
    stretch: int = 192
    rate: float = 2e-3
    decay: float = 0.01
    unseen: float = 0.1
    dropped: float = 0.1
    probed: float = 3.0


LESSONS = Lessons()


class _Stretches(NamedTuple):
    """(stretches, rows): what is seen of words; and of which of them what is `foretold` (stretches, rows, values)."""

    word: NDArray[np.int32]
    ending: NDArray[np.int32]
    beginning: NDArray[np.int32]
    told: Floats
    wanted: NDArray[np.bool_]
    foretold: Floats


def kept(before: Model) -> Teacher:
    """The network of a model that is there, for other tables: a word that is new to it is as all others that it does not know."""

    def made(texts: Corpus, known: Tables) -> Network:
        assert before.network  # every model that is read has one
        rows = np.append(before.tables.numbers(known.words), len(before.tables.words) + np.arange(2))
        return replace(before.network, words=before.network.words[rows])

    return made


def taught(reader: Reader, seed: int) -> Teacher:
    """A network that a language model teaches, by words that one rater looked at, so that no fold's texts are among them.

    Raises ReviewerError where there are none, and before anything is read where something is missing that teaches it.
    """
    for library in ("jax", "optax"):
        if importlib.util.find_spec(library) is None:
            raise ReviewerError(f"teaching a network needs {library}; install it with: pip install 'reviewer[train]'")

    def made(texts: Corpus, known: Tables) -> Network:
        alone = ~texts.several & ~np.isin(texts.text, texts.text[texts.several])
        if not alone.any():
            files = ", ".join(dict.fromkeys(str(document.path) for document in texts.documents))
            raise ReviewerError(f"{files}: no text here that one rater looked at, and others teach no network; leave out --teacher")
        words = corpus.only(texts.words, alone)
        above = (texts.marked - corpus.means(texts, alone))[alone]
        states = probing.states(words, reader, given=False)
        return learnt(words, known, states, above, seed, LESSONS)

    return made


def learnt(
    words: Words,
    known: Tables,
    states: NDArray[np.float16],
    above: NDArray[np.float64],
    seed: int,
    lessons: Lessons,
) -> Network:
    """A network that learns from the states (words, state) of a language model, and from how much more each word was marked."""
    apart = network.reach(lessons.layers, lessons.seen)
    foretold = _foretold(words, states, above)
    examples = _stretches(network.rows(words, known, apart), foretold, apart, lessons)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:  # its threads would outlast it here
        try:
            weights = pool.submit(_trained, begun(known, foretold.shape[1], seed, lessons), examples, seed, lessons).result()
        except BrokenProcessPool:
            raise ReviewerError("the process that teaches the network has ended; most likely there is too little memory") from None
    return Network(**{name: packing.rounded(one) for name, one in vars(built(weights)).items()})


def built(weights: Mapping[str, Floats]) -> Network:
    """The network that says the last of the values that are foretold."""
    last = {"last": weights["last"][:, -1], "last_bias": weights["last_bias"][-1:]}
    return Network(**{**weights, **last})


def _foretold(words: Words, states: NDArray[np.float16], above: NDArray[np.float64]) -> Floats:
    """(words, values): the components of the states, and last what a probe reads that is fitted to these words."""
    seen = Seen(states, np.zeros(0, np.float32))
    probe = probing.fitted(seen, words, above, np.ones(len(words), bool))
    read = probing.read(probe, seen, words)
    return np.concatenate([_components(states, COMPONENTS), read[:, None] / (read.std() + _LEAST)], axis=1)


def _components(states: NDArray[np.float16], count: int) -> Floats:
    """(words, count): the principal components of states, in units of the standard deviation of all of them."""
    mean, spread = probing.standard(states)

    def standardised(some: NDArray[np.float16]) -> Floats:
        found: Floats = np.clip((some - mean) / spread, -_OUTLIER, _OUTLIER).astype(np.float32)
        return found

    sums = np.zeros((states.shape[1], states.shape[1]))
    for part in probing.parts(len(states)):
        some = standardised(states[part])
        sums += some.T @ some
    axes = np.linalg.eigh(sums)[1][:, : -count - 1 : -1].astype(np.float32)
    components = np.concatenate([standardised(states[part]) @ axes for part in probing.parts(len(states))])
    found: Floats = components / (components.std() + _LEAST)
    return found


def _stretches(rows: Rows, foretold: Floats, apart: int, lessons: Lessons) -> _Stretches:
    """Stretches of rows, with so many on each side as the network sees."""
    size = len(rows.word)
    wanted, values = np.zeros(size, bool), np.zeros((size, foretold.shape[1]), np.float32)
    wanted[rows.of], values[rows.of] = True, foretold
    begins = np.arange(0, size, lessons.stretch)
    inner = begins[:, None] + np.arange(-apart, lessons.stretch + apart)
    there = np.clip(inner, 0, size - 1)  # the first row and the last stand between documents
    own = (inner == there) & (inner >= begins[:, None]) & (inner < begins[:, None] + lessons.stretch)
    seen = (rows.word[there], rows.ending[there], rows.beginning[there], rows.told[there])
    return _Stretches(*seen, wanted[there] & own, values[there])


def begun(known: Tables, values: int, seed: int, lessons: Lessons) -> dict[str, Floats]:
    """The weights before the first step: words begin with the company that they keep."""
    rng = np.random.default_rng(seed)

    def drawn(*shape: int, scale: float) -> NDArray[np.float64]:
        return rng.normal(size=shape) * scale

    company = np.concatenate([known.left, np.zeros((1, known.left.shape[1]))])
    numbers = company.shape[1] + 2 * lessons.hashed + TOLD
    width, seen = lessons.width, lessons.seen
    begun = {
        "words": company / (company.std() + _LEAST),
        "endings": drawn(HASHED, lessons.hashed, scale=0.1),
        "beginnings": drawn(HASHED, lessons.hashed, scale=0.1),
        "first": drawn(numbers, width, scale=numbers**-0.5),
        "first_bias": np.zeros(width),
        "layers": drawn(lessons.layers, seen, width, width, scale=(seen * width) ** -0.5),
        "layers_bias": np.zeros((lessons.layers, width)),
        "last": drawn(width, values, scale=width**-0.5),
        "last_bias": np.zeros(values),
    }
    return {name: value.astype(np.float32) for name, value in begun.items()}


def _trained(before: dict[str, Floats], examples: _Stretches, seed: int, lessons: Lessons) -> dict[str, Floats]:
    """The weights after the last step."""
    import jax
    import jax.numpy as jnp
    import optax

    weights: Weights = {name: jnp.asarray(value) for name, value in before.items()}

    count = len(examples.word) // lessons.batch or 1
    rising = min(_WARMING, count)
    rate = optax.warmup_cosine_decay_schedule(0.0, lessons.rate, rising, max(rising + 1, lessons.epochs * count))
    layers = {name: name == "layers" for name in weights}
    steps = optax.adamw(rate, b2=0.98, weight_decay=lessons.decay, mask=layers)

    @jax.jit
    def step(weights: Weights, state: Any, batch: Batch, key: jax.Array) -> tuple[Weights, Any]:
        slope = jax.grad(_loss)(weights, batch, key, lessons)
        change, state = steps.update(slope, state, weights)
        return optax.apply_updates(weights, change), state

    state, key = steps.init(weights), jax.random.PRNGKey(seed)
    for number, batch in enumerate(_batches(examples, seed, lessons)):
        weights, state = step(weights, state, batch, jax.random.fold_in(key, number))
    return {name: np.asarray(value) for name, value in weights.items()}


def _batches(examples: _Stretches, seed: int, lessons: Lessons) -> Iterator[Batch]:
    """Stretches by chance, all of them in every epoch but those that do not fill a batch."""
    rng = np.random.default_rng(seed + 1)
    count, size = len(examples.word), min(lessons.batch, len(examples.word))
    for _ in range(lessons.epochs):
        order = rng.permutation(count)
        for start in range(0, count - size + 1, size):
            chosen = order[start : start + size]
            yield tuple(part[chosen] for part in examples)


def _loss(weights: Weights, batch: Batch, key: jax.Array, lessons: Lessons) -> jax.Array:
    """How far what is said lies from what is to be foretold, as a share of its variance."""
    import jax.numpy as jnp

    *seen, wanted, foretold = map(jnp.asarray, batch)
    error = ((said(weights, seen, key, lessons) - foretold) ** 2) * wanted[..., None]
    each = error.sum(axis=(0, 1)) / jnp.maximum(wanted.sum(), 1)
    return each[:-1].mean() + lessons.probed * each[-1]


def said(weights: Weights, seen: list[jax.Array], key: jax.Array, lessons: Lessons) -> jax.Array:
    """What the network says of each row, as `Network` does, with a part of it left out by chance."""
    import jax
    import jax.numpy as jnp

    word, ending, beginning, told = seen
    inputs = jnp.concatenate([weights["words"][word], weights["endings"][ending], weights["beginnings"][beginning], told], -1)
    key, own = jax.random.split(key)
    inputs *= jax.random.bernoulli(own, 1 - lessons.unseen, (*word.shape, 1))
    hidden = jax.nn.relu(inputs @ weights["first"] + weights["first_bias"])
    for number in range(lessons.layers):
        apart = 2**number
        edge = lessons.seen // 2 * apart
        wide = jnp.pad(hidden, ((0, 0), (edge, edge), (0, 0)))
        parts = [wide[:, at * apart : at * apart + hidden.shape[1]] @ weights["layers"][number, at] for at in range(lessons.seen)]
        added = jax.nn.relu(sum(parts) + weights["layers_bias"][number])
        key, own = jax.random.split(key)
        hidden += added * jax.random.bernoulli(own, 1 - lessons.dropped, added.shape) / (1 - lessons.dropped)
    return hidden @ weights["last"] + weights["last_bias"]
