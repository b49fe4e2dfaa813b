"""Every page, driven without a browser: on a home with everything on it, and on an empty one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.pages.shell import ENTRIES
from core.clock import FixedClock
from core.settings import Settings
from core.workspace import Workspace
from tests.builders import staged_log
from tests.patience import patience

PAGES = [entry.path for entry in ENTRIES]


pytestmark = pytest.mark.usefixtures("no_cache")


@pytest.fixture
def seeded(seeded_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANDEM_HOME", str(seeded_home))
    monkeypatch.setenv("TANDEM_USER", "Ada")
    monkeypatch.delenv("TANDEM_DATABASE_URL", raising=False)


@pytest.fixture
def blank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANDEM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TANDEM_USER", "Ada")
    monkeypatch.delenv("TANDEM_DATABASE_URL", raising=False)


def open_page(path: str, /, **parameters: str) -> AppTest:
    """The page at `path`, run once with `parameters` in its URL; no exception is shown."""
    test = AppTest.from_string(f"from app.pages.shell import run\nrun({path!r})\n", default_timeout=patience(20))
    test.query_params.update(parameters)
    return sound(test.run())


def sound(test: AppTest) -> AppTest:
    assert [e.message for e in test.exception] == []
    assert [e.value for e in test.error] == []
    return test


def texts(test: AppTest) -> str:
    return "\n".join(str(e.value) for e in [*test.markdown, *test.caption, *test.title])


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens(path: str) -> None:
    assert open_page(path).title


@pytest.mark.usefixtures("blank")
@pytest.mark.parametrize("path", PAGES)
def test_an_empty_page_says_what_it_is_and_what_to_do(path: str) -> None:
    test = open_page(path)
    assert test.title
    assert len(texts(test)) > 60


@pytest.mark.usefixtures("seeded")
def test_a_slider_shows_fewer_activities() -> None:
    test = open_page("process_map", log="procurement")
    before = texts_of_panel(test)
    sound(test.slider(key="activities").set_value(30).run())
    assert texts_of_panel(test) != before


def texts_of_panel(test: AppTest) -> str:
    return "\n".join(str(e.proto.body) for e in test.get("html"))


@pytest.mark.usefixtures("seeded")
def test_the_url_selects_an_activity() -> None:
    test = open_page("process_map", log="procurement", activity="Draft purchase order")
    assert "##### Draft purchase order" in texts(test)
    assert "**Performers**" in texts(test)


@pytest.mark.usefixtures("seeded")
def test_a_denied_action_of_an_agent_stands_at_the_top_of_governance() -> None:
    opened = open_page("governance")
    shown = texts(opened)
    assert any("Newest denied attempts" in folded.label for folded in opened.expander)
    assert ":red-badge[:material/block: Denied]" in shown
    assert "`purchase_order.approve`" in shown


@pytest.mark.usefixtures("seeded")
def test_the_audit_log_verifies_on_its_page() -> None:
    test = open_page("governance", part="Audit")
    sound(test.button(key="verify").click().run())
    assert test.success


@pytest.mark.usefixtures("seeded")
def test_an_override_without_a_reason_is_refused_in_words() -> None:
    test = open_page("allocation", activity="Draft purchase order")
    next(b for b in test.button if b.label == "Override").click()
    test.run()
    assert [e.message for e in test.exception] == []
    assert "needs a reason" in test.error[0].value


@pytest.mark.usefixtures("seeded")
def test_every_simulated_kpi_says_so() -> None:
    test = open_page("kpis", log="procurement-runs")
    tiles = [m for m in test.metric if m.value != "–"]
    marks = [m for m in test.markdown if "Simulated" in str(m.value)]
    assert len(tiles) >= 4
    assert len(marks) >= len(tiles)


@pytest.mark.usefixtures("seeded")
def test_a_run_is_paused_only_with_a_reason() -> None:
    from app.pages.state import workspace
    from orchestrator.machine.values import RunStatus
    from orchestrator.running.runs import get_run, list_runs

    run = next(r for r in list_runs(workspace(), status=RunStatus.RUNNING))
    test = open_page("workflows", run=run.id)
    next(b for b in test.button if b.label == "Pause this run").click()
    test.run()
    assert "needs a reason" in test.error[0].value
    assert get_run(workspace(), run.id).status is RunStatus.RUNNING


@pytest.mark.usefixtures("seeded")
def test_an_unknown_run_is_told_in_words() -> None:
    test = AppTest.from_string("from app.pages.shell import run\nrun('workflows')\n", default_timeout=patience(20))
    test.query_params["run"] = "r-nothing"
    test.run()
    assert [e.message for e in test.exception] == []
    assert "r-nothing" in test.error[0].value


@pytest.mark.usefixtures("seeded")
def test_a_map_is_promoted_and_a_second_person_is_asked_to_sign() -> None:
    from app.pages.state import workspace
    from orchestrator.promotion.workflows import WorkflowStatus, get_proposal, list_workflows

    before = len(list_workflows(workspace()))
    test = open_page("workflows", workflows_part="Promote a map")
    assert "How the gates stand" in [s.value for s in test.subheader]
    sound(test.button(key="promote").click().run())
    proposed = get_proposal(workspace(), "procurement")
    assert len(list_workflows(workspace())) == before + 1
    assert proposed.status is WorkflowStatus.PROPOSED
    assert proposed.workflow.tasks == get_proposal(workspace(), "procurement", proposed.version - 1).workflow.tasks
    assert any(b.label == f"Sign version {proposed.version} as Ada" for b in test.button)


@pytest.mark.usefixtures("seeded")
def test_a_map_that_does_not_pass_the_gates_is_prepared_not_promoted() -> None:
    from app.pages.state import workspace
    from governance import roles
    from orchestrator.promotion.workflows import list_workflows

    before = len(list_workflows(workspace()))
    test = open_page("workflows", workflows_part="Promote a map")
    sound(test.text_input(key="name_of_procurement").set_value("buying").run())
    assert test.button(key="promote").disabled
    assert "it must be above 0" in texts(test)
    sound(test.button(key="prepare").click().run())
    assert {"buying_agent", "buying_staff"} <= {role.name for role in roles(workspace())}
    assert "tandem policy activate buying.cedar" in test.code[0].value
    assert len(list_workflows(workspace())) == before


@pytest.mark.usefixtures("blank")
def test_version_and_licence_stand_on_every_page() -> None:
    assert any("AGPL-3.0-or-later" in str(c.value) for c in open_page("overview").sidebar.caption)


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("logs", {"shown": "procurement-runs.v1"}),
        ("process_map", {"log": "procurement-runs"}),
        ("process_map", {"log": "procurement-runs", "path": "Create requisition→Check budget"}),
        ("kpis", {"log": "procurement-runs"}),
        ("overview", {}),
    ],
)
def test_what_simulated_performers_did_is_marked(path: str, parameters: dict[str, str]) -> None:
    assert ":material/science: Simulated]" in texts(open_page(path, **parameters))


def test_the_log_that_was_imported_last_stands_first(ws: Workspace, clock: FixedClock, settings: Settings) -> None:
    assert settings.home == ws.settings.home
    for name in ("b", "c", "a"):
        staged_log(ws, [("1", "x", None, "2026-01-05 08:00")], name)
        clock.advance(timedelta(minutes=1))
    assert "##### a, version 1" in texts(open_page("logs"))
