"""Finds one name under two spellings in a document: collects the names, ties those that are one, and makes the findings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from reviewer.checks.names import (
    abbreviations,
    acronyms,
    affiliations,
    aliases,
    as_words,
    coinages,
    companies,
    institutions,
    known,
    one_word,
    people,
    place_order,
    renderings,
    short_forms,
    sinicised,
    source_listed,
    source_people,
    source_posts,
    source_titles,
    source_words,
    spelling,
    terms,
)
from reviewer.checks.names.evidence import Tie
from reviewer.checks.names.mentions import Mention, Name, Names, collect
from reviewer.model import Check, Document, Finding, Related, ReviewerError, Rule, Span

_OTHERS = 4  # of the other spellings of a name are shown on its card

Detector = Callable[[Names, Mapping[str, str]], Iterable[Tie]]


@lru_cache(maxsize=16)
def _same(groups: str) -> dict[str, str]:
    """Each word of `city municipal; state national` mapped to the first word of its group."""
    return {word: group.split()[0] for group in groups.split(";") for word in group.split()}


DETECTORS: dict[str, Detector] = {
    "spacing": lambda names, _: people.spacing_ties(names),
    "romanisation": lambda names, _: people.romanisation_ties(names),
    "slip": lambda names, _: people.slip_ties(names),
    "surname": lambda names, _: people.surname_ties(names),
    "office": lambda names, _: people.office_ties(names),
    "address": lambda names, _: people.address_ties(names),
    "stranger": lambda names, _: people.stranger_ties(names),
    "one-word": lambda names, _: one_word.one_word_ties(names),
    "sinicised": lambda names, _: sinicised.sinicised_ties(names),
    "accents": lambda names, _: spelling.accent_ties(names),
    "one-letter": lambda names, _: spelling.letter_ties(names),
    "ending": lambda names, _: spelling.ending_ties(names),
    "wording": lambda names, options: institutions.wording_ties(
        names, _same(options.get("same", "")), frozenset(options.get("both", "").split())
    ),
    "source-person": lambda names, _: renderings.person_ties(names),
    "source-place": lambda names, _: renderings.place_ties(names),
    "source-word": lambda names, _: source_words.word_ties(names),
    "source-stranger": lambda names, _: source_people.stranger_ties(names),
    "source-holder": lambda names, _: source_posts.holder_ties(names),
    "source-listed": lambda names, options: source_listed.listed_ties(names, options.get("things", "")),
    "source-post": lambda names, _: source_posts.institution_ties(names),
    "source-title": lambda names, options: source_titles.title_ties(names, _same(options.get("same", ""))),
    "affiliation": lambda names, options: affiliations.affiliation_ties(names, _same(options.get("same", ""))),
    "coinage": lambda names, options: coinages.coinage_ties(names, options.get("heads", "")),
    "abbreviation": lambda names, options: abbreviations.abbreviation_ties(
        names, options.get("words", ""), options.get("nouns", "")
    ),
    "short-form": lambda names, _: short_forms.short_form_ties(names),
    "definition": lambda names, _: acronyms.definition_ties(names),
    "acronym-slip": lambda names, _: acronyms.slip_ties(names),
    "firm": lambda names, _: companies.firm_ties(names),
    "shares": lambda names, _: companies.shares_ties(names),
    "term": lambda names, options: terms.term_ties(names, options.get("groups", "")),
    "as-word": lambda names, options: as_words.word_ties(names, options.get("glosses", "")),
    "place-order": lambda names, _: place_order.order_ties(names),
    "lower-case": lambda names, _: institutions.lower_ties(names),
    "alias": lambda names, options: aliases.alias_ties(names, options.get("names", ""), options.get("unless", "")),
    "acronym": lambda names, options: aliases.acronym_ties(names, options.get("known", "")),
}


def compile(rules: Sequence[Rule]) -> Check:
    """One check for all rules of this kind. Raises ReviewerError where a rule names no detector."""
    for rule in rules:
        if rule.detect not in DETECTORS and rule.detect != known.DETECT:
            raise ReviewerError(
                f"{rule.file}:{rule.line}: {rule.id}: no detector {rule.detect!r}; there are {', '.join(DETECTORS)}"
            )

    detecting = [rule for rule in rules if rule.detect != known.DETECT]
    finders = [(known.of(rule), known.finder(rule)) for rule in rules if rule.detect == known.DETECT]
    # Which words translate one Chinese word is said once, and every detector may ask.
    said = next((rule.options["same"] for rule in rules if "same" in rule.options), "")
    options = [(rule, DETECTORS[rule.detect], {"same": said, **rule.options}) for rule in detecting]

    def check(document: Document) -> Iterator[Finding]:
        names = collect(document)
        ties = [(rule, tie) for rule, detect, told in options for tie in detect(names, told)]
        for settled, find in finders:
            yield from find(document)
            ties = [(rule, kept) for rule, tie in ties if (kept := settled.heeded(tie))]
        yield from _findings(names, ties)

    return check


def _findings(names: Names, ties: Iterable[tuple[Rule, Tie]]) -> Iterator[Finding]:
    """A finding on every place of each rarer form, the surest tie first, and never two on one word."""
    ordered = sorted(ties, key=lambda pair: -pair[0].confidence * pair[1].strength)
    usual = _roots(tie for _, tie in ordered)
    others: dict[str, dict[str, Name]] = {}  # by the form to use in the end, every form that is to become it
    for _, tie in ordered:
        others.setdefault(usual[tie.usual.text].text, {})[tie.rarer.text] = tie.rarer
    taken: dict[int, list[Span]] = {}  # by segment, in order, none over another
    for rule, tie in ordered:
        target = usual[tie.usual.text]
        if target.text == tie.rarer.text:
            continue
        for mention in tie.rarer.mentions:
            marked = taken.setdefault(mention.segment, [])
            at = bisect_right(marked, mention.span.start, key=lambda span: span.end)
            if at == len(marked) or not marked[at].overlaps(mention.span):
                marked.insert(at, mention.span)
                yield _finding(names, rule, tie, mention, target, others[target.text].values())


def _roots(ties: Iterable[Tie]) -> dict[str, Name]:
    """For each name the form to use in the end: where a usual form is itself rarer than another, that one."""
    upward: dict[str, Name] = {}
    known: dict[str, Name] = {}
    for tie in ties:
        known[tie.usual.text] = tie.usual
        upward.setdefault(tie.rarer.text, tie.usual)
    roots = {}
    for text, name in known.items():
        root, seen = name, {text}
        while root.text in upward and upward[root.text].text not in seen:
            root = upward[root.text]
            seen.add(root.text)
        roots[text] = root
    return roots


def _finding(names: Names, rule: Rule, tie: Tie, mention: Mention, usual: Name, others: Iterable[Name]) -> Finding:
    segments = names.document.segments
    beside = [name for name in others if name.text != tie.rarer.text][:_OTHERS]
    places = [name.mentions[0] for name in (usual, *beside) if name.mentions]
    related = [Related(segments[at.segment].key, at.span, at.span.of(names.text_of(at))) for at in places]
    for at in tie.sources:
        related.append(Related(segments[at.segment].key, at.span, at.span.of(segments[at.segment].source or ""), "source"))
    return rule.finding(
        segments[mention.segment],
        mention.span,
        fixes=(usual.text,),
        message=f"{rule.why} Here {tie.rarer.text}, {'elsewhere' if usual.mentions else 'likely'} {usual.text}.",
        related=tuple(related),
        confidence=round(rule.confidence * (1 + tie.strength) / 2, 3),  # the record knows of weak ties, too
    )
