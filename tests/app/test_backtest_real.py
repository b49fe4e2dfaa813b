"""The back-test on the shared real logs, run as a user runs it: the figures that docs/allocation.md publishes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from app.main import run
from core.settings import Settings

DOCS = Path(__file__).parents[2] / "docs" / "allocation.md"
LOGS = (
    "bpic2020_DomesticDeclarations_cleaned/DomesticDeclarations.xes.gz",
    "consulta_data_mining/ConsultaDataMining201618.csv.gz",
    "bpic2012/BPI_Challenge_2012.xes.gz",
)
KINDS = ("--kind", "bpi_challenge_2012:112=system", "--kind", "bpi_challenge_2012:*=human")


@pytest.mark.slow
def test_the_published_figures_are_found_again(
    settings: Settings, shared_log: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["allocate", "--backtest", *(str(shared_log(name)) for name in LOGS), *KINDS, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(log["tasks"], len(log["automated"])) for log in found["logs"]] == [(14, 2), (9, 3), (24, 3)]
    assert len(found["processes"]) == 3
    assert found["mean"]["suitability"]["auc"] > 0.85
    assert found["mean"]["suitability"]["auc"] > found["mean"]["frequency"]["auc"]
    published = DOCS.read_text("utf-8")
    for name, area in found["mean"].items():
        row = next(line for line in published.splitlines() if line.startswith(f"| {name} |"))
        figures = [cell.strip() for cell in row.split("|")[2:-1]]
        for process, cell in zip(found["processes"], figures, strict=False):
            assert cell.startswith(f"{process['areas'][name]['auc']:.2f}"), name
        told = f"{area['auc']:.2f} ({area['low']:.2f} to {area['high']:.2f})"
        assert re.sub(r"\*", "", figures[3]) == told, name
    assert not list(settings.home.glob("logs/*.duckdb"))  # nothing of the files is kept
