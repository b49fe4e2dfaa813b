"""`tandem pilot import`: any sheet of pilots, read, shown before it is stored, and kept as a layout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands import noun
from app.context import Acting, All, Json, actor, workspace
from app.options import one_word, pairs, repeated, said
from app.output import console, few, show_json, show_table
from core.figures import per_cent

if TYPE_CHECKING:
    from inventory import ImportPlan, MappedColumn, SheetReading

File = Annotated[
    Path, typer.Argument(help="CSV, Excel, JSON or YAML file with one pilot a row. See docs/pilots.md for its columns.")
]
Dry = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be added and changed, and every problem; store nothing.")
]
Column = Annotated[
    list[str] | None,
    repeated(
        "--column",
        "COLUMN=HEADING",
        "Which heading is which column: `owner=Verantwortlich`, `owner=#4`, or none: `owner=`.",
    ),
]
Sheet = Annotated[str | None, said("--sheet", "Sheet of the workbook. Default: the first with two rows.")]
HeaderRow = Annotated[int | None, said("--header-row", "Row of the header. Default: found by its words.")]
Encoding = Annotated[str | None, said("--encoding", "Encoding of the text. Default: found out and told.")]
Delimiter = Annotated[str | None, said("--delimiter", "What splits cells, or `tab`. Default: found out.")]
Decimal = Annotated[str | None, said("--decimal", "`comma` or `point`, for amounts such as 1.234.")]
DateOrder = Annotated[str | None, said("--date-order", "`dmy` or `mdy`, for dates such as 01/02/2026.")]
Period = Annotated[
    str | None, said("--period", "`month`, `quarter` or `year`, for amounts that name no period. Default: month.")
]
Currency = Annotated[str | None, said("--currency", "ISO 4217 code for amounts that name no currency.")]
Lists = Annotated[str | None, said("--lists", "Signs that split lists. Default: `;` and lines, else `,` and `/`.")]
Word = Annotated[
    list[str] | None, repeated("--word", "COLUMN:WORD=VALUE", "What a word means: `human_review:partly=no`.")
]
Default = Annotated[
    list[str] | None, repeated("--default", "COLUMN=VALUE", "What an empty cell means: `department=HR`.")
]
FillDown = Annotated[
    list[str] | None, repeated("--fill-down", "COLUMN", "Empty cells repeat the one above: `department`.")
]
Layout = Annotated[
    str | None,
    said("--layout", "Read as it is kept under this name. Default: as kept for these headings; '' for none."),
]
Keep = Annotated[
    str, typer.Option("--keep", metavar="NAME", help="Keep how it was read, for the next with its headings.")
]
Conflicts = Annotated[
    str | None,
    said("--conflicts", "`sheet` or `registry`: which wins where a pilot was changed by hand. Default: refused."),
]
LayoutName = Annotated[str, typer.Argument(help="Name of the layout.")]


def register(app: typer.Typer) -> None:
    """Add the verbs to `tandem pilot`, which is registered before."""
    group = noun(app, "pilot")
    for name, verb in (("import", _import), ("layouts", _layouts), ("forget-layout", _forget_layout)):
        group.command(name)(verb)


def _import(
    file: File, dry_run: Dry = False, column: Column = None, sheet: Sheet = None, header_row: HeaderRow = None,
    encoding: Encoding = None, delimiter: Delimiter = None, decimal: Decimal = None, date_order: DateOrder = None,
    period: Period = None, currency: Currency = None, lists: Lists = None, word: Word = None, default: Default = None,
    fill_down: FillDown = None, layout: Layout = None, keep: Keep = "", conflicts: Conflicts = None,
    every: All = False, acting: Acting = "", as_json: Json = False,
) -> None:  # fmt: skip
    """Import pilots from a sheet: all of it or, with every problem and conflict named, nothing."""
    from app.verbs import import_pilots
    from inventory import CostPeriod, SheetReading, plan_import

    reading = SheetReading(
        columns=pairs(column, "--column"), sheet=sheet, header_row=header_row, encoding=encoding, delimiter=delimiter,
        decimal=decimal, date_order=date_order, period=one_word(period, CostPeriod, "--period"),
        currency=currency.upper() if currency else None, lists=lists, words=_words(word),
        defaults=pairs(default, "--default"), fill_down=tuple(fill_down or ()), layout=layout, conflicts=conflicts,
    )  # fmt: skip
    if dry_run:
        with workspace() as ws:
            plan = plan_import(ws, file, reading)
        show_json(plan) if as_json else _show_plan(plan, every)
        if plan.problems or plan.conflicts:
            raise typer.Exit(2)
        return None
    with workspace() as ws:
        done = import_pilots(ws, file, reading, keep=keep, by=actor(ws, acting))
    if as_json:
        return show_json(done)
    counts = f"{len(done.added)} added, {len(done.updated)} updated, {len(done.unchanged)} unchanged"
    console().print(f"{done.pilots} pilots in {done.file}: {counts}.")
    if done.unknown_columns:
        console().print(f"Columns not understood and not stored: {', '.join(done.unknown_columns)}.")
    if done.absent_columns:
        console().print(
            f"{len(done.absent_columns)} columns that a sheet may have are not in it; `tandem pilot template` has all."
        )
    _say(done.notes, every)
    if keep:
        console().print(f"How it was read is kept as `{keep}`, and used for the next sheet with these headings.")
    return None


def _show_plan(plan: ImportPlan, every: bool) -> None:
    from inventory import FieldChange

    where = f", sheet {plan.sheet}" if plan.sheet else ""
    console().print(f"{plan.file}: {plan.form}{where}; header in row {plan.header_row}; {plan.pilots} pilots.")
    rows = (
        (m.heading or f"column {m.place}", _meant(m), per_cent(m.confidence) if m.confidence else "", m.reason)
        for m in plan.mapping
    )
    show_table(("heading", "column", "sure", "why"), rows, empty="")
    _say(plan.notes, every)
    changed = [
        (f"row {p.row}", p.name, "changed", change)
        for p in plan.changed
        for change in map(FieldChange.in_words, p.changes)
    ]
    added = [(f"row {p.row}", p.name, "added", f"{len(p.changes)} fields") for p in plan.added]
    console().print(
        f"{len(plan.added)} would be added, {len(plan.changed)} changed, {len(plan.unchanged)} are unchanged."
    )
    if added or changed:
        show_table(("", "pilot", "", "what"), [*changed, *added], empty="", every=every, what="changes")
    wrong = [*plan.problems, *plan.conflicts]
    if wrong:
        console().print(f"{len(plan.problems)} problem(s), {len(plan.conflicts)} conflict(s); nothing would be stored:")
        for problem in wrong:
            console().print(f"  - {problem.text}")
    if plan.conflicts:
        console().print("Say which wins with `--conflicts sheet` or `--conflicts registry`.")


def _meant(one: MappedColumn) -> str:
    return one.column or (f"not stored (is it {one.proposed}?)" if one.proposed else "not stored")


def _layouts(every: All = False, as_json: Json = False) -> None:
    """List the layouts that are kept: how sheets with the same headings are read."""
    from inventory import list_layouts

    with workspace() as ws:
        found = list_layouts(ws)
    if as_json:
        return show_json(found)
    rows = ((x.name, ", ".join(x.headings), _options(x.reading)) for x in found)
    show_table(
        ("layout", "headings", "says"), rows, every=every,
        empty="There is no layout yet. Keep one: tandem pilot import FILE --keep NAME.",
    )  # fmt: skip
    return None


def _forget_layout(name: LayoutName, acting: Acting = "", as_json: Json = False) -> None:
    """Forget a layout."""
    from app.verbs import forget_layout

    with workspace() as ws:
        forget_layout(ws, name, by=actor(ws, acting))
    if as_json:
        return show_json({"forgotten": name})
    return console().print(f"Forgot the layout {name}.")


def _words(given: Sequence[str] | None) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, value in pairs(given, "--word").items():
        column, sign, word = name.partition(":")
        if not sign or not word.strip():
            raise typer.BadParameter(f"`{name}={value}`: write it as `--word COLUMN:WORD=VALUE`.")
        found.setdefault(column.strip(), {})[word.strip()] = value
    return found


def _say(notes: Sequence[str], every: bool) -> None:
    for note in notes if every else notes[:20]:
        console().print(f"Note: {note}")
    if not every and len(notes) > 20:
        console().print(f"{len(notes) - 20} more notes; `--all` gives every one.")


def _options(reading: SheetReading) -> str:
    columns = [f"{column}={heading}" for column, heading in reading.columns.items()]
    return few(columns, False) or "what it says itself"
