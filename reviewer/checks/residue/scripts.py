"""Finds words that were left in Chinese or in another script, and tells a glossed original from an untranslated one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.checks import pinyin
from reviewer.checks.shape import HAN
from reviewer.model import Finding, Rule, Segment, Span

_HAN = HAN.pattern
_LINKS = r"[ \t\d·・‧、，。：；！？“”‘’《》〈〉「」『』【】（）—…％%/\-]{0,4}"
HAN_RUN = re.compile(rf"[《〈「『]{{0,3}}\d{{0,9}}{_HAN}(?:{_LINKS}{_HAN})*[》〉」』、，。：；！？…]*")
"""Chinese words with the digits and Chinese marks that belong to them."""

_KANA = "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9d"
_JAPANESE = re.compile(f"[{_KANA}]")
# Words of scripts that English is not written in; Greek takes three letters, since single ones are symbols.
_WORD = "|".join((
    rf"(?:{_HAN}){{0,20}}[{_KANA}](?:[{_KANA}\u30fb]|{_HAN})*",  # Japanese
    r"[\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f]+",  # Korean
    r"[\u0400-\u052f]{2,}",  # Cyrillic
    r"[\u0370-\u03ff\u1f00-\u1fff]{3,}",  # Greek
    r"[\u0590-\u05ff]{2,}|[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]{2,}",  # Hebrew, Arabic
    r"[\u0900-\u0dff]{2,}|[\u0e00-\u0eff]{2,}|[\u0f40-\u0fbc]{2,}|[\u1000-\u109f]{2,}",  # India, Thai and Lao, Tibetan, Burmese
    r"[\u0530-\u058f]{2,}|[\u10a0-\u10ff]{2,}|[\u1780-\u17ff]{2,}|[\u1820-\u18aa]{2,}",  # Armenian, Georgian, Khmer, Mongolian
))  # fmt: skip
_OTHER_RUN = re.compile(rf"(?:{_WORD})(?:[\s,.،\u200c\u200d–-]{{1,2}}(?:{_WORD}))*")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]{2,}")
_LONGEST_GLOSS = 20
"""Characters; a longer original in brackets is no term but a sentence left over."""

_OPEN_BRACKET = re.compile(r"[(\[（［][^()\[\]（）［］]{0,80}$")
_CLOSING_BRACKET = re.compile(r"[)\]）］]")
_GLOSS_AFTER = re.compile(
    r"[\"'“”‘’»*_\s]*(?:[(\[（［][^)\]）］]*[A-Za-z]"
    r"|,? ?(?:meaning|means|meant|which means|that is|i\.e\.|literally|or|translated|translates|pronounced|refers to|stands for)\b)"
)
# A text about characters has to show them: the character 福, the words 人 and 从, written as 和.
_MENTION_BEFORE = re.compile(
    r"\b(?:characters?|ideographs?|logograms?|radicals?|hanzi|kanji|surnames?|homophones?|Chinese (?:names?|words?|terms?|phrases?)"
    r"|(?:words?|terms?) for [\w ]{1,30}|written|rendered|inscribed|spelled|pronounced)\b"
    r"(?:[^.;A-Za-z]|\b(?:and|or|as|for|of|is|are|was|in Chinese|with)\b)*$"
)
_WORDS_BEFORE = re.compile(r"((?:[^\W\d_]+(?:['’][^\W\d_]+)?[ -]){0,3}[^\W\d_]+(?:['’][^\W\d_]+)?)[ \"“'‘]*$")
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜĀÁǍÀĒÉĚÈĪÍǏÌŌÓǑÒŪÚǓÙ", "aaaaeeeeiiiioooouuuuüüüüAAAAEEEEIIIIOOOOUUUU")


def untranslated_words(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Chinese words in English that no gloss beside them explains."""
    text = segment.target
    if text.isascii() or not HAN.search(text) or mostly_foreign(text):
        return
    for found in HAN_RUN.finditer(text):
        span = Span(*found.span())
        is_japanese = _JAPANESE.search(text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1])
        if not is_japanese and not is_glossed(text, span):
            yield rule.finding(segment, span)


def untranslated_segment(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """A segment that is wholly Chinese. A table cell may be meant so: without a source that was copied it is left alone."""
    text = segment.target
    if text.isascii() or not HAN.search(text) or (segment.kind == "cell" and segment.source is None):
        return
    if mostly_foreign(text):
        yield rule.finding(segment, _trimmed(text))


def other_script(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Words in kana, Hangul, Cyrillic, Arabic ... that no gloss explains; the whole segment where it holds nothing else."""
    text = segment.target
    if text.isascii() or not _OTHER_RUN.search(text):
        return
    if mostly_foreign(text, _OTHER_RUN):
        yield rule.finding(segment, _trimmed(text))
        return
    for found in _OTHER_RUN.finditer(text):
        span = Span(*found.span())
        in_word = _LATIN.search(text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1])  # a look-alike letter
        if not in_word and not is_glossed(text, span):
            yield rule.finding(segment, span)


def mostly_foreign(text: str, run: re.Pattern[str] = HAN_RUN) -> bool:
    """Whether of five letters of a text at least three are of the script that `run` finds, glosses apart."""
    foreign = (found for found in run.finditer(text) if not is_glossed(text, Span(*found.span())))
    letters = sum(sum(map(str.isalpha, found[0])) for found in foreign)
    return letters >= 2 and 2 * letters >= 3 * len(_LATIN.findall(text))


def is_glossed(text: str, span: Span) -> bool:
    """Whether the English explains the foreign words at `span`: zha (鲊), 茅台 (Moutai), "和", or harmony, the character 福."""
    before, after = text[max(0, span.start - 80) : span.start], text[span.end : span.end + 80]
    bracket = _OPEN_BRACKET.search(before)
    if bracket and len(span) <= _LONGEST_GLOSS:
        inside = bracket[0] + _CLOSING_BRACKET.split(after)[0]
        return bool(_LATIN_WORD.search(before[: bracket.start()]) or _LATIN_WORD.search(inside))
    if _GLOSS_AFTER.match(after) or _MENTION_BEFORE.search(before):
        return True
    return _follows_its_reading(before, span.of(text))


def _follows_its_reading(before: str, foreign: str) -> bool:
    """Whether the words just before are pinyin with as many syllables as there are characters: the Hongqiao 虹桥 hub."""
    characters = len(HAN.findall(foreign))
    found = _WORDS_BEFORE.search(before) if characters else None
    syllables = 0
    for word in reversed(re.split(r"[ -]", found[1])) if found else ():
        parts = pinyin.syllables(toneless(word))
        syllables += len(parts)
        if not parts or syllables >= characters:
            break
    return 0 < syllables == characters


def toneless(word: str) -> str:
    """Pinyin without its tone marks; ü stays."""
    return word.translate(_TONES)


def _trimmed(text: str) -> Span:
    return Span(len(text) - len(text.lstrip()), len(text.rstrip()))
