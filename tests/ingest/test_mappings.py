"""Answers to how a file is read are kept under a name, and used again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.main import run
from core.actor.values import local
from core.errors import BadInput, NotFound
from core.workspace import Workspace
from ingest import ColumnMapping, forget_mapping, get_mapping, import_log, list_mappings, save_mapping
from tests.builders import known, name_of
from tests.ingest.files import csv_file

ORDERS = ColumnMapping(
    "orders (ERP)", {"case": "nr", "activity": "was", "end": "wann", "performer": "wer"}, "Europe/Berlin", "dmy",
    "windows-1252", {"Müller": "human"},
)  # fmt: skip


def test_a_mapping_comes_back_as_it_was_kept(ws: Workspace) -> None:
    assert list_mappings(ws) == ()
    kept = save_mapping(ws, ORDERS, by=local("Ada"))
    assert replace(kept, created_at=None, created_by="") == ORDERS
    assert (kept.created_at, name_of(ws, kept.created_by)) == (ws.clock.now(), "Ada")
    assert get_mapping(ws, "orders (ERP)") == kept
    save_mapping(ws, ColumnMapping("a", {"case": "id"}), by=known(ws, "Bea"))
    assert [m.name for m in list_mappings(ws)] == ["a", "orders (ERP)"]


def test_one_that_is_kept_again_is_replaced_and_one_that_is_deleted_is_gone(ws: Workspace) -> None:
    save_mapping(ws, ORDERS, by=local("Ada"))
    save_mapping(ws, replace(ORDERS, timezone="UTC"), by=known(ws, "Bea"))
    assert [(m.timezone, name_of(ws, m.created_by)) for m in list_mappings(ws)] == [("UTC", "Bea")]
    forget_mapping(ws, ORDERS.name, by=local("Ada"))
    assert list_mappings(ws) == ()
    with pytest.raises(NotFound, match="There is no mapping `orders"):
        forget_mapping(ws, ORDERS.name, by=local("Ada"))
    with pytest.raises(NotFound, match="There is no mapping"):
        get_mapping(ws, "other")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name": ""}, "cannot name a mapping"),
        ({"name": "a\nb"}, "cannot name a mapping"),
        ({"name": "x" * 101}, "cannot name a mapping"),
        ({"roles": {"boss": "x"}}, "boss"),
        ({"timezone": "Mars/Base"}, "no time zone `Mars/Base`"),
        ({"date_order": "ymd"}, "no date order"),
        ({"encoding": "klingon"}, "klingon"),
        ({"performer_kinds": {"Bo": "robot"}}, "robot"),
    ],
)
def test_what_could_not_be_used_is_not_kept(changed: dict[str, object], says: str, ws: Workspace) -> None:
    with pytest.raises(BadInput) as caught:
        save_mapping(ws, replace(ORDERS, **changed), by=local("Ada"))  # type: ignore[arg-type]
    assert says in str(caught.value)
    assert list_mappings(ws) == ()


def test_a_mapping_reads_the_next_file_of_its_kind(ws: Workspace, tmp_path: Path) -> None:
    """01/07 is the first of July there, eight in the morning is six in UTC."""
    kept = save_mapping(ws, ORDERS, by=local("Ada"))
    path = csv_file(tmp_path / "x.csv", "nr,was,wann,wer\n1,prüfen,01/07/2026 08:00,Müller\n", "windows-1252")
    done = import_log(
        ws, path, roles=kept.roles, timezone=kept.timezone, date_order=kept.date_order, encoding=kept.encoding,
        performer_kinds=kept.performer_kinds, by=local("Ada"),
    )  # fmt: skip
    with ws.logs.read(ws.logs.get(done.log)) as connection:
        assert connection.execute("SELECT ended::VARCHAR FROM event").fetchall() == [("2026-07-01 06:00:00",)]
        assert connection.execute("SELECT name FROM activity").fetchall() == [("prüfen",)]
        assert connection.execute("SELECT name, kind FROM performer").fetchall() == [("Müller", "human")]


def test_a_kept_mapping_is_used_by_the_command(ws: Workspace, tmp_path: Path) -> None:
    save_mapping(
        ws, ColumnMapping("orders", {"case": "o", "activity": "what", "end": "at"}, "Europe/Madrid"), by=local("Ada")
    )
    path = tmp_path / "orders.csv"
    path.write_text("o,what,at,else\n1,Draft,2026-01-05 08:00:00,x\n1,Pay,2026-01-06 08:00:00,y\n", "utf-8")
    assert run(["log", "import", str(path), "--mapping", "orders"]) == 0
    with ws.logs.read(ws.logs.get("orders")) as connection:
        first = connection.execute("SELECT min(ended)::VARCHAR FROM event").fetchone()
    assert first == ("2026-01-05 07:00:00",)
    assert run(["log", "import", str(path), "--mapping", "nothing"]) == 2
