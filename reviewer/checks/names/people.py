"""Ties the spellings of one person: turns the names of a document into pairs of a rarer form and the form it should have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import combinations, product

from reviewer.checks.names.evidence import Tie, acts, apart, nearest, offices, ranked, same_office, share_a_sentence
from reviewer.checks.names.headwords import HEADS
from reviewer.checks.names.mentions import HONORIFICS, Name, Names, fold
from reviewer.checks.pinyin import SURNAME_KEYS, slip, syllables, wade_giles

WINDOW = 400  # segments; people further apart are not compared, so that a book costs no more than its chapters
_SAME_STORY = 8  # segments within which an office does not change hands
CROWD = 12  # names that share a surname in one window: beyond it two alike are two people
_NAMESAKES = 3  # that a story may have by mistake; more are, unless it is very long, people who share a given name
_KOREAN = frozenset(
    "kim park lee choi jung jong kang cho yoon jang lim oh seo shin kwon hwang ahn song hong un il eun suk seok sook "
    "woo soo hyun hyung joo jae ju moon myung young yong chul hee kyung jin min sung seung bae ae nam byung hyuk joon "
    "geun in ho mi na ra yeon won kwan sang jeong gyu beom cheol dae do dong hwan ik kyu rim seol shik sik tae taek "
    "uk wan ye yoo yu".split()
)
# One holder at a time; of professors and reporters there are many.
_UNIQUE = frozenset("president premier chancellor mayor governor ceo chairman chairwoman chairperson".split())


@lru_cache(maxsize=1)  # several detectors ask for those of one document
def full_names(names: Names) -> tuple[Name, ...]:
    """The names that may be a person's: Chinese ones anywhere, others where they stand alone as two or three words."""
    found = dict(names.people)
    for text, name in names.names.items():
        if 2 <= len(name.words) <= 3 and " of " not in text:
            found.setdefault(text, name)
    return tuple(found.values())


def spacing_ties(names: Names) -> Iterator[Tie]:
    """Names in the same letters that differ in spaces, hyphens or apostrophes: Tangtang, Tang Tang."""
    # A word inside a name is compared with words only: the given name of Gao Duanpeng is not a person called Duan Peng.
    alike: dict[tuple[str, bool], dict[str, Name]] = defaultdict(dict)
    for group in (names.people, names.names, names.words):
        for text, name in group.items():
            alike[(fold(text), group is names.words)][text] = name
    for (letters, _), forms in alike.items():
        if len(forms) < 2 or len(letters) < 4:
            continue
        usual = max(forms.values(), key=lambda name: (name.weight, -name.mentions[0].segment, -name.mentions[0].span.start))
        for name in forms.values():
            differs = name.text.casefold() != usual.text.casefold() and _spaced(name.text, usual.text)
            if differs and nearest(name, usual) <= WINDOW:
                yield Tie(name, usual, 1.0, "spacing")


def _spaced(one: str, other: str) -> bool:
    """Whether two names of the same letters are Chinese or Korean: an apostrophe lost makes a name look less so (Bao'an, Baoan)."""
    marked = [text for text in (one, other) if "'" in text or "’" in text]
    return all(_romanised(text) for text in (marked if len(marked) == 1 and " " not in one + other else (one, other)))


def _romanised(text: str) -> bool:
    """Whether a Chinese or Korean name is spelled so: pinyin or Wade-Giles, hyphens inside (Jong-un, Ching-te)."""
    return all(
        syllables(word) or all(syllables(part) or wade_giles(part) or part in _KOREAN for part in word.lower().split("-"))
        for word in text.split()
    )


def romanisation_ties(names: Names) -> Iterator[Tie]:
    """One name in Wade-Giles and in pinyin: Tsai Ming-chih, Cai Mingzhi."""
    romanised = {fold(text): name for text, name in names.people.items()}
    for text, name in {**names.names, **names.people}.items():
        parts = text.lower().replace("-", " ").split()
        if "-" not in text or not 2 <= len(parts) <= 4:
            continue
        readings = [sorted(wade_giles(part)) for part in parts]
        for letters in map("".join, product(*readings)):
            other = romanised.get(letters)
            if other and letters != fold(text):
                yield Tie(*ranked(name, other), how="Wade-Giles")
                break


