"""Imports pilots from a sheet: all of it or, with every problem named, nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from core.actor.acting import find
from core.actor.values import Actor
from core.actor.verb import Verb, act
from core.errors import BadInput, Duplicate
from core.locks import hold_table
from core.workspace import Workspace
from inventory import cells
from inventory.columns import Layout, layout
from inventory.identity import digest, merge, repeated, same_pilot
from inventory.sheet import Sheet, read_sheet
from inventory.store import insert_pilot, read_pilots, update_pilot
from inventory.tables import pilot, pilot_import
from inventory.values import Pilot, PilotFacts, PilotImport

IMPORT = Verb("pilots.import", "Pilots")


class _Step(StrEnum):
    ADD = "added"
    UPDATE = "updated"
    KEEP = "unchanged"


@dataclass(frozen=True)
class _Plan:
    """What is to be done with one row."""

    step: _Step
    facts: PilotFacts
    digest: str
    pilot: Pilot | None  # the one that is stored


def import_pilots(ws: Workspace, path: Path, *, by: Actor) -> PilotImport:
    """What the pilots sheet at `path` added, updated and found unchanged. See docs/pilots.md for its columns.

    A pilot is known by its reference, else by its name and department, and is updated only when its facts differ.
    Raises BadInput with every problem of the sheet, row by row, and Duplicate when this very file was imported before
    and would change nothing; then nothing is stored.
    """
    sheet = read_sheet(Path(path))
    found = layout(sheet.header, sheet.file)
    rows = _parse(sheet, found)
    with act(ws, by, IMPORT, sheet.file[:200]) as doing:
        connection = doing.connection
        hold_table(connection, pilot)
        plans = _plan(sheet, rows, read_pilots(connection), found)
        _refuse_again(connection, sheet, plans)
        return _write(ws, connection, sheet, found, plans, doing.principal)


def _parse(sheet: Sheet, found: Layout) -> list[tuple[int, PilotFacts]]:
    """The facts of every row. Raises BadInput with all problems of the sheet."""
    rows, problems = [], []
    for line, row in sheet.rows:
        facts, wrong = cells.facts({column: row[place] for column, place in found.places.items()})
        problems += [f"Row {line}, {problem}" for problem in wrong]
        rows.append((line, facts))
    problems += repeated([(line, facts) for line, facts in rows if facts.name and facts.department])
    if problems:
        raise _refused(sheet, problems)
    return rows


def _plan(
    sheet: Sheet, rows: Sequence[tuple[int, PilotFacts]], known: Sequence[Pilot], found: Layout
) -> tuple[_Plan, ...]:
    plans, problems = [], []
    taken: dict[int, int] = {}
    for line, facts in rows:
        try:
            pilot = same_pilot(facts, known)
        except ValueError as error:
            problems.append(f"Row {line}, `{facts.name}`, {error}")
            continue
        if pilot is not None and pilot.id in taken:
            problems.append(f"Rows {taken[pilot.id]} and {line} both speak of the stored pilot `{pilot.facts.name}`.")
            continue
        if pilot is not None:
            taken[pilot.id] = line
        plans.append(_planned(facts, pilot, found))
    if problems:
        raise _refused(sheet, problems)
    return tuple(plans)


def _planned(facts: PilotFacts, pilot: Pilot | None, found: Layout) -> _Plan:
    if pilot is None:
        return _Plan(_Step.ADD, facts, digest(facts), None)
    merged = merge(pilot.facts, facts, found.places)
    step = _Step.KEEP if digest(merged) == pilot.digest else _Step.UPDATE
    return _Plan(step, merged, digest(merged), pilot)


def _refuse_again(connection: Connection, sheet: Sheet, plans: Sequence[_Plan]) -> None:
    """Raise Duplicate when this very file was imported before and nothing in it has changed since."""
    if any(plan.step is not _Step.KEEP for plan in plans):
        return
    before = connection.execute(
        sa.select(pilot_import).where(pilot_import.c.digest == sheet.digest).order_by(pilot_import.c.id.desc())
    ).first()
    if before is not None:
        importer = find(connection, before.created_by)
        name = importer.name if importer else before.created_by
        raise Duplicate(
            f"`{sheet.file}` was imported on {before.created_at:%Y-%m-%d %H:%M} UTC by {name} "
            f"(as `{before.file}`), and its {len(plans)} pilots are unchanged; nothing was stored."
        )


def _write(
    ws: Workspace, connection: Connection, sheet: Sheet, found: Layout, plans: Sequence[_Plan], by: str
) -> PilotImport:
    now = ws.clock.now()
    row = {"file": sheet.file, "digest": sheet.digest, "pilots": len(plans), "created_at": now, "created_by": by}
    number = int(connection.execute(sa.insert(pilot_import).values(**row).returning(pilot_import.c.id)).scalar_one())
    for plan in plans:
        if plan.pilot is None:
            insert_pilot(connection, plan.facts, plan.digest, number, now, by)
        elif plan.step is _Step.UPDATE:
            update_pilot(connection, plan.pilot.id, plan.facts, plan.digest, number, now, by)
    names = {step: tuple(p.facts.name for p in plans if p.step is step) for step in _Step}
    return PilotImport(
        id=number,
        file=sheet.file,
        digest=sheet.digest,
        pilots=len(plans),
        added=names[_Step.ADD],
        updated=names[_Step.UPDATE],
        unchanged=names[_Step.KEEP],
        unknown_columns=found.unknown,
        absent_columns=found.absent,
        created_at=now,
        created_by=by,
    )


def _refused(sheet: Sheet, problems: Sequence[str]) -> BadInput:
    return BadInput(f"`{sheet.file}` has {len(problems)} problem(s); nothing was stored.", problems=problems)
