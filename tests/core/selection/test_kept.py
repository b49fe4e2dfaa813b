"""Selections are saved, linked to, put into words, and refused where they make no sense."""

from __future__ import annotations

import pytest

from core.actor.values import local
from core.errors import BadInput, NotFound
from core.eventlog import LogVersion
from core.selection.filters import (
    ActivityFilter,
    AttributeFilter,
    CaseFilter,
    EndpointFilter,
    FollowsFilter,
    Metric,
    MetricFilter,
    PerformerFilter,
    TimeframeFilter,
    VariantFilter,
)
from core.selection.kept import (
    find_selection,
    forget_selection,
    save_selection,
    saved_selections,
)
from core.selection.kept import (
    fold as fold_selection,
)
from core.selection.kept import (
    unfold as unfold_selection,
)
from core.selection.selection import NO_SELECTION, Selection
from core.selection.vocabulary import attribute_values, vocabulary
from core.workspace import Workspace
from tests.builders import known, name_of, staged_log

ROWS = [
    ("1", "Draft", "2026-03-02 08:00", "2026-03-02 09:00", "Ann", "human", False, "ERP", 5.0, False),
    ("1", "Pay", "2026-03-03 08:00", "2026-03-03 08:10", "Robo", "agent", False, "Bank", 1.0, True),
    ("2", "Draft", "2026-03-04 08:00", "2026-03-04 09:00", "Ann", "human", False, "ERP", 7.0, False),
]


@pytest.fixture
def log(ws: Workspace) -> LogVersion:
    return staged_log(ws, ROWS)


def test_a_set_of_filters_is_saved_found_replaced_and_deleted(ws: Workspace, log: LogVersion) -> None:
    paid = Selection((ActivityFilter(activities=("Pay",)),))
    save_selection(ws, "example", "paid", paid, by=local("Ada"))
    assert find_selection(ws, "example", "@paid") == paid
    unpaid = Selection((ActivityFilter(activities=("Pay",), inverted=True),))
    save_selection(ws, "example", "paid", unpaid, by=known(ws, "Bob"))
    (saved,) = saved_selections(ws, "example")
    assert (saved.name, saved.selection, name_of(ws, saved.created_by)) == ("paid", unpaid, "Bob")
    forget_selection(ws, "example", "paid", by=local("Ada"))
    assert saved_selections(ws, "example") == ()
    with pytest.raises(NotFound, match="no set of filters `paid` for `example`"):
        find_selection(ws, "example", "@paid")


def test_a_name_that_cannot_be_one_is_refused(ws: Workspace, log: LogVersion) -> None:
    with pytest.raises(BadInput, match="cannot name a set of filters"):
        save_selection(ws, "example", "<b>", NO_SELECTION, by=local("Ada"))


@pytest.mark.parametrize("cases", [3, 2000], ids=["in the link itself", "kept in the database"])
def test_a_link_gives_the_selection_back(ws: Workspace, cases: int) -> None:
    found = Selection((CaseFilter(cases=tuple(f"case {n * 7919 % 99991}" for n in range(cases))),), "performer")
    link = fold_selection(ws, found)
    assert len(link) < 1300
    assert unfold_selection(ws, link) == found
    assert fold_selection(ws, found) == link
    assert unfold_selection(ws, fold_selection(ws, NO_SELECTION)) == NO_SELECTION


@pytest.mark.parametrize("link", ["~", "~AAAA", "~eJyr", "!0123456789abcdef", "~💥", "~eJwLycgsVgCiRIWU1OLSvMy8dAA="])
def test_a_damaged_link_is_said_in_words(ws: Workspace, link: str) -> None:
    with pytest.raises(BadInput, match="filters"):
        unfold_selection(ws, link)


def test_every_problem_of_filters_is_told_at_once() -> None:
    text = (
        '[{"kind":"timeframe"},{"kind":"nonsense"},{"kind":"metric","metric":"cost","low":3,"high":1},'
        '{"kind":"variant","top":1,"coverage":0.5},{"kind":"activity","activities":[]}]'
    )
    with pytest.raises(BadInput) as caught:
        Selection.parse(text)
    assert [p.split(":")[0] for p in caught.value.problems] == [
        "filter 1 (timeframe)", "filter 2", "filter 3 (metric)", "filter 4 (variant)", "filter 5 (activity.activities)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ('[{"kind":"activity","activities":["Ship"]}]', "Draft"),
        ('[{"kind":"performer","performers":["Eve"]}]', "Ann"),
        ('[{"kind":"attribute","attribute":"@colour","values":["red"]}]', "performer_kind"),
        ('[{"kind":"attribute","attribute":"system","values":["CRM"]}]', "ERP"),
        ('{"grouped_by":"@colour"}', "system"),
    ],
)
def test_a_name_that_the_log_does_not_have_is_refused_with_those_it_has(
    ws: Workspace, log: LogVersion, text: str, known: str
) -> None:
    with pytest.raises(NotFound, match=f"`{known}`"), ws.logs.select(log, Selection.parse(text)):
        pass


