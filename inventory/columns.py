"""The columns of a pilots sheet, and which header cell means which column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import BadInput
from inventory import labels


@dataclass(frozen=True)
class SheetColumn:
    """One column that a pilots sheet may have."""

    name: str
    help: str
    aliases: tuple[str, ...] = ()
    required: bool = False


COLUMNS = (
    SheetColumn("reference", "the organisation's own id", ("id", "ref", "pilot id", "pilot reference", "key")),
    SheetColumn("name", "name of the pilot", ("pilot", "pilot name", "title"), required=True),
    SheetColumn(
        "department",
        "department that runs it",
        ("dept", "business unit", "unit", "division", "team"),
        required=True,
    ),
    SheetColumn("owner", "person who answers for it", ("pilot owner", "responsible", "contact")),
    SheetColumn("sponsor", "person who pays for it", ("executive sponsor", "business sponsor")),
    SheetColumn("status", "idea, pilot, production, paused or stopped", ("state", "stage", "phase")),
    SheetColumn("purpose", "free text", ("description", "goal", "use case")),
    SheetColumn("activities", "activity names, `;` between", ("activity", "steps", "process steps", "tasks")),
    SheetColumn("systems", "systems of record, `;` between", ("system", "applications", "tools")),
    SheetColumn("data", "data it reads or writes, `;` between", ("data sources", "data objects", "datasets")),
    SheetColumn(
        "data_sensitivity",
        "public, internal, confidential or personal",
        ("sensitivity", "data class", "classification"),
    ),
    SheetColumn("vendor", "who supplies it", ("supplier", "provider")),
    SheetColumn("model", "AI model", ("ai model", "llm", "technology")),
    SheetColumn("started", "date, YYYY-MM-DD", ("start", "start date", "since", "go live")),
    SheetColumn("monthly_cost", "number from 0", ("cost", "cost per month", "run cost")),
    SheetColumn("currency", "ISO 4217 code; needed where there is money"),
    SheetColumn(
        "monthly_benefit",
        "claimed, number from 0",
        ("benefit", "claimed benefit", "monthly benefit claimed", "benefit per month"),
    ),
    SheetColumn("users", "whole number from 0", ("number of users", "user count")),
    SheetColumn("human_review", "yes or no", ("human in the loop", "reviewed", "review")),
    SheetColumn("autonomy_level", "1 suggests to 4 acts alone", ("autonomy",)),
)


@dataclass(frozen=True)
class Layout:
    """Which cell of a row belongs to which column."""

    places: dict[str, int]  # column name to place in the row, from 0
    unknown: tuple[str, ...]  # header cells that mean no column

    @property
    def absent(self) -> tuple[str, ...]:
        """The columns that the sheet does not have."""
        return tuple(c.name for c in COLUMNS if c.name not in self.places)


def layout(header: Sequence[str], file: str) -> Layout:
    """The layout that a header row gives, whatever its case and spacing.

    A column's own name wins over another name for it. Raises BadInput when a required column is missing or when
    two header cells mean the same column.
    """
    own = {labels.key(c.name): c.name for c in COLUMNS}
    other = {labels.key(alias): c.name for c in COLUMNS for alias in c.aliases}
    places: dict[str, int] = {}
    unknown, problems = [], []
    keys = [labels.key(cell) for cell in header]
    for place, (cell, found) in enumerate(zip(header, keys, strict=True)):
        name = own.get(found) or other.get(found)
        if name is None or (found not in own and labels.key(name) in keys):
            if cell.strip():
                unknown.append(cell.strip())
        elif name in places:
            problems.append(f"Columns {places[name] + 1} and {place + 1} both mean `{name}`. Rename or remove one.")
        else:
            places[name] = place
    problems += [
        f"There is no column `{c.name}`. Also understood: {', '.join(f'`{a}`' for a in c.aliases)}."
        for c in COLUMNS
        if c.required and c.name not in places
    ]
    if problems:
        raise BadInput(f"The header of `{file}` cannot be used; nothing was stored.", problems=problems)
    return Layout(places, tuple(unknown))
