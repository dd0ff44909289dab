"""How a model is run with llama.cpp: what stands before a passage costs no logits, and each token has its own logits and state."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import ModuleType, SimpleNamespace

import pytest

from reviewer.checks.suspect.llama import AT_ONCE, Llama

TOKENS = 7


class Batch:
    def __init__(self, **_: int) -> None:
        self.tokens: list[tuple[int, int, bool]] = []

    def clear(self) -> None:
        self.tokens = []

    def add(self, token: int, place: int, sequences: Sequence[int], wanted: bool) -> None:
        self.tokens.append((token, place, wanted))


class Context:
    """As the library: logits and states of the last batch, for tokens of which they were asked; none where only it is read on."""

    def __init__(self, *_: object, **__: object) -> None:
        self.read: list[int] = []
        self.computed = 0
        self._gives = True

    def kv_cache_clear(self, _: bool) -> None:
        self.read = []

    def set_embeddings_mode(self, gives: bool) -> None:
        self._gives = gives

    def decode(self, batch: Batch) -> None:
        assert 0 < len(batch.tokens) <= AT_ONCE
        assert [place for _, place, _ in batch.tokens] == list(range(len(self.read), len(self.read) + len(batch.tokens)))
        self.read += [token for token, _, _ in batch.tokens]
        self.computed += len(batch.tokens) if self._gives else sum(wanted for _, _, wanted in batch.tokens)
        self._last = batch.tokens

    def get_logits_ith(self, number: int) -> list[float]:
        token, place, wanted = self._last[number]
        assert wanted
        return [float(token + place)] * TOKENS

    def get_embeddings_ith(self, number: int) -> list[float]:
        token, place, wanted = self._last[number]
        assert wanted
        assert self._gives
        return [float(token), float(place)]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Llama:
    vocabulary = SimpleNamespace(n_vocab=TOKENS, get_add_bos=lambda: False)
    library = ModuleType("cyllama.llama.llama_cpp")
    library.__dict__.update(
        LlamaModel=type(
            "LlamaModel", (), {"__init__": lambda *_, **__: None, "get_vocab": lambda _: vocabulary, "n_ctx_train": 9999}
        ),
        LlamaModelParams=SimpleNamespace,
        LlamaContextParams=SimpleNamespace,
        LlamaContext=Context,
        LlamaBatch=Batch,
        disable_logging=lambda: None,
    )
    package = ModuleType("cyllama.llama")
    package.__dict__["llama_cpp"] = library
    monkeypatch.setitem(sys.modules, "cyllama", ModuleType("cyllama"))
    monkeypatch.setitem(sys.modules, "cyllama.llama", package)
    return Llama("some.gguf", 1)


@pytest.mark.parametrize("before", [1, 5, AT_ONCE, AT_ONCE + 3])
@pytest.mark.parametrize("own", [1, 9, AT_ONCE, 3 * AT_ONCE + 1])
def test_each_token_has_the_logits_in_its_place_and_the_state_after_it(model: Llama, before: int, own: int) -> None:
    tokens = [number % 5 for number in range(before + own)]
    wanted = [False] * before + [True] * own
    found = [*model.read(tokens, wanted, logits=True)]
    places = range(before, before + own)
    assert [logits.tolist() for logits, _ in found] == [[tokens[place - 1] + place - 1] * TOKENS for place in places]
    assert [state.tolist() for _, state in found] == [[tokens[place], place] for place in places]
    assert model._context.read == tokens
    assert model._context.computed == own + 1  # of what stands before only the last token's logits


def test_without_logits_there_are_only_states(model: Llama) -> None:
    found = [*model.read([3, 1, 4, 1], [False, True, False, True], logits=False)]
    assert [state.tolist() for _, state in found] == [[1, 1], [1, 3]]
    assert {len(logits) for logits, _ in found} == {0}


def test_where_nothing_is_wanted_nothing_is_given(model: Llama) -> None:
    assert [*model.read([3, 1], [False, False], logits=True)] == []
    assert model._context.computed == 0
