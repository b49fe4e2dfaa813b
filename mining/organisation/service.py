"""The verbs about people and systems: each opens a log version through a selection and asks one question."""

from __future__ import annotations

from dataclasses import dataclass

from core import NO_SELECTION, Selection, Workspace
from mining.organisation.facts import known
from mining.organisation.four_eyes import four_eyes
from mining.organisation.handover import handovers, role_attributes
from mining.organisation.ping_pong import ping_pong
from mining.organisation.shared import shared_work
from mining.organisation.transfers import transfers
from mining.organisation.values import FourEyes, Handovers, PingPong, SharedWork, Transfers


@dataclass(frozen=True)
class People:
    """Everything about people and systems of one log version."""

    log: str
    version: int
    handovers: Handovers
    ping_pong: PingPong  # between performers
    rework: PingPong  # between activities
    transfers: Transfers
    shared: SharedWork
    four_eyes: FourEyes


def map_people(
    ws: Workspace, log: str, version: int | None = None, *, selection: Selection = NO_SELECTION,
    by: str = "performer", pair: tuple[str, str] | None = None,
) -> People:  # fmt: skip
    """Hand-overs `by`, ping-pong, work between systems, shared work and four-eyes breaches (of `pair`) of `log`.

    Raises NotFound and BadInput.
    """
    found = ws.logs.get(log, version)
    with ws.logs.select(found, selection) as connection:
        facts = known(connection)
        return People(
            found.log, found.version, handovers(connection, by, facts), ping_pong(connection, "performer", facts),
            ping_pong(connection, "activity", facts), transfers(connection, facts), shared_work(connection, facts),
            four_eyes(connection, pair, facts),
        )  # fmt: skip


def map_handovers(
    ws: Workspace, log: str, version: int | None = None, *, selection: Selection = NO_SELECTION, by: str = "performer"
) -> tuple[Handovers, tuple[str, ...]]:
    """The hand-over matrix of `log` `by` performer, kind, system or `@attribute`, and the attributes to choose from."""
    with ws.logs.select(ws.logs.get(log, version), selection) as connection:
        return handovers(connection, by), role_attributes(connection)


def map_ping_pong(
    ws: Workspace, log: str, version: int | None = None, *, selection: Selection = NO_SELECTION, by: str = "performer"
) -> PingPong:
    """Work of `log` that goes to another performer (or activity) and straight back."""
    with ws.logs.select(ws.logs.get(log, version), selection) as connection:
        return ping_pong(connection, by)


def map_transfers(
    ws: Workspace, log: str, version: int | None = None, *, selection: Selection = NO_SELECTION
) -> Transfers:
    """Work of `log` that people carry from one system into another."""
    with ws.logs.select(ws.logs.get(log, version), selection) as connection:
        return transfers(connection)


def map_shared_work(
    ws: Workspace, log: str, version: int | None = None, *, selection: Selection = NO_SELECTION
) -> SharedWork:
    """Who does the same work in `log`, what only one performer does, and how much each does."""
    with ws.logs.select(ws.logs.get(log, version), selection) as connection:
        return shared_work(connection)


def map_four_eyes(
    ws: Workspace, log: str, version: int | None = None, *, selection: Selection = NO_SELECTION,
    pair: tuple[str, str] | None = None,
) -> FourEyes:  # fmt: skip
    """The cases of `log` in which one performer did both activities of `pair`, or of the suggested pairs."""
    with ws.logs.select(ws.logs.get(log, version), selection) as connection:
        return four_eyes(connection, pair)
