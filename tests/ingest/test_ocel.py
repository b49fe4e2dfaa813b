"""OCEL 2.0: one log in three forms is one event log; real logs have their published counts; losses are counted."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.actor.values import local
from core.errors import BadInput
from core.workspace import Workspace
from ingest import ImportResult, Part, guess_roles, import_log, parts_of
from tests.ingest.ocel_files import json_bytes, ocel, sqlite_bytes, xml_bytes

PARTS = (Part("item", "object type", 4, 3), Part("order", "object type", 4, 2))

# What flattening by `order` loses, counted by hand: e5 touches no order; e4 touches two; e2 and e3 pick different
# items; relations to items: e1 two, e2, e3 and e5 one each; two links; o1's first price.
LOSS = {
    "ocel_untouched": 1, "ocel_convergent": 1, "ocel_divergent": 1, "ocel_relations": 5, "ocel_links": 2,
    "ocel_older": 1,
}  # fmt: skip


def log_file(folder: Path, form: str) -> Path:
    """The small log in one of its forms."""
    path = folder / form
    content = {"json": json_bytes, "xml": xml_bytes}.get(path.suffixes[0][1:].removesuffix("ocel"))
    data = content() if content else sqlite_bytes(folder)
    path.write_bytes(gzip.compress(data) if form.endswith(".gz") else data)
    return path


def findings(done: ImportResult) -> dict[str, int]:
    """The counts of the findings that are of OCEL."""
    return {f["code"]: f["count"] for f in done.quality["findings"] if f["code"].startswith("ocel_")}


def stored(ws: Workspace, query: str) -> list[tuple[Any, ...]]:
    """What `query` gives on the newest event log."""
    with ws.logs.read(ws.logs.versions()[-1]) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.parametrize("form", ["x.jsonocel", "x.xml", "x.db"])
def test_every_form_gives_the_same_log_and_counts_what_it_loses(form: str, ws: Workspace, tmp_path: Path) -> None:
    path = log_file(tmp_path, form)
    assert parts_of(path) == PARTS
    done = import_log(ws, path, part="order", by=local("Ada"))
    assert (done.cases, done.events, done.event_rows, done.activities, done.performers) == (2, 5, 5, 3, 2)
    assert findings(done) == LOSS
    trace = stored(
        ws,
        "SELECT case_id, a.name FROM event JOIN case_ USING (case_no) JOIN activity a USING (activity_no) "
        "ORDER BY case_id, position",
    )
    assert trace == [("o1", "place order"), ("o1", "pick item"), ("o1", "pick item"), ("o1", "ship"), ("o2", "ship")]
    assert stored(ws, 'SELECT case_id, "@price" FROM case_attribute JOIN case_ USING (case_no) ORDER BY 1') == [
        ("o1", 12), ("o2", 5),
    ]  # fmt: skip
    meta = ws.logs.meta(ws.logs.versions()[-1]).stored
    counts = {key: meta["reading"][key] for key in ("object_type", "events", "objects", "event_types", "object_types")}
    assert counts == {"object_type": "order", "events": 5, "objects": 5, "event_types": 4, "object_types": 2}


@pytest.mark.parametrize("form", ["x.json.gz", "x.xmlocel", "x.sqlite", "x.sqlite.gz"])
def test_its_parts_are_listed_under_every_name(form: str, tmp_path: Path) -> None:
    assert parts_of(log_file(tmp_path, form)) == PARTS


def test_objects_without_events_are_counted(ws: Workspace, tmp_path: Path) -> None:
    done = import_log(ws, log_file(tmp_path, "x.json"), part="item", by=local("Ada"))
    assert (done.cases, findings(done)["ocel_eventless"]) == (2, 1)
    assert [v.source for v in ws.logs.versions()] == ["x.json, item"]


def test_each_object_type_is_an_import_of_its_own(ws: Workspace, tmp_path: Path) -> None:
    path = log_file(tmp_path, "x.sqlite")
    import_log(ws, path, part="item", by=local("Ada"))
    import_log(ws, path, part="order", by=local("Ada"))
    with pytest.raises(BadInput, match="is imported already"):
        import_log(ws, path, part="order", by=local("Ada"))


def test_without_an_object_type_all_are_listed(ws: Workspace, tmp_path: Path) -> None:
    path = log_file(tmp_path, "x.xml")
    with pytest.raises(BadInput, match="say which objects are the cases") as caught:
        import_log(ws, path, by=local("Ada"))
    assert caught.value.problems == (
        "item: 3 objects, touched by 4 events", "order: 2 objects, touched by 4 events",
    )  # fmt: skip
    with pytest.raises(
        BadInput, match=r"There is no object type in `x.xml` called `pallet`\. Known: `item`, `order`\."
    ):
        guess_roles(path, part="pallet")


def test_a_preview_says_what_the_format_settles(tmp_path: Path) -> None:
    found = guess_roles(log_file(tmp_path, "x.jsonocel"), part="order")
    assert {guess.role.value: guess.column for guess in found.roles} == {
        "case": "case:ocel:oid", "activity": "ocel:activity", "end": "ocel:timestamp", "performer": "user",
    }  # fmt: skip
    assert found.roles[0].reason == "the cases are the objects of the type `order`"


def test_every_problem_is_told_at_once(ws: Workspace, tmp_path: Path) -> None:
    log = ocel()
    log["events"][0]["relationships"].append({"objectId": "ghost"})
    log["events"][1]["type"] = "unheard of"
    log["events"][2]["time"] = "soon"
    log["objects"].append({"id": "o1", "type": "order"})
    path = tmp_path / "x.json"
    path.write_text(json.dumps(log))
    with pytest.raises(BadInput, match=r"is not a whole OCEL 2\.0 log") as caught:
        import_log(ws, path, part="order", by=local("Ada"))
    assert caught.value.problems == (
        "1 object identifiers are used more than once, such as `o1`",
        "1 events are of an event type that is not declared, such as `e2` of `unheard of`",
        "1 events have a time that is no date and time of ISO 8601, such as `e3` at `soon`",
        "1 relations of events are to objects it does not have, such as `ghost`",
    )


REAL = {
    "ocel2_procure_to_pay/ocel2-p2p.sqlite.gz": (14671, 9543, 10, 7, "purchase_order", 1598, 9230),
    "ocel2_container_logistics_sim/container_logistics_sim.sqlite.gz": (36252, 14172, 14, 7, "Container", 2040, 27009),
}


@pytest.mark.parametrize("name", REAL)
def test_real_logs_have_their_published_counts(name: str, ws: Workspace, shared_log: Callable[[str], Path]) -> None:
    events, objects, event_types, object_types, part, cases, rows = REAL[name]
    done = import_log(ws, shared_log(name), part=part, by=local("Ada"))
    reading = ws.logs.meta(ws.logs.versions()[-1]).stored["reading"]
    keys = ("events", "objects", "event_types", "object_types")
    assert tuple(reading[key] for key in keys) == (events, objects, event_types, object_types)
    assert (done.cases, done.event_rows) == (cases, rows)
    lost = findings(done)
    assert events - lost["ocel_untouched"] == len(set(stored(ws, 'SELECT "@ocel:eid" FROM event_attribute')))


def test_the_inconsistent_real_log_is_refused(ws: Workspace, shared_log: Callable[[str], Path]) -> None:
    with pytest.raises(BadInput, match=r"is not a whole OCEL 2\.0 log") as caught:
        import_log(ws, shared_log("ocel2_logistics_early/logistics.sqlite.gz"), part="Container", by=local("Ada"))
    assert caught.value.problems == ("5,080 relations of events are to objects it does not have, such as `hu1`",)
    assert ws.logs.versions() == []
