"""The forms of a report, by the name that `--format` knows them by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reviewer.levels import MOST, NONE, USUAL, Levels
from reviewer.model import Rule
from reviewer.report import records, text
from reviewer.report.place import Place
from reviewer.report.tally import Tally

Rules = Callable[[], Mapping[str, Rule]]
"""Gives the rules by their ids; called only by a form that needs them."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the caller wants a report: whether it goes to a file, what each of the other tools is to call a severity, and how many
    annotations of a level GitHub is given at most (0: all)."""

    for_file: bool = False
    levels: Levels = field(default_factory=lambda: USUAL)
    most: int = MOST


@dataclass(frozen=True, slots=True)
class Form:
    """How a report is written. `to_do`: it is for tools that show what is still to be done, so it holds open findings only.

    `write` takes the findings, the tally that counts them as they pass, the rules, and the manner.
    """

    write: Callable[[Iterable[Place], Tally, Rules, Manner], Iterator[str]]
    to_do: bool = False


def _sarif(places: Iterable[Place], _tally: Tally, rules: Rules, manner: Manner) -> Iterator[str]:
    from reviewer.report import sarif

    return sarif.log(places, rules(), manner.levels["sarif"])


def _junit(places: Iterable[Place], tally: Tally, _rules: Rules, manner: Manner) -> Iterator[str]:
    from reviewer.report import junit

    return junit.suites(places, tally, manner.levels["junit"])


def _github(places: Iterable[Place], _tally: Tally, _rules: Rules, manner: Manner) -> Iterator[str]:
    from reviewer.report import github

    return github.commands(places, manner.levels["github"], manner.most)


def _gitlab(places: Iterable[Place], _tally: Tally, _rules: Rules, manner: Manner) -> Iterator[str]:
    from reviewer.report import gitlab

    return gitlab.code_quality(places, manner.levels["gitlab"])


def _csv(places: Iterable[Place], _tally: Tally, _rules: Rules, _manner: Manner) -> Iterator[str]:
    from reviewer.report import table

    return table.rows(places)


def _markdown(places: Iterable[Place], tally: Tally, _rules: Rules, _manner: Manner) -> Iterator[str]:
    from reviewer.report import markdown

    return markdown.summary(places, tally)


def _html(places: Iterable[Place], tally: Tally, _rules: Rules, _manner: Manner) -> Iterator[str]:
    from reviewer.report.page import page  # brings a template engine along

    return page(places, tally)


# each of the others is imported when it is asked for: start-up counts
FORMS = {
    "text": Form(lambda places, tally, _, manner: text.rendered(places, tally, for_file=manner.for_file)),
    "json": Form(lambda places, *_: records.as_json(places)),
    "jsonl": Form(lambda places, *_: records.jsonl(places)),
    "sarif": Form(_sarif, to_do=True),
    "junit": Form(_junit, to_do=True),
    "github": Form(_github, to_do=True),
    "gitlab": Form(_gitlab, to_do=True),
    "csv": Form(_csv),
    "markdown": Form(_markdown),
    "html": Form(_html),
}


def written(form: str, places: Iterable[Place], tally: Tally, rules: Rules, manner: Manner) -> Iterator[str]:
    """The report in pieces of text, one document in memory at a time.

    What a report leaves out, as the level of its severity is NONE, the tally counts all the same.
    """
    called = manner.levels.get(form, {})
    shown = (place for place in tally.counted(places) if called.get(place.finding.severity) != NONE)
    return FORMS[form].write(shown, tally, rules, manner)
