"""The conformance page without a browser: figures, a deviation from a link, allowing it, a job that is stopped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app.pages.conformance import map as conformance_map
from core.actor.values import local
from core.errors import BadInput
from core.selection.kept import fold as fold_selection
from core.selection.selection import NO_SELECTION, Selection
from core.settings import Settings
from core.view import View
from core.workspace import Workspace
from mining.conformance import Conformance, allowed, check_conformance, model_of_bpmn, variants_model
from mining.map.maps import save_map
from tests.app.test_pages import open_page, sound, texts
from tests.builders import staged_log
from tests.mining.bpmn_files import SEQUENCE
from tests.patience import wait_until

STEPS = {"o": "order", "c": "check", "p": "pay"}
TRACES = ["ocp"] * 12 + ["op"] * 6 + ["cop", "ocpp"]


@pytest.fixture
def orders(ws: Workspace, settings: Settings) -> Iterator[Workspace]:
    st.cache_resource.clear()
    st.cache_data.clear()
    rows = [
        (f"c{n}", STEPS[letter], None, f"2026-{1 + n % 3:02}-{1 + n:02} {8 + place:02}:00", "Ada", "human")
        for n, word in enumerate(TRACES)
        for place, letter in enumerate(word)
    ]
    staged_log(ws, rows, "orders")
    yield ws
    st.cache_resource.clear()


def settled(test: AppTest) -> AppTest:
    """The page when its job has ended."""

    def measured() -> bool:
        return bool(test.metric or test.run().metric)

    wait_until(measured, 20, "the check ended")
    return sound(test)


def checked(ws: Workspace) -> Conformance:
    return check_conformance(ws, View("orders"), model=model_of_bpmn(SEQUENCE, "orders.bpmn"))


@pytest.mark.usefixtures("orders")
def test_figures_and_deviations() -> None:
    test = settled(open_page("conformance"))
    assert [m.label for m in test.metric] == ["Fitness", "Precision", "Cases that follow the model", "Deviations"]
    assert test.metric[2].value == "90 %"  # the variants that cover 80 % are two
    assert test.metric[3].value == "2"
    assert "the 2 most frequent variants" in texts(test)


def test_a_deviation_is_opened_by_a_link_and_allowed(orders: Workspace) -> None:
    test = settled(open_page("conformance", deviation="too often: pay"))
    assert "is done again" in texts(test)
    test.text_area[0].set_value("The bank asks for it.")
    next(b for b in test.button if b.label == "Allow in 1 case").click()
    test = settled(test.run())
    model = variants_model(orders, View("orders"), "80%").reference
    assert [(a.deviation, a.reason) for a in allowed(orders, "orders", model)] == [
        ("too often: pay", "The bank asks for it.")
    ]
    assert test.metric[3].value == "1"
    assert "with 1 deviation allowed" in texts(test)


def test_a_grouping_is_seen_and_taken_away(orders: Workspace) -> None:
    grouped = Selection(grouped_by="performer")
    with pytest.raises(BadInput, match="are grouped by `performer`"):
        check_conformance(orders, View("orders", selection=grouped), model=model_of_bpmn(SEQUENCE, "orders.bpmn"))
    test = open_page("conformance", f=fold_selection(orders, grouped))
    assert "The performer of an activity instance stands in the place of its activity." in texts(test)
    assert "Go back to them with the chip above." in texts(test)
    test = sound(test.button(key="ungroup").click().run())
    assert "f" not in test.query_params
    assert settled(test).metric[0].label == "Fitness"


def test_without_a_map_the_way_to_one_is_shown(orders: Workspace) -> None:
    assert orders.logs.versions()
    test = open_page("conformance")
    test.segmented_control(key="against").set_value("map").run()
    assert "No workflow map yet" in texts(sound(test))


def test_a_log_without_a_map_is_not_checked_against_that_of_another(orders: Workspace) -> None:
    save_map(orders, "Orders", View("orders"), by=local("Ada"))
    staged_log(orders, [(str(n), a, None, f"2026-01-{n:02} 08:00", None, None) for n in range(1, 5) for a in "xy"], "b")
    test = settled(open_page("conformance", log="b"))
    assert "the most frequent variant" in texts(test)
    test.segmented_control(key="against").set_value("map").run()
    wait_until(lambda: "no activity in common" in texts(sound(test.run())), 20, "the check ended")
    assert "Workflow map Orders version 1 speaks of another process." in texts(test)
    assert not test.metric


def test_the_map_is_the_models(orders: Workspace) -> None:
    found = checked(orders)
    graph = conformance_map.model_graph(found)
    assert {a.name: a.count for a in graph.activities} == {"order": 20, "check": 20, "pay": 20}
    assert [(p.source, p.target, p.count) for p in graph.paths] == [("check", "pay", 20), ("order", "check", 20)]
    drawn = {n.name: n for n in conformance_map.draw(found, graph, {"order": 0.0}).nodes}
    assert drawn["check"].note == "skipped 6"
    assert drawn["check"].heat == 4
    assert drawn["order"].note == "wrong order 1"


def test_a_job_that_is_stopped_shows_what_there_is(orders: Workspace) -> None:
    from app.pages.conformance.job import forget, job

    model = model_of_bpmn(SEQUENCE, "orders.bpmn")
    key = ("home", "orders", 1, NO_SELECTION, model.reference, 60.0)
    running = job(orders, key, model)
    assert job(orders, key, model) is running
    assert running.ended.wait(60)
    assert running.result is not None
    forget(key)
    again = job(orders, key, model)
    again.stop.set()
    assert again.ended.wait(60)
    assert again.result is not None
    assert again.result.aligned_cases <= running.result.aligned_cases
    lost = job(orders, ("home", "nothing", 1, NO_SELECTION, model.reference, 60.0), model)
    assert lost.ended.wait(60)
    assert "no event log `nothing`" in str(lost.error)
