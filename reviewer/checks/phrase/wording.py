"""Writes a fix so that it fits its place: inflection, capitals, and a or an before it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reviewer.checks.phrase import inflection
from reviewer.checks.phrase.pattern import Match
from reviewer.model import Span

_NEAR = 80
"""Code points around a place that bear on how a fix is written there."""
_COPY = re.compile(r"<([a-z][a-z'-]*)(?:=(\d+))?>|\\(\d+)", re.IGNORECASE)
_WIDE = re.compile(r"\s{2,}")
_SMALL = frozenset(["a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with"])
_LETTERS = re.compile(r"[^\W\d_]+")
_ARTICLE_BEFORE = re.compile(r"(?i)\b(an?)(\s+)\Z")
_ARTICLES = ("a", "an")
_DETERMINERS = (
    *("the", "this", "that", "these", "those", "its", "their", "our", "his", "her", "my", "your", "whose"),
    *("each", "every", "some", "any", "no", "another"),
)
_POSSESSIVES = ("'s", "’s", "s'", "s’")
_DETERMINER_BEFORE = re.compile(rf"(?i)(?:\b(?:{'|'.join(_DETERMINERS)})|\w['’]s|s['’])\s+\Z")
_HEAD = re.compile(r"(?i)\b([a-z]+)\b(?=\s+(?:of|for|in|to|that|with|on|at|by|from|between|among)\b|\W*\Z)")
_SENTENCE_START = re.compile(r"(?:\A|[\"“‘(](?=\Z)|[.!?…:。！？][\"'”’)\]]*\s+|\n\s*\n)[\s\"'“‘(\[*_—–-]*\Z")


def render(template: str, match: Match, lemmas: Mapping[str, tuple[str, ...]]) -> str:
    """A fix's template with <words> put into the form of the match and \\1 replaced by what the brackets matched."""

    def one(found: re.Match[str]) -> str:
        lemma, number, group = found.groups()
        if group:
            return match.group(f"G{group}") or ""
        name = f"L{number}" if number else next((some for some in lemmas if match.group(some)), "L1")
        original = match.group(name)
        if original is None:
            return str(lemma)
        if original.lower() in inflection.forms(lemma):
            return original.lower()  # the same word: were stays were
        start = match.groups[name].start
        before = match.text[max(0, start - _NEAR) : start]
        kinds = (inflection.form_of(original, word, before) for word in lemmas[name] if original.lower() in inflection.forms(word))
        return inflection.inflect(lemma, next(kinds, inflection.BASE))

    return _WIDE.sub(" ", _COPY.sub(one, template)).strip()


def fit(texts: list[str], text: str, span: Span) -> tuple[Span, list[str]]:
    """Fixes as they read at `span` of `text`.

    Capitals follow the place. The article before the words follows the fix: where it has to change, the span that comes
    back takes it in, for all fixes alike. A fix that deletes takes the space beside the words along.
    """
    near, original = max(0, span.start - _NEAR), span.of(text)
    cased = [match_case(fix, original, text[near : span.start], text[span.end : span.end + _NEAR]) for fix in texts]
    if not any(cased):
        return _with_space(text, span), cased
    before = text[near : span.start].lower().rstrip()  # its end tells at once that most words are neither
    article = before.endswith(_ARTICLES) and _ARTICLE_BEFORE.search(text, near, span.start)
    if not article:
        bare = before.endswith(_DETERMINERS + _POSSESSIVES) and _DETERMINER_BEFORE.search(text, near, span.start)
        return span, [_without_article(fix) if bare else fix for fix in cased]
    wanted = [_with_article(fix) for fix in cased]
    if all(fix.lower().startswith(article[1].lower() + " ") for fix in wanted):
        return span, [fix.split(" ", 1)[1] for fix in wanted]
    capital = article[1][0].isupper()
    return Span(article.start(), span.end), [fix[0].upper() + fix[1:] if capital and fix else fix for fix in wanted]


def match_case(fix: str, original: str, before: str, after: str = "") -> str:
    """The fix in the capitals of its place: those of a name or heading, where all words have them, or of a sentence's start."""
    if original == original.lower():
        return fix
    words = [word for word in _LETTERS.findall(original) if word.lower() not in _SMALL]
    if not fix or not words:
        return fix
    left = [word for word in _LETTERS.findall(before[-60:]) if word.lower() not in _SMALL][-1:]
    right = [word for word in _LETTERS.findall(after[:60]) if word.lower() not in _SMALL][:1]
    beside = [word for word in left + right if len(word) > 1]
    loud = len(words) > 1 or (beside and all(map(str.isupper, beside)))
    if loud and all(map(str.isupper, words)) and sum(map(len, words)) > 3:
        return fix.upper()
    inside = before[-2:-1].isalnum() and before[-1:] == " "  # a word right before: no need to look further
    opens = not inside and bool(_SENTENCE_START.search(before[-40:]))
    heading = not opens or not beside or any(word[0].isupper() for word in beside)
    if len(words) > 1 and heading and "," not in original and all(word[0].isupper() for word in words):
        return " ".join(word if n and word in _SMALL else word[:1].upper() + word[1:] for n, word in enumerate(fix.split(" ")))
    if opens and original.lstrip("\"'“‘(")[:1].isupper():
        return fix[0].upper() + fix[1:]
    return fix


def _with_article(fix: str) -> str:
    """The fix with the article it wants after a or an: its own, none for a plural, otherwise by sound."""
    if re.match(r"(?i)(?:an?|the)\s", fix):
        return fix
    head = _HEAD.search(fix)
    if head and re.search(r"(?i)[^siu]s\Z", head[1]):
        return fix
    return f"{inflection.article(fix)} {fix}"


def _without_article(fix: str) -> str:
    return re.sub(r"(?i)\A(?:an?|the)\s+", "", fix)


def _with_space(text: str, span: Span) -> Span:
    if text[span.end : span.end + 1].isspace():
        return Span(span.start, span.end + 1)
    if span.start and text[span.start - 1].isspace():
        return Span(span.start - 1, span.end)
    return span
