"""How far a workflow is on its road, from values made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from app.pages.road import Landscape, Reached, roads, tells
from core import LogVersion
from inventory import Kind, Link
from kpi import Definition, Direction, Evidence, Measurement, contrast
from mining import MapSummary, Operator, ProcessTree
from orchestrator import Gate, Proposal, RunStatus, Workflow, WorkflowStatus

AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
LOG = LogVersion("claims", 1, "claims.v1.duckdb", "claims.csv", "d", 10, 50, 50, 3, 2, AT, AT, AT, "Ada")
MAP = MapSummary("claims", 1, "claims", 1, 0.0, 4, 3, "", AT, "Ada")
WORKFLOW = Workflow("claims", 1, ProcessTree(Operator.TASK, "check"), {}, {}, 3600.0, "claims", 1, 2, "1")
PROPOSED = Proposal(WORKFLOW, WorkflowStatus.PROPOSED, (Gate("policy", True, "yes"), Gate("SLA", False, "no")), AT, "p")
NOTHING = Landscape((LOG,), (), (), {}, (), {}, {})


def reached(found: Landscape) -> list[tuple[str, str]]:
    return [(stage.name, stage.reached.value) for stage in roads(found)[0].stages]


def test_an_imported_log_is_to_be_mapped_next() -> None:
    assert reached(NOTHING) == [
        ("Inventoried", "not yet"),
        ("Mapped", "next"),
        ("Allocated", "not yet"),
        ("Governed", "not yet"),
        ("Running", "not yet"),
        ("Measured", "not yet"),
    ]
    assert roads(NOTHING)[0].stages[1].parameters == {"log": "claims"}


def test_pilots_that_touch_an_activity_inventory_it() -> None:
    link = Link(1, "Claim reader", Kind.ACTIVITY, "check", ("claims",))
    elsewhere = Link(2, "Chat helper", Kind.ACTIVITY, "greet", ())
    stage = roads(replace(NOTHING, links=(link, link, elsewhere)))[0].stages[0]
    assert (stage.reached, stage.words) == (Reached.DONE, "1 pilot touches it")


def test_a_proposal_waits_for_a_second_person() -> None:
    found = replace(NOTHING, maps=(MAP,), workflows=(PROPOSED,))
    stage = roads(found)[0].stages[3]
    assert stage.words == "1 of 2 gates; waits for a second person"
    assert stage.page == "workflows"


def test_runs_count_with_those_that_are_live_or_failed() -> None:
    promoted = replace(PROPOSED, status=WorkflowStatus.PROMOTED)
    runs = {"claims": {RunStatus.COMPLETED: 7, RunStatus.RUNNING: 2, RunStatus.FAILED: 1}}
    stage = roads(replace(NOTHING, maps=(MAP,), workflows=(promoted,), runs=runs))[0].stages[4]
    assert (stage.reached, stage.words) == (Reached.DONE, "10 runs, 2 live, 1 failed")


def test_a_log_made_from_runs_has_no_road_of_its_own() -> None:
    runs = replace(LOG, log="claims-runs")
    found = replace(NOTHING, logs=(LOG, runs), maps=(MAP,), workflows=(PROPOSED,))
    assert [road.name for road in roads(found)] == ["claims"]


def test_the_throughput_of_simulated_runs_tells_nothing() -> None:
    definition = Definition("throughput", "Throughput", "", "cases a day", Direction.HIGHER, "", "", "", 1)
    before = Measurement("throughput", 2.0, "cases a day", 10, Evidence.MEASURED, 0.0, None, definition)
    simulated = replace(before, value=1.0, simulated_share=1.0)
    assert tells(contrast(before, replace(before, value=1.0)))
    assert not tells(contrast(before, simulated))
    assert tells(contrast(replace(before, key="error_rate"), replace(simulated, key="error_rate")))
