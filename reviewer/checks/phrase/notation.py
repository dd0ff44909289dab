"""Reads the pattern notation of rules: turns it into a regular expression and the literal words to look for first.

The notation is that of regular expressions, with five things made simple for people who write about language:

    <punch>         any inflected form of a word; <fist|punch>: of any of these words
    <1-3>           one to three words of any kind in between; <0-2>: up to two
    (space)         any white space, a line break too
    -               a hyphen or a space: high-level, high level
    ' and "         straight or curly

A pattern stands on whole words. In a fix, <take> takes the form of the first <...> of the pattern that was found,
<take=2> that of the second, and \\1 is what the first pair of plain brackets matched.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from reviewer.checks.phrase import inflection

_GAP = re.compile(r"(\d)-(\d)\Z")
_LEMMA = re.compile(r"[a-z][a-z'-]*(?:\|[a-z][a-z'-]*)*\Z", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Za-z0-9]+(?![?*+{])")  # the last of them may be under a quantifier, and is then left alone
_QUANTIFIER = re.compile(r"[?*+]\??|\{\d*,?\d*\}\??")
_GROUP_HEAD = re.compile(r"\?(?:[:=!]|<[=!]|P<\w+>)|")
_SIMPLE = {" ": r"\s+", "-": r"[-‐‑\s]", "'": "['’‘]", '"': '["“”„]'}
_END = r"(?:(?!\w)(?!-\w)|(?<!\w))"
_END_WORD = r"\b(?!-\w)"  # the same, quicker, where a letter ends the pattern
# What every other paragraph of news about China holds, so that it tells little about where a pattern may match.
_EVERYDAY = frozenset(
    """
    about according affairs after against all also and are been beijing build building business can center central china chinese
    city committee compan company condition construction continue cooperation country cultural culture demand develop
    development difficult domestic economic economy enterprise environment every field first for foreign form from global
    govern government great group growth had has have high his important improve increase industr industry information
    innovation international into its job leader level life local major make management manufacturing many market measure
    million more most national need network new news not number official old one open operation other our out over own
    party people performance person place plan policy port problem product production products project promote province
    public quality rate red region report reporter research resource said scale science scientific secretary sector security
    service shanghai should situation small social society some state strength strong student students such support system
    teacher team technolog technology than that the their there they this through time two unit united university use was
    were which will with work world year years young
    """.split()
)
_SHORTEST_LITERAL = 3


Way = tuple[frozenset[str], ...]
"""Sets of lower-case literals, of each of which a match holds at least one; the set least likely to be met comes first.

