"""What-ifs of a workflow map: answered, and kept under a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from core.actor.values import Actor
from core.actor.verb import Verb, act, permit
from core.errors import BadInput, not_found
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from mining.allocation import allocations
from mining.map.maps import WorkflowMap, get_map, read_map
from mining.tables import map_scenario
from mining.whatif.answering import REPLICATIONS, SEED, answer_what_if
from mining.whatif.from_allocation import change_from_dict, change_to_dict, scenario_of
from mining.whatif.reading import read_cases
from mining.whatif.values import Change, ExpectedKpi, Fit, Measure, WhatIf

KEEP = Verb("map.scenario", "WorkflowMap")
_NAME = re.compile(r"^\w[\w .&()/-]{0,99}$")
FEWEST, MOST = 2, 200  # replications


@dataclass(frozen=True)
class KeptScenario:
    """A scenario under its name; of several with one name the latest counts."""

    name: str
    map: str
    map_version: int
    answer: WhatIf
    by: str
    at: datetime


def allocated_scenario(ws: Workspace, map_name: str, map_version: int | None = None) -> tuple[Change, ...]:
    """What changes when the map's tasks are done as allocated. Raises NotFound, and BadInput before `allocate`."""
    found = allocations(ws, map_name, map_version)
    if not found:
        raise BadInput(f"Map `{map_name}` is not allocated yet. Allocate it first: its scenario follows from that.")
    return scenario_of(found)


def what_if(
    ws: Workspace, map_name: str, map_version: int | None = None, changes: Sequence[Change] | None = None, *,
    replications: int = REPLICATIONS, seed: int = SEED, known: Fit | None = None,
    told: Callable[[int, int], None] = lambda _done, _of: None,
) -> WhatIf:  # fmt: skip
    """What `changes` (None: those of the allocation) are expected to do, after the fit. Stores nothing.

    `known` is the fit, where it was made before for this map and seed. Raises NotFound, and BadInput for assumptions
    that cannot be, for a log without complete cases, and for one with work of simulated performers.
    """
    found = get_map(ws, map_name, map_version)
    if not FEWEST <= replications <= MOST:
        raise BadInput(f"{replications} replications cannot be made: say {FEWEST} to {MOST}.")
    if ws.logs.trust(ws.logs.get(found.log, found.log_version)).simulated:
        raise BadInput(
            f"Simulated performers did work in the event log `{found.log}` version {found.log_version}: a simulation "
            "of it would say nothing about real work. Ask about a map of a log of real work."
        )
    chosen = allocated_scenario(ws, found.name, found.version) if changes is None else tuple(changes)
    with ws.logs.open(_view(found)) as opened:
        cases = read_cases(opened)
    return answer_what_if(
        found.log, found.log_version, cases, chosen, replications=replications, seed=seed, known=known, told=told
    )


def keep_scenario(
    ws: Workspace, name: str, map_name: str, map_version: int | None = None, changes: Sequence[Change] | None = None, *,
    by: Actor, replications: int = REPLICATIONS, seed: int = SEED,
) -> KeptScenario:  # fmt: skip
    """The scenario kept under `name`, answered anew with its seed. Raises as `what_if`, and BadInput for a name that
    cannot be and for a scenario that is withheld: what is not shown is not kept."""
    permit(ws, by, KEEP, map_name)
    if not _NAME.match(name):
        raise BadInput(f"`{name}` is no name. Use up to 100 letters, digits, blanks and . & ( ) / - _.")
    answer = what_if(ws, map_name, map_version, changes, replications=replications, seed=seed)
    if answer.withheld:
        raise BadInput(f"The scenario is withheld, so it is not kept. {answer.withheld}")
    if not answer.changes:
        raise BadInput("Nothing changes in this scenario: there is nothing to keep.")
    with act(ws, by, KEEP, map_name) as doing:
        found = read_map(doing.connection, map_name, map_version)
        doing.resource = f"{found.name} {found.version}"
        listed = [change_to_dict(change) for change in answer.changes]
        doing.payload = {"name": name, "changes": listed, "seed": seed, "replications": replications}
        at = ws.clock.now()
        row = {
            "name": name, "map_name": found.name, "map_version": found.version, "changes": listed,
            "answer": to_dict(answer), "created_at": at, "created_by": doing.principal,
        }  # fmt: skip
        doing.connection.execute(sa.insert(map_scenario).values(**row))
        return KeptScenario(name, found.name, found.version, answer, doing.principal, at)


def kept_scenarios(ws: Workspace, map_name: str, map_version: int | None = None) -> tuple[KeptScenario, ...]:
    """The kept scenarios of a map version, the newest first; of each name the latest. Raises NotFound for the map."""
    with ws.database.read() as connection:
        found = read_map(connection, map_name, map_version)
        table = map_scenario.c
        query = sa.select(map_scenario).where(table.map_name == found.name, table.map_version == found.version)
        rows = connection.execute(query.order_by(table.id.desc())).mappings().all()
    latest: dict[str, KeptScenario] = {}
    for row in rows:
        latest.setdefault(row["name"], _kept(row))
    return tuple(latest.values())


def expected_of(ws: Workspace, name: str, map_name: str, map_version: int | None = None) -> tuple[ExpectedKpi, ...]:
    """The KPIs that the kept scenario `name` expects, as plain values, without those that are withheld.

    Raises NotFound where nothing is kept under that name.
    """
    kept = {one.name: one for one in kept_scenarios(ws, map_name, map_version)}
    if name not in kept:
        raise not_found(f"scenario of map `{map_name}`", name, kept)
    return tuple(one for one in kept[name].answer.expected if one.value is not None)


def _view(found: WorkflowMap) -> View:
    return View(found.log, found.log_version, Selection.parse(found.selection))


def to_dict(answer: WhatIf) -> dict[str, Any]:
    """It as JSON."""
    return {**asdict(answer), "changes": [change_to_dict(change) for change in answer.changes]}


def from_dict(data: Mapping[str, Any]) -> WhatIf:
    """The answer that `to_dict` wrote."""
    fit = data["fit"]
    measures = tuple(Measure(**measure) for measure in fit["measures"])
    return WhatIf(
        **{
            **data,
            "fit": Fit(**{**fit, "measures": measures, "reasons": tuple(fit["reasons"])}),
            "changes": tuple(change_from_dict(change) for change in data["changes"]),
            "expected": tuple(ExpectedKpi(**one) for one in data["expected"]),
            "notes": tuple(data["notes"]),
        }
    )


def _kept(row: Any) -> KeptScenario:
    return KeptScenario(
        row["name"], row["map_name"], row["map_version"], from_dict(row["answer"]), row["created_by"],
        row["created_at"],
    )  # fmt: skip
