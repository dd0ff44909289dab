"""Finds the names a document mentions: capitalised tokens, names of a few words, and long titles, each with its places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from reviewer.checks.pinyin import SURNAME_KEYS, syllables
from reviewer.checks.shape import is_headline
from reviewer.model import Document, Span

_UPPER = "A-Z" + "".join(chr(code) for code in range(0xC0, 0x250) if chr(code).isupper())
# A capitalised word: inner hyphens and apostrophes bind (Kai-xin, Xi'an, O'Brien), a possessive 's does not.
_WORD = rf"(?:[{_UPPER}]\.){{2,}}|[{_UPPER}][^\W_]*(?:(?:['’](?!s\b)|-)[^\W_]+)*"
_LINK = r"(?:of|the|and|for|on|in|to|at|with|between|against|de|du|del|della|la|von|van|der|den|bin|ibn|al|el|&)"
RUN = re.compile(rf"(?:{_WORD})(?:\s+(?:{_LINK}\s+){{0,2}}(?:{_WORD}))*")
TOKEN = re.compile(_WORD)
_IN_LOWER_CASE = re.compile(r"\b[a-z]{3,}")
_LETTERS = re.compile(r"[a-z]+")
_LOWER_WORD = re.compile(r"(?<![\w'’-])[a-z]{4}")
_SENTENCE_END = re.compile(r"[.!?。！？][\"'”’)]*\s|[。！？\n]")

# Words that open a sentence or a clause: capitalised, and no part of the name after them.
_OPENERS = frozenset(
    "a about according after again all also although among an and another any as at because before besides both but "
    "by can did do does during each earlier either even every few following for former from given had has have here "
    "how however i if in inside into is it its just last late later like many meanwhile most mr my near next no nor "
    "not now of old on once one only or other our out outside over since so some still such than thanks that the "
    "their then there these they this those though through to today together tomorrow too two three under unlike "
    "until up upon was we were what when where whether which while who whose why with within without yes yesterday "
    "yet your".split()
)
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb apr aug sept oct nov dec".split()
)
# What stands before a person's name and is no part of it.
HONORIFICS = frozenset("mr mrs ms miss dr prof sir madam comrade teacher professor lord lady dame".split())
# Offices and forms of address, in one word.
TITLE_WORDS = HONORIFICS | frozenset(
    "president premier chairman chairwoman chairperson chair minister prime secretary secretary-general governor "
    "mayor director ceo general spokesman spokeswoman spokesperson ambassador reporter correspondent captain colonel "
    "major senator king queen prince princess pope emperor academician vice deputy former acting foreign defense "
    "defence finance executive manager chancellor leader coach doctor congressman judge justice officer "
    "representative rep sen gov gen lt sgt col maj commander party".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a name stands: `span` of the target of the document's segment number `segment`."""

    segment: int
    span: Span


@dataclass(frozen=True, slots=True)
class Name:
    """One way of writing a name. `weight` counts its places: 1 in running text, a half in a headline, 0 in a repeated segment."""

    text: str
    mentions: tuple[Mention, ...]
    weight: float

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the name as written."""
        return tuple(self.text.split())


@dataclass(frozen=True, slots=True, eq=False)  # one document, one object: it may key a cache
class Names:
    """What a document mentions: capitalised words, acronyms, names of up to four words, people in pinyin, and long titles."""

    document: Document
    words: dict[str, Name]
    acronyms: dict[str, Name]
    names: dict[str, Name]
    people: dict[str, Name]
    titles: dict[str, Name]

    def text_of(self, mention: Mention) -> str:
        """The target of the segment that holds a mention."""
        return self.document.segments[mention.segment].target


_Found = tuple[str, int, int, str]  # the field of Names, start and end in the run, the text
_LONGEST_WORD = 40  # letters; anything longer is no name
_LONGEST_TITLE = 24  # words
# Surnames and given names that are English words too: no person is called by two of these and nothing else.
_ENGLISH = frozenset(
    "he you long can ran sang hang song gang bang pen ten men man die lie me she fan pan ban sun bin pie tie tan run "
    "gun fun bun hen dan wan kai sin song wing ping pang rang ran women shu an a e yang yin".split()
)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The letters of a name without case, accents, spaces, hyphens and apostrophes: Xi'an, Xi An and XIAN are one."""
    if not text.isascii():
        text = "".join(
            c for c in unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ø", "o").replace("ł", "l")) if c.isalnum()
        )
    return re.sub(r"[\W_]+", "", text).lower()


