"""What a view shows of many findings, in which order, and that it is kept as plain data."""

from __future__ import annotations

import json
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model import Severity, Verdict
from reviewer.store import Entry
from reviewer.tui.view import EVERY_STATE, Group, Order, View, from_data, heading, named, queue

LABELS = {1: "pears.txt", 2: "Plums.txt"}

views = st.builds(
    View,
    severity=st.sampled_from(Severity),
    confidence=st.sampled_from([0.0, 0.5, 0.9, 1.0]),
    states=st.lists(st.sampled_from(Verdict), min_size=1, unique=True).map(tuple),
    rule=st.sampled_from(["", "calques", "-style", "calques, names", "*/policy/*"]),
    category=st.sampled_from(["", "accuracy"]),
    file=st.sampled_from(["", "plum"]),
    text=st.sampled_from(["", "pear"]),
    order=st.sampled_from(Order),
    group=st.sampled_from(Group),
)
entries = st.lists(
    st.builds(
        Entry,
        id=st.integers(1, 10**6),
        document_id=st.sampled_from([1, 2]),
        rule=st.sampled_from(["calques/policy/fists", "names/order", "style/slang"]),
        category=st.sampled_from(["accuracy/mistranslation", "style/awkward"]),
        severity=st.sampled_from([severity.value for severity in Severity]),
        confidence=st.floats(0, 1),
        words=st.sampled_from(["pear", "plum", "the masses"]),
        state=st.sampled_from([verdict.value for verdict in Verdict]),
    ),
    unique_by=lambda entry: entry.id,
    max_size=30,
).map(lambda found: sorted(found, key=lambda entry: entry.document_id))


@given(entries)
def test_a_plain_view_shows_everything_in_its_order(found: list[Entry]) -> None:
    assert queue(found, View(), LABELS, None) == found


@given(entries, views)
def test_a_view_shows_what_it_asks_for_and_leaves_out_nothing_else(found: list[Entry], view: View) -> None:
    matching = {entry.id for entry in found if view.text in entry.words}
    shown = queue(found, view, LABELS, matching)
    assert len(shown) == len(set(shown))
    for entry in found:
        asked = (
            Severity(entry.severity).rank <= view.severity.rank
            and entry.confidence >= view.confidence
            and Verdict(entry.state) in view.states
            and named(entry.rule, view.rule)
            and named(entry.category, view.category)
            and view.file in LABELS[entry.document_id].lower()
            and entry.id in matching
        )
        assert (entry in shown) == asked


@given(entries, views)
def test_a_heading_stands_once_and_under_it_the_order_holds(found: list[Entry], view: View) -> None:
    shown = queue(found, view, LABELS, {entry.id for entry in found})
    groups = [(under, list(some)) for under, some in groupby(shown, key=lambda entry: heading(entry, view.group))]
    assert len({under for under, _ in groups}) == len(groups)
    for _, some in groups:
        if view.order is Order.VALUE:
            values = [entry.confidence * Severity(entry.severity).weight for entry in some]
            assert values == sorted(values, reverse=True)
        else:
            assert [found.index(entry) for entry in some] == sorted(found.index(entry) for entry in some)


@given(views)
def test_a_view_comes_back_as_it_was_kept(view: View) -> None:
    assert from_data(json.loads(json.dumps(view.as_data()))) == view


@pytest.mark.parametrize("field", list(View().as_data()))
@pytest.mark.parametrize("value", [None, 3, -1.5, True, "no such", [], [3], ["no such"], {"a": 1}, [["open"]]])
def test_a_damaged_or_unknown_value_is_left_at_its_default(field: str, value: object) -> None:
    kept = from_data({**View().as_data(), field: value, "from_another_version": 1})
    usable = (field in ("rule", "category", "file", "text") and value == "no such") or (field == "confidence" and value == -1.5)
    assert (kept == View()) != usable


@pytest.mark.parametrize("data", [None, 3, "", "view", [], [["order", "value"]]])
def test_what_is_no_view_at_all_is_a_plain_one(data: object) -> None:
    assert from_data(data) == View()


def test_a_plain_view_says_nothing_and_another_says_all_it_leaves_out() -> None:
    assert View().said() == ""
    view = View(Severity.MAJOR, 0.5, (Verdict.OPEN,), "calques", "accuracy", "pears", "sea", Order.VALUE, Group.RULE)
    assert view.said() == (
        "open · major and up · from 50% · rule calques · category accuracy · file pears · “sea” · by value · by rule"
    )
    assert View(severity=Severity.CRITICAL).said() == "critical"


def test_order_and_headings_leave_nothing_out() -> None:
    assert not View(order=Order.VALUE, group=Group.RULE).filters
    assert View(states=EVERY_STATE[1:]).filters
    assert View(group=Group.NONE).plain
    assert not View(order=Order.VALUE).plain


@pytest.mark.parametrize(
    ("patterns", "answers"),
    [
        ("", True),
        ("calques", True),
        ("calques/policy/fists", True),
        ("policy", False),
        ("*policy*", True),
        ("names, calques", True),
        ("names,", False),
        ("-calques", False),
        ("-names", True),
        ("calques, -*/policy/*", False),
        (" , ", True),
        ("*[", False),
    ],
)
def test_a_rule_answers_to_its_beginning_or_to_a_pattern(patterns: str, answers: bool) -> None:
    assert named("calques/policy/fists", patterns) is answers
