"""Small object-centric logs in the three forms of OCEL 2.0, and with whatever is to be wrong with them.

Two orders and three items. `e1` places order `o1` with items `i1` and `i2`; `e2` and `e3` pick one item each, for `o1`;
`e4` ships both orders, `o1` and `o2`; `e5` checks the stock and touches no order. Item `i3` has no event.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

EVENTS: tuple[tuple[str, str, str, dict[str, str], tuple[str, ...]], ...] = (
    ("e1", "place order", "2026-01-05T08:00:00Z", {"user": "Ada"}, ("o1", "i1", "i2")),
    ("e2", "pick item", "2026-01-05T09:00:00Z", {"user": "Bo"}, ("o1", "i1")),
    ("e3", "pick item", "2026-01-05T10:00:00Z", {"user": "Bo"}, ("o1", "i2")),
    ("e4", "ship", "2026-01-05T11:00:00Z", {}, ("o1", "o2")),
    ("e5", "check stock", "2026-01-05T12:00:00Z", {}, ("i1",)),
)
OBJECTS = (
    ("o1", "order", (("price", "10", "1970-01-01T00:00:00Z"), ("price", "12", "2026-01-05T10:30:00Z"))),
    ("o2", "order", (("price", "5", "1970-01-01T00:00:00Z"),)),
    ("i1", "item", ()),
    ("i2", "item", ()),
    ("i3", "item", ()),
)
LINKS = (("o1", "i1"), ("o1", "i2"))


def ocel() -> dict[str, Any]:
    """The log as OCEL 2.0 has it in JSON."""
    return {
        "objectTypes": [{"name": name, "attributes": []} for name in ("order", "item")],
        "eventTypes": [{"name": name, "attributes": []} for name in sorted({event[1] for event in EVENTS})],
        "objects": [
            {"id": name, "type": kind, "attributes": [{"name": n, "value": v, "time": t} for n, v, t in values],
             "relationships": [{"objectId": b, "qualifier": "has"} for a, b in LINKS if a == name]}
            for name, kind, values in OBJECTS
        ],
        "events": [
            {"id": name, "type": kind, "time": time, "attributes": [{"name": n, "value": v} for n, v in more.items()],
             "relationships": [{"objectId": thing, "qualifier": "touches"} for thing in things]}
            for name, kind, time, more, things in EVENTS
        ],
    }  # fmt: skip


def json_bytes(**parts: Any) -> bytes:
    """The log in JSON, with some of its lists replaced, or removed where they are None."""
    return json.dumps({key: value for key, value in (ocel() | parts).items() if value is not None}, indent=1).encode()


def xml_bytes() -> bytes:
    """The log in XML."""
    log = ocel()
    parts = ["<?xml version='1.0' encoding='UTF-8'?>\n<log>\n"]
    for kind in ("object", "event"):
        types = "".join(f"<{kind}-type name={quoteattr(each['name'])}/>\n" for each in log[f"{kind}Types"])
        parts.append(f"<{kind}-types>\n{types}</{kind}-types>\n")
    for kind in ("object", "event"):
        parts.append(f"<{kind}s>\n")
        for each in log[f"{kind}s"]:
            time = f" time={quoteattr(each['time'])}" if kind == "event" else ""
            parts.append(f"<{kind} id={quoteattr(each['id'])} type={quoteattr(each['type'])}{time}>\n<attributes>\n")
            for one in each["attributes"]:
                at = f" time={quoteattr(one['time'])}" if "time" in one else ""
                parts.append(f"<attribute name={quoteattr(one['name'])}{at}>{one['value']}</attribute>\n")
            parts.append("</attributes>\n<objects>\n")
            for one in each["relationships"]:
                parts.append(f"<relationship object-id={quoteattr(one['objectId'])} qualifier='touches'/>\n")
            parts.append(f"</objects>\n</{kind}>\n")
        parts.append(f"</{kind}s>\n")
    return "".join([*parts, "</log>\n"]).encode()


def sqlite_bytes(folder: Path, *changes: str) -> bytes:
    """The log in SQLite, after the statements `changes`; `folder` is for the file on its way."""
    path = folder / "making.sqlite"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        for statement in (*_statements(), *changes):
            database.execute(statement)
        database.commit()
    data = path.read_bytes()
    path.unlink()
    return data


def _statements() -> Iterable[str]:
    yield "CREATE TABLE event_map_type (ocel_type, ocel_type_map)"
    yield "CREATE TABLE object_map_type (ocel_type, ocel_type_map)"
    yield "CREATE TABLE event (ocel_id, ocel_type)"
    yield "CREATE TABLE object (ocel_id, ocel_type)"
    yield "CREATE TABLE event_object (ocel_event_id, ocel_object_id, ocel_qualifier)"
    yield "CREATE TABLE object_object (ocel_source_id, ocel_target_id, ocel_qualifier)"
    for kind in sorted({event[1] for event in EVENTS}):
        table = kind.title().replace(" ", "")
        yield f"INSERT INTO event_map_type VALUES ('{kind}', '{table}')"
        yield f"CREATE TABLE event_{table} (ocel_id, ocel_time, user)"
        for name, of, time, more, things in EVENTS:
            if of == kind:
                yield f"INSERT INTO event VALUES ('{name}', '{kind}')"
                user = f"'{more['user']}'" if more else "NULL"
                yield f"INSERT INTO event_{table} VALUES ('{name}', '{time}', {user})"
                for thing in things:
                    yield f"INSERT INTO event_object VALUES ('{name}', '{thing}', 'touches')"
    for kind in ("order", "item"):
        yield f"INSERT INTO object_map_type VALUES ('{kind}', '{kind}')"
        yield f"CREATE TABLE object_{kind} (ocel_id, ocel_time, ocel_changed_field, price)"
    for name, kind, values in OBJECTS:
        yield f"INSERT INTO object VALUES ('{name}', '{kind}')"
        for number, (field, value, time) in enumerate(values or (("price", None, "1970-01-01T00:00:00Z"),)):
            changed = f"'{field}'" if number else "NULL"
            shown = f"'{value}'" if value else "NULL"
            yield f"INSERT INTO object_{kind} VALUES ('{name}', '{time}', {changed}, {shown})"
    for source, target in LINKS:
        yield f"INSERT INTO object_object VALUES ('{source}', '{target}', 'has')"