def collect(document: Document) -> Names:
    """Every name of the document with its places in reading order. All-capital and all-lower-case text has none."""
    places: dict[str, dict[str, list[Mention]]] = {"words": {}, "acronyms": {}, "names": {}, "people": {}, "titles": {}}
    weights: dict[str, dict[str, float]] = {kind: {} for kind in places}
    seen: set[str] = set()
    for number, segment in enumerate(document.segments):
        text = segment.target
        weight = 0.0 if text in seen else 0.5 if is_headline(segment) else 1.0
        seen.add(text)
        runs = list(RUN.finditer(text))
        # Where every longer word has a capital, a capital tells nothing: of such a segment only people and whole titles count.
        covered = sum(match.end() - match.start() for match in runs)
        shouting = covered > 0.7 * len(text) and len(text) > 40 and not _LOWER_WORD.search(text)
        for match in runs:
            run, offset = match.group(), match.start()
            last, mention = (-1, -1), None
            for kind, start, end, name in _parsed(run):
                if shouting and kind in ("words", "names", "acronyms"):
                    continue
                if mention is None or (start, end) != last:  # a word is most often the whole name too
                    last, mention = (start, end), Mention(number, Span(offset + start, offset + end))
                if name in (found := places[kind]):
                    found[name].append(mention)
                    weights[kind][name] += weight
                else:
                    found[name], weights[kind][name] = [mention], weight
    fields = {
        kind: {name: Name(name, tuple(mentions), weights[kind][name]) for name, mentions in found.items()}
        for kind, found in places.items()
    }
    return Names(document, **fields)


@lru_cache(maxsize=16384)  # few runs are new: most are a word that opens a sentence, or a name told before
def _parsed(run: str) -> tuple[_Found, ...]:
    return tuple(_parse(run))


def _parse(run: str) -> Iterator[_Found]:
    """The names in one run of capitalised words and the small words between them."""
    atoms: list[list[re.Match[str]]] = [[]]
    for token in TOKEN.finditer(run):
        if atoms[-1] and not run[atoms[-1][-1].end() : token.start()].isspace():
            atoms.append([])
        atoms[-1].append(token)
    while atoms[0] and _opens(atoms[0]):
        atoms[0].pop(0)
    for atom in atoms:
        for token in atom:
            word = token.group()
            if 2 < len(word) <= _LONGEST_WORD:
                kind = "words" if not word.isupper() else "acronyms" if len(word) < 7 and word.isalpha() else ""
                if kind:
                    yield kind, token.start(), token.end(), word
        yield from _names(run, atom)
        yield from _people(run, atom)
    words = [token for atom in atoms for token in atom]
    if 2 <= len(words) <= _LONGEST_TITLE:
        yield "titles", words[0].start(), words[-1].end(), _plain(run, words)


def _opens(atom: list[re.Match[str]]) -> bool:
    """Whether the first word of a run is no part of the name: `On Friday Lu`, `In June Lu Xiaohong`; but June Carver is one."""
    word = atom[0].group().lower()
    return word in _OPENERS or word in WEEKDAYS or (word in MONTHS and len(atom) > 2)


def _names(run: str, atom: list[re.Match[str]]) -> Iterator[_Found]:
    """What follows the last title of a run (Vietnamese Prime Minister), where it is short enough to be one name."""
    last_title = max((n for n, word in enumerate(atom) if word.group().lower() in TITLE_WORDS), default=-1)
    words = atom[last_title + 1 :]
    if 1 <= len(words) <= 4 and not any(word.group().isupper() or len(word.group()) > _LONGEST_WORD for word in words):
        yield "names", words[0].start(), words[-1].end(), _plain(run, words)


def _people(run: str, atom: list[re.Match[str]]) -> Iterator[_Found]:
    """Chinese people: a surname, and a given name of one or two syllables in one word or in two."""
    number = 0
    while number + 1 < len(atom):
        surname, given = atom[number].group(), atom[number + 1].group()
        count = len(syllables(given)) if surname.lower() in SURNAME_KEYS and not given.isupper() else 0
        if not 1 <= count <= 2:
            number += 1
            continue
        last = number + 1
        if count == 1 and last + 1 < len(atom) and len(syllables(atom[last + 1].group())) == 1:
            last += 1
        words = atom[number : last + 1]
        if all(word.group().lower() in _ENGLISH for word in words):
            number += 1
            continue
        yield "people", words[0].start(), words[-1].end(), _plain(run, words)
        number = last + 1


def _plain(run: str, words: list[re.Match[str]]) -> str:
    """The words as one line: a line break inside a name is no other spelling."""
    return " ".join(run[words[0].start() : words[-1].end()].split())


@lru_cache(maxsize=1)  # several detectors ask for those of one document
def lower_words(names: Names) -> frozenset[str]:
    """The words of three letters and more that the document has in lower case, which are words and no names."""
    return frozenset(word for segment in names.document.segments for word in _IN_LOWER_CASE.findall(segment.target))


@lru_cache(maxsize=1)  # several detectors ask for those of one document
def words_of(names: Names) -> frozenset[str]:
    """The words of a document in Latin letters, in lower case and without what an apostrophe or a hyphen parts from them."""
    return frozenset(word for text in lowered(names) for word in _LETTERS.findall(text))


@lru_cache(maxsize=1)  # several detectors ask for those of one document
def lowered(names: Names) -> tuple[str, ...]:
    """The target of each segment in lower case, to look for words in; places in it may be others than in the target."""
    return tuple(segment.target.lower() for segment in names.document.segments)


def in_one_sentence(text: str, one: Span, other: Span) -> bool:
    """Whether nothing between two spans of a text ends a sentence."""
    first, second = sorted((one, other))
    return not _SENTENCE_END.search(text, first.end, max(first.end, second.start))
