"""The page of pilots without a browser: what its widgets give back, its filters, and the wizard's answers."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.pages.pilots.fields import as_asked, changed
from app.receiving import uploads_folder
from core.actor.values import local
from core.workspace import Workspace
from inventory import (
    COLUMNS,
    Overlaps,
    add_pilot,
    edit_pilot,
    get_pilot,
    import_pilots,
    list_layouts,
    list_pilots,
    overlaps,
)
from tests.builders import staged_log
from tests.patience import patience

ADA = local("Ada")
FULL = {
    "reference": "P-1", "name": "Reader", "department": "Finance", "owner": "Ada", "sponsor": "Bob", "status": "pilot",
    "purpose": "Reads invoices.\nAll of them; every day.", "workflow": "Procurement",
    "activities": "Chek; Pay, in cash;",
    "actions": "invoice.read", "systems": "SAP; S/4HANA", "data": "invoices", "data_classes": "payroll",
    "data_sensitivity": "personal", "risk_tier": "high", "risk_drivers": "money, people; law", "vendor": "ACME",
    "model": "M", "model_version": "1", "platform": "own", "runtime": "http:x", "started": "2026-01-02",
    "reviewed": "2026-02-02", "ended": "2026-03-03", "monthly_cost": "1234.567", "currency": "SEK",
    "cost_period": "year", "monthly_benefit": "0.1", "benefit_evidence": "estimated", "users": "1200",
    "monthly_runs": "5", "success_rate": "93.333 %", "human_review": "yes", "autonomy_level": "3",
    "approvals": "board, works council; DPO", "log_location": "s3", "exit_plan": "By hand.", "links": "https://a https://b",
}  # fmt: skip
pytestmark = pytest.mark.usefixtures("no_cache")


def shown(**address: str) -> AppTest:
    test = AppTest.from_string("from app.pages.shell import run\nrun('pilots')\n", default_timeout=patience(60))
    for name, value in address.items():
        test.query_params[name] = value
    return test.run()


def texts(test: AppTest) -> str:
    assert [e.message for e in test.exception] == []
    said = [*test.title, *test.markdown, *test.caption, *test.error, *test.info, *test.warning]
    return unescape("\n".join(str(e.value) for e in said)).replace("\\", "")


def labelled(found: Any, label: str) -> Any:
    return next(each for each in found if unescape(each.label) == label)


def test_a_form_that_nobody_touches_changes_nothing(ws: Workspace) -> None:
    assert set(FULL) == {column.name for column in COLUMNS}
    pilot = add_pilot(ws, FULL, by=ADA)
    given = {column.name: as_asked(pilot.facts, column) for column in COLUMNS}
    assert changed(pilot.facts, given) == {}
    assert edit_pilot(ws, pilot.id, given, by=ADA).changes == ()  # each is read again as it was
    test = shown(pilot="1", do="edit")
    labelled(test.button, "Save").click().run()
    assert "Nothing was changed, so nothing is stored." in texts(test)
    assert get_pilot(ws, 1).revision == 1


def test_an_edit_upon_what_somebody_else_changed_is_refused_with_words(ws: Workspace) -> None:
    add_pilot(ws, {"name": "Reader", "department": "Finance"}, by=ADA)
    test = shown(pilot="1", do="edit")
    edit_pilot(ws, 1, {"sponsor": "Eve"}, by=ADA)
    labelled(test.text_input, "Owner").input("Bob")
    labelled(test.button, "Save").click().run()
    said = texts(test)
    assert "is at revision 2, and the change was made upon 1; nothing was stored" in said
    assert "sponsor: nothing to Eve" in said
    assert get_pilot(ws, 1).facts.owner is None
    labelled(test.button, "Begin again with what is stored now").click().run()
    labelled(test.text_input, "Owner").input("Bob")
    labelled(test.button, "Save").click().run()
    assert (get_pilot(ws, 1).facts.owner, get_pilot(ws, 1).facts.sponsor) == ("Bob", "Eve")


def test_every_problem_of_a_new_pilot_is_told_at_once(ws: Workspace) -> None:
    test = shown(do="add")
    labelled(test.number_input, "Monthly cost").set_value(5.0)
    labelled(test.button, "Add the pilot").click().run()
    said = texts(test)
    assert "Column `name`: is empty" in said.replace("“", "`")
    assert "Column `department`: is empty" in said
    assert "needs an ISO 4217 code" in said
    assert list_pilots(ws) == ()
    labelled(test.text_input, "Name (needed)").input("Reader")
    labelled(test.text_input, "Department (needed)").input("Finance")
    labelled(test.selectbox, "Currency").select("EUR")
    labelled(test.button, "Add the pilot").click().run()
    (pilot,) = list_pilots(ws)
    assert (pilot.facts.name, pilot.facts.monthly_cost, pilot.facts.currency) == ("Reader", 5.0, "EUR")
    assert [e.value for e in test.title] == ["Reader"]  # its own view


def test_a_link_to_a_pilot_that_there_is_not_says_so(ws: Workspace) -> None:
    assert "This link names the pilot `#7`, which is not here." in texts(shown(pilot="7"))


def test_filters_leave_pilots_or_say_that_there_are_none(ws: Workspace) -> None:
    for name, owner, status in (("A", "Ada", "pilot"), ("B", "", "paused"), ("C", "", "")):
        add_pilot(ws, {"name": name, "department": "X", "owner": owner, "status": status}, by=ADA)

    def names(**address: str) -> list[str]:
        test = shown(**address)
        texts(test)
        return [] if not len(test.dataframe) else list(test.dataframe[0].value["Pilot"])

    assert names() == ["A", "B", "C"]
    assert names(ownerless="true") == ["B", "C"]
    assert names(ownerless="true", status="not known") == ["C"]
    assert names(status="pilot") == ["A"]
    assert names(search="b") == ["B"]
    assert names(search="zzz") == []


def sent(ws: Workspace, text: str, name: str = "sheet.csv") -> str:
    """The token of a sheet as if a browser had sent it."""
    token = f"{len(text):032x}"
    folder = uploads_folder(ws.settings) / token
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return token


BAD = "name,dept,cost,start,human review,Boss\nA,X,1.234,01/02/2026,partly,Ada\nB,,5,,no,Bob\n"


def test_a_sheet_with_open_questions_is_answered_and_imported(ws: Workspace) -> None:
    test = shown(do="import", sheet=sent(ws, BAD))
    said = texts(test)
    assert "--" not in said
    assert "**5 problems** in 2 rows" in said
    assert test.button(key="import-pilots").disabled
    assert list_pilots(ws) == ()
    labelled(test.selectbox, "Decimal mark of amounts").select("comma").run()
    labelled(test.selectbox, "Order of days and months").select("dmy").run()
    labelled(test.selectbox, "Currency of amounts that name none").select("EUR").run()
    labelled(test.selectbox, "“partly” in Human review means").select("no").run()
    labelled(test.text_input, "Department where it is empty").input("Y").run()
    labelled(test.selectbox, "Column of Boss").select("owner").run()
    labelled(test.text_input, "Keep how it was read, as").input("Bosses").run()
    assert not test.button(key="import-pilots").disabled
    test.button(key="import-pilots").click().run()
    assert "2 added, 0 updated, 0 unchanged" in texts(test)
    first, second = list_pilots(ws)
    assert (first.facts.owner, first.facts.monthly_cost, str(first.facts.started)) == ("Ada", 1234.0, "2026-02-01")
    assert (second.facts.department, first.facts.human_review) == ("Y", False)
    (layout,) = list_layouts(ws)
    assert (layout.name, dict(layout.reading.columns)) == ("Bosses", {"owner": "Boss"})


def test_a_column_that_is_chosen_for_a_heading_is_taken_from_the_other(ws: Workspace) -> None:
    test = shown(do="import", sheet=sent(ws, "name,dept,owner,Boss\nA,X,Ada,Bob\n"))
    labelled(test.selectbox, "Column of Boss").select("owner").run()
    assert labelled(test.selectbox, "Column of owner").value == "not stored"
    test.button(key="import-pilots").click().run()
    assert list_pilots(ws)[0].facts.owner == "Bob"


def test_a_conflict_is_settled_by_who_wins(ws: Workspace, tmp_path: Path) -> None:
    sheet = tmp_path / "p.csv"
    sheet.write_text("name,dept,owner\nA,X,Ada\n")
    import_pilots(ws, sheet, by=ADA)
    edit_pilot(ws, "A", {"owner": "Eve"}, by=ADA)
    test = shown(do="import", sheet=sent(ws, "name,dept,owner,sponsor\nA,X,Bob,Sue\n"))
    assert "**1 field was changed by hand**" in texts(test)
    assert test.button(key="import-pilots").disabled
    test.button_group[0].set_value("registry").run()
    test.button(key="import-pilots").click().run()
    facts = list_pilots(ws)[0].facts
    assert (facts.owner, facts.sponsor) == ("Eve", "Sue")


def test_a_file_that_is_no_sheet_says_why_and_what_can_be_said(ws: Workspace) -> None:
    test = shown(do="import", sheet=sent(ws, "name,dept\n", "empty.csv"))
    said = texts(test)
    assert "has a header and no pilots below it" in said
    assert labelled(test.selectbox, "Encoding")
    assert not [b for b in test.button if b.key == "import-pilots"]


def test_overlaps_are_found_once_as_long_as_nothing_changes(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[None] = []

    def counted(opened: Workspace) -> Overlaps:
        calls.append(None)
        return overlaps(opened)

    monkeypatch.setattr("app.pages.pilots.kept.overlaps", counted)
    for name in ("Invoice reader", "Invoice reading"):
        add_pilot(ws, {"name": name, "department": "X", "activities": "Read invoice"}, by=ADA)
    test = shown()
    test.run()
    assert len(calls) == 1
    edit_pilot(ws, 1, {"activities": "Water plants"}, by=ADA)
    test.run()
    assert len(calls) == 2


def test_a_suggestion_links_when_it_is_clicked_and_is_withdrawn(ws: Workspace) -> None:
    staged_log(ws, [("c", "Check order", None, "2026-01-05 08:00"), ("c", "Pay", None, "2026-01-05 09:00")], "orders")
    add_pilot(ws, {"name": "A", "department": "X", "activities": "Chek order"}, by=ADA)
    test = shown(pilot="1")
    labelled(test.button, "Check order (orders)").click().run()
    assert "Chek order stands for **Check order**" in texts(test)
    labelled(test.button, "Unlink").click().run()
    assert "Chek order stands for" not in texts(test)