def slip_ties(names: Names) -> Iterator[Tie]:
    """People of one surname whose given names are one slip apart: Li Chunshan, Li Chunsan."""
    for rarer, usual in _pairs(full_names(names), lambda name: fold(name.words[0])):
        how, sure = resemblance(" ".join(rarer.words[1:]), " ".join(usual.words[1:]))
        yield from _judged(names, rarer, usual, how, sure)


def surname_ties(names: Names) -> Iterator[Tie]:
    """People of one given name under two surnames: Yang Yonggang, Zheng Yonggang.

    A text that has many of them is a register, where people do share given names.
    """
    people = full_names(names)
    pairs = _pairs(people, lambda name: _sound(" ".join(name.words[1:])))
    ties = [tie for rarer, usual in pairs for tie in _judged(names, rarer, usual, *_surname_slip(rarer, usual))]
    if len(ties) <= _NAMESAKES or len(ties) * CROWD < len(people):
        yield from ties


def _judged(names: Names, rarer: Name, usual: Name, how: str, sure: float) -> Iterator[Tie]:
    if how and not _generic(rarer, usual):
        same = same_office(names, rarer, usual)
        if not apart(names, rarer, usual, same):
            yield Tie(rarer, usual, min(1.0, sure + 0.25 * same), how)


def office_ties(names: Names) -> Iterator[Tie]:
    """Holders of one office that only one can hold, under names that resemble each other: Premier Li Qian, Premier Li Jian."""
    holders: dict[tuple[str, int], list[Name]] = defaultdict(list)
    for name in {**names.people, **names.names}.values():
        held = {
            office
            for office, _ in offices(names, name)
            if office in _UNIQUE or office.endswith("minister") or office.startswith("vice")
        }
        for office in held:
            holders[(office, name.mentions[0].segment // WINDOW)].append(name)
    for block in holders.values():
        if 1 < len(block) <= CROWD:
            for one, other in combinations(block, 2):
                rarer, usual = ranked(one, other)
                alike = _overlap(rarer, usual)
                if not alike and (not _unlike(rarer, usual) or nearest(rarer, usual) > _SAME_STORY):
                    continue
                if same_office(names, rarer, usual, narrowed=not alike) and not apart(names, rarer, usual, same=True):
                    yield Tie(rarer, usual, 1.0 if alike else 0.5, "office")


def _overlap(one: Name, other: Name) -> bool:
    """Whether two full names share a word and neither is short for the other, or look alike as a whole."""
    if min(len(one.words), len(other.words)) < 2 or any(len(word) < 2 for name in (one, other) for word in name.words):
        return False
    words, others = set(map(fold, one.words)), set(map(fold, other.words))
    if words <= others or others <= words:
        return False
    if len(words & others) >= 2:
        return True
    from rapidfuzz.distance import Levenshtein  # loads a compiled library: only where one office has two holders

    return Levenshtein.normalized_similarity(fold(one.text), fold(other.text)) >= (0.6 if words & others else 0.7)


def _unlike(one: Name, other: Name) -> bool:
    """Whether two full names have no word in common, so that neither is short for the other."""
    return min(len(one.words), len(other.words)) >= 2 and not set(map(fold, one.words)) & set(map(fold, other.words))


def address_ties(names: Names) -> Iterator[Tie]:
    """Mr Sun who is Mr Son a line later: one is a Chinese surname, the other is not and stands a letter beside it."""
    addressed = [
        name
        for name in names.names.values()
        if len(name.words) == 1 and 2 < len(name.text) < 8 and any(office in HONORIFICS for office, _ in offices(names, name))
    ]
    for rarer, usual in _pairs(addressed, lambda name: fold(name.text)[0]):
        one, other = fold(rarer.text), fold(usual.text)
        if (one in SURNAME_KEYS) != (other in SURNAME_KEYS) and nearest(rarer, usual) <= 3 and len(rarer.mentions) == 1:
            differing = sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other))
            if differing == 1 and not share_a_sentence(names, rarer, usual):
                yield Tie(rarer, usual, 1.0, "address")


