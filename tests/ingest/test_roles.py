"""Columns are recognised by name and value, with the reason in words; options overrule."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.actor.values import local
from core.errors import BadInput
from core.workspace import Workspace
from ingest import ColumnRole, Preview, guess_roles, import_log
from ingest.words import KINDS, failed_of_word, kind_of_name, kind_of_word, plain, truth_of_word
from tests.ingest.files import csv_file, event, xes_file


def roles(preview: Preview) -> dict[str, str]:
    """The column of each role that was found."""
    return {guess.role.value: guess.column for guess in preview.roles}


HEADERS = [
    ("case_id,activity,start_time,end_time,resource", "1,a,2026-01-05 08:00,2026-01-05 09:00,Bo",
     {"case": "case_id", "activity": "activity", "start": "start_time", "end": "end_time", "performer": "resource"}),
    ("Case ID,Activity,Complete Timestamp,Resource", "1,a,2026/01/05 08:00:00.000,Bo",
     {"case": "Case ID", "activity": "Activity", "end": "Complete Timestamp", "performer": "Resource"}),
    ("CaseId,TaskName,Timestamp", "1,a,2026-01-05T08:00:00Z",
     {"case": "CaseId", "activity": "TaskName", "end": "Timestamp"}),
    ("Número de caso;Actividad;Fecha inicio;Fecha fin;Usuario;Sistema;Coste",
     "1;a;05/01/2026 08:00;05/01/2026 09:00;Bo;SAP;3",
     {"case": "Número de caso", "activity": "Actividad", "start": "Fecha inicio", "end": "Fecha fin",
      "performer": "Usuario", "system": "Sistema", "cost": "Coste"}),
    ("case:concept:name,concept:name,Activity,time:timestamp,org:resource", "1,a,b,2026-01-05,Bo",
     {"case": "case:concept:name", "activity": "concept:name", "end": "time:timestamp", "performer": "org:resource"}),
    ("order_id\tstep\twhen\tstatus", "1\ta\t2026-01-05\tok",
     {"activity": "step", "end": "when", "outcome": "status"}),
]  # fmt: skip


@pytest.mark.parametrize(("header", "row", "expected"), HEADERS)
def test_roles_are_found_by_name(header: str, row: str, expected: dict[str, str], tmp_path: Path) -> None:
    found = roles(guess_roles(csv_file(tmp_path / "x.csv", f"{header}\n{row}")))
    assert {role: column for role, column in found.items() if role in expected} == expected


def test_every_guess_has_a_reason_and_the_preview_shows_rows(tmp_path: Path) -> None:
    preview = guess_roles(csv_file(tmp_path / "x.csv", "case,activity,end\n1,buy,2026-01-05\n1,pay,2026-01-06"))
    reasons = {guess.role: guess.reason for guess in preview.roles}
    assert reasons[ColumnRole.ACTIVITY] == "it is named `activity`, with 2 different values such as `buy`, `pay`"
    assert reasons[ColumnRole.END] == "it is named `end`, and its values are timestamps"
    assert preview.columns == ("case", "activity", "end")
    assert preview.rows == (("1", "buy", "2026-01-05"), ("1", "pay", "2026-01-06"))
    assert preview.missing == ()


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    preview = guess_roles(csv_file(tmp_path / "x.csv", "foo,bar,baz\n1,2,3\n1,4,3"))
    assert preview.missing == (ColumnRole.CASE, ColumnRole.ACTIVITY, ColumnRole.END)


def test_a_name_without_fitting_values_is_no_role(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "x.csv", "case,activity,end,start,cost,status\n1,a,2026-01-05,soon,much,blue")
    preview = guess_roles(path)
    assert set(roles(preview)) == {"case", "activity", "end"}
    assert "`start` is named like the start, but its values are no timestamps." in preview.hints


def test_several_costs_are_left_to_the_user(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "x.csv", "case,activity,end,FixedCost,ResourceCost\n1,a,2026-01-05,1.5,2")
    assert guess_roles(path).hints == (
        "Several columns may be the cost: `FixedCost`, `ResourceCost`. Say which one with `--cost COLUMN`.",
    )
    assert roles(guess_roles(path, roles={"cost": "FixedCost"}))["cost"] == "FixedCost"


def test_options_overrule_names(ws: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "x.csv", "case,activity,step,end\n1,a,first,2026-01-05\n1,a,second,2026-01-06")
    done = import_log(ws, path, roles={"activity": "step"}, by=local("Ada"))
    assert (done.activities, done.roles["activity"]) == (2, "step")
    assert ws.logs.meta(ws.logs.get("x")).stored["mapping"]["activity"] == {"column": "step", "reason": "as you said"}


def test_only_the_case_is_due(tmp_path: Path) -> None:
    more = ("date", "dueDate", "2026-02-01T00:00:00Z")
    path = xes_file(tmp_path / "x.xes", [("c", [event("a", "2026-01-05T08:00:00Z", None, more)])])
    assert "due" not in roles(guess_roles(path))


def test_a_preview_of_a_large_log_reads_only_its_head(shared_log: Callable[[str], Path]) -> None:
    preview = guess_roles(shared_log("road_traffic_fines/road_fine.xes.gz"))
    assert roles(preview)["performer"] == "org:resource"
    assert len(preview.rows) == 20


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SYSTEM", "system"), ("system:sap", "system"), ("RPA bot 3", "system"), ("bot", "system"),
        ("Sistema", "system"),
        ("agent:invoices", "agent"), ("AI agent 7", "agent"), ("Copilot", "agent"),
        ("STAFF MEMBER", "human"), ("person:ada", "human"),
        ("Ada Lovelace", None), ("Agent 12", None), ("User_1", None), ("112", None), ("", None),
        ("System Administrator", None),
    ],
)  # fmt: skip
def test_a_name_tells_the_kind_only_if_it_can_mean_nothing_else(name: str, kind: str | None) -> None:
    assert kind_of_name(name) == kind


def test_words() -> None:
    assert kind_of_word("AutoState") == "system"
    assert kind_of_word("ManualState") == "human"
    assert kind_of_word("SubProcess") is None
    assert (failed_of_word("Error"), failed_of_word("OK"), failed_of_word("blue")) == (True, False, None)
    assert (failed_of_word("true"), failed_of_word("true", "failed"), failed_of_word("no", "failed")) == (
        None,
        True,
        False,
    )
    assert (truth_of_word("Sí"), truth_of_word("open"), truth_of_word("perhaps")) == (True, False, None)
    assert plain("  Número_deCaso (1) ") == "numero de caso 1"
    assert KINDS == ("human", "agent", "system", "unknown")


def test_an_empty_column_is_said_to_be_empty(tmp_path: Path) -> None:
    rows = "1,a,2026-01-05 08:00,,,,\n1,b,2026-01-05 09:00,,,,NA"
    preview = guess_roles(csv_file(tmp_path / "x.csv", f"case,activity,end,start,cost,outcome,due\n{rows}"))
    assert sorted(preview.hints) == [
        "`cost` is named like the cost, but it is empty.",
        "`due` is named like the due, but its values all mean that one is missing.",
        "`outcome` is named like the outcome, but it is empty.",
        "`start` is named like the start, but it is empty.",
    ]


JOINED = "1,a,2026-01-05,08:00,2026-01-05,09:00\n1,b,2026-01-06,08:30,2026-01-06,09:30"
JOINED_HEAD = "case,activity,start_date,start_time,end_date,end_time"


def test_a_joined_start_is_announced_and_its_columns_leave_no_hint(tmp_path: Path) -> None:
    preview = guess_roles(csv_file(tmp_path / "x.csv", f"{JOINED_HEAD}\n{JOINED}"))
    assert preview.hints == ()
    (start,) = [guess for guess in preview.roles if guess.feeds]
    assert (start.role, start.column) == (ColumnRole.START, "start_date+start_time")
    assert [text[:10] for text in start.examples] == ["2026-01-05", "2026-01-06"]


def test_a_due_that_is_no_name_of_the_standard_is_announced(tmp_path: Path) -> None:
    rows = "1,a,2026-01-05 08:00,2026-01-09 08:00"
    text = f"case:concept:name,concept:name,time:timestamp,case:deadline\n{rows}"
    (due,) = [guess for guess in guess_roles(csv_file(tmp_path / "x.csv", text)).roles if guess.feeds]
    assert (due.column, due.examples) == ("case:deadline", ("2026-01-09 08:00",))
    assert due.reason == "it is named `case:deadline`, and its values are timestamps"


def test_a_column_that_does_not_exist_is_answered_with_those_of_the_file(ws: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "x.csv", f"{JOINED_HEAD}\n{JOINED}")
    columns = "`activity`, `case`, `end_date`, `end_time`, `start_date`, `start_time`"
    with pytest.raises(BadInput, match=rf"There is no column `who`\. Known: {columns}\."):
        import_log(ws, path, roles={"end": "end_date+end_time", "performer": "who"}, by=local("Ada"))


def test_error_words_without_an_outcome_say_which_columns_may_have_them(ws: Workspace, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "x.csv", "case,activity,end,verdict\n1,a,2026-01-05,yes\n1,b,2026-01-06,never")
    with pytest.raises(BadInput, match="These have few different words: `verdict` has `never`, `yes`"):
        import_log(ws, path, error_words=["nope"], by=local("Ada"))
    path = csv_file(tmp_path / "y.csv", "case,activity,end\n1,a,2026-01-05\n1,b,2026-01-06")
    with pytest.raises(BadInput, match="no column was recognised as one, and none has words that could be outcomes"):
        import_log(ws, path, error_words=["nope"], by=local("Ada"))
