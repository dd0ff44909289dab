"""Ties a foreign name to what the pinyin of its Chinese makes of it: Pham Minh Chinh, Fan Mingzheng."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from reviewer.checks.names.chinese_runs import are_apart
from reviewer.checks.names.evidence import Tie, same_office
from reviewer.checks.names.mentions import Name, Names, fold
from reviewer.checks.names.people import full_names
from reviewer.checks.pinyin import SURNAME_KEYS, SYLLABLES, syllables

# A surname as Vietnamese, Koreans and the Chinese of Hong Kong, Taiwan and Singapore write it, and as pinyin has it.
_SURNAMES = """
pham=fan nguyen=ruan tran=chen le=li hoang=huang huynh=huang vu=wu vo=wu bui=pei dang=deng do=du ho=hu ngo=wu duong=yang
ly=li phan=pan dinh=ding doan=duan trinh=zheng vuong=wang to=su lam=lin truong=zhang luong=liang dao=tao mai=mei cao=gao
ta=xie ha=he phung=feng kim=jin lee=li park=piao choi=cui jung=zheng jeong=zheng chung=zheng kang=jiang cho=zhao yoon=yin
jang=zhang lim=lin moon=wen ahn=an seo=xu hwang=huang song=song kwon=quan oh=wu shin=shen yang=liang han=han chan=chen
wong=huang wong=wang leung=liang tang=deng cheng=zheng tsang=zeng ng=wu tse=xie lau=liu law=luo yip=ye choi=cai hui=xu
fung=feng cheung=zhang chow=zhou yeung=yang lam=lin chu=zhu mak=mai so=su tong=tang kwok=guo kwan=guan poon=pan siu=xiao
chiu=zhao ip=ye tsai=cai hsieh=xie hsu=xu hsiao=xiao chang=zhang chou=zhou chao=zhao teng=deng kuo=guo lo=luo yeh=ye
tseng=zeng chiang=jiang hsia=xia chien=qian chiu=qiu ko=ke ting=ding kao=gao tan=chen ong=wang goh=wu chua=cai tay=zheng
koh=xu chia=xie teo=zhang ang=hong toh=zhuo sim=shen yeo=yang low=liu seah=xie
"""
_PINYIN: dict[str, set[str]] = defaultdict(set)
for _pair in _SURNAMES.split():
    _PINYIN[_pair.split("=")[0]].add(_pair.split("=")[1])
# First letters that stand for one Chinese initial in those spellings and in pinyin.
_LETTERS = str.maketrans("pbhvgkqzcxsdrnl", "fffwjjjjjjjtyyy")
_DIGRAPHS = {
    "tr": "z", "ch": "z", "zh": "z", "ts": "z", "th": "t", "ph": "f", "sh": "z", "hs": "z", "kh": "k", "gi": "z",
}  # fmt: skip


def sinicised_ties(names: Names) -> Iterator[Tie]:
    """A person under a foreign surname, and one under the pinyin of that surname with a given name of as many syllables.

    Either the given names begin alike, syllable by syllable, or both hold one office. The foreign name is the right one.
    """
    people = [name for name in full_names(names) if 2 <= len(name.words) <= 4]
    chinese: dict[str, list[Name]] = defaultdict(list)
    for name in people:
        if len(name.words) == 2 and syllables(name.words[1]):
            chinese[fold(name.words[0])].append(name)
    for name in people:
        given = _given(name)
        surname = fold(name.words[0])
        if not given or (len(name.words) == 2 and syllables(name.words[1]) and surname in SURNAME_KEYS):
            continue
        for pinyin in sorted(_PINYIN.get(surname, ())):
            for other in chinese.get(pinyin, ()):
                spelled = syllables(other.words[1])
                if len(spelled) != len(given) or other is name or not are_apart(name, other):
                    continue
                alike = sum(_first(a) == _first(b) for a, b in zip(given, spelled, strict=True))
                same = same_office(names, name, other)
                if alike == len(given) or (same and alike):
                    yield Tie(other, name, 1.0 if same else 0.8, "sinicised")


def _given(name: Name) -> tuple[str, ...]:
    """The syllables of a given name that is written apart or with hyphens: Minh Chinh, Jong-un; () for one in other forms."""
    parts = [fold(part) for word in name.words[1:] for part in word.split("-")]
    return tuple(parts) if 1 <= len(parts) <= 2 and all(2 <= len(part) <= 6 for part in parts) else ()


def _first(syllable: str) -> str:
    """A class for how a syllable begins, rough enough to hold in Chinese, Vietnamese and Korean."""
    syllable = _DIGRAPHS.get(syllable[:2], syllable[:2]) + syllable[2:]
    if syllable in SYLLABLES and syllable[:1] in "yw":
        syllable = syllable[1:]
    return "" if syllable[:1] in "aeiou" else syllable[:1].translate(_LETTERS)
