"""What simulated performers did is said wherever anything of theirs is shown, in one way."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.main import run
from app.simulation import in_words, left_out, marked_names
from core.actor.values import local
from core.errors import BadInput
from core.view import View
from core.workspace import Workspace, open_workspace
from inventory import demand_from_logs, gaps
from mining.allocation import allocate
from mining.map.maps import save_map
from orchestrator.running.runs import list_runs
from tests.app.seeded import settings_of
from tests.builders import staged_log

RUNS_LOG = "procurement-runs"


@pytest.fixture
def seeded(seeded_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TANDEM_HOME", str(seeded_home))
    monkeypatch.setenv("TANDEM_USER", "Ada")
    monkeypatch.delenv("TANDEM_DATABASE_URL", raising=False)
    return seeded_home


def test_a_log_of_real_work_has_no_simulated_work(ws: Workspace) -> None:
    log = staged_log(ws, [("1", "x", None, "2026-01-05 08:00", "Ann", "human")], "real")
    assert ws.logs.trust(ws.logs.get("real")).simulated == 0
    assert in_words(ws.logs.trust(log)) is None
    assert log is not None


def test_a_log_of_simulated_runs_says_how_much(seeded: Path) -> None:
    with settings_of(seeded) as settings:
        ws = open_workspace(settings)
        found = ws.logs.get(RUNS_LOG)
        assert ws.logs.trust(found).simulated == found.events
        said = in_words(ws.logs.trust(found))
        assert said is not None
        assert said.startswith(
            f"Simulated performers did {found.events:,} of {found.events:,} activity instances (100 %)"
        )
        assert any(name.endswith(" (simulated)") for name in marked_names(ws).values())
        ws.close()


@pytest.mark.usefixtures("seeded")
@pytest.mark.parametrize(
    "command",
    [
        ("map", "discover", RUNS_LOG), ("map", "performance", RUNS_LOG), ("map", "variants", RUNS_LOG),
        ("map", "people", RUNS_LOG), ("map", "causes", RUNS_LOG),
    ],
)  # fmt: skip
def test_every_analysis_on_the_command_line_says_so(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command]) == 0
    assert "Simulated performers did" in capsys.readouterr().out
    assert run([*command[:2], "procurement"]) == 0
    assert "Simulated performers" not in capsys.readouterr().out


def test_a_run_shows_who_of_its_performers_is_simulated(seeded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with settings_of(seeded) as settings:
        ws = open_workspace(settings)
        done = next(r for r in list_runs(ws) if r.simulated and r.ended_at)
        ws.close()
    assert run(["run", "show", done.id]) == 0
    assert "(simulated)" in capsys.readouterr().out


def test_gaps_leave_simulated_logs_out_and_say_so(seeded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with settings_of(seeded) as settings:
        ws = open_workspace(settings)
        demand = demand_from_logs(ws)
        assert {d.log for d in demand} == {"procurement"}
        assert demand_from_logs(ws, (RUNS_LOG,)) == ()
        assert gaps(ws, demand).simulated == (RUNS_LOG,)
        ws.close()
    assert run(["pilot", "gaps"]) == 0
    assert left_out([RUNS_LOG]) in capsys.readouterr().out.replace("\n", " ")


def test_a_map_of_simulated_work_is_not_allocated(seeded: Path) -> None:
    with settings_of(seeded) as settings:
        ws = open_workspace(settings)
        save_map(ws, "simulated", View(RUNS_LOG), by=local("Ada"))
        with pytest.raises(BadInput, match="Simulated performers did work in the event log `procurement-runs`"):
            allocate(ws, "simulated", by=local("Ada"))
        ws.close()