def stranger_ties(names: Names) -> Iterator[Tie]:
    """Someone who speaks unintroduced right after another who shares all but one syllable: Kaixin says, Kai Zhen is certain."""
    people = {**names.people, **{text: name for text, name in names.names.items() if len(name.words) <= 2}}
    spelled = {text: syllables("-".join(name.words)) for text, name in people.items()}
    romanised = [name for text, name in people.items() if 2 <= len(spelled[text]) <= 3]
    for block in _blocks(romanised, lambda name: "-".join(spelled[name.text][:-1])):
        if len(block) != 2:
            continue
        rarer, usual = ranked(*block)
        if (
            len(rarer.mentions) == 1 < len(usual.mentions)
            and len(spelled[rarer.text]) == len(spelled[usual.text])
            and spelled[rarer.text] != spelled[usual.text]
            and nearest(rarer, usual) <= 2
            and acts(names, rarer.mentions[0])
            and any(acts(names, mention) for mention in usual.mentions)
            and not any(offices(names, rarer))
            and not share_a_sentence(names, rarer, usual)
        ):
            yield Tie(rarer, usual, 1.0, "stranger")


def _pairs(people: Iterable[Name], key: Callable[[Name], str]) -> Iterator[tuple[Name, Name]]:
    for block in _blocks(people, key):
        for one, other in combinations(block, 2):
            yield ranked(one, other)


def _blocks(people: Iterable[Name], key: Callable[[Name], str]) -> Iterator[list[Name]]:
    """Names that share a key within one window of the document; crowds are left out."""
    blocks: dict[tuple[str, int], list[Name]] = defaultdict(list)
    for name in people:
        shared = key(name)
        for window in {mention.segment // WINDOW for mention in name.mentions}:
            blocks[(shared, window)].append(name)
    done: set[frozenset[str]] = set()
    for (shared, _), block in blocks.items():
        texts = frozenset(name.text for name in block)
        if shared and 1 < len(block) <= CROWD and texts not in done:
            done.add(texts)
            yield block


def _sound(given: str) -> str:
    """A given name with what is most often confused made alike: Chun-shan and Chunsan, Xin and Xing."""
    spelled = syllables(given.replace(" ", "-"))
    return "-".join(s.replace("zh", "z").replace("ch", "c").replace("sh", "s").replace("ng", "n") for s in spelled) or fold(given)


def _surname_slip(rarer: Name, usual: Name) -> tuple[str, float]:
    """Another surname before the same given name: any where the given name has two syllables, else only one that resembles."""
    one, other, given = rarer.words[0], usual.words[0], " ".join(rarer.words[1:])
    if fold(one) == fold(other):
        return "", 0.0
    if len(syllables(given.replace(" ", "-"))) == 2 and {one.lower(), other.lower()} <= SURNAME_KEYS:
        return f"{one}/{other}", 1.0 if slip(one.lower(), other.lower()) else 0.85
    return resemblance(one, other) if len(fold(given)) >= 4 else ("", 0.0)


def resemblance(one: str, other: str) -> tuple[str, float]:
    """What slip makes one part of a name of the other, and how telling it is; ("", 0) where they are two names."""
    a, b = fold(one), fold(other)
    first, second = syllables(one.replace(" ", "-")), syllables(other.replace(" ", "-"))
    if first and second and a != b:
        return _romanised_slip(first, second)
    # One letter at the end tells people apart: Mario and Maria, Robert and Roberts.
    if a[:-1] == b[:-1] or a.startswith(b) or b.startswith(a) or a[:1] != b[:1]:
        return "", 0.0
    from rapidfuzz.distance import Levenshtein  # loads a compiled library: only where two names are alike

    shorter = min(len(a), len(b))
    distance = Levenshtein.distance(a, b, score_cutoff=2)
    if (distance == 1 and shorter >= 5) or (distance == 2 and shorter >= 6 and a[-1] == b[-1]):
        return ("one letter", 0.85) if distance == 1 else ("two letters", 0.7)
    return "", 0.0


def _romanised_slip(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, float]:
    differing = [(x, y) for x, y in zip(first, second, strict=False) if x != y]
    if len(first) != len(second) or not differing:
        return "", 0.0
    if len(differing) == 1 and len(first) >= 2 and slip(*differing[0]):
        return slip(*differing[0]), 0.85
    return "", 0.0


def _generic(one: Name, other: Name) -> bool:
    """Whether what differs is a common noun, an office or a form of address: Polish Ministry, Polish Minister."""
    words, others = set(one.words), set(other.words)
    return any(
        word.lower() in HEADS or word.lower() in HONORIFICS or word.lower().endswith(("minister", "s")) for word in words ^ others
    )
