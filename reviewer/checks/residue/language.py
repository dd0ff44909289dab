"""Finds stretches in another language that use Latin letters: pinyin with tone marks, and segments not in English at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewer.checks import pinyin
from reviewer.checks.detectors import option
from reviewer.checks.residue.scripts import is_glossed, toneless
from reviewer.checks.shape import HAN
from reviewer.model import Check, Document, Finding, ReviewerError, Rule, Segment, Span

_MARKED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜĀÁǍÀĒÉĚÈĪÍǏÌŌÓǑÒŪÚǓÙ"
# French, Spanish and Vietnamese have the acute and the grave too; a caron on a vowel is pinyin's own, but for ě in Czech.
_CARON = re.compile("[ǎǐǒǔǚ]|ě", re.IGNORECASE)
_LONG = re.compile("[āēīōūǖ]", re.IGNORECASE)
_CHINESE_LETTERS = re.compile("zh|x|q|ng")
_PREFILTER = re.compile("[ǎǐǒǔǚǍǏǑǓěĚāēīōūǖǘǜĀĒĪŌŪ]")
_TONED = re.compile(rf"(?<!\w)(?=[\w'’]*[{_MARKED}])[^\W\d_]+(?:['’][^\W\d_]+)*(?!\w)")
_IN_QUOTES = re.compile(r"[\"“‘'*_]$")

# Words that other languages need in almost every sentence and English never, by langdetect's code.
_FUNCTION_WORDS = {
    "fr": "les des est une dans que qui pour pas sur avec sont du au aux ce cette plus et le la",
    "es": "los las una que del por con para se es su como más pero fue y el la en de",
    "pt": "os uma que com em para não se por mais foi dos das ao da e do",
    "it": "il di che della è per una sono con del gli dei nel alla anche",
    "de": "der das und ist nicht ein eine mit von dem für auf sich wurde werden im zu",
    "nl": "het een van en niet dat voor zijn aan ook wordt naar",
    "sv": "och att det som är av för inte med till har på",
    "da": "og det er af ikke som med har på til",
    "no": "og det er av ikke som med har på til",
    "id": "yang dan di ini itu dengan untuk dari tidak dalam pada adalah",
    "vi": "và của là các có được trong cho không người một những với",
    "tr": "ve bir bu için ile olarak daha çok olan da",
    "pl": "się nie że jest jak w na z i po od",
    "ro": "și în de la cu este un o că pe nu din",
    "cs": "se na je že s z pro jsou v",
    "ca": "els les una que del amb és més dels i al",
    "tl": "ang ng sa mga ay ito para hindi",
    "sw": "na ya wa kwa katika ni za la kuwa",
    "fi": "ja ei että se oli hän mutta myös ovat",
    "hu": "az és hogy nem egy volt meg ez",
}
_WORDS_OF = {code: frozenset(words.split()) for code, words in _FUNCTION_WORDS.items()}
_ENGLISH = re.compile(
    r"\b(?:the|of|and|that|this|with|from|which|was|were|are|have|has|had|been|by|not|its|their|will|would|they|she|you|it|who|when|there|be|an)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_SURE = 0.95
_ENOUGH = 2000
"""Characters that show which language a text is in."""


def pinyin_with_tones(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Pinyin with tone marks that no gloss explains: Běijīng, nǐ hǎo. The fix is the place or person without the marks."""
    text = segment.target
    if text.isascii() or not _PREFILTER.search(text):
        return
    for span in _phrases(text):
        before = text[max(0, span.start - 1) : span.start]
        if not is_glossed(text, span) and not _IN_QUOTES.search(before) and not HAN.search(text[span.end : span.end + 3]):
            words = span.of(text)
            yield rule.finding(segment, span, fixes=(toneless(words),) if words[0].isupper() else ())


def _phrases(text: str) -> Iterator[Span]:
    """Neighbouring words of pinyin with tone marks, as one; a word alone has to show that it is pinyin and nothing else."""
    run: list[re.Match[str]] = []
    for found in _TONED.finditer(text):
        if not _is_pinyin(found[0]):
            continue
        if run and text[run[-1].end() : found.start()] not in (" ", "-", "\n"):
            yield from _joined(run)
            run = []
        run.append(found)
    yield from _joined(run)


def _joined(run: list[re.Match[str]]) -> Iterator[Span]:
    words = [found[0] for found in run]
    caron = any(_CARON.search(word) for word in words)
    long = sum(bool(_LONG.search(word)) for word in words)
    # Macrons alone are Japanese, Latin, Sanskrit and Maori as well, which have no zh, x or q and few ng.
    telling = [word for word in words if _CHINESE_LETTERS.search(toneless(word).lower()) and (len(word) > 5 or not word.isalpha())]
    if run and (caron or (long and (len(run) > 1 or telling))):
        yield Span(run[0].start(), run[-1].end())


def _is_pinyin(word: str) -> bool:
    """Whether a word is pinyin with a mark on each syllable; where a mark is pinyin's own, one may have the neutral tone."""
    count = len(pinyin.syllables(toneless(word)))
    marks = sum(letter in _MARKED for letter in word)
    return count > 0 and count >= marks >= max(1, count - bool(_CARON.search(word)))


def other_language(rule: Rule) -> Check:
    """A segment in another language than English, told by langdetect where the words themselves leave no doubt.

    The option `min_letters` says how much text it takes. Cells, headings and lists of names are left alone. Raises ReviewerError.
    """
    least = option(rule, "min_letters")
    if not least.isdecimal():
        raise ReviewerError(f"{rule.file}:{rule.line}: {rule.id}: the option 'min_letters' wants a number, not {least!r}")

    def check(document: Document) -> Iterator[Finding]:
        for segment in document.segments:
            text = segment.target
            if len(text) >= int(least) and segment.kind not in ("cell", "heading") and _is_in_another_language(text, int(least)):
                yield rule.finding(segment, Span(len(text) - len(text.lstrip()), len(text.rstrip())))

    return check


def _is_in_another_language(text: str, least: int) -> bool:
    """Whether a text has no English function word, enough letters and words, half of them small, and is in another language."""
    if _ENGLISH.search(text, 0, 400):
        return False
    words = _LETTERS.findall(text[:_ENOUGH])
    if len(words) < 7 or sum(map(len, words)) < least or sum(map(str.islower, words)) * 2 < len(words):
        return False
    return _is_foreign(text[:_ENOUGH], frozenset(words))


def _is_foreign(text: str, words: frozenset[str]) -> bool:
    """Whether three function words of a language are there, and langdetect is sure (0.95) that it is that language."""
    candidates = {code for code, known in _WORDS_OF.items() if len(words & known) >= 3}
    if not candidates:
        return False
    from langdetect import DetectorFactory, detect_langs
    from langdetect.lang_detect_exception import LangDetectException

    DetectorFactory.seed = 0  # else it answers differently from call to call
    try:
        best = detect_langs(text)[0]
    except LangDetectException:  # nothing it knows as letters
        return False
    return best.lang in candidates and best.prob >= _SURE
