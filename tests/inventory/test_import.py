"""Importing pilots: whole sheets, every problem named, the same pilot known again."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.actor.values import local
from core.errors import BadInput, Duplicate, NotFound
from core.workspace import Workspace
from governance import add_person, get_principal
from inventory import PilotFacts, Sensitivity, Status, import_pilots, list_pilots
from inventory.identity import digest
from inventory.tables import TOUCHED, pilot_import
from tests.inventory.sheets import imported, write

SHEET = """\
Pilot ID,Pilot Name,BUSINESS UNIT,Owner,Sponsor,Stage,Description,Process-Steps,Systems,Data Sources,Sensitivity,\
Vendor,Model,Since,Cost,Currency,Benefit,Users,Human in the loop,Autonomy,Colour
P-1,Invoice reader,Finance,Ada,Grace,PoC,Reads invoices,Post invoice; Check invoice ;post INVOICE,SAP,Invoices,PII,\
Acme,m-1,2025-06-01,1250.50,eur,3000,12,no,3,red
P-2,Order chaser,Procurement,,,live,,Send order,,,,,,,,,,,,,blue
"""


def test_a_sheet_with_every_column(any_ws: Workspace, tmp_path: Path) -> None:
    done = import_pilots(any_ws, write(tmp_path, SHEET), by=local("Ada"))
    assert (done.pilots, done.added, done.updated, done.unchanged) == (2, ("Invoice reader", "Order chaser"), (), ())
    assert done.unknown_columns == ("Colour",)
    assert not {"owner", "status", "users"} & set(done.absent_columns)
    assert "exit_plan" in done.absent_columns
    reader, chaser = list_pilots(any_ws)
    assert reader.facts == PilotFacts(
        name="Invoice reader",
        department="Finance",
        reference="P-1",
        owner="Ada",
        sponsor="Grace",
        status=Status.PILOT,
        purpose="Reads invoices",
        activities=("Post invoice", "Check invoice"),
        systems=("SAP",),
        data=("Invoices",),
        data_sensitivity=Sensitivity.PERSONAL,
        vendor="Acme",
        model="m-1",
        started=date(2025, 6, 1),
        monthly_cost=1250.5,
        currency="EUR",
        monthly_benefit=3000,
        users=12,
        human_review=False,
        autonomy_level=3,
    )
    assert chaser.facts == PilotFacts(
        name="Order chaser",
        department="Procurement",
        reference="P-2",
        status=Status.PRODUCTION,
        activities=("Send order",),
    )
    ada = get_principal(any_ws, "Ada").id
    assert (reader.revision, reader.digest, reader.created_by) == (1, digest(reader.facts), ada)


def test_the_same_file_again_is_recognised(any_ws: Workspace, tmp_path: Path) -> None:
    imported(any_ws, tmp_path, SHEET)
    with pytest.raises(Duplicate, match=r"`again.csv` was imported on 2026-01-05 08:00 UTC by Ada \(as `pilots.csv`\)"):
        imported(any_ws, tmp_path, SHEET, "again.csv")
    with any_ws.database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(pilot_import)).scalar() == 1


def test_a_pilot_is_updated_only_where_it_differs(any_ws: Workspace, tmp_path: Path) -> None:
    imported(any_ws, tmp_path, SHEET)
    bob = add_person(any_ws, "Bob", by=local("Ada"))
    any_ws.clock.advance(timedelta(days=1))  # type: ignore[attr-defined]
    changed = "reference,name,department,activities\nP-2,Order chaser,Procurement,Send order;Remind vendor\n"
    again = "reference,name,department\np-1,Invoice  READER,Finance\n"
    done = import_pilots(any_ws, write(tmp_path, changed), by=local("Bob"))
    assert (done.added, done.updated, done.unchanged) == ((), ("Order chaser",), ())
    chaser = list_pilots(any_ws)[1]
    assert chaser.facts.activities == ("Send order", "Remind vendor")
    assert chaser.facts.status is Status.PRODUCTION  # the sheet has no such column
    assert (chaser.revision, chaser.updated_by, chaser.created_by) == (2, bob.id, get_principal(any_ws, "Ada").id)
    done = import_pilots(any_ws, write(tmp_path, again), by=local("Bob"))
    assert done.updated == ("Invoice READER",)  # its name is written differently now; it is still the same pilot
    assert len(list_pilots(any_ws)) == 2
    with any_ws.database.read() as connection:
        links = {k: connection.execute(sa.select(sa.func.count()).select_from(t)).scalar() for k, t in TOUCHED.items()}
    assert list(links.values()) == [4, 1, 1]


def test_an_older_sheet_brings_back_what_it_says(ws: Workspace, tmp_path: Path) -> None:
    first, second = "name,department,owner\nA,X,Ada\n", "name,department,owner\nA,X,Bob\n"
    for sheet in (first, second, first):
        imported(ws, tmp_path, sheet)
    assert (list_pilots(ws)[0].facts.owner, list_pilots(ws)[0].revision) == ("Ada", 3)


def test_a_row_without_reference_is_known_by_name_and_department(ws: Workspace, tmp_path: Path) -> None:
    imported(ws, tmp_path, "name,department\nA,X\n")
    imported(ws, tmp_path, "name,department,id\na,x,P-1\n")  # gets its reference
    imported(ws, tmp_path, "name,department,id\nA,X,P-2\n")  # another reference: another pilot
    assert sorted(p.facts.reference or "" for p in list_pilots(ws)) == ["P-1", "P-2"]
    with pytest.raises(BadInput, match="could be any of the pilots `P-1`, `P-2`; give its reference"):
        imported(ws, tmp_path, "name,department,owner\nA,X,Ada\n")


def test_all_problems_of_a_sheet_are_named_at_once(ws: Workspace, tmp_path: Path) -> None:
    sheet = (
        "id;name;department;status;cost;users;started;human review;autonomy;currency\n"
        "P-1;A;X;asleep;12,50;-1;30.02.2026;maybe;5;Taler\n"
        "P-1;;X;;10;;;;;\n"
        "P-3;C;;;1e999;;;;;EUR\n"
    )
    with pytest.raises(BadInput) as caught:
        imported(ws, tmp_path, sheet)
    assert caught.value.problems == (
        "Row 2, column `status`: `asleep` is not one of `idea`, `pilot`, `production`, `paused`, `stopped`. "
        "Say what it means with `--word 'status:asleep=VALUE'`.",
        "Row 2, column `started`: `30.02.2026` is not a date: there is no such day. Write it as `2026-01-31`.",
        "Row 2, column `currency`: `Taler` is not a currency. Write an ISO 4217 code such as `EUR`.",
        "Row 2, column `users`: `-1` is not a whole number from 0.",
        "Row 2, column `human_review`: `maybe` is not one of `yes`, `no`. "
        "Say what it means with `--word 'human_review:maybe=VALUE'`.",
        "Row 2, column `autonomy_level`: `5` is not one of `1`, `2`, `3`, `4`. "
        "Say what it means with `--word 'autonomy_level:5=VALUE'`.",
        "Row 3, column `name`: is empty; every pilot needs one.",
        "Row 3, column `currency`: is empty; `monthly_cost` needs an ISO 4217 code such as `EUR`. "
        "For all of them: `--currency EUR`.",
        "Row 4, column `monthly_cost`: `1e999` is not a number from 0. Write it as `1250.50`.",
        "Row 4, column `department`: is empty; every pilot needs one.",
    )
    assert caught.value.exit_status == 2
    assert list_pilots(ws) == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "`pilots.csv` is empty"),
        ("name,department\n", "has a header and no pilots below it"),
        ("name,owner\nA,B\n", "There is no column `department`"),
        ("department,name,Name \nA,B,C\n", "Columns 2 and 3 both mean `name`"),
        ("name,department\nA,X,Y\n", "Row 2 has 3 cells, the header has 2"),
        ('name,department\n"A,X\n', "is not proper CSV"),
        ("name,department\nA,X\na, x\n", "Rows 2 and 3 have the same name `A` and department `X`"),
        ("id,name,department\n1,A,X\n1,B,X\n", "Rows 2 and 3 have the same reference `1`"),
        (b"name,department\nA\x00,X\n", "is not a text file"),
        (f"name,department\n{'A' * 301},X\n", "has 301 characters; at most 300"),
    ],
)
def test_bad_sheets_store_nothing(ws: Workspace, tmp_path: Path, content: str | bytes, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        import_pilots(ws, write(tmp_path, content), by=local("Ada"))
    assert said in str(caught.value)
    assert list_pilots(ws) == ()


def test_a_columns_own_name_wins_over_another_name_for_it(ws: Workspace, tmp_path: Path) -> None:
    done = import_pilots(ws, write(tmp_path, "title,name,department\nB,A,C\n"), by=local("Ada"))
    assert (done.added, done.unknown_columns) == (("A",), ("title",))


def test_a_missing_file_is_named(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"There is no file `.*none.csv`"):
        import_pilots(ws, tmp_path / "none.csv", by=local("Ada"))


def test_spreadsheets_write_their_own_csv(ws: Workspace, tmp_path: Path) -> None:
    sheet = '\ufeffName;Department;Activities\r\n"A";"X";"one; two"\r\n;;\r\n"Zwei\nZeilen";X;\r\n'
    done = import_pilots(ws, write(tmp_path, sheet), by=local("Ada"))
    assert done.added == ("A", "Zwei Zeilen")
    assert list_pilots(ws)[0].facts.activities == ("one", "two")


names = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=6)
rows = st.lists(st.tuples(names, st.sampled_from(["X", "Y"]), st.lists(names, max_size=3)), min_size=1, max_size=6)


@settings(
    max_examples=15,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows)
def test_importing_again_changes_nothing(
    ws: Workspace, tmp_path: Path, drawn: list[tuple[str, str, list[str]]]
) -> None:
    lines = [f"r{n},{name},{unit},{';'.join(steps)}" for n, (name, unit, steps) in enumerate(drawn)]
    sheet = "\n".join(["id,name,department,activities", *lines, ""])
    try:
        imported(ws, tmp_path, sheet)
    except Duplicate:
        return
    before = list_pilots(ws)
    with pytest.raises(Duplicate):
        imported(ws, tmp_path, sheet)
    done = import_pilots(ws, write(tmp_path, "\n" + sheet), by=local("Ada"))  # another file of the same content
    assert len(done.unchanged) == len(drawn)
    assert list_pilots(ws) == before
