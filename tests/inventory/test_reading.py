"""Any sheet of pilots comes in: whole files as people keep them; values worked out by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from core.errors import BadInput, NotFound
from core.workspace import Workspace
from inventory import CostPeriod, RiskTier, SheetReading, Status, list_pilots, plan_import
from tests.inventory.sheets import imported, known, planned

CASES = Path(__file__).parents[3] / "shared" / "cases" / "pilot_sheets"

GERMAN = (
    "KI-Piloten, Stand Juni;;;;;;\r\n;;;;;;\r\n"
    "Bezeichnung;Fachbereich;Verantwortlich;Stand;Kosten pro Jahr (T€);Beginn;Tätigkeiten\r\n"
    "Leser;Finanzen;Ada;In Betrieb;12,5;31.01.2026;Prüfen, Buchen\r\n"
    "Bot;Vertrieb;-;Idee;1.200;03/2025;\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_german_sheet_with_a_banner(ws: Workspace, tmp_path: Path, encoding: str) -> None:
    plan = planned(ws, tmp_path, GERMAN.encode(encoding))
    assert plan.header_row == 3
    assert known(plan) == [
        {
            "name": "Leser", "department": "Finanzen", "owner": "Ada", "status": "production", "started": "2026-01-31",
            "activities": ["Prüfen", "Buchen"], "monthly_cost": 1041.67, "currency": "EUR", "cost_period": "year",
        },
        {
            "name": "Bot", "department": "Vertrieb", "status": "idea", "started": "2025-03-01",
            "monthly_cost": 100000.0, "currency": "EUR", "cost_period": "year",
        },
    ]  # fmt: skip
    said = " ".join(plan.notes)
    for words in ("divided by 12", "in thousands", "dates without a day", "`,` split", "missing value"):
        assert words in said
    assert list_pilots(ws) == ()


@pytest.mark.parametrize("sign", [",", ";", "\t", "|", ":", "^", "~"])
def test_any_delimiter(ws: Workspace, tmp_path: Path, sign: str) -> None:
    plan = planned(
        ws, tmp_path, sign.join(("name", "department", "owner")) + "\n" + sign.join(("A", "X", "Ada")) + "\n"
    )
    assert known(plan) == [{"name": "A", "department": "X", "owner": "Ada"}]
    assert known(planned(ws, tmp_path, f"name{sign}dept\nA{sign}X\n", delimiter=sign))
    assert known(planned(ws, tmp_path, "sep=;\nname;dept\nA;X\n"))


def test_ambiguous_cells_are_decided_by_their_column_or_refused_with_the_option(ws: Workspace, tmp_path: Path) -> None:
    sheet = "name;department;cost;currency;started\nA;X;1.234;EUR;01/02/2026\n"
    plan = planned(ws, tmp_path, sheet)
    assert [(p.row, p.column, p.value) for p in plan.problems] == [
        (2, "started", "01/02/2026"), (2, "monthly_cost", "1.234"),
    ]  # fmt: skip
    assert "`--date-order dmy`" in plan.problems[0].text
    assert "`--decimal comma`" in plan.problems[1].text
    (said,) = known(planned(ws, tmp_path, sheet, decimal="comma", date_order="mdy"))
    assert (said["monthly_cost"], said["started"]) == (1234.0, "2026-01-02")
    first, _ = known(planned(ws, tmp_path, sheet + "B;X;0,5;EUR;31/01/2026\n"))
    assert (first["monthly_cost"], first["started"]) == (1234.0, "2026-02-01")


def test_currencies_from_cells_columns_headings_and_options(ws: Workspace, tmp_path: Path) -> None:
    sheet = "name;department;cost;currency\nA;X;$ 10.00;CAD\nB;X;€ 10.00;\nC;X;$ 10.00;\nD;X;10.00;Euro\n"
    plan = planned(ws, tmp_path, sheet)
    assert [each["currency"] for each in known(plan)] == ["CAD", "EUR", "USD", "EUR"]
    assert any("`$` as USD" in note for note in plan.notes)
    (one,) = known(planned(ws, tmp_path, "name;department;Kosten (CHF)\nA;X;10.00\n"))
    assert one["currency"] == "CHF"
    (one,) = known(planned(ws, tmp_path, "name;department;cost\nA;X;10.00\n", currency="SEK"))
    assert one["currency"] == "SEK"
    wrong = planned(
        ws, tmp_path, "name;department;cost;benefit;currency\nA;X;€ 1;$ 2;\nB;X;€ 1;;USD\nC;X;¥ 5;;\nD;X;5;;\n"
    )
    assert [(p.row, p.column) for p in wrong.problems] == [
        (2, "currency"), (3, "monthly_cost"), (4, "monthly_cost"), (4, "currency"), (5, "currency"),
    ]  # fmt: skip


def test_periods_from_cells_columns_headings_and_options(ws: Workspace, tmp_path: Path) -> None:
    sheet = (
        "name;department;cost;period;currency\n"
        "A;X;1200;year;EUR\nB;X;300;quarterly;EUR\nC;X;1200/month;year;EUR\nD;X;7;;EUR\n"
    )
    found = known(planned(ws, tmp_path, sheet))
    assert [(each["monthly_cost"], each.get("cost_period")) for each in found] == [
        (100.0, "year"), (100.0, "quarter"), (1200.0, "year"), (7.0, None),
    ]  # fmt: skip
    (one,) = known(planned(ws, tmp_path, "name;department;cost;currency\nA;X;12;EUR\n", period=CostPeriod.YEAR))
    assert one["monthly_cost"] == 1.0
    (one,) = known(planned(ws, tmp_path, "name;department;monthly_cost;period;currency\nA;X;12;year;EUR\n"))
    assert one["monthly_cost"] == 12.0  # its heading says of what it is


def test_doubled_columns_agree_or_are_told(ws: Workspace, tmp_path: Path) -> None:
    assert known(planned(ws, tmp_path, "name,dept,owner,owner\nA,X,Ada,\nB,X,Bob,Bob\n"))[1]["owner"] == "Bob"
    plan = planned(ws, tmp_path, "name,dept,owner,owner\nA,X,Ada,Bob\n")
    assert plan.problems[0].text.startswith("Columns 3 and 4 both mean `owner` and differ in row 2: `Ada`, `Bob`.")
    (one,) = known(planned(ws, tmp_path, "name,dept,owner,owner\nA,X,Ada,Bob\n", columns={"owner": "#4"}))
    assert one["owner"] == "Bob"


def test_what_was_said_of_columns_words_defaults_and_blanks(ws: Workspace, tmp_path: Path) -> None:
    sheet = "What,Where,Boss,human_review\nA,X,Ada,partly\nB,,Bob,yes\n"
    said: dict[str, Any] = {
        "columns": {"name": "what", "department": "Where", "owner": "Boss"}, "fill_down": ("department",),
        "words": {"human_review": {"Partly": "no"}}, "defaults": {"status": "pilot"},
    }  # fmt: skip
    found = known(planned(ws, tmp_path, sheet, **said))
    assert [(each["department"], each["human_review"], each["status"]) for each in found] == [
        ("X", False, "pilot"), ("X", True, "pilot"),
    ]  # fmt: skip
    with pytest.raises(NotFound, match="There is no column `boss`"):
        planned(ws, tmp_path, sheet, columns={"boss": "Boss"})
    with pytest.raises(BadInput, match="There is no heading `Nobody` for `owner`"):
        planned(ws, tmp_path, sheet, columns={"owner": "Nobody"})
    plan = planned(ws, tmp_path, "name,dept,owner\nA,X,Ada\n", columns={"owner": ""})
    assert "owner" not in known(plan)[0]


def test_every_problem_of_a_sheet_at_once(ws: Workspace, tmp_path: Path) -> None:
    plan = planned(ws, tmp_path, "name,users,links,reviewed\nA,many,javascript:alert(1),x\nB,2\nC,3,,,5\n")
    assert [(p.row, p.column, p.value) for p in plan.problems] == [
        (None, "department", None), (3, None, None), (4, None, "5"),
        (2, "reviewed", "x"), (2, "users", "many"), (2, "links", "javascript:alert(1)"),
    ]  # fmt: skip


def test_json_and_yaml(ws: Workspace, tmp_path: Path) -> None:
    objects = [
        {"name": "A", "department": "X", "cost": {"amount": 12.5}, "activities": ["Pay, now", "Book"], "users": 3},
        {"name": "B", "department": "X", "risk": "hoch", "human_review": True, "success_rate": 0.93, "owner": None},
    ]
    said = {"columns": {"monthly_cost": "cost amount"}, "currency": "EUR"}
    for text, name in (
        (json.dumps(objects), "p.json"),
        (json.dumps({"pilots": objects}), "p.json"),
        ("\n".join(map(json.dumps, objects)), "p.jsonl"),
        (
            "pilots:\n- name: A\n  department: X\n  cost: {amount: 12.5}\n  activities: ['Pay, now', Book]\n"
            "  users: 3\n- name: B\n  department: X\n  risk: hoch\n  human_review: yes\n  success_rate: 0.93\n"
            "  owner: null\n",
            "p.yaml",
        ),
    ):
        first, second = known(planned(ws, tmp_path, text, name, **said))
        assert (first["monthly_cost"], first["activities"], first["users"]) == (12.5, ["Pay, now", "Book"], 3)
        assert (second["risk_tier"], second["human_review"], second["success_rate"]) == ("high", True, 0.93)


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ('[{"name": "A", "name": "B"}]', "p.json", "the key `name` comes twice"),
        ("[1]", "p.json", "Object 1 is not an object"),
        ("{", "p.json", "cannot be read as JSON"),
        ("[" * 100_000, "p.json", "cannot be read as JSON"),
        ("[]", "p.json", "has no pilots"),
        ("- &a {name: A}\n- *a\n", "p.yaml", "has an alias"),
        ("- {name: A, name: B}\n", "p.yaml", "comes twice"),
        ("- !!python/object:os.system {}\n", "p.yaml", "cannot be read as YAML"),
        ("a: [", "p.yaml", "cannot be read as YAML"),
        ("name,dept\nA,X\n", "p.xlsx", "is no workbook"),
        (b"PK\x03\x04rubbish", "p.xlsx", "is a damaged or truncated workbook"),
        (b"PK\x03\x04rubbish", "p.csv", "is a damaged or truncated workbook"),
    ],
)
def test_files_that_cannot_be_read(ws: Workspace, tmp_path: Path, text: str | bytes, name: str, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        planned(ws, tmp_path, text, name)
    assert said in str(caught.value)


def workbook(path: Path) -> Path:
    """Two sheets: a cover, and a table under a banner with merged departments, typed dates and numbers."""
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Cover").write("A1", "Pilots")
    sheet = book.add_worksheet("Piloten")
    sheet.merge_range("B1:E1", "KI-Piloten 2026")
    sheet.write_row("B3", ["Bereich", "Name", "Jahreskosten in EUR", "Start"])
    sheet.merge_range("B4:B5", "Finanzen")
    for row, (name, cost) in enumerate((("Leser", 1234.5), ("Bot", 24)), 3):
        sheet.write(row, 2, name)
        sheet.write(row, 3, cost)
        sheet.write_datetime(row, 4, date(2026, 1, 31), book.add_format({"num_format": "dd.mm.yyyy"}))
    book.close()
    return path


def test_a_workbook(ws: Workspace, tmp_path: Path) -> None:
    plan = plan_import(ws, workbook(tmp_path / "p.xlsx"))
    assert (plan.sheet, plan.header_row) == ("Piloten", 3)
    assert [m.place for m in plan.mapping] == [2, 3, 4, 5]
    assert [(p["department"], p["name"], p["monthly_cost"], p["started"]) for p in known(plan)] == [
        ("Finanzen", "Leser", 102.88, "2026-01-31"), ("Finanzen", "Bot", 2.0, "2026-01-31"),
    ]  # fmt: skip
    assert any("merged" in note for note in plan.notes)
    with pytest.raises(NotFound, match="There is no sheet"):
        plan_import(ws, tmp_path / "p.xlsx", SheetReading(sheet="Pilots"))
    with pytest.raises(BadInput, match="has a header and no pilots"):
        plan_import(ws, tmp_path / "p.xlsx", SheetReading(sheet="Cover"))


@pytest.mark.skipif(not CASES.is_dir(), reason="the inputs that once came out wrong are not here")
def test_the_sheets_that_people_keep(ws: Workspace) -> None:
    def of(name: str, **said: object) -> list[dict[str, object]]:
        return known(plan_import(ws, CASES / name, SheetReading(**said)))  # type: ignore[arg-type]

    assert of("banner.csv") == [{"name": "A", "department": "HR", "owner": "Bo", "status": Status.PILOT}]
    assert [p["monthly_cost"] for p in of("eu_money.csv")] == [1234.56, 1234.56]
    assert [(p["activities"], p["systems"]) for p in of("lists.csv")] == [
        (["Screen", "Rank"], ["SAP", "Outlook"]), (["Screen", "Rank"], ["SAP"]), (["Screen"], ["SAP", "Outlook"]),
    ]  # fmt: skip
    assert [(p["monthly_cost"], p["cost_period"]) for p in of("yearly.csv")] == [(1000.0, "year")]
    assert of("x.xlsx") == [{"name": "A", "department": "HR", "status": "pilot"}]
    missing = plan_import(ws, CASES / "missing.csv")
    assert "`--default department=VALUE`" in missing.problems[0].text
    assert of("missing.csv", defaults={"department": "HR"})[0]["department"] == "HR"
    words = plan_import(ws, CASES / "words.csv")
    assert [(p.column, p.value) for p in words.problems] == [("human_review", "partly"), ("autonomy_level", "high")]
    first, second = of("words.csv", words={"human_review": {"partly": "no"}, "autonomy_level": {"high": "3"}})
    assert (first["status"], first["data_sensitivity"], first["users"]) == ("production", "personal", 50)
    assert (second["data_sensitivity"], second["autonomy_level"], second["users"]) == ("confidential", 3, 1200)


def test_risk_words_of_the_ai_act(ws: Workspace, tmp_path: Path) -> None:
    imported(ws, tmp_path, "name,dept,AI Act class\nA,X,minimal\nB,X,unacceptable\n")
    assert [p.facts.risk_tier for p in list_pilots(ws)] == [RiskTier.LOW, RiskTier.PROHIBITED]
