"""`tandem pilot add`, `edit`, `show`, `list`, `export`, `template`: the registry, one by one and as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands import noun
from app.context import Acting, All, Json, actor, workspace
from app.options import one_word, pairs, repeated, said
from app.output import console, show_json, show_table

if TYPE_CHECKING:
    from inventory import Pilot, PilotChange, PilotRevision

Name = Annotated[str, typer.Argument(help="Name of the pilot.")]
Which = Annotated[str, typer.Argument(help="Reference or name of the pilot, or its number: `#12`.")]
Several = Annotated[list[str], typer.Argument(help="Reference, name or number of each pilot that is to be changed.")]
Department = Annotated[str, typer.Option("--department", help="Department that runs it.")]
Set = Annotated[
    list[str] | None, repeated("--set", "COLUMN=VALUE", "What is known: `owner=Ada`, `owner=` for nothing.")
]
Base = Annotated[
    int | None,
    typer.Option(
        "--base", metavar="REVISION", help="Revision that the change is made upon; refused if there is a newer."
    ),
]
Reason = Annotated[str | None, said("--reason", "Why, kept with the change.")]
Status = Annotated[str | None, said("--status", "idea, pilot, production, paused or stopped.")]
Tier = Annotated[str | None, said("--risk-tier", "low, medium, high or prohibited.")]
InDepartment = Annotated[str | None, said("--department", "Only those of this department.")]
Owner = Annotated[str | None, said("--owner", "Only those of this owner.")]
Vendor = Annotated[str | None, said("--vendor", "Only those of this vendor.")]
System = Annotated[str | None, said("--system", "Only those that touch this system.")]
Activity = Annotated[str | None, said("--activity", "Only those that name this activity.")]
Text = Annotated[str | None, said("--text", "Only those whose name or purpose has this text.")]
Without = Annotated[
    list[str] | None, repeated("--without", "COLUMN", "Only those of which this is not known: `owner`.")
]
Target = Annotated[Path | None, typer.Argument(help="File to write. Default: standard output.")]
Form = Annotated[str | None, typer.Option("--form", help="`csv` or `json`. Default: by the file's name, else CSV.")]
Replace = Annotated[bool, typer.Option("--replace", help="Replace the file if there is one.")]


def register(app: typer.Typer) -> None:
    """Add the verbs to `tandem pilot`, which is registered before."""
    group = noun(app, "pilot")
    for name, verb in (
        ("add", _add), ("edit", _edit), ("show", _show), ("list", _list), ("export", _export), ("template", _template),
    ):  # fmt: skip
        group.command(name)(verb)


def _add(
    name: Name, department: Department, given: Set = None, reason: Reason = None, acting: Acting = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """Add a pilot by hand."""
    from app.verbs import add_pilot

    values = {"name": name, "department": department} | pairs(given, "--set")
    with workspace() as ws:
        added = add_pilot(ws, values, reason=reason, by=actor(ws, acting))
    if as_json:
        return show_json(added)
    return console().print(f"Added {added.facts.name} in {added.facts.department} as #{added.id}.")


def _edit(
    which: Several, given: Set = None, base: Base = None, reason: Reason = None, acting: Acting = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """Change what is known of a pilot, or the same of several: of all of them or, with every problem named, of none."""
    from app.verbs import edit_pilot, edit_pilots

    values = pairs(given, "--set")
    if base is not None and len(which) > 1:
        raise typer.BadParameter("`--base` is of one pilot; several were named.")
    done: Sequence[PilotChange]
    with workspace() as ws:
        if len(which) == 1:
            done = (edit_pilot(ws, which[0], values, base=base, reason=reason, by=actor(ws, acting)),)
        else:
            done = edit_pilots(ws, which, values, reason=reason, by=actor(ws, acting))
    if as_json:
        return show_json(done)
    for one in done:
        what = "; ".join(change.in_words() for change in one.changes) or "nothing changed"
        console().print(f"{one.name} (#{one.pilot}), revision {one.revision}: {what}.")
    return None


def _show(which: Which, as_json: Json = False) -> None:
    """Show everything that is known of a pilot, and its history: who changed what from what to what."""
    from inventory import get_pilot, history, plain_facts, value_in_words

    with workspace() as ws:
        found = get_pilot(ws, which)
        revisions = history(ws, found.id)
    if as_json:
        return show_json({"pilot": found, "history": revisions})
    console().print(f"{found.facts.name} (#{found.id}), revision {found.revision}", style="bold")
    rows = [(name, value_in_words(value)) for name, value in plain_facts(found.facts).items() if name != "name"]
    show_table(("", ""), rows, empty="")
    console().print()
    show_table(("revision", "at", "by", "how", "what changed"), map(_revision, revisions), empty="", every=True)
    return None


def _revision(one: PilotRevision) -> tuple[object, ...]:
    what = f"{one.what} ({one.reason})" if one.reason else one.what
    return one.number, f"{one.at:%Y-%m-%d %H:%M}", one.by_name, one.how, what


def _list(
    department: InDepartment = None, owner: Owner = None, vendor: Vendor = None, status: Status = None,
    risk_tier: Tier = None, system: System = None, activity: Activity = None, text: Text = None,
    without: Without = None, every: All = False, as_json: Json = False,
) -> None:  # fmt: skip
    """List the pilots, or those that fit every filter that is given."""
    from inventory import PilotFilter, RiskTier, filter_pilots
    from inventory import Status as Stage

    wanted = PilotFilter(
        department, owner, vendor, one_word(status, Stage, "--status"), one_word(risk_tier, RiskTier, "--risk-tier"),
        system, activity, text, tuple(without or ()),
    )  # fmt: skip
    with workspace() as ws:
        pilots = filter_pilots(ws, wanted)
    if as_json:
        return show_json(pilots)
    headings = ("id", "reference", "pilot", "department", "status", "activities", "systems", "cost a month")
    empty = "There is no pilot yet. Import a sheet: tandem pilot import FILE."
    show_table(
        headings,
        map(_row, pilots),
        every=every,
        empty=empty if wanted == PilotFilter() else "No pilot fits these filters.",
    )
    return None


def _row(pilot: Pilot) -> tuple[object, ...]:
    facts = pilot.facts
    cost = None if facts.monthly_cost is None else f"{facts.monthly_cost:,.2f} {facts.currency}"
    return (
        pilot.id,
        facts.reference,
        facts.name,
        facts.department,
        facts.status,
        "; ".join(facts.activities),
        "; ".join(facts.systems),
        cost,
    )


def _export(target: Target = None, form: Form = None, replace: Replace = False, as_json: Json = False) -> None:
    """Write all pilots as a sheet that an import reads again as they are."""
    from inventory import ExportForm, export_pilots, list_pilots

    by_name = "json" if target is not None and target.suffix.lower() == ".json" else "csv"
    chosen = one_word(form or ("json" if as_json and target is None else by_name), ExportForm, "--form")
    assert chosen is not None
    with workspace() as ws:
        pilots = list_pilots(ws)
    _give(export_pilots(pilots, chosen), target, replace, f"{len(pilots)} pilots", as_json)


def _template(target: Target = None, replace: Replace = False, as_json: Json = False) -> None:
    """Write a sheet to fill in: what each column holds, and below it the header."""
    from inventory import COLUMNS, template

    if as_json and target is None:
        return show_json(COLUMNS)
    return _give(template(), target, replace, f"a sheet with {len(COLUMNS)} columns", as_json)


def _give(content: bytes, target: Path | None, replace: bool, what: str, as_json: bool) -> None:
    """Write `content` to `target`, or to standard output. Raises BadInput where it cannot be."""
    from core.errors import BadInput

    if target is None:
        typer.echo(content.decode("utf-8-sig"), nl=False)
        return None
    try:
        with target.open("wb" if replace else "xb") as handle:
            handle.write(content)
    except FileExistsError:
        raise BadInput(f"There is a file `{target}` already. Replace it with `--replace`.") from None
    except OSError as error:
        raise BadInput(f"`{target}` cannot be written: {error.strerror}.") from None
    if as_json:
        return show_json({"file": str(target), "bytes": len(content)})
    return console().print(f"Wrote {what} to {target}.")
