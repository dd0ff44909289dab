"""Finds posts and their holders in the English and in the Chinese of a segment: the director of the Ferry Office, Wei Anping."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewer.checks.names.long_names import take_apart
from reviewer.checks.names.mentions import HONORIFICS, RUN, TOKEN, Mention, Name
from reviewer.model import Span

# What a Chinese post is called in English; `vice` stands for its deputies, 副.
_POSTS = {
    "主席": "chairman chairwoman chairperson president chair", "总统": "president", "首相": "premier prime-minister",
    "总理": "premier prime-minister chancellor", "主任": "director chairman head chief", "部长": "minister director head",
    "书记": "secretary", "秘书长": "secretary-general secretary", "顾问": "adviser consultant", "市长": "mayor",
    "省长": "governor", "州长": "governor", "局长": "director chief head commissioner", "院长": "president dean director head",
    "校长": "president principal headmaster chancellor", "所长": "director head", "会长": "president chairman",
    "董事长": "chairman chairwoman chairperson", "总裁": "president ceo", "总经理": "manager ceo president", "经理": "manager",
    "大使": "ambassador", "发言人": "spokesman spokeswoman spokesperson", "外长": "foreign-minister minister",
    "防长": "defense-minister minister", "厅长": "director head", "处长": "director head chief", "议长": "speaker",
    "行长": "president governor", "馆长": "director curator head", "主编": "editor", "导演": "director", "教练": "coach",
    "司令": "commander", "创始人": "founder",
}  # fmt: skip
_CHINESE = re.compile(rf"(副?)({'|'.join(sorted(_POSTS, key=len, reverse=True))})(?!人)")
_RANK_BEFORE = re.compile(r"(?:资深|高级|新任|现任|首席|常务|前任|时任|候任|的)+$")
_HAN_BEFORE = re.compile(r"[\u4e00-\u9fff]{2,24}$")
_HAN_AFTER = re.compile(r"[\u4e00-\u9fff]{2,8}")
_ENGLISH_POSTS = sorted({post for posts in _POSTS.values() for post in posts.split()}, key=len, reverse=True)
_POST = r"((?i:(?:vice|deputy)[- ])?)((?i:" + "|".join(post.replace("-", "[- ]") for post in _ENGLISH_POSTS) + r"))"
_ANY = re.compile(rf"(?<![\w'’-]){_POST}(?![\w'’-])")
_OF = re.compile(r"\s(?:of|to|at|for)\s(?:the\s)?(?=[A-Z])")
_COMMA = re.compile(r",?\s(?:(?:Mr|Mrs|Ms|Dr)\.?\s)?(?=[A-Z])")
_APPOSITION = re.compile(r"(?:\s\([^)]*\))?,\s(?:(?:the|a|an|who is|who was)\s)?(?:(?!and\b)[\w'’-]+\s){0,5}")
_FAR = 60  # code points between a name and its post


@dataclass(frozen=True, slots=True)
class Post:
    """A post in the English: what it is called, with `vice` for deputies, and the places of its holder and institution, if any."""

    called: str
    holder: Mention | None
    institution: Mention | None


@dataclass(frozen=True, slots=True)
class ChinesePost:
    """A post in the Chinese: what it may be called in English, and the characters right before and right after it."""

    called: frozenset[str]
    before: str
    after: str


def in_chinese(source: str) -> Iterator[ChinesePost]:
    """The posts of a Chinese text, in order."""
    for match in _CHINESE.finditer(source):
        lead = source[: match.start()]
        lead = _RANK_BEFORE.sub("", lead)
        before, after = _HAN_BEFORE.search(lead), _HAN_AFTER.match(source, match.end())
        called = frozenset(f"vice {post}" if match[1] else post for post in _POSTS[match[2]].split())
        yield ChinesePost(called, before[0] if before else "", after[0] if after else "")


def in_english(text: str, number: int, people: list[Mention]) -> Iterator[Post]:
    """The posts of an English text, in order; `number` is its segment, `people` the names of people in it."""
    for match in _ANY.finditer(text):
        called = match[2].lower().replace(" ", "-").replace("advisor", "adviser")
        start, end, institution = match.start(), match.end(), None
        after = _OF.match(text, end)
        run = RUN.match(text, after.end()) if after else None
        if run:
            institution = _institution(text, number, run.start(), run.end())
            end = run.end()
        else:
            lead = list(RUN.finditer(text, max(0, start - _FAR), start))
            if lead and text[lead[-1].end() : start] == " ":
                institution = _institution(text, number, lead[-1].start(), lead[-1].end())
        holder = _holder(text, people, start, (match.end(), end))
        yield Post(f"vice {called}" if match[1] else called, holder, institution)


def _institution(text: str, number: int, start: int, end: int) -> Mention | None:
    """The name of an institution there, if it has two words and more and a noun that says what it is."""
    words = list(TOKEN.finditer(text, start, end))
    while words and words[0].group().lower() in ("the", "a", "an", "new", "former", "vice", "deputy"):
        words.pop(0)
    if not words:
        return None
    span = Span(words[0].start(), words[-1].end())
    content, head = take_apart(span.of(text))
    honours = any(word in HONORIFICS for word in content)  # the run goes on to a person: the Ferry Office and Mr Wei
    return Mention(number, span) if head and len(content) >= 2 and not honours else None


def _holder(text: str, people: list[Mention], start: int, ends: tuple[int, int]) -> Mention | None:
    """Who holds a post: the name right after it or after its institution, else the name that it stands in apposition to."""
    for end in ends:
        between = _COMMA.match(text, end)
        for person in people:
            if between and person.span.start == between.end():
                return person
    for person in people:
        end = person.span.end
        if end < start <= end + _FAR and _APPOSITION.fullmatch(text, end, start):
            return person
    return None


def named(text: str, places: list[Mention]) -> Name:
    """A name with its places, each counted once."""
    return Name(text, tuple(places), float(len(places)))