def test_filters_are_put_into_words() -> None:
    assert ActivityFilter(activities=("A", "B")).in_words() == "Cases with A or B"
    assert ActivityFilter(activities=("A", "B", "C"), all=True).in_words() == "Cases with A, B and C"
    assert ActivityFilter(activities=tuple("ABCDE")).in_words() == "Cases with A, B or 3 more"
    assert ActivityFilter(activities=("A",), inverted=True).in_words() == "Not: cases with A"
    path = FollowsFilter(source="T02 Check", target="Pay", inverted=True)
    assert path.in_words() == "Not: T02 Check directly followed by Pay"
    assert ActivityFilter(activities=("A",), name="Paid").in_words() == "Paid"
    follows = FollowsFilter(source="A", target="B", directly=False, most_seconds=7200)
    assert follows.in_words() == "A eventually followed by B, at most 2 h"
    assert EndpointFilter(side="end", activities=("A",)).in_words() == "Cases that end with A"
    slow = MetricFilter(metric=Metric.CYCLE_TIME, low=86400)
    assert slow.in_words() == "Cases whose cycle time is at least 1 d"
    assert VariantFilter(coverage=0.8).in_words() == "The most frequent variants, 80 % of cases"
    assert AttributeFilter(attribute="@amount", low=1, high=2).in_words() == "Any amount 1 to 2"
    assert PerformerFilter(performers=("Ann",), activity="Pay").in_words() == "Pay done by Ann"
    period = TimeframeFilter.model_validate({"start": "2026-01-01", "end": "2026-02-01", "mode": "trim"})
    assert period.in_words() == "Only events from 2026-01-01 before 2026-02-01"


def test_the_vocabulary_of_a_log(ws: Workspace, log: LogVersion) -> None:
    found = vocabulary(ws, log)
    assert (found.activities, found.performers) == (("Draft", "Pay"), ("Ann", "Robo"))
    assert (found.systems, found.kinds, found.attributes) == (("ERP", "Bank"), ("agent", "human"), ())
    assert found.has_failed
    assert attribute_values(ws, log, "system").frequent == (("ERP", 2), ("Bank", 1))
    assert attribute_values(ws, log, "performer_kind").frequent == (("human", 2), ("agent", 1))
    with pytest.raises(NotFound):
        attribute_values(ws, log, "@colour")


def test_attributes_of_events_and_cases_are_filtered_and_grouped_by(ws: Workspace) -> None:
    with ws.logs.draft("coloured") as draft:
        draft.connection.execute(
            "CREATE TABLE staged AS SELECT c.case_id, a.activity, NULL::TIMESTAMP AS started, "
            "TIMESTAMP '2026-01-01' + to_days(n::INTEGER) AS ended, NULL::SMALLINT AS started_offset, "
            "NULL::SMALLINT AS ended_offset, NULL::VARCHAR AS performer, NULL::VARCHAR AS performer_kind, "
            "false AS simulated, NULL::VARCHAR AS system, NULL::DOUBLE AS cost, NULL::BOOLEAN AS failed, "
            'n AS source_row, colour AS "@colour", n * 10.0 AS "@amount" FROM (VALUES '
            "('1','A',1,'red'),('1','B',2,'blue'),('2','A',3,'red'),('2','C',4,NULL),('3','B',5,'blue')) "
            "AS a(case_id, activity, n, colour) JOIN (SELECT unnest(['1','2','3']) AS case_id) c USING (case_id)"
        )
        draft.connection.execute(
            "CREATE TABLE staged_case AS SELECT unnest(['1','2','3']) AS case_id, NULL::TIMESTAMP AS due, "
            "NULL::BOOLEAN AS complete, unnest(['north','south','north']) AS \"@region\""
        )
        version = draft.publish(source="test", digest="coloured", created_by="t", event_rows=5, meta={})

    def cases(**asked: object) -> list[str]:
        chosen = Selection((AttributeFilter.model_validate(asked),))
        with ws.logs.select(version, chosen) as connection:
            return [c for (c,) in connection.execute("SELECT case_id FROM case_ ORDER BY 1").fetchall()]

    assert cases(attribute="@colour", values=("red",)) == ["1", "2"]
    assert cases(attribute="@colour", values=("blue",), keep="every") == ["3"]
    assert cases(attribute="@colour", missing=True) == ["2"]
    assert cases(attribute="@region", values=("north",)) == ["1", "3"]
    assert cases(attribute="@amount", low=40) == ["2", "3"]
    kept = Selection((AttributeFilter.model_validate({"attribute": "@colour", "values": ("red",), "keep": "events"}),))
    with ws.logs.select(version, kept) as connection:
        assert connection.execute("SELECT case_id, events FROM case_ ORDER BY 1").fetchall() == [("1", 1), ("2", 1)]
        assert connection.execute('SELECT position, "@colour" FROM event_attribute').fetchall() == [(1, "red")] * 2
        assert connection.execute('SELECT "@region" FROM case_attribute ORDER BY 1').fetchall() == [
            ("north",),
            ("south",),
        ]
    for by, names in (("@colour", ["(not given)", "blue", "red"]), ("@region", ["north", "south"])):
        with ws.logs.select(version, Selection(grouped_by=by)) as connection:
            assert [n for (n,) in connection.execute("SELECT name FROM activity ORDER BY 1").fetchall()] == names


def test_a_group_of_unknown_kind_has_the_cases_that_its_filter_keeps(ws: Workspace) -> None:
    rows = [("a", "X", None, "2026-01-05 08:00", "p", "unknown"), ("b", "X", None, "2026-01-05 09:00", None, None)]
    version = staged_log(ws, rows, "kinds")
    with ws.logs.select(version, Selection(grouped_by="performer_kind")) as connection:
        assert connection.execute("SELECT name, cases FROM activity").fetchall() == [("unknown", 2)]
    (left,) = ws.logs.remaining(version, Selection((AttributeFilter(attribute="performer_kind", values=("unknown",)),)))
    assert left.cases == 2
