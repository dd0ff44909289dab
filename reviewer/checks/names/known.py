"""Finds the spellings that a project has settled, and keeps apart the names that it has told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from reviewer.checks import literals
from reviewer.checks.names.evidence import Tie
from reviewer.model import Document, Finding, Rule, Span

DETECT = "known"
"""What a rule has to detect so that its options hold settled names."""


@dataclass(frozen=True, slots=True)
class Known:
    """By spelling, the name it stands for; those in `allowed` may stay as they are."""

    names: Mapping[str, str]
    allowed: frozenset[str]

    def heeded(self, tie: Tie) -> Tie | None:
        """A tie that goes with what is settled: turned round where it would change the settled spelling, None where it is idle.

        That is, between two names that were told apart, or from a spelling that is right as well or is found by itself.
        """
        if tie.rarer.text not in self.names:
            return tie
        if tie.usual.text in self.names or tie.rarer.text not in self.allowed:
            return None
        return replace(tie, rarer=tie.usual, usual=tie.rarer)


def options(spellings: Mapping[str, tuple[str, bool]]) -> dict[str, str]:
    """The options of a rule that knows the spellings: by spelling, the name and whether the spelling is right as well."""
    return {"forms": "".join(f"{form}\t{name}\t{'yes' * allowed}\n" for form, (name, allowed) in spellings.items())}


def of(rule: Rule) -> Known:
    """What such a rule knows."""
    rows = [line.split("\t") for line in rule.options.get("forms", "").splitlines()]
    right = frozenset(form for form, name, allowed in rows if allowed or form == name)
    return Known({form: name for form, name, _ in rows}, right)


def finder(rule: Rule) -> Callable[[Document], Iterator[Finding]]:
    """Finds the spellings of a rule that are to become another one. They count with their capitals, before a possessive, too.

    A spelling inside a longer one that the rule knows is part of that.
    """
    known = of(rule)
    if not known.names:
        return lambda _: iter(())
    find = literals.search(sorted({form.lower() for form in known.names}), possessive=True)

    def check(document: Document) -> Iterator[Finding]:
        for segment in document.segments:
            taken: list[Span] = []
            wrong: list[tuple[Span, str, str]] = []
            for span in sorted({span for span, _ in find(segment.target)}, key=lambda span: (-len(span), span)):
                text = " ".join(span.of(segment.target).split())
                name = known.names.get(text)
                if name and not any(span.overlaps(other) for other in taken):
                    taken.append(span)
                    if text not in known.allowed:
                        wrong.append((span, text, name))
            for span, text, name in sorted(wrong):
                yield rule.finding(segment, span, fixes=(name,), message=f"{rule.why} Here {text}, settled as {name}.")

    return check
