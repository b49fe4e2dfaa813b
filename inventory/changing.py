"""Pilots added and changed by hand, one or many: all of a change or, with every problem named, nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.actor.values import Actor
from core.actor.verb import Act, Verb, act
from core.errors import BadInput, TandemError, not_found
from core.locks import hold_table
from core.workspace import Workspace
from inventory.columns import BY_NAME
from inventory.finding import one_of
from inventory.history import changed_since
from inventory.identity import digest, taken
from inventory.plain_facts import differences, plain_value
from inventory.records import FieldChange, PilotChange, RevisionWay
from inventory.sheets.facts import facts_from
from inventory.store import begin_change, insert_pilot, read_pilots, update_pilot
from inventory.tables import pilot
from inventory.together import wrong_together
from inventory.values import Pilot, PilotFacts

ADD = Verb("pilots.add", "Pilot")
EDIT = Verb("pilots.edit", "Pilot")
EDIT_MANY = Verb("pilots.edit_many", "Pilots")
_LONGEST_REASON = 1000


def add_pilot(ws: Workspace, values: Mapping[str, object], *, reason: str | None = None, by: Actor) -> Pilot:
    """The pilot that was added. `values` are of columns: texts as a sheet has them, or typed values.

    Raises NotFound for a column that there is not, and BadInput with every value that cannot be read, a missing name
    or department, and a reference or name that another pilot has; then nothing is stored.
    """
    given = checked_new(values)
    with act(ws, by, ADD, given.name[:200]) as doing:
        hold_table(doing.connection, pilot)
        return store_new(doing, given, reason)


def checked_new(values: Mapping[str, object]) -> PilotFacts:
    """What `values` say of a new pilot. Raises NotFound and BadInput as `add_pilot` does."""
    _check_columns(values)
    given = facts_from(values)
    problems = list(given.problems)
    problems += [f"Column `{c}`: is empty; every pilot needs one." for c in ("name", "department") if not values.get(c)]
    if problems:
        raise BadInput("The pilot cannot be added; nothing was stored.", problems=problems)
    return given.facts


def store_new(doing: Act, given: PilotFacts, reason: str | None) -> Pilot:
    """The pilot that is added in an act that holds the table. Raises BadInput where another cannot be told apart."""
    why = taken(given, read_pilots(doing.connection))
    if why is not None:
        raise BadInput(f"{why} Nothing was stored.")
    now = doing.ws.clock.now()
    change = begin_change(doing.connection, RevisionWay.ADD, 1, now, doing.principal, reason=_reason(reason))
    number = insert_pilot(doing.connection, given, digest(given), change)
    doing.resource = str(number)
    doing.payload |= {"changes": _told(differences(None, given)), "reason": reason or ""}
    return next(p for p in read_pilots(doing.connection) if p.id == number)


def edit_pilot(
    ws: Workspace, which: str | int, values: Mapping[str, object], *, base: int | None = None,
    reason: str | None = None, by: Actor,
) -> PilotChange:  # fmt: skip
    """What was changed of the pilot that `which` names; an empty value says that it is not known.

    `base` is the revision that the change was made upon: where the pilot has another by now, nothing is stored, and
    what changed since is told. Raises what `add_pilot` does, NotFound for the pilot, and BadInput for another revision.
    """
    _check_columns(values)
    with act(ws, by, EDIT, str(which)[:200]) as doing:
        hold_table(doing.connection, pilot)
        known = read_pilots(doing.connection)
        stored = one_of(known, which)
        doing.resource = str(stored.id)
        if base is not None and base != stored.revision:
            raise BadInput(
                f"`{stored.facts.name}` is at revision {stored.revision}, and the change was made upon {base}; "
                "nothing was stored. Look at what changed since, and change it upon that.",
                problems=changed_since(doing.connection, stored, base),
            )
        return _edit(doing, known, [stored], values, RevisionWay.EDIT, reason)[0]


def edit_pilots(
    ws: Workspace, which: Sequence[str | int], values: Mapping[str, object], *, reason: str | None = None, by: Actor
) -> tuple[PilotChange, ...]:
    """What the same change did to each of the pilots that `which` names: to all of them, or with problems to none.

    Raises what `edit_pilot` does, with every problem of every pilot named.
    """
    _check_columns(values)
    if not which:
        raise BadInput("No pilot was named.")
    with act(ws, by, EDIT_MANY, f"{len(which)} pilots") as doing:
        hold_table(doing.connection, pilot)
        known = read_pilots(doing.connection)
        found: dict[int, Pilot] = {}
        problems = []
        for name in which:
            try:
                stored = one_of(known, name)
                found[stored.id] = stored
            except TandemError as error:
                problems.append(error.message)
        if problems:
            raise BadInput("The pilots cannot be changed; nothing was stored.", problems=problems)
        return _edit(doing, known, list(found.values()), values, RevisionWay.BULK, reason)


def _edit(
    doing: Act, known: Sequence[Pilot], chosen: Sequence[Pilot], values: Mapping[str, object], way: RevisionWay,
    reason: str | None,
) -> tuple[PilotChange, ...]:  # fmt: skip
    """The change of each of the `chosen`. Raises BadInput with all problems."""
    planned: list[tuple[Pilot, PilotFacts]] = []
    problems: list[str] = []
    for stored in chosen:
        facts, wrong = _changed(stored, values)
        problems += wrong if len(chosen) == 1 else [f"`{stored.facts.name}` (#{stored.id}): {each}" for each in wrong]
        planned.append((stored, facts))
    after = {p.id: replace(p, facts=facts) for p, facts in planned}
    for stored, facts in planned:
        others = [after.get(other.id, other) for other in known if other.id != stored.id]
        why = taken(facts, others) if _identity(facts) != _identity(stored.facts) else None
        problems += [why] if why is not None else []
    if problems:
        raise BadInput(_said(chosen), problems=list(dict.fromkeys(problems)))
    changes = [(stored, facts, differences(stored.facts, facts)) for stored, facts in planned]
    if not any(found for _, _, found in changes):
        doing.idle = True
        return tuple(PilotChange(p.id, p.facts.name, p.revision, ()) for p in chosen)
    now, why_changed = doing.ws.clock.now(), _reason(reason)
    change = begin_change(doing.connection, way, len(chosen), now, doing.principal, reason=why_changed)
    done = []
    for stored, facts, found in changes:
        number = update_pilot(doing.connection, stored, facts, digest(facts), change) if found else stored.revision
        done.append(PilotChange(stored.id, facts.name, number, found))
    doing.payload |= {"changes": {str(c.pilot): _told(c.changes) for c in done if c.changes}, "reason": reason or ""}
    return tuple(done)


def _changed(stored: Pilot, values: Mapping[str, object]) -> tuple[PilotFacts, tuple[str, ...]]:
    """The facts of a pilot with what `values` say, and what is wrong with them."""
    given = facts_from(values, stored.facts)
    said = {column: getattr(given.facts, column) for column in given.said}
    facts = replace(stored.facts, **said)
    problems = list(given.problems)
    problems += [
        f"Column `{c}`: is empty; every pilot needs one."
        for c in ("name", "department")
        if c in values and not said.get(c)
    ]
    if not problems:
        problems += [f"Column `{column}`: {text}" for column, text in wrong_together(stored.facts, facts, given.said)]
    return facts, tuple(problems)


def _identity(facts: PilotFacts) -> tuple[str | None, str, str]:
    return facts.reference, facts.name, facts.department


def _check_columns(values: Mapping[str, object]) -> None:
    if not values:
        raise BadInput("Nothing was given to be stored. Say what, such as `owner=Ada`.")
    for column in values:
        if column not in BY_NAME:
            raise not_found("column", column, BY_NAME)


def _reason(reason: str | None) -> str | None:
    text = (reason or "").strip()
    if len(text) > _LONGEST_REASON:
        raise BadInput(f"The reason has {len(text)} characters; at most {_LONGEST_REASON} are kept.")
    return text or None


def _told(changes: Sequence[FieldChange]) -> dict[str, list[object]]:
    """Changes as the audit log keeps them: from what to what."""
    return {change.column: [plain_value(change.before), plain_value(change.after)] for change in changes}


def _said(chosen: Sequence[Pilot]) -> str:
    if len(chosen) == 1:
        return f"`{chosen[0].facts.name}` cannot be changed; nothing was stored."
    return f"The {len(chosen)} pilots cannot be changed; nothing was stored."
