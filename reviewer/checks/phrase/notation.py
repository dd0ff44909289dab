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
from reviewer.checks.phrase.clues import is_everyday, tells

_GAP = re.compile(r"(\d)-(\d)\Z")
_LEMMA = re.compile(r"[a-z][a-z'-]*(?:\|[a-z][a-z'-]*)*\Z", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Za-z0-9]+(?![?*+{])")  # the last of them may be under a quantifier, and is then left alone
_SPACE_AHEAD = re.compile(r"[ -](?![?*{])")
_CLOSING = re.compile(r"(?:\)(?![?*+{]))*")
_GROUP_AHEAD = re.compile(r"\((?:\?:)?(?![?])")
_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_QUANTIFIER = re.compile(r"[?*+]\??|\{\d*,?\d*\}\??")
_GROUP_HEAD = re.compile(r"\?(?:[:=!]|<[=!]|P<\w+>)|")
_SIMPLE = {" ": r"\s+", "-": r"[-‐‑\s]", "'": "['’‘]", '"': '["“”„]'}
_END = r"(?:(?!\w)(?!-\w)|(?<!\w))"
_END_WORD = r"\b(?!-\w)"  # the same, quicker, where a letter ends the pattern


Way = tuple[frozenset[str], ...]
"""Sets of lower-case literals, of each of which a match holds at least one; the set least likely to be met comes first.

A literal is a run of words with single spaces between them: it is looked for where everything that is no letter or digit
has become one space, with a space at both ends. So one that begins or ends with a space stands on a whole word there.
"""

Ways = tuple[Way, ...]
"""Alternatives: a match holds what one of them asks for. An empty way asks for nothing."""

_ANY: Ways = ((),)


class Atom(NamedTuple):
    """One unit of a pattern: its regular expression, and what is known of the text it matches.

    `strings` are all the texts it can match, as they are looked for, where these are few; `ways` is what it asks for otherwise,
    or, of something that takes no room, besides. `ends_word` tells that a word ends with it. `starts` are texts with one of
    which it begins, on a whole word; none where nobody knows.
    """

    regex: str
    strings: frozenset[str] | None = None
    ways: Ways = _ANY
    ends_word: bool = False
    starts: frozenset[str] = frozenset()


_NOTHING = frozenset([""])
_SPACE = frozenset([" "])
_DIGITS = frozenset("0123456789")
_ASCII = [*map(chr, range(32, 127))]
_SHORTEST_START = 2
"""Letters of a word with which a pattern begins, where only its beginning is known."""
_MOST_STRINGS = 24
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

    def alternation(self, depth: int = 0, before: str = " ") -> Atom:
        """What stands up to a closing bracket or the end; `before` is a space where a word begins with it."""
        branches = [self.branch(depth, before)]
        while self.at < len(self.text) and self.text[self.at] == "|":
            self.at += 1
            branches.append(self.branch(depth, before))
        regex, ends_word = "|".join(one.regex for one in branches), all(one.ends_word for one in branches)
        known = [one.strings for one in branches if one.strings is not None]
        if depth and len(known) == len(branches) and len(all_known := frozenset().union(*known)) <= _MOST_STRINGS:
            return Atom(regex, all_known, ends_word=ends_word)
        after = " " if depth and _space_follows(self.text, self.at + 1) else ""
        strings = [frozenset(_joined(run, after) for run in one.strings or ()) for one in branches]
        ways = (way for one, some in zip(branches, strings, strict=True) for way in (_literals(some, before) if some else one.ways))
        begins = [
            one.starts or _starts(frozenset(before + run for run in some)) for one, some in zip(branches, strings, strict=True)
        ]
        starts = frozenset().union(*begins) if before and all(begins) else frozenset()
        return Atom(regex, None, _fewer(_merged(tuple(ways))), ends_word, starts)

    def branch(self, depth: int, before: str) -> Atom:
        """A sequence; one that is a whole alternative of the pattern stands on whole words."""
        start = self.at
        regex, ways, runs, first, led = self.sequence(depth, before)
        ends_word = all(run.endswith(" ") for run in runs)
        if first is None and depth and ways == _ANY and not led:
            return Atom(regex, frozenset(run[len(before) :] for run in runs), ends_word=ends_word)
        if depth:
            starts = _starts(first or runs, led) if before else frozenset[str]()
            return Atom(regex, None, _both(ways, _literals(runs)), ends_word, starts)
        written = self.text[start : self.at]
        closing = _END_WORD if re.search(r"(?<!\\)[A-Za-z>]\Z", written) else _END
        whole = frozenset(f"{run} " if run.strip() else run for run in runs)
        starts = _starts(whole if first is None else first, led)
        return Atom(f"(?:{regex}){closing}", None, _both(ways, _literals(whole)), starts=starts)

    def sequence(self, depth: int, before: str) -> tuple[str, Ways, frozenset[str], frozenset[str] | None, frozenset[str]]:
        """(regular expression, ways, the texts it may end with, those it begins with: None where the former are the whole of it,
        and those with which parts begin that may stand before).

        A text that it may end with begins with a space where a word begins, and is empty where nobody knows what stands before.
        """
        out: list[str] = []
        ways, runs = _ANY, frozenset([before])
        first: frozenset[str] | None = None
        led: frozenset[str] = frozenset()
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            if plain := _LETTERS.match(self.text, self.at):
                self.at = plain.end()
                atom, optional, quantifier = Atom(self.cased(plain[0]), frozenset([plain[0].lower()])), False, ""
            else:
                after_space = " " if all(run.endswith(" ") for run in runs) else ""
                atom = self.atom(depth, after_space)
                optional, quantifier = self.quantifier()
            out.append(atom.regex + quantifier)
            if quantifier == "?" and atom.strings == _SPACE and all(map(str.strip, runs)) and _space_follows(self.text, self.at):
                continue  # a sign that may stand between a word and a space: that is one space to look for, with it or without
            strings = atom.strings if quantifier in ("", "?") else None
            if strings is not None:
                strings = strings | _NOTHING if optional else strings
                ways = ways if optional else _both(ways, atom.ways)
                longer = frozenset(_joined(run, one) for run in runs for one in strings)
                if len(longer) <= _MOST_STRINGS:
                    runs = longer
                    continue
            spaced = all(run.endswith(" ") for run in runs)
            begun = frozenset(run for run in runs if run.strip())  # the others: nothing yet, or a sign
            starts = atom.starts or frozenset(" " + one for one in atom.strings or ())
            if first is None and spaced and begun != runs and optional and starts and atom.ends_word:
                led |= begun | starts
                runs = _SPACE
                continue
            ways = _both(ways, _literals(runs))
            if first is None:
                known = begun == runs or optional or not starts or max(len(run) for run in runs - begun) > len("  ")
                first = runs if known else begun | starts
            if strings is not None:
                runs = frozenset((" " if spaced else "") + one for one in strings)
                continue
            if not optional:
                needs = _literals(atom.strings, "") if atom.strings is not None else atom.ways
                ways = _both(ways, needs)
            runs = _SPACE if atom.ends_word and (spaced or not optional) else _NOTHING
        if self.at < len(self.text) and self.text[self.at] == ")" and not depth:
            raise self.fail("a closing bracket without its opening one")
        return "".join(out), ways, runs, first, led

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
                return Atom(r"\s", _SPACE)  # one of a fixed width, or one that may be missing: a run of them would never be
            return Atom(_SIMPLE[char], _SPACE)
        if char in ".^$":
            return Atom(char, None if char == "." else _NOTHING)
        if char in "?*+{":
            raise self.fail("a quantifier with nothing before it")
        return Atom(re.escape(self.cased(char)), frozenset([char.lower()]) if char.isalnum() or char == "_" else _SPACE)

    def escape(self, depth: int, before: str) -> Atom:
        found = re.compile(r"\\(?:(\d+)|.)", re.DOTALL).match(self.text, self.at)
        if not found:
            raise self.fail("a lone backslash")
        self.at = found.end()
        if found[1]:
            return Atom(f"(?P=G{found[1]})")
        char = found[0][1]
        if char == "d":
            return Atom("[0-9]", _DIGITS)
        if char == "b" and not before:
            return Atom(found[0], _SPACE)  # a word ends there, or begins
        return Atom(found[0], _NOTHING if char in "AZbB" else _SPACE if char == "s" or not char.isalnum() else None)

    def char_class(self, depth: int, before: str) -> Atom:
        found = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL).match(self.text, self.at)
        if not found:
            raise self.fail("a [ that is never closed")
        self.at = found.end()
        regex = re.sub(r"\\.|.", lambda one: one[0] if len(one[0]) > 1 else self.cased(one[0]), found[0], flags=re.DOTALL)
        if not found[0].isascii() or found[0].startswith("[^") or "\\" in found[0].replace(r"\d", ""):
            return Atom(regex)  # one that may match any letter of any script
        try:
            some = frozenset(char.lower() if char.isalnum() or char == "_" else " " for char in _ASCII if re.match(regex, char))
        except re.error as error:
            raise self.fail(str(error.msg)) from None
        return Atom(regex, some if len(some) <= _MOST_STRINGS else None)

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
        if behind or opening in ("?!", "?="):  # takes no room; but what is looked for ahead stands there too
            return Atom(regex, _NOTHING, self.ahead(inner, before) if opening == "?=" else _ANY)
        return inner._replace(regex=regex)

    def ahead(self, inner: Atom, before: str) -> Ways:
        """What a look-ahead asks for."""
        return inner.ways if inner.strings is None else _literals(inner.strings, before)

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
        strings = frozenset(re.sub(r"\W+", " ", form) for form in found)
        known = strings if len(strings) <= _MOST_STRINGS else None
        regex = f"(?P<{name}>{'|'.join(map(re.escape, found))})"
        after = " " if _space_follows(self.text, self.at) else ""
        whole = frozenset(one + after for one in strings)
        starts = _starts(frozenset(before + one for one in whole)) if before else frozenset[str]()
        return Atom(regex, known, _ANY if known else _literals(whole, before), starts=starts)


