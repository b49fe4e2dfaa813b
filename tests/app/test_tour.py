"""The tour is true: its commands, read from the Markdown, run one after the other in a fresh home."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TOUR = ROOT / "docs" / "tour.md"


def script(markdown: str) -> str:
    """The indented lines of a Markdown text, without their indentation."""
    return "\n".join(line.removeprefix("    ") for line in markdown.splitlines() if line.startswith("    "))


def test_every_command_of_the_tour_does_what_it_says(tmp_path: Path) -> None:
    commands = script(TOUR.read_text("utf-8")).replace('"$PWD/.tandem-tour"', f'"{tmp_path}/home"')
    commands = commands.replace('"$PWD/.venv/bin:$PATH"', f'"{Path(sys.executable).parent}:$PATH"')
    assert str(tmp_path) in commands
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TANDEM_")}
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", commands],
        cwd=ROOT, env=environment | {"COLUMNS": "120"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    assert "Traceback" not in done.stderr
    for said in (
        "Event log procurement version 1: 1,000 cases, 15,275 activity instances",
        "24 pilots in pilots.csv: 24 added",
        "Roles added: purchasing_agent, purchasing_staff, process owner. Actions declared: 19.",
        "allow (policy set 1)",
        "deny (policy set 1)",
        "purchasing version 1: promoted",
        "The worker has ended. Runs: 1 completed.",
        "records are sound.",
        "purchasing-runs version 1: 1 run,",
    ):
        assert said in done.stdout, f"{said}\n\n{done.stdout}"
