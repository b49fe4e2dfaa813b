"""Principals, roles, and the Actor: a principal with how it was proved and on whose behalf it acts."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class PrincipalKind(StrEnum):
    """What a principal is."""

    PERSON = "person"
    AGENT = "agent"


@dataclass(frozen=True)
class Principal:
    """Who acts: a person or an agent. Its id never changes and is never given to another."""

    id: str
    kind: PrincipalKind
    name: str
    email: str | None = None
    owner: str | None = None  # id of the person who answers for an agent
    sponsor: str | None = None  # id of the person who pays for an agent and wants it
    runtime: str | None = None  # address of an agent, such as `python:module:function`
    autonomy_level: int | None = None  # of an agent: 1 suggests, 2 acts after approval, 3 is reviewed, 4 alone
    simulated: bool = False
    active: bool = True
    roles: tuple[str, ...] = ()  # names of its roles, sorted


@dataclass(frozen=True)
class Role:
    """A named set of responsibilities, permissions and performance expectations."""

    name: str
    purpose: str
    responsibilities: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()  # an agent acts only within the actions of its roles; policies narrow them further
    expectations: tuple[str, ...] = ()


class Proof(StrEnum):
    """How it was proved who acts."""

    SIGNED_IN = "signed in"  # by an identity provider
    TOKEN = "token"
    LOCAL = "local"  # named on this machine by whoever uses it; nobody proved it
    WORKER = "worker"  # an agent that a worker asked
    SIMULATED = "simulated"  # a simulated person or agent, for whom the demo acts
    TANDEM = "tandem"  # Tandem itself


@dataclass(frozen=True)
class Actor:
    """Who acts: an id or a name, how it was proved, and on whose behalf. Roles are looked up when it acts."""

    who: str  # id or name of a principal
    proof: Proof
    machine_user: str  # of the operating system, under whom the process runs
    on_behalf_of: str | None = None  # id of a principal


@dataclass(frozen=True)
class Acting:
    """A principal as it acts now: with the actions of its roles, and how it was proved."""

    principal: Principal
    actions: frozenset[str]  # of all its roles
    actor: Actor | None = None  # None: where only a decision is asked for


@cache
def machine_user() -> str:
    """The operating system's name of the user under whom this process runs; empty where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def local(who: str) -> Actor:
    """The principal named `who` (id or name), as whoever uses this machine says: nobody proved it."""
    return Actor(who, Proof.LOCAL, machine_user())


def simulated(who: str) -> Actor:
    """The simulated principal `who`, for whom Tandem's own simulation acts."""
    return Actor(who, Proof.SIMULATED, machine_user())


def tandem(who: str) -> Actor:
    """`who`, for whom Tandem itself goes on with what they proposed before."""
    return Actor(who, Proof.TANDEM, machine_user())


def worker(who: str) -> Actor:
    """The agent `who`, asked by a worker of this machine."""
    return Actor(who, Proof.WORKER, machine_user())
