"""Finding pilots: the one that a reference, name or number means, and those that filters leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from core.errors import BadInput, not_found
from core.workspace import Workspace
from inventory import labels
from inventory.columns import BY_NAME
from inventory.store import list_pilots, read_pilots
from inventory.values import Pilot, RiskTier, Status


@dataclass(frozen=True)
class PilotFilter:
    """Which pilots are wanted: those that fit everything that is given. Names go without case and spacing."""

    department: str | None = None
    owner: str | None = None
    vendor: str | None = None
    status: Status | None = None
    risk_tier: RiskTier | None = None
    system: str | None = None
    activity: str | None = None
    text: str | None = None  # stands in the name or purpose
    without: Sequence[str] = ()  # columns that are not known


def get_pilot(ws: Workspace, which: str | int) -> Pilot:
    """The pilot that `which` names: by reference, else by name, else by number as in `#12`; an int is its number.

    Raises NotFound, and BadInput where several are called so.
    """
    with ws.database.read() as connection:
        return find_pilot(connection, which)


def find_pilot(connection: Connection, which: str | int) -> Pilot:
    """As `get_pilot`, inside a transaction."""
    return one_of(read_pilots(connection), which)


def one_of(pilots: Sequence[Pilot], which: str | int) -> Pilot:
    """The one of `pilots` that `which` names. Raises NotFound and BadInput as `get_pilot` does."""
    if isinstance(which, int):
        found = [p for p in pilots if p.id == which]
        if found:
            return found[0]
        raise not_found("pilot", f"#{which}", (f"#{p.id}" for p in pilots))
    key = labels.key(which)
    for by_reference in (True, False):
        found = [p for p in pilots if labels.key((p.facts.reference or "") if by_reference else p.facts.name) == key]
        if len(found) == 1 and key:
            return found[0]
        if found and key:
            listed = ", ".join(f"`#{p.id}` in {p.facts.department}" for p in found)
            raise BadInput(f"Several pilots are called `{which}`: {listed}. Give the reference or the number.")
    number = which.strip().removeprefix("#")
    numbered = [p for p in pilots if number.isdecimal() and str(p.id) == number]
    if numbered:
        return numbered[0]
    raise not_found("pilot", which, (p.facts.reference or p.facts.name for p in pilots))


def filter_pilots(ws: Workspace, wanted: PilotFilter) -> tuple[Pilot, ...]:
    """The pilots that fit `wanted`, by department and name. Raises NotFound for a column that there is not."""
    return fitting(list_pilots(ws), wanted)


def fitting(pilots: Iterable[Pilot], wanted: PilotFilter) -> tuple[Pilot, ...]:
    """Those of `pilots` that fit `wanted`, in their order. Raises NotFound for a column that there is not."""
    for column in wanted.without:
        if column not in BY_NAME:
            raise not_found("column", column, BY_NAME)
    return tuple(p for p in pilots if _fits(p, wanted))


def _fits(pilot: Pilot, wanted: PilotFilter) -> bool:
    facts = pilot.facts
    named = ((wanted.department, facts.department), (wanted.owner, facts.owner), (wanted.vendor, facts.vendor))
    if any(want is not None and labels.key(want) != labels.key(have or "") for want, have in named):
        return False
    if wanted.status is not None and facts.status is not wanted.status:
        return False
    if wanted.risk_tier is not None and facts.risk_tier is not wanted.risk_tier:
        return False
    if not (_among(wanted.system, facts.systems) and _among(wanted.activity, facts.activities)):
        return False
    if wanted.text is not None and labels.key(wanted.text) not in labels.key(f"{facts.name} {facts.purpose or ''}"):
        return False
    return all(getattr(facts, column) in (None, ()) for column in wanted.without)


def _among(wanted: str | None, names: Iterable[str]) -> bool:
    return wanted is None or labels.key(wanted) in {labels.key(name) for name in names}
