"""Knows the nouns that institutions, events and documents are named with, and which words are forms of one stem."""

from __future__ import annotations

from functools import lru_cache

from reviewer.checks.names.mentions import fold

# What an institution, event or document is called; the words of one line may stand for one Chinese word.
_HEADS = """
forum summit
conference congress convention
committee commission council
university college
institute academy
school
center centre
bureau
office
administration
agency
authority
department
ministry
association federation society
union
alliance league
foundation fund
bank database repository
group corporation company enterprise holdings
agreement accord pact
treaty
memorandum
plan program programme scheme initiative project strategy
declaration statement communique
law
act
regulation
report
paper
index
exhibition expo fair
festival
museum
gallery
library
hospital
laboratory
observatory
station
park
zone
area
district
county
province
city
township
village
street
court
procuratorate
bridge
airport
port
highway
expressway
road
railway
river
lake
mountain
party
prize award
cup
newspaper times network news daily
competition contest championship
finance financial
force
share
""".strip().splitlines()
HEADS = {word: line.split()[0] for line in _HEADS for word in line.split()}
_SUFFIXES = tuple(
    "izations ization isation ations ation ional iaries iary ment ments ical ial ism ists ist ive ing ion ions ers "
    "ian ese ary al ic ed er or es an s y e n".split()
)


def singular(word: str) -> str:
    """A noun without its plural ending: parties, party."""
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """What a word shares with its relatives: integrated, integration, integrate; nationalist, national."""
    word = singular(word)
    if word in HEADS:
        return HEADS[word]
    word = fold(word)
    for _ in range(3):
        cut = next(
            (word.removesuffix(suffix) for suffix in _SUFFIXES if word.endswith(suffix) and len(word) - len(suffix) >= 4), word
        )
        if cut == word:
            break
        word = cut
    return HEADS.get(word, word)
