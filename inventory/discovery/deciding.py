"""What people say about a finding: it becomes a pilot, it is one that is there, or it is none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from core.actor.values import Actor
from core.actor.verb import Act, Verb, act
from core.errors import BadInput
from core.locks import hold_table
from core.workspace import Workspace
from inventory.changing import checked_new, store_new
from inventory.discovery.matching import proposed
from inventory.discovery.reading import get_finding
from inventory.discovery.records import FindingState, StoredFinding
from inventory.discovery.tables import discovery_finding
from inventory.finding import find_pilot
from inventory.tables import pilot
from inventory.values import Pilot

REGISTER = Verb("discovery.register", "Finding")
MATCH = Verb("discovery.match", "Finding")
DISMISS = Verb("discovery.dismiss", "Finding")
_LONGEST_REASON = 1000


def register_finding(ws: Workspace, finding: int, values: Mapping[str, object], *, by: Actor) -> Pilot:
    """The pilot that was made of a finding: what it says, and over that `values` of columns, such as the department.

    Raises NotFound for a finding or a column that there is not, BadInput where the finding is a pilot already, and
    what `add_pilot` raises; then nothing is stored.
    """
    with act(ws, by, REGISTER, str(finding)) as doing:
        hold_table(doing.connection, pilot)
        one = _found(doing, finding)
        if one.pilot is not None and one.state in (FindingState.REGISTERED, FindingState.MATCHED):
            raise BadInput(f"Finding {finding} is the pilot `#{one.pilot}` already; nothing was stored.")
        filled = {field.column: field.value for field in proposed(one.finding)}
        why = f"Found: {one.finding.kind} {one.finding.name}"
        given = checked_new({**filled, **values})
        made = store_new(doing, given, why[:_LONGEST_REASON])
        doing.resource = str(finding)
        doing.payload |= {"pilot": made.id, "name": made.facts.name}
        _decide(doing, finding, FindingState.REGISTERED, pilot_id=made.id)
        return made


def match_finding(ws: Workspace, finding: int, which: str | int, *, by: Actor) -> StoredFinding:
    """The finding, of which a person says that it is the pilot that `which` names. Says it anew where it was said.

    Raises NotFound for a finding or a pilot that there is not, BadInput where several pilots are called so.
    """
    with act(ws, by, MATCH, str(finding)) as doing:
        _found(doing, finding)
        known = find_pilot(doing.connection, which)
        doing.payload = {"pilot": known.id, "name": known.facts.name}
        _decide(doing, finding, FindingState.MATCHED, pilot_id=known.id)
        return get_finding(doing.connection, finding, ws.clock.now().date())


def dismiss_finding(ws: Workspace, finding: int, *, reason: str, until: date, by: Actor) -> StoredFinding:
    """The finding, which is not shown unasked until the end of the day `until`; then it is open again.

    Raises NotFound for a finding that there is not, BadInput without a reason or with a day that is over.
    """
    with act(ws, by, DISMISS, str(finding)) as doing:
        _found(doing, finding)
        today, why = ws.clock.now().date(), reason.strip()
        problems = [] if why else ["There is no reason. Say why it is none, for those who read it later."]
        if len(why) > _LONGEST_REASON:
            problems.append(f"The reason has {len(why)} characters; at most {_LONGEST_REASON} are kept.")
        if until <= today:
            problems.append(f"The end {until} is not after today, {today}.")
        if problems:
            raise BadInput(f"Finding {finding} is not dismissed.", problems=problems)
        doing.payload = {"reason": why, "until": until.isoformat()}
        _decide(doing, finding, FindingState.DISMISSED, reason=why, until=until)
        return get_finding(doing.connection, finding, today)


def _found(doing: Act, finding: int) -> StoredFinding:
    return get_finding(doing.connection, finding, doing.ws.clock.now().date())


def _decide(doing: Act, finding: int, state: FindingState, **said: object) -> None:
    table = discovery_finding
    values = {"pilot_id": None, "reason": None, "until": None, **said, "state": state.value}
    stamp = {"decided_at": doing.ws.clock.now(), "decided_by": doing.principal}
    doing.connection.execute(sa.update(table).where(table.c.id == finding).values(**values, **stamp))
