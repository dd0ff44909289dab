"""Finds words and phrases said twice in a row, and loops in which a translation engine got caught."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import eq

from reviewer.checks import pinyin
from reviewer.checks.doubled.copies import HIDDEN, reviewed
from reviewer.model import Finding, Rule, Segment, Span

_WORD = re.compile(rf"[^\W_]+(?:['’][^\W_]+)*|{HIDDEN}+")
_RUN = re.compile(r"(?<![\w'’.-])([^\W\d_]+(?:['’][^\W\d_]+)?)(?:\s+\1)+(?![\w'’-])", re.IGNORECASE)
_PAUSE = re.compile(r"[\s,，]*")  # what may go with the words of a loop
_COLUMNS = re.compile(r" {3}|\t")  # the columns of a table
_LONGEST = 8
"""Words in a phrase said twice, or in one round of a loop."""
_LOOP = 4
"""Times in a row that no rhetoric says the same; three are a figure of speech."""

# Function words that English never says twice in a row, but for the places below.
_NEVER_TWICE = frozenset(
    "a an the of and or but to from with by at for in on as is are was were be been am has have does could should would"
    " might must this these those their its our your my his which whose whom when where while because if although not also"
    " than then we they he she i into about between through during under after before against until since".split()
)
# Words that may follow themselves: had had, that that, and those doubled for stress, sound or fun.
_MAY_REPEAT = frozenset(
    "had that it her can will may did you very really yes yeah bye hah haha hey hello well there now here come wow many"
    " much more most far long too never ever always again please thanks sorry wait stop look listen run help quick quickly"
    " slowly deep big great old ago down out over back round off pretty quite all just only some who what why how whatever"
    " mine good bad nice wrong right dear knock ding dong tick tock choo woof meow quack moo baa chirp tweet boo bang boom"
    " blah yada rah hush shh aye hip hear night tut tsk ylang chop yum pom cha tom dum twinkle jingle ring row mama papa"
    " mommy daddy goody tuk pow zoom clap click beep honk thump thud drip pitter faster higher louder better less closer"
    " deeper sing drum dik agar beri murmur hurrah hooray hurray bravo encore alas mayday cuckoo hubba pooh tan couscous"
    " bling glug chug snip wee whoop gobble tap bow wah waka small little tiny fast".split()
)
# "came in in 2004", "log on on Monday", "the years referred to to date": a particle before a preposition.
_PARTICLES = frozenset("in on to for by about through over with".split())
_PHRASAL_VERBS = frozenset(
    "come comes came coming go goes went going gone bring brings brought bringing take takes took taken taking carry"
    " carries carried carrying give gives gave given giving get gets got getting gotten hold holds held hang hangs hung"
    " stand stands stood break breaks broke broken live lives lived living close closes closed closing settle settles"
    " settled settling move moves moved moving log logs logged logging check checks checked checking turn turns turned"
    " turning hand hands handed set sets setting look looks looked looking call calls called put puts stay stays stayed"
    " staying work works worked pass passes passed passing kick kicks kicked step steps stepped stepping drop drops dropped"
    " dropping let lets phone phoned sign signs signed switch switches switched hit hits walk walks walked walking wait"
    " waits waited waiting refer refers referred referring depend depends depended focus focuses focused factor factored key"
    " keyed dial dialled tune tuned agreed based relied used sworn built".split()
)
_OBJECTS = frozenset(("it", "him", "her", "them", "us", "me"))
_LINKS = frozenset("and or but to by after on in for upon against with than as".split())
_REPEATED_IN_CHINESE = re.compile(r"([\u4e00-\u9fff]{3,})[，、,]?\1")
# "What it is is a trap", "the problem they have has a name"
_CLAUSE_VERBS = frozenset("is was are were has have does".split())
_CLAUSE_BEFORE = re.compile(
    r"\b(?:what|whatever|who|where|how|things?|problems?|points?|questions?|truth|facts?|all|reality|issues?|way)\b[^.!?;]*\Z",
    re.IGNORECASE,
)


def doubled_word(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """One word twice in a row, across a line break too: the the. The fix says it once.

    A content word is less sure (0.8 of the rule's confidence) than a function word.
    """
    text = reviewed(segment)
    if any(length == 1 for _, length, _ in _rounds(text)):
        for found in _RUN.finditer(text):
            word = found[1].lower()
            if word in _NEVER_TWICE and _is_slip(text, found):
                yield rule.finding(segment, Span(*found.span()), fixes=(found[1],))
            elif word not in _NEVER_TWICE and _is_content(text, found):
                yield rule.finding(segment, Span(*found.span()), fixes=(found[1],), confidence=rule.confidence * 0.8)


def _is_slip(text: str, found: re.Match[str]) -> bool:
    """Whether a function word said twice is an error, and neither grammar ("came in in 2004") nor a name (US us, Will I I am)."""
    word, before = found[1].lower(), text[max(0, found.start() - 60) : found.start()]
    first, *others = found[0].split()
    if any(other not in (word, first) for other in others) or (first.isupper() and len(first) > 1 and not text.isupper()):
        return False
    if len(word) == 1 and (first.isupper() and word == "a"):
        return False
    if word in _PARTICLES and _ends_on_phrasal_verb(before.lower().split()):
        return False
    return not (word in _CLAUSE_VERBS and _CLAUSE_BEFORE.search(before)) and not _is_quoted(text, found)


def _ends_on_phrasal_verb(words: Sequence[str]) -> bool:
    """Whether the last word is a verb that takes a particle, its object apart: came (in), handed it (in)."""
    verb = words[-2:-1] if words and words[-1] in _OBJECTS else words[-1:]
    return bool(verb) and verb[0] in _PHRASAL_VERBS


def _is_content(text: str, found: re.Match[str]) -> bool:
    """Whether a content word was said twice by mistake: in small letters, exactly twice, no sound and no pinyin."""
    word = found[1]
    return (
        word.islower()
        and len(word) > 2
        and word not in _MAY_REPEAT
        and found[0].split() == [word, word]
        and text[found.end() : found.end() + 1] != "!"
        and not pinyin.syllables(word)
        and not _is_quoted(text, found)
    )


def _is_quoted(text: str, found: re.Match[str]) -> bool:
    """Whether the words are mentioned rather than used: the name "pala pala"."""
    return text[found.start() - 1 : found.start()] in tuple("\"'“‘*_") and text[found.end() : found.end() + 1] in tuple("\"'”’*_,.")


def doubled_phrase(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """Two to eight words said twice at once: in the city in the city. The fix says them once.

    With a comma between it takes four words with a name (0.8 of the confidence): "location, location" is rhetoric.
    """
    text = reviewed(segment)
    rounds = [one for one in _rounds(text) if one[1] > 1 and one[2] < _LOOP]
    words = list(_WORD.finditer(text)) if rounds else []
    for start, length, times in rounds:
        said = [text[words[n].start() : words[n + length - 1].end()] for n in range(start, start + length * times, length)]
        gaps = {text[words[n - 1].end() : words[n].start()].strip() for n in range(start + length, start + length * times, length)}
        if len({" ".join(one.split()).lower() for one in said}) > 1 or not _is_phrase(said[0]):
            continue
        named = length >= 4 and any(word[0].isupper() for word in said[0].split()[1:])
        if gaps == {""} or (gaps == {","} and named and not _REPEATED_IN_CHINESE.search(segment.source or "")):
            confidence = rule.confidence if gaps == {""} else rule.confidence * 0.8
            span = Span(words[start].start(), words[start + length * times - 1].end())
            if not _COLUMNS.search(span.of(text)):
                yield rule.finding(segment, span, fixes=(said[0],), confidence=confidence)


def _is_phrase(said: str) -> bool:
    """Whether it would be odd to say this twice: not a name of one or two words, not figures, not words like very, no, long."""
    words = said.lower().split()
    if len(words) == 2 and not _LINKS.isdisjoint(words) and not set(words) <= _NEVER_TWICE:
        return False  # bigger and bigger and, face to face to
    if len(set(words)) == 1 or set(words) <= _MAY_REPEAT or not re.search(r"[^\W\d_]{3}", said):
        return False
    if sum(any(map(str.isdigit, word)) for word in words) * 2 >= len(words):
        return False
    return len(words) > 2 or any(word[0].islower() for word in said.split())


def loop(rule: Rule, segment: Segment) -> Iterator[Finding]:
    """The same words four times or more, commas or not. Marks the rounds after the first; the fix deletes them.

    There is no fix where a bracket, a quotation mark or the like would go with them.
    """
    text = reviewed(segment)
    rounds = [one for one in _rounds(text) if one[2] >= _LOOP]
    words = list(_WORD.finditer(text)) if rounds else []
    for start, length, times in rounds:
        one = [word[0].lower() for word in words[start : start + length]]
        if set(one) <= _MAY_REPEAT or not any(len(word) > 2 and word.isalpha() for word in one):
            continue
        span = Span(words[start + length - 1].end(), words[start + length * times - 1].end())
        if len(re.findall(r"[^\w\s,;]", span.of(text))) < times - 1:  # Yes! Yes! Yes! Yes! is a crowd
            said = words[start + length - 1 : start + length * times]
            bare = all(_PAUSE.fullmatch(text, one.end(), other.start()) for one, other in pairwise(said))
            yield rule.finding(segment, span, fixes=("",) if bare else ())


@lru_cache(maxsize=4096)  # three detectors ask, one after another, each for the whole document
def _rounds(text: str) -> tuple[tuple[int, int, int], ...]:
    """(first word, words in a round, rounds) of what is said two times or more in a row; no remainder of a round after them.

    Compares the list of words with itself shifted by the length of a round: a step for each word and length, whatever the text.
    """
    low = _WORD.findall(text.lower())
    if HIDDEN in text:  # nothing hidden is like anything else
        low = [f"{word}{number}" if word[0] == HIDDEN else word for number, word in enumerate(low)]
    found: list[tuple[int, int, int]] = []
    owner = bytearray(len(low))  # the length of the shortest round that a word belongs to
    for length in range(1, _LONGEST + 1):
        same = bytes(map(eq, low, low[length:]))  # 1 where a word comes back a round later
        for hit in re.finditer(b"\x01{%d,}" % length, same):
            run, stop = len(hit[0]), hit.end() + length
            again = owner[hit.start()] and owner[hit.start()] == owner[stop - 1] and length % owner[hit.start()] == 0
            # step by step by step: what remains of a round shows a figure of speech, unless it goes round many times
            if (run % length == 0 or run >= 3 * length) and not again:
                found.append((hit.start(), length, run // length + 1))
                owner[hit.start() : stop] = bytes([length]) * (stop - hit.start())
    return tuple(found)