def _space_follows(text: str, at: int) -> bool:
    """Whether whatever matches the notation from there on begins with a space or another end of a word."""
    at = _after_closing(text, at)
    while group := _GROUP_AHEAD.match(text, at):
        end, begins = _group_end(text, group.end())
        if not begins:
            return False
        if text[end : end + 1] not in ("?", "*"):
            return text[end : end + 1] != "{"
        at = _after_closing(text, end + 1 + (text[end + 1 : end + 2] == "?"))
    return bool(_SPACE_AHEAD.match(text, at))


def _after_closing(text: str, at: int) -> int:
    """The place after brackets that close there."""
    closing = _CLOSING.match(text, at)
    return closing.end() if closing else at


def _group_end(text: str, at: int) -> tuple[int, bool]:
    """Where the group ends whose inside begins there, and whether each of its alternatives begins with a space."""
    depth, begins = 0, bool(_SPACE_AHEAD.match(text, at))
    while piece := _PIECE.match(text, at):
        at = piece.end()
        if piece[0] == ")":
            if not depth:
                return at, begins
            depth -= 1
        depth += piece[0] == "("
        if piece[0] == "|" and not depth:
            begins = begins and bool(_SPACE_AHEAD.match(text, at))
    return at, False


def _joined(run: str, more: str) -> str:
    """Two texts after each other, with no more than one space between them unless nothing else stands before."""
    return run + more[1:] if more.startswith(" ") and run.endswith(" ") and run.strip() else run + more


