"""Ties the spellings of a place, a product or a foreign name: accents, one letter, a pinyin ending beside its translation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from reviewer.checks.names.evidence import NEARBY, Tie, nearest, ranked, share_a_sentence
from reviewer.checks.names.mentions import Mention, Name, Names, fold, lower_words
from reviewer.checks.names.nations import is_nation
from reviewer.checks.names.places import PLACES
from reviewer.checks.pinyin import syllables
from reviewer.model import Span

# What the last syllable of a Chinese name of a place or a thing says, and the English words it is translated by.
_ENDINGS = {
    "gua": "melon melons", "he": "river", "jiang": "river", "shan": "mountain mountains mount hill hills", "hu": "lake",
    "lu": "road", "jie": "street avenue", "cun": "village", "zhen": "town township", "xian": "county", "shi": "city",
    "qu": "district", "sheng": "province", "dao": "island islands", "wan": "bay", "men": "gate", "ta": "tower pagoda",
    "si": "temple monastery", "miao": "temple shrine", "qiao": "bridge", "gang": "port harbor harbour",
    "xia": "gorge gorges canyon", "cha": "tea", "jiu": "liquor wine baijiu", "mian": "noodles", "yu": "fish", "ji": "chicken",
    "gong": "palace", "ling": "mausoleum tomb ridge", "yuan": "garden", "guan": "pass", "ju": "opera",
    "cai": "cuisine cabbage", "mi": "rice", "tan": "beach", "quan": "spring springs", "dong": "cave caves",
    "ling-yuan": "cemetery",
}  # fmt: skip
_ENGLISH = {word: syllable for syllable, words in _ENDINGS.items() for word in words.split()}
_NEXT = re.compile(r"\s+([A-Za-z]+)")
_BEFORE = re.compile(r"([\w'’-]+)\s+$")
# Endings that make another word of a name, not another spelling: Pakistani, Muslims, Sweden and Swedes.
_DERIVED = re.compile(r"(?:[ns]|an|ian|ans|ese|i|is|ic|ish|es|ed|er|ers|al|a|y|ies|ing|e)?$")
# Spellings of Britain and America, which an editor settles elsewhere, and endings that make two words.
_STYLES = (
    ("re", "er"),
    ("our", "or"),
    ("is", "iz"),
    ("ys", "yz"),
    ("ence", "ense"),
    ("ll", "l"),
    ("mme", "m"),
    ("ae", "e"),
    ("ey", "ay"),
    ("ism", "ist"),
    ("ies", "ied"),
)
_LETTERS = 6  # shorter names are a letter apart by chance: Green and Greek


def accent_ties(names: Names) -> Iterator[Tie]:
    """One name with its accents and without them: Ríos, Rios."""
    alike: dict[str, list[Name]] = defaultdict(list)
    for name in names.words.values():
        alike[fold(name.text)].append(name)
    for forms in alike.values():
        for one, other in combinations(forms, 2):
            if one.text.isascii() != other.text.isascii() and len(one.text) == len(other.text):
                yield Tie(*ranked(one, other), 1.0, "accents")


def letter_ties(names: Names) -> Iterator[Tie]:
    """Long names one letter apart: Shaybak, Shaibak. Not plurals and adjectives, and not two people with their own given names."""
    near: dict[str, list[Name]] = defaultdict(list)
    for name in names.words.values():
        letters = fold(name.text)
        if len(letters) >= _LETTERS:
            for key in {letters[:at] + letters[at + 1 :] for at in range(1, len(letters))} | {letters}:
                near[key].append(name)
    pairs = {
        frozenset((one.text, other.text)): (one, other)
        for block in near.values()
        if 1 < len(block) <= 6
        for one, other in combinations(block, 2)
        if one_letter(fold(one.text), fold(other.text))
    }
    if not pairs:
        return
    common = lower_words(names)
    for one, other in pairs.values():
        rarer, usual = ranked(one, other)
        if (
            {one.text.lower(), other.text.lower()} & common
            or _derived_part(one.text, other.text)
            or not (stands_amid(names, one) or stands_amid(names, other))
        ):
            continue
        strength = _same_name(names, rarer, usual)
        if strength and nearest(rarer, usual) <= NEARBY and not share_a_sentence(names, rarer, usual):
            yield Tie(rarer, usual, strength, "one letter")


def one_letter(one: str, other: str) -> bool:
    """One letter replaced, added, dropped or moved by one, no word derived from the other, and no two names in pinyin."""
    if one == other or {one, other} <= PLACES or (is_nation(one) or is_nation(other)) or (syllables(one) and syllables(other)):
        return False
    if any(one.replace(british, american) == other.replace(british, american) for british, american in _STYLES):
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    mine, others = one[start:], other[start:]
    doubled = (mine or others) == one[start - 1]  # Zelensky, Zelenskyy
    if start >= min(len(one), len(other)) - 2 and _DERIVED.match(mine) and _DERIVED.match(others) and not doubled:
        return False
    swapped = mine[:2] == others[1::-1] and mine[2:] == others[2:]
    return swapped or mine == others[1:] or mine[1:] == others or mine[1:] == others[1:]


def derived(one: str, other: str) -> bool:
    """Whether two names begin alike and differ by the endings of plurals and adjectives: Sweden, Swedish."""
    a, b = fold(one), fold(other)
    start = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return (start >= 4 and bool(_DERIVED.match(a[start:]) and _DERIVED.match(b[start:]))) or _derived_part(one, other)


def _derived_part(one: str, other: str) -> bool:
    """Whether two hyphened names differ by an adjective's ending inside: Asia-Pacific, Asian-Pacific."""
    pairs = list(zip(one.lower().split("-"), other.lower().split("-"), strict=False))
    return len(pairs) > 1 and any(a != b and (a.startswith(b) or b.startswith(a)) for a, b in pairs)


