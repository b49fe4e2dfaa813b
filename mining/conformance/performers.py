"""Wrong performers: an activity done by another than the model says. Only where the model says something.

A saved map says who did each activity, by name where it has every name, and of what kind. A BPMN lane that bears the
name of a performer or of a kind of performers ("System") says who does its tasks; of other lanes it is only known that
they are others: whoever does tasks of two of them in one case breaks the separation that the lanes draw.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from core.labels import label_key
from core.queries import load
from mining.conformance.deviation import Deviation, DeviationKind
from mining.conformance.model import MapPerformers, Model

if TYPE_CHECKING:
    import duckdb

_SQL = "mining.conformance.sql"
_KINDS = {
    "human": "human", "humans": "human", "people": "human", "person": "human",
    "agent": "agent", "agents": "agent", "system": "system", "systems": "system",
}  # fmt: skip
_OF_KIND = {"human": "people", "agent": "agents", "system": "systems"}
_BY_KIND = {"human": "a person", "agent": "an agent", "system": "a system"}

Doer = tuple[str, str, str]  # activity, performer, kind


def wrong_performers(connection: duckdb.DuckDBPyConnection, model: Model, cases: int) -> tuple[Deviation, ...]:
    """What was done by others than `model` says, by falling number of cases. `cases` is how many there are in all."""
    if not model.known and not model.lanes:
        return ()
    doers = [(a, p, k) for a, p, k, _ in connection.execute(load(_SQL, "doers").sql).fetchall()]
    wrong = judge(doers, model.known, model.lanes)
    found = [*_by_rule(connection, wrong, cases), *_by_lane(connection, model, doers, cases)]
    return tuple(sorted(found, key=lambda d: (-d.cases, d.key)))


def judge(
    doers: Sequence[Doer], known: Sequence[MapPerformers], lanes: Sequence[tuple[str, str]]
) -> Mapping[Doer, tuple[str, str]]:
    """Those of `doers` that should not have done it: what to call them, and what the model says."""
    of_map = {one.activity: one for one in known}
    of_lane = dict(lanes)
    names = {label_key(performer).casefold(): performer for _, performer, _ in doers}
    wrong = {}
    for activity, performer, kind in doers:
        rule = of_map.get(activity)
        if rule and rule.kinds and kind in _BY_KIND and kind not in rule.kinds:
            said = " and ".join(_OF_KIND[k] for k in rule.kinds)
            wrong[activity, performer, kind] = (_BY_KIND[kind], f"in the model it is the work of {said}")
        elif rule and rule.names is not None and performer not in rule.names:
            wrong[activity, performer, kind] = (performer, "in the model they do not do it")
        lane, drawn = (
            of_lane.get(activity, "").casefold(),
            f"in the model it lies in the lane `{of_lane.get(activity)}`",
        )
        if lane in _KINDS and kind in _BY_KIND and kind != _KINDS[lane]:
            wrong[activity, performer, kind] = (
                _BY_KIND[kind],
                drawn,
            )
        elif lane in names and label_key(performer).casefold() != lane:
            wrong[activity, performer, kind] = (performer, drawn)
    return wrong


def _by_rule(
    connection: duckdb.DuckDBPyConnection, wrong: Mapping[Doer, tuple[str, str]], cases: int
) -> list[Deviation]:
    if not wrong:
        return []
    asked = {"activities": [a for a, _, _ in wrong], "performers": [p for _, p, _ in wrong]}
    groups: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    doers: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for activity, performer, kind, case_no in connection.execute(load(_SQL, "done_by").sql, asked).fetchall():
        if (activity, performer, kind) in wrong:
            what = (activity, *wrong[activity, performer, kind])
            groups[what].add(case_no)
            doers[what].add(performer)
    found = []
    for what, of in groups.items():
        activity, who, rule = what
        sentence = f"`{activity}` is done by {_named(who)}; {rule}."
        found.append(_deviation(activity, who, sentence, of, cases, sorted(doers[what])))
    return found


def _by_lane(connection: duckdb.DuckDBPyConnection, model: Model, doers: Sequence[Doer], cases: int) -> list[Deviation]:
    """Whoever did tasks of two lanes in one case, of the lanes that name nobody."""
    names = {label_key(performer).casefold() for _, performer, _ in doers}
    lanes = [(a, lane) for a, lane in model.lanes if lane.casefold() not in names and lane.casefold() not in _KINDS]
    if len({lane for _, lane in lanes}) < 2:
        return []
    asked = {"activities": [a for a, _ in lanes], "lanes": [lane for _, lane in lanes]}
    groups: dict[tuple[str, str, str, str], set[int]] = defaultdict(set)
    for *what, case_no in connection.execute(load(_SQL, "two_lanes").sql, asked).fetchall():
        groups[what[0], what[1], what[2], what[3]].add(case_no)
    return [
        _deviation(
            activity,
            f"whoever did {other}",
            f"`{activity}` of the lane `{lane}` is done by the same performer as `{other}` of the lane `{other_lane}`.",
            of,
            cases,
        )
        for (activity, lane, other, other_lane), of in groups.items()
    ]


def _named(who: str) -> str:
    return who if who in _BY_KIND.values() else f"`{who}`"


def _deviation(
    activity: str, who: str, sentence: str, of: set[int], cases: int, performers: Sequence[str] = ()
) -> Deviation:
    return Deviation(
        DeviationKind.WRONG_PERFORMER, activity, who, sentence, len(of), len(of) / cases, 0,
        case_numbers=tuple(sorted(of)), performers=tuple(performers),
    )  # fmt: skip
