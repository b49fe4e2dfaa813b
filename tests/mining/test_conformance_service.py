"""`check_conformance` on stored logs: figures, performers, effects, allow-list, selections; agreement with pm4py."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.actor.values import local
from core.errors import BadInput, Duplicate, NotFound
from core.selection.selection import NO_SELECTION
from core.tree import Operator
from core.view import View
from core.workspace import Workspace
from mining.conformance import (
    Conformance,
    DeviationKind,
    allow,
    allowed,
    check_conformance,
    deviation_detail,
    model_of_bpmn,
    model_of_map,
    variants_model,
    withdraw,
)
from mining.conformance.model import Model
from mining.conformance.net import net_of_tree
from mining.estimates import of_medians, of_shares
from mining.map.inductive import discover_tree
from mining.map.maps import save_map
from mining.map.variant import variants
from tests.builders import known, name_of, staged_log
from tests.mining.bpmn_files import SEQUENCE, tree
from tests.mining.real import read_csv, read_xes, stage

STEPS = {"o": "order", "c": "check", "p": "pay"}


def rows(traces: dict[str, str], **changes: Any) -> list[tuple[Any, ...]]:
    """One row an activity: a case has the steps of its word; `changes` maps `<case><step>` to performer and kind."""
    made = []
    for number, (case, word) in enumerate(traces.items()):
        for place, letter in enumerate(word):
            doer = changes.get(f"{case}{letter}", ("Ada", "human") if letter != "p" else ("SAP", "system"))
            day = f"2026-{1 + number % 3:02}-{1 + number % 28:02}"
            hour = 8 + place * (2 if "c" not in word else 1)
            at = f"{day} {hour:02}:00"
            made.append((case, STEPS[letter], at, at, *doer, False, None, 10.0, None))
    return made


USUAL = {f"u{n}": "ocp" for n in range(12)} | {f"s{n}": "op" for n in range(6)} | {"x0": "cop", "y0": "ocpp"}


@pytest.fixture
def orders(ws: Workspace) -> Workspace:
    staged_log(ws, rows(USUAL), "orders")
    return ws


def checked(ws: Workspace, **more: Any) -> Conformance:
    view = View("orders", selection=more.pop("selection", NO_SELECTION))
    return check_conformance(ws, view, model=model_of_bpmn(SEQUENCE, "orders.bpmn"), **more)


def test_a_log_against_a_bpmn_file(orders: Workspace) -> None:
    found = checked(orders)
    assert (found.cases, found.variants, found.aligned_cases, found.aligned_variants) == (20, 4, 20, 4)
    assert found.complete
    assert found.fitness is not None
    # costs: 6 cases skip check (1), 1 swaps (2), 1 pays twice (1); worst: 12*6 + 6*5 + 1*6 + 1*7
    assert (found.fitness.cost, found.fitness.worst) == (9, 115)
    assert found.fitness.log == pytest.approx(1 - 9 / 115)
    assert found.fitness.fitting == 0.6
    assert (found.bounds, found.only_in_model, found.only_in_log) == (None, (), ())
    assert found.precision is not None
    assert found.precision.value == 1.0
    assert [(d.key, d.cases, d.share) for d in found.deviations] == [
        ("skipped: check", 6, 0.3), ("too often: pay", 1, 0.05), ("wrong order: check before order", 1, 0.05),
    ]  # fmt: skip
    assert len(found.fits) == 1


def test_the_digests_are_those_of_the_filter_of_variants(orders: Workspace) -> None:
    import hashlib

    found = checked(orders)
    text = "\x1f".join(["order", "pay"])
    assert found.deviations[0].digests == (hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:12],)


def test_effects_worked_by_hand(orders: Workspace) -> None:
    found = checked(orders)
    told = deviation_detail(orders, found, found.deviations[0])
    assert [e.case_id for e in told.examples] == ["s5", "s2", "s4", "s1", "s3", "s0"]
    assert [(m.month.month, m.cases, m.deviating) for m in told.trend] == [(1, 7, 2), (2, 7, 2), (3, 6, 2)]
    effects = {e.measure: e for e in told.effects}
    cycle = effects["cycle time"]
    assert (cycle.with_it, cycle.without, cycle.n_with, cycle.n_without) == (7200, 7200, 6, 14)
    assert cycle.difference is not None
    assert cycle.difference.value == 0
    cost = effects["cost of a case"]
    assert (cost.with_it, cost.without) == (20, 30)
    assert cost.difference is not None
    assert cost.difference.p < 0.001
    assert "cases that met their SLA" not in effects  # the log has none
    few = deviation_detail(orders, found, found.deviations[1]).effects[0]
    assert few.difference is None
    assert few.withheld == "Only 1 cases with it have a value; 5 are needed."


def test_wrong_performers_against_a_saved_map(ws: Workspace) -> None:
    usual = {f"u{n}": "ocp" for n in range(5)}
    staged_log(ws, rows(usual), "orders")
    save_map(ws, "Orders", View("orders"), by=local("Ada"))
    changes = {"u1p": ("Ada", "human"), "u2o": ("Zoe", "human"), "u3c": ("Bot", "agent")}
    staged_log(ws, rows(usual, **changes), "orders")
    found = check_conformance(ws, View("orders"), model=model_of_map(ws, "Orders"))
    assert [(d.key, d.cases) for d in found.deviations] == [
        ("wrong performer: check by an agent", 1),
        ("wrong performer: order by Zoe", 1),
        ("wrong performer: pay by a person", 1),
    ]
    assert found.deviations[2].sentence == "`pay` is done by a person; in the model it is the work of systems."
    assert found.deviations[1].sentence == "`order` is done by `Zoe`; in the model they do not do it."
    assert found.fitness is not None
    assert found.fitness.log == 1.0
    assert deviation_detail(ws, found, found.deviations[1]).examples[0].case_id == "u2"
    assert check_conformance(ws, View("orders", 1), model=model_of_map(ws, "Orders")).deviations == ()


def test_wrong_performers_against_lanes(orders: Workspace) -> None:
    def lanes(order: str, check: str, pay: str) -> str:
        drawn = "".join(
            f'<bpmn:lane id="l{id_}" name="{name}"><bpmn:flowNodeRef>{id_}</bpmn:flowNodeRef></bpmn:lane>'
            for id_, name in zip("abc", (order, check, pay), strict=True)
        )
        return SEQUENCE.replace("</bpmn:process>", f'<bpmn:laneSet id="l">{drawn}</bpmn:laneSet></bpmn:process>')

    def wrong(text: str) -> list[tuple[str, int]]:
        found = check_conformance(orders, View("orders"), model=model_of_bpmn(text, "x.bpmn"))
        return [(d.key, d.cases) for d in found.deviations if d.kind is DeviationKind.WRONG_PERFORMER]

    assert wrong(lanes("People", "ada", "SAP")) == []
    assert wrong(lanes("People", "System", "SAP")) == [("wrong performer: check by a person", 14)]
    assert wrong(lanes("SAP", "Ada", "SAP")) == [("wrong performer: order by Ada", 20)]
    # nobody is called Clerk or Boss, but Ada orders and checks in one case: 13 cases, and the swapped one the other way
    assert wrong(lanes("Clerk", "Boss", "System")) == [
        ("wrong performer: check by whoever did order", 13), ("wrong performer: order by whoever did check", 1),
    ]  # fmt: skip


def test_the_allow_list(any_ws: Workspace) -> None:
    staged_log(any_ws, rows(USUAL), "orders")
    model = model_of_bpmn(SEQUENCE, "orders.bpmn")
    entry = allow(any_ws, "orders", model.reference, "skipped: check", " Below 100 EUR nobody checks. ", local("Ada"))
    found = checked(any_ws)
    assert [d.key for d in found.deviations] == ["too often: pay", "wrong order: check before order"]
    assert [(d.key, a) for d, a in found.allowed] == [("skipped: check", entry)]
    assert entry.reason == "Below 100 EUR nobody checks."
    assert found.fitness is not None
    assert found.fitness_allowing is not None
    assert (found.fitness.cost, found.fitness_allowing.cost) == (9, 3)
    assert found.fitness_allowing.fitting == 0.9
    with pytest.raises(Duplicate, match="allowed already"):
        allow(any_ws, "orders", model.reference, "skipped: check", "again", local("Ada"))
    with pytest.raises(BadInput, match="needs a reason"):
        allow(any_ws, "orders", model.reference, "extra: x", " ", local("Ada"))
    with pytest.raises(BadInput, match="names no deviation"):
        allow(any_ws, "orders", model.reference, "check", "why not", local("Ada"))
    with pytest.raises(NotFound, match="`nothing`"):
        allow(any_ws, "nothing", model.reference, "extra: x", "why not", local("Ada"))
    assert withdraw(any_ws, "orders", model.reference, "skipped: check", by=local("Ada")).id == entry.id
    assert allowed(any_ws, "orders", model.reference) == ()
    with pytest.raises(NotFound, match="no allowed deviation yet"):
        withdraw(any_ws, "orders", model.reference, "skipped: check", by=local("Ada"))
    again = allow(any_ws, "orders", model.reference, "skipped: check", "again", known(any_ws, "Bo"))
    assert name_of(any_ws, again.created_by) == "Bo"


def test_activities_that_only_one_side_has_are_told(orders: Workspace) -> None:
    model = Model("m", "m", net_of_tree(tree(Operator.SEQUENCE, "order", "approve", "pay")))
    found = check_conformance(orders, View("orders"), model=model)
    assert (found.only_in_model, found.only_in_log) == (("approve",), ("check",))


def test_no_time_leaves_bounds(orders: Workspace) -> None:
    found = checked(orders, seconds=0)
    assert (found.aligned_cases, found.fitness, found.precision, found.deviations) == (0, None, None, ())
    assert found.bounds is not None
    exact = checked(orders).fitness
    assert exact is not None
    assert found.bounds.low <= exact.log <= found.bounds.high


def test_chosen_variants_fit_without_being_aligned(orders: Workspace) -> None:
    model = variants_model(orders, View("orders"), "80%")
    assert model.reference == "variants 80%"
    found = check_conformance(orders, View("orders"), model=model, seconds=0)
    assert found.aligned_cases == 18  # the two variants themselves
    whole = check_conformance(orders, View("orders"), model=model)
    assert whole.fitness is not None
    assert (whole.fitness.cost, whole.fitness.fitting) == (2, 0.9)


def test_only_selected_cases_are_checked(orders: Workspace) -> None:
    from core.selection.filters import VariantFilter
    from core.selection.selection import Selection

    digests = checked(orders).deviations[0].digests
    selection = Selection((VariantFilter(digests=digests),))
    found = checked(orders, selection=selection)
    assert (found.cases, found.variants, [d.key for d in found.deviations]) == (6, 1, ["skipped: check"])
    told = deviation_detail(orders, found, found.deviations[0])
    assert {e.case_id for e in told.examples} == {f"s{n}" for n in range(6)}


def test_intervals_against_worked_figures() -> None:
    import numpy as np

    # Newcombe 1998, table II, contrast (a): 56/70 - 48/80, method 10: 0.0524 to 0.3339
    found = of_shares(56, 70, 48, 80)
    assert [round(v, 4) for v in (found.value, found.low, found.high)] == [0.2, 0.0524, 0.3339]
    one, other = np.arange(1.0, 26.0), np.arange(11.0, 36.0)
    medians = of_medians(one, other)
    assert medians.value == -10
    assert medians.low < -10 < medians.high < 0
    assert medians.p < 0.001
    same = of_medians(np.full(9, 3.0), np.full(7, 3.0))
    assert (same.value, same.p) == (0.0, 1.0)


REAL = [
    ("running_example/running-example.xes.gz", 0.0),
    ("receipt_coselog/08_receipt.xes.gz", 0.0),
    ("receipt_coselog/08_receipt.xes.gz", 0.2),
    ("bpic2020_DomesticDeclarations_cleaned/DomesticDeclarations.xes.gz", 0.2),
    ("purchasing_example/PurchasingExample.csv.gz", 0.2),
]


@pytest.mark.parametrize(("name", "noise"), REAL)
def test_costs_fitness_and_precision_equal_pm4pys(
    ws: Workspace, shared_log: Callable[[str], Path], name: str, noise: float
) -> None:
    path = shared_log(name)
    frame = read_csv(path) if path.name.endswith(".csv.gz") else read_xes(path)
    with ws.logs.read(stage(ws, "real", frame)) as connection:
        found = variants(connection)
    shape = discover_tree(found, noise)
    ours = check_conformance(ws, View("real"), model=Model("m", "m", net_of_tree(shape)))
    kept = found[:: max(1, len(found) // 10)]  # pm4py needs up to two seconds for each
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pm4py's check of the net fails on any
        costs, log_fitness, trace_precision = pm4pys(shape, kept, with_precision=noise == 0.0)
    from mining.conformance.align import align
    from mining.conformance.fitness import fitness

    mine = align(net_of_tree(shape), [((), 0), *((v.trace, v.cases) for v in kept)])
    shortest = mine.pop(()).cost
    assert {t: a.cost for t, a in mine.items()} == costs
    measured = fitness(costs, {v.trace: v.cases for v in kept}, shortest)
    assert measured is not None
    # pm4py lets a silent move cost a ten-thousandth of a visible one, so that its fitness is that little lower
    assert measured.log == pytest.approx(log_fitness["log_fitness"], abs=5e-4)
    assert measured.mean == pytest.approx(log_fitness["averageFitness"], abs=5e-4)
    assert 100 * measured.fitting == pytest.approx(log_fitness["percentage_of_fitting_traces"])
    if len(kept) == len(found):
        assert ours.fitness == measured
    if trace_precision is not None:
        from mining.conformance.precision import precision

        found_precision = precision(net_of_tree(shape), {v.trace: v.cases for v in kept})
        assert found_precision is not None
        # where a prefix leaves the net in several states, each goes on from the state of its own alignment
        assert found_precision.value == pytest.approx(trace_precision, abs=1e-3)


def pm4pys(shape: Any, kept: Any, *, with_precision: bool) -> tuple[dict[Any, int], Any, float | None]:
    """pm4py's cost of each variant, fitness of them all and, if wanted, precision, on its own net of the tree."""
    import pandas as pd
    import pm4py
    from pm4py.algo.conformance.alignments.petri_net import algorithm
    from pm4py.algo.evaluation.replay_fitness import algorithm as replay

    from tests.mining.peers import as_frame, as_pm4py

    net = pm4py.convert_to_petri_net(as_pm4py(shape))
    single = as_frame([v.trace for v in kept])
    parameters = {"show_progress_bar": False}
    aligned = algorithm.apply(single, *net, variant=algorithm.Variants.VERSION_STATE_EQUATION_A_STAR,
                              parameters=parameters)  # fmt: skip
    costs = {v.trace: one["cost"] // 10_000 for v, one in zip(kept, aligned, strict=True)}
    every = [one for v, one in zip(kept, aligned, strict=True) for _ in range(v.cases)]
    fit = replay.evaluate(every, variant=replay.Variants.ALIGNMENT_BASED)
    assert isinstance(single, pd.DataFrame)
    if not with_precision:
        return costs, fit, None
    whole = as_frame([v.trace for v in kept for _ in range(v.cases)])
    return costs, fit, pm4py.precision_alignments(whole, *net)
