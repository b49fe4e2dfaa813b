"""Files that somebody prepared or damaged: a log reads no other file, damage is told with the way back."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from app.main import run
from core.actor.values import local
from core.clock import FixedClock
from core.view import View
from core.workspace import Workspace, open_workspace
from governance import add_person, ensure_acting, verify_audit
from ingest import import_log
from mining.cases import export_events
from tests.ingest.stored import row, stored

ROWS = [row(f"c{n}", step, f"2026-01-0{n} {9 + place:02}:00") for n in (1, 2, 3) for place, step in enumerate("AB")]


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text("the password")
    return path


@pytest.fixture
def crafted(ws: Workspace, secret: Path) -> Workspace:
    """A workspace whose log's file was prepared: a table of it is a view that reads a file."""
    version = stored(ws, ROWS, log="orders")
    with duckdb.connect(str(ws.logs.folder / version.file)) as connection:
        connection.execute(f"CREATE VIEW leak AS SELECT content FROM read_text('{secret}')")
        connection.execute("ALTER TABLE variant RENAME TO variant_kept")
        leaked = f"(SELECT content FROM read_text('{secret}'))"
        connection.execute(f"CREATE VIEW variant AS SELECT v.*, {leaked} FROM variant_kept v")
    return open_workspace(ws.settings, ws.clock)


def test_a_prepared_event_log_reads_no_other_file(crafted: Workspace) -> None:
    version = crafted.logs.get("orders")
    for opened in (crafted.logs.read(version), crafted.logs.select(version)):
        with opened as connection, pytest.raises(duckdb.PermissionException, match="disabled"):
            connection.execute("SELECT * FROM leak").fetchall()
    with crafted.logs.open(View("orders")) as log, pytest.raises(duckdb.PermissionException):
        log.connection.execute("FROM variant").fetchall()
    crafted.close()


def test_an_opened_log_writes_no_file_but_the_one_it_is_opened_for(ws: Workspace, tmp_path: Path) -> None:
    stored(ws, ROWS, log="orders")
    export_events(ws, View("orders"), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text().count("\n") == len(ROWS) + 1
    with ws.logs.open(View("orders")) as log, pytest.raises(duckdb.PermissionException):
        log.connection.execute(f"COPY (FROM event) TO '{tmp_path / 'other.csv'}'")


def test_a_damaged_database_is_told_with_the_way_back(
    ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ensure_acting(ws, local("Ada"))
    for number in range(30):
        add_person(ws, f"Person {number}", by=local("Ada"))
    assert run(["backup", str(tmp_path / "copy")]) == 0
    ws.close()
    path = ws.settings.home / "tandem.sqlite"
    data = bytearray(path.read_bytes())
    for side in path.parent.glob("tandem.sqlite-*"):
        side.unlink()
    data[4096:] = b"\x5a" * (len(data) - 4096)
    path.write_bytes(bytes(data))
    assert run(["person", "list"]) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "The operational database is damaged" in said
    assert "tandem backup" in said
    assert "Traceback" not in said

    restored = open_workspace(ws.settings.model_copy(update={"home": tmp_path / "copy"}), ws.clock)
    assert verify_audit(restored).ok
    restored.close()


def test_a_backup_is_a_home_by_itself(ws: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stored(ws, ROWS, log="orders")
    assert run(["backup", str(tmp_path / "copy"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["logs"] == 1
    copy = open_workspace(ws.settings.model_copy(update={"home": tmp_path / "copy"}), ws.clock)
    with copy.logs.open(View("orders")) as log:
        assert log.connection.execute("SELECT count(*) FROM event").fetchall() == [(len(ROWS),)]
    copy.close()
    assert run(["backup", str(tmp_path / "copy")]) == 2
    assert "holds something already" in capsys.readouterr().err


def test_a_clock_that_was_set_back_is_told(ws: Workspace, clock: FixedClock) -> None:
    ensure_acting(ws, local("Ada"))
    add_person(ws, "Bea", by=local("Ada"))
    assert verify_audit(ws).back is None
    earlier = open_workspace(ws.settings, FixedClock(clock.now() - timedelta(days=6 * 365)))
    add_person(earlier, "Bob", by=local("Ada"))
    earlier.close()
    found = verify_audit(ws)
    assert found.ok
    assert found.back == found.records
    assert "The clock was set back before record" in found.message


def test_a_log_whose_file_was_changed_is_named(ws: Workspace, tmp_path: Path) -> None:
    ensure_acting(ws, local("Ada"))
    sheet = tmp_path / "orders.csv"
    sheet.write_text("case,activity,end\n1,A,2026-01-05 10:00\n1,B,2026-01-05 11:00\n2,A,2026-01-06 10:00\n")
    made = import_log(ws, sheet, by=local("Ada"))
    assert verify_audit(ws).ok
    version = ws.logs.get(made.log)
    with duckdb.connect(str(ws.logs.folder / version.file)) as connection:
        connection.execute("CREATE TABLE more (n INTEGER)")
    (said,) = verify_audit(ws).state
    assert "event log `orders` version 1" in said