def _literals(runs: frozenset[str], before: str = "") -> Ways:
    """What asks for one of several texts; a text that holds another needs no entry of its own."""
    kept: list[str] = []
    for run in sorted({re.sub(" +", " ", before + run) for run in runs}, key=lambda run: (len(run), run)):
        if not tells(run):
            return _ANY
        if not any(one in run for one in kept):
            kept.append(run)
    return ((frozenset(kept),),)


def _starts(runs: frozenset[str], led: frozenset[str] = frozenset()) -> frozenset[str]:
    """The texts, and those of what may stand before, if each begins with a word, or with one sign before a word.

    A text that begins with another needs no entry.
    """
    found: set[str] = set()
    for run in sorted(runs | led):
        start = " " + re.sub(" +", " ", run[1:].removeprefix(" "))
        whole = start.endswith(" ") or len(start.strip()) >= _SHORTEST_START or start[1:2].isdigit()
        if not run.startswith(" ") or start[1:2] in ("", " ") or not whole:
            return frozenset()
        if not any(start.startswith(one) for one in found):
            found.add(start)
    return frozenset(found)


def _both(ones: Ways, others: Ways) -> Ways:
    """What asks for one of each: every pairing, or, where these are too many, less."""
    if _ANY in (ones, others):
        return ones if others == _ANY else others
    if len(ones) * len(others) > max(_MOST_PAIRS, len(ones), len(others)):
        ones, others = sorted((ones, others), key=len, reverse=True)
        others = _fewer(others, 1)
    return tuple(tuple(sorted({*one, *other}, key=_likelihood)) for one in ones for other in others)


def _merged(ways: Ways) -> Ways:
    """The same ways, those that ask for one set each as one way that asks for any of theirs, and none that asks for more."""
    single = [way[0] for way in ways if len(way) == 1]
    if not single or _ANY[0] in ways:
        return _ANY if _ANY[0] in ways else ways
    any_of = frozenset().union(*single)
    return ((any_of,), *(way for way in ways if len(way) > 1 and not any(some <= any_of for some in way)))


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
    return len(words) <= 2 and all(map(is_everyday, words))
