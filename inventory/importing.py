"""Imports pilots from a sheet: all of it or, with every problem named, nothing. What it would do can be seen before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.acting import find
from core.actor.values import Actor
from core.actor.verb import Act, Verb, act
from core.errors import BadInput, Duplicate
from core.locks import hold_table
from core.workspace import Workspace
from inventory.identity import digest
from inventory.layouts import check_layout_name, keep_layout
from inventory.planning import ImportStep, RowPlan, SheetFacts, plan_rows, read_sheet
from inventory.records import ImportPlan, PilotImport, PlannedPilot, RevisionWay
from inventory.sheets.values import SheetProblem, SheetReading
from inventory.store import begin_change, insert_pilot, read_pilots, update_pilot
from inventory.tables import pilot, pilot_import

IMPORT = Verb("pilots.import", "Pilots")


def import_pilots(
    ws: Workspace, path: Path, reading: SheetReading | None = None, *, keep: str = "", by: Actor
) -> PilotImport:
    """What the pilots sheet at `path` added, updated and found unchanged. See docs/pilots.md for what is read.

    A pilot is known by its reference, else by its name and department, and is updated only when its facts differ.
    `keep` is a name under which the way the sheet was read is kept for the next one with the same headings.
    Raises BadInput with every problem of the sheet and every conflict with what was changed by hand, row by row, and
    Duplicate when this very file was imported before and would change nothing; then nothing is stored.
    """
    if keep:
        check_layout_name(keep)
    found = read_sheet(ws, Path(path), reading or SheetReading())
    if found.problems:
        with ws.database.read() as connection:
            _, problems, conflicts = plan_rows(connection, found, read_pilots(connection))
        raise _refused(found.file, (*found.problems, *problems, *conflicts), conflicts=bool(conflicts))
    with act(ws, by, IMPORT, found.file[:200]) as doing:
        hold_table(doing.connection, pilot)
        plans, problems, conflicts = plan_rows(doing.connection, found, read_pilots(doing.connection))
        if problems or conflicts:
            raise _refused(found.file, (*problems, *conflicts), conflicts=bool(conflicts))
        if not keep:
            _refuse_again(doing.connection, found, plans)
        done = _write(doing, found, plans)
        if keep:
            keep_layout(doing.connection, keep, found.headings, found.reading, done.created_at, done.created_by)
            done = replace(done, layout=keep)
        doing.payload |= {"added": len(done.added), "updated": list(done.updated), "layout": done.layout or ""}
        return done


def plan_import(ws: Workspace, path: Path, reading: SheetReading | None = None) -> ImportPlan:
    """What `import_pilots` would do with the sheet at `path`, with all that hinders it: nothing is stored.

    Raises NotFound and BadInput only for what cannot be read as a sheet at all, and for options that there are not.
    """
    found = read_sheet(ws, Path(path), reading or SheetReading())
    with ws.database.read() as connection:
        plans, problems, conflicts = plan_rows(connection, found, read_pilots(connection))

    def planned(step: ImportStep) -> tuple[PlannedPilot, ...]:
        chosen = (p for p in plans if p.step is step)
        return tuple(PlannedPilot(p.row, p.facts.name, p.pilot.id if p.pilot else None, p.changes) for p in chosen)

    return ImportPlan(
        file=found.file,
        form=found.form,
        sheet=found.sheet,
        header_row=found.header_row,
        layout=found.layout,
        mapping=found.mapping,
        pilots=len(found.rows),
        added=planned(ImportStep.ADD),
        changed=planned(ImportStep.UPDATE),
        unchanged=planned(ImportStep.KEEP),
        problems=(*found.problems, *problems),
        conflicts=conflicts,
        notes=found.notes,
        sheets=found.sheets,
        questions=found.questions,
    )


def _refuse_again(connection: Connection, found: SheetFacts, plans: Sequence[RowPlan]) -> None:
    """Raise Duplicate when this very file was imported before and nothing in it has changed since."""
    if any(plan.step is not ImportStep.KEEP for plan in plans):
        return
    before = connection.execute(
        sa.select(pilot_import).where(pilot_import.c.digest == found.digest).order_by(pilot_import.c.id.desc())
    ).first()
    if before is not None:
        importer = find(connection, before.created_by)
        name = importer.name if importer else before.created_by
        raise Duplicate(
            f"`{found.file}` was imported on {before.created_at:%Y-%m-%d %H:%M} UTC by {name} "
            f"(as `{before.file}`), and its {len(plans)} pilots are unchanged; nothing was stored."
        )


def _write(doing: Act, found: SheetFacts, plans: Sequence[RowPlan]) -> PilotImport:
    connection = doing.connection
    change = begin_change(
        connection, RevisionWay.IMPORT, len(plans), doing.ws.clock.now(), doing.principal, file=found.file,
        digest=found.digest,
    )  # fmt: skip
    for plan in plans:
        if plan.pilot is None:
            insert_pilot(connection, plan.facts, digest(plan.facts), change)
        elif plan.step is ImportStep.UPDATE:
            update_pilot(connection, plan.pilot, plan.facts, digest(plan.facts), change)
    names = {step: tuple(p.facts.name for p in plans if p.step is step) for step in ImportStep}
    return PilotImport(
        id=change.id,
        file=found.file,
        digest=found.digest,
        pilots=len(plans),
        added=names[ImportStep.ADD],
        updated=names[ImportStep.UPDATE],
        unchanged=names[ImportStep.KEEP],
        unknown_columns=tuple(m.heading for m in found.mapping if m.column is None and m.heading),
        absent_columns=found.absent,
        created_at=change.at,
        created_by=change.by,
        mapping=found.mapping,
        notes=found.notes,
        layout=found.layout,
    )


def _refused(file: str, problems: Sequence[SheetProblem], *, conflicts: bool = False) -> BadInput:
    way = (
        " Where somebody changed a pilot by hand, say which wins with `--conflicts sheet` or `--conflicts registry`."
        if conflicts
        else ""
    )
    return BadInput(
        f"`{file}` has {len(problems)} problem(s); nothing was stored.{way}", problems=[p.text for p in problems]
    )
