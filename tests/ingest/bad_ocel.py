"""The bad OCEL 2.0 files of the corpus."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.ingest.files import Bad, event, xes_text
from tests.ingest.ocel_files import json_bytes, ocel, sqlite_bytes, xml_bytes

ORDER = {"part": "order"}
XES = xes_text([("c", [event("a", "2026-01-05T08:00:00Z")])]).encode()


def _json(change: Callable[[dict[str, Any]], object]) -> bytes:
    log = ocel()
    change(log)
    return json.dumps(log).encode()


def _sqlite(*changes: str) -> Callable[[Path], bytes]:
    return lambda folder: sqlite_bytes(folder, *changes)


def _other() -> list[str]:
    """What makes a database of something else."""
    names = ("event", "object", "event_object", "event_map_type", "object_map_type")
    return [*(f"DROP TABLE {name}" for name in names), "CREATE TABLE orders (id, step, at)"]


OCEL: dict[str, Bad] = {
    "no object type": Bad("x.sqlite", _sqlite(), "item: 3 objects, touched by 4 events"),
    "no such object type": Bad(
        "x.sqlite", _sqlite(), "There is no object type in `x.sqlite` called `pallet`", {"part": "pallet"}
    ),
    "a type that nothing touches": Bad(
        "x.sqlite", _sqlite("DELETE FROM event_object WHERE ocel_object_id LIKE 'o%'"), "No event of", ORDER
    ),
    "no event": Bad("x.json", json_bytes(events=[]), "empty event log: it has no event", ORDER),
    "another database": Bad(
        "x.db", lambda folder: sqlite_bytes(folder, *_other()), "but no OCEL 2.0 log: it has none of the tables"
    ),
    "a missing table": Bad(
        "x.sqlite", _sqlite("DROP TABLE event_object"), "the table `event_object` is missing", ORDER
    ),
    "a missing table of a type": Bad(
        "x.sqlite",
        _sqlite("DROP TABLE event_Ship"),
        "the table `event_Ship` of the event type `ship` is missing",
        ORDER,
    ),
    "a view for a table": Bad(
        "x.sqlite",
        _sqlite("ALTER TABLE event RENAME TO hidden", "CREATE VIEW event AS SELECT * FROM hidden"),
        "the table `event` is missing",
        ORDER,
    ),
    "a missing column": Bad(
        "x.sqlite",
        _sqlite("ALTER TABLE event_Ship RENAME ocel_time TO at"),
        "`event_Ship` has no column `ocel_time`",
        ORDER,
    ),
    "a relation to an unknown object": Bad(
        "x.sqlite",
        _sqlite("DELETE FROM object WHERE ocel_id = 'i2'"),
        "relations of events are to objects it does not",
        ORDER,
    ),
    "a relation of an unknown event": Bad(
        "x.sqlite", _sqlite("INSERT INTO event_object VALUES ('ghost', 'o1', '')"), "such as `ghost`", ORDER
    ),
    "an event of an unknown type": Bad(
        "x.sqlite", _sqlite("UPDATE event SET ocel_type = 'fly' WHERE ocel_id = 'e4'"), "such as `e4` of `fly`", ORDER
    ),
    "a type row of an unknown event": Bad(
        "x.sqlite", _sqlite("INSERT INTO event_Ship VALUES ('e9', '2026-01-05', NULL)"), "such as `e9` of `ship`", ORDER
    ),
    "an event without a row of its type": Bad(
        "x.sqlite", _sqlite("DELETE FROM event_Ship"), "1 events have no time, such as `e4`", ORDER
    ),
    "an event twice": Bad("x.sqlite", _sqlite("INSERT INTO event VALUES ('e4', 'ship')"), "used more than once", ORDER),
    "attributes of an unknown object": Bad(
        "x.sqlite", _sqlite("INSERT INTO object_order VALUES ('o9', '2026-01-05', NULL, '1')"), "such as `o9`", ORDER
    ),
    "SQLite cut off": Bad("x.sqlite", lambda folder: sqlite_bytes(folder)[:9000], "damaged or truncated SQLite", ORDER),
    "SQLite gzip cut off": Bad("x.sqlite.gz", lambda folder: gzip.compress(sqlite_bytes(folder))[:-9], "is truncated"),
    "text called .sqlite": Bad("x.sqlite", b"hello\n", "but it is text that begins with `hello`"),
    "text that is not UTF-8": Bad(
        "x.sqlite", _sqlite("UPDATE event SET ocel_type = CAST(x'ff' AS TEXT) WHERE ocel_id = 'e1'"), "SQLite", ORDER
    ),
    "JSON cut off": Bad("x.jsonocel", json_bytes()[:-300], "it ends too early", ORDER),
    "JSON broken": Bad("x.jsonocel", json_bytes().replace(b'"id": "e1",', b'"id" "e1",'), "line", ORDER),
    "JSON that goes on": Bad("x.jsonocel", json_bytes() + b"{}", "more follows after its end", ORDER),
    "JSON with a part twice": Bad(
        "x.jsonocel", json_bytes()[:-2] + b', "events": []}', "it gives `events` twice", ORDER
    ),
    "OCEL 1.0": Bad("x.jsonocel", b'{"ocel:global-log": {}, "ocel:events": {}}', "is OCEL 1.0", ORDER),
    "a list of events": Bad("x.json", b'[{"case": 1}]', "it does not begin with `{`", ORDER),
    "no list of objects": Bad("x.json", json_bytes(objects=None), "the list `objects` is missing", ORDER),
    "an event without identifier": Bad(
        "x.json", _json(lambda log: log["events"][1].pop("id")), "element 2, has no `id`", ORDER
    ),
    "relations that are no list": Bad(
        "x.json",
        _json(lambda log: log["events"][0].update(relationships={"a": 1})),
        "that are no list of objects",
        ORDER,
    ),
    "an unreadable time": Bad(
        "x.json", _json(lambda log: log["events"][3].update(time="soon")), "`e4` at `soon`", ORDER
    ),
    "JSON nested without end": Bad("x.json", b'{"events": [' + b"[" * 100_000, "nests objects or lists", ORDER),
    "JSON that is not UTF-8": Bad("x.json", json_bytes().replace(b"Ada", b"Ad\xe1"), "is not UTF-8 (0xE1)", ORDER),
    "XML cut off": Bad("x.xmlocel", xml_bytes()[:-200], "is broken or truncated XML", ORDER),
    "XML with entities": Bad(
        "x.xml", xml_bytes().replace(b"<log>", b'<!DOCTYPE log [<!ENTITY a "ha">]><log>'), "has a document type", ORDER
    ),
    "XML nested deep": Bad(
        "x.xmlocel",
        xml_bytes().replace(b"<events>", b"<events>" + b"<x>" * 99 + b"</x>" * 99),
        "more than 30 deep",
        ORDER,
    ),
    "XES called .xmlocel": Bad("x.xmlocel", XES, "is XES, not OCEL", ORDER),
    "XML of something else": Bad("x.xml", b"<invoice/>", "its root element is `invoice`", ORDER),
    "XML without events": Bad(
        "x.xmlocel", xml_bytes().replace(b"events>", b"others>"), "the element `<events>` is missing", ORDER
    ),
    "an XML object without identifier": Bad(
        "x.xmlocel", xml_bytes().replace(b'<object id="o2"', b"<object"), "an element `<object>` has no `id`", ORDER
    ),
    "XML of an unknown encoding": Bad("x.xmlocel", xml_bytes().replace(b"UTF-8", b"UTF-99"), "encoding", ORDER),
}
