"""Whether an OCEL 2.0 log is consistent: every problem of it is found at once."""

from __future__ import annotations

from core.queries import load
from ingest.ocel.tables import Ocel

_WORDS = {
    "event without identifier": "{times} events have no identifier",
    "object without identifier": "{times} objects have no identifier",
    "event twice": "{times} event identifiers are used more than once, such as `{example}`",
    "object twice": "{times} object identifiers are used more than once, such as `{example}`",
    "event of unknown type": "{times} events are of an event type that is not declared, such as `{example}`",
    "object of unknown type": "{times} objects are of an object type that is not declared, such as `{example}`",
    "event without time": "{times} events have no time, such as `{example}`",
    "event time unreadable": "{times} events have a time that is no date and time of ISO 8601, such as `{example}`",
    "relation of unknown event": "{times} relations are of events that the log does not have, such as `{example}`",
    "relation to unknown object": "{times} relations of events are to objects it does not have, such as `{example}`",
    "value of unknown object": "{times} objects have attributes but are not listed as objects, such as `{example}`",
    "value time unreadable": "{times} values of objects have a time that is no date of ISO 8601, such as `{example}`",
}


def check(ocel: Ocel) -> None:
    """Raise BadInput that lists every problem of `ocel`, with how often it is there and an example."""
    ocel.flush()
    found = ocel.connection.execute(load("ingest.ocel.sql", "problems").sql).fetchall()
    ocel.problems += [_WORDS[code].format(times=f"{times:,}", example=example) for code, times, example in found]
    ocel.refuse()
