"""The forms of a report, by the name that `--format` knows them by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from reviewer.model import Rule
from reviewer.report import github, gitlab, junit, markdown, records, sarif, table, text
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


def _html(places: Iterable[Place], tally: Tally, _rules: Rules, _for_file: bool) -> Iterator[str]:
    from reviewer.report.page import page  # brings a template engine along

    return page(places, tally)


FORMS = {
    "text": Form(lambda places, tally, _, for_file: text.rendered(places, tally, for_file=for_file)),
    "json": Form(lambda places, *_: records.as_json(places)),
    "jsonl": Form(lambda places, *_: records.jsonl(places)),
    "sarif": Form(lambda places, _, rules, __: sarif.log(places, rules()), to_do=True),
    "junit": Form(lambda places, tally, *_: junit.suites(places, tally), to_do=True),
    "github": Form(lambda places, *_: github.commands(places), to_do=True),
    "gitlab": Form(lambda places, *_: gitlab.code_quality(places), to_do=True),
    "csv": Form(lambda places, *_: table.rows(places)),
    "markdown": Form(lambda places, tally, *_: markdown.summary(places, tally)),
    "html": Form(_html),
}


def written(form: str, places: Iterable[Place], tally: Tally, rules: Rules, *, for_file: bool) -> Iterator[str]:
    """The report in pieces of text, one document in memory at a time."""
    return FORMS[form].write(tally.counted(places), tally, rules, for_file)
