"""Ties two names of the institution that one person serves: the adviser to one foundation, later the adviser to another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from reviewer.checks.names.evidence import NEARBY, OFFICES, Tie, nearest, plain, ranked
from reviewer.checks.names.long_names import Title, take_apart
from reviewer.checks.names.mentions import RUN, Mention, Name, Names
from reviewer.checks.names.people import full_names
from reviewer.model import Span

_SAME_POST = {"consultant": "adviser"}
_POST = re.compile(
    rf"(?:\s\([^)]*\))?,\s(?:the |a |an )?(?:[\w'’-]+\s){{0,3}}?((?i:{OFFICES}|consultant))"
    r"\s(?:of|to|at|for|with)\s(?:the\s)?(?=[A-Z])"
)


def affiliation_ties(names: Names, same: Mapping[str, str]) -> Iterator[Tie]:
    """Institutions that one person is said to serve in one post, where neither name is short for the other.

    They are of one kind, or their names begin with one word: State Office, State Committee.
    """
    for person in full_names(names):
        posts: dict[str, list[Title]] = defaultdict(list)
        for post, title in _posts(names, person):
            posts[_SAME_POST.get(post, post)].append(title)
        for titles in posts.values():
            for one, other in combinations(titles, 2):
                words, others = set(one.stems(same)), set(other.stems(same))
                alike = one.head == other.head or one.content[0] == other.content[0]
                if alike and words - others and others - words and nearest(one.name, other.name) <= NEARBY:
                    yield Tie(*ranked(one.name, other.name), how="affiliation")


def _posts(names: Names, person: Name) -> Iterator[tuple[str, Title]]:
    """The posts after a person's name, each with the institution: `, senior adviser to the National Policy Foundation`."""
    if len(person.mentions) < 2:
        return
    for mention in person.mentions[:20]:
        text = names.text_of(mention)
        post = _POST.match(text, mention.span.end) if text[mention.span.end : mention.span.end + 1] in (",", " ") else None
        run = RUN.match(text, post.end()) if post else None
        if post and run:
            words, head = take_apart(run[0])
            if head and len(words) >= 2:
                place = Mention(mention.segment, Span(*run.span()))
                yield plain(post[1]), Title(Name(" ".join(run[0].split()), (place,), 1.0), words, head)
