"""The forms of a report, by the name that `--format` knows them by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from reviewer.model import Rule
from reviewer.report import records, text
from reviewer.report.place import Place
from reviewer.report.tally import Tally

Rules = Callable[[], Mapping[str, Rule]]
"""Gives the rules by their ids; called only by a form that needs them."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a report is written. `to_do`: it is for tools that show what is still to be done, so it holds open findings only.

    `write` takes the findings, the tally that counts them as they pass, the rules, and whether the report goes to a file.
    """

    write: Callable[[Iterable[Place], Tally, Rules, bool], Iterator[str]]
    to_do: bool = False


def _sarif(places: Iterable[Place], _tally: Tally, rules: Rules, _for_file: bool) -> Iterator[str]:
    from reviewer.report import sarif

    return sarif.log(places, rules())


def _junit(places: Iterable[Place], tally: Tally, _rules: Rules, _for_file: bool) -> Iterator[str]:
    from reviewer.report import junit

    return junit.suites(places, tally)


def _github(places: Iterable[Place], _tally: Tally, _rules: Rules, _for_file: bool) -> Iterator[str]:
    from reviewer.report import github

    return github.commands(places)


def _gitlab(places: Iterable[Place], _tally: Tally, _rules: Rules, _for_file: bool) -> Iterator[str]:
    from reviewer.report import gitlab

    return gitlab.code_quality(places)


def _csv(places: Iterable[Place], _tally: Tally, _rules: Rules, _for_file: bool) -> Iterator[str]:
    from reviewer.report import table

    return table.rows(places)


def _markdown(places: Iterable[Place], tally: Tally, _rules: Rules, _for_file: bool) -> Iterator[str]:
    from reviewer.report import markdown

    return markdown.summary(places, tally)


def _html(places: Iterable[Place], tally: Tally, _rules: Rules, _for_file: bool) -> Iterator[str]:
    from reviewer.report.page import page  # brings a template engine along

    return page(places, tally)


# each of the others is imported when it is asked for: start-up counts
FORMS = {
    "text": Form(lambda places, tally, _, for_file: text.rendered(places, tally, for_file=for_file)),
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


def written(form: str, places: Iterable[Place], tally: Tally, rules: Rules, *, for_file: bool) -> Iterator[str]:
    """The report in pieces of text, one document in memory at a time."""
    return FORMS[form].write(tally.counted(places), tally, rules, for_file)
