"""Tells whether the Chinese for a foreign name sounds like that name."""

from __future__ import annotations

from reviewer.checks.names.mentions import fold
from reviewer.checks.names.renderings import reading

_VOWELS = ("a", "e", "i", "o", "u")
# The first letters of foreign words and of the syllables they are transliterated by, made alike.
_ALIKE_LETTERS = str.maketrans("bdgvfzjqxc", "ptkwwcccsk")
_DIGRAPHS = (("zh", "z"), ("ch", "z"), ("sh", "s"), ("th", "s"), ("ph", "f"))
_HELPING = "uei"  # the vowels a transliteration puts between two consonants


def sounds_like(word: str, han: str) -> bool:
    """Whether some character of a Chinese name sounds like the beginning of a foreign word: 沙 and Shaybak, 布 and Brown."""
    letters = _sounds(fold(word))
    for character in han:
        syllable = _sounds(reading(character))
        if letters[:1] in _VOWELS:
            alike = letters[:2] == syllable[:2] or (syllable[:1] in "yw" and letters[:1] == syllable[1:2])
        elif letters[1:2] in _VOWELS:
            alike = letters[:2] == syllable[:2]
        else:
            alike = letters[:1] == syllable[:1] and syllable[1:2] in _HELPING and len(syllable) == 2
        if alike:
            return True
    return False


def _sounds(letters: str) -> str:
    for written_so, sound in _DIGRAPHS:
        if letters.startswith(written_so):
            letters = sound + letters[len(written_so) :]
    return letters[:1].translate(_ALIKE_LETTERS) + letters[1:]
