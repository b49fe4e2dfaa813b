"""Pilots of earlier releases are carried into the registry: as they were, with their revision and digest."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.actor.values import local
from core.clock import FixedClock
from core.database import Database
from core.errors import Duplicate
from core.migrations import upgrade
from core.settings import Settings
from core.workspace import open_workspace
from inventory import PilotFacts, RevisionWay, Sensitivity, Status, edit_pilot, history, import_pilots, list_pilots
from inventory.sheets.values import SheetReading
from tests.inventory.sheets import write

BEFORE = "0014"
AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
SHEET = "name,department,owner,status,activities,systems,data_sensitivity,started,human_review\n" \
        "Reader,Finance,Ada,live,Post; Check,SAP,PII,2025-06-01,no\n"  # fmt: skip
FACTS = PilotFacts(
    name="Reader", department="Finance", owner="Ada", status=Status.PRODUCTION, activities=("Post", "Check"),
    systems=("SAP",), data_sensitivity=Sensitivity.PERSONAL, started=date(2025, 6, 1), human_review=False,
)  # fmt: skip


def _touched(label: str, place: int) -> dict[str, object]:
    return {"pilot_id": 7, "key": label.lower(), "label": label, "place": place}


def of_earlier(url: str, digest: str, file_digest: str) -> None:
    """A database of 0.2.0 with one pilot at revision 3."""
    database = Database(url)
    upgrade(database.engine, BEFORE)
    made = {"created_at": AT, "created_by": "person-ada"}
    row = {
        "id": 7, "name": "Reader", "department": "Finance", "name_key": "reader\nfinance", "owner": "Ada",
        "status": "production", "data_sensitivity": "personal", "started": date(2025, 6, 1), "human_review": False,
        "digest": digest, "revision": 3, "import_id": 1000, "updated_at": AT, "updated_by": "person-ada", **made,
    }  # fmt: skip
    with database.engine.begin() as connection:
        known = sa.MetaData()
        known.reflect(connection)
        sheet = {"id": 1000, "file": "pilots.csv", "digest": file_digest, "pilots": 1, **made}
        for name, rows in (
            ("pilot_import", [sheet]),
            ("pilot", [row]),
            ("pilot_activity", [_touched("Post", 0), _touched("Check", 1)]),
            ("pilot_system", [_touched("SAP", 0)]),
        ):  # fmt: skip
            connection.execute(sa.insert(known.tables[name]), rows)
    database.close()


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_pilots_of_0_2_0_are_carried(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> None:
    from inventory.identity import digest
    from inventory.sheets.source import read_grid

    path = write(tmp_path, SHEET)
    home = tmp_path / "home"
    home.mkdir()
    url = request.getfixturevalue("postgres_url") if kind == "postgres" else ""
    of_earlier(url or f"sqlite:///{home / 'tandem.sqlite'}", digest(FACTS), read_grid(path, SheetReading()).digest)
    ws = open_workspace(Settings(home=home, user="Ada", database_url=url), FixedClock(AT))
    try:
        (stored,) = list_pilots(ws)
        assert (stored.id, stored.revision, stored.facts) == (7, 3, FACTS)
        (carried,) = history(ws, "Reader")
        assert (carried.number, carried.way, carried.facts, carried.at) == (3, RevisionWay.CARRIED, FACTS, AT)
        with pytest.raises(Duplicate):
            import_pilots(ws, path, by=local("Ada"))  # the very sheet that 0.2.0 imported changes nothing
        done = edit_pilot(ws, "Reader", {"risk_tier": "high"}, base=3, by=local("Ada"))
        assert [(r.number, r.way) for r in history(ws, "Reader")] == [(4, RevisionWay.EDIT), (3, RevisionWay.CARRIED)]
        assert [c.column for c in done.changes] == ["risk_tier"]
    finally:
        ws.close()
