"""How far a workflow is on its road, from values made by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.main import run
from app.pages.change import how_sure, movement
from app.pages.overview import _where
from app.verbs.roads import Landscape, Reached, Stage, StageName, landscape, roads
from core.actor.values import local
from core.eventlog import LogVersion
from core.tree import Operator, ProcessTree
from core.workspace import Workspace
from inventory import Link, TouchedKind
from kpi import Comparison, Conclusion, Definition, Direction, EvidenceClass, Measurement, Verdict
from mining.map.maps import MapSummary
from orchestrator.machine.values import RunStatus, Workflow
from orchestrator.promotion.gates import Gate
from orchestrator.promotion.promote import promote, sign
from orchestrator.promotion.workflows import Proposal, WorkflowStatus
from tests.app.test_pages import open_page, sound
from tests.orchestrator.office import BINDINGS, governed, mapped

pytestmark = pytest.mark.usefixtures("no_cache")

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
    assert roads(NOTHING)[0].next == Stage(StageName.MAPPED, Reached.NEXT, "Explore it and save a map", "claims")
    assert _where(roads(NOTHING)[0].stages[1]) == ("process_map", {"log": "claims"})


def test_pilots_that_touch_an_activity_inventory_it() -> None:
    link = Link(1, "Claim reader", TouchedKind.ACTIVITY, "check", ("claims",))
    elsewhere = Link(2, "Chat helper", TouchedKind.ACTIVITY, "greet", ())
    stage = roads(replace(NOTHING, links=(link, link, elsewhere)))[0].stages[0]
    assert (stage.reached, stage.words) == (Reached.DONE, "1 pilot touches it")


def test_a_proposal_waits_for_a_second_person() -> None:
    found = replace(NOTHING, maps=(MAP,), workflows=(PROPOSED,))
    stage = roads(found)[0].stages[3]
    assert stage.words == "1 of 2 gates; waits for a second person"
    assert _where(stage) == ("workflows", {"workflow": "claims"})


def test_a_signed_version_stays_governed_while_a_newer_one_waits() -> None:
    signed = replace(PROPOSED, status=WorkflowStatus.PROMOTED)
    waiting = replace(PROPOSED, workflow=replace(WORKFLOW, version=2))
    stage = roads(replace(NOTHING, maps=(MAP,), workflows=(signed, waiting)))[0].stages[3]
    assert stage.reached is Reached.DONE
    assert stage.words == "1 of 2 gates, policy set 2; version 2 waits for a second person"


def test_runs_count_with_those_that_are_live_or_failed() -> None:
    promoted = replace(PROPOSED, status=WorkflowStatus.PROMOTED)
    runs = {"claims": {RunStatus.COMPLETED: 7, RunStatus.RUNNING: 2, RunStatus.FAILED: 1}}
    stage = roads(replace(NOTHING, maps=(MAP,), workflows=(promoted,), runs=runs))[0].stages[4]
    assert (stage.reached, stage.words) == (Reached.DONE, "10 runs, 2 live, 1 failed")


def test_a_log_made_from_runs_has_no_road_of_its_own() -> None:
    runs = replace(LOG, log="claims-runs")
    found = replace(NOTHING, logs=(LOG, runs), maps=(MAP,), workflows=(PROPOSED,))
    assert [road.name for road in roads(found)] == ["claims"]


def compared(outcome: Conclusion, key: str = "cycle_time", better: bool | None = None) -> Comparison:
    definition = Definition(key, "Cycle time", "", "seconds", Direction.LOWER, "", "", "", 1)
    value = Measurement(key, 2.0, "seconds", 10, EvidenceClass.MEASURED, 0.0, None, definition)
    judged = Verdict(key, outcome, ("why",), change=-0.2, low=-0.3, high=-0.1, detectable=-0.15)
    return Comparison(key, definition, value, value, 0.0, 0.0, better, outcome.value, None, False, judged)


def test_what_is_assumed_or_cannot_be_compared_tells_nothing() -> None:
    told = {outcome for outcome in Conclusion if compared(outcome).tells}
    assert told == {Conclusion.BETTER, Conclusion.WORSE, Conclusion.NO_CLEAR_CHANGE, Conclusion.DRIFT}
    assert not replace(compared(Conclusion.BETTER), withheld="no data").tells


def test_the_road_counts_only_what_a_verdict_calls_better() -> None:
    promoted = replace(PROPOSED, status=WorkflowStatus.PROMOTED)
    better, same = compared(Conclusion.BETTER, better=True), compared(Conclusion.NO_CLEAR_CHANGE)
    assumed = replace(compared(Conclusion.ASSUMED), simulated=True)
    found = replace(NOTHING, maps=(MAP,), workflows=(promoted,), comparisons={"claims": (better, same, assumed)})
    assert roads(found)[0].stages[5].words == "1 of 2 KPIs better, simulated"
    found = replace(found, comparisons={"claims": (assumed,)})
    assert roads(found)[0].stages[5].words == "1 KPI, none can be judged, simulated"
    assert roads(found)[0].stages[5].reached is Reached.DONE


def test_a_movement_is_coloured_only_where_it_is_proven() -> None:
    assert movement(compared(Conclusion.BETTER)) == ":green-badge[:material/trending_up: Better −20 %]"
    assert movement(compared(Conclusion.DRIFT)).startswith(":gray-badge[")
    assert how_sure(compared(Conclusion.BETTER).judged) == "95 %: −30 % to −10 %, like for like"
    assert how_sure(compared(Conclusion.NO_CLEAR_CHANGE).judged) == "−15 % would have been seen"


def test_where_a_stage_is_seen_follows_from_how_far_it_is() -> None:
    signed = replace(PROPOSED, status=WorkflowStatus.PROMOTED)
    runs = {"claims": {RunStatus.COMPLETED: 7}}
    found = replace(NOTHING, maps=(MAP,), workflows=(signed,), runs=runs)
    unmeasured = roads(found)[0].stages
    assert [_where(stage) for stage in unmeasured] == [
        ("pilots", {}), ("process_map", {"log": "claims"}), ("allocation", {"map": "claims"}), ("governance", {}),
        ("workflows", {"workflow": "claims"}), ("kpis", {}),
    ]  # fmt: skip
    better = {"claims": (compared(Conclusion.BETTER, better=True),)}
    assert _where(roads(replace(found, comparisons=better))[0].stages[5]) == ("kpis", {"log": "claims-runs"})


def test_the_command_shows_the_stages_and_the_next_step(ws: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["workflow", "road"]) == 0
    assert "There is no event log yet." in capsys.readouterr().out
    governed(ws)
    mapped(ws)
    assert run(["workflow", "road"]) == 0
    shown = capsys.readouterr().out
    assert "orders: 2 of 6 stages" in shown
    assert "Next: `tandem workflow prepare orders --map orders`" in shown
    promote(ws, "orders", map_name="orders", tasks=BINDINGS, sla_seconds=3600.0, by=local("Ada"))
    assert run(["workflow", "road", "orders"]) == 0
    assert "Next: `tandem workflow sign orders`" in capsys.readouterr().out
    sign(ws, "orders", by=local("Olga"))
    assert run(["workflow", "road", "orders", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert [stage["reached"] for stage in told["stages"]] == ["not yet", "done", "done", "done", "next", "not yet"]
    assert run(["workflow", "road", "ordres"]) != 0
    assert "`orders`" in capsys.readouterr().err


def test_page_and_command_know_the_same_stages(ws: Workspace) -> None:
    governed(ws)
    mapped(ws)
    shown = [str(c.value) for c in sound(open_page("overview")).caption]
    for stage in roads(landscape(ws))[0].stages:
        assert any(stage.words in caption for caption in shown), stage
