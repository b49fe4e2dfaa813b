"""What a sheet says of each pilot, and what an import would do with it: add, update, keep; problems and conflicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from sqlalchemy.engine import Connection

from core.errors import BadInput
from core.workspace import Workspace
from ingest.meaning.amounts import CURRENCIES, check_decimal
from inventory.history import changed_by_hand
from inventory.identity import KnownPilots, digest, merge, repeated
from inventory.layouts import layout_for, with_layout
from inventory.plain_facts import differences
from inventory.records import FieldChange
from inventory.sheets.dates import ORDERS
from inventory.sheets.mapping import find_header, headings_of, map_columns, missing_columns
from inventory.sheets.rows import SheetRow, read_rows
from inventory.sheets.source import read_grid
from inventory.sheets.values import MappedColumn, SheetAsk, SheetProblem, SheetQuestion, SheetReading
from inventory.together import wrong_together
from inventory.values import Pilot, PilotFacts

WINS = ("sheet", "registry")


class ImportStep(StrEnum):
    """What an import does with one row."""

    ADD = "added"
    UPDATE = "updated"
    KEEP = "unchanged"


@dataclass(frozen=True)
class SheetFacts:
    """A sheet that was read, its problems among it."""

    file: str
    digest: str
    form: str
    sheet: str | None
    header_row: int
    headings: tuple[str, ...]  # keys of the header cells
    reading: SheetReading  # with what a kept layout says
    layout: str | None
    mapping: tuple[MappedColumn, ...]
    absent: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    problems: tuple[SheetProblem, ...]
    notes: tuple[str, ...]
    name_row: str
    sheets: tuple[str, ...] = ()  # of the workbook
    questions: tuple[SheetQuestion, ...] = ()


@dataclass(frozen=True)
class RowPlan:
    """What is to be done with one row."""

    row: int
    step: ImportStep
    facts: PilotFacts
    pilot: Pilot | None  # the one that is stored
    changes: tuple[FieldChange, ...]


def read_sheet(ws: Workspace, path: Path, reading: SheetReading) -> SheetFacts:
    """The sheet at `path`, read as it was said, as a kept layout says, or as it says itself.

    Raises NotFound and BadInput for what is no sheet, and for options that there are not. What is wrong with single
    columns, rows and cells stands in its problems.
    """
    _check(reading)
    grid = read_grid(path, reading)
    place = find_header(grid, reading)
    headings = headings_of(grid, place)
    layout = layout_for(ws, headings, reading.layout)
    notes = grid.notes
    if layout is not None:
        reading = with_layout(reading, layout)
        headings = headings_of(grid, find_header(grid, reading))
        if reading.layout is None:
            notes += (
                f"Read by the layout `{layout.name}`, which was kept for these headings (`--layout ''`: without).",
            )
    mapping = map_columns(grid, reading)
    lacking = [
        SheetProblem(None, column, None, text, SheetAsk.DEFAULT) for column, text in missing_columns(mapping, reading)
    ]
    rows, told = read_rows(grid, mapping, reading)
    named = [(row.number, row.facts) for row in rows if row.facts.name and row.facts.department]
    twice = [SheetProblem(row, None, None, text) for row, text in repeated(named)]
    return SheetFacts(
        file=grid.file, digest=grid.digest, form=grid.form, sheet=grid.sheet, header_row=mapping.header.number,
        headings=headings, reading=reading, layout=layout.name if layout else None, mapping=mapping.columns,
        absent=mapping.absent, rows=rows, problems=(*lacking, *told.problems, *twice), notes=(*notes, *told.notes()),
        name_row=grid.name_row, sheets=grid.sheets,
        questions=tuple(
            dict.fromkeys([*(each.question for each in lacking if each.question is not None), *told.questions()])
        ),
    )  # fmt: skip


def plan_rows(
    connection: Connection, found: SheetFacts, known: Sequence[Pilot]
) -> tuple[tuple[RowPlan, ...], tuple[SheetProblem, ...], tuple[SheetProblem, ...]]:
    """What is to be done with each row, the problems that only the stored pilots show, and the conflicts with them."""
    plans: list[RowPlan] = []
    problems: list[SheetProblem] = []
    taken: dict[int, int] = {}
    stored = KnownPilots(known)
    broken = {problem.row for problem in found.problems}  # None where a column is missing: then no row can be known
    for row in (r for r in found.rows if r.number not in broken and None not in broken):
        try:
            pilot = stored.same(row.facts)
        except ValueError as error:
            text = f"{found.name_row} {row.number}, `{row.facts.name}`, {error}"
            problems.append(SheetProblem(row.number, "reference", row.facts.name, text))
            continue
        if pilot is not None and pilot.id in taken:
            text = f"Rows {taken[pilot.id]} and {row.number} both speak of the stored pilot `{pilot.facts.name}`."
            problems.append(SheetProblem(row.number, "name", row.facts.name, text))
            continue
        if pilot is not None:
            taken[pilot.id] = row.number
        plan = _planned(row, pilot)
        for column, why in wrong_together(pilot.facts, plan.facts, row.said) if pilot is not None else ():
            text = f"{found.name_row} {row.number}, `{plan.facts.name}`, column `{column}`: {why}"
            problems.append(SheetProblem(row.number, column, None, text))
        plans.append(plan)
    changed = [p.pilot.id for p in plans if p.pilot is not None and p.step is ImportStep.UPDATE]
    conflicts: list[SheetProblem] = []
    if found.reading.conflicts != "sheet":
        by_hand = changed_by_hand(connection, changed)
        plans = [_resolved(plan, by_hand, found, conflicts) for plan in plans]
    return tuple(plans), tuple(problems), tuple(conflicts)


def _planned(row: SheetRow, pilot: Pilot | None) -> RowPlan:
    if pilot is None:
        return RowPlan(row.number, ImportStep.ADD, row.facts, None, differences(None, row.facts))
    return _update(row.number, pilot, merge(pilot.facts, row.facts, row.said))


def _update(row: int, pilot: Pilot, facts: PilotFacts) -> RowPlan:
    step = ImportStep.KEEP if digest(facts) == pilot.digest else ImportStep.UPDATE
    return RowPlan(row, step, facts, pilot, differences(pilot.facts, facts) if step is ImportStep.UPDATE else ())


def _resolved(
    plan: RowPlan, by_hand: dict[int, frozenset[str]], found: SheetFacts, conflicts: list[SheetProblem]
) -> RowPlan:
    """`plan`, or where the registry is to win, without the fields that were changed by hand."""
    if plan.pilot is None or plan.step is not ImportStep.UPDATE:
        return plan
    fields = by_hand.get(plan.pilot.id, frozenset())
    meant = [change for change in plan.changes if change.column in fields]
    if not meant:
        return plan
    if found.reading.conflicts == "registry":
        kept = {change.column: getattr(plan.pilot.facts, change.column) for change in meant}
        return _update(plan.row, plan.pilot, replace(plan.facts, **kept))
    for change in meant:
        text = (
            f"{found.name_row} {plan.row}, column `{change.column}`: the sheet says {_shown(change.after)} of "
            f"`{plan.pilot.facts.name}`, but it was changed by hand to {_shown(change.before)}."
        )
        conflicts.append(SheetProblem(plan.row, change.column, _shown(change.after), text))
    return plan


def _shown(value: object) -> str:
    if value in (None, []):
        return "nothing"
    return f"`{'; '.join(map(str, value)) if isinstance(value, list) else value}`"


def _check(reading: SheetReading) -> None:
    """Raise BadInput for options that there are not."""
    check_decimal(reading.decimal)
    if reading.date_order not in (None, *ORDERS):
        raise BadInput(f"`{reading.date_order}` is no date order. Known: `dmy`, `mdy`.")
    if reading.conflicts not in (None, *WINS):
        raise BadInput(f"`{reading.conflicts}` cannot win a conflict. Known: `sheet`, `registry`.")
    if reading.currency is not None and (reading.currency not in CURRENCIES.values() or len(reading.currency) != 3):
        raise BadInput(f"`{reading.currency}` is no currency. Write an ISO 4217 code such as `EUR`.")
