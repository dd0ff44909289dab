"""Tells whether words stand as an adjective before a noun, from the words on both sides of them."""

from __future__ import annotations

import re

from reviewer.model import Span

# words that cannot open what is left of a noun phrase after an adjective: function words, numbers, auxiliaries, the commonest verbs
NO_NOUN = frozenset(
    """a about above across after against ago ahead all allow allows almost along already also although always am among an and
    another any apart appear appears are around as ask asks at away back be became because become becomes been before began
    begins behind being belongs below beneath beside besides better between beyond both bring brings but by came can cannot
    closer come comes consists could did do does done down dozens due during each earlier eight either eleven else enable
    enables enough even ever every except far fell few fifty five for forty four from further gave get gets give gives go goes
    got grew grows had has have having he held hence her here higher him his how however hundreds i if in including inside
    instead into is it its itself just keep keeps last later lay lead leads least led less let lets lies like long longer look
    looks lost lower made make makes may me mean means might millions more most much must my near need needs neither never
    next nine no nor not now of off often on once one only onto or other our out outside over own per plus prevent prevents
    provides put ran rather really remain remains requires rose runs said same sat say says see seem seems seven shall she
    should showed shows since six so some soon stands starts still stood stretches such takes tell tells ten than that the
    their them then there these they thirty this those though thousands three through throughout thus till to together too
    took toward towards twelve twenty two under unless until up upon us use uses very via wants was we well went were what
    when where whether which while who whom whose why will with within without won worse would yes yet you your""".split()
)
_LY_NOUNS = frozenset("ally anomaly assembly butterfly family fly jelly monopoly rally supply".split())
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# the compound is no adjective where a phrase ends with it: in the long term, on a large scale, at high speed
_PHRASES = {
    ending: re.compile(rf"(?i)\b(?:{opening})\s+\Z")
    for endings, opening in {
        "term": r"(?:in|over|for)\s+the",
        "run": r"(?:in|over)\s+the",
        "time": "at|in|of",
        "age": "in|of",
        "class": "in",
        "way": "in",
        "stage phase": r"(?:in|at|during)\s+(?:the|an?)",
        "day": "every|an?",
        "scale": r"on\s+(?:such\s+)?a",
        "speed cost price": r"at(?:\s+(?:an?|such))?",
        "risk altitude temperature range distance pressure power": r"(?:at|under|from|over)(?:\s+an?)?",
        "sea water world life": r"in(?:\s+the)?",
        "level": r"at(?:\s+the)?",
    }.items()
    for ending in endings.split()
}
_LEVELS = frozenset("high low top deep".split())  # at the high level meeting, but: at the county level officials
# "low energy prices" are low prices of energy, but "low energy bulbs" are bulbs; "high quality growth" is growth all the same
_QUANTITIES = frozenset(
    """amount bill bills bonus bonuses consumption content cost costs demand density dioxide emission emissions expenditure
    expenses gap growth index intake level levels monoxide output price prices rate rates ratio ratios supply tax taxes usage
    use""".split()
)
_QUALITIES = frozenset("definition efficiency end level performance precision quality resolution speed standard tech value".split())


_NATIONAL = re.compile(r"[A-Z][a-z]+(?:ese|ish|ian|an|sh|ch|ek|ss|li|qi)\Z")
_QUOTED = re.compile(r"[ \n][\"“‘']?")


def noun_follows(text: str, at: int, *, capital: bool = False) -> bool:
    """Whether the word after the space at `at` may open a noun phrase; a name in capitals only where `capital` says so.

    Adjectives of nations (a well known Chinese poet) and abbreviations may. A quotation mark before the word changes nothing.
    """
    space = _QUOTED.match(text, at)
    word = _WORD.match(text, space.end()) if space else None
    if not word:
        return False
    lower = word[0].lower()
    if lower in NO_NOUN or lower.endswith(("ed", "n't", "n’t")) or (lower.endswith("ly") and lower not in _LY_NOUNS):
        return False
    return capital or word[0][0].islower() or word[0].isupper() or bool(_NATIONAL.match(word[0]))


def modifies(text: str, span: Span) -> bool:
    """Whether the words of a span, such as `high level` or `long term`, describe a noun that follows."""
    words = span.of(text).split()
    first, last = words[0].lower(), words[-1].lower()
    phrase = _PHRASES.get(last) if last != "level" or first not in _LEVELS else None
    if phrase and phrase.search(text, max(0, span.start - 20), span.start):
        return False
    if not noun_follows(text, span.end, capital=words[0][0].isupper()):
        return False
    following = _WORD.match(text, span.end + 1)
    bound = following is not None and following[0].lower() in _QUANTITIES
    return not (bound and first in ("high", "low") and last not in _QUALITIES)