A literal is a run of words with single spaces between them: it is looked for where everything that is no letter or digit
has become one space, with a space at both ends. So one that begins or ends with a space stands on a whole word there.
"""

Ways = tuple[Way, ...]
"""Alternatives: a match holds what one of them asks for. An empty way asks for nothing."""

_ANY: Ways = ((),)


class Atom(NamedTuple):
    """One unit of a pattern: its regular expression, what it asks for, and the plain letters it stands for.

    The letters are a space for what parts words, "" for what takes no room, and None for what may be anything; `ends_word`
    tells of the last kind that a word ends with it.
    """

    regex: str
    ways: Ways = _ANY
    letters: str | None = None
    ends_word: bool = False


_MOST_WAYS = 240  # of a pattern
_MOST_PAIRS = 48  # of two parts of it that follow each other


class PatternError(ValueError):
    """The pattern does not follow the notation; the message says where and why."""


class Parser:
    """Reads the notation once, left to right; writes the regular expression and gathers the ways to match.

    Unless capitals count, the regular expression is for text in lower case: so it runs three times as fast as one that
    ignores case. Where a match begins on a whole word is for the caller to see.
    """

    def __init__(self, notation: str, match_case: bool) -> None:
        self.text = notation
        self.cased = str if match_case else str.lower
        self.at = 0
        self.groups = 0
        self.behind = 0  # how many look-behinds are open: these want a fixed width
        self.lemmas: dict[str, tuple[str, ...]] = {}

    def fail(self, why: str) -> PatternError:
        return PatternError(f"{why} at character {self.at + 1} of {self.text!r}")

    def alternation(self, depth: int = 0, run: str = " ") -> Atom:
        """What stands up to a closing bracket or the end; `run` is as in `sequence`."""
        branches = [self.branch(depth, run)]
        while self.at < len(self.text) and self.text[self.at] == "|":
            self.at += 1
            branches.append(self.branch(depth, run))
        ways = _fewer(tuple(way for one in branches for way in one.ways))
        return Atom("|".join(one.regex for one in branches), ways, ends_word=all(one.ends_word for one in branches))

    def branch(self, depth: int, run: str) -> Atom:
        """A sequence; one that is a whole alternative of the pattern stands on whole words."""
        start = self.at
        regex, ways, run = self.sequence(depth, run)
        if depth:
            return Atom(regex, _both(ways, _literal(run)), ends_word=run.endswith(" "))
        written = self.text[start : self.at]
        closing = _END_WORD if re.search(r"(?<!\\)[A-Za-z>]\Z", written) else _END
        return Atom(f"(?:{regex}){closing}", _both(ways, _literal(f"{run} " if run.strip() else run)))

    def sequence(self, depth: int, run: str) -> tuple[str, Ways, str]:
        """(regular expression, ways, the letters it ends with).

        `run` holds the letters that stand together so far: it begins with a space where a word begins, and is empty where
        nobody knows what stands before.
        """
        out: list[str] = []
        ways = _ANY
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            if plain := _LETTERS.match(self.text, self.at):
                out.append(self.cased(plain[0]))
                run += plain[0].lower()
                self.at = plain.end()
                continue
            before = " " if run.endswith(" ") else ""
            atom = self.atom(depth, before)
            optional, quantifier = self.quantifier()
            out.append(atom.regex + quantifier)
            if atom.letters is not None and not quantifier:
                run += atom.letters
            else:
                ways = _both(ways, _literal(run))
                run = " " if atom.ends_word and (before or not optional) else ""
            if not optional:
                ways = _both(ways, atom.ways)
        if self.at < len(self.text) and self.text[self.at] == ")" and not depth:
            raise self.fail("a closing bracket without its opening one")
        return "".join(out), ways, run

    def quantifier(self) -> tuple[bool, str]:
        found = _QUANTIFIER.match(self.text, self.at)
        if not found:
            return False, ""
        self.at = found.end()
        return found[0][0] in "?*" or found[0].startswith(("{0", "{,")), found[0]

    def atom(self, depth: int, before: str) -> Atom:
        """The next unit; `before` is a space where a word may begin with it."""
        char = self.text[self.at]
        if char in "<([\\":
            return {"<": self.angle, "(": self.group, "[": self.char_class, "\\": self.escape}[char](depth, before)
        self.at += 1
        if char in _SIMPLE:
            while char == " " and self.text[self.at : self.at + 1] == " ":
                self.at += 1
            if char == " " and (self.behind or self.text[self.at : self.at + 1] in ("?", "*")):
                return Atom(r"\s", letters=" ")  # one of a fixed width, or one that may be missing: a run of them would never be
            return Atom(_SIMPLE[char], letters=" ")
        if char in ".^$":
            return Atom(char, letters=None if char == "." else "")
        if char in "?*+{":
            raise self.fail("a quantifier with nothing before it")
        return Atom(re.escape(self.cased(char)), letters=char.lower() if char.isalnum() or char == "_" else " ")

    def escape(self, depth: int, before: str) -> Atom:
        found = re.compile(r"\\(?:(\d+)|.)", re.DOTALL).match(self.text, self.at)
        if not found:
            raise self.fail("a lone backslash")
        self.at = found.end()
        if found[1]:
            return Atom(f"(?P=G{found[1]})")
        char = found[0][1]
        return Atom(found[0], letters="" if char in "AZbB" else " " if char == "s" or not char.isalnum() else None)

    def char_class(self, depth: int, before: str) -> Atom:
        found = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL).match(self.text, self.at)
        if not found:
            raise self.fail("a [ that is never closed")
        self.at = found.end()
        return Atom(re.sub(r"\\.|.", lambda one: one[0] if len(one[0]) > 1 else self.cased(one[0]), found[0], flags=re.DOTALL))

    def group(self, depth: int, before: str) -> Atom:
        self.at += 1
        head = _GROUP_HEAD.match(self.text, self.at)
        opening = head[0] if head else ""
        self.at += len(opening)
        if not opening:
            self.groups += 1
        name = "" if opening else f"?P<G{self.groups}>"
        behind = opening in ("?<!", "?<=")
        self.behind += behind
        inner = self.alternation(depth + 1, "" if behind else before)
        self.behind -= behind
        if self.text[self.at : self.at + 1] != ")":
            raise self.fail("a bracket that is never closed")
        self.at += 1
        regex = f"({opening}{name}{inner.regex})"
        if behind or opening in ("?!", "?="):
            return Atom(regex, inner.ways if opening == "?=" else _ANY, "")  # what is looked for ahead stands there too
        return Atom(regex, inner.ways, ends_word=inner.ends_word)

    def angle(self, depth: int, before: str) -> Atom:
        end = self.text.find(">", self.at)
        inner = self.text[self.at + 1 : end] if end > 0 else ""
        gap, lemma = _GAP.match(inner), _LEMMA.match(inner)
        if not gap and not lemma:
            raise self.fail("<...> holds words joined by |, or a count of words such as 0-2")
        self.at = end + 1
        if gap:
            if self.text[self.at : self.at + 1] == " ":  # the gap brings its own spaces
                self.at += 1
            return Atom(rf"(?:[^\s.!?;]+\s+){{{gap[1]},{gap[2]}}}?", ends_word=bool(before) or gap[1] != "0")
        words = tuple(inner.split("|"))
        name = f"L{len(self.lemmas) + 1}"
        self.lemmas[name] = words
        found = sorted({form for word in words for form in inflection.forms(word)}, key=lambda form: (-len(form), form))
        return Atom(f"(?P<{name}>{'|'.join(map(re.escape, found))})", _stems(found, before))


def _stems(found: list[str], before: str) -> Ways:
    """The shortest set of literals that covers all forms: a form that begins with another needs no entry of its own."""
    stems: list[str] = []
    for form in sorted((before + re.sub(r"\W+", " ", form) for form in found), key=len):
        if not any(form.startswith(stem) for stem in stems):
            stems.append(form)
    return ((frozenset(stems),),) if min(len(stem.strip()) for stem in stems) >= _SHORTEST_LITERAL else _ANY


def _literal(run: str) -> Ways:
    run = re.sub(" +", " ", run)
    return ((frozenset([run]),),) if len(run.strip()) >= _SHORTEST_LITERAL else _ANY


def _both(ones: Ways, others: Ways) -> Ways:
    """What asks for one of each: every pairing, or, where these are too many, less."""
    if _ANY in (ones, others):
        return ones if others == _ANY else others
    if len(ones) * len(others) > max(_MOST_PAIRS, len(ones), len(others)):
        ones, others = sorted((ones, others), key=len, reverse=True)
        others = _fewer(others, 1)
    return tuple(tuple(sorted({*one, *other}, key=_likelihood)) for one in ones for other in others)


def _fewer(ways: Ways, most: int = _MOST_WAYS) -> Ways:
    """The ways as they are or, where they are too many, one that asks for the first set of any of them."""
    if len(ways) <= most:
        return ways
    return ((frozenset().union(*(way[0] for way in ways)),),) if all(ways) else _ANY


def _likelihood(literals: frozenset[str]) -> tuple[bool, int, int, list[str]]:
    """Sorts the set that texts are least likely to hold to the front: no everyday words, long literals, few of them."""
    return any(map(_is_everyday, literals)), -min(map(len, literals)), len(literals), sorted(literals)


def _is_everyday(literal: str) -> bool:
    """Whether most texts hold it: one or two words, all of them everyday ones or very short."""
    words = literal.split()
    return len(words) <= 2 and all(word in _EVERYDAY or len(word) <= _SHORTEST_LITERAL for word in words)