def stands_amid(names: Names, name: Name) -> bool:
    """Whether the name stands somewhere inside a sentence, where a capital letter means something."""
    for mention in name.mentions[:20]:
        before = names.text_of(mention)[: mention.span.start].rstrip()
        if before and (before[-1].isalnum() or before[-1] == ","):
            return True
    return False


def _same_name(names: Names, rarer: Name, usual: Name) -> float:
    """How sure it is that both are one name, by the capital words before them: 0 where each has only others, as two people have."""
    mine, others = _company(names, rarer), _company(names, usual)
    if mine & others:
        return 1.0
    if mine and others:
        return 0.0
    return 0.8 if len(rarer.mentions) == 1 else 0.0


def _company(names: Names, name: Name) -> set[str]:
    found = set()
    for mention in name.mentions[:20]:
        text = names.text_of(mention)
        before = _BEFORE.search(text, max(0, mention.span.start - 30), mention.span.start)
        after = _NEXT.match(text, mention.span.end)
        for word in (before and before[1], after and after[1]):
            if word and word[0].isupper():
                found.add(word)
    return found


def ending_ties(names: Names) -> Iterator[Tie]:
    """A pinyin ending in one place, its translation in another: Liuhexia and Liuhe Gorge. The translated form is the usual one."""
    lowered = {name.text.lower(): name for name in names.words.values()}
    for name in names.words.values():
        spelled = syllables(name.text)
        if len(spelled) < 2 or spelled[-1] not in _ENDINGS:
            continue
        stem = lowered.get(name.text[: -len(spelled[-1])].lower().rstrip("-'’"))
        if stem is None or len(stem.text) < 3:
            continue
        translated = [_with_next(names, mention) for mention in stem.mentions]
        usual = [(mention, text) for mention, text in translated if text.split()[-1].lower() in _ENDINGS[spelled[-1]].split()]
        if usual:
            forms = [text for _, text in usual]
            text = max(forms, key=forms.count)
            yield Tie(name, Name(text, tuple(mention for mention, _ in usual), float(len(usual))), 1.0, "ending")


def _with_next(names: Names, mention: Mention) -> tuple[Mention, str]:
    """A place of a name together with the word after it."""
    text = names.text_of(mention)
    after = _NEXT.match(text, mention.span.end)
    span = Span(mention.span.start, after.end() if after else mention.span.end)
    return Mention(mention.segment, span), " ".join(span.of(text).split())
