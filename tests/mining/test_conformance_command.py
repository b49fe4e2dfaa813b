"""`tandem map conformance`, `allow` and `withdraw`, run as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.main import run
from core.workspace import Workspace
from tests.builders import staged_log
from tests.mining.bpmn_files import SEQUENCE
from tests.mining.test_commands import said
from tests.mining.test_conformance_service import USUAL, rows


@pytest.fixture
def file(ws: Workspace, tmp_path: Path) -> str:
    staged_log(ws, rows(USUAL), "orders")
    path = tmp_path / "orders.bpmn"
    path.write_text(SEQUENCE, "utf-8")
    return str(path)


def test_conformance_for_people_and_as_json(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "map", "conformance", "orders", "--bpmn", file)
    assert "All 20 cases in 4 variants are aligned" in text
    assert "Fitness 0.9217" in text
    assert "skipped: check" in text
    found = json.loads(said(capsys, "map", "conformance", "orders", "--bpmn", file, "--json"))
    assert (found["cases"], found["complete"], found["fitness"]["cost"]) == (20, True, 9)
    assert found["deviations"][0]["sentence"] == "`check` is skipped after `order`, before `pay`."
    told = said(capsys, "map", "conformance", "orders", "--bpmn", file, "--deviation", "skipped: check")
    assert "check is skipped after order, before pay." in told
    assert "cycle time" in told


def test_a_model_of_another_process_is_named_as_such(
    ws: Workspace, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "no activity in common" not in said(capsys, "map", "conformance", "orders", "--bpmn", file)
    staged_log(ws, [("1", "claim", None, "2026-01-05 08:00", None, None)], "claims")
    assert "no activity in common" in said(capsys, "map", "conformance", "claims", "--bpmn", file)


def test_no_time_says_what_is_left(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "map", "conformance", "orders", "--bpmn", file, "--budget", "0")
    assert "Approximate: covers 0 % of cases, 4 variants left" in text
    assert "it lies between 0." in text
    assert "0 % to 100 % of the cases follow the model (for certain; of 20 cases it is not known)" in text


def test_allow_and_withdraw(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    against = ("orders", "skipped: check", "--bpmn", file)
    assert "Allowed in orders" in said(capsys, "map", "allow", *against, "--reason", "Small orders.")
    text = said(capsys, "map", "conformance", "orders", "--bpmn", file)
    assert "with 1 deviation allowed: skipped: check (Small orders.)" in text
    assert "No longer allowed" in said(capsys, "map", "withdraw", *against)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["orders"], "one of `--map`, `--bpmn` and `--variants`"),
        (["orders", "--map", "x", "--variants", "1"], "one of `--map`, `--bpmn` and `--variants`"),
        (["orders", "--map", "Orders"], "no workflow map `Orders`"),
        (["orders", "--map", "Orders@new"], "names no version of a map"),
        (["orders", "--variants", "some"], "chooses no variants"),
        (["orders", "--bpmn", "nothing.bpmn"], "cannot be read"),
        (["nothing", "--variants", "1"], "no event log `nothing`"),
        (["orders", "--variants", "1", "--deviation", "skipped: x"], "no deviation `skipped: x`"),
    ],
)
@pytest.mark.usefixtures("file")
def test_bad_input_is_one_message(capsys: pytest.CaptureFixture[str], arguments: list[str], message: str) -> None:
    assert run(["map", "conformance", *arguments]) == 2
    assert message in " ".join(capsys.readouterr().err.split())
