"""Pairs spellings of many documents that are likely one name: alike in their letters, a slip apart, or the same words in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from reviewer.checks.names.headwords import stem
from reviewer.checks.names.long_names import LINKS, take_apart
from reviewer.checks.names.mentions import fold
from reviewer.checks.names.nations import is_nation
from reviewer.checks.names.people import resemblance
from reviewer.checks.names.places import PLACES
from reviewer.checks.names.spelling import derived, one_letter
from reviewer.checks.pinyin import SURNAME_KEYS, syllables

_CROWD = 40  # spellings in one block; more are alike by chance, and would cost their square
_LETTERS = 7  # of a single word; shorter ones are a letter apart by chance


@dataclass(frozen=True, slots=True)
class Pair:
    """Two spellings of what is likely one name, the one with less weight first, and why: `letters`, `slip`, `order`, `spelling`."""

    rarer: str
    usual: str
    why: str


def pairs(weights: Mapping[str, float]) -> Iterator[Pair]:
    """The pairs among spellings; `weights` says how often each stands. In memory that grows with their number, not its square."""
    done: set[tuple[str, str]] = set()
    for why, blocks in _blocks(weights):
        for block in blocks:
            if not 1 < len(block) <= _CROWD:
                continue
            for one, other in combinations(sorted(block, key=lambda text: (weights[text], text)), 2):
                pair = (one, other)
                if pair not in done and _is_one(one, other, why):
                    done.add(pair)
                    yield Pair(one, other, why)


def _blocks(texts: Iterable[str]) -> Iterator[tuple[str, Iterable[list[str]]]]:
    """Blocks of spellings that one reason may tie, a reason at a time, so that only one index is in memory."""
    texts = list(texts)
    yield "letters", _grouped((fold(text), text) for text in texts).values()
    yield "slip", _grouped((key, text) for text in texts if _is_person(text) for key in _but_a_syllable(text)).values()
    yield "order", _grouped((" ".join(sorted(_stems(text))), text) for text in texts if len(text.split()) >= 3).values()
    yield "spelling", _grouped((key, text) for text in texts if _is_word(text) for key in _cut(fold(text))).values()


def _grouped(keyed: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, text in keyed:
        if key:
            found[key].append(text)
    return found


def _is_person(text: str) -> bool:
    words = text.split()
    return len(words) == 2 and words[0].lower() in SURNAME_KEYS and 1 <= len(syllables(words[1])) <= 2


def _but_a_syllable(text: str) -> Iterator[str]:
    """A person's name without each syllable of the given name in turn: two names a slip apart share one of these."""
    surname, given = text.split()
    spelled = syllables(given)
    for number in range(len(spelled) if len(spelled) > 1 else 0):
        yield "-".join((surname.lower(), *spelled[:number], "", *spelled[number + 1 :]))


def _is_word(text: str) -> bool:
    folded = fold(text)
    return " " not in text and len(folded) >= _LETTERS and folded not in PLACES and not is_nation(text)


def _stems(text: str) -> list[str]:
    content, head = take_apart(text)
    return [stem(word) for word in content if word not in LINKS] if head and len(content) >= 3 else []


def _cut(letters: str) -> set[str]:
    """The word, and the word without each of its inner letters in turn: two words one letter apart share one of these."""
    return {letters, *(letters[:at] + letters[at + 1 :] for at in range(1, len(letters)))}


def _is_one(one: str, other: str, why: str) -> bool:
    if one.casefold() == other.casefold() or one.isupper() != other.isupper():
        return False
    if why == "slip":
        return bool(resemblance(one.split()[1], other.split()[1])[0])
    if why == "spelling":
        return one_letter(fold(one), fold(other)) and not derived(one, other)
    return True
