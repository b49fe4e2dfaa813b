"""The verbs about people and systems: each opens a log version through a selection and asks one question."""

from __future__ import annotations

from dataclasses import dataclass

from core.trust import TRUSTED, Trust
from core.view import View
from core.workspace import Workspace
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
    trust: Trust = TRUSTED


def map_people(
    ws: Workspace, view: View, *, by: str = "performer", pair: tuple[str, str] | None = None
) -> People:  # fmt: skip
    """Hand-overs `by`, ping-pong, work between systems, shared work and four-eyes breaches (of `pair`) of a log.

    Raises NotFound and BadInput.
    """
    with ws.logs.open(view) as opened:
        connection, found = opened.connection, opened.version
        facts = known(connection, opened.trust)
        people = People(
            found.log, found.version, handovers(connection, by, facts), ping_pong(connection, "performer", facts),
            ping_pong(connection, "activity", facts), transfers(connection, facts), shared_work(connection, facts),
            four_eyes(connection, pair, facts),
        )  # fmt: skip
        return opened.told(people)


def map_handovers(ws: Workspace, view: View, *, by: str = "performer") -> tuple[Handovers, tuple[str, ...]]:
    """The hand-over matrix of a log `by` performer, kind, system or `@attribute`, and the attributes to choose from."""
    with ws.logs.open(view) as opened:
        return opened.told(handovers(opened.connection, by, known(opened.connection, opened.trust))), role_attributes(
            opened.connection
        )


def map_ping_pong(ws: Workspace, view: View, *, by: str = "performer") -> PingPong:
    """Work of a log that goes to another performer (or activity) and straight back."""
    with ws.logs.open(view) as opened:
        return opened.told(ping_pong(opened.connection, by, known(opened.connection, opened.trust)))


def map_transfers(ws: Workspace, view: View) -> Transfers:
    """Work of a log that people carry from one system into another."""
    with ws.logs.open(view) as opened:
        return opened.told(transfers(opened.connection))


def map_shared_work(ws: Workspace, view: View) -> SharedWork:
    """Who does the same work in `log`, what only one performer does, and how much each does."""
    with ws.logs.open(view) as opened:
        return opened.told(shared_work(opened.connection, known(opened.connection, opened.trust)))


def map_four_eyes(
    ws: Workspace, view: View, *, pair: tuple[str, str] | None = None
) -> FourEyes:  # fmt: skip
    """The cases of a log in which one performer did both activities of `pair`, or of the suggested pairs."""
    with ws.logs.open(view) as opened:
        return opened.told(four_eyes(opened.connection, pair, known(opened.connection, opened.trust)))
