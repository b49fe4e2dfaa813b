"""Muting a finding: somebody says why it may wait, and until when. It is shown as muted, and comes back."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from core.actor.values import Actor
from core.actor.verb import Act, Verb, act
from core.errors import BadInput, NotFound, not_found
from core.workspace import Workspace
from inventory.finding import find_pilot
from inventory.risk.mutes import mutes_in_force
from inventory.risk.reading import rules_of
from inventory.risk.service import read_risks
from inventory.risk.tables import risk_mute
from inventory.risk.values import Risk
from inventory.values import Pilot

MUTE, UNMUTE = Verb("pilots.mute_risk", "Pilot"), Verb("pilots.unmute_risk", "Pilot")
LONGEST_REASON = 1000


def mute_risk(ws: Workspace, which: str | int, rule: str, *, reason: str, until: date, by: Actor) -> Risk:
    """The finding of `rule` about the pilot that `which` names, muted to the end of the day `until` (UTC).

    Muting again puts the new reason and day in place of the old. Raises NotFound for a pilot or rule that there is
    not, BadInput without a reason, for a day that is not in the future, and where the pilot does not break the rule.
    """
    with act(ws, by, MUTE, str(which)[:200]) as doing:
        pilot = _named(ws, doing, which, rule)
        problems = _problems(reason, until, ws.clock.now().date())
        if problems:
            raise BadInput(f"`{rule}` of `{pilot.facts.name}` was not muted.", problems=problems)
        _finding(ws, doing, pilot, rule)
        said = {"reason": reason.strip(), "until": until}
        doing.payload |= {**said, "until": until.isoformat()}
        _delete(doing, pilot, rule)
        stamp = {"created_at": ws.clock.now(), "created_by": doing.principal}
        doing.connection.execute(sa.insert(risk_mute).values(pilot_id=pilot.id, rule=rule, **said, **stamp))
        return _finding(ws, doing, pilot, rule)


def unmute_risk(ws: Workspace, which: str | int, rule: str, *, by: Actor) -> Risk | None:
    """The finding of `rule` about the pilot that `which` names, which counts again; None where it is mended meanwhile.

    Raises NotFound for a pilot or rule that there is not, and where the finding is not muted.
    """
    with act(ws, by, UNMUTE, str(which)[:200]) as doing:
        pilot = _named(ws, doing, which, rule)
        if (pilot.id, rule) not in mutes_in_force(doing.connection, ws.clock.now().date()):
            raise NotFound(f"`{rule}` of `{pilot.facts.name}` is not muted.")
        _delete(doing, pilot, rule)
        return _found(ws, doing, pilot, rule)


def _named(ws: Workspace, doing: Act, which: str | int, rule: str) -> Pilot:
    """The pilot, once it and the rule are known to be there."""
    pilot = find_pilot(doing.connection, which)
    known = [one.id for one in rules_of(ws).rules]
    if rule not in known:
        raise not_found("risk rule", rule, known)
    doing.resource = str(pilot.id)
    doing.payload = {"pilot": pilot.facts.name, "rule": rule}
    return pilot


def _problems(reason: str, until: date, today: date) -> list[str]:
    found = []
    if not reason.strip():
        found.append("Say why it may wait.")
    if len(reason.strip()) > LONGEST_REASON:
        found.append(f"The reason has more than {LONGEST_REASON:,} characters.")
    if until <= today:
        found.append(f"It is to end on {until}, which is not in the future: today is {today} (UTC).")
    return found


def _finding(ws: Workspace, doing: Act, pilot: Pilot, rule: str) -> Risk:
    found = _found(ws, doing, pilot, rule)
    if found is None:
        raise BadInput(f"`{pilot.facts.name}` does not break `{rule}`, so there is nothing to mute.")
    return found


def _found(ws: Workspace, doing: Act, pilot: Pilot, rule: str) -> Risk | None:
    every = read_risks(ws, doing.connection, rules_of(ws).rules)
    return next((one for one in every if (one.pilot, one.rule) == (pilot.id, rule)), None)


def _delete(doing: Act, pilot: Pilot, rule: str) -> None:
    mute = risk_mute.c
    doing.connection.execute(sa.delete(risk_mute).where(mute.pilot_id == pilot.id, mute.rule == rule))
