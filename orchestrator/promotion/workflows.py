"""Workflow versions as they are stored: proposed, then promoted. A version's definition never changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.engine import Connection

from core.audit.borne import believe, believe_gone, read_back
from core.audit.values import State
from core.errors import IllegalTransition, IntegrityError, not_found
from core.locks import hold_table
from core.workspace import Workspace
from orchestrator.machine.serial import workflow_from_dict, workflow_to_dict
from orchestrator.machine.values import Workflow
from orchestrator.promotion.gates import Gate
from orchestrator.promotion.tables import workflow_version as table


class WorkflowStatus(StrEnum):
    """States of a workflow version. Promoted is final."""

    PROPOSED = "proposed"
    PROMOTED = "promoted"


@dataclass(frozen=True)
class Proposal:
    """A workflow version with its way through the gates."""

    workflow: Workflow
    status: WorkflowStatus
    gates: tuple[Gate, ...]  # as they stood when it was proposed or, once it is promoted, signed
    proposed_at: datetime
    proposed_by: str  # principal id
    signed_at: datetime | None = None
    signed_by: str | None = None  # principal id

    @property
    def name(self) -> str:
        """The workflow's name."""
        return self.workflow.name

    @property
    def version(self) -> int:
        """The workflow's version."""
        return self.workflow.version


def get_workflow(ws: Workspace, name: str, version: int | None = None) -> Workflow:
    """The promoted workflow `name` in this version (default: the newest promoted).

    Raises NotFound that names what there is, IllegalTransition for a version that nobody has signed yet.
    """
    found = get_proposal(ws, name, version, status=WorkflowStatus.PROMOTED if version is None else None)
    if found.status is not WorkflowStatus.PROMOTED:
        raise IllegalTransition(
            f"Version {found.version} of the workflow `{name}` is only proposed. "
            f"Let a second person sign it: `tandem workflow sign {name} {found.version}`."
        )
    return found.workflow


def get_proposal(
    ws: Workspace, name: str, version: int | None = None, *, status: WorkflowStatus | None = None
) -> Proposal:
    """The workflow version with its gates, proposed or promoted (default: the newest, of `status` if given).

    Raises NotFound that names what there is, IntegrityError for one that is not as the audit chain bears it.
    """
    with ws.database.read() as connection:
        rows = _rows(connection, name)
        _believe_all(connection, name, rows)
    if not rows:
        with ws.database.read() as connection:
            raise not_found("workflow", name, connection.execute(sa.select(table.c.name).distinct()).scalars())
    fitting = [r for r in rows if version in (None, r.version) and status in (None, WorkflowStatus(r.status))]
    if not fitting:
        if version is None:
            raise IllegalTransition(f"No version of the workflow `{name}` is {status}: `tandem workflow show {name}`.")
        raise not_found("workflow version", f"{name} {version}", [f"{name} {row.version}" for row in rows])
    return _proposal(fitting[-1])


def list_workflows(ws: Workspace) -> tuple[Proposal, ...]:
    """Every version of every workflow, by name and version."""
    with ws.database.read() as connection:
        return tuple(map(_proposal, connection.execute(sa.select(table).order_by(table.c.name, table.c.version))))


def doubted_workflows(ws: Workspace) -> dict[tuple[str, int], str]:
    """Why a version of a workflow is not believed, by name and version, those that were put away among them; empty
    where the audit log bears every one."""
    found: dict[tuple[str, int], str] = {}
    with ws.database.read() as connection:
        names = connection.execute(sa.select(table.c.name).distinct().order_by(table.c.name)).scalars().all()
        for name in names:
            rows = {row.version: row._asdict() for row in _rows(connection, name)}
            for version in range(1, max(rows) + 2):  # versions are numbered without gaps
                try:
                    if version in rows:
                        believe(connection, table, [rows[version]])
                    else:
                        believe_gone(connection, table, [{"name": name, "version": version}])
                except IntegrityError as error:
                    found[name, version] = error.message
    return found


def next_version(connection: Connection, name: str) -> int:
    """The number that the next version of `name` gets; nobody else gets it while the transaction lasts."""
    hold_table(connection, table)
    newest = sa.select(sa.func.max(table.c.version)).where(table.c.name == name)
    return (connection.execute(newest).scalar() or 0) + 1


def insert_proposal(connection: Connection, proposal: Proposal) -> State:
    """The state of the new version, stored; the record of the act bears it."""
    workflow = proposal.workflow
    connection.execute(
        sa.insert(table).values(
            name=workflow.name,
            version=workflow.version,
            status=proposal.status.value,
            definition=workflow_to_dict(workflow),
            gates=_plain(proposal.gates),
            map_name=workflow.map_name,
            map_version=workflow.map_version,
            policy_set=workflow.policy_set,
            baseline=workflow.baseline,
            proposed_at=proposal.proposed_at,
            proposed_by=proposal.proposed_by,
        )
    )
    return read_back(connection, table, *_is(workflow.name, workflow.version))


def mark_signed(connection: Connection, signed: Proposal) -> State:
    """The state of the version, now signed. Raises IllegalTransition where somebody was quicker, IntegrityError where
    what is stored is not what was proposed."""
    this = _is(signed.name, signed.version)
    stored = connection.execute(sa.select(table).where(*this).with_for_update()).one()
    believe(connection, table, [stored._asdict()])
    changed = connection.execute(
        sa.update(table)
        .where(*this)
        .where(table.c.status == WorkflowStatus.PROPOSED.value)
        .values(
            status=WorkflowStatus.PROMOTED.value,
            gates=_plain(signed.gates),
            policy_set=signed.workflow.policy_set,
            signed_at=signed.signed_at,
            signed_by=signed.signed_by,
        )
    )
    if changed.rowcount != 1:
        raise IllegalTransition(f"Version {signed.version} of the workflow `{signed.name}` is signed already.")
    return read_back(connection, table, *this)


def _is(name: str, version: int) -> tuple[sa.ColumnElement[bool], ...]:
    return table.c.name == name, table.c.version == version


def _rows(connection: Connection, name: str) -> Sequence[Row[Any]]:
    return connection.execute(sa.select(table).where(table.c.name == name).order_by(table.c.version)).all()


def _believe_all(connection: Connection, name: str, rows: Sequence[Row[Any]]) -> None:
    """Raises IntegrityError where a version is not as the chain bears it, or one was put away: no older one runs."""
    believe(connection, table, [row._asdict() for row in rows])
    there = {row.version for row in rows}
    following = max(there, default=0) + 1  # versions are numbered without gaps
    absent = [version for version in range(1, following + 1) if version not in there]
    believe_gone(connection, table, [{"name": name, "version": version} for version in absent])


def _plain(gates: Sequence[Gate]) -> list[dict[str, Any]]:
    return [asdict(gate) for gate in gates]


def _gate(stored: Mapping[str, Any]) -> Gate:
    lists = {name: tuple(stored.get(name, ())) for name in ("warnings", "problems")}
    return Gate(**{**stored, **lists})


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal(
        workflow=replace(workflow_from_dict(row.definition), policy_set=row.policy_set),
        status=WorkflowStatus(row.status),
        gates=tuple(map(_gate, row.gates)),
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by,
        signed_at=row.signed_at,
        signed_by=row.signed_by,
    )
