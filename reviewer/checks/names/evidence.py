"""Reads around the places of two names whether they are one person: offices, relatives, one sentence, an introduction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.checks.names.mentions import HONORIFICS, Mention, Name, Names, in_one_sentence

NEARBY = 100  # segments; further apart, names alike are alike by chance

OFFICES = (
    r"(?:vice[- ]|deputy |former |then |acting |executive |honorary )*"
    r"(?:president|prime minister|premier|chancellor|chair(?:man|woman|person)?"
    r"|(?:(?:foreign|defen[cs]e|finance|interior|health|justice|trade|education|culture|transport|home|economy) )?minister"
    r"|secretary(?:[- ]general)?|governor|mayor|director(?:[- ]general)?|ceo|manager|spokes(?:man|woman|person)|ambassador|reporter"
    r"|correspondent|professor|academician|advis[eo]r|founder|dean|principal|captain|coach|head|commander|leader|chief|curator"
    r"|architect|author|writer)"
)
_BEFORE = re.compile(
    rf"(?:\b([A-Z]\w+) )??\b((?i:{OFFICES}|mrs?\.?|ms\.?|miss|dr\.?|sir))(?: (?:of|to|at|for) ([^,.;:!?]{{2,80}}),)?,? $"
)
_AFTER = re.compile(
    rf"(?:\s\([^)]*\))?,\s(?:the |a |an |who is |who was )?(?:[\w'’-]+\s){{0,5}}?((?i:{OFFICES}))\b(?: of ([^,.;:!?]{{2,40}}))?"
)
_CAPITAL = re.compile(r"\b[A-Z]\w+")
_PAST = re.compile(r"\b(?:former|late|then|ex|previous|outgoing)[ -]$", re.IGNORECASE)
_LAST_WORDS = HONORIFICS | frozenset(
    "president minister premier chancellor chair chairman chairwoman chairperson secretary general secretary-general "
    "governor mayor director director-general ceo manager spokesman spokeswoman spokesperson ambassador reporter "
    "correspondent professor academician adviser advisor founder dean principal captain coach head commander leader "
    "chief curator architect author writer vice-chairman vice-president vice-premier vice-minister".split()
)
_KIN = re.compile(
    r"\b(?:brothers?|sisters?|siblings?|twins?|sons?|daughters?|father|mother|parents?|cousins?|wife|husband|uncle|aunt|nephew|niece"
    r"|grand\w+|namesake)\b",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"(?:,? (?:who|also|once|then|later|has|had|is|was|very|quite|firmly|frankly|deeply|still|further|clearly|often|repeatedly))*"
    r",? (?:sa(?:ys|id|w)|state[sd]|t(?:ells|old|hinks|hought)|believe[sd]|explain(?:s|ed)|recall(?:s|ed)|reveal(?:s|ed)"
    r"|point(?:s|ed)|admit(?:s|ted)|add(?:s|ed)|stress(?:es|ed)|not(?:es|ed)|mention(?:s|ed)|found|f(?:eels|elt)|hope[sd]?|kn[eo]w"
    r"|laugh(?:s|ed)|smile[sd]|sigh(?:s|ed)|describe[sd]|emphasi[sz]e[sd]|introduce[sd]|express(?:es|ed)|remember(?:s|ed)|certain|sure|proud"
    r"|confident|frank|convinced|happy)\b"
)


@dataclass(frozen=True, slots=True)
class Tie:
    """Two ways of writing one name: `rarer` is to become `usual`.

    `how` says what differs; the rule's confidence is multiplied by the mean of 1 and `strength` (0 to 1); `sources` are places of
    the name in the Chinese.
    """

    rarer: Name
    usual: Name
    strength: float = 1.0
    how: str = ""
    sources: tuple[Mention, ...] = ()


def ranked(one: Name, other: Name) -> tuple[Name, Name]:
    """The rarer form and the usual one; on a tie the later one is the rarer."""
    first, second = sorted((one, other), key=lambda name: (name.mentions[0].segment, name.mentions[0].span.start))
    return (first, second) if first.weight < second.weight else (second, first)


def offices(names: Names, name: Name) -> Iterator[tuple[str, str]]:
    """The offices and forms of address beside the places of a name, in lower case, each with what narrows it, or "".

    That is the beginning of the capital word before or after it: `vietnam` of a Vietnamese premier and a premier of Vietnam.
    """
    for mention in name.mentions[:50]:
        text, (start, end) = names.text_of(mention), (mention.span.start, mention.span.end)
        last = text[max(0, start - 24) : start].split()[-1:]
        if last and (last[0][-1] == "," or last[0].lower().rstrip(".") in _LAST_WORDS):
            lead = " ".join(text[max(0, start - 120) : start].split()) + " "
            before = _BEFORE.search(lead)
            if before and not _PAST.search(lead, 0, before.start()):
                yield plain(before[2]), _narrow(before[1] or before[3] or "")
        if text[end : end + 2] in (", ", " ("):
            after = _AFTER.match(text, end)
            if after:
                yield plain(after[1]), _narrow(after[2] or "")


def _narrow(words: str) -> str:
    """The first letters of the last capitalised word, enough to be alike in a country and its adjective."""
    capital = _CAPITAL.findall(words)
    return capital[-1].lower()[:4] if capital else ""


def plain(office: str) -> str:
    """An office in one spelling: Vice-Chairman, vice chairman; advisor, adviser."""
    return office.lower().rstrip(".").replace("-", " ").replace("advisor", "adviser").replace("deputy chair", "vice chair")


def same_office(names: Names, one: Name, other: Name, *, narrowed: bool = False) -> bool:
    """Whether both names hold one office somewhere, not narrowed in two ways; a form of address is no office.

    `narrowed` asks that one word narrows both (Ruritanian President), so that only one can hold it at a time.
    """
    mine = {(office, narrow) for office, narrow in offices(names, one) if office not in HONORIFICS}
    return bool(mine) and any(
        office == office2 and (narrow == narrow2 != "" if narrowed else not narrow or not narrow2 or narrow == narrow2)
        for office2, narrow2 in offices(names, other)
        for office, narrow in mine
    )


def apart(names: Names, rarer: Name, usual: Name, same: bool) -> bool:
    """Whether the text shows two people: both established, both in one sentence, relatives, or holders of two offices.

    `same` says that they hold one office, which outweighs a relative nearby and a second place.
    """
    if min(len(rarer.mentions), len(usual.mentions)) >= (3 if same else 2):
        return True
    if not same:
        mine, others = {office for office, _ in offices(names, rarer)}, {office for office, _ in offices(names, usual)}
        if mine and others and not mine & others:
            return True
        if any(_KIN.search(names.text_of(at), max(0, at.span.start - 60), at.span.end + 60) for at in rarer.mentions):
            return True
    return share_a_sentence(names, rarer, usual)


def share_a_sentence(names: Names, one: Name, other: Name) -> bool:
    """Whether some place of each stands in one sentence with the other."""
    places: dict[int, list[Mention]] = {}
    for mention in other.mentions:
        places.setdefault(mention.segment, []).append(mention)
    return any(
        not mention.span.overlaps(place.span) and in_one_sentence(names.text_of(mention), mention.span, place.span)
        for mention in one.mentions
        for place in places.get(mention.segment, ())
    )


def acts(names: Names, mention: Mention) -> bool:
    """Whether the words after a name say what only a person does: speaks, thinks, feels."""
    return bool(_ACTS.match(names.text_of(mention), mention.span.end))


def nearest(one: Name, other: Name) -> int:
    """How many segments lie between the closest places of two names."""
    return min(abs(a.segment - b.segment) for a in one.mentions[:50] for b in other.mentions[:50])
