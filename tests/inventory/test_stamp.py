"""What findings depend on changes their stamp, and nothing else does; costs together; what faces say in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.actor.values import local
from core.errors import BadInput
from core.workspace import Workspace
from governance import add_person
from inventory import (
    COLUMNS,
    GROUPED,
    FieldChange,
    MonthlyCost,
    PilotFilter,
    PrecisionSoFar,
    TaskProof,
    add_pilot,
    answer_tick_list,
    edit_pilot,
    fitting,
    history,
    import_pilots,
    link_activity,
    list_pilots,
    monthly_costs,
    registry_stamp,
    unlink_activity,
)
from tests.builders import staged_log
from tests.inventory.sheets import pilot, write

ADA = local("Ada")


def test_a_stamp_changes_with_what_findings_depend_on_and_with_nothing_else(ws: Workspace, tmp_path: Path) -> None:
    seen = [registry_stamp(ws)]

    def now() -> bool:
        seen.append(registry_stamp(ws))
        return seen[-1] not in seen[:-1]

    sheet = write(tmp_path, "name,department,activities\nA,X,Chek\nB,X,Pay\n")
    import_pilots(ws, sheet, by=ADA)
    assert now()
    staged_log(ws, [("c", "Check", None, "2026-01-05 08:00"), ("c", "Pay", None, "2026-01-05 09:00")], "log")
    assert now()
    edit_pilot(ws, "A", {"owner": "Ada"}, by=ADA)
    assert now()
    answer_tick_list(ws, [1, 2], [], by=ADA)
    assert now()
    link_activity(ws, 1, "Chek", "Check", by=ADA)
    assert now()
    before = registry_stamp(ws)
    add_person(ws, "Bob", by=ADA)
    edit_pilot(ws, "A", {"owner": "Ada"}, by=ADA)  # changes nothing
    assert registry_stamp(ws) == before
    unlink_activity(ws, 1, "Chek", by=ADA)
    assert registry_stamp(ws) != before


def test_costs_of_two_currencies_are_never_added() -> None:
    pilots = [
        pilot(1, monthly_cost=10.0, currency="EUR"), pilot(2, monthly_cost=5.0, currency="CHF"),
        pilot(3, monthly_cost=2.5, currency="EUR"), pilot(4),
    ]  # fmt: skip
    assert monthly_costs(pilots) == ((MonthlyCost("CHF", 5.0), MonthlyCost("EUR", 12.5)), 3)
    assert monthly_costs([]) == ((), 0)


def test_filters_of_pilots_at_hand() -> None:
    pilots = [pilot(1, "Finance", owner="Ada"), pilot(2, "finance "), pilot(3, "Legal")]
    assert [p.id for p in fitting(pilots, PilotFilter(department="Finance"))] == [1, 2]
    assert [p.id for p in fitting(pilots, PilotFilter(without=("owner",)))] == [2, 3]


def test_every_column_is_in_one_group() -> None:
    grouped = [column for columns in GROUPED.values() for column in columns]
    assert sorted(c.name for c in grouped) == sorted(c.name for c in COLUMNS)
    assert all(column in GROUPED[column.group] for column in COLUMNS)


def test_a_change_upon_an_old_revision_is_told_what_changed_since(ws: Workspace) -> None:
    add_pilot(ws, {"name": "A", "department": "X"}, by=ADA)
    add_person(ws, "Bob", by=ADA)
    edit_pilot(ws, "A", {"owner": "Bob"}, by=local("Bob"))
    edit_pilot(ws, "A", {"status": "paused", "owner": None}, by=ADA)
    with pytest.raises(BadInput, match="is at revision 3, and the change was made upon 1") as caught:
        edit_pilot(ws, "A", {"sponsor": "Eve"}, base=1, by=ADA)
    assert caught.value.problems == (
        "Revision 3 by Ada, 2026-01-05 08:00 UTC: owner: Bob to nothing; status: nothing to paused.",
        "Revision 2 by Bob, 2026-01-05 08:00 UTC: owner: nothing to Bob.",
    )
    assert list_pilots(ws)[0].facts.sponsor is None
    assert [(one.how, one.what) for one in history(ws, "A")][2] == ("add", "2 fields known")


def test_words_that_faces_share() -> None:
    assert FieldChange("users", None, 5).in_words() == "users: nothing to 5"
    assert FieldChange("systems", ["SAP"], None).in_words() == "systems: SAP to nothing"
    assert PrecisionSoFar(4, 3, 0.75, 0.3, 0.95, 1).in_words() == (
        "Precision so far: 3 of 4 answered pairs that were shown do the same work, 75 % (30 % to 95 %), "
        "after 1 tick-list."
    )
    assert PrecisionSoFar(0, 0, None, None, None, 2).in_words().startswith("2 tick-lists answered; nothing")
    assert TaskProof("Pay", "log", (1, 2), None, 2.0).in_words() == (
        "Pay (log): cases a month not known, 2.0 hours of people a month"
    )
